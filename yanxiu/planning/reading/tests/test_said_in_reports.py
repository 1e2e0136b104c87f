"""What reports and plain plans say in passing: who leads, the theme, the year to come."""

import pytest

from yanxiu.planning.reading.tests.test_said_in_passing import rows
from yanxiu.planning.reading.tests.test_tables_and_turns_of_speech import (
    PLAN,
    SUMMARY,
    the_document,
    told,
)


@pytest.mark.parametrize(
    "said",
    [
        "本学期以“向常态课要质量”为主题开展教研。",
        "本学期把“向常态课要质量”作为研修主题。",
    ],
)
def test_what_a_term_is_about_is_a_theme(said: str) -> None:
    ((_name, value, _unit, _period),) = told(PLAN, said, "theme")

    assert value == {"year": None, "content": "向常态课要质量", "credits": None}


def test_who_runs_the_work_is_named_with_post_and_duty() -> None:
    said = "本学期教研工作由副校长文秋白分管、教科室主任利思远具体负责，各组落实。"
    roles = [value for _name, value, _unit, _period in told(SUMMARY, said, "role")]

    assert {"post": "副校长", "name": "文秋白", "duty": "分管"} in roles
    assert {"post": "教科室主任", "name": "利思远", "duty": "具体负责"} in roles
    alone = told(SUMMARY, "本项工作由校长亲自分管。", "role")
    assert [value for _n, value, _u, _p in alone if value["name"]] == []


def test_who_takes_whom_is_a_pair() -> None:
    said = "师傅带徒弟：\n段长青带梅小舟，韦国栋带冉苗苗。师徒每周互听一节课。"
    pairs = [value for name, value, _u, _p in told(PLAN, said, "role") if name == "师徒"]

    assert [(one["name"], one["duty"]) for one in pairs] == [
        ("段长青", "带教梅小舟"), ("韦国栋", "带教冉苗苗"),
    ]  # fmt: skip


def test_the_day_on_which_a_paper_was_made_is_no_date_of_a_schedule() -> None:
    said = "学校：青阳湖实验学校　　备课组长：屈又蓝　　制定日期：2026年2月29日"

    assert not told(PLAN, said, "schedule")


def test_what_somebody_said_last_term_is_not_asked_for() -> None:
    assert not told(PLAN, "上学期镇中心校反馈了三条意见，我们逐条对照。", "quota", "rhythm")


def test_persons_and_what_they_answer_for_stand_in_a_table_without_posts() -> None:
    page = rows(
        "云桥小学2026年春学期化学备课组工作计划", "姓名|职责|主备单元",
        "屈又蓝|全面负责|第1单元", "边疏桐|学历案汇编|第2单元",
    )  # fmt: skip
    found = [f for f in the_document("", page, "文.html").findings if f.kind != "placeholder"]

    assert [(f.kind, f.name) for f in found] == [("role", "屈又蓝"), ("role", "边疏桐")]


def test_the_work_of_a_later_year_in_a_report_is_to_come() -> None:
    head = "云桥县2024年度校本研修工作的总结\n一、做法\n办了活动。\n二、2025年工作重点\n"
    said = "1．教师学分合格率达98%以上。"

    assert [(value, unit) for _n, value, unit, _p in told(head, said, "target")] == [(98, "%")]


def test_credits_that_a_report_says_were_laid_down_are_rules() -> None:
    said = "修订《研修学分认定办法》，规定每6学时折合1学分，县级公开课每节计2学分。"
    laid_down = [value for _n, value, _u, _p in told(SUMMARY, said, "credit")]

    assert {"hours": 6, "credits": 1} in laid_down
    assert 2 in laid_down
    assert not told(SUMMARY, "经审核，全体教师共取得420学分。", "credit")


def test_what_a_report_has_seen_is_a_list_of_problems_up_to_what_is_to_come() -> None:
    said = (
        "当然，我们也看到：积分制带来了“为分而研”的倾向；班级的培养缺少个性化方案；"
        "数据还停留在纸质阶段。下学年，我们将优化积分办法。"
    )
    problems = [value for _n, value, _u, _p in told(SUMMARY, said, "problem")]

    assert problems == [
        "积分制带来了“为分而研”的倾向", "班级的培养缺少个性化方案", "数据还停留在纸质阶段",
    ]  # fmt: skip


def test_how_many_stand_in_each_row_is_counted_by_what_stands_first() -> None:
    page = rows(
        "云桥小学2026年教研工作总结", "队伍|对象|人数", "青苗班|新教师|38人", "繁花班|骨干|19人"
    )
    found = [f for f in the_document("", page, "文.html").findings if f.kind == "quantity"]

    assert [(f.name, f.value, f.unit) for f in found] == [
        ("青苗班", 38, "人"),
        ("繁花班", 19, "人"),
    ]


def test_what_is_set_as_a_heading_is_one_heading() -> None:
    page = "<h1>云桥小学2026年教研工作总结</h1><h3>一项制度：研修有保障</h3><p>修订了办法。</p>"
    document = the_document("", page, "文.html")

    assert [section.title for section in document.sections] == ["一项制度：研修有保障"]
