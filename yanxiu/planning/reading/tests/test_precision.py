"""Nothing is invented: text, words and numbers of every finding stand where it says they stand."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from yanxiu.documents.outline import Outline, in_simplified
from yanxiu.documents.reading import read
from yanxiu.planning.reading import Finding, read_documents
from yanxiu.planning.reading.tests import documents
from yanxiu.planning.reading.tests.documents.kept import FICTIONAL
from yanxiu.texts import numerals
from yanxiu.texts.keys import key

SAMPLES = (
    "annual-summary-2025",
    "central-school-summary",
    "term-plans-traditional",
    "town-summary-radicals",
)
NUMBER = re.compile(rf"{numerals.PATTERN}(?:[{numerals.MORE}][万亿])?")
DIGIT = re.compile(r"[\d两〇零一二三四五六七八九十百]{1,3}")
QUOTED = ("goal", "rule", "form", "content", "outcome", "problem", "award", "project")


def outlines(samples: Path) -> Iterator[Outline]:
    for name in SAMPLES:
        yield read((samples / "documents" / f"{name}.txt").read_bytes(), name=f"{name}.txt")
    for data, name in FICTIONAL.values():
        yield read(data, name=name)
    for text in (documents.TERM_PLAN, documents.GROUP_PLAN, documents.SUMMARY, documents.SCHEME):
        yield read(text.encode(), name="文.txt")


def findings(samples: Path) -> Iterator[tuple[Outline, Finding]]:
    for outline in outlines(samples):
        for document in read_documents(outline):
            yield from ((outline, found) for found in document.findings)


def plain_lines(outline: Outline, found: Finding) -> str:
    """The line of the finding and the next two with text: a broken sentence goes on there."""
    lines = [line for line in in_simplified(outline).lines if line.text.strip()]
    place = next(n for n, line in enumerate(lines) if line.number == found.line)
    return " ".join(line.text for line in lines[max(place - 1, 0) : place + 3])


def numbers_in(text: str) -> set[Decimal]:
    found = (*NUMBER.findall(text), *DIGIT.findall(text), *re.findall(r"\d+(?:\.\d+)?", text))
    read_ = (numerals.number(word) for word in found)
    return {number for number in read_ if number is not None}


def amounts(found: Finding) -> Iterator[Decimal]:
    """The numbers that a finding gives as read; those it counted itself are marked as inferred."""
    value = found.value
    if isinstance(value, int | Decimal) and not found.inferred:
        yield Decimal(value)
    if isinstance(value, dict) and found.kind in {"credit", "theme"} and not found.inferred:
        yield from (Decimal(str(v)) for v in value.values() if isinstance(v, int | Decimal))


def test_each_number_stands_on_its_line(samples: Path) -> None:
    for outline, found in findings(samples):
        there = numbers_in(plain_lines(outline, found))
        assert set(amounts(found)) <= there, (found, there)


def test_each_text_stands_on_its_line(samples: Path) -> None:
    for outline, found in findings(samples):
        written = {line.number: line.text.strip() for line in outline.lines}
        assert found.text == written[found.line]
        if found.kind in QUOTED and isinstance(found.value, str):
            assert key(found.value) in key(plain_lines(outline, found)), found


def test_no_gap_has_a_value_and_none_names_a_person(samples: Path) -> None:
    for _, found in findings(samples):
        if found.kind == "placeholder":
            assert found.value is None
        if isinstance(found.value, dict):
            assert not any(re.search(r"[xX×_＿]{2,}|[xX×]$", str(v)) for v in found.value.values())


@pytest.mark.parametrize("kind", ["quantity", "schedule", "slot", "credit", "theme", "quota"])
def test_a_summary_without_figures_has_none(samples: Path, kind: str) -> None:
    data = (samples / "documents" / "central-school-summary.txt").read_bytes()
    _, half_year = read_documents(read(data, name="总结.txt"))

    assert [found for found in half_year.findings if found.kind == kind] == []
