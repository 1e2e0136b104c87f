"""One record as the rules see it."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from yanxiu.kernel.amounts import PLACES

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
    "grade",
)
"""The code-valued properties by which filters, tables and multipliers may ask."""

MEASURED: Final = ("stated", "lessons", "minutes", "days", "characters")
"""The fields by which `measure_of` decides."""

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
        days: its length where the paper counts days; half a day is 0.5.
        stated: the hours that a certificate states, a person declares or a step recognises.
        absent_minutes: how many minutes of it this person missed; not part of `minutes`.
        grade: the result, `excellent`, `pass` or `fail`.
        claimed_on: the school's day on which it was written down; None asks for no claim window.
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
    days: Decimal | None = None
    stated: Decimal | None = None
    absent_minutes: int | None = None
    grade: str = ""
    claimed_on: date | None = None

    def code(self, dimension: str) -> str:
        """Return this record's code in `dimension`, one of `DIMENSIONS`."""
        value = getattr(self, dimension)
        return "" if value is None else str(value)


def measure_of(facts: Facts) -> str:
    """Return the record's own measure: `hour`, `lesson`, `day`, `character` or `item`."""
    if facts.stated is not None:
        return "hour"
    if facts.lessons is not None:
        return "lesson"
    if facts.minutes is not None:
        return "hour"
    if facts.days is not None:
        return "day"
    return "item" if facts.characters is None else "character"


def recognised_as(facts: Facts, amount: Decimal) -> Facts:
    """Return `facts` with the amount that a step recognised, in the record's own measure.

    What was missed is forgotten, for the step has judged the whole; days that a paper tells beside
    its hours shrink with them.
    """
    measure = measure_of(facts)
    if measure != "hour":
        more: dict[str, Any] = {f"{measure}s": amount}
        return replace(facts, absent_minutes=None, **more)
    days = facts.days
    if days is not None:
        days = (days * amount / facts.stated).quantize(PLACES) if facts.stated else None
    return replace(facts, stated=amount, minutes=None, days=days, absent_minutes=None)
