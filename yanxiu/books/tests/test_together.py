"""Rounds, clubs and meetings: read together, told on one page, kept only with consent."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from yanxiu.activities import actions as activities
from yanxiu.activities.models import ActivityKind, Session
from yanxiu.agenda.models import Attendee, Occasion
from yanxiu.books import actions
from yanxiu.books.actions import PartPlan
from yanxiu.books.models import CommonRound, ReadingClub, ReadingShare
from yanxiu.books.permissions import may_see_round, may_see_share
from yanxiu.books.refusals import ClubNameTaken, RoundOver, RoundWrittenMeanwhile
from yanxiu.books.tests.conftest import Read
from yanxiu.cast import NOON, Cast
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.spans import day_of
from yanxiu.notices.models import Notice
from yanxiu.people.access import NotAllowed, allowed
from yanxiu.people.models import Teacher
from yanxiu.works.models import Work
from yanxiu.works.permissions import may_see_work

TODAY = day_of(NOON)
PARTS = [
    PartPlan("第一章", TODAY + timedelta(days=7), "王老师"),
    PartPlan("第二章", TODAY + timedelta(days=14)),
]


@pytest.fixture
def together(cast: Cast, li: Teacher) -> CommonRound:
    return actions.open_round(
        cast.school, title="用心做教研", unit=cast.maths, starts_on=TODAY,
        ends_on=TODAY + timedelta(days=30), parts=PARTS, purpose="会问问题", by=li, at=NOON,
    )  # fmt: skip


@pytest.fixture
def exchange(cast: Cast, li: Teacher) -> Session:
    return activities.plan_session(
        cast.school, title="读书交流", by=li, at=NOON, unit=cast.maths,
        kind=ActivityKind.objects.get(code="reading_exchange"),
        starts_at=NOON + timedelta(hours=1), ends_at=NOON + timedelta(hours=2),
    )  # fmt: skip


# ---- rounds ----
def test_the_days_of_a_round_are_in_the_calendars_of_its_readers_alone(
    together: CommonRound,
) -> None:
    occasions = Occasion.objects.filter(source_kind="books.round_part")

    assert [one.title for one in occasions] == [
        "共读《用心做教研》：读到第一章", "共读《用心做教研》：读到第二章",
    ]  # fmt: skip
    assert all(one.only_invited for one in occasions)
    invited = Attendee.objects.filter(occasion=occasions[0])
    assert {one.teacher.name for one in invited} == {"李组长", "王老师"}


def test_a_schedule_set_anew_moves_and_takes_away_days(together: CommonRound, li: Teacher) -> None:
    later = TODAY + timedelta(days=9)

    actions.set_parts(together, [PartPlan("前两章", later)], by=li, at=NOON)

    occasion = Occasion.objects.get(source_kind="books.round_part")
    assert day_of(occasion.starts_at) == later
    assert occasion.title.endswith("前两章")


def test_a_schedule_is_typed_line_by_line_and_a_wrong_line_is_named(
    client: Client, together: CommonRound, li: Teacher
) -> None:
    client.force_login(li)
    address = reverse("books:round_parts", args=[together.uid])

    wrong = client.post(address, {"schedule": "10月20日 第一章\n某天 第二章"})
    client.post(address, {"schedule": "10月20日 第一章 王老师\n2026-10-27 第二、三章"})

    assert "第2行看不懂" in wrong.content.decode()
    rows = [(row.name, row.due_on, row.leader_name) for row in together.parts.all()]
    assert rows == [
        ("第一章", date(2026, 10, 20), "王老师"), ("第二、三章", date(2026, 10, 27), ""),
    ]  # fmt: skip


def test_a_part_outside_the_round_is_refused(together: CommonRound, li: Teacher) -> None:
    with pytest.raises(BadInput, match="不在这次共读的日期之内"):
        actions.set_parts(together, [PartPlan("末章", TODAY + timedelta(days=99))], by=li, at=NOON)


def test_a_round_of_a_group_is_no_business_of_another(
    together: CommonRound, wang: Teacher, zhao: Teacher
) -> None:
    assert allowed(may_see_round, wang, CommonRound.objects.all()).exists()
    assert not allowed(may_see_round, zhao, CommonRound.objects.all()).exists()
    with pytest.raises(NotAllowed):
        actions.join_round(together, by=zhao, at=NOON)


def test_who_joins_a_school_wide_round_finds_its_days(
    cast: Cast, zhou: Teacher, zhao: Teacher
) -> None:
    found = actions.open_round(
        cast.school, title="有效备课", starts_on=TODAY, ends_on=TODAY + timedelta(days=30),
        parts=PARTS, by=zhou, at=NOON,
    )  # fmt: skip

    actions.join_round(found, by=zhao, at=NOON)
    assert Attendee.objects.filter(teacher=zhao).count() == 2
    actions.leave_round(found, by=zhao, at=NOON)

    assert not Attendee.objects.filter(teacher=zhao).exists()


def test_one_page_tells_the_story_and_goes_to_word(
    client: Client, together: CommonRound, exchange: Session, read: Read, wang: Teacher, li: Teacher
) -> None:
    actions.tie_meeting(exchange, form="reading", reading_round=together, by=li, at=NOON)
    texts = {"practice": "每课留一个真问题", "effect": "提问的人多了", "pupil_activity": "读书角"}
    actions.tell_story(together, edition=0, texts=texts, by=li, at=NOON)
    actions.share(reading_round=together, text="第一章说透了", about="第一章", by=wang, at=NOON)
    actions.share(session=exchange, text="会上说的", by=li, at=NOON)
    read(wang, done=True)
    client.force_login(wang)

    page = client.get(reverse("books:round", args=[together.uid])).content.decode()
    answer = client.get(reverse("books:round_paper", args=[together.uid]))

    paper = Document(BytesIO(answer.content))
    lines = [line.text for line in paper.paragraphs]
    lines += [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    for told in ("每课留一个真问题", "提问的人多了", "第一章说透了", "会上说的", "读书交流"):
        assert told in page
        assert any(told in line for line in lines)
    assert "1 人读完" in page


def test_two_who_tell_the_story_at_once_lose_no_word(
    client: Client, together: CommonRound, li: Teacher, zhou: Teacher
) -> None:
    actions.tell_story(together, edition=0, texts={"practice": "主任写的"}, by=zhou, at=NOON)
    client.force_login(li)
    given = {
        "edition": 0,
        "practice": "组长写的",
        "effect": "",
        "purpose": "",
        "pupil_activity": "",
    }

    answer = client.post(reverse("books:round_story", args=[together.uid]), given)

    assert answer.status_code == 422
    for told in ("主任写的", "组长写的"):
        assert told in answer.content.decode()
    with pytest.raises(RoundWrittenMeanwhile):
        actions.tell_story(together, edition=0, texts={"practice": "x"}, by=li, at=NOON)


def test_after_its_end_nothing_is_added_until_it_is_opened_again(
    together: CommonRound, wang: Teacher, li: Teacher
) -> None:
    actions.end_round(together, by=li, at=NOON)
    together.refresh_from_db()

    with pytest.raises(RoundOver):
        actions.share(reading_round=together, text="晚了", by=wang, at=NOON)
    assert not Occasion.objects.filter(source_kind="books.round_part", state="planned").exists()
    actions.end_round(together, by=li, at=NOON)
    together.refresh_from_db()
    actions.share(reading_round=together, text="又能说了", by=wang, at=NOON)


# ---- clubs ----
def test_leading_a_club_opens_nothing_of_its_members(
    client: Client, cast: Cast, read: Read, wang: Teacher, zhao: Teacher
) -> None:
    club = actions.found_club(cast.school, name="恒读书会", by=zhao, at=NOON)
    actions.join_club(club, by=wang, at=NOON)
    record = read(wang, done=True)
    actions.write_note(record, "reading_essay", by=wang, at=NOON)
    client.force_login(zhao)

    assert client.get(reverse("books:club", args=[club.uid])).status_code == 200
    assert client.get(reverse("books:record", args=[record.uid])).status_code == 404
    assert not allowed(may_see_work, zhao, Work.objects.all()).exists()


def test_a_club_reads_a_book_with_its_members(cast: Cast, wang: Teacher, zhao: Teacher) -> None:
    club = actions.found_club(cast.school, name="恒读书会", by=zhao, at=NOON)
    actions.join_club(club, by=wang, at=NOON)

    found = actions.open_round(
        cast.school, title="书", club=club, starts_on=TODAY, ends_on=TODAY + timedelta(days=9),
        by=zhao, at=NOON,
    )  # fmt: skip

    assert {one.teacher.name for one in found.readers.all()} == {"赵老师", "王老师"}
    with pytest.raises(NotAllowed):
        actions.open_round(
            cast.school, title="书", club=club, starts_on=TODAY, by=wang, at=NOON,
            ends_on=TODAY + timedelta(days=9),
        )  # fmt: skip


def test_a_name_is_taken_once_and_a_leader_does_not_just_go(
    cast: Cast, wang: Teacher, zhao: Teacher
) -> None:
    club = actions.found_club(cast.school, name="恒读书会", by=zhao, at=NOON)
    with pytest.raises(ClubNameTaken):
        actions.found_club(cast.school, name="恒读书会", by=wang, at=NOON)
    with pytest.raises(BadInput):
        actions.leave_club(club, by=zhao, at=NOON)

    actions.join_club(club, by=wang, at=NOON)
    actions.hand_over_club(club, wang, by=zhao, at=NOON)
    actions.leave_club(club, by=zhao, at=NOON)

    club = ReadingClub.objects.get()
    assert [one.teacher.name for one in club.members.filter(left_on=None)] == ["王老师"]


# ---- meetings and the library ----
def test_a_salon_tells_book_and_speakers_and_is_listed(
    client: Client, exchange: Session, li: Teacher, wang: Teacher
) -> None:
    activities.give_part(exchange, wang, "main_speaker", by=li, at=NOON)
    client.force_login(li)
    given = {"form": "salon", "title": "《论语》"}

    client.post(reverse("books:meeting_tie", args=[exchange.uid]), given)

    page = client.get(reverse("books:meeting", args=[exchange.uid])).content.decode()
    listed = client.get(reverse("books:meetings")).content.decode()
    for told in ("读书沙龙", "《论语》", "王老师", "主讲人"):
        assert told in page
    assert "《论语》" in listed


def test_a_meeting_names_what_does_not_open_without_a_link(
    together: CommonRound, exchange: Session, li: Teacher, guan: Teacher, client: Client
) -> None:
    actions.tie_meeting(
        exchange, form="exchange", title="", reading_round=together, club=None, by=li, at=NOON
    )
    page, door = (
        reverse("books:meeting", args=[exchange.uid]),
        reverse("books:round", args=[together.uid]),
    )
    seen = {}
    for who in (li, guan):
        client.force_login(who)
        seen[who] = client.get(page).content.decode()

    assert "《用心做教研》" in seen[li]
    assert "《用心做教研》" in seen[guan]
    assert door in seen[li]
    assert door not in seen[guan]


def test_nothing_comes_into_the_library_without_its_authors_yes(
    exchange: Session, wang: Teacher, li: Teacher, zhao: Teacher
) -> None:
    own = actions.share(session=exchange, text="主持人自己说的", by=li, at=NOON)
    share = actions.share(session=exchange, text="错误是资源", by=wang, at=NOON)
    for said, by in ((own, li), (share, wang)):
        with pytest.raises(NotAllowed):
            actions.choose_share(said, by=by, at=NOON)

    share = actions.choose_share(share, by=li, at=NOON)
    assert not allowed(may_see_share, zhao, ReadingShare.objects.all()).exists()
    assert Notice.objects.get().teacher == wang
    actions.answer_choice(share, agrees=True, by=wang, at=NOON)
    assert allowed(may_see_share, zhao, ReadingShare.objects.all()).exists()
    actions.answer_choice(share, agrees=False, by=wang, at=NOON)

    assert not allowed(may_see_share, zhao, ReadingShare.objects.all()).exists()


def test_an_empty_share_is_refused_with_what_was_typed_beside_it(
    client: Client, exchange: Session, wang: Teacher
) -> None:
    client.force_login(wang)

    answer = client.post(
        reverse("books:meeting_share", args=[exchange.uid]), {"text": " ", "about": "第三章"}
    )

    assert answer.status_code == 422
    assert "第三章" in answer.content.decode()


def test_opened_again_the_days_ahead_are_in_the_calendars_again(
    together: CommonRound, li: Teacher
) -> None:
    def days(state: str) -> int:
        return Occasion.objects.filter(source_kind="books.round_part", state=state).count()

    ahead = days("planned")
    assert ahead
    actions.end_round(together, by=li, at=NOON)

    actions.end_round(together, by=li, at=NOON)

    assert (days("planned"), days("cancelled")) == (ahead, 0)
