"""Numbers that people typed by hand where a figure knows better, or knows the same."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from yanxiu.reports.documents.term_summary.data import Stated, TermSummary
from yanxiu.reports.documents.term_summary.references import REFERENCE
from yanxiu.texts.quantities import Quantity, find_quantities

_CLAUSE = re.compile(r"[，,。；;：:！!？?\n]")
_BLANK = "\ue000"
_REACH = 14
_LIKE, _SAME = 0.75, 0.5
_MOST = 3


@dataclass(frozen=True)
class Offer:
    """A typed number and one figure that it could be.

    Attributes:
        place: the paragraph.
        start: where the number begins in the text as typed.
        end: where it ends.
        typed: the number as typed, with its unit.
        stated: the figure with its present value.
        is_equal: whether the figure says the same; otherwise it contradicts.
    """

    place: str
    start: int
    end: int
    typed: str
    stated: Stated
    is_equal: bool


def offers_in(document: TermSummary, known: Iterable[Stated]) -> list[Offer]:
    """Return which typed numbers of the document's prose a figure knows.

    Equal ones first name the figure that is called most alike; a contradiction is offered only
    where the words around the number name the figure clearly.
    """
    figures = [one for one in known if one.value or one.measure]
    found: list[Offer] = []
    for section in document.sections:
        for prose in section.proses:
            masked = REFERENCE.sub(lambda match: _BLANK * len(match[0]), prose.text)
            for quantity in find_quantities(masked):
                found += _for_one(prose.place, masked, quantity, figures)
    return found


def _for_one(
    place: str, text: str, quantity: Quantity, figures: Iterable[Stated]
) -> Iterator[Offer]:
    if quantity.qualifier not in {"exact", "about", "more_than"}:
        return
    clause = _clause(text, quantity)
    scored = sorted(
        ((_likeness(one.name, clause), one) for one in figures if one.measure == quantity.unit),
        key=lambda pair: (-pair[0], pair[1].code),
    )
    exact = quantity.qualifier == "exact"
    equal = [one for like, one in scored if like >= _SAME and one.value == quantity.value]
    chosen = equal if exact else []
    same = bool(chosen)
    if not chosen:
        chosen = [one for like, one in scored if like >= _LIKE][:1]
    start, end = quantity.start, quantity.end
    for one in chosen[:_MOST]:
        yield Offer(place, start, end, text[start:end], one, same)


def _clause(text: str, quantity: Quantity) -> str:
    """Return the words around a number: what stands before it, and a few after."""
    before = _CLAUSE.split(text[max(quantity.start - _REACH, 0) : quantity.start])[-1]
    after = _CLAUSE.split(text[quantity.end : quantity.end + 6])[0]
    return before + quantity.unit + after


def _likeness(name: str, clause: str) -> float:
    """Return which share of the characters of a figure's name stands in the clause."""
    characters = set(name) - set("的")
    return len(characters & set(clause)) / len(characters)
