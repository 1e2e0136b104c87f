"""What has the shape of a plan's item is read whatever its words are, once, and nothing else."""

from collections import Counter

import pytest

from yanxiu.documents.reading import read
from yanxiu.planning.reading import Finding, ReadDocument, read_documents
from yanxiu.texts.keys import key

PLAN = """云桥小学2026年春学期教研工作计划
一、日常工作
1．登山观星，记下所见。
2．教科室每季度通报一次，每学期评选“观星能手”3名。
二、分工
教导处：制定计划，组织实施。
三、听课
校长、教导主任每学期听课分别不少于40节、30节。
四、月历
2026年3月：启动会
4月 展示周
云桥小学教导处
2026年2月20日
"""

UNNUMBERED = """我的成长计划
自我诊断
不足：表达不够清楚；很少动笔。
努力目标
三年内成为校级骨干教师，形成自己的风格。
具体做法
每周读书一小时，写下三百字的心得，月末整理一遍。
"""


@pytest.fixture
def plan() -> ReadDocument:
    (document,) = read_documents(read(PLAN.encode(), name="计划.txt"))
    return document


def on(document: ReadDocument, line: int) -> list[Finding]:
    return [found for found in document.findings if found.line == line]


def test_an_item_in_words_nobody_knows_is_told_whole(plan: ReadDocument) -> None:
    assert [(found.kind, found.value) for found in on(plan, 3)] == [
        ("content", "登山观星，记下所见")
    ]


def test_a_quarter_is_a_period_of_its_own(plan: ReadDocument) -> None:
    assert ("通报", 1, "quarter") in [(f.name[-2:], f.value, f.period) for f in on(plan, 4)]


def test_a_body_and_its_duties_after_a_colon_are_a_role(plan: ReadDocument) -> None:
    (duty,) = [found for found in on(plan, 6) if found.kind == "role"]
    assert duty.value == {"post": "教导处", "name": None, "duty": "制定计划，组织实施"}


def test_amounts_told_respectively_are_each_for_their_own(plan: ReadDocument) -> None:
    quotas = [(f.per, f.value, f.qualifier) for f in on(plan, 8) if f.kind == "quota"]
    assert quotas == [("校长", 40, "at_least"), ("教导主任", 30, "at_least")]


def test_the_signature_below_a_calendar_is_nothing_planned(plan: ReadDocument) -> None:
    planned = [(f.name, f.period) for f in plan.findings if f.kind == "schedule"]
    assert planned == [("启动会", "2026-03"), ("展示周", "2026-04")]


def test_the_same_words_of_a_line_are_told_under_one_kind(plan: ReadDocument) -> None:
    texts = [
        (found.line, key(found.value))
        for found in plan.findings
        if isinstance(found.value, str) and found.kind in {"rule", "content", "outcome", "form"}
    ]
    assert [text for text, times in Counter(texts).items() if times > 1] == []


def test_a_document_that_numbers_nothing_has_chapters_all_the_same() -> None:
    (document,) = read_documents(read(UNNUMBERED.encode(), name="计划.txt"))

    assert [section.title for section in document.sections] == ["自我诊断", "努力目标", "具体做法"]
    assert [f.value for f in document.findings if f.kind == "problem"] == [
        "表达不够清楚",
        "很少动笔",
    ]
