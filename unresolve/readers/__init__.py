"""Readers: bytes in, pages of glyph runs out. One module an engine."""
