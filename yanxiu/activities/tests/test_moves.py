"""A session that moves keeps its history and tells everybody concerned; clashes are only said."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from yanxiu.activities import actions
from yanxiu.activities.models import ActivityKind, Session, SessionMove
from yanxiu.agenda.queries import clashes_of
from yanxiu.cast import MORNING, Cast, LogIn
from yanxiu.notices.models import Notice
from yanxiu.people import actions as people
from yanxiu.people.models import Teacher


def moved(session: Session, by: Teacher, because: str = "运动会") -> Session:
    return actions.move_session(
        session,
        starts_at=session.starts_at + timedelta(days=1),
        ends_at=session.ends_at + timedelta(days=1),
        place="阶梯教室",
        because=because,
        by=by,
        at=MORNING,
    )


def test_it_keeps_from_where_to_where_who_and_why(session: Session, li: Teacher) -> None:
    before = session.starts_at

    after = moved(session, li)

    move = SessionMove.objects.get(session=session)
    assert (move.from_starts_at, move.to_starts_at) == (before, after.starts_at)
    assert (move.from_place, move.to_place) == ("录播教室", "阶梯教室")
    assert (move.because, move.by_name) == ("运动会", "李组长")


def test_those_concerned_are_told_and_not_the_doer(
    session: Session, li: Teacher, wang: Teacher, zhao: Teacher
) -> None:
    moved(session, li)

    notice = Notice.objects.get()
    assert (notice.teacher, notice.kind) == (wang, Notice.Kind.CHANGE)
    assert "10月16日（周五）10:00 阶梯教室" in notice.title
    assert "10月15日（周四）10:00 录播教室（运动会）" in notice.text


def test_a_new_title_is_no_move(session: Session, li: Teacher) -> None:
    actions.move_session(
        session, starts_at=session.starts_at, ends_at=session.ends_at, title="分数再认识",
        by=li, at=MORNING,
    )  # fmt: skip

    assert not SessionMove.objects.exists()
    assert not Notice.objects.exists()


def test_the_history_is_on_the_page(session: Session, li: Teacher, log_in: LogIn) -> None:
    moved(session, li)

    text = log_in(li).get(reverse("activities:session", args=[session.uid])).content.decode()

    assert "李组长：10月15日（周四）10:00 改到 10月16日（周五）10:00" in text
    assert "运动会" in text


def test_it_goes_online_with_a_link(
    session: Session, li: Teacher, wang: Teacher, log_in: LogIn
) -> None:
    data = {
        "title": session.title, "day": "2026-10-15", "start": "10:00", "end": "11:30",
        "place": session.place, "mode": "online", "link": "https://meeting.example.org/123",
    }  # fmt: skip

    log_in(li).post(reverse("activities:move", args=[session.uid]), data)

    text = log_in(wang).get(reverse("activities:session", args=[session.uid])).content.decode()
    assert 'href="https://meeting.example.org/123"' in text
    assert "线上" in text
    assert "改为线上" in Notice.objects.get(teacher=wang).title
    assert not SessionMove.objects.exists()


def test_calling_off_tells_why(session: Session, li: Teacher, wang: Teacher) -> None:
    actions.cancel_session(session, because="停电", by=li, at=MORNING)

    notice = Notice.objects.get(teacher=wang)
    assert "取消" in notice.title
    assert notice.text == "停电"


@pytest.fixture
def beside(cast: Cast, session: Session, zhao: Teacher) -> Session:
    """A session of the Chinese group at the same hour, elsewhere."""
    return actions.plan_session(
        cast.school, title="读写结合", unit=cast.chinese, place="图书室",
        kind=ActivityKind.objects.get(code="research_activity"),
        starts_at=session.starts_at, ends_at=session.ends_at, by=zhao, at=MORNING,
    )  # fmt: skip


def test_other_people_in_another_room_do_not_clash(session: Session, beside: Session) -> None:
    assert clashes_of(actions.occasion_of(session)) == []


def test_a_person_in_two_groups_clashes(
    session: Session, beside: Session, cast: Cast, wang: Teacher
) -> None:
    people.join_unit(cast.chinese, wang, starts_on=date(2020, 9, 1), by=None, at=MORNING)

    (clash,) = clashes_of(actions.occasion_of(session))

    assert (clash.title, clash.people, clash.same_place) == (
        "读写结合", frozenset({wang.pk}), False,
    )  # fmt: skip


def test_the_same_room_clashes_without_anybody_in_common(session: Session, beside: Session) -> None:
    occasion = actions.occasion_of(session)
    occasion.place = "图书室"

    (clash,) = clashes_of(occasion)

    assert clash.same_place
    assert clash.people == frozenset()


def test_a_whole_school_clashes_with_everybody(session: Session, cast: Cast, zhou: Teacher) -> None:
    whole = actions.plan_session(
        cast.school, title="大会", kind=ActivityKind.objects.get(code="meeting"),
        starts_at=session.starts_at, ends_at=session.ends_at, by=zhou, at=MORNING,
    )  # fmt: skip

    (clash,) = clashes_of(actions.occasion_of(whole))

    assert {cast.people["li"].pk, cast.people["wang"].pk} <= clash.people
