"""Plans and summaries in other layouts, scripts and wordings are read by the same rules."""

import io
import json
from typing import Any

import docx
import pytest

from yanxiu.documents.reading import read
from yanxiu.planning.reading import LABELS, Finding, ReadDocument, as_json, read_documents
from yanxiu.planning.reading.tests import documents


def the_document(data: str | bytes, name: str = "计划.txt") -> ReadDocument:
    (document,) = read_documents(read(data.encode() if isinstance(data, str) else data, name=name))
    return document


def of_kind(document: ReadDocument, kind: str) -> list[Finding]:
    return [finding for finding in document.findings if finding.kind == kind]


def amounts(document: ReadDocument, kind: str = "quota") -> list[tuple[Any, ...]]:
    return [
        (f.name, f.value, f.unit, f.qualifier, f.period, f.per) for f in of_kind(document, kind)
    ]


@pytest.fixture(scope="module")
def plan() -> ReadDocument:
    return the_document(documents.TERM_PLAN)


def test_the_term_is_read_as_stated(plan: ReadDocument) -> None:
    period = plan.period

    assert (plan.kind, plan.title) == ("plan", "2026—2027学年第一学期校本研修工作计划")
    assert (period.kind, period.year, period.season, period.school_year) == (
        "term",
        2026,
        "autumn",
        2026,
    )
    assert not period.inferred


def test_sections_are_the_chapters(plan: ReadDocument) -> None:
    assert [section.number for section in plan.sections] == list("一二三四五六七")
    assert plan.sections[1].title == "工作目标"


def test_quotas_know_amount_period_and_circle(plan: ReadDocument) -> None:
    assert amounts(plan) == [
        ("听课", 20, "节", "at_least", "term", "teacher"),
        ("教学反思", 5, "篇", "at_least", "term", "teacher"),
        ("公开课", 1, "节", "exact", "term", "teacher"),
        ("汇报课", 1, "节", "exact", "term", "青年教师"),
        ("专题讲座", 1, "次", "exact", "school_year", "骨干教师"),
        ("读书", 1, "本", "exact", "term", "teacher"),
        ("读书笔记", 2, "篇", "exact", "term", "teacher"),
    ]


def test_rhythms_are_told_from_weekdays(plan: ReadDocument) -> None:
    assert [(f.name, f.value, f.period) for f in of_kind(plan, "rhythm")] == [
        ("集中学习", 1, "two_weeks"),
        ("教研组活动", 1, "week"),
    ]


def test_times_of_groups_are_read_from_running_text(plan: ReadDocument) -> None:
    assert {f.name: f.value for f in of_kind(plan, "slot")} == {
        "语文组": {"weekday": 2, "half_day": None, "lesson": 7},
        "英语组": {"weekday": 2, "half_day": None, "lesson": 7},
        "数学组": {"weekday": 4, "half_day": "afternoon", "lesson": 2},
        "体育组": None,
    }


def test_the_calendar_is_read_from_run_in_and_separate_months(plan: ReadDocument) -> None:
    assert [(f.name, f.period) for f in of_kind(plan, "schedule")] == [
        ("制订研修计划", "2026-09"),
        ("召开启动会", "2026-09"),
        ("骨干教师示范课", "2026-10"),
        ("10月15日开展联片教研", "2026-10"),
        ("青年教师赛课", "2026-11"),
        ("阶段小结", "2026-11"),
        ("撰写总结", "2027-01"),
    ]
    assert of_kind(plan, "schedule")[3].value == {"month": 10, "ordinal_in_month": 2, "day": 15}


def test_leaders_targets_and_credit_rules_are_read(plan: ReadDocument) -> None:
    roles = {f.name: f.value for f in of_kind(plan, "role")}

    assert roles["组长"] == {"post": "校长", "name": "林知远", "duty": None}
    assert roles["副组长"] == {"post": "教导主任", "name": "何静", "duty": "负责日常管理"}
    assert roles["superior"] == "区教师发展中心"
    assert [(f.name, f.value) for f in of_kind(plan, "target")] == [("优课率", 80)]
    assert [(f.name, f.value) for f in of_kind(plan, "credit")] == [
        ("每次学时", 2),
        ("每学年最低学时", 40),
    ]


def test_gb18030_gives_the_same(plan: ReadDocument) -> None:
    assert the_document(documents.TERM_PLAN.encode("gb18030")) == plan


def test_a_word_plan_with_counted_numbers_and_tables() -> None:
    plan = the_document(documents.a_word_plan(), "计划.docx")

    assert [section.title for section in plan.sections] == ["研训目标", "研训内容", "月份安排"]
    assert [f.name for f in of_kind(plan, "content")] == ["单元整体设计", "作业设计"]
    assert amounts(plan) == [("听课", 15, "节", "at_least", "term", "teacher")]
    months = [(f.name, f.value) for f in of_kind(plan, "schedule")]
    assert [name for name, _ in months] == ["制订计划", "启动会", "读书分享", "校级公开课"]
    assert months[2][1] == {"month": 3, "ordinal_in_month": 3, "owner": "语文组"}
    assert [(f.name, f.value) for f in of_kind(plan, "slot")] == [
        ("语文组", {"weekday": 3, "half_day": "afternoon", "lesson": 1}),
        ("数学组", {"weekday": 4, "half_day": "morning"}),
    ]


def test_placeholders_become_gaps_and_never_values() -> None:
    plan = the_document(documents.GROUP_PLAN)

    gaps = of_kind(plan, "placeholder")
    assert [(f.name, f.unit, f.line) for f in gaps] == [
        ("学校", None, 1), ("反思", "篇", 2), ("听课", "节", 2), ("主持", None, 5),
    ]  # fmt: skip
    assert all(f.value is None for f in gaps)
    assert amounts(plan) == [
        ("听课", 1, "节", "at_least", "week", "teacher"),
        ("听课", 18, "节", "at_least", "term", "teacher"),
    ]


def test_headings_without_numbers_and_bare_months_are_understood() -> None:
    plan = the_document(documents.GROUP_PLAN)

    assert [section.title for section in plan.sections] == ["工作重点", "具体工作安排"]
    assert [f.name for f in of_kind(plan, "schedule")] == ["开学工作", "期初会议", "听推门课"]
    assert of_kind(plan, "slot") == []


def test_a_summary_tells_what_was_done_and_what_is_missing() -> None:
    summary = the_document(documents.SUMMARY)

    assert (summary.kind, summary.period.kind, summary.period.year) == ("summary", "year", 2025)
    assert [(f.name, f.value, f.unit, f.qualifier) for f in of_kind(summary, "quantity")] == [
        ("专题讲座", 6, "场", "exact"),
        ("听评课", 120, "节", "more_than"),
        ("教师获奖", 30, "人次", "about"),
    ]
    assert [f.name for f in of_kind(summary, "problem")] == ["研讨深度不够", "青年教师培养有待加强"]
    assert [(f.name, f.value, f.unit) for f in of_kind(summary, "placeholder")] == [
        ("报告", None, "场")
    ]


def test_every_finding_leads_back_to_its_line(plan: ReadDocument) -> None:
    lines = documents.TERM_PLAN.split("\n")

    assert plan.findings
    for finding in plan.findings:
        assert finding.text == lines[finding.line - 1].strip()
        assert finding.kind in LABELS


def test_the_json_has_the_published_keys(plan: ReadDocument) -> None:
    shape = json.loads(json.dumps(as_json((plan,))))["documents"][0]

    promised = {"kind", "title", "lines", "period", "sections", "findings"}
    assert set(shape) == promised | {"metadata", "notes"}
    keys = {"kind", "name", "value", "unit", "qualifier", "period", "line", "text", "inferred"}
    for finding in shape["findings"]:
        assert set(finding) - {"per"} == keys
        assert ("per" in finding) == (finding["kind"] == "quota")


@pytest.mark.parametrize("text", ["", "\n\n", "会议通知\n请各组长参加。", "无关的文字，没有数字。"])
def test_nothing_is_invented_from_nothing(text: str) -> None:
    found = read_documents(read(text.encode(), name="a.txt"))

    assert [finding for document in found for finding in document.findings] == []


def test_a_word_file_without_a_word_holds_no_document() -> None:
    page = io.BytesIO()
    docx.Document().save(page)

    assert read_documents(read(page.getvalue(), name="空.docx")) == ()
