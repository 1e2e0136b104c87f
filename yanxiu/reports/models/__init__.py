"""Rows of reports."""

from yanxiu.reports.models.summary import Summary

__all__ = ["Summary"]
