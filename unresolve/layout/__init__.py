"""Layout: glyph runs to lines in reading order, and lines to zones of the page."""
