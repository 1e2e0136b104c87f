"""What holds for every teacher and every history, not only for the cases thought of."""

import random
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from yanxiu.ledger.rules.calendars import Calendar
from yanxiu.ledger.rules.counting import Earned
from yanxiu.ledger.rules.evaluating import award
from yanxiu.ledger.rules.facts import Facts
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.ledger.rules.standing import Standing, standing
from yanxiu.ledger.rules.tests.made_up import FORTY_HOURS, HANDBOOK, WANG, record, worth

END = date(2027, 8, 31)
DAYS = st.dates(date(2025, 9, 1), END)
ACTIVITIES = st.sampled_from(["research_activity", "school_theme_training", "lecture"])
KINDS = st.sampled_from(sorted(kind for kind, _ in dict(HANDBOOK.labels)["kind"]))
SCHEMES = st.sampled_from([HANDBOOK, FORTY_HOURS])
ROLES = st.sampled_from(["attendee", "main_speaker", "presenter", "observer", "mentor"])
LEVELS = st.sampled_from(["school", "county", "provincial"])
PROOF = frozenset({"comment", "project_closure"})


@st.composite
def facts(draw: st.DrawFn, *, alone: bool = False) -> Facts:
    """Draw a record; `alone` shares neither content nor event with another, and was attended."""
    key = st.just("") if alone else st.sampled_from(["", "甲", "乙"])
    states = ["present", "late"] if alone else ["present", "late", "absent", "leave"]
    return Facts(
        uid=UUID(int=draw(st.integers(1, 2**64))),
        teacher_uid=WANG,
        kind=draw(KINDS),
        on=draw(DAYS),
        role=draw(ROLES),
        minutes=draw(st.integers(1, 400)),
        lessons=Decimal(draw(st.integers(1, 4))),
        organiser_level=draw(LEVELS),
        content_key=draw(key),
        event_key=draw(key),
        attendance=draw(st.sampled_from(states)),
        evidence=PROOF,
    )


def _all(scheme: Scheme, records: list[Facts]) -> list[Earned]:
    awards = [(each, award(scheme, each)) for each in records]
    return [Earned.of(each, given) for each, given in awards if given is not None]


def _of(scheme: Scheme, records: list[Facts]) -> Standing:
    return standing(scheme, _all(scheme, records), on=END)


def many(*, alone: bool = False) -> st.SearchStrategy[list[Facts]]:
    return st.lists(facts(alone=alone), max_size=40, unique_by=lambda each: each.uid)


@given(many(), SCHEMES)
@settings(max_examples=60, deadline=None)
def test_nothing_counts_above_a_cap(records: list[Facts], scheme: Scheme) -> None:
    result = _of(scheme, records)
    calendar = Calendar(scheme.cycle)
    for limit in scheme.limits:
        sums: defaultdict[object, Decimal] = defaultdict(Decimal)
        for each in records:
            if limit.applies_to.matches(each) and each.uid in result.counted:
                sums[calendar.span(limit.scope, each.on)] += result.counted[each.uid].counted
        assert limit.maximum is not None
        assert all(value <= limit.maximum.values[0][1] for value in sums.values())


@given(many(), SCHEMES)
@settings(max_examples=60, deadline=None)
def test_one_event_never_gives_more_than_its_cap(records: list[Facts], scheme: Scheme) -> None:
    result = _of(scheme, records)
    sums: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for each in records:
        rule = scheme.rule_for(each)
        if rule and rule.event_cap and each.event_key:
            sums[rule.id, each.event_key] += result.counted[each.uid].counted
    caps = {rule.id: rule.event_cap for rule in scheme.award_rules if rule.event_cap}
    assert all(value <= caps[rule].values[0][1] for (rule, _), value in sums.items())


@given(many(), SCHEMES, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_posting_does_not_matter(
    records: list[Facts], scheme: Scheme, dice: random.Random
) -> None:
    shuffled = list(records)
    dice.shuffle(shuffled)
    assert _of(scheme, shuffled) == _of(scheme, records)


@given(many(), many(), SCHEMES)
@settings(max_examples=40, deadline=None)
def test_amounts_are_never_negative_and_make_up_the_requirement(
    posted: list[Facts], pending: list[Facts], scheme: Scheme
) -> None:
    known = {each.uid for each in posted}
    waiting = [each for each in pending if each.uid not in known]
    result = standing(scheme, _all(scheme, posted), _all(scheme, waiting), on=END)
    for each in result.requirements:
        assert min(each.recognised, each.pending, each.missing) >= 0
        assert each.recognised + each.pending + each.missing >= each.required
    assert all(0 <= each.counted <= each.earned for each in result.counted.values())


@given(ACTIVITIES, st.integers(1, 400), st.integers(1, 400), SCHEMES)
@settings(max_examples=200, deadline=None)
def test_splitting_a_claim_never_gains(kind: str, one: int, two: int, scheme: Scheme) -> None:
    whole = record(1, kind, minutes=one + two, event_key="甲")
    parts = [replace(whole, uid=UUID(int=n), minutes=m) for n, m in ((2, one), (3, two))]
    assert _of(scheme, parts).year.span == _of(scheme, [whole]).year.span
    split = standing(scheme, _all(scheme, parts), on=whole.on).year.hours
    assert split <= worth(whole, scheme)


@given(many(alone=True), facts(alone=True), SCHEMES)
@settings(max_examples=100, deadline=None)
def test_one_more_record_never_lowers_a_standing(
    records: list[Facts], another: Facts, scheme: Scheme
) -> None:
    rest = [each for each in records if each.uid != another.uid]
    before, after = _of(scheme, rest), _of(scheme, [*rest, another])
    pairs = zip(before.requirements, after.requirements, strict=True)
    assert all(new.recognised >= old.recognised for old, new in pairs)


@given(st.lists(LEVELS, min_size=1, max_size=5), st.integers(0, 300))
@settings(max_examples=60, deadline=None)
def test_showing_a_lesson_again_never_lowers_the_cycle(levels: list[str], days: int) -> None:
    shown = [
        record(
            n,
            "open_lesson",
            role="presenter",
            organiser_level=level,
            content_key="甲",
            on=date(2025, 9, 1) + timedelta(days=days * n % 700),
        )
        for n, level in enumerate(levels, start=1)
    ]
    result = _of(HANDBOOK, shown)
    assert result.cycle.credits == max(worth(each) for each in shown)
    assert result.cycle.credits >= _of(HANDBOOK, shown[:-1]).cycle.credits


@given(many(), SCHEMES)
@settings(max_examples=30, deadline=None)
def test_every_amount_lies_on_the_grain_of_its_rounding(
    records: list[Facts], scheme: Scheme
) -> None:
    for each in records:
        result = award(scheme, each)
        rule = scheme.rule_for(each)
        if result and rule:
            assert result.amount % (rule.rounding or scheme.rounding).step == 0
