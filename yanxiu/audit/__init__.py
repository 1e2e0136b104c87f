"""操作留痕: the trail of who changed what and when."""
