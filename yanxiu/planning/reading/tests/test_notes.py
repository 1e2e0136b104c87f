"""What a reader should look at is noted with its line, and what is printed around is kept apart."""

from yanxiu.documents.reading import read
from yanxiu.planning.reading import ReadDocument, read_documents

PAGE = """乘着春风再出发
发布日期：2027年6月3日　来源：教科室　阅读量：1,024
乘着春风再出发
——石桥实验小学2026学年校本研修总结
一、主要做法
1、健全制度。学校修订了教研组考核办法，人人有任务，组组有主题，周周有研讨，件件有记录。
3、深入课堂。
"""
TWICE = """教研组工作总结
一、回顾
每一次研讨之后我们都把大家的发言整理成简报并发给每位老师。
二、反思
每一次研讨之后我们都把大家的发言整理成简报并发给每位老师。
"""


def the_document(text: str) -> ReadDocument:
    (document,) = read_documents(read(text.encode(), name="总结.txt"))
    return document


def test_what_is_printed_around_is_metadata() -> None:
    facts = {fact.name: (fact.value, fact.line) for fact in the_document(PAGE).metadata}

    assert facts == {
        "subtitle": ("石桥实验小学2026学年校本研修总结", 4),
        "school": ("石桥实验小学", 4),
        "published_at": ("2027-06-03", 2),
        "author": ("教科室", 2),
        "views": (1024, 2),
    }


def test_a_number_that_is_missing_is_told() -> None:
    notes = the_document(PAGE).notes

    assert [(note.code, note.line) for note in notes] == [("number-missing", 7)]
    assert "“2”" in notes[0].sentence


def test_a_sentence_told_twice_is_told_of() -> None:
    notes = the_document(TWICE).notes

    assert [(note.code, note.line) for note in notes] == [("sentence-repeated", 5)]


def test_a_school_without_a_name_of_its_own_has_none() -> None:
    facts = the_document("农村小学校本研修工作总结\n本学期我们做了许多事。\n").metadata

    assert "school" not in {fact.name for fact in facts}
