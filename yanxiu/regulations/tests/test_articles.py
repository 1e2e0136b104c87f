"""A rule is cut into its articles, and nothing of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanxiu.regulations.articles import Piece, cut, joined

pytestmark = pytest.mark.once


def test_points_inside_an_article_stay_in_it() -> None:
    text = "第一条　谁来办\n一、组长\n二、组员\n第二条　何时办"

    assert cut(text) == [
        Piece("第一条", "谁来办\n一、组长\n二、组员"),
        Piece("第二条", "何时办"),
    ]


def test_without_articles_the_points_are_the_pieces() -> None:
    assert [piece.label for piece in cut("一、目的\n略。\n二、办法")] == ["一、", "二、"]


def test_traditional_articles_are_found() -> None:
    assert [piece.label for piece in cut("第一條 目的\n第二條 辦法")] == ["第一條", "第二條"]


def test_what_stands_before_the_first_article_has_no_label() -> None:
    assert cut("前言\n第一条 目的")[0] == Piece("", "前言")


def test_a_number_with_decimals_begins_nothing() -> None:
    assert len(cut("每次\n1.5学时")) == 1


@given(
    st.lists(st.sampled_from(["第一条 甲", "第二条 乙", "一、丙", "丁", "3. 戊", ""]), max_size=12)
)
def test_nothing_is_lost_and_cutting_again_changes_nothing(lines: list[str]) -> None:
    pieces = cut("\n".join(lines))
    letters = "".join(pieces_text(piece) for piece in pieces)

    assert squeezed(letters) == squeezed("".join(lines))
    assert cut(joined(pieces)) == pieces


def pieces_text(piece: Piece) -> str:
    return piece.label + piece.text


def squeezed(text: str) -> str:
    return "".join(text.split())
