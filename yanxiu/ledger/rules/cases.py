"""Cases beside a scheme, run: what comes out, and what of it differs from what is expected."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
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
from yanxiu.ledger.rules.refusals import SchemeUnreadable
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

    Raises:
        SchemeUnreadable: a slip in a case, or a case about a version that does not lie there.
    """
    paths = sorted((scheme_file.parent / "cases").glob("*.yaml"))
    cases = [case for path in paths for case in read_cases(path)]
    there = sorted(path.stem for path in scheme_file.parent.glob("*.yaml"))
    for case in cases:
        for version in case.versions:
            if version not in there:
                read = f"versions 写了“{version}”，旁边没有 {version}.yaml，这个算例不会运行"
                right = f"请写旁边有的版本：{'、'.join(there)}"
                raise SchemeUnreadable(name=case.file, line=case.line, read=read, right=right)
    return [case for case in cases if not case.versions or scheme_file.stem in case.versions]


def run(case: Case, scheme: Scheme) -> Outcome:
    """Reckon `case` under `scheme` and compare."""
    wrong = (*_unknown(case, scheme), *_unreadable_openings(case, scheme))
    if wrong:
        return Outcome(wrong, frozenset(), ())
    case = _converted(case, scheme)
    awards = [award(scheme, facts, _person_on(case.person, facts.on)) for facts in case.posted]
    outcome = Outcome(tuple(_wrong_rules(case, awards)), frozenset(), ())
    if case.is_of_one:
        outcome = _joined(outcome, _run_award(case, awards[0]))
    if case.is_of_all:
        posted = _earned(case.posted, awards)
        given = [award(scheme, facts, _person_on(case.person, facts.on)) for facts in case.pending]
        pending = _earned(case.pending, given)
        person = _person_on(case.person, case.on)
        result = standing(scheme, posted, pending, on=case.on, semesters=case.terms, person=person)
        outcome = _joined(outcome, _run_standing(case, result, scheme))
        if case.requirements or case.totals:  # what pays nothing is never seen to count
            unpaid = {one.rule for one in awards if one and one.valid and not one.amount}
            outcome = replace(outcome, rules=outcome.rules | unpaid)
    return replace(outcome, steps=(*_passed_over(case, awards, scheme), *outcome.steps))


def _joined(one: Outcome, other: Outcome) -> Outcome:
    differences = (*one.differences, *other.differences)
    return Outcome(differences, one.rules | other.rules, (*one.steps, *other.steps))


def _person_on(person: Person, day: date) -> Person:
    """Return `person` as known on `day`: a tier with a day in `since` is held from that day."""
    later = {tier for tier, first in person.since if first > day}
    held = {tier for tier, first in person.since if first <= day}
    since = tuple((tier, first) for tier, first in person.since if first <= day)
    return replace(person, tiers=(person.tiers - (later - held)) | held, since=since)


def _unknown(case: Case, scheme: Scheme) -> Iterator[str]:
    """Say which names of the case the scheme does not have: nothing would come of them."""
    tiers = sorted({*case.person.tiers, *(tier for tier, _ in case.person.since)})
    for word, used, known in (
        ("条目", [case.rule] if case.rule else [], [one.id for one in scheme.award_rules]),
        ("要求", case.not_asked, [one.id for one in scheme.requirements]),
        ("教师类别", tiers, list(dict(dict(scheme.labels).get("tier", ())))),
        (
            "减免",
            [one.reason for one in case.person.exemptions],
            [one.reason for one in scheme.exemptions],
        ),
    ):
        for name in dict.fromkeys(used):
            if name not in known:
                yield f"没有{word} {name}；已有：{'、'.join(dict.fromkeys(known)) or '（没有）'}"


def _wrong_rules(case: Case, awards: Sequence[Award | None]) -> Iterator[str]:
    """Say of each record given that it goes by another rule than the case says."""
    for number, given in enumerate(awards, start=1):
        if case.rule and given is not None and given.rule != case.rule:
            which = f"第 {number} 条" if len(awards) > 1 else ""
            yield f"应按条目 {case.rule}，{which}实按 {given.rule}"


def _passed_over(case: Case, awards: Sequence[Award | None], scheme: Scheme) -> Iterator[str]:
    """Say which records earn nothing by themselves, and why."""
    first, last = scheme.effective_from, scheme.effective_to
    span = f"{first:%Y-%m-%d} 起" + (f"，到 {last:%Y-%m-%d} 为止" if last else "")
    told = []
    for facts, given in zip(case.posted, awards, strict=True):
        day = f"{facts.on:%Y-%m-%d}"
        if facts.on < first or (last is not None and facts.on > last):
            told.append(f"注意：{day} 的记录不在本方案施行的日子里（{span}），不计")
        elif given is None and case.is_of_all:
            told.append(f"注意：{day} 的记录，没有条目适用于类别 {facts.kind}，不计")
        elif given is not None and not given.valid and case.is_of_all and not case.is_of_one:
            told.append(f"{day}：{given.steps[-1].text}")
    yield from dict.fromkeys(told)


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
    wrong = [*_wrong_requirements(case, result, scheme), *_wrong_whole(case, result, scheme)]
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


def _wrong_requirements(case: Case, result: Standing, scheme: Scheme) -> Iterator[str]:
    by_id = {each.id: each for each in result.requirements}
    for name, amounts in case.requirements:
        if name not in by_id:
            known = [each.id for each in scheme.requirements]
            told = f"没有要求 {name}；已有：{'、'.join(known)}"
            yield f"对这位老师（{case.on}）没有要求 {name}" if name in known else told
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


def _earned(records: Sequence[Facts], awards: Sequence[Award | None]) -> list[Earned]:
    """Return what each record earns; as in the ledger, what no rule speaks of is left out."""
    both = zip(records, awards, strict=True)
    return [Earned.of(facts, given) for facts, given in both if given is not None]
