"""Pure rules of setting questions."""
