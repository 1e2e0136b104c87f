"""The rows of this app."""

from yanxiu.originality.models.document import CommonGram, Document, Mark
from yanxiu.originality.models.known_text import AreaComparison, KnownText

__all__ = ["AreaComparison", "CommonGram", "Document", "KnownText", "Mark"]
