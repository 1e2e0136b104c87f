"""One record as the rules see it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

DIMENSIONS: Final = (
    "kind",
    "role",
    "organiser_level",
    "delivery_mode",
    "subject_kind",
    "theme",
    "prize",
    "author_order",
    "attendance",
)
"""The code-valued properties by which filters, tables and multipliers may ask."""

ABSENT: Final = "absent"
LEAVE: Final = "leave"
PRESENT: Final = "present"


@dataclass(frozen=True, slots=True)
class Facts:
    """研修记录 as the rules see it: one person's part in one thing that happened.

    Codes are the English identifiers of the glossary; `""` means "not stated".

    Attributes:
        uid: the record's uid; ties of `on` are sorted by it.
        on: the school's day on which it happened.
        minutes: length of this person's part, net of breaks; None if it has no length.
        lessons: lessons observed or taught; None reads as one.
        items: pieces of work; None reads as one.
        characters: length of a text, only for rules paid by a thousand characters.
        content_key: the same for the same content (one lesson shown at two levels).
        event_key: the same for all parts in one event (one session).
        attendance: `present`, `late`, `left_early`, `absent` or `leave`.
        evidence: what is there to prove it, such as `comment`; not the files themselves.
    """

    uid: UUID
    teacher_uid: UUID
    kind: str
    on: date
    role: str = ""
    minutes: int | None = None
    lessons: Decimal | None = None
    items: Decimal | None = None
    characters: Decimal | None = None
    organiser_level: str = ""
    delivery_mode: str = ""
    subject_kind: str = ""
    theme: str = ""
    prize: str = ""
    author_order: int | None = None
    content_key: str = ""
    event_key: str = ""
    attendance: str = PRESENT
    evidence: frozenset[str] = frozenset()

    def code(self, dimension: str) -> str:
        """Return this record's code in `dimension`, one of `DIMENSIONS`."""
        value = getattr(self, dimension)
        return "" if value is None else str(value)
