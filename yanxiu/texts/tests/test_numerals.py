"""Numbers are read in every style in which people write them, and nothing else is a number."""

from decimal import Decimal

import pytest

from yanxiu.texts.numerals import number, read_numeral, whole_number


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12", "12"), ("１２", "12"), ("1,200", "1200"), ("2.5", "2.5"), ("3.5万", "35000"),
        ("十", "10"), ("十二", "12"), ("二十", "20"), ("一百零五", "105"), ("两千三百", "2300"),
        ("三万", "30000"), ("两", "2"), ("兩", "2"), ("二点五", "2.5"), ("二〇二六", "2026"),
        ("零", "0"),
    ],
)  # fmt: skip
def test_it_reads(written: str, value: str) -> None:
    assert number(written) == Decimal(value)


@pytest.mark.parametrize(
    ("written", "value", "vague"),
    [
        ("二十余", 20, "more_than"),
        ("十几", 10, "more_than"),
        ("50多", 50, "more_than"),
        ("三四", 3, "about"),
        ("一两", 1, "about"),
        ("十余万", 100_000, "more_than"),
    ],
)
def test_a_vague_number_says_so(written: str, value: int, vague: str) -> None:
    numeral = read_numeral(written)

    assert numeral is not None
    assert (numeral.value, numeral.vague) == (Decimal(value), vague)


@pytest.mark.parametrize("written", ["", "几", "几十", "第三", "X", "__", "一二 三", "1.2.3"])
def test_it_does_not_invent(written: str) -> None:
    assert read_numeral(written) is None


@pytest.mark.parametrize("text", ["", "-1", "1.5", "²", "十二", "9" * 19, "9" * 5000])
def test_what_a_database_cannot_hold_is_no_whole_number(text: str) -> None:
    assert whole_number(text) is None


def test_digits_alone_are_a_whole_number_in_any_script() -> None:
    assert [whole_number(text) for text in ("0", "12", "１２", "9" * 18)] == [0, 12, 12, 10**18 - 1]
