"""What is compared, awarded, wished or said in passing is not read as something asked or taught."""

from typing import Any

import pytest

from yanxiu.planning.reading.tests.test_tables_and_turns_of_speech import (
    PLAN,
    SUMMARY,
    the_document,
    told,
)


def values(head: str, text: str, *kinds: str) -> list[tuple[Any, str | None, str | None]]:
    return [(value, unit, period) for _name, value, unit, period in told(head, text, *kinds)]


def rows(head: str, *lines: str) -> str:
    cells = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in line.split("|")) + "</tr>" for line in lines
    )
    return f"<h1>{head}</h1><p>一、安排</p><table>{cells}</table>"


# --- amounts -----------------------------------------------------------------------------------


def test_what_is_less_than_last_year_is_not_asked_for() -> None:
    said = "1．压减培训总量。全年区级集中培训项目控制在25个以内，比上年减少8个。"
    assert 8 not in {value for value, _unit, _period in values(PLAN, said, "quota", "rhythm")}


def test_the_first_batch_of_universities_is_no_amount_and_a_rise_is_a_target() -> None:
    said = "1．高三：盯紧两次市模考，力争一本上线率比去年提高3个百分点。"
    assert values(PLAN, said, "target") == [(3, "个百分点", None)]
    assert not values(PLAN, said, "quota", "rhythm")


def test_so_many_weeks_are_how_long_and_not_how_often() -> None:
    said = "2．实行新教师跟岗学习，每位新教师跟岗不少于两周。"
    assert (2, "周", "two_weeks") not in values(PLAN, said, "quota", "rhythm")


def test_who_comes_to_guide_is_a_person_and_the_visits_are_counted() -> None:
    said = "1．邀请市学前教研员阮老师、师范学院秦教授来园指导共5次，开展专题讲座3场。"
    document = the_document(SUMMARY, said)
    experts = {f.value for f in document.findings if f.kind == "role"}
    assert "师范学院秦教授" in experts
    assert not any("5次" in str(each) for each in experts)
    [visits] = [f for f in document.findings if f.kind == "quantity" and f.value == 5]
    assert visits.name == "来园指导"


def test_who_was_asked_and_what_came_back_is_counted() -> None:
    said = "开学初，我们向32位教师发放了问卷，收回问卷31份。"
    counted = told(SUMMARY, said, "quantity")
    assert {(value, unit) for _name, value, unit, _period in counted} == {(32, "位"), (31, "份")}


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        (
            "1．教龄5年以下的教师听课不少于20节，5年以上的不少于12节。",
            {(20, "教龄5年以下的教师"), (12, "5年以上")},
        ),
        ("1．每人至少上一节组内公开课，高级教师上一节示范课。", {(1, "teacher"), (1, "高级教师")}),
    ],
)
def test_each_circle_has_its_own_amount(said: str, asked: set[tuple[int, str]]) -> None:
    quotas = [f for f in the_document(PLAN, said).findings if f.kind == "quota"]
    assert {(f.value, f.per) for f in quotas} >= {each for each in asked if each[1] != "teacher"}


# --- credits -----------------------------------------------------------------------------------


def test_credits_of_a_cycle_are_not_credits_of_a_year() -> None:
    said = "1．校本培训每18学时记1学分，三年修满12学分。"
    credit = told(PLAN, said, "credit")
    assert ("学分折算", {"hours": 18, "credits": 1}, "学时", None) in credit
    assert [(value, period) for _n, value, unit, period in credit if unit == "学分"] == [(12, None)]

    cycle = told(PLAN, "1．严格登记。教师五年一周期须修满72学分。", "credit")
    assert [(value, period) for _name, value, _unit, period in cycle] == [(72, None)]


def test_what_a_prize_earns_is_not_for_the_lecturer_named_before_it() -> None:
    said = (
        "1．担任校级培训主讲的，按实际学时的2倍认定；"
        "市级以上技能大赛获奖的，一等奖记10学时、二等奖记6学时。"
    )
    names = [name for name, value, _u, _p in told(PLAN, said, "credit") if value in {10, 6}]
    assert len(names) == 2
    assert not [name for name in names if "主讲" in name]


# --- moments -----------------------------------------------------------------------------------


def test_once_a_year_in_a_month_is_a_rhythm() -> None:
    said = "1．技能比武：每年5月举行一次，分专业设项。"
    assert told(PLAN, said, "rhythm", "quota") == [("技能比武", 1, "次", "year")]


def test_several_times_in_a_month_of_each_year_are_not_lost() -> None:
    said = "1．每年5月组织送教下乡3次。"
    assert (3, "次", "year") in values(PLAN, said, "quota", "rhythm")


def test_two_lessons_of_a_half_day_are_one_slot() -> None:
    said = "1．教研活动安排在每周四上午第3、4节，全组参加。"
    [(_name, value, _unit, _period)] = told(PLAN, said, "slot")
    assert (value["weekday"], value["half_day"], value["lesson"]) == (4, "morning", 3)


def test_a_time_that_is_wished_for_is_no_slot() -> None:
    said = (
        "二、需要学校帮助解决的问题\n"
        "备课室没有打印机；希望教导处协调，把五位教师周四上午第二节的课空出来。"
    )
    assert not told(PLAN, said, "slot")


def test_a_table_of_lessons_with_their_weeks_is_a_schedule() -> None:
    page = rows(
        "云桥中学2025年秋学期数学组工作计划", "时间|执教人|课题",
        "9月第4周|贺小楼|三角形全等的判定", "10月第3周|钟离秀|轴对称的性质",
    )  # fmt: skip
    found = [f for f in the_document("", page, "文.html").findings if f.kind == "schedule"]
    assert [(f.name, f.period) for f in found] == [
        ("三角形全等的判定", "2025-09"), ("轴对称的性质", "2025-10"),
    ]  # fmt: skip


def test_a_table_of_years_gives_their_themes() -> None:
    page = rows(
        "云桥职校2025—2027年校本研修规划", "年度|主题|研修内容|学时",
        "2025年|课堂革命|有效课堂认证|72", "2026年|产教融合|企业实践|90",
    )  # fmt: skip
    found = [f for f in the_document("", page, "文.html").findings if f.kind == "theme"]
    assert [(f.value["year"], f.value["content"]) for f in found if isinstance(f.value, dict)] == [
        (1, "课堂革命"), (2, "产教融合"),
    ]  # fmt: skip


# --- words and people --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "为深入推进“双师型”教师队伍建设，依据有关办法和学校“十四五”师资规划，制定本方案。",
        "教学点教师教研“没伴”“没人领”“没时间”的问题仍然突出。",
    ],
)
def test_words_in_quotation_marks_that_name_a_ground_or_a_trouble_are_no_contents(
    said: str,
) -> None:
    contents = [f.value for f in the_document(PLAN, said).findings if f.kind == "content"]
    assert not [
        each for each in contents if str(each) in {"双师型", "十四五", "没伴", "没人领", "没时间"}
    ]


def test_pairs_in_a_row_are_mentors_and_mentored() -> None:
    said = "1．师徒结对继续进行：贺兰亭—叶星野，阮思齐—鲍一凡，石敬亭—林若水。"
    document = the_document(PLAN, said)
    pairs = [f.value for f in document.findings if f.kind == "role"]
    assert [(one["name"], one["duty"]) for one in pairs if isinstance(one, dict)] == [
        ("贺兰亭", "带教叶星野"), ("阮思齐", "带教鲍一凡"), ("石敬亭", "带教林若水"),
    ]  # fmt: skip
    assert not [f for f in document.findings if f.kind == "content"]


def test_a_body_is_named_without_the_words_around_it() -> None:
    said = "第13周　外出观摩（时间以市教研室通知为准）"
    bodies = [f.value for f in the_document(PLAN, said).findings if f.name == "superior"]
    assert bodies == ["市教研室"]


def test_grades_joined_by_a_comma_are_one_phrase_and_no_item() -> None:
    said = "1．七、八年级学生每学期读完规定名著2部以上。"
    told_of = [str(f.value) for f in the_document(PLAN, said).findings]
    assert not [each for each in told_of if each.startswith("八年级学生")]


def test_what_is_below_a_heading_of_duties_is_a_rule() -> None:
    said = (
        "二、师傅职责\n（1）帮助徒弟制定个人三年成长规划。\n（2）每月检查徒弟教案一次，签署意见。"
    )
    document = the_document(PLAN, said)
    assert not [f.value for f in document.findings if f.kind == "content"]
    rules = " ".join(str(f.value) for f in document.findings if f.kind == "rule")
    assert "成长规划" in rules
    assert "签署意见" in rules
