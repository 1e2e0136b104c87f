"""The words are marked in the text as its author wrote it."""

from yanxiu.search.queries import highlighted
from yanxiu.search.words import asked


def shown(text: str, query: str) -> str:
    return "|".join(
        "".join(f"[{part.text}]" if part.hit else part.text for part in passage)
        for passage in highlighted(text, asked(query))
    )


def test_words_are_marked_in_the_script_of_the_text() -> None:
    assert shown("我們討論了問題，再討論一次。", "讨论") == "我們[討論]了問題，再[討論]一次。"


def test_a_long_text_shows_two_passages() -> None:
    text = "甲" * 200 + "题一" + "乙" * 200 + "题二" + "丙" * 200 + "题三"

    first, second = shown(text, "题").split("|")

    assert "[题]一" in first
    assert "[题]二" in second
    assert first.startswith("…")
    assert second.endswith("…")


def test_without_a_word_in_the_text_its_beginning_is_shown() -> None:
    assert shown("一段文字", "王") == "一段文字"
