"""A figure is read alone, in a sentence or on a card: what it means leans on no other."""

import pytest

from yanxiu.figures.table import all_figures

LEANING = ("上一项", "上面", "同上", "前一项")


@pytest.mark.parametrize("code", sorted(all_figures()))
def test_a_meaning_stands_alone(code: str) -> None:
    meaning = str(all_figures()[code].meaning)

    assert meaning
    assert not [word for word in LEANING if word in meaning]
