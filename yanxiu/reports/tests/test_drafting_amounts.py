"""Every amount of a text is found, and what only looks like one is left alone."""

import pytest

from yanxiu.reports.drafting.amounts import amounts


def read(text: str) -> list[str]:
    return [one.written for one in amounts(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("举行12场", ["12"]),
        ("举行１２场", ["12"]),
        ("举行十二场，两次", ["十二", "两"]),
        ("二十余位，十几个，数十次，几次，上百人", ["二十余", "十几", "数十", "几", "上百"]),
        ("占百分之九十五，即95%，三分之二", ["百分之九十五", "95%", "三分之二"]),
        ("1,200人，1.5万元", ["1,200", "1.5万"]),
        ("2026年10月15日和11月", ["2026年10月15日", "11月"]),
        ("每组3—5节，14:30开始", ["3—5", "14:30"]),
        ("绝大多数过半，翻一番", ["绝大多数", "过半", "翻一番"]),
        ("共③Ⅲ½㋉", ["③", "Ⅲ", "½", "㋉"]),
        ("٣场，𝟙场", ["3", "1"]),
        ("廿五人，俩人，陆续，伍人", ["廿五", "俩", "伍"]),
        ("十一起，统一百份，万一千人", ["十一", "一百", "万一千"]),
        ("12345678901234567890123456人", ["12345678901234567890123456"]),
        ("第3名，第一名", ["3", "一"]),
    ],
)
def test_an_amount_is_found(text: str, found: list[str]) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "一、基本情况",
        "（二）主要做法",
        "1.主要做法",
        "一是统一思想，二是一起研讨，三要一以贯之",
        "第一，抓好队伍；第二、陆续开展",
        "其一，万一有困难",
        "十分重要，一些教师进一步提高，百花齐放",
        "数学、次数、人数、数据、什么、参加",
        "上半年和下学期",
    ],
)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert read(text) == []


def says_the_same(asked: str, *given: str) -> bool:
    known = [one for text in given for one in amounts(text)]
    return all(one.is_in(known) for one in amounts(asked))


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("十二场", "12场"),
        ("12次活动", "12场"),
        ("共计28。", "28人"),
        ("95%", "百分之九十五"),
        ("10月15日", "2026年10月15日"),
        ("2026年10月", "2026年10月15日"),
        ("二十余位", "20余人"),
    ],
)
def test_another_way_of_writing_says_the_same(asked: str, given: str) -> None:
    assert says_the_same(asked, given)


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("28场", "28人"),
        ("28人", "28人次"),
        ("超过12场", "12场"),
        ("近12场", "12场"),
        ("12场以上", "12场"),
        ("12余场", "12场"),
        ("增加12场", "12场"),
        ("第12场", "12场"),
        ("平均12场", "12场"),
        ("50", "50%"),
        ("10月12日", "10月15日和11月12日"),
        ("2025年10月15日", "10月15日"),
        ("3—5节", "3节和5节"),
        ("十二万场", "12场"),
        ("一半", "50%"),
    ],
)
def test_a_number_turned_into_something_else_is_another(asked: str, given: str) -> None:
    assert not says_the_same(asked, given)
