"""Numbers that people typed by hand where a figure knows better, or knows the same."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from yanxiu.reports.documents.term_summary.data import Stated, TermSummary
from yanxiu.reports.documents.term_summary.outline import NEXT
from yanxiu.reports.documents.term_summary.references import REFERENCE
from yanxiu.texts.keys import key
from yanxiu.texts.quantities import Quantity, find_quantities

_CLAUSE = re.compile(r"[，,。；;：:！!？?\n]")
_SENTENCE_END = re.compile(r"[。！？!?；;\n]")
_ANOTHER_TIME = re.compile(r"[上下]一?(?:个?学期|学年|年度)|去年|上年|前年|往年|明年|来年|今后")
_NAMED_TERM = re.compile(
    r"\d{4}\s*[-—–~～至]\s*\d{4}\s*学年(?:度)?(?:第[一二12]学期|[上下]学期)?|\d{4}年[春秋]"
)
_ASKED = re.compile(r"每(?:周|月|个月|学期|学年|年|人|位|名)|人均|不少于|不低于|至少|要求|规定")
"""每周听1节, 要求听15节: what is asked for is no count of what was done."""
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


def offers_in(
    document: TermSummary,
    known: Iterable[Stated],
    *,
    others: Collection[str] = (),
    when: str = "",
) -> list[Offer]:
    """Return which typed numbers of the document's prose a figure knows.

    Equal ones first name the figure that is called most alike; a contradiction is offered only
    where the words around the number name the figure clearly. What is said of another time, of
    another unit, or of what is to come is no number of this summary.

    Args:
        document: the summary with its prose.
        known: the figures with their present values.
        others: names of units that the summary is not of.
        when: what the time of the summary is called; any other school year is another time.
    """
    figures = [one for one in known if one.value or one.measure]
    found: list[Offer] = []
    for section in document.sections:
        for prose in section.proses if section.role != NEXT else ():
            masked = REFERENCE.sub(lambda match: _BLANK * len(match[0]), prose.text)
            for quantity in find_quantities(masked):
                if not _is_of_another(masked, quantity, others, when):
                    found += _for_one(prose.place, masked, quantity, figures)
    return found


def _is_of_another(text: str, quantity: Quantity, others: Collection[str], when: str) -> bool:
    """Whether a number is said of another time or unit, or is one that was asked for."""
    said = _SENTENCE_END.split(text[: quantity.start])[-1]
    named = _NAMED_TERM.search(said)
    if named and key(named[0]) not in key(when):
        return True
    if _ANOTHER_TIME.search(said) or any(name in said for name in others):
        return True
    return _ASKED.search(_CLAUSE.split(said)[-1]) is not None


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
