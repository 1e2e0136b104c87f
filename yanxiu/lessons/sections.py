"""What other apps show on the page of a lesson: their part, asked for when the page is made.

Preparation, observation and works stand above lessons, so they hand their sections in here when
they are ready (`AppConfig.ready`), and lessons know none of them by name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from yanxiu.lessons.models import Lesson
from yanxiu.people.models import Teacher

Context = Callable[[Lesson, Teacher], Mapping[str, Any] | None]
"""From the lesson and the reader to what the template needs; None shows nothing."""


@dataclass(frozen=True, order=True)
class Section:
    """One section: its place on the page, its template and how to fill it."""

    order: int
    template: str
    context: Context = field(compare=False)


_SECTIONS: dict[str, Section] = {}


def register(order: int, template: str, context: Context) -> None:
    """Show `template` on the page of every lesson.

    Args:
        order: its place; preparation 10, observation 20, works 30.
        template: a template's path; it sees `lesson`, `teacher` and what `context` gives, and
            holds one `<section class="card">`.
        context: see `Context`; it asks no more than two statements and never what the reader may
            not see.
    """
    _SECTIONS[template] = Section(order, template, context)


def filled(lesson: Lesson, reader: Teacher, request: HttpRequest) -> list[str]:
    """Return the sections that have something to show to `reader`, rendered, in their order."""
    found: list[str] = []
    for section in sorted(_SECTIONS.values()):
        context = section.context(lesson, reader)
        if context is not None:
            given = {"lesson": lesson, **context}
            found.append(render_to_string(section.template, given, request))
    return found


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
