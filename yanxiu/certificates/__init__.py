"""Certificates of hours, their public verification, and registers in other systems' columns."""
