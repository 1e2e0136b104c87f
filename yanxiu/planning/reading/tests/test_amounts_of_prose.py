"""Amounts in running text keep their own period, circle and name, whatever stands beside them."""

from typing import Any

import pytest

from yanxiu.documents.reading import read
from yanxiu.planning.reading import ReadDocument, read_documents

PLAN = "云桥小学2026年春学期教研工作计划\n一、具体工作\n"
SUMMARY = "云桥小学2026年教研工作总结\n一、主要做法\n"


def the_document(head: str, text: str) -> ReadDocument:
    (document,) = read_documents(read(f"{head}{text}\n".encode(), name="文.txt"))
    return document


def amounts(head: str, text: str, *kinds: str) -> list[tuple[Any, ...]]:
    return [
        (f.name, f.value, f.period, f.per) for f in the_document(head, text).findings
        if f.kind in kinds
    ]  # fmt: skip


@pytest.mark.parametrize("head", [PLAN, SUMMARY])
def test_duties_of_others_in_one_sentence_go_on_with_its_period(head: str) -> None:
    text = "规定校长每学期听课不少于40节，副校长、教导主任不少于50节，教师20节以上。"

    assert amounts(head, text, "quota", "quantity") == [
        ("听课", 40, "term", "校长"),
        ("听课", 50, "term", "副校长、教导主任"),
        ("听课", 20, "term", "teacher"),
    ]


def test_the_duty_behind_a_semicolon_goes_on_too() -> None:
    text = "每位教师每学期听课不少于20节，其中跨学科听课不少于2节；行政领导不少于30节。"

    assert amounts(PLAN, text, "quota")[-1] == ("听课", 30, "term", "行政领导")


def test_each_of_a_series_has_a_period_of_its_own() -> None:
    text = "课题管理做到“三个一”：每学期一份计划、每月一次活动、每年一次汇报。"

    assert amounts(SUMMARY, text, "quota", "rhythm") == [
        ("计划", 1, "term", None),
        ("活动", 1, "month", None),
        ("汇报", 1, "year", None),
    ]


def test_each_check_of_a_series_is_a_rhythm() -> None:
    text = "采用“三查”的方式，即每周自查、每月互查、每学期普查；平时做到周查教案，月查作业。"

    rhythms = [(name, period) for name, _, period, _ in amounts(SUMMARY, text, "rhythm")]
    assert rhythms == [
        ("自查", "week"), ("互查", "month"), ("普查", "term"), ("查教案", "week"),
        ("查作业", "month"),
    ]  # fmt: skip


def test_what_falls_due_at_the_end_of_term_is_not_monthly() -> None:
    text = "徒弟每月写教学随笔1篇，学期末上好一节汇报课。"

    assert amounts(PLAN, text, "quota") == [
        ("教学随笔", 1, "month", "徒弟"),
        ("汇报课", 1, "term", "徒弟"),
    ]


def test_a_number_is_never_told_under_the_name_of_the_one_before() -> None:
    text = "示范课12节，过关课41节，人人参与的“一人一课”93节，全年共计146节。"

    told = [(name, value) for name, value, *_ in amounts(SUMMARY, text, "quantity")]
    assert told == [("示范课", 12), ("过关课", 41), ("一人一课", 93), ("共计", 146)]


def test_of_a_rise_only_what_was_reached_is_told() -> None:
    text = "期末平均分由82.4分提高到87.6分，优秀率从42%上升到55%。"

    told = [(name, float(value)) for name, value, *_ in amounts(SUMMARY, text, "quantity")]
    assert told == [("期末平均分", 87.6), ("优秀率", 55.0)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("本年度全镇有县级课题7个。", "县级课题"),
        ("配备了专职教研员3名。", "专职教研员"),
        ("将全镇11所学校划分为东、西、中三个片区。", "学校"),
        ("教师撰写的论文有13篇在市级以上刊物发表。", "论文"),
        ("在国家级刊物发表论文11篇。", "国家级刊物论文"),
        ("选派骨干教师42人次外出学习。", "骨干教师外出学习"),
        ("组内听课28节，人均听课14节。", "人均听课"),
        ("现有市级课题《甲法研究》和《乙法研究》两项。", "市级课题"),
        ("应查教师64人。", "应查教师"),
    ],
)
def test_a_claim_is_named_by_what_was_counted(text: str, name: str) -> None:
    assert name in [found for found, *_ in amounts(SUMMARY, text, "quantity")]


def test_how_many_there_are_is_no_demand_in_a_plan() -> None:
    assert amounts(PLAN, "本组共有教龄五年以下青年教师7人。", "quantity", "quota") == [
        ("教龄五年以下青年教师", 7, None, None)
    ]


def test_cells_about_somebody_are_read_as_sentences_about_them() -> None:
    rows = "<tr><th>项目</th><th>师傅</th><th>徒弟</th></tr>"
    rows += "<tr><td>听课</td><td>每学期听徒弟课不少于8节</td><td>每学期听课不少于16节</td></tr>"
    rows += "<tr><td>备课</td><td>每周审阅教案1次</td><td>提前三天交师傅审阅</td></tr>"
    page = f"<h1>云桥小学师徒结对计划</h1><p>一、职责</p><table>{rows}</table>"

    (document,) = read_documents(read(page.encode(), name="计划.html"))

    quotas = [(f.value, f.period, f.per) for f in document.findings if f.kind == "quota"]
    assert quotas == [(8, "term", "师傅"), (16, "term", "徒弟"), (1, "week", "师傅")]
    assert [f.value for f in document.findings if f.kind == "rule"] == ["提前三天交师傅审阅"]


def test_hours_are_named_by_what_stands_before_them() -> None:
    text = "师德教育　6学时\n岗前培训不少于120学时。\n校本研训每学年不少于6学分。"

    credits_ = [f.name for f in the_document(PLAN, text).findings if f.kind == "credit"]
    assert credits_ == ["师德教育", "岗前培训·最低学时", "校本研训·每学年最低学分"]


def test_years_listed_by_their_numbers_have_a_theme_each() -> None:
    themes = [
        f.value
        for f in the_document(PLAN, "2026年：课堂观察\n2027年：作业设计").findings
        if f.kind == "theme"
    ]

    assert themes == [
        {"year": 1, "content": "课堂观察", "credits": None},
        {"year": 2, "content": "作业设计", "credits": None},
    ]


def test_each_group_keeps_its_own_rhythm() -> None:
    rhythms = amounts(PLAN, "语文组每月两次在周一下午活动，数学组两周一次。", "rhythm")

    assert [(name, value, period) for name, value, period, _ in rhythms] == [
        ("语文组", 2, "month"),
        ("数学组", 1, "two_weeks"),
    ]


def test_how_long_a_meeting_takes_is_no_demand_for_so_many() -> None:
    text = "每周一次集体备课，每次不少于90分钟。\n每天自主阅读不少于30分钟。"

    assert amounts(PLAN, text, "quota", "quantity") == [
        ("每次时长", 90, None, None),
        ("自主阅读", 30, "day", None),
    ]


def test_whose_lessons_are_heard_is_not_who_hears_them() -> None:
    text = "师傅：每学期听徒弟课不少于10节，上示范课2节。徒弟：每学期听师傅课不少于15节。"

    assert [(value, per) for _, value, _, per in amounts(PLAN, text, "quota")] == [
        (10, "师傅"),
        (2, "师傅"),
        (15, "徒弟"),
    ]


def test_a_report_written_once_is_not_written_every_month() -> None:
    text = "课题组每月开展一次研讨，撰写阶段报告2份。"

    assert amounts(SUMMARY, text, "rhythm", "quantity") == [
        ("课题组研讨", 1, "month", None),
        ("阶段报告", 2, None, None),
    ]


def test_within_a_year_ends_what_was_monthly() -> None:
    text = "每月一次沙龙，一年内读3本书、写10篇反思。"

    quotas = [(value, period) for _, value, period, _ in amounts(PLAN, text, "quota")]
    assert quotas == [(3, "year"), (10, "year")]
