"""Open weeks, lecture series and workshops: several sessions, who shares in them, who completed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from yanxiu.activities import actions
from yanxiu.activities.models import Activity, ActivityKind, Remark, Session
from yanxiu.cast import MORNING, NOON, Cast, LogIn
from yanxiu.figures.table import Scope, figure
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.spans import Span
from yanxiu.people.models import Teacher


@pytest.fixture
def workshop(session: Session, li: Teacher) -> Activity:
    """A workshop of two sessions, complete with two."""
    activity = session.activity
    activity.kind = ActivityKind.objects.get(code="workshop")
    activity.sessions_to_complete = 2
    activity.save()
    actions.add_session(
        activity, title="第二次", starts_at=session.starts_at + timedelta(days=7),
        ends_at=session.ends_at + timedelta(days=7), by=li, at=MORNING,
    )  # fmt: skip
    return activity


def page(activity: Activity, client: object) -> str:
    address = reverse("activities:activity", args=[activity.uid])
    return str(client.get(address).content.decode())  # type: ignore[attr-defined]


def test_the_programme_stands_in_its_order(
    workshop: Activity, wang: Teacher, log_in: LogIn
) -> None:
    text = page(workshop, log_in(wang))

    assert text.index("分数的意义") < text.index("第二次")
    assert [row.number for row in workshop.sessions.all()] == [1, 2]


def test_completion_is_shown_by_person_to_those_who_may_see(
    workshop: Activity, li: Teacher, wang: Teacher, log_in: LogIn
) -> None:
    for session in workshop.sessions.all():
        actions.call_roll(session, {wang: "present"}, by=li, at=session.starts_at)
        actions.close_session(session, by=li, at=session.ends_at)

    text = page(workshop, log_in(li))

    assert "到场 2 场算完成" in text
    assert '<div class="todo-text">王老师<div class="note num">2 / 2 场' in text
    assert "李组长<div" not in page(workshop, log_in(wang))


def test_an_open_week_has_organiser_host_and_guests(
    session: Session, cast: Cast, zhou: Teacher, log_in: LogIn
) -> None:
    activity = session.activity
    actions.add_partner(
        activity, cast.school, unit=cast.chinese, capacity="organiser", by=zhou, at=MORNING
    )
    data = {"theme": "单元教学开放周", "form": "whole", "level": "county", "guests": "区教研室来宾"}

    log_in(zhou).post(reverse("activities:shape", args=[activity.uid]), data)

    text = page(activity, log_in(zhou))
    for words in ("单元教学开放周", "主办", "语文教研组", "区教研室来宾", "区县级"):
        assert words in text


def test_members_of_another_group_take_part_at_home(
    session: Session, cast: Cast, zhou: Teacher, zhao: Teacher
) -> None:
    actions.add_partner(
        session.activity, cast.school, unit=cast.chinese, capacity="host", by=zhou, at=MORNING
    )

    part = session.parts.get(teacher=zhao)
    assert (part.role, part.home) == ("attendee", None)


def test_a_session_is_added_by_the_page_and_bad_times_keep_the_words(
    workshop: Activity, li: Teacher, log_in: LogIn
) -> None:
    address = reverse("activities:add_session", args=[workshop.uid])
    data = {"title": "第三次", "day": "2026-10-29", "start": "11:00", "end": "10:00"}

    answer = log_in(li).post(address, data)
    assert answer.status_code == 422
    assert "第三次" in answer.content.decode()
    log_in(li).post(address, {**data, "end": "12:00"})

    assert workshop.sessions.count() == 3


# ---- discussion ----
def test_the_discussion_counts_its_contributors(
    session: Session, cast: Cast, li: Teacher, wang: Teacher, log_in: LogIn
) -> None:
    address = reverse("activities:say", args=[session.activity.uid])
    client = log_in(wang)
    client.post(address, {"text": "先画图"})
    client.post(address, {"text": "再列式"})
    first = Remark.objects.first()
    assert first is not None
    log_in(li).post(address, {"text": "同意", "answers": str(first.uid)})

    text = page(session.activity, client)

    assert "3 条，2 人参与" in text
    assert "回王老师：" in text
    remark = Remark.objects.latest("pk")
    day = remark.at.date()
    scope = Scope(
        cast.school.pk, cast.school.path, Span(day - timedelta(days=2), day + timedelta(days=2))
    )
    assert figure("activities.contributors").value(scope) == 2


def test_a_remark_is_taken_back_by_its_writer_only(
    session: Session, li: Teacher, wang: Teacher, log_in: LogIn
) -> None:
    remark = actions.say(session.activity, text="说早了", by=wang, at=NOON)
    address = reverse("activities:take_back", args=[remark.uid])

    assert log_in(li).post(address).status_code == 404
    log_in(wang).post(address)

    text = page(session.activity, log_in(li))
    assert "说早了" not in text
    assert "这条已撤回" in text


def test_somebody_elses_words_are_not_taken_back(
    session: Session, li: Teacher, wang: Teacher
) -> None:
    remark = actions.say(session.activity, text="先画图", by=wang, at=NOON)

    with pytest.raises(BadInput, match="自己的发言"):
        actions.withdraw_remark(remark, by=li, at=NOON)
