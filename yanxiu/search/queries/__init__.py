"""What a reader finds."""

from yanxiu.search.queries.finding import Found, Hit, Wanted, find, is_built, people_called
from yanxiu.search.queries.passages import Part, highlighted
from yanxiu.search.queries.readings import readings

__all__ = [
    "Found",
    "Hit",
    "Part",
    "Wanted",
    "find",
    "highlighted",
    "is_built",
    "people_called",
    "readings",
]
