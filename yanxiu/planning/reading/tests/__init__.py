"""Tests of reading plans and summaries."""
