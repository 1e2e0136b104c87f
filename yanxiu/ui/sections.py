"""Parts of a page that apps standing above it hand in when they are ready: it knows none of them.

A page whose app lies below keeps one `Sections`; the others register in `AppConfig.ready`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.http import HttpRequest
from django.template.loader import render_to_string

Thing = TypeVar("Thing")
Reader = TypeVar("Reader")


@dataclass(frozen=True, order=True)
class Section(Generic[Thing, Reader]):
    """One section: its place on the page, its template and how to fill it."""

    order: int
    template: str
    context: Callable[[Thing, Reader], Mapping[str, Any] | None] = field(compare=False)


class Sections(Generic[Thing, Reader]):
    """The sections of one kind of page."""

    def __init__(self, name: str) -> None:
        """Begin with none; templates see the thing that the page is about as `name`."""
        self.name = name
        self._found: dict[str, Section[Thing, Reader]] = {}

    def register(
        self,
        order: int,
        template: str,
        context: Callable[[Thing, Reader], Mapping[str, Any] | None],
    ) -> None:
        """Show `template` on every page of the kind.

        Args:
            order: its place.
            template: a template's path; it sees the thing, `teacher` and what `context` gives,
                and holds one `<section class="card">`.
            context: from the thing and the reader to what the template needs, None shows nothing;
                it asks no more than two statements and never what the reader may not see.
        """
        self._found[template] = Section(order, template, context)

    def filled(self, thing: Thing, reader: Reader, request: HttpRequest) -> list[str]:
        """Return the sections that have something to show to `reader`, rendered, in order."""
        shown: list[str] = []
        for section in sorted(self._found.values()):
            context = section.context(thing, reader)
            if context is not None:
                given = {self.name: thing, **context}
                shown.append(render_to_string(section.template, given, request))
        return shown
