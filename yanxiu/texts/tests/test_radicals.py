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
    assert len(repaired) == len(text)
    assert not any(map(is_radical, repaired))
