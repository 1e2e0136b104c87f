"""Unusual wordings: parts instead of chapters, a lesson clock, five ones, conversions, weeks."""

from typing import Any

import pytest

from yanxiu.documents.reading import read
from yanxiu.planning.reading import Period, ReadDocument, read_documents
from yanxiu.planning.reading.tests.documents import REPORT, SCHEME


def values(document: ReadDocument, kind: str) -> list[tuple[str, Any]]:
    return [(f.name, f.value) for f in document.findings if f.kind == kind]


@pytest.fixture(scope="module")
def scheme() -> ReadDocument:
    (document,) = read_documents(read(SCHEME.encode(), name="方案.txt"))
    return document


@pytest.fixture(scope="module")
def report() -> ReadDocument:
    (document,) = read_documents(read(REPORT.encode(), name="总结.txt"))
    return document


def test_lists_inside_a_line_and_a_sentence_are_taken_apart(scheme: ReadDocument) -> None:
    forms, contents = values(scheme, "form"), values(scheme, "content")

    assert [name for name, _ in forms] == ["集中培训", "校际交流", "自主学习"]
    assert [name for name, _ in contents[:3]] == ["师德师风", "新课标解读", "信息技术应用"]


def test_times_know_their_clock_their_lesson_and_their_group(scheme: ReadDocument) -> None:
    assert values(scheme, "slot") == [
        ("全校集中学习", {"weekday": 4, "half_day": "afternoon", "time": "16:00"}),
        ("低段语文组", {"weekday": 1, "half_day": "morning", "lesson": 3}),
        ("高段组", {"weekday": 5, "half_day": None}),
    ]


def test_each_of_the_five_ones_is_a_quota(scheme: ReadDocument) -> None:
    quotas = [(f.name, f.value, f.per) for f in scheme.findings if f.kind == "quota"]

    assert quotas[:5] == [(n, 1, "teacher") for n in ("读书", "优质课", "论文", "专题发言", "试卷")]
    assert quotas[5:7] == [("听课", 30, "teacher"), ("听课", 40, "行政领导")]


def test_conversions_are_told_from_requirements(scheme: ReadDocument) -> None:
    assert dict(values(scheme, "credit")) == {
        "学分折算": {"hours": 10, "credits": 1},
        "学时折算": {"minutes": 45, "hours": 1},
        "每学年学时": 72,
        "校本研修·最低学时": 24,
    }


def test_weeks_and_parts_of_months_stand_in_the_calendar(scheme: ReadDocument) -> None:
    items = [(f.name, f.value, f.period) for f in scheme.findings if f.kind == "schedule"]

    assert items[1] == ("新教师见面课", {"week": 2, "ordinal_in_week": 1, "to_week": 3}, None)
    part = {"month": 9, "ordinal_in_month": 1, "part": "中旬"}
    assert items[3] == ("师徒结对", part, "2027-09")
    assert items[-1][2] == "2028-01"
    assert values(scheme, "project")[0][0] == "乡村小学作业分层设计的实践研究"


def test_the_day_of_signing_tells_the_year_and_is_marked_as_inferred(report: ReadDocument) -> None:
    assert report.period == Period("term", 2027, "autumn", 2027, inferred=True)


def test_counts_are_whole_numbers_even_with_a_comma_inside(report: ReadDocument) -> None:
    counts = [(f.value, f.unit) for f in report.findings if f.kind == "quantity"]

    assert (1260, "学时") in counts
    assert (260, "学时") not in counts
    assert (30, "节") in counts


def test_weaknesses_lose_their_counting_words(report: ReadDocument) -> None:
    assert [name for name, _ in values(report, "problem")] == [
        "理论学习不够深入",
        "部分教师参与积极性不高",
    ]


def test_a_year_that_ends_in_six_is_no_plan_of_six_years() -> None:
    text = "清河小学2026年秋季校本研修计划\n一、工作目标\n每位教师每两周听课1节。"

    (plan,) = read_documents(read(text.encode(), name="计划.txt"))

    assert plan.period == Period("term", 2026, "autumn", 2026)


def test_a_weekday_is_no_number_of_weeks() -> None:
    text = "数学组教研计划\n一、活动时间\n每周二上午第三、四节为本组教研时间。"

    (plan,) = read_documents(read(text.encode(), name="计划.txt"))

    assert {f.kind for f in plan.findings} == {"slot"}
