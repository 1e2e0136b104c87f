"""A scheme can be ended for the days to come, and taken back while it has reckoned nothing."""

from datetime import date

import pytest
from django.test import Client

from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.ledger import actions, queries
from yanxiu.ledger.models import Entry, SchemeAdoption
from yanxiu.ledger.refusals import DayOutOfReach, SchemeEnded, SchemeUsed
from yanxiu.ledger.tests.conftest import TakePart
from yanxiu.people.models import Teacher

NEXT_YEAR = date(2027, 9, 1)


@pytest.fixture
def adoption(cast: Cast) -> SchemeAdoption:
    return SchemeAdoption.objects.get(organisation=cast.school)


@pytest.fixture
def reckoned(adoption: SchemeAdoption, take_part: TakePart, wang: Teacher) -> SchemeAdoption:
    take_part(wang)
    return adoption


def test_it_holds_until_its_last_day(cast: Cast, reckoned: SchemeAdoption, guan: Teacher) -> None:
    actions.end_adoption(reckoned, ends_on=NEXT_YEAR, by=guan, at=NOON)

    assert len(queries.schemes_on(cast.school, date(2027, 8, 31))) == 1
    assert queries.schemes_on(cast.school, NEXT_YEAR) == []
    assert Entry.objects.exists()


def test_days_already_reckoned_stay_its_own(reckoned: SchemeAdoption, guan: Teacher) -> None:
    with pytest.raises(SchemeUsed, match="条研修记录按这份方案认定"):
        actions.end_adoption(reckoned, ends_on=date(2026, 10, 1), by=guan, at=NOON)


def test_it_ends_once(adoption: SchemeAdoption, guan: Teacher) -> None:
    actions.end_adoption(adoption, ends_on=NEXT_YEAR, by=guan, at=NOON)

    with pytest.raises(SchemeEnded, match="2027年9月1日"):
        actions.end_adoption(adoption, ends_on=date(2027, 10, 1), by=guan, at=NOON)


def test_an_adoption_by_mistake_is_taken_back(
    cast: Cast, adoption: SchemeAdoption, guan: Teacher
) -> None:
    actions.take_back_adoption(adoption, by=guan, at=NOON)

    assert queries.schemes_on(cast.school, date(2026, 10, 15)) == []


def test_one_that_has_reckoned_is_not_taken_back(reckoned: SchemeAdoption, guan: Teacher) -> None:
    with pytest.raises(SchemeUsed):
        actions.take_back_adoption(reckoned, by=guan, at=NOON)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1999, 12, 31), date(2099, 9, 1)])
def test_a_year_that_nobody_means_is_refused(cast: Cast, guan: Teacher, day: date) -> None:
    with pytest.raises(DayOutOfReach, match="写错了年份"):
        actions.adopt_scheme(
            cast.school, "cn-hours-40-credits-10", starts_on=day, by=guan, at=MORNING
        )


def test_only_who_manages_schemes_ends_one(adoption: SchemeAdoption, zhou: Teacher) -> None:
    with pytest.raises(NotAllowed):
        actions.end_adoption(adoption, ends_on=NEXT_YEAR, by=zhou, at=NOON)


def test_the_page_ends_and_takes_back(
    client: Client, adoption: SchemeAdoption, guan: Teacher
) -> None:
    client.force_login(guan)

    client.post(f"/schemes/{adoption.uid}/end/", {"ends_on": "2027-09-01"})

    adoption.refresh_from_db()
    assert adoption.ends_on == NEXT_YEAR
    client.post(f"/schemes/{adoption.uid}/take-back/")
    assert not SchemeAdoption.objects.exists()
