"""What other apps show on the page of a lesson: their part, asked for when the page is made.

Preparation, observation and works stand above lessons, so they hand their sections in here when
they are ready (`AppConfig.ready`), and lessons know none of them by name.
"""

from collections.abc import Callable
from dataclasses import dataclass

from yanxiu.lessons.models import Lesson
from yanxiu.people.models import Teacher
from yanxiu.ui.sections import Sections

SECTIONS: Sections[Lesson, Teacher] = Sections("lesson")
register = SECTIONS.register
"""Places: preparation 10, observation 20, works 30."""
filled = SECTIONS.filled


@dataclass(frozen=True)
class PaperPart:
    """What another app adds to the record of a lesson on paper: text, and a table if need be."""

    heading: str
    text: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


Tells = Callable[[Lesson, Teacher], PaperPart | None]
_TELLS: dict[str, tuple[int, Tells]] = {}


def register_paper(order: int, name: str, tells: Tells) -> None:
    """Add a part to the record of an open lesson.

    Args:
        order: its place; preparation 10, observation 20, works 30.
        name: what tells the registrations apart.
        tells: from the lesson and the reader to the part; None where there is nothing, or nothing
            for this reader.
    """
    _TELLS[name] = (order, tells)


def paper_parts(lesson: Lesson, reader: Teacher) -> list[PaperPart]:
    """Return what other apps add to the record of `lesson`, in their order."""
    told = [tells(lesson, reader) for _order, tells in sorted(_TELLS.values(), key=lambda e: e[0])]
    return [part for part in told if part is not None]
