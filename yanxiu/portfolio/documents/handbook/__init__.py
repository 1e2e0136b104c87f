"""研修手册: one teacher's term or year out of what the house knows, alone or bound in a volume."""

from yanxiu.portfolio.documents.handbook.data import Asked, Handbook, handbooks, labels
from yanxiu.portfolio.documents.handbook.paper import bind, document, write

__all__ = ["Asked", "Handbook", "bind", "document", "handbooks", "labels", "write"]
