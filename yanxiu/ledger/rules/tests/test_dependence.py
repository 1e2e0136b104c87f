"""An amount that is looked up is the amount that the full reckoning explains."""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from itertools import count
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yanxiu.ledger.rules import dependence
from yanxiu.ledger.rules.dependence import Rows, amount_of, amounts_of
from yanxiu.ledger.rules.evaluating import award
from yanxiu.ledger.rules.facts import Facts, recognised_as
from yanxiu.ledger.rules.loading import shipped
from yanxiu.ledger.rules.persons import Person
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.ledger.rules.tests.made_up import HANDBOOK, WANG
from yanxiu.ledger.rules.tests.places import EVERYTHING, MISSED, MULTIPLIED, place

RICH = place(EVERYTHING)
SCHEMES = [*shipped().values(), RICH, place(MISSED), place(MULTIPLIED)]
EVIDENCE = ["comment", "certificate", "notice", "list", "project_closure"]


def sometimes(strategy: st.SearchStrategy[Decimal]) -> st.SearchStrategy[Decimal | None]:
    return st.none() | strategy


@st.composite
def anything(draw: st.DrawFn, kinds: list[str]) -> Facts:
    """Draw a record from few values each, so that the same amount is asked for again and again."""
    few = st.sampled_from
    on = draw(few([date(y, m, d) for y in (2019, 2022, 2023, 2025, 2027) for m, d in
                   ((1, 1), (2, 28), (6, 30), (9, 1), (12, 31))]))  # fmt: skip
    return Facts(
        uid=UUID(int=draw(st.integers(1, 2**64))),
        teacher_uid=WANG,
        kind=draw(few(kinds)),
        on=on,
        role=draw(few(["", "attendee", "main_speaker", "presenter", "observer", "lead", "member"])),
        minutes=draw(few([None, 0, 45, 90, 900])),
        lessons=draw(sometimes(few([Decimal(1), Decimal(2)]))),
        items=draw(sometimes(few([Decimal(1), Decimal(3)]))),
        characters=draw(sometimes(few([Decimal(1500), Decimal(3000)]))),
        organiser_level=draw(few(["", "school", "county", "provincial"])),
        delivery_mode=draw(few(["", "school_based"])),
        attendance=draw(few(["present", "present", "late", "absent"])),
        evidence=draw(st.frozensets(few(EVIDENCE))),
        days=draw(sometimes(few([Decimal("0.5"), Decimal(3)]))),
        stated=draw(sometimes(few([Decimal(4), Decimal(20)]))),
        absent_minutes=draw(few([None, None, 10, 400])),
        grade=draw(few(["", "excellent", "fail"])),
        claimed_on=draw(few([None, on, date(2026, 1, 1)])),
    )


PEOPLE = st.sampled_from(
    [
        None,
        Person(),
        Person(tiers=frozenset({"novice"})),
        Person(tiers=frozenset({"retiring", "x"})),
    ]
)


@st.composite
def neighbours(draw: st.DrawFn) -> tuple[Scheme, list[tuple[Facts, Person | None]]]:
    """Draw a record, and others that differ from it in one thing: those a key might confuse."""
    scheme, person = draw(st.sampled_from([*SCHEMES, *[RICH] * 5])), draw(PEOPLE)
    kinds = [*sorted(amounts_of(scheme).kinds), "sports_day"]
    first, second = draw(anything(kinds)), draw(anything(kinds))
    changed = [
        replace(first, **{each.name: getattr(second, each.name)})
        for each in fields(Facts)
        if each.name not in {"uid", "teacher_uid", "kind"}
    ]
    evidence = [replace(first, evidence=first.evidence ^ {code}) for code in EVIDENCE]
    alike = [(facts, person) for facts in (first, *changed, *evidence)]
    return scheme, draw(st.permutations([*alike, (first, draw(PEOPLE))]))


@given(neighbours())
@settings(max_examples=500, deadline=None)
def test_looking_up_and_explaining_agree(
    drawn: tuple[Scheme, list[tuple[Facts, Person | None]]],
) -> None:
    scheme, deeds = drawn
    for facts, person in deeds:
        explained = award(scheme, facts, person)
        found = amount_of(scheme, facts, person)
        if explained is None:
            assert found is None
        else:
            told = (explained.amount, explained.unit, explained.rule, explained.valid)
            assert found == told


@given(neighbours(), st.none() | st.just(Decimal(2)))
@settings(max_examples=200, deadline=None)
def test_a_row_of_the_database_earns_what_the_record_earns(
    drawn: tuple[Scheme, list[tuple[Facts, Person | None]]], recognised: Decimal | None
) -> None:
    scheme, deeds = drawn
    rows = Rows(scheme)
    for facts, person in deeds:
        row = [recognised if name == "recognised" else getattr(facts, name) for name in rows.names]
        read = facts if recognised is None else recognised_as(facts, recognised)
        assert rows.of(row, person) == amount_of(scheme, read, person)


def test_only_what_the_scheme_asks_for_is_read() -> None:
    assert Rows(HANDBOOK).names == (
        "kind", "on", "recognised", "attendance", "characters", "days", "items", "lessons",
        "minutes", "organiser_level", "role", "stated", "evidence",
    )  # fmt: skip
    assert amounts_of(HANDBOOK).tiers == frozenset()


def test_alike_records_are_reckoned_once(monkeypatch: pytest.MonkeyPatch) -> None:
    scheme, calls = place(MULTIPLIED), count()
    monkeypatch.setattr(dependence, "award", lambda *told: next(calls) >= 0 and award(*told))
    for number in range(50):
        on = date(2025, 5, 1 + number % 28)
        facts = Facts(UUID(int=number), WANG, "training", on, days=Decimal(2))
        assert amount_of(scheme, facts) == (Decimal(12), "hour", "training", True)
    assert next(calls) == 1


def test_memory_stays_flat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dependence, "MOST_KEPT", 100)
    scheme = place(MULTIPLIED)
    for number in range(250):
        facts = Facts(UUID(int=1), WANG, "training", date(2025, 5, 1), days=Decimal(number))
        amount_of(scheme, facts)
    assert len(amounts_of(scheme)._kept) <= 100
