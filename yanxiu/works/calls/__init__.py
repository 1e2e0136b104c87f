"""Calls for papers: entering, blind review, results; a part of works with pages of its own."""
