"""What summaries say of people, prizes, years gone by and months to come."""

from typing import Any

from yanxiu.planning.reading.tests.test_said_in_passing import rows, values
from yanxiu.planning.reading.tests.test_tables_and_turns_of_speech import (
    PLAN,
    SUMMARY,
    the_document,
    told,
)

AHEAD = "云桥小学2026年教研工作总结\n一、主要做法\n组织了教研活动。\n二、下学期我们想这样走\n"


def on_page(page: str, *kinds: str) -> list[tuple[str, Any]]:
    findings = the_document("", page, "文.html").findings
    return [(found.name, found.value) for found in findings if found.kind in kinds]


def test_a_motto_above_a_subtitle_is_the_title_and_the_subtitle_says_what_it_is() -> None:
    menu = "".join(f'<li><a href="/{n}">栏目{n}</a></li>' for n in "甲乙丙")
    page = (
        f"<ul>{menu}</ul><h1>蹲下来，看见花开</h1>"
        "<h2>——柳湾镇幼儿园2026年秋学期园本研修工作总结</h2><p>本学期开展大教研5次。</p>"
    )
    document = the_document("", page, "文.html")

    assert (document.kind, document.title) == ("summary", "蹲下来，看见花开")
    assert (document.period.season, document.period.school_year) == ("autumn", 2026)
    assert [f.value for f in document.findings if f.kind == "quantity"] == [5]


def test_a_list_with_words_beside_its_links_is_text() -> None:
    links = "".join(f'<li><a href="/{n}">共读{n}</a>每人一本。</li>' for n in "甲乙丙")
    document = the_document("", f"<h1>云桥小学2026年工作总结</h1><ul>{links}</ul>", "文.html")

    assert any("共读甲" in f.text for f in document.findings)


def test_what_was_once_is_no_number_of_now() -> None:
    said = (
        "上线率91.3%，去年是85.7%，论文9篇（去年7篇）。"
        "原来要求每位老师每周写观察记录2篇，现在每月写2篇。"
    )

    assert [str(value) for value, _u, _p in values(SUMMARY, said, "quantity")] == ["91.3", "9"]
    asked = values(SUMMARY, said, "quota", "rhythm")
    assert "week" not in {period for _v, _u, period in asked}


def test_copies_of_a_letter_are_no_quota() -> None:
    said = "抄送：县教师进修学校，镇人民政府。　　共印20份"

    assert not values(SUMMARY, said, "quota", "quantity")


def test_leaders_are_read_with_their_posts_wherever_the_sentence_stands() -> None:
    said = (
        "调整了领导小组，组长由校长庞立勤担任，副组长为分管副校长施月华，"
        "由教科室主任阮少川负责日常工作。"
    )
    roles = told(SUMMARY, said, "role")
    named = {value["name"] for _n, value, _u, _p in roles if isinstance(value, dict)}

    assert {"庞立勤", "施月华", "阮少川"} <= named


def test_labels_inside_a_sentence_name_leaders() -> None:
    said = "成立工作小组，组长：程月仙（园长）；副组长：翁晓棠（业务园长）；组员：各年级组长。"
    roles = [(name, value.get("name")) for name, value, _u, _p in told(SUMMARY, said, "role")]

    assert ("组长", "程月仙") in roles
    assert ("副组长", "翁晓棠") in roles


def test_a_table_of_small_groups_names_who_leads_them_and_when() -> None:
    page = rows(
        "柳湾镇幼儿园2026年秋学期工作总结",
        "小组|负责人|时间",
        "小班组|殷小禾|单周周一 12:30",
        "新教师成长营|翁晓棠|双周周四 16:30",
    )
    assert [(name, value["name"]) for name, value in on_page(page, "role")] == [
        ("小班组负责人", "殷小禾"), ("新教师成长营负责人", "翁晓棠"),
    ]  # fmt: skip
    assert [(name, value["weekday"]) for name, value in on_page(page, "slot")] == [
        ("小班组", 1), ("新教师成长营", 4),
    ]  # fmt: skip


def test_a_table_of_prizes_gives_an_award_for_each_row() -> None:
    page = rows(
        "云桥小学2026年教研工作总结",
        "获奖人|项目|等级|颁奖单位",
        "莫家声|市技能大赛汽修赛项|一等奖|市教育局",
        "周启明|同上|三等奖|市教育局",
        "蓝少梅|县教学能力比赛|____|县教育局",
    )
    assert [value for _name, value in on_page(page, "award")] == [
        "市技能大赛汽修赛项一等奖", "市技能大赛汽修赛项三等奖",
    ]  # fmt: skip
    assert not on_page(page, "content", "rule")


def test_months_to_come_are_a_schedule_and_months_gone_by_are_none() -> None:
    said = "三月申报微课题，四月举办开放周，五月师徒同台展示。"
    ahead = [(name, value["month"]) for name, value, _u, _p in told(AHEAD, said, "schedule")]

    assert ahead == [("申报微课题", 3), ("举办开放周", 4), ("师徒同台展示", 5)]
    assert not told(SUMMARY, said, "schedule")


def test_a_list_under_what_is_not_good_enough_is_problems_to_its_end() -> None:
    said = (
        "二、还不满意的地方\n静下心来想，问题也不少：\n"
        "1.观察记录“流水账”多，分析“贴标签”，对《指南》不熟；\n"
        "2.三个园区研修不同步，有3次大教研未能参加；\n"
        "3.保育员基本游离在研修之外；\n4.个别老师“只带耳朵不带嘴”。"
    )
    found = [name for name, _v, _u, _p in told(SUMMARY, f"开展了活动。\n{said}", "problem")]

    assert "保育员基本游离在研修之外" in found
    assert "个别老师“只带耳朵不带嘴”" in found


def test_how_often_one_group_meets_is_not_said_of_the_next() -> None:
    said = "坚持“逢双周三下午第二节后”全校集中研修，语文组周二下午分组研修。"
    slots = {name: value for name, value, _u, _p in told(PLAN, said, "slot")}

    assert slots["集中研修"]["every_weeks"] == 2
    assert "every_weeks" not in slots["语文组"]


def test_the_rate_of_those_who_come_keeps_its_name() -> None:
    ((name, value, unit, _period),) = told(AHEAD, "到会率保持在95%以上。", "target")

    assert (name, value, unit) == ("到会率", 95, "%")


def test_a_table_of_groups_tells_each_and_the_sum_and_lacks_are_no_projects() -> None:
    cells = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split("|")) + "</tr>"
        for row in (
            "教研组|公开课（节）|听评课（节次）",
            "语文组|12|206",
            "数学组|10|188",
            "合计|22|394",
        )
    )
    page = (
        f"<h1>云桥小学2026年教研工作总结</h1><p>一、活动</p><table>{cells}</table>"
        "<p>二、问题与思考</p><p>仍有不尽如人意之处：课题研究“重立项轻过程”；主题不聚焦。</p>"
    )
    document = the_document("", page, "文.html")

    assert [(f.name, f.value) for f in document.findings if f.kind == "quantity"] == [
        ("语文组公开课", 12), ("语文组听评课", 206), ("数学组公开课", 10), ("数学组听评课", 188),
        ("公开课", 22), ("听评课", 394),
    ]  # fmt: skip
    problems = [f.value for f in document.findings if f.kind == "problem"]
    assert problems == ["课题研究“重立项轻过程”", "主题不聚焦"]
    assert not [f for f in document.findings if f.kind == "project"]


def test_months_one_below_the_other_are_what_comes_next() -> None:
    said = (
        "三、下学期工作设想\n三月启动青年教师教学比赛，人人参加。\n四月承办市级现场会，请专家点评。\n"
        "组建教师写作社，形成氛围。\n"
    )
    document = the_document(SUMMARY, said)
    found = [(f.name, f.value) for f in document.findings if f.kind == "schedule"]

    assert found == [
        ("启动青年教师教学比赛，人人参加", {"month": 3, "ordinal_in_month": 1}),
        ("承办市级现场会，请专家点评", {"month": 4, "ordinal_in_month": 1}),
    ]
