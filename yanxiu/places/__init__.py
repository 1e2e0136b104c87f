"""来源: the table through which things point to each other."""
