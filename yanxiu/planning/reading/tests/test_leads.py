"""Words that lead to a list, a circle by age, and one number for several things, hold for each."""

from yanxiu.documents.reading import read
from yanxiu.planning.reading import Finding, ReadDocument, read_documents

PLAN = """关于印发《2026年秋季学期研修工作安排》的通知
各学校：
现印发给你们。
2026年秋季学期研修工作安排
一、教师方面
每位教师每学期做到：
1.听课不少于18节，35岁以下教师不少于25节。
2.校长上示范课、作专题报告各1次。
3.虚心求教，每周听课1节。
二、其他
1.评选示范校6所、先进教研组20个、先进个人60名。
2.明确一名副校长具体负责。
3.本安排一式三份。
4.每学期写详案不少于60课时。
"""


def the_plan() -> ReadDocument:
    (plan,) = read_documents(read(PLAN.encode(), name="通知.txt"))
    return plan


def on(line: int, kind: str) -> list[Finding]:
    return [found for found in the_plan().findings if (found.line, found.kind) == (line, kind)]


def test_the_paper_issued_by_a_notice_gives_the_title() -> None:
    assert the_plan().title == "2026年秋季学期研修工作安排"


def test_who_and_when_of_the_sentence_above_hold_for_the_items_below() -> None:
    assert [(f.value, f.per, f.period) for f in on(7, "quota")] == [
        (18, "teacher", "term"),
        (25, "35岁以下教师", "term"),
    ]


def test_each_of_several_things_has_the_number_they_share() -> None:
    assert [(f.name, f.value) for f in on(8, "quota")] == [("示范课", 1), ("专题报告", 1)]


def test_a_clause_beside_an_amount_is_told_too() -> None:
    assert [f.value for f in (*on(9, "rule"), *on(9, "content"))] == ["虚心求教"]


def test_one_verb_governs_all_that_is_to_be_chosen() -> None:
    assert [(f.name, f.value) for f in on(11, "quota")] == [
        ("示范校", 6),
        ("先进教研组", 20),
        ("先进个人", 60),
    ]


def test_a_person_to_be_named_is_a_role_and_no_amount() -> None:
    assert on(12, "quota") == []
    assert on(12, "role")[0].value == {"post": "副校长", "name": None, "duty": "具体负责"}


def test_copies_of_a_paper_are_no_amount_and_lessons_prepared_no_credit() -> None:
    assert on(13, "quota") == []
    assert on(14, "credit") == []
    assert [(f.value, f.unit) for f in on(14, "quota")] == [(60, "课时")]
