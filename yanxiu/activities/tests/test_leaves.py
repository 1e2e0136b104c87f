"""What a session leaves to file, handbook and chronicle, and what it still lacks."""

from datetime import date, timedelta

import pytest

from yanxiu.activities import actions
from yanxiu.activities.actions.filing import add_file, remove_file
from yanxiu.activities.actions.voicing import save_note
from yanxiu.activities.models import Activity, ParticipantNote, Session
from yanxiu.cast import NOON, Cast
from yanxiu.figures.leaves import (
    counts_and_gaps,
    gap_counts,
    gap_kinds,
    gaps_of,
    leaf_kinds,
    leaves_of,
    leaves_of_unit,
)
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.kernel.spans import Span
from yanxiu.people.models import Teacher

OCTOBER = Span(date(2026, 10, 1), date(2026, 11, 1))
LATER = NOON + timedelta(hours=2)


@pytest.fixture
def closed(session: Session, li: Teacher, wang: Teacher) -> Session:
    """王老师 came; the session is closed, without minutes."""
    actions.call_roll(session, {wang: "present"}, by=li, at=NOON)
    return actions.close_session(session, by=li, at=LATER)


def missing(code: str, reader: Teacher, path: str = "") -> list[tuple[str, str]]:
    kind = gap_kinds()[f"activities.{code}"]
    found = gaps_of(kind, OCTOBER, reader, path=path)
    if path:
        counts = gap_counts([kind], OCTOBER, reader, path=path)
    else:
        counts = counts_and_gaps([], [kind], OCTOBER, [], reader)[1]
    assert counts == ({kind.code: len(found)} if found else {})
    return [(gap.what, gap.supplier) for gap in found]


@pytest.mark.usefixtures("closed")
def test_who_came_has_a_leaf_with_the_part_and_the_minutes(
    li: Teacher, wang: Teacher, zhao: Teacher
) -> None:
    kind = leaf_kinds()["activities.attended"]

    found = leaves_of(kind, OCTOBER, [li.pk, wang.pk, zhao.pk], li)

    assert [(one.part, one.minutes) for one in found[wang.pk]] == [("参加", 90)]
    assert [one.part for one in found[li.pk]] == ["主持人"]
    assert zhao.pk not in found
    assert leaves_of(kind, OCTOBER, [wang.pk], zhao) == {}


@pytest.mark.usefixtures("closed")
def test_the_chronicle_has_attendance_minutes_and_what_was_agreed(
    cast: Cast, closed: Session, li: Teacher, wang: Teacher
) -> None:
    actions.save_minutes(
        closed,
        process="先说错因。",
        conclusions="留三十秒。",
        next_steps="",
        version=0,
        by=li,
        at=LATER,
    )
    actions.agree(closed, text="下次带一份错题", owner=wang, due_on=None, by=li, at=LATER)

    (leaf,) = leaves_of_unit(leaf_kinds()["activities.sessions"], OCTOBER, cast.maths.pk, li)

    assert dict(leaf.facts)["出勤"] == "应到 2 人，实到 2 人"
    assert dict(leaf.texts) == {"活动过程与发言要点": "先说错因。", "达成的共识": "留三十秒。"}
    assert leaf.tables[0].rows[0][:2] == ("下次带一份错题", "王老师")


@pytest.mark.usefixtures("closed")
def test_missing_minutes_are_for_the_host_and_on_the_schools_list(
    cast: Cast, li: Teacher, wang: Teacher, zhou: Teacher
) -> None:
    assert missing("no_minutes", li) == [("活动记录", "李组长")]
    assert missing("no_minutes", wang) == []
    assert missing("no_minutes", zhou, cast.school.path) == [("活动记录", "李组长")]
    assert missing("no_minutes", zhou, cast.other_school.path) == []


def test_a_session_left_open_is_a_gap_until_it_is_closed(session: Session, li: Teacher) -> None:
    Session.objects.filter(pk=session.pk).update(
        ends_at=session.ends_at - timedelta(days=400),
        starts_at=session.starts_at - timedelta(days=400),
    )
    kind = gap_kinds()["activities.not_closed"]
    last_year = Span(date(2025, 9, 1), date(2025, 10, 1))

    assert [gap.supplier for gap in gaps_of(kind, last_year, li)] == ["李组长"]


def test_photos_are_missing_only_where_the_school_asks(
    cast: Cast, closed: Session, li: Teacher, zhou: Teacher
) -> None:
    assert missing("no_photos", li) == []
    actions.set_rules(
        cast.school, minutes_due_days=3, lecture_share_hint=50, asks_photos=True, by=zhou, at=NOON
    )

    assert missing("no_photos", li) == [("照片或文件", "李组长")]
    add_file(closed, "板书.txt", b"1/2", by=li, at=LATER)
    assert missing("no_photos", li) == []


def test_only_who_writes_the_minutes_adds_and_removes_files(
    closed: Session, li: Teacher, wang: Teacher
) -> None:
    with pytest.raises(NotAllowed):
        add_file(closed, "板书.txt", b"1/2", by=wang, at=LATER)
    file = add_file(closed, "板书.txt", b"1/2", by=li, at=LATER)
    with pytest.raises(NotAllowed):
        remove_file(closed, file, by=wang, at=LATER)


def test_a_note_that_is_asked_for_is_missing_until_it_is_written(
    closed: Session, wang: Teacher, li: Teacher
) -> None:
    Activity.objects.update(needs_note=True)
    assert missing("no_note", wang) == [("心得", "王老师")]

    save_note(closed, text="追问要等得起。", is_shared=False, by=wang, at=LATER)

    assert missing("no_note", wang) == []
    assert missing("no_note", li) == [("心得", "李组长")]


def test_a_note_that_is_not_shared_is_read_by_its_writer_alone(
    closed: Session, wang: Teacher, li: Teacher, zhou: Teacher
) -> None:
    note = ParticipantNote.objects.create(
        session=closed, teacher=wang, text="追问", saved_at=LATER, is_shared=False
    )
    kind = leaf_kinds()["activities.notes"]

    assert wang.pk in leaves_of(kind, OCTOBER, [wang.pk], wang)
    assert leaves_of(kind, OCTOBER, [wang.pk], zhou) == {}
    note.is_shared = True
    note.save()
    assert wang.pk in leaves_of(kind, OCTOBER, [wang.pk], li)
