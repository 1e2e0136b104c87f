"""A title in a title."""

from yanxiu.texts.book_marks import inside_book_marks


def test_marks_inside_marks_are_the_single_ones() -> None:
    assert inside_book_marks("《平行与垂直》教学反思") == "〈平行与垂直〉教学反思"
    assert inside_book_marks("教学反思") == "教学反思"
