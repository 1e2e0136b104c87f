"""The commands, one module each; `yanxiu.config.cli` finds them here."""
