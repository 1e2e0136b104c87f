"""No name leaves the house, and every token comes back as the name it stood for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanxiu.reports.drafting.names import Known
from yanxiu.reports.drafting.request import (
    FigureGiven,
    NothingToPhrase,
    TooLong,
    Wish,
    compose,
)
from yanxiu.reports.drafting.tokens import Veil, reveal

KNOWN = Known(
    persons=frozenset({"李明", "李明华", "欧阳修远", "向阳"}),
    schools=frozenset({"清河小学", "清河镇中心小学"}),
    words=frozenset({"星光计划"}),
)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("李明华和李明", "〔甲教师〕和〔乙教师〕"),
        ("清河镇中心小学与清河小学", "〔甲校〕与〔乙校〕"),
        ("李明评课，李明又评课", "〔甲教师〕评课，〔甲教师〕又评课"),
        ("邀请陈大文教授到青石镇中心小学", "邀请〔甲教师〕教授到〔甲校〕"),
        ("周主任说", "〔甲教师〕主任说"),
        ("张强执教《分数》", "〔甲教师〕执教《分数》"),
        ("电话13812345678、138-1234-5678", "电话〔甲电话〕、〔乙电话〕"),
        ("座机0536-1234567", "座机〔甲电话〕"),
        ("邮箱a.b@c.cn，网址https://c.cn/x", "邮箱〔甲邮箱〕，网址〔甲网址〕"),
        ("身份证11010119900307123X", "身份证〔甲号码〕"),
        ("身份证１１０１０１１９９００３０７１２３４", "身份证〔甲号码〕"),
        ("课题“星光计划”", "课题“〔甲词〕”"),
        ("写着〔甲教师〕", "写着〔甲词〕"),
    ],
)
def test_names_and_numbers_of_persons_become_tokens(text: str, hidden: str) -> None:
    assert Veil(KNOWN).hide(text) == hidden


@pytest.mark.parametrize(
    "text",
    ["任课教师、高年级教师和班主任", "我校各年级、全县中小学、乡村学校", "共12场，参加64人次"],
)
def test_what_names_nobody_stays(text: str) -> None:
    assert Veil(KNOWN).hide(text) == text


PIECES = st.sampled_from(
    [
        "李明",
        "李明华",
        "清河小学",
        "〔",
        "〕",
        "〔甲教师〕",
        "甲教师",
        "13812345678",
        "张三老师",
        "。",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=12).map("".join)


@given(TEXTS)
def test_every_text_comes_back_as_it_was(text: str) -> None:
    veil = Veil(KNOWN)

    assert reveal(veil.hide(text), veil.table) == text


@given(TEXTS)
def test_no_known_name_is_left(text: str) -> None:
    veil = Veil(KNOWN)
    hidden = veil.hide(text)

    left = "".join(piece if piece not in veil.table else "\n" for piece in _split(hidden))
    assert not any(name in left for name in KNOWN.persons | KNOWN.schools)


def _split(hidden: str) -> list[str]:
    return hidden.replace("〔", "\0〔").replace("〕", "〕\0").split("\0")


def test_the_thirteenth_person_has_a_token_of_its_own() -> None:
    names = [f"{one}老师" for one in "王李张刘陈杨赵黄周吴徐孙胡"]
    veil = Veil(Known(persons=frozenset(names)))
    hidden = veil.hide("、".join(names))

    assert hidden.endswith("〔甲丙教师〕")
    assert len(veil.table) == len(names)


def test_what_is_sent_has_the_figures_as_a_table_and_no_name() -> None:
    figures = [FigureGiven("李明主持的场次", "12", "场")]
    asked = compose("李明到清河小学。", figures, wish=Wish.SMOOTH, veil=Veil(KNOWN))

    assert "〔甲教师〕主持的场次 | 12 | 场" in asked.user
    assert "原文：\n〔甲教师〕到〔甲校〕。" in asked.user
    assert "李明" not in str(asked.messages)


def test_too_much_and_nothing_are_not_sent() -> None:
    veil = Veil(KNOWN)
    with pytest.raises(TooLong):
        compose("长" * 4001, [], wish=Wish.SMOOTH, veil=veil)
    with pytest.raises(NothingToPhrase):
        compose(" \n", [FigureGiven("场次", "1", "场")], wish=Wish.SMOOTH, veil=veil)
