"""Plans filled into forms and tables of tasks are read like text, each cell by its label."""

import io

import pytest
from docx import Document

from yanxiu.documents.reading import read
from yanxiu.planning.reading import Finding, ReadDocument, read_documents
from yanxiu.planning.reading.tests.documents import table

FORM = (
    ("学期", "2026—2027学年第一学期"),
    ("组长", "唐老师"),
    ("工作目标", "1.人人会设计任务单。\n2.合格率达到98%以上。"),
    ("常规要求", "每位组员每学期：听课15节以上；上研究课1节。"),
    ("活动时间", "每周四上午第二节"),
)
TASKS = (
    ("目标", "策略", "成功标准", "完成时间", "负责人"),
    ("加强同伴观课", "全年每位教师观课最少2次", "90%教师完成观课", "6月前", "副校长"),
)
CALENDAR = (("周次", "活动主题", "主备（讲）人"), ("3", "读书分享", "陶老师"))


def a_plan(*tables: tuple[tuple[str, ...], ...]) -> ReadDocument:
    document = Document()
    document.add_paragraph("东塘小学综合组教研工作计划")
    for rows in tables:
        table(document, rows)
        document.add_paragraph("")
    stream = io.BytesIO()
    document.save(stream)
    (plan,) = read_documents(read(stream.getvalue(), name="计划.docx"))
    return plan


def of(plan: ReadDocument, kind: str) -> list[Finding]:
    return [found for found in plan.findings if found.kind == kind]


def test_a_form_has_its_labels_as_sections_and_its_cells_as_text() -> None:
    plan = a_plan(FORM)

    assert [s.title for s in plan.sections] == ["工作目标", "常规要求", "活动时间"]
    assert [f.value for f in of(plan, "goal")] == ["人人会设计任务单", "合格率达到98%以上"]
    assert [(f.name, f.value, f.period, f.per) for f in of(plan, "quota")] == [
        ("听课", 15, "term", "teacher"),
        ("研究课", 1, "term", "teacher"),
    ]
    assert of(plan, "slot")[0].value == {"weekday": 4, "half_day": "morning", "lesson": 2}
    assert of(plan, "role")[0].name == "组长"


def test_the_calendar_below_a_form_stays_one_and_names_who_prepares() -> None:
    (item,) = of(a_plan(FORM, CALENDAR), "schedule")

    assert item.value == {"week": 3, "ordinal_in_week": 1, "owner": "陶老师"}


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        ("goal", "加强同伴观课", "加强同伴观课"),
        ("quota", "观课", 2),
        ("rule", "90%教师完成观课", None),
    ],
)
def test_a_table_of_tasks_is_read_by_its_columns(kind: str, name: str, value: object) -> None:
    (found,) = of(a_plan(TASKS), kind)

    assert found.name == name
    assert value is None or found.value == value


def test_a_column_of_numbers_under_a_word_for_aims_is_no_goal() -> None:
    rows = (("项目", "目标", "完成时间"), ("听课", "24", "六月"), ("研究课", "", "六月"))

    assert of(a_plan(rows), "goal") == []


def test_a_task_to_be_done_before_a_month_stands_in_the_calendar() -> None:
    (item,) = of(a_plan(TASKS), "schedule")

    assert isinstance(item.value, dict)
    assert (item.value["month"], item.value["owner"]) == (6, "副校长")
