"""Closing years, verifying cycles, checking a sample, exemptions and what comes from elsewhere."""
