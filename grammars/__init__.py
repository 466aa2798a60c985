"""Grammar data: one TOML file a language, and the grammars of symbols and citations."""
