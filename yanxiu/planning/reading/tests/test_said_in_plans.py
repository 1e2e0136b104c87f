"""What plans say of the term gone by, of who is to do how much, and of months with a motto."""

from yanxiu.planning.reading.tests.test_said_in_passing import rows
from yanxiu.planning.reading.tests.test_tables_and_turns_of_speech import (
    PLAN,
    the_document,
    told,
)


def test_what_was_done_last_term_is_no_demand_of_this_one() -> None:
    said = (
        "上学期我们开展教研活动16次，完成学习故事46篇，数量不少。"
        "上学年合格率62.3%，本学年每人上公开课2节。"
    )
    asked = [(name, value) for name, value, _u, _p in told(PLAN, said, "quota", "target", "rhythm")]

    assert asked == [("公开课", 2)]


def test_each_circle_of_a_sentence_has_its_own_number_of_the_same() -> None:
    said = (
        "校级领导每学期听课二十五节以上，教务处、教科室主任三十节以上，"
        "普通教师不少于十五节，教龄未满三年的青年教师不少于四十节。"
    )
    document = the_document(PLAN, said)

    assert [(f.name, f.value, f.per) for f in document.findings if f.kind == "quota"] == [
        ("听课", 25, "校级领导"),
        ("听课", 30, "教务处、教科室主任"),
        ("听课", 15, "普通教师"),
        ("听课", 40, "教龄未满三年的青年教师"),
    ]


def test_formal_numerals_head_sections_also_with_a_space_behind() -> None:
    said = (
        "云桥高级中学2026年春学期研修工作计划\n壹　目标为峰：志之所趋\n1、新增骨干教师不少于3人。\n"
        "贰　时序为针：织就锦绣\n三月，春风化雨：课题申报论证。\n四月，草长莺飞：主题研修周。\n"
    )
    document = the_document("", said)

    assert [section.number for section in document.sections] == ["壹", "贰"]
    found = [(f.name, f.value) for f in document.findings if f.kind == "schedule"]
    assert [(name, dict(value)["month"]) for name, value in found if isinstance(value, dict)] == [
        ("课题申报论证", 3), ("主题研修周", 4),
    ]  # fmt: skip


def test_a_list_that_is_announced_as_lacks_is_problems_and_the_next_is_not() -> None:
    said = (
        "冷静下来看，组里主要有这样几个毛病：\n1．集体备课没有形成合力，二次备课不够；\n"
        "2．分层辅导没有跟上。\n本学期这样做：\n1．每周集体备课一次。"
    )
    problems = [value for _name, value, _u, _p in told(PLAN, said, "problem")]

    assert any("分层辅导" in value for value in problems)
    assert not any("每周" in value for value in problems)


def test_copies_kept_and_a_motto_of_wheels_are_no_amounts() -> None:
    said = "坚持“科研兴校、人才强校”三轮驱动。本计划一式两份，教务处、教研组各存一份。"

    assert not told(PLAN, said, "quota", "rhythm", "target")


def test_groups_that_share_a_time_each_have_it() -> None:
    said = "一次不少于两节课连排：语文组、英语组安排在星期二上午，数学组星期三上午。"
    slots = [(name, value["weekday"]) for name, value, _u, _p in told(PLAN, said, "slot")]

    assert slots == [("语文组", 2), ("英语组", 2), ("数学组", 3)]


def named(said: str) -> set[tuple[str, str]]:
    roles = told(PLAN, said, "role")
    return {
        (name, value["name"]) for name, value, _u, _p in roles
        if isinstance(value, dict) and value.get("name")
    }  # fmt: skip


def test_who_hosts_takes_an_office_or_collects_is_named() -> None:
    assert ("主持人", "白鹭洲") in named("区级小课题5月底前完成中期报告，主持人是白鹭洲老师。")
    assert ("办公室主任", "闵知秋") in named("小组下设办公室，闵知秋同志兼任办公室主任。")
    assert ("戈壁川", "戈壁川") in named("资料由戈壁川负责收集，当周归档。")


def test_each_deputy_has_the_post_and_the_duty_of_the_bracket() -> None:
    said = "副组长：葛晓岚（副主任，分管师训）、薄云生（副主任，分管教研）"
    found = [value for _name, value, _u, _p in told(PLAN, said, "role")]

    assert found == [
        {"post": "副主任", "name": "葛晓岚", "duty": "分管师训"},
        {"post": "副主任", "name": "薄云生", "duty": "分管教研"},
    ]


def test_a_theme_is_fixed_or_gone_around() -> None:
    for said in (
        "2026年研修总主题确定为“基于学习任务的课堂改进”，两年不变。",
        "围绕“基于学习任务的课堂改进”这个主题，从头到尾做一个学期。",
    ):
        ((_name, value, _unit, _period),) = told(PLAN, said, "theme")
        assert value["content"] == "基于学习任务的课堂改进"


def test_a_year_with_its_dates_in_brackets_has_its_theme() -> None:
    page = rows(
        "教师个人专业发展三年规划",
        "年度|主题|年度目标",
        "第一年（2025.9—2026.8）|站稳讲台|过好课堂关",
        "第二年（2026.9—2027.8）|学会研究|申报校级课题",
    )
    found = the_document("", page, "文.html").findings

    assert [f.name for f in found if f.kind == "theme"] == ["站稳讲台", "学会研究"]


def test_the_caption_of_a_table_is_nothing_of_the_plan() -> None:
    document = the_document(PLAN, "二、目标\n表三　优势与不足\n1．读懂课程标准，做好单元设计。")

    assert not [f for f in document.findings if "表三" in f.text]
    assert [f for f in document.findings if f.kind == "goal"]
