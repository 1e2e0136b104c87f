"""The list of empty and vague phrases: those that come along, and those of a school."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from yanxiu.people.models import Organisation
from yanxiu.reports.models import EmptyPhrase


@dataclass(frozen=True)
class Saying:
    """One way of claiming; `figures` are the codes of figures that could show it."""

    pattern: re.Pattern[str]
    figures: tuple[str, ...]
    vague: bool = False


@dataclass(frozen=True)
class Words:
    """Every saying that is looked for in one summary."""

    sayings: tuple[Saying, ...]

    def found(self, sentence: str, *, vague: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the phrases in `sentence` with the figures that could show them."""
        for one in self.sayings:
            match = one.pattern.search(sentence) if one.vague == vague else None
            if match:
                yield match[0], one.figures


@cache
def shipped() -> tuple[Saying, ...]:
    """Return the sayings that come along."""
    text = files("yanxiu.reports.claims").joinpath("words.yaml").read_text(encoding="utf-8")
    values: dict[str, list[dict[str, Any]]] = yaml.safe_load(text)
    return tuple(
        Saying(re.compile(one["says"]), tuple(one["figures"]), kind == "vague")
        for kind in ("empty", "vague")
        for one in values[kind]
    )


def words_of(organisation: Organisation) -> Words:
    """Return the sayings for `organisation`: shipped, its own and its superiors'; one statement."""
    rows = EmptyPhrase.objects.filter(organisation__in=organisation.lineage)
    own = tuple(Saying(re.compile(re.escape(row.text)), ()) for row in rows)
    return Words((*shipped(), *own))
