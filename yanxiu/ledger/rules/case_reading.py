"""Files of cases read: what is given of the records and of the person, and what is expected."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final
from uuid import UUID

from yanxiu.kernel.spans import Span
from yanxiu.ledger.rules.facts import PRESENT, Facts
from yanxiu.ledger.rules.persons import Exempt, Opening, Person
from yanxiu.ledger.rules.reading import Item, read_yaml

_TEACHER: Final = UUID(int=1)
_TRANSFERS: Final = 1_000_000
"""Numbers of transfers begin here, so that no record has the same."""

_CODES: Final = (
    "role",
    "organiser_level",
    "delivery_mode",
    "subject_kind",
    "theme",
    "prize",
    "grade",
    "content_key",
    "event_key",
)
_NUMBERS: Final = ("lessons", "items", "characters", "days", "stated")
_WHOLE: Final = ("minutes", "absent_minutes", "author_order")
RECORD_KEYS: Final = (
    *_CODES, *_NUMBERS, *_WHOLE, "attendance", "evidence", "claimed_on", "times"
)  # fmt: skip
PERSON_KEYS: Final = (
    "tiers", "joined_on", "cycle_from", "retires_on", "exemptions", "opening", "since"
)  # fmt: skip
AMOUNTS: Final = ("required", "recognised", "pending", "missing")
EXPECT_KEYS: Final = (
    "hour", "credit", "valid", "steps", "standing", "counted", "total", "met", "not_asked"
)  # fmt: skip
_OF_ONE: Final = ("hour", "credit", "valid", "steps")
"""What is expected of what one record earns; the other keys are of all that counts together."""

CASE_KEYS: Final = ("rule", "pending", "on", "tiers", "person", "terms", "versions")
_SCOPES: Final = ("semester", "year", "cycle")
_UNITS: Final = ("hour", "credit")
_TRANSFER: Final = "transfer"
_OPENING_CODES: Final = ("kind", *_CODES[:-2])

Expected = tuple[tuple[str, tuple[tuple[str, Decimal], ...]], ...]
"""Amounts by name, for each requirement or period."""


@dataclass(frozen=True)
class Case:
    """One case: records given, and what is expected of the award or of the standing.

    Attributes:
        rule: the award rule or validity rule that must have been used, `""` if not said.
        person: what is known of the teacher.
        terms: the school's own terms.
        amount: what the one record must earn, in `unit`; None if not said.
        steps: the whole trace of its award; None if not said.
        requirements: amounts by requirement.
        said: sentences that must stand in the trace of a requirement.
        counted: how much of each record counts, as given.
        totals: hours and credits by period.
        met: whether all that blocks is met.
        not_asked: requirements that this person does not have.
        versions: the versions of the scheme that it is about; none for all.
        transfers: for each opening the row of `transfers` by which it is still to be converted.
        file: what refusals call the file in which it stands.
    """

    name: str
    line: int
    rule: str
    posted: tuple[Facts, ...]
    pending: tuple[Facts, ...]
    on: date
    person: Person
    terms: tuple[Span, ...]
    unit: str
    amount: Decimal | None
    valid: bool | None
    steps: tuple[str, ...] | None
    requirements: Expected
    said: tuple[tuple[str, tuple[str, ...]], ...]
    counted: tuple[Decimal, ...] | None
    totals: Expected
    met: bool | None
    not_asked: tuple[str, ...]
    versions: tuple[str, ...] = ()
    transfers: tuple[str, ...] = ()
    file: str = ""

    @property
    def is_of_one(self) -> bool:
        """Whether it asks what its one record earns by itself."""
        return not (self.amount is None and self.valid is None and self.steps is None)

    @property
    def is_of_all(self) -> bool:
        """Whether it asks what all records come to."""
        told = (self.counted, self.met)
        named = (self.requirements, self.totals, self.not_asked)
        return any(one is not None for one in told) or any(named)


def read_cases(path: Path) -> list[Case]:
    """Return the cases of one file; refuses slips as a scheme does."""
    return cases_in(path.read_text(encoding="utf-8"), f"cases/{path.name}")


def cases_in(text: str, name: str) -> list[Case]:
    """Return the cases written in `text`; `name` is how refusals call it."""
    return [_case(item) for item in read_yaml(text, name).items()]


def _case(item: Item) -> Case:
    found = item.keys(["name", "given", "expect"], CASE_KEYS)
    expect = found["expect"].keys([], EXPECT_KEYS)
    _refuse_unlooked(found, expect)
    unit = next((unit for unit in _UNITS if unit in expect), "")
    posted = _records(found["given"], 1)
    pending = _records(found["pending"], len(posted) + 1) if "pending" in found else ()
    if "on" not in found and not posted:
        item.refuse("没有写明哪一天", "没有记录的算例要写 on，如 on: 2026-12-31")
    of_one = next((key for key in _OF_ONE if key in expect), "")
    if of_one and len(posted) != 1:
        right = (
            "几条记录合起来的写 counted、standing、total；只看一条的，另写一个只有一条记录的算例"
        )
        read = f"given 里有 {len(posted)} 条记录，expect 却写了 {of_one}"
        expect[of_one].refuse(read, f"{of_one} 只看一条记录。{right}")
    standing = expect["standing"].pairs() if "standing" in expect else []
    counted = expect.get("counted")
    return Case(
        name=found["name"].text(),
        line=item.line,
        rule=found["rule"].text() if "rule" in found else "",
        posted=posted,
        pending=pending,
        on=found["on"].day() if "on" in found else max(each.on for each in posted),
        person=_person(found),
        terms=tuple(_span(each) for each in found["terms"].items()) if "terms" in found else (),
        unit=unit,
        amount=expect[unit].decimal() if unit else None,
        valid=_yes(expect.get("valid")),
        steps=_sentences(expect.get("steps")),
        requirements=tuple((key.text(), _amounts(value)) for key, value in standing),
        said=tuple((key.text(), _said(value)) for key, value in standing),
        counted=tuple(each.decimal() for each in counted.items()) if counted else None,
        totals=_totals(expect["total"]) if "total" in expect else (),
        met=_yes(expect.get("met")),
        not_asked=expect["not_asked"].texts() if "not_asked" in expect else (),
        versions=found["versions"].texts() if "versions" in found else (),
        transfers=_transfers(found),
        file=item.name,
    )


def _refuse_unlooked(found: Mapping[str, Item], expect: Mapping[str, Item]) -> None:
    """Refuse what nothing would look at, so that no case holds because it was passed over."""
    if not expect:
        right = "请写应当算得的数，如 expect: {hour: 3}，或 expect: {counted: [3]}"
        found["expect"].refuse("expect 里什么都没有写", right)
    if all(unit in expect for unit in _UNITS):
        right = "一条记录只计学时或只计学分，请留下一个；折算以后的数写在 total 里"
        expect["credit"].refuse("hour 和 credit 都写了", right)
    for key in ("pending", "terms"):
        if key in found and all(name in _OF_ONE for name in expect):
            right = (
                "它不改变一条记录自己得多少，请删去，或在 expect 里写 standing、total 或 counted"
            )
            found[key].refuse(f"写了 {key}，expect 却只看一条记录", right)
    for key in ("standing", "total", "not_asked"):
        if key in expect and not (
            expect[key].pairs() if key != "not_asked" else expect[key].items()
        ):
            expect[key].refuse(f"{key} 里什么都没有写", "请写应当算得的，或删去这个键")
    if "versions" in found and not found["versions"].items():
        right = '请写版本（文件名），如 versions: ["2026"]；每个版本都要相符的，删去这个键'
        found["versions"].refuse("versions 里一个版本都没有写", right)


def _amounts(item: Item) -> tuple[tuple[str, Decimal], ...]:
    found = item.keys([], [*AMOUNTS, "steps"])
    return tuple((name, found[name].decimal()) for name in AMOUNTS if name in found)


def _said(item: Item) -> tuple[str, ...]:
    return _sentences(item.keys([], [*AMOUNTS, "steps"]).get("steps")) or ()


def _totals(item: Item) -> Expected:
    return tuple(
        (
            scope,
            tuple((unit, amount.decimal()) for unit, amount in value.keys([], _UNITS).items()),
        )
        for scope, value in item.keys([], _SCOPES).items()
    )


def _sentences(item: Item | None) -> tuple[str, ...] | None:
    return None if item is None else tuple(each.text() for each in item.items())


def _yes(item: Item | None) -> bool | None:
    return None if item is None else item.choice(["true", "false"]) == "true"


def _span(item: Item) -> Span:
    found = item.keys(["from", "to"])
    return Span(found["from"].day(), found["to"].day())


def _person(case: Mapping[str, Item]) -> Person:
    """Read `person`; `tiers` may stand alone."""
    found = case["person"].keys([], PERSON_KEYS) if "person" in case else {}
    tiers = [*(found["tiers"].texts() if "tiers" in found else ())]
    tiers += case["tiers"].texts() if "tiers" in case else ()
    opening = found["opening"].items() if "opening" in found else []
    since = found["since"].pairs() if "since" in found else []
    return Person(
        uid=_TEACHER,
        tiers=frozenset(tiers),
        joined_on=_day(found, "joined_on"),
        cycle_from=_day(found, "cycle_from"),
        retires_on=_day(found, "retires_on"),
        exemptions=tuple(
            _exempt(each) for each in (found["exemptions"].items() if "exemptions" in found else [])
        ),
        opening=tuple(_opening(each, number) for number, each in enumerate(opening)),
        since=tuple((tier.text(), day.day()) for tier, day in since),
    )


def _day(found: Mapping[str, Item], name: str) -> date | None:
    return found[name].day() if name in found else None


def _exempt(item: Item) -> Exempt:
    found = item.keys(["reason", "from", "to"])
    return Exempt(found["reason"].text(), Span(found["from"].day(), found["to"].day()))


def _opening(item: Item, number: int) -> Opening:
    found = item.keys(["on", "amount", "unit"], ["title", _TRANSFER, *_OPENING_CODES])
    codes = [(name, found[name].text()) for name in _OPENING_CODES if name in found]
    return Opening(
        uid=UUID(int=_TRANSFERS + number),
        on=found["on"].day(),
        amount=found["amount"].decimal(),
        unit=found["unit"].choice(_UNITS),
        title=found["title"].text() if "title" in found else "转入",
        codes=tuple(codes),
    )


def _transfers(case: Mapping[str, Item]) -> tuple[str, ...]:
    """Return for each of `opening` the row of the table that it names, `""` for none."""
    found = case["person"].keys([], PERSON_KEYS) if "person" in case else {}
    opening = found["opening"].items() if "opening" in found else []
    rows = [{key.text(): value for key, value in each.pairs()} for each in opening]
    return tuple(row[_TRANSFER].text() if _TRANSFER in row else "" for row in rows)


def _records(item: Item, first: int) -> tuple[Facts, ...]:
    """Return the records of one mapping or of a list; `times: 12` writes twelve alike."""
    records: list[Facts] = []
    for each in [item] if item.is_mapping() else item.items():
        found = each.keys(["kind", "on"], RECORD_KEYS)
        times = found["times"].integer() if "times" in found else 1
        start = first + len(records)
        records.extend([_facts(found, start + n) for n in range(times)])
    return tuple(records)


def _number(item: Item, name: str) -> Decimal:
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", item.text()):
        item.refuse(f"{name} {item.shown}", "这里应是数，如 2 或 0.5，不带单位")
    return item.decimal()


def _whole(item: Item, name: str) -> int:
    if not re.fullmatch("[0-9]+", item.text()):
        item.refuse(f"{name} {item.shown}", "这里应是整数，如 2，不带单位")
    return item.integer()


def _facts(found: dict[str, Item], number: int) -> Facts:
    codes = {name: found[name].text() for name in _CODES if name in found}
    numbers = {name: _number(found[name], name) for name in _NUMBERS if name in found}
    whole = {name: _whole(found[name], name) for name in _WHOLE if name in found}
    evidence = frozenset(found["evidence"].texts()) if "evidence" in found else frozenset()
    return Facts(
        uid=UUID(int=number),
        teacher_uid=_TEACHER,
        kind=found["kind"].text(),
        on=found["on"].day(),
        attendance=found["attendance"].text() if "attendance" in found else PRESENT,
        evidence=evidence,
        claimed_on=_day(found, "claimed_on"),
        minutes=whole.get("minutes"),
        absent_minutes=whole.get("absent_minutes"),
        author_order=whole.get("author_order"),
        lessons=numbers.get("lessons"),
        items=numbers.get("items"),
        characters=numbers.get("characters"),
        days=numbers.get("days"),
        stated=numbers.get("stated"),
        **codes,
    )
