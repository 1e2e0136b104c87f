"""学期校本研修工作总结: one content, shown as a page, as Word and as plain text."""
