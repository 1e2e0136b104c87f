"""What a text does not say is not told: numbers, names, months and problems keep to their place."""

from collections.abc import Iterator

import pytest

from yanxiu.documents.reading import read
from yanxiu.planning.reading import Finding, ReadDocument, read_documents
from yanxiu.planning.reading.findings import Kind
from yanxiu.planning.reading.numbering import marks_of

PLAN = "芦溪小学2026年秋季校本研修计划\n"
SUMMARY = "芦溪小学2026年校本研修总结\n"


def document_of(text: str) -> ReadDocument:
    (document,) = read_documents(read(f"{text}\n".encode(), name="材料.txt"))
    return document


def found(text: str, kind: Kind) -> Iterator[Finding]:
    return (each for each in document_of(text).findings if each.kind == kind)


def values(text: str, kind: Kind) -> list[object]:
    return [each.value for each in found(text, kind)]


def told(text: str, kind: Kind) -> list[tuple[str, object, str | None]]:
    return [(each.name, each.value, each.per) for each in found(text, kind)]


def test_a_number_stands_apart_from_a_text_that_begins_with_digits() -> None:
    text = "一、目标\n1、85%以上的教师会用平台\n2、90分以上的教案占六成\n3．2026年底建成资源库\n"

    assert values(f"{PLAN}{text}4.5名青年教师通过骨干认定", "goal") == [
        "85%以上的教师会用平台",
        "90分以上的教案占六成",
        "2026年底建成资源库",
        "5名青年教师通过骨干认定",
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ("一、目标", "2.5学分为合格"),
        ("1.读书", "2.写作", "3、4月份评优课"),
        ("1.1学校", "1.2教师"),
    ],
)
def test_a_decimal_or_a_pair_of_months_is_no_item(texts: tuple[str, ...]) -> None:
    assert marks_of(texts)[-1] is None


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("组长 教导主任", ("组长", "教导主任", None)),
        ("副组长：校长助理 教导主任", ("副组长", "校长", None)),
        ("教研组长：方晓  记录员：许可", ("教研组长", None, "方晓")),
        ("组长 王建国", ("组长", None, "王建国")),
        ("由校长曾勇任组长。", ("组长", "校长", "曾勇")),
        ("副组长由教导主任骆萍兼任。", ("副组长", "教导主任", "骆萍")),
    ],
)
def test_a_post_is_no_name(line: str, role: tuple[str, str | None, str | None]) -> None:
    (first,) = found(f"{PLAN}一、组织\n{line}", "role")
    value = first.value

    assert isinstance(value, dict)
    assert (first.name, value["post"], value["name"]) == role
    assert "：" not in str(value["duty"])


def test_each_deputy_of_a_sentence_keeps_his_post_and_name() -> None:
    text = "以校长曾勇为组长、副校长骆萍、工会主席方志强为副组长的领导小组。"
    told_ = [each.value for each in found(f"{PLAN}一、组织\n{text}", "role")]

    assert told_ == [
        {"post": "校长", "name": "曾勇", "duty": None},
        {"post": "副校长", "name": "骆萍", "duty": None},
        {"post": "工会主席", "name": "方志强", "duty": None},
    ]


def test_a_weekly_time_belongs_to_the_group_above_it() -> None:
    lines = "固定时间：数学组\n周二下午第1、2节\n英语组活动时间\n周四下午第3节"

    assert [name for name, *_ in told(f"{PLAN}一、时间\n{lines}", "slot")] == ["数学组", "英语组"]


def test_so_many_lessons_a_week_are_no_weekday() -> None:
    assert values(f"{SUMMARY}我任教两个班的数学，每周14节课。", "slot") == []


def test_who_does_it_is_no_activity_of_its_own() -> None:
    lines = (
        "第2周  期中分析会   各备课组长\n第4周  研讨课《春》   执教：陈果\n第6周  读书分享   全体"
    )
    told_ = list(found(f"{PLAN}一、活动安排\n{lines}", "schedule"))

    assert [each.name for each in told_] == ["期中分析会", "研讨课《春》", "读书分享"]
    assert [each.value["owner"] for each in told_ if isinstance(each.value, dict)] == [
        "各备课组长",
        "陈果",
        "全体",
    ]


def test_what_a_stage_is_about_is_nothing_to_be_done() -> None:
    lines = "第一阶段（9月—10月） 主题：学标准\n1.学习课标\n第二阶段（11月） 主题：磨课堂\n1.评课"
    text = f"{PLAN}一、阶段安排\n{lines}"

    assert [each.name for each in found(text, "schedule")] == ["学习课标", "评课"]
    assert [value for name, value, _ in told(text, "content") if name == "主题"] == [
        "学标准",
        "磨课堂",
    ]


def test_the_months_of_a_quarter_hold_its_items() -> None:
    text = f"{PLAN}一、进度\n第一季度（1—3月）\n1.自查\n第二季度（4—6月）\n1.互访"

    assert [each.value for each in found(text, "schedule")] == [
        {"month": 1, "ordinal_in_month": 1, "to_month": 3},
        {"month": 4, "ordinal_in_month": 1, "to_month": 6},
    ]


def test_what_all_do_together_is_not_asked_of_each() -> None:
    text = f"{PLAN}一、成果\n每位教师写论文1篇，组内评选优秀论文3篇，推荐2篇参评。"

    assert [(value, per) for _, value, per in told(text, "quota")] == [
        (1, "teacher"),
        (3, None),
        (2, None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "每个班都有一个可以讲的故事。",
        "3天内与徒弟商定计划。",
        "坚持“一个核心，两条主线，三项机制”的思路。",
        "承担18个班的英语教学。",
    ],
)
def test_a_number_that_counts_nothing_to_be_done_is_no_quota(text: str) -> None:
    assert values(f"{PLAN}一、做法\n{text}", "quota") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("学校按公用经费的5%安排培训经费。", "公用经费"),
        ("每年从公用经费中提取8%。", "公用经费"),
        ("每次活动实到人数不得少于应到人数的90%。", "每次活动实到人数"),
    ],
)
def test_a_share_is_named_for_what_it_is_a_share_of(text: str, name: str) -> None:
    assert [each.name for each in found(f"{PLAN}一、保障\n{text}", "target")] == [name]


def test_credits_are_named_for_what_earns_them() -> None:
    lines = (
        "1.公开课：校级2学分。论文发表：省级刊物每篇5学分。\n2.主讲一次计4学时，参加一次计2学时。"
    )

    assert [name for name, *_ in told(f"{PLAN}一、学分\n{lines}", "credit")] == [
        "公开课·校级",
        "论文发表·省级刊物",
        "主讲",
        "参加",
    ]


def test_the_same_words_are_told_once() -> None:
    text = f"{PLAN}一、总则\n第一条  培训坚持按需施训、学用结合、注重实效的原则。"

    assert values(text, "content") == ["按需施训", "学用结合", "注重实效"]


REMEDIES = "一、问题及改进措施\n问题：\n1.方法单一，效果不好。\n改进措施：\n1.加强自然拼读教学。"


def test_remedies_below_the_problems_are_what_is_to_come() -> None:
    assert values(f"{SUMMARY}{REMEDIES}", "problem") == ["方法单一，效果不好"]
    assert values(f"{SUMMARY}{REMEDIES}", "content") == ["加强自然拼读教学"]


def test_a_confession_in_plain_words_counts_nothing_and_rules_nothing() -> None:
    confessed = "一是老师太忙，读书会开了两次就停了。二是说好话的多，说问题的少。"
    text = f"{SUMMARY}没办好的也要写上。{confessed}"

    assert values(text, "problem") == ["老师太忙，读书会开了两次就停了", "说好话的多，说问题的少"]
    assert values(text, "rule") == values(text, "quantity") == []


def test_problems_found_before_are_named_as_such_in_a_plan() -> None:
    text = f"{PLAN}针对视导中发现的“环境重布置、轻互动”“记录质量不高”等问题，制定本计划。"

    assert values(text, "problem") == ["环境重布置、轻互动", "记录质量不高"]


BOTH = (
    "清河县教研室2025年工作总结及2026年工作要点\n第一部分 2025年工作总结\n一、视导\n"
    "全年听课634节，培训教师5860人次。\n第二部分 2026年工作要点\n一、视导\n"
    "教研员每学期听课不少于80节。"
)


def test_a_summary_with_the_points_of_next_year_claims_only_what_was() -> None:
    document = document_of(BOTH)

    assert document.kind == "summary"
    assert [f.value for f in document.findings if f.kind == "quantity"] == [634, 5860]
    assert [f.value for f in document.findings if f.kind == "quota"] == [80]


@pytest.mark.parametrize("title", ["“师徒结对”实施办法", "教研组活动制度", "考核细则", "实施意见"])
def test_regulations_ask_and_do_not_claim(title: str) -> None:
    text = f"芦溪小学{title}\n一、条件\n所带班级成绩较好，取得了成效。\n二、职责\n每周听课1节。"

    assert document_of(text).kind == "plan"


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("听课235节次，人均18.5节。", [("听课", 235), ("人均听课", 18.5)]),
        ("征集论文58篇，从中选出20篇汇编成册。", [("征集论文", 58), ("选出征集论文", 20)]),
        ("优秀率达41%，比去年提高3.2个百分点。", [("优秀率", 41), ("优秀率", 3.2)]),
        ("工作室主持人开设讲座3场，阅读量1.2万次。", [("主持人开设讲座", 3), ("阅读量", 12000)]),
        ("4位教师的案例在省级刊物发表。", [("教师", 4)]),
        ("50岁以上49人，30岁以下21人。", [("50岁以上", 49), ("30岁以下", 21)]),
    ],
)
def test_a_claim_is_named_for_what_was_counted(text: str, amounts: list[tuple[str, float]]) -> None:
    names = [(each.name, each.value) for each in found(f"{SUMMARY}一、做法\n{text}", "quantity")]

    assert [(name.removeprefix("工作室"), float(str(value))) for name, value in names] == amounts


@pytest.mark.parametrize(
    "text",
    ["6月14日，进行总结，每名成员交流成长。", "总体要求是抓好常规。", "考核合格率100%。"],
)
def test_a_day_a_rate_and_an_announcement_are_no_rules(text: str) -> None:
    assert values(f"{SUMMARY}一、做法\n{text}", "rule") == []


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("奥赛辅导每周2次，由汤明、焦阳负责。", ["汤明", "焦阳"]),
        ("考勤由班主任负责，安全由安全办负责，由顾问主持。", []),
    ],
)
def test_who_answers_is_named_only_if_a_person_is(line: str, names: list[str]) -> None:
    told_ = [each.value for each in found(f"{PLAN}一、竞赛\n{line}", "role")]

    assert [value["name"] for value in told_ if isinstance(value, dict) and value["name"]] == names


def test_each_grade_keeps_its_own_day() -> None:
    text = f"{PLAN}一、备课\n三个年级备课组固定时间：高一周二下午、高二周三上午。"

    assert told(text, "quota") == []
    assert [(name, value) for name, value, _ in told(text, "slot")] == [
        ("高一", {"weekday": 2, "half_day": "afternoon"}),
        ("高二", {"weekday": 3, "half_day": "morning"}),
    ]


def test_what_is_asked_of_some_is_not_asked_of_all() -> None:
    text = "每人每学期上公开课1节，三年以内青年教师2节；高级教师每年开讲座1次。"

    assert [(value, per) for _, value, per in told(f"{PLAN}一、上课\n{text}", "quota")] == [
        (1, "teacher"),
        (2, "三年以内青年教师"),
        (1, "高级教师"),
    ]


def test_problems_listed_in_passing_are_told_whole_and_what_follows_is_a_wish() -> None:
    text = "成绩归成绩，问题也不少：批改只打对错号，没有评语；资料拖到期末。下学期打算建立公示栏。"

    assert values(f"{SUMMARY}一、反思\n{text}", "problem") == [
        "批改只打对错号，没有评语",
        "资料拖到期末",
    ]
    assert values(f"{SUMMARY}一、反思\n{text}", "content") == ["建立公示栏"]
    assert values(f"{SUMMARY}一、反思\n{text}", "rule") == []


def test_lines_that_begin_with_a_day_are_a_calendar() -> None:
    lines = "3月12日 课标概述 教科院 讲座\n3月26日（周四）：目标叙写"

    assert [
        (each.name, each.value["day"])
        for each in found(f"{PLAN}一、内容与安排\n{lines}", "schedule")
        if isinstance(each.value, dict)
    ] == [("课标概述", 12), ("目标叙写", 26)]


def test_a_remedy_behind_a_problem_is_not_part_of_it() -> None:
    first = "（一）成果不多。整改：每组培育一项成果。"
    text = f"一、存在问题\n{first}\n（二）主题不新。整改：期初征集主题。"

    assert values(f"{SUMMARY}{text}", "problem") == ["成果不多", "主题不新"]
    assert values(f"{SUMMARY}{text}", "content") == ["每组培育一项成果", "期初征集主题"]


def test_persons_with_their_tasks_have_roles() -> None:
    (role,) = found(f"{PLAN}一、人员分工\n曹敏：读书活动、简报\n", "role")

    assert role.value == {"post": None, "name": "曹敏", "duty": "读书活动、简报"}


def test_an_order_followed_and_a_number_of_rules_are_no_rules() -> None:
    text = "一、做法\n根据县教育局督导检查工作的要求，学校制定了考勤、学习、奖惩三项制度。"

    assert values(f"{SUMMARY}{text}", "rule") == ["考勤", "学习", "奖惩"]


def test_each_of_several_deputies_is_one() -> None:
    told_ = [each.value for each in found(f"{PLAN}一、组织\n副组长：蔡文举、单玉洁", "role")]

    assert [value["name"] for value in told_ if isinstance(value, dict)] == ["蔡文举", "单玉洁"]


def test_a_time_is_that_of_the_activity_named_before_it() -> None:
    text = f"{PLAN}一、具体措施\n1、坚持每周一次集体学习，时间定在星期三下午第三节课。"

    assert [name for name, *_ in told(text, "slot")] == ["集体学习"]


def test_an_article_is_told_once() -> None:
    text = f"{PLAN}一、附则\n第九条 教研活动做到“四定”：定时间、定地点、定主题、定发言人。"

    assert len(values(text, "rule")) == 1
