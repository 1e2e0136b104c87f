"""A paper is set, read and final, and secret until the exam is over."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from yanxiu.agenda.models import Task
from yanxiu.attachments.models import Attachment
from yanxiu.audit.models import TrailLine
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.notices.models import Notice
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher
from yanxiu.question_setting import actions, queries
from yanxiu.question_setting.actions import TaskFacts
from yanxiu.question_setting.models import PaperTask, PaperVersion
from yanxiu.question_setting.permissions import may_open_paper, may_open_version, may_see_task
from yanxiu.question_setting.refusals import NamesHimself, NoReader, ReaderIsAuthor, WrongPaperState
from yanxiu.question_setting.rules.specification import Question

PDF = b"%PDF-1.4 paper"
USED = date(2026, 10, 20)
DURING, AFTER = datetime(2026, 10, 20, 4, tzinfo=NOON.tzinfo), MORNING + timedelta(days=6)


@pytest.fixture
def task(cast: Cast, li: Teacher, wang: Teacher, zhao: Teacher) -> PaperTask:
    """Set by 王老师, read by 赵老师 of another group, ordered by 李组长."""
    facts = TaskFacts(author=wang, reader=zhao, due_on=date(2026, 10, 18), used_on=USED)
    return actions.plan_tasks(cast.maths, ["第一单元卷"], facts, by=li, at=MORNING)[0]


def openers(cast: Cast, rows: type[PaperTask] | type[PaperVersion], may: object) -> set[str]:
    return {
        name
        for name, teacher in cast.people.items()
        if allowed(may, Teacher.objects.get(pk=teacher.pk), rows.objects.all()).exists()  # type: ignore[arg-type]
    }


def test_a_leader_orders_papers_for_the_own_group(
    cast: Cast, li: Teacher, wang: Teacher, zhao: Teacher, task: PaperTask
) -> None:
    facts = TaskFacts(author=wang, reader=li, due_on=USED, used_on=USED)
    made = actions.plan_tasks(cast.maths, ["第二单元", " ", "第三单元"], facts, by=li, at=MORNING)

    assert [one.title for one in made] == ["第二单元", "第三单元"]
    assert Task.objects.filter(teacher=wang, kind="set_paper").count() == 3
    with pytest.raises(NotAllowed):
        actions.plan_tasks(cast.maths, ["卷"], facts, by=zhao, at=MORNING)
    same = TaskFacts(author=li, reader=li, due_on=USED, used_on=USED)
    with pytest.raises(ReaderIsAuthor):
        actions.plan_tasks(cast.maths, ["卷"], same, by=li, at=MORNING)
    with pytest.raises(BadInput):
        actions.plan_tasks(cast.maths, [" "], facts, by=li, at=MORNING)


def test_it_goes_back_and_forth_until_it_is_final(
    task: PaperTask, wang: Teacher, zhao: Teacher
) -> None:
    actions.hand_in_paper(task, PDF, name="卷.pdf", by=wang, at=NOON)
    with pytest.raises(WrongPaperState):
        actions.hand_in_paper(task, PDF, name="卷.pdf", by=wang, at=NOON)
    with pytest.raises(NotAllowed):
        actions.read_paper(task, decision="approved", by=wang, at=NOON)
    with pytest.raises(BadInput):
        actions.read_paper(task, decision="returned", by=zhao, at=NOON)
    actions.read_paper(task, decision="returned", comment="第3题超纲", by=zhao, at=NOON)
    actions.hand_in_paper(task, PDF + b"2", name="卷.pdf", by=wang, at=NOON)

    actions.read_paper(task, decision="approved", by=zhao, at=NOON)

    task.refresh_from_db()
    assert (task.state, task.versions.count()) == ("approved", 2)
    assert not Task.objects.filter(state=Task.State.OPEN).exists()
    assert not Notice.objects.filter(text__contains="第3题").exists()


def test_without_a_reader_it_cannot_be_handed_in(cast: Cast, li: Teacher, wang: Teacher) -> None:
    facts = TaskFacts(author=wang, due_on=USED, used_on=USED)
    task = actions.plan_tasks(cast.maths, ["卷"], facts, by=li, at=MORNING)[0]

    with pytest.raises(NoReader):
        actions.hand_in_paper(task, PDF, name="卷.pdf", by=wang, at=NOON)


def test_before_the_exam_it_opens_for_three_whatever_rights_others_hold(
    cast: Cast, task: PaperTask, wang: Teacher, zhao: Teacher
) -> None:
    actions.hand_in_paper(task, PDF, name="卷.pdf", by=wang, at=NOON)
    actions.read_paper(task, decision="approved", by=zhao, at=NOON)

    with time_machine.travel(DURING, tick=False):
        assert openers(cast, PaperTask, may_open_paper) == {"wang", "zhao", "li"}
        assert openers(cast, PaperVersion, may_open_version) == {"wang", "zhao", "li"}
        assert openers(cast, PaperTask, may_see_task) == {"wang", "zhao", "li", "zhou", "shen"}
    with time_machine.travel(AFTER, tick=False):
        assert openers(cast, PaperTask, may_open_paper) == {"wang", "zhao", "li", "zhou", "shen"}


def test_pages_and_files_of_a_secret_paper_are_shut(
    client: Client, task: PaperTask, wang: Teacher, zhou: Teacher
) -> None:
    row = Question("1", "周长的意义", "understand", "选择", Decimal(100), Decimal("0.7"))
    actions.set_specification(task, [row], by=wang, at=NOON)
    actions.hand_in_paper(task, PDF, name="单元卷.pdf", by=wang, at=NOON)
    file = Attachment.objects.get()
    shut = [
        reverse("question_setting:sheet", args=[task.uid]),
        reverse("attachments:file", args=[file.uid]),
    ]
    page = reverse("question_setting:task", args=[task.uid])
    with time_machine.travel(DURING, tick=False):
        client.force_login(zhou)
        assert [client.get(path).status_code for path in shut] == [404, 404]
        told = client.get(page).content.decode()
        assert "试卷还在保密" in told
        assert "周长的意义" not in told
        assert "单元卷.pdf" not in told
        client.force_login(wang)
        assert [client.get(path).status_code for path in shut] == [200, 200]
        assert "周长的意义" in client.get(page).content.decode()


def test_a_homework_sheet_is_no_secret_once_it_is_final(
    cast: Cast, li: Teacher, wang: Teacher, zhao: Teacher
) -> None:
    facts = TaskFacts(author=wang, reader=zhao, due_on=USED, used_on=USED, kind="homework")
    task = actions.plan_tasks(cast.maths, ["作业单"], facts, by=li, at=MORNING)[0]
    actions.hand_in_paper(task, PDF, name="单.pdf", by=wang, at=NOON)
    actions.read_paper(task, decision="approved", by=zhao, at=NOON)

    with time_machine.travel(DURING, tick=False):
        assert "zhou" in openers(cast, PaperTask, may_open_paper)


def test_what_nobody_has_handed_in_can_be_called_off(
    task: PaperTask, li: Teacher, wang: Teacher
) -> None:
    actions.drop_task(task, by=li, at=NOON)

    with pytest.raises(WrongPaperState):
        actions.hand_in_paper(task, PDF, name="卷.pdf", by=wang, at=NOON)
    assert not Task.objects.filter(state=Task.State.OPEN).exists()


def test_a_grade_that_should_set_its_own_papers_and_has_none_is_listed(
    cast: Cast, task: PaperTask, zhou: Teacher
) -> None:
    task.grade = "七年级"
    task.save()
    bounds = (Decimal("0.6"), Decimal("0.8"))
    grades = ["七年级", "八年级"]
    actions.set_expectations(cast.school, grades=grades, difficulty=bounds, by=zhou, at=NOON)

    found = queries.unit_papers(cast.school, cast.term.starts_on, cast.term.ends_on)

    assert [(one.grade, one.planned, one.final) for one in found] == [
        ("七年级", 1, 0), ("八年级", 0, 0),
    ]  # fmt: skip


@pytest.mark.parametrize("count", [1, 40])
def test_the_list_of_papers_stays_quick(
    client: Client,
    cast: Cast,
    li: Teacher,
    wang: Teacher,
    zhao: Teacher,
    count: int,
    django_assert_max_num_queries: Any,
) -> None:
    facts = TaskFacts(author=wang, reader=zhao, due_on=USED, used_on=USED)
    for first in range(0, count, 20):
        titles = [f"第{number}份" for number in range(first, min(first + 20, count))]
        actions.plan_tasks(cast.maths, titles, facts, by=li, at=MORNING)
    for reader in (li, wang, cast.people["zhou"]):
        client.force_login(reader)
        for path in (
            reverse("question_setting:home"),
            reverse("question_setting:mine"),
            reverse("question_setting:task", args=[PaperTask.objects.latest("pk").uid]),
        ):
            with django_assert_max_num_queries(10):
                answer = client.get(path)
            assert len(answer.content) < 60_000


def as_planned(task: PaperTask, **more: Any) -> TaskFacts:
    return TaskFacts(**{name: getattr(task, name) for name in actions.CHANGEABLE} | more)


def test_somebody_else_sets_it_and_both_are_told(
    task: PaperTask, li: Teacher, wang: Teacher, zhao: Teacher, shen: Teacher
) -> None:
    facts = as_planned(task, author=shen, due_on=USED)

    actions.change_task(task, "第一单元卷（甲）", facts, by=li, at=NOON)

    owed = Task.objects.get(kind="set_paper")
    assert (owed.teacher, owed.due_on, owed.state) == (shen, USED, Task.State.OPEN)
    assert Notice.objects.filter(teacher=wang, title__contains=f"已改由{shen.name}办").exists()
    assert Notice.objects.filter(teacher=shen, title="命题：第一单元卷（甲）").exists()
    with pytest.raises(NotAllowed):
        actions.change_task(task, "卷", as_planned(task), by=zhao, at=NOON)
    with pytest.raises(ReaderIsAuthor):
        actions.change_task(task, "卷", as_planned(task, reader=shen, author=shen), by=li, at=NOON)


def test_another_reader_takes_over_what_waits(
    task: PaperTask, li: Teacher, wang: Teacher, zhao: Teacher, shen: Teacher
) -> None:
    actions.hand_in_paper(task, PDF, name="卷.pdf", by=wang, at=NOON)

    task = actions.change_task(task, task.title, as_planned(task, reader=shen), by=li, at=NOON)
    actions.read_paper(task, decision="returned", comment="第3题超纲", by=shen, at=NOON)
    actions.hand_in_paper(task, PDF + b"2", name="卷.pdf", by=wang, at=NOON)

    owed = Task.objects.filter(kind="read_paper", state=Task.State.OPEN)
    assert [one.teacher for one in owed] == [shen]
    with pytest.raises(WrongPaperState):
        actions.change_task(task, "卷", as_planned(task, author=li), by=li, at=NOON)
    with pytest.raises(WrongPaperState):
        actions.change_task(task, "卷", as_planned(task, reader=None), by=li, at=NOON)


def test_the_secret_moves_with_the_exam_and_never_ends_sooner_than_today(
    cast: Cast, task: PaperTask, li: Teacher
) -> None:
    later = as_planned(task, used_on=USED + timedelta(days=7))
    actions.change_task(task, task.title, later, by=li, at=MORNING)

    task.refresh_from_db()
    assert task.secret_until.astimezone(NOON.tzinfo).date() >= USED + timedelta(days=7)
    over = as_planned(task, due_on=date(2026, 1, 4), used_on=date(2026, 1, 5))
    with pytest.raises(BadInput, match="已经过了"):
        actions.change_task(task, task.title, over, by=li, at=NOON)


def test_a_forgotten_reader_is_named_on_the_page(
    client: Client, cast: Cast, li: Teacher, wang: Teacher, zhao: Teacher
) -> None:
    facts = TaskFacts(author=wang, due_on=USED, used_on=USED)
    task = actions.plan_tasks(cast.maths, ["没有审题人的卷"], facts, by=li, at=MORNING)[0]
    client.force_login(li)
    path = reverse("question_setting:edit", args=[task.uid])
    assert path in client.get(reverse("question_setting:task", args=[task.uid])).content.decode()
    given = {
        "title": task.title, "author": wang.name, "reader": zhao.name, "total": "100",
        "due_on": "2026-10-18", "used_on": "2026-10-20",
    }  # fmt: skip

    assert client.post(path, {**given, "reader": wang.name}).status_code == 422
    assert client.post(path, given).status_code == 302

    task.refresh_from_db()
    assert task.reader == zhao
    client.force_login(wang)
    assert client.get(path).status_code == 404


def test_a_table_from_a_sheet_is_pasted_looked_at_and_saved(
    client: Client, task: PaperTask, wang: Teacher
) -> None:
    client.force_login(wang)
    path = reverse("question_setting:specification", args=[task.uid])
    sheet = "题号\t题型\t知识点\t能力要求\t分值（分）\t难度\n1\t选择\t周长\t识记\t40分\t85%\n"
    sheet += "2\t\t面积\t应用\t60\t0.7\n合计\t\t\t\t100\t"

    by_the_other_button = client.post(path, {"do": "save", "pasted": sheet})
    page = client.post(path, {"do": "paste", "pasted": sheet})

    assert by_the_other_button.context["rows"] == page.context["rows"]
    assert page.status_code == 200
    assert "共 2 题" in page.content.decode()
    assert not task.specification.exists()
    rows = page.context["rows"][:2]
    given = {name: [row[name] for row in rows] for name in rows[0]}
    assert client.post(path, given).status_code == 302
    assert list(task.specification.values_list("number", "ability", "form", "points")) == [
        ("1", "know", "选择", Decimal(40)),
        ("2", "apply", "选择", Decimal(60)),
    ]
    nothing = client.post(path, {"do": "paste", "pasted": "随手写的一句话"})
    assert nothing.status_code == 422
    assert "没有认出题目" in nothing.content.decode()
    assert ">随手写的一句话</textarea>" in nothing.content.decode()


def test_nobody_lets_himself_into_a_paper_that_others_have_written(
    cast: Cast, zhou: Teacher, li: Teacher, wang: Teacher, zhao: Teacher
) -> None:
    facts = TaskFacts(author=wang, reader=zhao, due_on=USED, used_on=USED)
    task = actions.plan_tasks(cast.maths, ["期末卷"], facts, by=zhou, at=MORNING)[0]
    row = Question("1", "周长的意义", "understand", "选择", Decimal(100), Decimal("0.7"))
    actions.set_specification(task, [row], by=wang, at=NOON)
    with pytest.raises(NamesHimself):
        actions.change_task(task, task.title, as_planned(task, author=li), by=li, at=NOON)
    actions.hand_in_paper(task, PDF, name="卷.pdf", by=wang, at=NOON)
    task.refresh_from_db()

    with pytest.raises(NamesHimself):
        actions.change_task(task, task.title, as_planned(task, reader=li), by=li, at=NOON)
    actions.change_task(task, task.title, as_planned(task, reader=li), by=zhou, at=NOON)

    line = TrailLine.objects.filter(verb="question_setting.changed").latest("pk")
    assert line.detail["reader"] == {"from": zhao.name, "to": li.name}


def test_a_handed_in_paper_is_taken_back_until_somebody_has_read_it(
    task: PaperTask, wang: Teacher, zhao: Teacher
) -> None:
    actions.hand_in_paper(task, PDF, name="卷.pdf", by=wang, at=NOON)
    actions.take_back_paper(task, by=wang, at=NOON)

    owed = {one.kind for one in Task.objects.filter(state=Task.State.OPEN)}
    assert owed == {"set_paper"}
    with pytest.raises(WrongPaperState):
        actions.read_paper(task, decision="approved", by=zhao, at=NOON)
    actions.hand_in_paper(task, PDF + b"2", name="卷.pdf", by=wang, at=NOON)
    with pytest.raises(NotAllowed):
        actions.take_back_paper(task, by=zhao, at=NOON)
    actions.read_paper(task, decision="approved", by=zhao, at=NOON)
    with pytest.raises(WrongPaperState):
        actions.take_back_paper(task, by=wang, at=NOON)


def test_the_page_offers_its_author_to_take_the_paper_back(
    client: Client, task: PaperTask, wang: Teacher, zhao: Teacher
) -> None:
    actions.hand_in_paper(task, PDF, name="卷.pdf", by=wang, at=NOON)
    path = reverse("question_setting:take_back", args=[task.uid])
    page = reverse("question_setting:task", args=[task.uid])
    client.force_login(zhao)
    assert path not in client.get(page).content.decode()
    assert client.post(path).status_code == 404
    client.force_login(wang)
    assert path in client.get(page).content.decode()

    assert client.post(path).status_code == 302

    task.refresh_from_db()
    assert task.state == "planned"
