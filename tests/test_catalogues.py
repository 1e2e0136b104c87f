"""Every sentence of the house is there in traditional script and in English."""

import polib
import pytest

from catalogues.make import (
    ENGLISH,
    PLACEHOLDER,
    TRADITIONAL,
    in_traditional,
    key_of,
    path_of,
    read,
)
from catalogues.sources import sentences

LEFT_IN_CHINESE = {"研"}
"""What stands in an English sentence as it is: the seal."""

pytestmark = pytest.mark.static


@pytest.mark.parametrize("language", [TRADITIONAL, ENGLISH])
def test_a_catalogue_has_the_sentences_of_the_sources_and_no_others(language: str) -> None:
    assert {key_of(entry) for entry in read(language)} == set(sentences())


@pytest.mark.parametrize("language", [TRADITIONAL, ENGLISH])
def test_no_sentence_is_missing(language: str) -> None:
    assert [entry.msgid for entry in read(language).untranslated_entries()] == []


@pytest.mark.parametrize("language", [TRADITIONAL, ENGLISH])
def test_what_is_used_was_made_from_what_is_written(language: str) -> None:
    path = path_of(language)
    written = {key_of(entry): (entry.msgstr, entry.msgstr_plural) for entry in read(language)}

    used = polib.mofile(str(path.with_suffix(".mo")))

    assert {key_of(entry): (entry.msgstr, entry.msgstr_plural) for entry in used} == written


@pytest.mark.parametrize("language", [TRADITIONAL, ENGLISH])
def test_every_hole_of_a_sentence_is_in_its_translation(language: str) -> None:
    wrong = [
        entry.msgid
        for entry in read(language)
        for text in [entry.msgstr, *entry.msgstr_plural.values()]
        if text and set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(entry.msgid))
    ]

    assert wrong == []


def test_the_traditional_catalogue_is_what_the_tool_makes() -> None:
    wrong = [
        entry.msgid
        for entry in read(TRADITIONAL)
        for text in [entry.msgstr, *entry.msgstr_plural.values()]
        if text and text != in_traditional(entry.msgid)
    ]

    assert wrong == []


def test_the_english_catalogue_is_english() -> None:
    chinese = [
        entry.msgstr
        for entry in read(ENGLISH)
        if set(entry.msgstr) & set(entry.msgid)
        and any("\u3400" <= one <= "\u9fff" for one in entry.msgstr)
    ]

    assert chinese == []


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("补签", "補簽"),
        ("校历", "校曆"),
        ("第3周次", "第3週次"),
        ("为什么", "為什麼"),
        ("后来", "後來"),
    ],
)
def test_what_the_machine_gets_wrong_is_corrected(simplified: str, traditional: str) -> None:
    assert in_traditional(simplified) == traditional
