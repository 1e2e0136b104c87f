"""Cases beside a scheme, run: what comes out, and what of it differs from what is expected."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Final
from uuid import UUID

from yanxiu.kernel.amounts import plain
from yanxiu.ledger.rules.case_reading import Case, cases_in, read_cases
from yanxiu.ledger.rules.checking.caps import implied_caps
from yanxiu.ledger.rules.evaluating import Award, award
from yanxiu.ledger.rules.facts import Facts
from yanxiu.ledger.rules.lines import Earned
from yanxiu.ledger.rules.persons import Opening, Person
from yanxiu.ledger.rules.results import Counted
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.ledger.rules.standing import Standing, standing
from yanxiu.ledger.rules.taking import Taken, taken

__all__ = ["Case", "Outcome", "cases_beside", "cases_in", "read_cases", "run", "untried"]


_WRITTEN: Final = {"year_band": "year_band 的 min", "year_band_most": "year_band 的 max"}
"""What has no id of its own in the file, as its author calls it."""


@dataclass(frozen=True)
class Outcome:
    """What a case came to.

    Attributes:
        differences: what differs from what is expected, in words; none if the case holds.
        rules: ids of the rules, limits and requirements that took part.
        steps: the trace, in the order in which it was reckoned.
    """

    differences: tuple[str, ...]
    rules: frozenset[str]
    steps: tuple[str, ...]


def cases_beside(scheme_file: Path) -> list[Case]:
    """Return the cases of the folder `cases` beside a scheme file, in a fixed order.

    The file is called by its version: a case about other versions alone is left out.
    """
    paths = sorted((scheme_file.parent / "cases").glob("*.yaml"))
    cases = [case for path in paths for case in read_cases(path)]
    return [case for case in cases if not case.versions or scheme_file.stem in case.versions]


def run(case: Case, scheme: Scheme) -> Outcome:
    """Reckon `case` under `scheme` and compare."""
    if case.amount is not None:
        return _run_award(case, award(scheme, case.posted[0], case.person))
    wrong = tuple(_unreadable_openings(case, scheme))
    if wrong:
        return Outcome(wrong, frozenset(), ())
    case = _converted(case, scheme)
    posted = _earned(scheme, case.posted, case.person)
    pending = _earned(scheme, case.pending, case.person)
    result = standing(scheme, posted, pending, on=case.on, semesters=case.terms, person=case.person)
    return _run_standing(case, result, scheme)


def _converted(case: Case, scheme: Scheme) -> Case:
    """Return the case with what was transferred in as this place reads it."""
    if not any(case.transfers):
        return case
    opening = []
    for each, row in zip(case.person.opening, case.transfers, strict=True):
        worth = _taken(scheme, each, row)
        opening.append(replace(each, amount=worth.amount, unit=worth.unit) if worth else each)
    return replace(case, person=replace(case.person, opening=tuple(opening)))


def _unreadable_openings(case: Case, scheme: Scheme) -> Iterator[str]:
    for each, row in zip(case.person.opening, case.transfers, strict=False):
        known = [one.id for one in scheme.transfers]
        if row and row not in known:
            yield f"没有转入折算 {row}；已有：{'、'.join(known) or '（没有写 transfers）'}"
        elif row and _taken(scheme, each, row) is None:
            yield f"转入折算 {row} 不读 {each.unit}，或那天还没有折算的数"


def _taken(scheme: Scheme, each: Opening, row: str) -> Taken | None:
    return taken(scheme, each.amount, each.unit, on=each.on, issuer=each.title, row=row)


def untried(scheme: Scheme, outcomes: Sequence[Outcome]) -> list[str]:
    """Return the ids of what the scheme itself says and no outcome shows, in written order.

    A cap that smaller ones keep anyhow (`cap-never-reached`) cannot be shown.
    """
    shown = {name for outcome in outcomes for name in outcome.rules}
    shown |= {finding.where for finding in implied_caps(scheme)}
    return [_WRITTEN.get(name, name) for name in _said(scheme) if name not in shown]


def _said(scheme: Scheme) -> Iterator[str]:
    yield from (rule.id for rule in scheme.award_rules if rule.origin == scheme.id)
    for section in ("limits", "requirements", "bundles", "gates", "cross_credits"):
        yield from (each.id for each in getattr(scheme, section))


def _run_award(case: Case, result: Award | None) -> Outcome:
    if result is None:
        return Outcome(("没有条目适用于这条记录",), frozenset(), ())
    texts = tuple(step.text for step in result.steps)
    wrong = []
    if case.amount is not None and (result.amount, result.unit) != (case.amount, case.unit):
        wrong.append(
            f"应为 {plain(case.amount)} {case.unit}，算得 {plain(result.amount)} {result.unit}"
        )
    if case.rule and result.rule != case.rule:
        wrong.append(f"应按条目 {case.rule}，实按 {result.rule}")
    if case.valid is not None and case.valid != result.valid:
        wrong.append(f"应{_accepted(case.valid)}，实{_accepted(result.valid)}")
    if case.steps is not None and case.steps != texts:
        wrong.append(f"步骤应为 {list(case.steps)}，算得 {list(texts)}")
    return Outcome(tuple(wrong), frozenset({result.rule, *_rules_of(result)}), texts)


def _rules_of(result: Award) -> set[str]:
    return {step.rule for step in result.steps if step.rule}


def _accepted(valid: bool) -> str:  # noqa: FBT001 (one word for yes, one for no)
    return "认可" if valid else "不认可"


def _run_standing(case: Case, result: Standing, scheme: Scheme) -> Outcome:
    wrong = [*_wrong_requirements(case, result), *_wrong_whole(case, result, scheme)]
    by_id = {each.id: each for each in result.requirements}
    rules = {name for name, _ in case.requirements if name in by_id} | set(case.not_asked)
    known = {each.id for each in result.requirements}
    steps = [step for each in result.counted.values() for step in each.steps[1:]]
    steps += [step for each in result.requirements for step in each.steps]
    rules |= {step.rule for step in steps if step.rule not in known}
    if case.counted or case.requirements or case.totals:
        rules |= {
            each.steps[0].rule for each in result.counted.values() if case.counted or each.counted
        }
    texts = (*_unseen(case), *_told(result))
    return Outcome(tuple(wrong), frozenset(rules), texts)


def _unseen(case: Case) -> Iterator[str]:
    """Say which records given lie after the day on which one looks."""
    later = sorted({each.on for each in case.posted if each.on > case.on})
    if later:
        words = "、".join(f"{day:%Y-%m-%d}" for day in later)
        yield f"注意：{words} 的记录在 on（{case.on:%Y-%m-%d}）以后，这一天还看不到，不计"


def _told(result: Standing) -> Iterator[str]:
    """Say what became of each record that was cut, and then how each requirement stands."""
    for each in sorted(result.counted.values(), key=lambda one: one.earned_on):
        if len(each.steps) > 1:
            yield f"{each.earned_on:%Y-%m-%d}：{'；'.join(step.text for step in each.steps)}"
    for requirement in result.requirements:
        yield from (f"{requirement.title}：{step.text}" for step in requirement.steps)


def _wrong_requirements(case: Case, result: Standing) -> Iterator[str]:
    by_id = {each.id: each for each in result.requirements}
    for name, amounts in case.requirements:
        if name not in by_id:
            yield f"没有要求 {name}"
            continue
        for key, expected in amounts:
            got = getattr(by_id[name], key)
            if got != expected:
                yield f"{name} 的 {key} 应为 {plain(expected)}，算得 {plain(got)}"
    for name, sentences in case.said:
        steps = [step.text for step in by_id[name].steps] if name in by_id else []
        for sentence in sentences:
            if sentence not in steps:
                yield f"{name} 的步骤里应有“{sentence}”，算得 {steps}"
    for name in case.not_asked:
        if name in by_id and not by_id[name].waived:
            yield f"不应有要求 {name}"


def _wrong_whole(case: Case, result: Standing, scheme: Scheme) -> Iterator[str]:
    uids = [UUID(int=number + 1) for number in range(len(case.posted))]
    counted = [result.counted[uid] for uid in uids if uid in result.counted]
    if case.counted is not None and case.counted != tuple(each.counted for each in counted):
        got = _listed(each.counted for each in counted)
        which = "；".join(_unlike(case.counted, counted, scheme))
        yield f"计入应为 {_listed(case.counted)}，算得 {got}：{which}"
    for scope, amounts in case.totals:
        totals = getattr(result, scope)
        for unit, expected in amounts:
            got = totals.hours if unit == "hour" else totals.credits
            if got != expected:
                yield f"{scope} 合计应为 {plain(expected)} {unit}，算得 {plain(got)}"
    if case.met is not None and case.met != result.met:
        yield f"应{_reached(case.met)}，算得{_reached(result.met)}"


def _listed(numbers: Iterable[Decimal]) -> str:
    return f"[{', '.join(plain(number) for number in numbers)}]"


def _unlike(
    expected: Sequence[Decimal], counted: Sequence[Counted], scheme: Scheme
) -> Iterator[str]:
    """Say of each record that counts otherwise which one it is."""
    titles = {rule.id: rule.title for rule in scheme.award_rules}
    if len(expected) != len(counted):
        yield f"写了 {len(expected)} 个数，计入的记录有 {len(counted)} 条"
        return
    for number, (wanted, each) in enumerate(zip(expected, counted, strict=True), start=1):
        if wanted != each.counted:
            title = titles.get(each.rule[0], "")
            yield (
                f"第 {number} 条（{each.earned_on:%Y-%m-%d} {title}）"
                f"应为 {plain(wanted)}，算得 {plain(each.counted)}"
            )


def _reached(met: bool) -> str:  # noqa: FBT001 (one word for yes, one for no)
    return "达标" if met else "不达标"


def _earned(scheme: Scheme, records: Sequence[Facts], person: Person) -> list[Earned]:
    """Return what each record earns; as in the ledger, what no rule speaks of is left out."""
    awards = [(facts, award(scheme, facts, person)) for facts in records]
    return [Earned.of(facts, result) for facts, result in awards if result is not None]
