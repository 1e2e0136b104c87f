"""Read a Word document (docx) as a reader sees it once all its changes are accepted."""

from yanxiu.documents.reading.word.reading import read_word

__all__ = ["read_word"]
