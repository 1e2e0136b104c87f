"""Repairing radicals changes what PDF exporters broke and nothing else."""

import unicodedata
from pathlib import Path

import pytest

from yanxiu.texts.radicals import repair


def is_radical(character: str) -> bool:
    return 0x2E80 <= ord(character) <= 0x2FDF


def test_it_maps_every_assigned_radical_to_one_ordinary_character() -> None:
    radicals = [chr(p) for p in range(0x2E80, 0x2FE0) if unicodedata.name(chr(p), "")]

    repaired = [repair(radical) for radical in radicals]

    assert len(radicals) == 329
    assert all(len(text) == 1 and ord(text) < 0xFFFF and not is_radical(text) for text in repaired)


def test_kangxi_radicals_are_what_unicode_says_but_for_one() -> None:
    differing = [
        chr(point)
        for point in range(0x2F00, 0x2FD6)
        if repair(chr(point)) != unicodedata.normalize("NFKC", chr(point))
    ]

    assert differing == ["⼾"]


def test_each_radical_means_a_character_that_stays_what_it_is() -> None:
    for point in range(0x2E80, 0x2FD6):
        meant = repair(chr(point))
        if meant != chr(point):
            assert unicodedata.category(meant) in {"Lo", "Lm"}
            assert repair(meant) == meant == unicodedata.normalize("NFKC", meant)


# What real exports of school papers hold and NFKC leaves alone, with what the words need.
REAL = {
    "⺠": "民",
    "⺫": "目",
    "⺴": "网",
    "⻅": "见",
    "⻋": "车",
    "⻓": "长",
    "⻔": "门",
    "⻛": "风",
    "⻬": "齐",
}


@pytest.mark.parametrize("radical", REAL)
def test_the_supplement_that_unicode_does_not_repair_is_repaired(radical: str) -> None:
    assert unicodedata.normalize("NFKC", radical) == radical
    assert repair(radical) == REAL[radical]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("⺴络教研", "网络教研"),
        ("⼾外", "户外"),
        ("⺮竿⻊球", "竹竿足球"),
        ("⼀、校⻓⻅⾯", "一、校长见面"),
        ("⺠主⻬抓⻔⻛⻋⺫", "民主齐抓门风车目"),
    ],
)
def test_it_gives_the_character_a_school_means(written: str, meant: str) -> None:
    assert repair(written) == meant


def test_it_leaves_punctuation_spaces_and_traditional_script_alone() -> None:
    text = "，；：（）……ＡＢ１\u3000\xa0週三專著戶"

    assert repair(text) == text


def test_it_keeps_the_length_of_a_real_text_and_leaves_no_radical(samples: Path) -> None:
    text = (samples / "documents/town-summary-radicals.txt").read_text(encoding="utf-8")

    repaired = repair(text)

    assert any(map(is_radical, text))
    assert [new for old, new in zip(text, repaired, strict=True) if not is_radical(old)] == [
        old for old in text if not is_radical(old)
    ]
    assert len(repaired) == len(text)
    assert not any(map(is_radical, repaired))
