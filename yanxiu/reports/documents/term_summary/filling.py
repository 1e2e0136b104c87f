"""Filling a summary from the figures, the confirmed plans and what people wrote."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from yanxiu.reports.documents.term_summary.blocks import (
    basics,
    chinese_day,
    data_table,
    problems,
    schools,
    sessions,
)
from yanxiu.reports.documents.term_summary.data import Block, Heading, Section, TermSummary
from yanxiu.reports.documents.term_summary.outline import NEXT, PROBLEMS, Part, kept
from yanxiu.reports.documents.term_summary.plan_part import plan_blocks, quota_blocks
from yanxiu.reports.documents.term_summary.reckoning import NOT_TOLD, Reckoner
from yanxiu.reports.models import Summary
from yanxiu.ui.languages import in_words_of_the_house

__all__ = ["NOT_TOLD", "fill", "number_of"]

_BUILDERS: dict[str, Callable[[Reckoner], Iterable[Block]]] = {
    "basics": basics,
    "plan": plan_blocks,
    "data": data_table,
    "sessions": sessions,
    "quotas": quota_blocks,
    "problems": problems,
    "schools": schools,
}
_NAMES = {"data": "主要数据", "sessions": "活动一览", "quotas": "数量要求", "schools": "各校总结"}
_DIGITS = "一二三四五六七八九"
_TEN = 10


def fill(summary: Summary, at: datetime, *, signed_on: date | None = None) -> TermSummary:
    """Return the summary as it stands at `at`.

    Args:
        summary: with organisation, unit, teacher and term joined.
        at: the moment of reckoning, aware.
        signed_on: the day under the signature; None for a draft.
    """
    return filled(Reckoner(summary, at), signed_on=signed_on)


@in_words_of_the_house
def filled(reckoner: Reckoner, *, signed_on: date | None = None) -> TermSummary:
    """Return the document, so that what was reckoned for it can be used for more."""
    summary = reckoner.summary
    return TermSummary(
        title=summary.title,
        signed_by=_signed_by(summary),
        day=chinese_day(signed_on) if signed_on else "",
        sections=tuple(
            _section(reckoner, number, part)
            for number, part in enumerate(kept(summary.outline), start=1)
        ),
    )


def _signed_by(summary: Summary) -> str:
    if summary.unit is not None:
        return f"{summary.organisation.name}{summary.unit.name}"
    return summary.subject


def number_of(number: int) -> str:
    """Write the number of a section in Chinese, up to 99."""
    tens, ones = divmod(number, _TEN)
    front = ("" if tens == 1 else _DIGITS[tens - 1]) + "十" if tens else ""
    return front + (_DIGITS[ones - 1] if ones else "")


def _section(reckoner: Reckoner, number: int, part: Part) -> Section:
    blocks: list[Block] = []
    several = len(part.blocks) > 1
    for name in part.blocks:
        found = list(_BUILDERS[name](reckoner)) if name in _BUILDERS else []
        if several and name in _NAMES and found:
            blocks.append(Heading(_NAMES[name]))
        blocks += found
    prose = reckoner.prose(part, required=_required(part))
    title = f"{number_of(number)}、{part.title}"
    return Section(part.key, title, (*_numbered(blocks), *prose), part.role)


def _required(part: Part) -> str:
    """Return what is lacking while nobody wrote in a section; "" where its figures suffice."""
    if part.role == PROBLEMS:
        return "存在的问题与原因"
    if part.role == NEXT:
        return "下一步打算"
    return "" if part.blocks else part.title


def _numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """Number the headings inside one section from （一）."""
    count = 0
    for block in blocks:
        if isinstance(block, Heading):
            count += 1
            yield replace(block, text=f"（{number_of(count)}）{block.text}")
        else:
            yield block
