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


def test_several_who_share_a_role_and_who_answers_in_brackets_are_named_each() -> None:
    said = (
        "一、组织\n副组长由副校长宋小满、教导主任苗得雨担任，成员为各处室主任和教研组长。\n"
        "语文组：名著阅读任务单的设计与使用（负责人：费思远）\n英语组：听说作业的评价（负责人：待定）\n"
    )
    roles = [(f.name, f.value) for f in the_document(PLAN, said).findings if f.kind == "role"]

    assert [(name, dict(value)) for name, value in roles if isinstance(value, dict)] == [
        ("副组长", {"post": "副校长", "name": "宋小满", "duty": None}),
        ("副组长", {"post": "教导主任", "name": "苗得雨", "duty": None}),
        ("成员", {"names": [], "duty": "各处室主任和教研组长"}),
        ("负责人", {"post": None, "name": "费思远", "duty": "名著阅读任务单的设计与使用"}),
    ]


def test_the_year_in_brackets_below_the_title_is_that_of_the_plan() -> None:
    said = "云桥中学校本研修实施方案\n（2026—2027学年度）\n一、总体目标\n1、每人上公开课1节。\n"
    period = the_document("", said).period

    assert (period.kind, period.year, period.school_year, period.inferred) == (
        "school_year", 2026, 2026, False,
    )  # fmt: skip


def test_the_theme_of_a_year_stands_below_its_heading() -> None:
    said = "二、研修主题\n本学年围绕“大单元背景下的作业设计”开展研究。\n"

    assert [name for name, *_ in told(PLAN, said, "theme")] == ["大单元背景下的作业设计"]
    assert not told(PLAN, "三、其他\n围绕“作业设计”开展研究。\n", "theme")


def test_what_a_deed_earns_is_a_credit_and_neither_a_quota_nor_a_length() -> None:
    said = (
        "二、学分管理\n主备一次集体备课记0.2分；撰写一篇论文在县级获奖记1学分。"
        "学分公示5个工作日无异议后记入档案。\n"
    )

    assert [(name, float(value)) for name, value, _u, _p in told(PLAN, said, "credit")] == [
        ("主备一次集体备课", 0.2),
        ("撰写一篇论文在县级获奖", 1.0),
    ]
    assert not told(PLAN, said, "quota", "rhythm")


def test_the_time_of_all_the_others_is_theirs() -> None:
    said = "语文安排在周二上午，其余学科在周三下午。"
    slots = [(f.name, f.value) for f in the_document(PLAN, said).findings if f.kind == "slot"]

    assert [name for name, _value in slots] == ["语文", "其余学科"]


def test_the_theme_that_a_year_s_paragraph_names_is_told_once_with_its_year() -> None:
    said = (
        "云桥幼儿园园本教研三年规划\n一、年度任务\n"
        "第一年（2026.9—2027.8）：夯实年。主题为“看得见的游戏”。完善教研制度，开展专项培训4次。\n"
        "第二年（2027.9—2028.8）：提升年。主题为“读得懂的儿童”。申报市级课题1项。\n"
    )
    themes = [f.value for f in the_document("", said).findings if f.kind == "theme"]

    assert themes == [
        {"year": 1, "content": "看得见的游戏", "credits": None},
        {"year": 2, "content": "读得懂的儿童", "credits": None},
    ]


def test_heads_of_several_groups_in_one_sentence_and_who_takes_a_post_are_named() -> None:
    said = (
        "一、基本情况\n高三备课组长：戴望之；高二备课组长：梅雨亭。\n"
        "成立领导小组，许半夏任副组长。\n"
    )
    roles = [(f.name, f.value) for f in the_document(PLAN, said).findings if f.kind == "role"]

    named = [(name, value["name"]) for name, value in roles if isinstance(value, dict)]
    assert named == [("高三备课组长", "戴望之"), ("高二备课组长", "梅雨亭"), ("副组长", "许半夏")]


def test_stages_that_begin_with_their_dates_in_full_are_in_the_calendar() -> None:
    said = (
        "三、时间安排\n1．2026年8月20日—31日，制定方案阶段。各校制定方案。\n"
        "2．2026年9月—2027年5月，组织实施阶段。\n"
        "3．2026年12月、2027年5月，教育局组织两次专项督导。\n4．2027年6月12日：总结大会。\n"
    )
    found = [f for f in the_document(PLAN, said).findings if f.kind == "schedule"]

    assert [(f.name, f.period, f.value) for f in found] == [
        ("制定方案阶段", "2026-08", {"month": 8, "ordinal_in_month": 1}),
        ("组织实施阶段", "2026-09", {"month": 9, "ordinal_in_month": 1, "to_month": 5}),
        ("教育局组织两次专项督导", "2026-12", {"month": 12, "ordinal_in_month": 1}),
        ("教育局组织两次专项督导", "2027-05", {"month": 5, "ordinal_in_month": 1}),
        ("总结大会", "2027-06", {"month": 6, "ordinal_in_month": 1, "day": 12}),
    ]


def test_a_share_of_a_long_subject_is_named_by_its_end() -> None:
    said = "各校教师在国家中小学智慧教育平台的暑期研修完成率要达到100%。"

    assert told(PLAN, said, "target") == [("暑期研修完成率", 100, "%", None)]
