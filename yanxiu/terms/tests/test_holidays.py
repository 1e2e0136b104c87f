"""National holidays are offered, never taken over by themselves, and can be corrected."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.spans import Span
from yanxiu.people.models import Teacher
from yanxiu.terms import actions
from yanxiu.terms.holidays import suggestions
from yanxiu.terms.models import DayOff, Term
from yanxiu.terms.queries import school_days

AUTUMN = Span(date(2026, 9, 1), date(2026, 12, 1))


@pytest.fixture(autouse=True)
def _in_that_autumn() -> Any:
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def admin(client: Client, guan: Teacher) -> Client:
    client.force_login(guan)
    return client


def taken(cast: Cast, *keys: str) -> dict[str, str]:
    return {"organisation": str(cast.school.uid), **{f"take-{key}": "on" for key in keys}}


def test_days_in_a_row_are_one_holiday() -> None:
    off = [(one.name, one.span) for one in suggestions(AUTUMN) if one.kind == "off"]

    assert off == [
        ("中秋节", Span(date(2026, 9, 25), date(2026, 9, 28))),
        ("国庆节", Span(date(2026, 10, 1), date(2026, 10, 8))),
    ]


def test_a_make_up_day_stands_for_a_day_taken_off() -> None:
    made_up = [(one.span.start, one.taught_as) for one in suggestions(AUTUMN) if one.taught_as]

    assert made_up == [(date(2026, 9, 20), 2), (date(2026, 10, 10), 3)]


def test_nothing_is_registered_by_looking(admin: Client, cast: Cast) -> None:
    admin.get("/terms/holidays/?year=2026")

    assert not DayOff.objects.exists()


def test_what_is_chosen_is_registered_as_changed(admin: Client, cast: Cast) -> None:
    asked = {
        **taken(cast, "off-2026-10-01", "make_up-2026-10-10"),
        "taught-make_up-2026-10-10": "5",
    }

    admin.post("/terms/holidays/?year=2026", asked)

    days = school_days(cast.school)
    assert days.weekday(date(2026, 10, 1)) is None
    assert days.weekday(date(2026, 10, 10)) == 5
    assert DayOff.objects.count() == 2


def test_what_is_there_is_not_offered_again(admin: Client, cast: Cast) -> None:
    admin.post("/terms/holidays/?year=2026", taken(cast, "off-2026-10-01"))

    page = admin.get("/terms/holidays/?year=2026").content.decode()

    assert 'name="take-off-2026-10-01"' not in page
    assert 'name="take-off-2026-09-25"' in page


def test_a_year_that_is_not_known_says_so(admin: Client, cast: Cast) -> None:
    assert "还不知道2090年的放假安排" in admin.get("/terms/holidays/?year=2090").content.decode()


@pytest.mark.parametrize("year", ["", "x", "0001", "99999", "²"])
def test_a_year_that_makes_no_sense_is_this_one(admin: Client, cast: Cast, year: str) -> None:
    assert "2026年法定节假日" in admin.get("/terms/holidays/", {"year": year}).content.decode()


@pytest.mark.parametrize("who", ["shen", "wang", "qian"])
def test_holidays_are_the_administrators(client: Client, cast: Cast, who: str) -> None:
    client.force_login(cast.people[who])

    assert client.get("/terms/holidays/").status_code == 404


def test_a_term_without_holidays_is_reminded_of_them(admin: Client, cast: Cast) -> None:
    assert "还没有登记放假和调休" in admin.get("/terms/").content.decode()

    admin.post("/terms/holidays/?year=2026", taken(cast, "off-2026-10-01"))

    assert "还没有登记放假和调休" not in admin.get("/terms/").content.decode()


def test_days_off_are_corrected(admin: Client, cast: Cast) -> None:
    admin.post("/terms/holidays/?year=2026", taken(cast, "make_up-2026-10-10"))
    row = DayOff.objects.get()
    asked = {"organisation": str(cast.school.uid), "name": "国庆调休", "kind": "make_up",
             "starts_on": "2026-10-11", "last_on": "2026-10-11", "taught_as": "1"}  # fmt: skip

    admin.post(f"/terms/days-off/{row.pk}/", asked)

    row.refresh_from_db()
    assert (row.name, row.starts_on, row.taught_as) == ("国庆调休", date(2026, 10, 11), 1)


def test_another_schools_days_off_are_not_found(client: Client, cast: Cast) -> None:
    made = actions.set_day_off(
        cast.other_school, name="秋游", starts_on=date(2026, 10, 20), ends_on=date(2026, 10, 21),
        by=None, at=MORNING,
    )  # fmt: skip
    client.force_login(cast.people["guan"])

    assert client.get(f"/terms/days-off/{made.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(1, 1, 1), date(1, 1, 2)),
        (date(2026, 1, 1), date(2027, 1, 1)),
        (date(2026, 10, 2), date(2026, 10, 2)),
        (date(2026, 10, 3), date(2026, 10, 1)),
        (date(9999, 1, 1), date(9999, 12, 31)),
    ],
)
def test_days_that_nobody_can_mean_are_refused(cast: Cast, first: date, last: date) -> None:
    with pytest.raises(BadInput):
        actions.set_day_off(
            cast.school, name="假", starts_on=first, ends_on=last, by=None, at=MORNING
        )


def test_the_same_days_are_not_registered_twice(cast: Cast) -> None:
    for _time in range(2):
        given = {"name": "国庆节", "starts_on": date(2026, 10, 1), "ends_on": date(2026, 10, 8)}
        if DayOff.objects.exists():
            with pytest.raises(BadInput, match="已登记为“国庆节”"):
                actions.set_day_off(cast.school, by=None, at=MORNING, **given)  # type: ignore[arg-type]
        else:
            actions.set_day_off(cast.school, by=None, at=MORNING, **given)  # type: ignore[arg-type]


TERM = {"school_year": "2026", "half": "1", "starts_on": "2026-09-07", "last_on": "2027-01-15"}


def test_a_term_that_is_there_is_not_overwritten_silently(admin: Client, cast: Cast) -> None:
    answer = admin.post("/terms/new/", {**TERM, "organisation": str(cast.school.uid)})

    said = answer.content.decode()
    cast.term.refresh_from_db()
    assert (answer.status_code, cast.term.starts_on) == (422, date(2026, 9, 1))
    assert "2026年9月1日（周二）到2027年1月22日（周五）" in said
    assert "2026年9月7日（周一）到2027年1月15日（周五）" in said
    assert 'value="2026-09-07"' in said


def test_it_changes_once_that_is_said(admin: Client, cast: Cast) -> None:
    asked = {**TERM, "organisation": str(cast.school.uid), "replacing": "on"}

    admin.post("/terms/new/", asked)

    assert Term.objects.get(pk=cast.term.pk).starts_on == date(2026, 9, 7)


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts_on": "0001-09-01"},
        {"last_on": "9999-01-01"},
        {"starts_on": "2019-09-01", "last_on": "2020-01-10"},
    ],
)
def test_a_term_of_nonsense_is_refused_and_what_was_typed_stays(
    admin: Client, cast: Cast, wrong: dict[str, str]
) -> None:
    asked = {**TERM, "half": "2", "organisation": str(cast.school.uid), **wrong}

    answer = admin.post("/terms/new/", asked)

    assert answer.status_code == 422
    assert next(iter(wrong.values())) in answer.content.decode()
    assert Term.objects.count() == 1


def test_the_pages_cost_few_statements(
    admin: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for address in ("/terms/", "/terms/holidays/?year=2026"):
        with django_assert_max_num_queries(10):
            admin.get(address)
