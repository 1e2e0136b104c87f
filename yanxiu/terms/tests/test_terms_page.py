"""Terms and the exceptions of the calendar, set by hand."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yanxiu.cast import MORNING, Cast
from yanxiu.people.models import Teacher
from yanxiu.terms import actions
from yanxiu.terms.models import DayOff, Term

SPRING = {"school_year": "2026", "half": "2", "starts_on": "2027-02-22", "last_on": "2027-07-09"}


@pytest.fixture
def admin(client: Client, guan: Teacher) -> Client:
    client.force_login(guan)
    return client


@pytest.mark.parametrize("address", ["/terms/", "/terms/new/", "/terms/days-off/new/"])
@pytest.mark.parametrize(("who", "status"), [("guan", 200), ("shen", 404), ("wang", 404)])
def test_the_calendar_is_the_administrators(
    client: Client, cast: Cast, address: str, who: str, status: int
) -> None:
    client.force_login(cast.people[who])

    assert client.get(address).status_code == status


def test_it_lists_terms_with_their_last_day(admin: Client, cast: Cast) -> None:
    said = admin.get("/terms/").content.decode()

    assert str(cast.term) in said
    assert "2027年1月22日（周五）" in said


def test_people_name_the_last_day_and_the_row_holds_the_day_after(
    admin: Client, cast: Cast
) -> None:
    admin.post("/terms/new/", {**SPRING, "organisation": str(cast.school.uid)})

    assert Term.objects.get(half=2).ends_on == date(2027, 7, 10)


def test_overlapping_days_are_refused_and_what_was_typed_stays(admin: Client, cast: Cast) -> None:
    asked = {**SPRING, "starts_on": "2027-01-04", "organisation": str(cast.school.uid)}

    answer = admin.post("/terms/new/", asked)

    assert answer.status_code == 422
    assert "重叠" in answer.content.decode()
    assert 'value="2027-01-04"' in answer.content.decode()


def test_the_days_of_a_term_change(admin: Client, cast: Cast) -> None:
    asked = {"organisation": str(cast.school.uid), "starts_on": "2026-09-02",
             "last_on": "2027-01-20"}  # fmt: skip

    admin.post(f"/terms/{cast.term.uid}/", asked)

    cast.term.refresh_from_db()
    assert (cast.term.starts_on, cast.term.ends_on) == (date(2026, 9, 2), date(2027, 1, 21))


def test_another_school_cannot_be_given_a_term(admin: Client, cast: Cast) -> None:
    asked = {**SPRING, "organisation": str(cast.other_school.uid)}

    assert admin.post("/terms/new/", asked).status_code == 422


def test_a_make_up_day_is_added_and_removed(admin: Client, cast: Cast) -> None:
    asked = {"organisation": str(cast.school.uid), "name": "国庆调休", "kind": "make_up",
             "starts_on": "2026-10-10", "last_on": "2026-10-10", "taught_as": "4"}  # fmt: skip
    admin.post("/terms/days-off/new/", asked)
    made = DayOff.objects.get()
    assert (made.ends_on, made.taught_as) == (date(2026, 10, 11), 4)

    admin.post(f"/terms/days-off/{made.pk}/remove/")

    assert not DayOff.objects.exists()


def test_days_off_of_another_school_are_out_of_reach(admin: Client, cast: Cast) -> None:
    made = actions.set_day_off(
        cast.other_school,
        name="运动会",
        starts_on=date(2026, 10, 20),
        ends_on=date(2026, 10, 21),
        by=None,
        at=MORNING,
    )

    assert admin.post(f"/terms/days-off/{made.pk}/remove/").status_code == 404


def test_the_page_costs_few_statements(
    admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(10):
        admin.get("/terms/")
