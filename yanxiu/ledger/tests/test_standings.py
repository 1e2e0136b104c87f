"""Schemes rule from their day, side by side; one teacher and many are reckoned alike."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.spans import Span
from yanxiu.ledger import actions
from yanxiu.ledger.actions.posting import reverse
from yanxiu.ledger.models import Award, Entry, SchemeAdoption
from yanxiu.ledger.queries import schemes_on, standings, standings_of
from yanxiu.ledger.refusals import SchemeInForce
from yanxiu.ledger.rules.refusals import SchemeUnknown
from yanxiu.ledger.tests.conftest import TakePart
from yanxiu.people.models import Teacher

HANDBOOK, FORTY = "cn-central-school-handbook", "cn-hours-40-credits-10"
TODAY = date(2026, 10, 15)


def adopt_forty(cast: Cast, starts_on: date) -> None:
    actions.adopt_scheme(cast.school, FORTY, starts_on=starts_on, by=None, at=MORNING)


def test_two_schemes_reckon_the_same_record(cast: Cast, wang: Teacher, take_part: TakePart) -> None:
    adopt_forty(cast, date(2026, 9, 1))

    take_part(wang)

    assert set(Entry.objects.values_list("scheme", "unit", "amount")) == {
        (HANDBOOK, "credit", 1),
        (FORTY, "hour", 1),
    }


def test_a_scheme_rules_from_its_day(cast: Cast, wang: Teacher, take_part: TakePart) -> None:
    adopt_forty(cast, date(2026, 10, 13))

    take_part(wang, on=date(2026, 10, 12))
    take_part(wang, on=date(2026, 10, 13))

    days = Award.objects.filter(scheme=FORTY).values_list("record__happened_on", flat=True)
    assert list(days) == [date(2026, 10, 13)]


def test_a_superiors_scheme_holds_below_it(cast: Cast) -> None:
    central = cast.school.parent
    assert central
    actions.adopt_scheme(central, FORTY, starts_on=date(2026, 9, 1), by=None, at=MORNING)

    assert [scheme.id for scheme in schemes_on(cast.other_school, TODAY)] == [FORTY]
    assert {scheme.id for scheme in schemes_on(cast.school, TODAY)} == {HANDBOOK, FORTY}


def test_a_scheme_is_not_adopted_twice(cast: Cast) -> None:
    with pytest.raises(SchemeInForce, match="没有重复采用"):
        actions.adopt_scheme(cast.school, HANDBOOK, starts_on=TODAY, by=None, at=MORNING)

    assert SchemeAdoption.objects.count() == 1


def test_an_unknown_scheme_is_refused_by_name(cast: Cast) -> None:
    with pytest.raises(SchemeUnknown, match="没有编号为“no-such”的方案"):
        actions.adopt_scheme(cast.school, "no-such", starts_on=TODAY, by=None, at=MORNING)


def test_many_teachers_stand_as_each_does_alone(
    cast: Cast, wang: Teacher, take_part: TakePart
) -> None:
    adopt_forty(cast, date(2026, 9, 1))
    people = list(cast.people.values())
    for day in range(1, 15):
        for teacher in people[:4]:
            take_part(teacher, on=date(2026, 10, day))
    actions.withdraw(take_part(wang), because="签错了场次", by=None, at=NOON)
    wrong = Entry.objects.select_related("teacher", "organisation", "record", "award")[0]
    reverse([wrong], reason="记错了", by=None, at=NOON)
    semester = Span(date(2026, 9, 1), date(2027, 1, 23))

    found = standings_of(people, cast.school, TODAY, semester=semester)

    for teacher in people:
        alone = standings(teacher, cast.school, TODAY, semester=semester)
        assert found[teacher.pk] == alone


def test_what_waits_is_pending_for_many_too(cast: Cast, wang: Teacher, take_part: TakePart) -> None:
    record = take_part(wang)
    award = Award.objects.get(record=record)
    waiting = take_part(wang, on=date(2026, 10, 13))
    for entry in Entry.objects.filter(record=waiting):
        Entry.objects.filter(pk=entry.pk)._raw_delete("default")

    found = standings_of([wang], cast.school, TODAY)[wang.pk]

    assert award.amount == 1
    assert found == standings(wang, cast.school, TODAY)
    assert found[0].standing.requirements[0].pending == 1


def test_three_statements_however_many(
    cast: Cast,
    wang: Teacher,
    take_part: TakePart,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    take_part(wang)

    with django_assert_num_queries(3):
        standings_of([wang], cast.school, TODAY)
    with django_assert_num_queries(3):
        standings_of(list(cast.people.values()), cast.school, TODAY)
