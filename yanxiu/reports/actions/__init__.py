"""Everything that changes rows of reports."""
