"""What holds in a place that has every kind of rule at once, whatever somebody did."""

import random
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from yanxiu.kernel.spans import Span
from yanxiu.ledger.rules.facts import Facts
from yanxiu.ledger.rules.lines import Line
from yanxiu.ledger.rules.loading import load
from yanxiu.ledger.rules.persons import Exempt, Opening, Person
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.ledger.rules.standing import Standing, counted_lines, standing
from yanxiu.ledger.rules.tests.floors import earned_by
from yanxiu.ledger.rules.tests.made_up import WANG

PLACE = load(Path(__file__).parent / "everything.yaml")
STEADY = replace(PLACE, make_up=None)
"""Without making up, which moves hours from one year to the one before."""

FIRST, END = date(2022, 2, 1), date(2025, 1, 31)
DAYS = st.dates(FIRST, END)
NAMED = {
    *(each.id for each in PLACE.limits),
    *(each.id for each in PLACE.award_rules if each.dedupe or each.event_cap),
    "attendance",
    "role_exclusivity",
    "open-lesson-county",
    "bonus",
}
"""The rules through which one more record may lower what counts of another: see the guide."""


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    kind = draw(st.sampled_from([code for code, _ in dict(PLACE.labels)["kind"]]))
    key = st.sampled_from(["", "", "甲", "乙"])
    return Facts(
        uid=UUID(int=draw(st.integers(1, 2**64))),
        teacher_uid=WANG,
        kind=kind,
        on=draw(DAYS),
        role=draw(st.sampled_from(["attendee", "presenter", "observer"])),
        minutes=draw(st.integers(1, 900)),
        lessons=Decimal(draw(st.integers(1, 9))),
        organiser_level=draw(st.sampled_from(["school", "county", "municipal"])),
        delivery_mode=draw(st.sampled_from(["school_based", "online", "face_to_face"])),
        theme=draw(st.sampled_from(["ethics", "skills", "practice"])),
        content_key=draw(key),
        event_key=draw(key),
        attendance=draw(st.sampled_from(["present", "present", "present", "absent"])),
    )


@st.composite
def persons(draw: st.DrawFn) -> Person:
    first = st.none() | DAYS
    away = [
        Exempt(
            draw(st.sampled_from(["maternity", "secondment", "sick"])), Span(start, start + long)
        )
        for start in draw(st.lists(DAYS, max_size=2))
        for long in [timedelta(days=draw(st.integers(1, 400)))]
    ]
    opening = Opening(UUID(int=2**70), draw(DAYS), Decimal(20), "hour", "外县")
    return Person(
        tiers=frozenset(draw(st.sets(st.sampled_from(["novice", "new_head"])))),
        joined_on=draw(first),
        cycle_from=draw(first),
        retires_on=draw(first),
        exemptions=tuple(away),
        opening=draw(st.sampled_from([(), (opening,)])),
    )


MANY = st.lists(facts(), max_size=25, unique_by=lambda each: each.uid)


def _of(records: list[Facts], person: Person, scheme: Scheme = PLACE) -> Standing:
    return standing(scheme, earned_by(scheme, records), on=END, person=person)


@given(MANY, persons())
@settings(max_examples=50, deadline=None)
def test_nothing_counts_above_a_cap_wherever_it_came_from(
    records: list[Facts], person: Person
) -> None:
    lines, calendar = counted_lines(PLACE, earned_by(PLACE, records), on=END, person=person)

    def in_unit(line: Line, unit: str) -> Decimal:
        return line.converted(line.left, line.earned.unit, unit)

    for limit in PLACE.limits:
        sums: defaultdict[object, Decimal] = defaultdict(Decimal)
        for line in lines:
            if line.outside and limit.scope in {"year", "cycle"}:
                continue
            if limit.maximum and limit.applies_to.matches(line.earned.facts) and line.counts:
                event = line.earned.facts.event_key or line.earned.record_uid
                done_on = line.earned.earned_on  # held hours were done on another day
                period: object = event
                if limit.scope != "event":
                    day = done_on if limit.scope == "day" else line.day
                    period = calendar.span(limit.scope, day)
                sums[period] += in_unit(line, limit.unit)
        most = limit.maximum.values[0][1] if limit.maximum else 0
        assert all(value <= most for value in sums.values()), limit.id


@given(MANY, persons(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_submission_and_posting_does_not_matter(
    records: list[Facts], person: Person, dice: random.Random
) -> None:
    shuffled = list(records)
    dice.shuffle(shuffled)
    assert _of(shuffled, person) == _of(records, person)


@given(MANY, st.integers(0, 40), persons(), DAYS)
@settings(max_examples=50, deadline=None)
def test_recognised_pending_and_missing_always_make_up_what_is_required(
    records: list[Facts], cut: int, person: Person, on: date
) -> None:
    posted, pending = (earned_by(PLACE, some) for some in (records[:cut], records[cut:]))

    result = standing(PLACE, posted, pending, on=on, person=person)

    shares = {one.id for one in PLACE.requirements if one.is_share}
    for each in result.requirements:
        assert min(each.recognised, each.pending, each.missing, each.borrowed, each.excess) >= 0
        assert each.recognised + each.pending + each.missing >= each.required, each.id
        assert each.met == (each.recognised >= each.required)
        # A share asks for more as its whole grows, so what is missing looks at the whole to come.
        enough = each.recognised + each.pending >= each.required + each.missing
        assert each.id in shares or not (each.missing and enough)
    assert all(0 <= each.counted <= each.earned for each in result.counted.values())


@given(MANY, facts(), persons())
@settings(max_examples=60, deadline=None)
def test_one_more_record_lowers_what_counts_only_by_a_rule_that_is_named(
    records: list[Facts], another: Facts, person: Person
) -> None:
    rest = [each for each in records if each.uid != another.uid]

    before, after = (_of(some, person).counted for some in (rest, [*rest, another]))

    for uid, old in before.items():
        if after[uid].counted < old.counted:
            changed = [cut for cut in after[uid].cuts if cut not in old.cuts]
            assert {cut.rule for cut in changed} & NAMED, changed


@given(MANY, facts(), persons())
@settings(max_examples=60, deadline=None)
def test_one_more_record_lowers_a_requirement_only_if_it_lowers_a_part_of_it(
    records: list[Facts], another: Facts, person: Person
) -> None:
    rest = [each for each in records if each.uid != another.uid]
    more = [*rest, another]

    before, after = (_of(some, person, STEADY) for some in (rest, more))

    parts, parts_after = _parts(rest, person), _parts(more, person)
    lowered = any(parts_after[key] < left for key, left in parts.items())
    voided = any(
        cut.rule in NAMED and not cut.to
        for uid, old in before.counted.items()
        for cut in after.counted[uid].cuts
        if cut not in old.cuts
    )
    for old, new in zip(before.requirements, after.requirements, strict=True):
        assert new.recognised >= old.recognised or lowered or voided, new.id


def _parts(records: list[Facts], person: Person) -> defaultdict[tuple[UUID, str], Decimal]:
    """Return what counts of each record, and apart from it what came of it elsewhere."""
    lines, _ = counted_lines(STEADY, earned_by(STEADY, records), on=END, person=person)
    parts: defaultdict[tuple[UUID, str], Decimal] = defaultdict(Decimal)
    for line in lines:
        parts[line.earned.record_uid, line.virtual[0] if line.virtual else ""] += line.left
    return parts


@given(st.integers(1, 500), st.integers(1, 500), st.sampled_from(["training", "research_activity"]))
@settings(max_examples=100, deadline=None)
def test_splitting_a_claim_never_gains(one: int, two: int, kind: str) -> None:
    whole = Facts(UUID(int=1), WANG, kind, FIRST, minutes=one + two, event_key="甲")
    parts = [replace(whole, uid=UUID(int=n), minutes=m) for n, m in ((2, one), (3, two))]
    assert _of(parts, Person()).year.hours <= _of([whole], Person()).year.hours


@given(MANY)
@settings(max_examples=40, deadline=None)
def test_a_bonus_never_lowers_the_base(records: list[Facts]) -> None:
    base = [each for each in records if each.kind != "paper"]
    papers = [replace(each, event_key="") for each in records if each.kind == "paper"]
    with_bonus, without = (_of(some, Person(), STEADY) for some in ([*base, *papers], base))
    sums = [next(r for r in s.requirements if r.id == "yearly-base") for s in (with_bonus, without)]
    assert sums[0].recognised >= sums[1].recognised
