"""At least 95 of 100 things that the samples are known to say are read, at their line.

The tables in `ground_truth/` say for each item of `expected.md` which kinds of finding are an
honest reading of it; `*` takes its values from there. What is about other files (near-duplicates,
the boilerplate between documents) is no matter of reading and has no row.
"""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from yanxiu.documents.outline import Outline
from yanxiu.documents.reading import read
from yanxiu.planning.reading import ReadDocument, read_documents
from yanxiu.planning.reading.tests import scoring

TABLES = Path(__file__).parent / "ground_truth"
SOURCES = {
    "S0.1": ("central-school-summary", 0, 0),
    "S0.2": ("central-school-summary", 1, 0),
    "S2.1": ("term-plans-traditional", 0, 0),
    "S2.3": ("term-plans-traditional", 1, 46),
    "S3.4": ("town-summary-radicals", 0, 78),
    "S4.1": ("annual-summary-2025", 0, 0),
}
"""The file of each document, its place there, and how far its lines stand from the collection's."""
LEAST = 0.95


def values_of(samples: Path) -> dict[tuple[str, str], tuple[str, ...]]:
    """The values of expected.md by document and key, as far as they are lists of texts."""
    found, document = {}, ""
    for line in (samples / "documents" / "expected.md").read_text().splitlines():
        heading = re.match(r"### [\d.]+ (S[\d.]+)", line)
        document = heading[1] if heading else document
        cells = [cell.strip().strip("`") for cell in line.strip("|").split(" | ")]
        if document and len(cells) > 3:
            found[document, cells[0].strip("| ")] = tuple(
                re.sub(r" \([^)]*\)$", "", part.strip()) for part in cells[1].split(";")
            )
    return found


def known(samples: Path, name: str) -> tuple[list[scoring.Expected], ReadDocument, Outline]:
    file, place, offset = SOURCES[name]
    data = (samples / "documents" / f"{file}.txt").read_bytes()
    outline = read(data, name=f"{file}.txt")
    values = values_of(samples)
    rows = []
    for row in scoring.read_rows((TABLES / f"{name}.table").read_text()):
        texts = values[name, row.key] if row.texts == ("*",) else row.texts
        where = str(int(row.where) - offset) if row.where.isdecimal() else row.where
        if row.what == ("lines",):
            first, last = texts[0].split("-")
            texts = (f"{int(first) - offset}-{int(last) - offset}",)
        rows.append(replace(row, texts=texts, where=where))
    return rows, read_documents(outline)[place], outline


@pytest.mark.parametrize("name", SOURCES)
def test_what_the_sample_says_is_read(samples: Path, name: str) -> None:
    rows, document, outline = known(samples, name)

    missing = scoring.misses(rows, document, outline)

    score = 1 - len(missing) / len(rows)
    assert score >= LEAST, f"{name}: {score:.1%} of {len(rows)}; missing: {missing}"
