"""Read a PDF that holds text, in a process of its own."""

from yanxiu.documents.reading.pdf.opening import PAGES, read_pdf

__all__ = ["PAGES", "read_pdf"]
