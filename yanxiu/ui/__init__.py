"""界面: the look, the base pages and the answers to a refusal."""
