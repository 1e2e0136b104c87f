"""The kept rows say what the ledger says, and say so themselves when they do not."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.spans import day_of
from yanxiu.ledger import actions
from yanxiu.ledger.actions import keeping
from yanxiu.ledger.actions.keeping import mark_other_persons, refresh, stale, stale_below
from yanxiu.ledger.models import Exemption, SchemeAdoption, StandingRow
from yanxiu.ledger.queries import standings
from yanxiu.ledger.queries.standing_rows import not_true
from yanxiu.ledger.telling import is_behind, main_requirement
from yanxiu.ledger.tests.conftest import TakePart
from yanxiu.people.models import Post, Teacher, Tier, TierHolding

TODAY = day_of(NOON)


def row_of(teacher: Teacher) -> StandingRow:
    return StandingRow.objects.get(teacher=teacher)


def are_true() -> bool:
    return not StandingRow.objects.filter(not_true(TODAY)).exists()


def test_a_row_says_what_the_ledger_says(cast: Cast, wang: Teacher, take_part: TakePart) -> None:
    take_part(wang)

    refresh(at=NOON)

    main = main_requirement(standings(wang, cast.school, TODAY, semester=cast.term.span)[0])
    row = row_of(wang)
    assert main is not None
    told = (row.recognised, row.pending, row.required, row.missing, row.state)
    assert told == (main.recognised, main.pending, main.required, main.missing, "missing")
    assert row.unit_label == "学分"


def test_everybody_at_work_has_a_row_and_nobody_else(cast: Cast, wang: Teacher) -> None:
    Post.objects.filter(teacher=wang).update(ends_on=TODAY)

    refresh(at=NOON)

    at_work = {one.pk for name, one in cast.people.items() if name != "wang"}
    assert set(StandingRow.objects.values_list("teacher_id", flat=True)) == at_work


def test_what_is_posted_leaves_the_row_behind(
    cast: Cast, wang: Teacher, li: Teacher, take_part: TakePart
) -> None:
    refresh(at=NOON)
    assert are_true()

    record = take_part(wang)

    assert list(StandingRow.objects.filter(not_true(TODAY))) == [row_of(wang)]
    assert refresh(at=NOON) == 1
    assert (row_of(wang).recognised, row_of(li).recognised) == (1, 0)
    actions.withdraw(record, because="签错了", by=None, at=NOON)
    assert not are_true()
    refresh(at=NOON)
    assert row_of(wang).recognised == 0


def test_a_change_while_it_is_reckoned_is_not_lost(
    cast: Cast, wang: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh(at=NOON)
    stale([wang], NOON)
    real = keeping.__dict__["standings_of"]

    def meanwhile(*args: object, **more: object) -> object:
        stale([wang], NOON)
        return real(*args, **more)

    monkeypatch.setattr(keeping, "standings_of", meanwhile)
    refresh(at=NOON)

    assert not are_true()


def test_a_scheme_that_changes_leaves_all_below_behind(cast: Cast) -> None:
    refresh(at=NOON)

    stale_below(cast.school, NOON)

    behind = set(StandingRow.objects.filter(not_true(TODAY)).values_list("organisation", flat=True))
    assert behind == {cast.school.pk}


def test_rows_of_a_scheme_that_ended_go(cast: Cast, wang: Teacher) -> None:
    refresh(at=NOON)
    SchemeAdoption.objects.all().delete()
    stale_below(cast.school, NOON)

    refresh(at=NOON)

    assert row_of(wang).scheme == ""
    assert row_of(wang).state == "nothing"
    assert are_true()


def test_a_limit_is_kept_and_the_rest_follows(cast: Cast) -> None:
    assert refresh(3, at=NOON) == 3
    refresh(at=NOON)
    stale_below(cast.school, NOON)

    assert refresh(2, at=NOON) == 2
    assert refresh(at=NOON) == len(cast.people) - 1 - 2


def test_the_calendar_alone_makes_a_row_old(cast: Cast, wang: Teacher) -> None:
    tier = Tier.objects.create(name="校级骨干教师")
    TierHolding.objects.create(tier=tier, teacher=wang, starts_on=date(2026, 11, 1))
    refresh(at=NOON)
    assert row_of(wang).holds_until == date(2026, 11, 1)

    old = StandingRow.objects.filter(not_true(date(2026, 11, 1)))

    assert [row.teacher for row in old] == [wang]


def test_a_scheme_that_begins_later_makes_rows_old_on_its_day(cast: Cast) -> None:
    refresh(at=NOON)
    actions.adopt_scheme(
        cast.school, "cn-hours-40-credits-10", starts_on=date(2027, 3, 1), by=None, at=NOON
    )
    assert not are_true()

    refresh(at=NOON)

    old = StandingRow.objects.filter(not_true(date(2027, 3, 1)))
    assert are_true()
    assert old.count() == len(cast.people) - 1


def test_who_does_nothing_more_falls_behind_on_a_known_day(
    cast: Cast, wang: Teacher, take_part: TakePart
) -> None:
    for day in range(1, 7):
        take_part(wang, on=date(2026, 10, day))

    refresh(at=NOON)

    main = main_requirement(standings(wang, cast.school, TODAY)[0])
    first = row_of(wang).behind_from
    assert main is not None
    assert first is not None
    assert not row_of(wang).is_behind
    assert is_behind(main, first)
    assert not is_behind(main, first - timedelta(days=1))


def test_of_whom_nothing_is_asked_stands_as_exempt(
    cast: Cast, wang: Teacher, zhou: Teacher
) -> None:
    SchemeAdoption.objects.all().delete()
    actions.adopt_scheme(cast.school, "cn-zj", starts_on=date(2026, 9, 1), by=None, at=NOON)
    refresh(at=NOON)
    assert row_of(wang).state == "missing"

    full = row_of(wang).required
    excused = Exemption.objects.create(
        teacher=wang,
        organisation=cast.school,
        reason="maternity",
        starts_on=date(2025, 9, 1),
        ends_on=date(2028, 9, 1),
        approved_by_uid=zhou.uid,
        approved_by_name=zhou.name,
        approved_at=NOON,
    )
    mark_other_persons(NOON)
    refresh(at=NOON)
    assert row_of(wang).state == "exempt"
    Exemption.objects.filter(pk=excused.pk).update(ends_on=date(2026, 10, 1))
    mark_other_persons(NOON)
    refresh(at=NOON)

    assert 0 < row_of(wang).required < full
    assert row_of(zhou).state == "missing"


def test_marking_is_one_statement(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    refresh(at=NOON)
    with django_assert_num_queries(1):
        stale(cast.people.values(), NOON)


def test_reckoning_a_school_takes_as_many_statements_for_few_and_many(
    cast: Cast, wang: Teacher, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    refresh(at=NOON)
    stale([wang], NOON)
    with django_assert_max_num_queries(16) as few:
        refresh(at=NOON)
    stale(cast.people.values(), NOON + timedelta(seconds=1))
    with django_assert_max_num_queries(2 * len(few)):
        refresh(at=MORNING)
