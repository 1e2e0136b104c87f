"""文集: works of one person or of a school, bound into one Word file with its contents."""

from yanxiu.works.documents.collection.data import Piece, pieces_of
from yanxiu.works.documents.collection.paper import bound, one

__all__ = ["Piece", "bound", "one", "pieces_of"]
