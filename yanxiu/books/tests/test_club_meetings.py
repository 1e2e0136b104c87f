"""A club of several groups meets: its convenor asks who may plan, and the members are invited."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.activities import actions as activities
from yanxiu.activities.models import ActivityKind, Part, Session
from yanxiu.activities.queries import office_of
from yanxiu.books import actions
from yanxiu.books.models import ReadingClub
from yanxiu.cast import NOON, Cast
from yanxiu.kernel.refusals import BadInput
from yanxiu.notices.models import Notice
from yanxiu.people.access import NotAllowed
from yanxiu.people.models import Teacher


@pytest.fixture
def club(cast: Cast, zhao: Teacher, wang: Teacher) -> ReadingClub:
    made = actions.found_club(cast.school, name="恒读书会", by=wang, at=NOON)
    actions.join_club(made, by=zhao, at=NOON)
    return made


def _asked(teacher: Teacher) -> list[tuple[str, str]]:
    return list(Notice.objects.filter(teacher=teacher).values_list("title", "text"))


def test_the_office_is_asked_in_one_notice_with_the_wish_and_the_names(
    client: Client, club: ReadingClub, wang: Teacher, zhou: Teacher
) -> None:
    client.force_login(wang)
    address = reverse("books:club_do", args=[club.uid])
    for wish in ("", "下周三下午，图书室"):
        client.post(address, {"do": "ask_meeting", "wish": wish})

    title = "王老师请您为读书会“恒读书会”安排一场聚会"
    assert _asked(zhou) == [(title, "下周三下午，图书室\n成员：王老师、赵老师")]


def test_only_the_convenor_asks_and_only_while_the_club_goes_on(
    club: ReadingClub, zhao: Teacher, wang: Teacher
) -> None:
    with pytest.raises(NotAllowed):
        actions.ask_for_meeting(club, wish="", by=zhao, at=NOON)

    ended = actions.end_club(club, by=wang, at=NOON)
    with pytest.raises(BadInput):
        actions.ask_for_meeting(ended, wish="", by=wang, at=NOON)


def test_the_page_offers_to_ask_or_to_plan_as_the_reader_may(
    client: Client, club: ReadingClub, zhao: Teacher, zhou: Teacher, wang: Teacher
) -> None:
    said = {}
    for reader in (zhao, zhou, wang):
        client.force_login(reader)
        said[reader.name] = client.get(reverse("books:club", args=[club.uid])).content.decode()

    assert "请教科室安排一场" in said["王老师"]
    assert "安排一场聚会" in said["周主任"]
    assert "请教科室安排一场" not in said["赵老师"]


@pytest.fixture
def session(cast: Cast, li: Teacher) -> Session:
    return activities.plan_session(
        cast.school, title="读书交流", by=li, at=NOON, unit=cast.maths,
        kind=ActivityKind.objects.get(code="reading_exchange"),
        starts_at=NOON + timedelta(hours=1), ends_at=NOON + timedelta(hours=2),
    )  # fmt: skip


def test_members_of_other_groups_are_invited_to_the_meeting_of_their_club(
    session: Session, club: ReadingClub, li: Teacher, zhao: Teacher
) -> None:
    actions.tie_meeting(session, form="exchange", club=club, by=li, at=NOON)

    invited = Part.objects.filter(session=session, role=Part.Role.ATTENDEE)
    assert [part.teacher for part in invited] == [zhao]


def test_whom_the_host_took_off_is_not_invited_again_unless_another_club_comes(
    cast: Cast, session: Session, club: ReadingClub, li: Teacher, zhao: Teacher
) -> None:
    actions.tie_meeting(session, form="exchange", club=club, by=li, at=NOON)
    invited = Part.objects.filter(session=session, role=Part.Role.ATTENDEE)
    invited.delete()

    actions.tie_meeting(session, form="salon", club=club, by=li, at=NOON)
    assert not invited.exists()

    another = actions.found_club(cast.school, name="晨读会", by=zhao, at=NOON)
    actions.tie_meeting(session, form="salon", club=another, by=li, at=NOON)
    assert [part.teacher for part in invited] == [zhao]


def test_the_only_officer_is_told_to_plan_and_not_that_nobody_does(
    cast: Cast, zhou: Teacher
) -> None:
    made = actions.found_club(cast.school, name="教研读书会", by=zhou, at=NOON)
    others = office_of(cast.school).exclude(pk=zhou.pk)
    Teacher.objects.filter(pk__in=list(others.values_list("pk", flat=True))).update(is_active=False)

    with pytest.raises(BadInput, match="就是您管全校的活动，请直接安排。"):
        actions.ask_for_meeting(made, wish="", by=zhou, at=NOON)
    assert not _asked(zhou)
