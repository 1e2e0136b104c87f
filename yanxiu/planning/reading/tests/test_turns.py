"""Paragraphs that turn to problems and wishes, labels with a kind of their own, deadlines."""

import pytest

from yanxiu.documents.reading import read
from yanxiu.planning.reading import Finding, ReadDocument, read_documents

SUMMARY = """梧桐路小学语文组2027年春季学期工作汇报
全组坚持活动，本学期一共活动了17次。
当然，问题也是明摆着的。集体备课时，有的老师只带耳朵不带嘴；老教师用新平台不熟练。下学期我们想抓两件事：把发言轮流制定下来；请信息组做两次培训。
研修始终从教学的真实问题出发。通过问卷调查找准主题。
"""
PLAN = """九年级备考工作推进表
梧桐中学　　2026—2027学年
一轮复习（2月—3月）：夯实基础
▲目标：课本知识过关，得分率提高10个百分点。
▲责任人：莫主任。
保障：
⑴备课组长于周五前上传记录。
⑵考勤由翁老师负责。
⑶听课：35周岁以上12节，35周岁以下18节，每次1小时。
"""


@pytest.fixture
def summary() -> ReadDocument:
    (document,) = read_documents(read(SUMMARY.encode(), name="汇报.txt"))
    return document


@pytest.fixture
def plan() -> ReadDocument:
    (document,) = read_documents(read(PLAN.encode(), name="表.txt"))
    return document


def of(document: ReadDocument, kind: str, line: int) -> list[Finding]:
    return [found for found in document.findings if (found.kind, found.line) == (kind, line)]


def test_what_a_paragraph_confesses_are_problems_up_to_what_is_to_come(
    summary: ReadDocument,
) -> None:
    assert [f.value for f in of(summary, "problem", 3)] == [
        "集体备课时，有的老师只带耳朵不带嘴",
        "老教师用新平台不熟练",
    ]
    assert "把发言轮流制定下来" in [f.value for f in of(summary, "content", 3)]
    assert of(summary, "quantity", 3) == []


def test_work_that_starts_from_problems_confesses_none(summary: ReadDocument) -> None:
    assert of(summary, "problem", 4) == []


def test_a_table_of_the_first_line_is_the_title_and_the_school_below_it_known(
    plan: ReadDocument,
) -> None:
    assert plan.title == "九年级备考工作推进表"
    assert [(f.name, f.value) for f in plan.metadata if f.name == "school"] == [
        ("school", "梧桐中学")
    ]


def test_a_label_says_what_its_paragraph_is(plan: ReadDocument) -> None:
    assert [f.value for f in of(plan, "goal", 4)] == ["课本知识过关，得分率提高10个百分点"]
    assert [(f.value, f.unit) for f in of(plan, "target", 4)] == [(10, "个百分点")]
    assert [f.name for f in of(plan, "role", 5)] == ["责任人"]


def test_a_deadline_on_a_weekday_is_no_weekly_time(plan: ReadDocument) -> None:
    assert of(plan, "slot", 7) == []
    assert [f.name for f in of(plan, "role", 8)] == ["翁老师"]


def test_an_age_is_a_circle_and_an_hour_each_time_no_rhythm(plan: ReadDocument) -> None:
    assert [(f.name, f.value, f.per) for f in of(plan, "quota", 9)] == [
        ("听课", 12, "35周岁以上"),
        ("听课", 18, "35周岁以下"),
    ]
    assert of(plan, "rhythm", 9) == []
