"""Tables that cross things with people or schools, and tables of credits, are read cell by cell."""

from decimal import Decimal

import pytest

from yanxiu.planning.reading import ReadDocument
from yanxiu.planning.reading.tests.test_tables_and_turns_of_speech import PLAN, the_document, told


def plan_with(heading: str, *rows: str) -> ReadDocument:
    cells = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split("|")) + "</tr>" for row in rows
    )
    page = f"<h1>云桥小学2026年春学期教研工作计划</h1><p>{heading}</p><table>{cells}</table>"
    return the_document("", page, "文.html")


def quotas(document: ReadDocument) -> list[tuple[object, ...]]:
    return [
        (f.name, f.value, f.unit, f.period, f.per) for f in document.findings if f.kind == "quota"
    ]


def test_each_cell_of_things_and_circles_is_a_quota_of_that_circle() -> None:
    document = plan_with(
        "二、量化要求（每人每学期）",
        "项目|新入职教师|骨干教师|50岁以上教师",
        "听课（节）|≥30|20|10",
        "公开课节数|2|1（示范课）|—",
        "读书笔记（字）|8000|5000以上|不作要求",
    )

    assert quotas(document) == [
        ("听课", 30, "节", "term", "新入职教师"),
        ("听课", 20, "节", "term", "骨干教师"),
        ("听课", 10, "节", "term", "50岁以上教师"),
        ("公开课", 2, "节", "term", "新入职教师"),
        ("公开课", 1, "节", "term", "骨干教师"),
        ("读书笔记", 8000, "字", "term", "新入职教师"),
        ("读书笔记", 5000, "字", "term", "骨干教师"),
    ]
    bounds = [f.qualifier for f in document.findings if f.kind == "quota"]
    assert bounds[0] == bounds[-1] == "at_least"
    assert bounds[1] == "exact"


def test_each_school_of_a_table_has_its_own_quotas_and_its_own_head_and_the_sum_is_none() -> None:
    document = plan_with(
        "二、分校任务（全学年）",
        "学校|教师数|公开课（节）|小课题（项）|负责人",
        "云桥中心小学|52|40|3|凌远",
        "石滩小学|19|16||待定",
        "合计|71|56|3|",
    )

    assert quotas(document) == [
        ("公开课", 40, "节", "school_year", "云桥中心小学"),
        ("小课题", 3, "项", "school_year", "云桥中心小学"),
        ("公开课", 16, "节", "school_year", "石滩小学"),
    ]
    assert [f.value for f in document.findings if f.kind == "role"] == [
        {"post": None, "name": "凌远", "duty": "云桥中心小学"},
        {"post": None, "name": None, "duty": "石滩小学"},
    ]


def test_a_table_of_credits_gives_every_amount_and_the_most_of_a_year() -> None:
    document = plan_with(
        "二、学分认定",
        "研修项目|计分标准|学年上限|证明材料",
        "集中研修|每次0.2学分|3学分|签到表",
        "论文获奖|县级0.5学分，省级2学分|2学分|证书复印件",
        "合计||5学分|",
    )

    given = [f for f in document.findings if f.kind == "credit"]
    assert [(f.name, f.value, f.qualifier, f.period) for f in given] == [
        ("集中研修", Decimal("0.2"), "exact", None),
        ("集中研修·最高学分", 3, "at_most", "school_year"),
        ("论文获奖·县级", Decimal("0.5"), "exact", None),
        ("论文获奖·省级", 2, "exact", None),
        ("论文获奖·最高学分", 2, "at_most", "school_year"),
    ]  # fmt: skip
    assert not quotas(document)


def test_bare_numbers_take_the_unit_of_their_column_and_a_month_is_no_credit() -> None:
    given = plan_with("二、学时", "活动|学时", "专题讲座|4", "自主阅读|2")
    dated = plan_with("二、安排", "时间|内容|学时", "9月|开学培训|4", "10月|研讨课|2")

    assert [(f.name, f.value, f.unit) for f in given.findings if f.kind == "credit"] == [
        ("专题讲座", 4, "学时"),
        ("自主阅读", 2, "学时"),
    ]
    assert not [f for f in dated.findings if f.kind == "credit"]


@pytest.mark.parametrize(
    "text",
    [
        "2024-2025学年全镇教师人均完成校本研修31.5学时。",
        "上学年人均取得32学时。",
        "10学时折合1学分，不足1学分的部分不计。",
    ],
)
def test_hours_of_the_year_gone_by_and_fractions_are_asked_of_nobody(text: str) -> None:
    given = told(PLAN, text, "credit")

    assert [name for name, *_ in given if name != "学分折算"] == []


def test_a_member_alone_in_a_row_keeps_the_post_and_office_hours_are_no_slot() -> None:
    document = plan_with(
        "二、组织机构",
        "职务|姓名|现任职务|分工",
        "组长|凌远|校长|全面负责",
        "成员|焦阳|学分管理员|学时登记",
    )
    roles = [f.value for f in document.findings if f.kind == "role"]

    assert {"post": "学分管理员", "name": "焦阳", "duty": "学时登记"} in roles
    assert not told(PLAN, "办公室设在教研室，电话：0000-1234（周一至周五上班时间）。", "slot")


def test_a_plan_that_lists_what_is_amiss_tells_each_part_whole() -> None:
    said = (
        "存在的主要问题：1、老教师多，信息技术应用能力弱；2、村小教师包班，课多人少；"
        "3、课题研究只开题不结题，三项中有两项延期。"
    )
    problems = [value for _n, value, _u, _p in told(PLAN, said, "problem")]

    assert problems == [
        "老教师多，信息技术应用能力弱",
        "村小教师包班，课多人少",
        "课题研究只开题不结题，三项中有两项延期",
    ]


def test_a_cell_that_asks_in_sentences_asks_for_each_of_its_amounts() -> None:
    document = plan_with(
        "二、常规要求",
        "项目|要求|检查时间",
        "备课|提前一周备课，每课有反思，全期详细反思不少于6篇|每月末",
        "听课|行政每周2节，教师每学期18节|期中",
        "作业|每学期8次|每月一次",
    )
    asked = [(f.name, f.value, f.unit, f.period) for f in document.findings if f.unit]

    assert asked == [
        ("教学反思", 6, "篇", "term"),
        ("听课", 2, "节", "week"),
        ("听课", 18, "节", "term"),
        ("作业", 8, "次", "term"),
    ]


def test_who_heads_a_group_has_the_duty_of_the_row_and_it_is_no_content() -> None:
    document = plan_with(
        "二、组织分工",
        "组别|负责人|职责",
        "语文组|章岚|课例研究、读书活动",
        "综合组|祁连山（副组长：车晓）|社团活动",
    )

    assert [(f.kind, f.name, f.value) for f in document.findings] == [
        ("role", "语文组负责人", {"post": None, "name": "章岚", "duty": "课例研究、读书活动"}),
        ("role", "综合组负责人", {"post": None, "name": "祁连山", "duty": "社团活动"}),
    ]
