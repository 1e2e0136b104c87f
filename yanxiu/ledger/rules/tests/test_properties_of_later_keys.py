"""What holds for everybody holds too where a place uses what the language gained later."""

import random
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from yanxiu.ledger.rules.evaluating import award
from yanxiu.ledger.rules.facts import Facts
from yanxiu.ledger.rules.lines import Earned
from yanxiu.ledger.rules.loading import loads
from yanxiu.ledger.rules.persons import Person
from yanxiu.ledger.rules.standing import Standing, counted_lines, standing
from yanxiu.ledger.rules.tests.floors import earned_by
from yanxiu.ledger.rules.tests.made_up import WANG
from yanxiu.ledger.rules.tests.test_properties_of_places import END, FIRST, facts, persons

CHANGES = {
    "rule: training, title: 培训, source: 第二十一条, unit: hour, for: {kind: [training]},": (
        "rule: training, title: 培训, source: 第二十一条, unit: hour, for: {kind: [training]},"
        " base_cap: 8, multiply_policy: highest, multiply:"
        " [{by: organiser_level, rates: {county: 1.2, municipal: 1.5}, source: 甲},"
        " {who: [new_head], rates: 1.3, source: 甲}, {by: role, rates: {observer: 1/3},"
        " source: 甲}],"
    ),
    "    earns: 2\n": "    earns: 2\n    times: 3\n",
    "max: 80, overflow:": "max: 60, overflow:",
    "carry_over:": (
        "round_credits: {step: 0.5, mode: floor, source: 甲}\n"
        "validity: {claim_within_days: 60, late_factor: 1/2, source: 甲}\n"
        "carry_over:"
    ),
    "unit: hour, min: 300}\n": (
        "unit: hour, min: 300}\n"
        "  - {requirement: two, title: 两项, source: 甲, scope: cycle,"
        " at_least_of: {n: 2, of: [municipal, county, school]}, severity: info}\n"
        "  - {requirement: project, title: 专项, source: 甲, scope: career, unit: hour,"
        " count_from: 2022-06-01, count_to: 2024-05-31, for: {theme: [practice]}, min: 50}\n"
    ),
    "records: {kind: [paper]}": "records: [{kind: [paper]}, {theme: [practice], kind: [made]}]",
    "    paper: 论文\n": "    paper: 论文\n    made: 打包\n",
    "as: {delivery_mode: school_based, theme: practice}": (
        "as: {kind: made, delivery_mode: school_based, theme: practice}"
    ),
}


def _changed(text: str) -> str:
    for old, new in CHANGES.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


PLACE = loads(_changed((Path(__file__).parent / "everything.yaml").read_text(encoding="utf-8")))
STEADY = replace(PLACE, make_up=None, limits=(), attendance=None, role_exclusivity=None)
"""Without what lets one record lower another."""


@st.composite
def claimed(draw: st.DrawFn) -> Facts:
    one = draw(facts())
    late = draw(st.sampled_from([None, 0, 90]))
    day = None if late is None else one.on + timedelta(days=late)
    return replace(one, claimed_on=day)


MANY = st.lists(claimed(), max_size=25, unique_by=lambda each: each.uid)


def _of(records: list[Facts], person: Person, scheme: Any = PLACE) -> Standing:
    awards = [(each, award(scheme, each, person)) for each in records]
    earned = [Earned.of(each, made) for each, made in awards if made is not None]
    return standing(scheme, earned, on=END, person=person)


@given(MANY, persons(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_submission_and_posting_does_not_matter(
    records: list[Facts], person: Person, dice: random.Random
) -> None:
    shuffled = list(records)
    dice.shuffle(shuffled)
    assert _of(shuffled, person) == _of(records, person)


@given(MANY, st.integers(0, 40), persons())
@settings(max_examples=40, deadline=None)
def test_recognised_pending_and_missing_always_make_up_what_is_required(
    records: list[Facts], cut: int, person: Person
) -> None:
    posted, pending = (earned_by(PLACE, some) for some in (records[:cut], records[cut:]))
    result = standing(PLACE, posted, pending, on=END, person=person)
    for each in result.requirements:
        assert min(each.recognised, each.pending, each.missing, each.excess) >= 0
        assert each.recognised + each.pending + each.missing >= each.required, each.id
        credits_of = each.unit == "credit" and not each.borrowed
        assert not credits_of or each.recognised % Decimal("0.5") == 0, each.id


@given(MANY, persons())
@settings(max_examples=40, deadline=None)
def test_nothing_counts_above_a_cap_of_a_year(records: list[Facts], person: Person) -> None:
    lines, calendar = counted_lines(PLACE, earned_by(PLACE, records), on=END, person=person)
    for limit in PLACE.limits:
        sums: dict[object, Decimal] = {}
        if limit.scope not in {"year", "semester", "cycle"} or limit.maximum is None:
            continue
        for line in lines:
            if line.counts and not line.outside and limit.applies_to.matches(line.earned.facts):
                first = calendar.span(limit.scope, line.day).start
                value = line.converted(line.left, line.earned.unit, limit.unit)
                sums[first] = sums.get(first, Decimal(0)) + value
        assert all(each <= limit.maximum.values[0][1] for each in sums.values()), limit.id


@given(MANY, claimed(), persons())
@settings(max_examples=60, deadline=None)
def test_one_more_record_never_lowers_a_standing_where_nothing_takes_from_another(
    records: list[Facts], another: Facts, person: Person
) -> None:
    alone = [
        replace(each, content_key="", event_key="") for each in records if each.uid != another.uid
    ]
    more = [*alone, replace(another, content_key="", event_key="")]
    before, after = (_of(some, person, STEADY) for some in (alone, more))
    for old, new in zip(before.requirements, after.requirements, strict=True):
        assert new.recognised >= old.recognised, new.id


@given(
    st.integers(1, 900),
    st.integers(1, 900),
    st.sampled_from(["school", "county", "municipal"]),
    st.sampled_from(["attendee", "observer"]),
)
@settings(max_examples=100, deadline=None)
def test_splitting_a_claim_never_gains(one: int, two: int, level: str, role: str) -> None:
    whole = Facts(
        UUID(int=1), WANG, "training", FIRST, minutes=one + two, event_key="甲",
        organiser_level=level, role=role,
    )  # fmt: skip
    parts = [replace(whole, uid=UUID(int=n), minutes=m) for n, m in ((2, one), (3, two))]
    assert _of(parts, Person()).year.hours <= _of([whole], Person()).year.hours
    free = replace(PLACE, limits=())
    assert _of(parts, Person(), free).year.hours <= _of([whole], Person(), free).year.hours
