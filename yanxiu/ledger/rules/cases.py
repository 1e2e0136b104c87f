"""Cases beside a scheme: what is given and what it must come to, told in the words of the rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final
from uuid import UUID

from yanxiu.ledger.rules.counting import Earned
from yanxiu.ledger.rules.evaluating import Award, award
from yanxiu.ledger.rules.facts import PRESENT, Facts
from yanxiu.ledger.rules.reading import Item, read_yaml
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.ledger.rules.standing import Standing, standing

_TEACHER: Final = UUID(int=1)
_CODES: Final = (
    "role",
    "organiser_level",
    "delivery_mode",
    "subject_kind",
    "theme",
    "prize",
    "content_key",
    "event_key",
)
_NUMBERS: Final = ("lessons", "items", "characters")
_WHOLE: Final = ("minutes", "author_order")
_GIVEN: Final = (*_CODES, *_NUMBERS, *_WHOLE, "attendance", "evidence", "times")
_AMOUNTS: Final = ("required", "recognised", "pending", "missing")


@dataclass(frozen=True)
class Case:
    """One case: records given, and what is expected of the award or of the standing."""

    name: str
    line: int
    rule: str
    posted: tuple[Facts, ...]
    pending: tuple[Facts, ...]
    on: date
    tiers: tuple[str, ...]
    unit: str
    amount: Decimal | None
    steps: tuple[str, ...] | None
    requirements: tuple[tuple[str, tuple[tuple[str, Decimal], ...]], ...]
    counted: tuple[Decimal, ...] | None


@dataclass(frozen=True)
class Outcome:
    """What a case came to: differences in words (none if it holds), and the rules it exercised."""

    differences: tuple[str, ...]
    rules: frozenset[str]
    steps: tuple[str, ...]


def read_cases(path: Path) -> list[Case]:
    """Return the cases of one file; refuses slips as a scheme does."""
    root = read_yaml(path.read_text(encoding="utf-8"), f"cases/{path.name}")
    return [_case(item) for item in root.items()]


def run(case: Case, scheme: Scheme) -> Outcome:
    """Reckon `case` under `scheme` and compare."""
    if case.amount is not None:
        return _run_award(case, award(scheme, case.posted[0]))
    posted, pending = _earned(scheme, case.posted), _earned(scheme, case.pending)
    return _run_standing(
        case, standing(scheme, posted, pending, on=case.on, tiers=case.tiers), posted
    )


def _run_award(case: Case, result: Award | None) -> Outcome:
    if result is None:
        return Outcome(("没有条目适用于这条记录",), frozenset(), ())
    texts = tuple(step.text for step in result.steps)
    wrong = []
    if (result.amount, result.unit) != (case.amount, case.unit):
        wrong.append(f"应为 {case.amount} {case.unit}，算得 {result.amount} {result.unit}")
    if case.rule and result.rule != case.rule:
        wrong.append(f"应按条目 {case.rule}，实按 {result.rule}")
    if case.steps is not None and case.steps != texts:
        wrong.append(f"步骤应为 {list(case.steps)}，算得 {list(texts)}")
    return Outcome(tuple(wrong), frozenset({result.rule}), texts)


def _run_standing(case: Case, result: Standing, posted: Sequence[Earned]) -> Outcome:
    by_id = {each.id: each for each in result.requirements}
    wrong, rules = [], set()
    for name, amounts in case.requirements:
        if name not in by_id:
            wrong.append(f"没有要求 {name}")
            continue
        rules.add(name)
        for key, expected in amounts:
            got = getattr(by_id[name], key)
            if got != expected:
                wrong.append(f"{name} 的 {key} 应为 {expected}，算得 {got}")
    counted = [result.counted[each.record_uid] for each in posted]
    if case.counted is not None and case.counted != tuple(each.counted for each in counted):
        wrong.append(f"计入应为 {list(case.counted)}，算得 {[str(e.counted) for e in counted]}")
    rules.update(step.rule for each in counted for step in each.steps[1:])
    texts = tuple(step.text for name in by_id for step in by_id[name].steps)
    return Outcome(tuple(wrong), frozenset(rules), texts)


def _earned(scheme: Scheme, records: Sequence[Facts]) -> list[Earned]:
    """Return what each record earns; as in the ledger, what no rule speaks of is left out."""
    awards = [(facts, award(scheme, facts)) for facts in records]
    return [Earned.of(facts, result) for facts, result in awards if result is not None]


def _case(item: Item) -> Case:
    found = item.keys(["name", "given", "expect"], ["rule", "pending", "on", "tiers"])
    expect = found["expect"].keys([], ["hour", "credit", "steps", "standing", "counted"])
    unit = next((unit for unit in ("hour", "credit") if unit in expect), "")
    posted = _records(found["given"], 1)
    pending = _records(found["pending"], len(posted) + 1) if "pending" in found else ()
    counted = expect.get("counted")
    return Case(
        name=found["name"].text(),
        line=item.line,
        rule=found["rule"].text() if "rule" in found else "",
        posted=posted,
        pending=pending,
        on=found["on"].day() if "on" in found else posted[-1].on,
        tiers=found["tiers"].texts() if "tiers" in found else (),
        unit=unit,
        amount=expect[unit].decimal() if unit else None,
        steps=tuple(step.text() for step in expect["steps"].items()) if "steps" in expect else None,
        requirements=_expected(expect["standing"]) if "standing" in expect else (),
        counted=tuple(each.decimal() for each in counted.items()) if counted else None,
    )


def _expected(item: Item) -> tuple[tuple[str, tuple[tuple[str, Decimal], ...]], ...]:
    return tuple(
        (
            key.text(),
            tuple((name, amount.decimal()) for name, amount in value.keys([], _AMOUNTS).items()),
        )
        for key, value in item.pairs()
    )


def _records(item: Item, first: int) -> tuple[Facts, ...]:
    """Return the records of one mapping or of a list; `times: 12` writes twelve alike."""
    records: list[Facts] = []
    for each in [item] if item.is_mapping() else item.items():
        found = each.keys(["kind", "on"], _GIVEN)
        times = found["times"].integer() if "times" in found else 1
        start = first + len(records)
        records.extend([_facts(found, start + n) for n in range(times)])
    return tuple(records)


def _facts(found: dict[str, Item], number: int) -> Facts:
    codes = {name: found[name].text() for name in _CODES if name in found}
    numbers = {name: found[name].decimal() for name in _NUMBERS if name in found}
    whole = {name: found[name].integer() for name in _WHOLE if name in found}
    evidence = frozenset(found["evidence"].texts()) if "evidence" in found else frozenset()
    attendance = found["attendance"].text() if "attendance" in found else PRESENT
    return Facts(
        uid=UUID(int=number),
        teacher_uid=_TEACHER,
        kind=found["kind"].text(),
        on=found["on"].day(),
        attendance=attendance,
        evidence=evidence,
        minutes=whole.get("minutes"),
        author_order=whole.get("author_order"),
        lessons=numbers.get("lessons"),
        items=numbers.get("items"),
        characters=numbers.get("characters"),
        **codes,
    )
