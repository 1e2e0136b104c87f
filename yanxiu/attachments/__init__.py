"""附件: files stored by their content."""
