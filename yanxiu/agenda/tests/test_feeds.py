"""A calendar link gives what its owner may see, as other programs read it, until it ends."""

import re
from datetime import date, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yanxiu.agenda import actions
from yanxiu.agenda.feeds import made_at
from yanxiu.agenda.links import end_link, find_link, make_link
from yanxiu.agenda.models import CalendarLink, Occasion
from yanxiu.agenda.tests.conftest import Plan
from yanxiu.audit.models import TrailLine
from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.sources import Source, source_of
from yanxiu.kernel.uids import new_uid
from yanxiu.people.access import NotAllowed
from yanxiu.people.models import Membership, Post, Teacher
from yanxiu.terms import actions as terms

vobject: Any = import_module("vobject")
"""The second library; it has no types."""


@pytest.fixture(autouse=True)
def _on_that_morning() -> Any:
    """Stand on 15 October 2026, whatever the day."""
    cache.clear()
    with time_machine.travel(MORNING, tick=False):
        yield


def address(teacher: Teacher, scope: str = "person", **whose: Any) -> str:
    _link, token = make_link(teacher, scope, at=MORNING, **whose)
    return f"/calendar/{token}.ics"


def read(client: Client, path: str) -> Any:
    """Return the calendar as another library understands it, having checked every rule it knows."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = vobject.readOne(answer.content.decode())
    calendar.validate(raiseException=True)
    return calendar


def events(calendar: Any) -> list[Any]:
    return list(getattr(calendar, "vevent_list", []))


def titles(calendar: Any) -> set[str]:
    return {event.summary.value for event in events(calendar)}


def source(row: Occasion) -> Source:
    return Source(row.source_kind, row.source_id)


def test_another_library_reads_time_and_zone(
    client: Client, plan: Plan, cast: Cast, wang: Teacher
) -> None:
    plan(MORNING, cast.maths, title="分数的意义", place="录播教室")

    (event,) = events(read(client, address(wang)))

    assert event.dtstart.value == MORNING
    assert event.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["Asia/Shanghai"]
    assert event.dtstart.value.utcoffset() == timedelta(hours=8)
    assert (event.summary.value, event.location.value) == ("分数的意义", "录播教室")


def test_it_keeps_the_letter_of_the_standard(
    client: Client, plan: Plan, cast: Cast, wang: Teacher
) -> None:
    plan(MORNING, cast.maths, title="长" * 40 + "，；,;\\换行\n完" + "😀" * 20)

    raw = client.get(address(wang)).content

    lines = raw.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() or True for line in lines)
    unfolded = re.sub(rb"\r\n[ \t]", b"", raw).decode()
    assert "长" * 40 + "，；\\,\\;\\\\换行\\n完" + "😀" * 20 in unfolded
    for needed in ("VERSION:2.0", "PRODID:", "BEGIN:VTIMEZONE", "TZID:Asia/Shanghai", "DTSTAMP:"):
        assert needed in unfolded


def test_a_title_comes_back_as_it_was_written(
    client: Client, plan: Plan, cast: Cast, wang: Teacher
) -> None:
    title = "“分数”的意义；讨论, 反思\\总结" + "很长" * 30
    plan(MORNING, cast.maths, title=title)

    assert titles(read(client, address(wang))) == {title}


def test_moving_keeps_the_uid_and_counts_up(
    client: Client, plan: Plan, cast: Cast, wang: Teacher
) -> None:
    row, path = plan(MORNING, cast.maths), address(wang)
    (before,) = events(read(client, path))
    new: dict[str, Any] = {"title": "研讨", "ends_at": MORNING + timedelta(hours=5), "place": ""}
    later = MORNING + timedelta(minutes=5)

    actions.move_occasion(source(row), starts_at=MORNING + timedelta(hours=4), at=later, **new)
    actions.move_occasion(source(row), starts_at=MORNING + timedelta(hours=4), at=later, **new)

    (after,) = events(read(client, path))
    assert after.uid.value == before.uid.value == f"{row.uid}@yanxiu"
    assert (before.sequence.value, after.sequence.value) == ("0", "1")
    assert after.last_modified.value == later
    assert before.last_modified.value == made_at(row.uid)


def test_what_is_called_off_stays_as_cancelled(
    client: Client, plan: Plan, cast: Cast, wang: Teacher
) -> None:
    row = plan(MORNING, cast.maths)

    actions.end_occasion(source(row), Occasion.State.CANCELLED, at=MORNING)

    (event,) = events(read(client, address(wang)))
    assert (event.status.value, event.sequence.value) == ("CANCELLED", "1")


def test_holding_changes_nothing_for_a_calendar(
    client: Client, plan: Plan, cast: Cast, wang: Teacher
) -> None:
    row, path = plan(MORNING, cast.maths), address(wang)
    before = client.get(path).headers["ETag"]

    actions.end_occasion(source(row), Occasion.State.HELD)

    assert client.get(path).headers["ETag"] == before


def test_what_has_not_changed_is_not_sent_again(
    client: Client, plan: Plan, cast: Cast, wang: Teacher
) -> None:
    plan(MORNING, cast.maths)
    path = address(wang)
    first = client.get(path)

    again = client.get(path, headers={"If-None-Match": f'"other", W/{first.headers["ETag"]}'})

    assert (again.status_code, again.content) == (304, b"")
    plan(MORNING + timedelta(days=1), cast.maths)
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_what_is_owed_stands_on_its_day(
    client: Client, cast: Cast, wang: Teacher, li: Teacher
) -> None:
    actions.assign_task(
        source_of(cast.maths), [wang], kind="write", title="写活动记录", due_on=date(2026, 10, 20),
        organisation=cast.school, at=MORNING,
    )  # fmt: skip

    (event,) = events(read(client, address(wang)))

    assert (event.summary.value, event.dtstart.value) == ("待办：写活动记录", date(2026, 10, 20))
    assert titles(read(client, address(li))) == set()


def test_days_off_and_make_up_days_are_in_it(client: Client, cast: Cast, wang: Teacher) -> None:
    for name, day, kind, taught in (("国庆节", 1, "off", None), ("国庆节", 10, "make_up", 4)):
        terms.set_day_off(
            cast.school, name=name, starts_on=date(2026, 10, day), ends_on=date(2026, 10, day + 1),
            kind=kind, taught_as=taught, by=None, at=MORNING,
        )  # fmt: skip

    assert titles(read(client, address(wang))) == {
        "国庆节（放假）", "国庆节（调休上课，上周四的课）",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("wang", {"数学", "全校"}),
        ("zhao", {"语文", "全校"}),
        ("qian", {"柳林"}),
        ("shen", {"全校"}),
    ],
)
def test_a_personal_calendar_holds_what_concerns_the_person(
    client: Client, plan: Plan, cast: Cast, who: str, seen: set[str]
) -> None:
    plan(MORNING, cast.maths, title="数学")
    plan(MORNING, cast.chinese, title="语文")
    plan(MORNING, title="全校")
    plan(MORNING, title="柳林", organisation=cast.other_school)

    assert titles(read(client, address(cast.people[who]))) == seen


@pytest.mark.parametrize(("who", "seen"), [("zhou", {"数学", "全校"}), ("zhao", {"全校"})])
def test_a_schools_calendar_holds_what_its_owner_may_see_of_it(
    client: Client, plan: Plan, cast: Cast, who: str, seen: set[str]
) -> None:
    plan(MORNING, cast.maths, title="数学")
    plan(MORNING, title="全校")
    plan(MORNING, title="柳林", organisation=cast.other_school)

    path = address(cast.people[who], "school", organisation=cast.school)

    assert titles(read(client, path)) == seen


def test_a_groups_calendar_ends_with_the_membership(
    client: Client, plan: Plan, cast: Cast, wang: Teacher
) -> None:
    plan(MORNING, cast.maths)
    path = address(wang, "unit", unit=cast.maths)
    assert len(events(read(client, path))) == 1

    Membership.objects.filter(teacher=wang).update(ends_on=MORNING.date())

    assert events(read(client, path)) == []


def test_after_leaving_it_is_empty(client: Client, plan: Plan, cast: Cast, wang: Teacher) -> None:
    plan(MORNING, title="全校")
    path = address(wang)
    Post.objects.filter(teacher=wang).update(ends_on=MORNING.date())

    assert events(read(client, path)) == []


def test_without_a_post_there_is_no_link(cast: Cast, wang: Teacher) -> None:
    Post.objects.filter(teacher=wang).update(ends_on=MORNING.date())

    with pytest.raises(NotAllowed):
        make_link(wang, "person", at=MORNING)


def test_nobody_subscribes_to_another_group_or_school(cast: Cast, zhao: Teacher) -> None:
    for scope, whose in (
        ("unit", {"unit": cast.maths}),
        ("school", {"organisation": cast.other_school}),
        ("unit", {}),
    ):
        with pytest.raises(NotAllowed):
            make_link(zhao, scope, at=MORNING, **whose)


def test_a_link_that_was_ended_is_not_found(client: Client, cast: Cast, wang: Teacher) -> None:
    path = address(wang)

    end_link(CalendarLink.objects.get(), by=wang, at=MORNING)

    assert client.get(path).status_code == 404


def test_a_new_link_ends_the_old_one(client: Client, cast: Cast, wang: Teacher) -> None:
    old, new = address(wang), address(wang)

    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)


def test_only_a_digest_of_the_secret_is_kept(cast: Cast, wang: Teacher) -> None:
    _link, token = make_link(wang, "person", at=MORNING)

    kept = str([*CalendarLink.objects.values(), *TrailLine.objects.values()])
    assert token not in kept
    assert len(token) >= 32
    assert find_link(token)


def test_a_guess_is_not_found(client: Client, cast: Cast) -> None:
    assert client.get("/calendar/guess.ics").status_code == 404


def test_the_address_is_shown_once(client: Client, cast: Cast, wang: Teacher) -> None:
    client.force_login(wang)

    made = client.post("/calendar/links/new/", {"scope": "person"})

    found = re.search(r"/calendar/([\w-]{32})\.ics", made.content.decode())
    assert found
    assert "no-store" in made.headers["Cache-Control"]
    assert found[1] not in client.get("/calendar/links/").content.decode()


@pytest.mark.parametrize("asked", [{"scope": "all"}, {}, {"scope": "unit", "whose": "x"},
                                   {"scope": "unit", "whose": str(new_uid())}])  # fmt: skip
def test_a_link_to_nothing_is_not_found(
    client: Client, cast: Cast, wang: Teacher, asked: dict[str, str]
) -> None:
    client.force_login(wang)

    assert client.post("/calendar/links/new/", asked).status_code == 404


def test_another_persons_link_cannot_be_ended(
    client: Client, cast: Cast, wang: Teacher, zhao: Teacher
) -> None:
    link, token = make_link(wang, "person", at=MORNING)
    client.force_login(zhao)

    assert client.post(f"/calendar/links/{link.uid}/end/").status_code == 404
    assert find_link(token)


@pytest.mark.parametrize("number", [1, 80])
def test_a_feed_costs_few_statements(
    client: Client,
    plan: Plan,
    cast: Cast,
    wang: Teacher,
    number: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for index in range(number):
        plan(MORNING + timedelta(days=index), cast.maths)
    path = address(wang)

    with django_assert_max_num_queries(10):
        client.get(path)


def test_a_uid_tells_when_it_was_made() -> None:
    assert made_at(new_uid()) == datetime.fromtimestamp(int(MORNING.timestamp()), MORNING.tzinfo)
