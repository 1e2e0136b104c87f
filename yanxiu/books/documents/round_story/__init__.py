"""共读纪实: what a group read together and what came of it, as a Word file."""

from yanxiu.books.documents.round_story.data import RoundStory, facts_of
from yanxiu.books.documents.round_story.paper import paper_of

__all__ = ["RoundStory", "facts_of", "paper_of"]
