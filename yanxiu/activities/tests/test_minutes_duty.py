"""The minutes are somebody's duty by a day; what is missing or late is listed; Word has it all."""

import io
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from docx import Document

from yanxiu.activities import actions
from yanxiu.activities.models import Minutes, Session
from yanxiu.agenda.models import Task
from yanxiu.cast import NOON, Cast, LogIn
from yanxiu.figures.table import Scope, figure
from yanxiu.kernel.refusals import BadInput
from yanxiu.notices.models import Notice
from yanxiu.people.models import Teacher


@pytest.fixture
def closed(session: Session, li: Teacher, wang: Teacher) -> Session:
    actions.call_roll(session, {wang: "present"}, by=li, at=session.starts_at)
    return actions.close_session(session, by=li, at=NOON)


def write(session: Session, by: Teacher, at: object = NOON) -> Minutes:
    return actions.save_minutes(
        session, process="读了两份作业", conclusions="错题分三类", next_steps="带错题来",
        version=0, by=by, at=at, interactions=["question"],  # type: ignore[arg-type]
    )  # fmt: skip


def test_the_host_owes_them_within_the_days_of_the_school(
    session: Session, cast: Cast, li: Teacher, wang: Teacher, zhou: Teacher
) -> None:
    actions.set_rules(cast.school, minutes_due_days=5, lecture_share_hint=50, by=zhou, at=NOON)
    actions.close_session(session, by=li, at=NOON)

    assert Task.objects.get(teacher=li).due_on == date(2026, 10, 20)


def test_a_recorder_owes_them_instead(session: Session, li: Teacher, wang: Teacher) -> None:
    actions.give_part(session, wang, "recorder", by=li, at=session.starts_at)

    actions.close_session(session, by=li, at=NOON)

    assert [task.teacher for task in Task.objects.all()] == [wang]


def test_the_duty_is_handed_on_after_closing(
    closed: Session, li: Teacher, wang: Teacher, log_in: LogIn
) -> None:
    address = reverse("activities:delegate", args=[closed.uid])

    log_in(li).post(address, {"teacher": str(wang.uid)})

    assert Task.objects.get(teacher=li).state == Task.State.DROPPED
    assert Task.objects.get(teacher=wang).state == Task.State.OPEN
    assert Notice.objects.get(teacher=wang).kind == "request"
    write(closed, wang)
    assert Task.objects.get(teacher=wang).state == Task.State.DONE
    with pytest.raises(BadInput, match="已经写好"):
        actions.delegate_minutes(closed, wang, by=li, at=NOON)


def test_missing_ones_are_listed_after_so_many_days(
    closed: Session, zhou: Teacher, log_in: LogIn
) -> None:
    address = reverse("activities:gaps")
    with time_machine.travel(NOON + timedelta(days=3), tick=False):
        assert "没有过期未写的活动记录" in log_in(zhou).get(address).content.decode()
    with time_machine.travel(NOON + timedelta(days=5), tick=False):
        text = log_in(zhou).get(address).content.decode()

    assert closed.title in text
    assert "过期 2 天" in text


@pytest.mark.parametrize(("days", "late"), [(3, 0), (4, 1)])
def test_lateness_is_counted(
    closed: Session, cast: Cast, li: Teacher, days: int, late: int
) -> None:
    write(closed, li, NOON + timedelta(days=days))

    scope = Scope(cast.school.pk, cast.school.path, cast.term.span)
    assert figure("activities.minutes_late").value(scope) == late


def test_the_word_paper_has_attendance_agenda_and_what_was_agreed(
    session: Session, li: Teacher, wang: Teacher, log_in: LogIn
) -> None:
    actions.set_agenda(session, [actions.Point("读两份作业", 20, wang)], by=li, at=NOON)
    actions.agree(
        session, text="每人带一份错题", owner=wang, due_on=date(2026, 10, 22), by=li, at=NOON
    )
    actions.call_roll(session, {wang: "leave", li: "present"}, by=li, at=session.starts_at)
    actions.close_session(session, by=li, at=NOON)
    write(session, li)

    answer = log_in(li).get(reverse("activities:minutes_word", args=[session.uid]))

    paper = Document(io.BytesIO(answer.content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(each.text for each in paper.paragraphs), *cells])
    for words in (
        "第1次教研活动记录", "应到 2 人，实到 1 人；迟到 0 人，请假 1 人，公务 0 人，缺席 0 人",
        "王老师（请假）", "读两份作业", "20 分钟", "每人带一份错题", "10月22日（周四）",
        "错题分三类", "提问交流", "录播教室",
    ):  # fmt: skip
        assert words in text
    assert "待补" not in text


def test_what_lacks_is_marked_on_paper(closed: Session, li: Teacher, log_in: LogIn) -> None:
    answer = log_in(li).get(reverse("activities:minutes_word", args=[closed.uid]))

    paper = Document(io.BytesIO(answer.content))
    assert any("【待补：共识】" in each.text for each in paper.paragraphs)


def test_members_do_not_get_the_names(closed: Session, wang: Teacher, log_in: LogIn) -> None:
    address = reverse("activities:minutes_word", args=[closed.uid])

    assert log_in(wang).get(address).status_code == 404
