"""Evidence, sources and small numbers."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final

from yanxiu.ledger.rules.amounts import exact, rounded, shown
from yanxiu.ledger.rules.checking.finding import NOTE, Finding
from yanxiu.ledger.rules.schemes import Requirement, Scheme
from yanxiu.ledger.rules.values import Filter

_DATED: Final = (
    "minimum", "maximum", "least_share", "most_share", "share", "rates", "amount", "event_cap",
    "base_cap",
)  # fmt: skip
_UNCONFIRMED: Final = "待确认"
_FRAME: Final = {
    "rounding": "取整",
    "cycle": "周期",
    "round_credits": "学分取整",
    "attendance": "考勤",
    "role_exclusivity": "身份",
    "eligibility": "对象",
    "make_up": "补修",
    "probation": "试用期",
    "publication": "公示",
    "appeal": "异议",
    "audit": "抽查",
}


def uneven_rounding(scheme: Scheme) -> Iterator[Finding]:
    """A step that neither divides one nor is whole makes amounts such as 0.9 of one hour."""
    found = [("rounding", scheme.rounding.step), *((r.id, r.rounding.step) for r in _own(scheme))]
    if scheme.round_credits:
        found.append(("round_credits", scheme.round_credits.step))
    for where, step in found:
        if exact(step).denominator != 1 and exact(step).numerator != 1:
            sentence = (
                f"取整单位 {shown(step)} 不能整除 1，整数的学时也会变：1 → "
                f"{shown(rounded(Fraction(1), step, 'floor'))}（舍）。"
            )
            yield Finding("rounding-uneven", where, sentence, "常见的是 0.5、0.1 或 1。", NOTE)


def _own(scheme: Scheme) -> Iterator[Any]:
    return (rule for rule in scheme.award_rules if rule.rounding and rule.origin == scheme.id)


def substitutions_over_need(scheme: Scheme) -> Iterator[Finding]:
    """More surplus than is asked for in all is never needed."""
    by_id = {each.id: each for each in scheme.requirements}
    for each in scheme.substitutions:
        taker = by_id[each.taker]
        most = exact(each.maximum.values[-1][1]) if each.maximum else None
        if most is None or taker.is_share or most <= _highest(taker):
            continue
        sentence = (
            f"抵充“{taker.title}”至多 {shown(most)}，而“{taker.title}”一共只要求 "
            f"{shown(_highest(taker))}，这个上限从不会起作用。"
        )
        yield Finding("substitution-over-need", "substitutions", sentence, "请核对这个数。", NOTE)


def _highest(requirement: Requirement) -> Fraction:
    cells = requirement.minimum.values[-1][1].cells
    return max((exact(number) for _, number in cells), default=Fraction(0))


def dated_before_scheme(scheme: Scheme) -> Iterator[Finding]:
    """A number from before the first day of the scheme is taken over, or a slip of the pen."""
    for section in ("requirements", "limits", "award_rules", "bundles", "cross_credits"):
        for each in getattr(scheme, section):
            if getattr(each, "origin", scheme.id) != scheme.id:
                continue
            numbers = [getattr(each, name, None) for name in _DATED]
            days = [day for one in numbers if one for day, _ in one.values]
            if days and min(days) < scheme.effective_from:
                sentence = (
                    f"“{each.title}”写着 {min(days):%Y-%m-%d} 起的数，早于方案施行之日 "
                    f"{scheme.effective_from:%Y-%m-%d}。"
                )
                todo = "从旧版本抄来的可以保留；若是写错了日期，请改正。"
                yield Finding("dated-before-scheme", each.id, sentence, todo, NOTE)


def rates_lost_by_rounding(scheme: Scheme) -> Iterator[Finding]:
    """A rate below the rounding step can never be earned alone."""
    for rule in scheme.award_rules:
        rounding = rule.rounding or scheme.rounding
        rates = [exact(number) for _, number in rule.rates.values[-1][1].cells if number]
        lost = [rate for rate in rates if not rounded(rate, rounding.step, rounding.mode)]
        if lost and rounding.at == "award" and rule.per != "thousand_characters":
            sentence = (
                f"“{rule.title}”每份 {shown(lost[0])}，按 {shown(rounding.step)} 取整"
                "后为 0，单独一份永远计不到。"
            )
            todo = "请为本条另写 rounding，或改动取整单位。"
            yield Finding("rounds-to-nothing", rule.id, sentence, todo)


def evidence(scheme: Scheme) -> Iterator[Finding]:
    """What a person declares needs something to show; what is not declared the system saw."""
    told = {each.kind: each for each in scheme.declaring if each.self_report}
    for rule in scheme.award_rules:
        if rule.requires or rule.requires_any or rule.origin != scheme.id:
            continue
        bare = [
            scheme.label("kind", kind)
            for kind in rule.applies_to.codes("kind") or ()
            if kind in told and "required" not in (told[kind].proof, told[kind].reference)
        ]
        if bare:
            sentence = f"“{rule.title}”由本人申报（{'、'.join(bare)}），却不要任何证明。"
            todo = "请在本条写 requires，或在 declaring 写 proof: required。"
            yield Finding("award-without-evidence", rule.id, sentence, todo)


def begins_late(scheme: Scheme) -> Iterator[Finding]:
    """Between the first day of the scheme and that of a rate nothing is earned."""
    for rule in scheme.award_rules:
        first = rule.rates.values[0][0]
        if rule.origin == scheme.id and first > scheme.effective_from:
            sentence = (
                f"“{rule.title}”的标准自 {first:%Y-%m-%d} 起，"
                f"而方案自 {scheme.effective_from:%Y-%m-%d} 起；此间的记录不计。"
            )
            yield Finding("rate-begins-late", rule.id, sentence, "若不是有意，请改日期。", NOTE)


def codes_unused(scheme: Scheme) -> Iterator[Finding]:
    """Evidence and tiers that have a word but that nothing asks for."""
    if any(rule.origin != scheme.id for rule in scheme.award_rules):
        return  # its words came with the rules that it took over
    words = dict(scheme.labels)
    asked = {code for rule in scheme.award_rules for code in rule.requires}
    asked |= {code for rule in scheme.award_rules for one in rule.requires_any for code in one}
    yield from _unused("evidence", [c for c, _ in words.get("evidence", ()) if c not in asked])
    tiers = {tier for one in _with_teachers(scheme) for tier in (*one.who, *one.not_who)}
    tables = [each.minimum for each in scheme.requirements]
    tables += [each.maximum for each in scheme.requirements if each.maximum]
    tiers |= {code for each in tables for _, table in each.values for code, _ in table.cells}
    yield from _unused("tier", [c for c, _ in words.get("tier", ()) if c not in tiers])


def _with_teachers(scheme: Scheme) -> Iterator[Filter]:
    for section in ("requirements", "limits", "award_rules", "gates", "cross_credits"):
        yield from (each.applies_to for each in getattr(scheme, section))
    yield from (each.applies_to for rule in scheme.award_rules for each in rule.multipliers)
    yield from (each.teachers for each in scheme.bundles)
    if scheme.eligibility:
        yield scheme.eligibility.teachers


def _unused(dimension: str, codes: list[str]) -> Iterator[Finding]:
    if codes:
        sentence = f"labels.{dimension} 里的 {'、'.join(codes)} 没有一处用到。"
        yield Finding("code-unused", "labels", sentence, "若是写错了代码，请改正。", NOTE)


def units_without_words(scheme: Scheme) -> Iterator[Finding]:
    """A unit without a word of the place stands in English on every page."""
    used = [scheme.unit, *(each.unit for each in scheme.requirements)]
    used += [each.per for each in scheme.award_rules if each.per in ("lesson", "item")]
    words = dict(dict(scheme.labels).get("unit", ()))
    missing = [unit for unit in dict.fromkeys(used) if unit not in words]
    if missing:
        sentence = f"labels.unit 里没有 {'、'.join(missing)} 的中文名，页面上会显示英文。"
        todo = "请写上本地的叫法，如 unit: {hour: 学时, credit: 学分, lesson: 节}。"
        yield Finding("unit-without-word", "labels", sentence, todo)


def unconfirmed(scheme: Scheme) -> Iterator[Finding]:
    """Say of which numbers the source is still to be confirmed."""
    named: list[Any] = [*scheme.requirements, *scheme.limits, *scheme.award_rules, *scheme.bundles]
    named += [*scheme.gates, *scheme.cross_credits, *scheme.exemptions, *scheme.transfers]
    sources = [(getattr(each, "id", ""), each.title, each.source) for each in named]
    sources.append(("time", "时间单位", scheme.time_source))
    sources += [("conversions", "折算", each.source) for each in scheme.conversions]
    for section, title in _FRAME.items():
        part = getattr(scheme, section)
        if part is not None:
            sources.append((section, title, part.source))
    sources += [("validity", "期限", each.source) for each in scheme.validity]
    sources += [("substitutions", "抵充", each.source) for each in scheme.substitutions]
    sources += [("carry_over", "结转", each.source) for each in scheme.carry_over]
    sources += [("recognition", each.title, each.source) for each in scheme.recognition]
    sources += [("declaring", "申报", each.source) for each in scheme.declaring]
    waiting: dict[str, list[tuple[str, str]]] = {}
    for name, title, source in sources:
        if _UNCONFIRMED in source:
            waiting.setdefault(source, []).append((name, title))
    for source, places in waiting.items():
        titles = "、".join(f"“{title}”" for title in dict.fromkeys(title for _, title in places))
        sentence = f"{titles}的出处写着：{source}。"
        todo = "启用前请核对原文，改写出处。"
        yield Finding("unconfirmed-source", places[0][0], sentence, todo, NOTE)
