"""From an outline to the plans and summaries in it."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from yanxiu.documents.outline import Outline, in_simplified
from yanxiu.documents.reading.parts import Part, parts
from yanxiu.planning.reading.credit_rules import read_credits
from yanxiu.planning.reading.findings import Finding, ReadDocument
from yanxiu.planning.reading.gaps import read_gaps
from yanxiu.planning.reading.items import arrange
from yanxiu.planning.reading.lists import read_lists
from yanxiu.planning.reading.mentions import read_mentions
from yanxiu.planning.reading.periods import read_period
from yanxiu.planning.reading.quotas import read_amounts
from yanxiu.planning.reading.roles import read_roles
from yanxiu.planning.reading.schedules import read_schedule
from yanxiu.planning.reading.slots import read_slots

_SUMMARY = re.compile(r"总结|小结|汇报|回顾|报告")
_PLAN = re.compile(r"计划|规划|方案|要点|安排|行事历")
_TOLD = re.compile(r"总结如下|取得了|回顾|现将.{0,20}(?:总结|汇报)|成绩|成效|本学期.{0,20}开展了")
_INTENDED = re.compile(r"特制定|计划如下|拟|本计划|将(?:继续|进一步|开展)|制定本")


def read_documents(outline: Outline) -> tuple[ReadDocument, ...]:
    """Read every plan and summary in `outline`; an outline without text gives none."""
    plain = in_simplified(outline)
    written = {line.number: line.text.strip() for line in outline.lines}
    return tuple(_read(part, written) for part in parts(plain))


def _kind(part: Part) -> Literal["plan", "summary"]:
    titles = (part.title, *part.headers)
    for title in titles:
        ends = [(found[-1].end(), kind) for kind, found in _found(title) if found]
        if ends:
            return max(ends)[1]
    text = "".join(line.text for line in part.lines)
    return "summary" if len(_TOLD.findall(text)) > len(_INTENDED.findall(text)) else "plan"


def _found(title: str) -> Iterator[tuple[Literal["plan", "summary"], list[re.Match[str]]]]:
    yield "plan", list(_PLAN.finditer(title))
    yield "summary", list(_SUMMARY.finditer(title))


def _read(part: Part, written: dict[int, str]) -> ReadDocument:
    kind = _kind(part)
    reading = arrange(part, kind, written)
    period = read_period(reading)
    findings = [
        *read_lists(reading),
        *read_amounts(reading),
        *read_slots(reading),
        *(read_schedule(reading, period) if kind == "plan" else ()),
        *read_roles(reading),
        *read_credits(reading),
        *read_mentions(reading),
        *read_gaps(reading),
    ]
    findings.sort(key=lambda finding: finding.line)
    lines = (part.first, part.last)
    return ReadDocument(kind, part.title, lines, period, reading.sections, tuple(findings))


def _plain(value: object) -> object:
    """`value` with decimals as JSON numbers."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return value


def _finding(finding: Finding) -> dict[str, object]:
    shown: dict[str, object] = {
        "kind": finding.kind,
        "name": finding.name,
        "value": _plain(finding.value),
        "unit": finding.unit,
        "qualifier": finding.qualifier,
        "period": finding.period,
        "line": finding.line,
        "text": finding.text,
        "inferred": finding.inferred,
    }
    return {**shown, "per": finding.per} if finding.kind == "quota" else shown


def as_json(documents: tuple[ReadDocument, ...]) -> dict[str, object]:
    """The published shape, ready for `json.dumps`."""
    return {
        "documents": [
            {
                "kind": document.kind,
                "title": document.title,
                "lines": list(document.lines),
                "period": {
                    "kind": document.period.kind,
                    "year": document.period.year,
                    "season": document.period.season,
                    "school_year": document.period.school_year,
                    "inferred": document.period.inferred,
                },
                "sections": [
                    {
                        "level": section.level,
                        "number": section.number,
                        "title": section.title,
                        "line": section.line,
                    }
                    for section in document.sections
                ],
                "findings": [_finding(finding) for finding in document.findings],
            }
            for document in documents
        ]
    }
