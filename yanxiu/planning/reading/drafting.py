"""A draft of a credit scheme from the rules that a document states, in the YAML of schemes.

Only stated numbers become requirements. What a scheme must have and the document does not say
stands in the draft with the source “原文未写明；待确认”, and in a warning.
"""

from collections.abc import Iterator
from datetime import date

from yanxiu.planning.reading.contradictions import (
    YEARLY,
    Amount,
    CreditRules,
    contradictions,
    credit_rules,
    is_number,
)
from yanxiu.planning.reading.findings import Finding, Note, ReadDocument

Warning = Note  # noqa: A001 - the word of the interface
"""A warning about a draft: where the document contradicts itself or is silent."""

_UNSAID = "原文未写明；待确认"
_FIRST_DAY, _MINUTES, _USUAL_YEARS = "09-01", 45, 5


def draft_scheme(document: ReadDocument) -> tuple[str, tuple[Warning, ...]] | None:
    """Draft a scheme from the credit rules of `document`, or give None if it has none.

    Returns:
        The YAML text, and the warnings a person reads before using it.
    """
    rules = credit_rules(document.findings)
    if rules.is_empty:
        return None
    warnings = (*contradictions(rules), *_silences(document, rules))
    return "\n".join(_lines(document, rules)) + "\n", warnings


def _since(document: ReadDocument) -> date | None:
    period = document.period
    year = period.school_year or period.year
    return None if year is None else date(year, 9, 1)


def _silences(document: ReadDocument, rules: CreditRules) -> Iterator[Note]:
    """What a scheme must have and the document leaves open."""
    line = document.lines[0]
    if _since(document) is None:
        yield Note("start-unsaid", "原文没有写明从哪一年起施行，请改“effective_from”。", line)
    if rules.minutes_per_hour is None:
        yield Note(
            "minutes-unsaid", f"原文没有写明一学时多少分钟，草案暂按 {_MINUTES} 分钟。", line
        )
    if rules.hours_per_credit is None:
        yield Note("conversion-unsaid", "原文没有写明多少学时折合 1 学分，草案没有折算。", line)
    given = tuple(_given(document))
    said = (
        f"原文写明的 {len(given)} 个计分数列在草案末尾" if given else "原文没有写明各类活动各计多少"
    )
    yield Note("awards-unsaid", f"{said}，请在草案中补上认定条目。", line)


def _given(document: ReadDocument) -> Iterator[Finding]:
    """What the document gives for single things, and the most of each: no rule of the draft yet."""
    for found in document.findings:
        if found.kind == "credit" and is_number(found.value) and found.name not in YEARLY:
            yield found


def _lines(document: ReadDocument, rules: CreditRules) -> Iterator[str]:
    since = _since(document) or date(date.min.year + 1999, 9, 1)
    unit = "credit" if rules.hours_per_credit else "hour"
    if unit == "hour" and not rules.yearly_hours:
        unit = "credit"
    yield "# 草案：由文档读出，未写明的已标“待确认”，请核对后使用。"
    yield "id: draft-scheme"
    yield f'version: "{since.year}"'
    yield f"title: {_text(document.title or '学时学分草案')}"
    yield f"source: {_text(document.title or '读入的文档')}"
    yield f"effective_from: {since}"
    yield f"unit: {unit}"
    yield "time:"
    yield from _stated("minutes_per_hour", rules.minutes_per_hour, str(_MINUTES), "  ")
    yield from _conversions(rules)
    yield f"rounding: {{step: 0.01, mode: half_up, at: award, source: {_UNSAID}}}"
    years = len(rules.years) or _USUAL_YEARS
    source = _place(rules.years[0][2]) if rules.years and rules.years[0][2] else _UNSAID
    yield "cycle:"
    yield f"  years: {years}"
    yield f"  year_start: {_FIRST_DAY}"
    yield f"  first_year: {since.year}"
    yield "  semester_starts: [09-01, 02-01]"
    yield f"  source: {source}"
    yield from _requirements(rules)
    yield from _themes(rules)
    yield from _to_be_written(document)


def _to_be_written(document: ReadDocument) -> Iterator[str]:
    """What the document gives for each thing, as remarks beside which a person writes the rules."""
    given = tuple(_given(document))
    if given:
        yield "# 原文写明的计分，请对照写成认定条目（award_rules）："
    for found in given:
        most = "至多 " if found.qualifier == "at_most" else ""
        yield f"#   {found.name}：{most}{found.value} {found.unit or ''}（原文第 {found.line} 行）"


def _text(text: str) -> str:
    return '"' + text.replace("\\", "").replace('"', "”") + '"'


def _place(amount: Amount | None) -> str:
    return f"原文第 {amount.line} 行" if amount else _UNSAID


def _stated(key: str, amount: Amount | None, otherwise: str, indent: str) -> Iterator[str]:
    yield f"{indent}{key}: {_shown(amount) if amount else otherwise}"
    yield f"{indent}source: {_place(amount)}"


def _shown(amount: Amount) -> str:
    return f"{amount.value.normalize():f}"


def _conversions(rules: CreditRules) -> Iterator[str]:
    factor = rules.hours_per_credit
    if factor is None:
        yield "conversions: []"
        return
    yield "conversions:"
    yield f"  - {{hours_per_credit: {_shown(factor)}, source: {_place(factor)}}}"


def _requirements(rules: CreditRules) -> Iterator[str]:
    rows = (
        ("hours_yearly", "学年学时", "year", "hour", rules.yearly_hours),
        ("yearly", "学年学分", "year", "credit", rules.yearly_credits),
        ("total", "总学分", "cycle", "credit", rules.total),
    )
    if any(row[-1] for row in rows):
        yield "requirements:"
    for name, title, scope, unit, amount in rows:
        if amount is None:
            continue
        yield f"  - requirement: {name}"
        yield f"    title: {title}"
        yield f"    source: {_place(amount)}"
        yield f"    scope: {scope}"
        yield f"    unit: {unit}"
        yield f"    min: {_shown(amount)}"


def _themes(rules: CreditRules) -> Iterator[str]:
    stated = [(year, content, amount) for year, content, amount in rules.years if amount]
    if not stated:
        return
    yield "labels:"
    yield "  theme:"
    for year, content, _ in stated:
        yield f"    theme_{year}: {_text(content[:60])}"
    yield "partitions:"
    yield "  - partition: theme"
    yield "    title: 研修主题"
    yield f"    source: {_place(stated[0][2])}；按主题读，待确认"
    yield "    by: theme"
    yield "    scope: cycle"
    yield "    severity: info"
    quotas = ", ".join(f"theme_{year}: {_shown(amount)}" for year, _, amount in stated)
    yield f"    quotas: {{{quotas}}}"
