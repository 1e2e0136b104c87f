"""What a person told of before: so that the same thing is not told twice on two pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.refusals import Refusal
from yanxiu.kernel.sources import Source
from yanxiu.places.table import all_places
from yanxiu.texts.likeness import alike

SLACK = timedelta(days=7)
"""So many days a certificate may be dated beside the course that it is about."""

FIELD = "not_the_same"
LONGEST = 200


@dataclass(frozen=True)
class Before:
    """One thing that a person told of before, and where it opens."""

    source: Source
    name: str
    title: str
    url: str
    first: date
    last: date


class Known(Refusal):
    """Something is told of that is known; `found` opens, and perhaps one can insist."""

    code = "known"
    can_insist = False

    def __init__(self, sentence: str, found: list[Before]) -> None:
        """Say `sentence`; the page shows `found` beside it."""
        self.found = found
        super().__init__(sentence)


class ToldBefore(Known):
    """Something is told of that looks like a thing told of before."""

    code = "told-before"
    can_insist = True

    def __init__(self, found: list[Before]) -> None:
        """Name the first of `found`, and say what to do in either case."""
        one = found[0]
        days = f"{one.first:%Y-%m-%d}"
        days += f"至{one.last:%Y-%m-%d}" if one.last != one.first else ""
        super().__init__(
            f"您好像已经报过这件事：{days}的“{one.title}”（{one.name}），所以先没有存。"
            "是同一件，打开那一份接着办就好；不是同一件，在下面写一句哪里不同，再提交。",
            found,
        )


def told_before(teacher: Any, title: str, first: date, last: date) -> list[Before]:
    """Return what `teacher` told of that looks like `title` on about the same days.

    One statement for each kind of thing that people tell of.
    """
    found = []
    for place in all_places().values():
        if place.told is None:
            continue
        for row in place.told.rows(teacher):
            begins, ends = place.told.days(row)
            near = begins - SLACK <= last and first <= ends + SLACK
            if near and alike(place.title(row), title):
                source = Source(place.kind, row.uid)
                url = place.url(row)
                found.append(Before(source, place.name, place.title(row), url, begins, ends))
    return sorted(found, key=lambda one: (one.first, one.title))


def refuse_twice(teacher: Any, title: str, first: date, last: date, why: str) -> list[Before]:
    """Return what looks the same, if `why` says in what it differs.

    Raises:
        ToldBefore: something looks the same, and nothing is said.
    """
    found = told_before(teacher, title, first, last)
    if found and not why.strip():
        raise ToldBefore(found)
    return found


@contextmanager
def shown_in(form: forms.Form, context: dict[str, Any]) -> Iterator[None]:
    """Put what was told before into `context`, and let `form` ask in what this one differs."""
    try:
        yield
    except Known as refusal:
        context["told_before"] = refusal.found
        if refusal.can_insist:
            ask_difference(form)
        raise


def ask_difference(form: forms.Form) -> None:
    """Let `form` ask in what this one differs from what was told before."""
    form.fields[FIELD] = forms.CharField(
        label=_("哪里不同"), max_length=LONGEST, required=False,
        help_text=_("不是同一件才写，一句话，认定的人看得到。"),
    )  # fmt: skip


def difference_said(form: forms.Form) -> str:
    """Return in what this one differs, "" where nobody was asked."""
    return str(form.cleaned_data.get(FIELD, "")).strip()
