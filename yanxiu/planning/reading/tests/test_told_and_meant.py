"""A summary's facts are no rules, its measures no problems, its headings no findings."""

import pytest

from yanxiu.documents.reading import read
from yanxiu.planning.reading import ReadDocument, read_documents

SUMMARY = "云桥小学2026年教研工作总结\n"


def the_summary(text: str) -> ReadDocument:
    (document,) = read_documents(read(f"{SUMMARY}{text}\n".encode(), name="文.txt"))
    return document


def values(document: ReadDocument, kind: str) -> list[object]:
    return [f.value for f in document.findings if f.kind == kind]


@pytest.mark.parametrize(
    "fact",
    [
        "全年共检查教案456本。",
        "我镇在全县教学质量评估中名列第二。",
        "省级课题顺利通过中期检查。",
        "教务处于11月11日对全校教案进行了检查。",
        "组织教师开展说课、命题两项基本功比赛。",
        "有5位教师未达到规定节数。",
        "我深知“要给学生一杯水，教师要有一桶水”。",
        "期末检测平均分达到87.6分。",
    ],
)
def test_what_was_done_or_came_out_is_no_rule(fact: str) -> None:
    assert values(the_summary(f"一、主要做法\n这一年，{fact}"), "rule") == []


@pytest.mark.parametrize(
    "rule",
    [
        "教务处每月检查一次教案",
        "要求每课有反思",
        "不备课不得进课堂",
        "检查结果与绩效挂钩",
        "实行领导包组制",
    ],
)
def test_what_holds_from_now_on_is_a_rule(rule: str) -> None:
    found = values(the_summary(f"一、主要做法\n学校抓实常规，{rule}。"), "rule")

    assert found
    assert str(found[0]) in rule


def test_a_rank_is_an_outcome() -> None:
    found = the_summary("一、主要做法\n各年级成绩均名列学区前茅。教师的观念发生了深刻变化。")

    assert values(found, "outcome") == ["各年级成绩均名列学区前茅", "教师的观念发生了深刻变化"]


MIXED = (
    "二、反思与展望\n还存在一些问题：一是骨干教师偏少，难以形成梯队；二是主题不明，随意性较大。"
    "新的一年，我们将做好三项工作：第一，培养骨干教师10名；第二，编印成果集。"
)


def test_measures_behind_the_problems_of_a_paragraph_are_no_problems() -> None:
    found = the_summary(MIXED)

    assert values(found, "problem") == ["骨干教师偏少，难以形成梯队", "主题不明，随意性较大"]
    assert {"培养骨干教师10名", "编印成果集"} <= set(values(found, "content"))
    assert values(found, "rule") == []


def test_each_part_of_a_list_of_problems_is_one_problem() -> None:
    text = "二、存在的问题\n教师认识不足，参与不主动；评价机制不健全，干多干少一个样。"

    assert values(the_summary(text), "problem") == [
        "教师认识不足，参与不主动",
        "评价机制不健全，干多干少一个样",
    ]


def test_a_title_above_problems_is_none() -> None:
    text = "二、存在的问题\n（一）教案方面\n1、部分教案过于简单。\n（二）听课方面\n评课意见空洞。"

    assert values(the_summary(text), "problem") == ["部分教案过于简单", "评课意见空洞"]


def test_leaders_and_journeys_are_no_contents() -> None:
    text = (
        "一、主要做法\n成立了由校长任组长、业务副校长任副组长、各处室主任为组员的领导小组。"
        "选派教师12人次赴杭州、成都等地学习。"
    )

    assert values(the_summary(text), "content") == []


def test_an_honour_aimed_at_is_no_award() -> None:
    text = "云桥小学2026年教研工作计划\n一、工作目标\n1．积极创建“区先进教研组”，2名教师获一等奖。"

    (plan,) = read_documents(read(text.encode(), name="计划.txt"))

    assert values(plan, "award") == []


def test_what_a_summary_concedes_in_passing_is_a_problem() -> None:
    text = "一、主要做法\n但有的教师存在应付思想，笔记不够认真；部分组活动走过场。今后要加强检查。"

    assert values(the_summary(text), "problem") == [
        "有的教师存在应付思想，笔记不够认真",
        "部分组活动走过场",
    ]
