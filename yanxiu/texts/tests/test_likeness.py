"""Two titles that name the same thing are found; courses that only resemble are told apart."""

import pytest

from yanxiu.texts.likeness import alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("小学数学新课标研修班", "小学数学新课标研修班"),
        ("小学数学新课标研修班", "2026年小学数学新课标研修班（县级）"),
        ("新课标与课堂提问研修班", "新课标与课堂提问培训"),
        ("新課標與課堂提問研修班", "新课标与课堂提问研修班"),
        ("小学数学 新课标 研修班", "小学数学“新课标”研修"),
    ],
)
def test_titles_of_one_thing_are_alike(one: str, other: str) -> None:
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("小学数学新课标研修班", "小学语文新课标研修班"),
        ("班主任研修班第一期", "班主任研修班第二期"),
        ("2025年暑期研修", "2026年暑期研修"),
        ("命题研修", "班主任工作研讨会"),
        ("", "命题研修"),
        ("研修", "小学数学新课标研修班"),
    ],
)
def test_titles_of_two_things_are_told_apart(one: str, other: str) -> None:
    assert not alike(one, other)
