"""The term summary says the same on every paper; what it lacks stands there openly."""

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from docx import Document

from yanxiu.reports.documents.term_summary import data
from yanxiu.reports.documents.term_summary.data import Gap, Stated, TermSummary
from yanxiu.reports.documents.term_summary.freezing import freeze, thaw
from yanxiu.reports.documents.term_summary.writing import to_text, to_word

FOLDER = Path(data.__file__).parent


@pytest.fixture
def sample() -> TermSummary:
    return thaw(yaml.safe_load((FOLDER / "sample.yaml").read_text(encoding="utf-8")))


def word_text(content: bytes) -> str:
    """Return the words of a docx file in reading order, without any space."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        xml = package.read("word/document.xml").decode()
    return re.sub(r"\s", "", "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", xml)))


def test_it_reads_as_it_was_kept(sample: TermSummary) -> None:
    assert to_text(sample) == (FOLDER / "expected.txt").read_text(encoding="utf-8")


def test_word_says_what_the_text_says(sample: TermSummary) -> None:
    assert word_text(to_word(sample)) == re.sub(r"[\s｜]", "", to_text(sample))


def test_it_is_the_same_after_freezing(sample: TermSummary) -> None:
    assert thaw(freeze(sample)) == sample


def test_the_same_content_gives_the_same_file(sample: TermSummary) -> None:
    assert to_word(sample) == to_word(sample)


def test_it_names_its_gaps_in_reading_order(sample: TermSummary) -> None:
    assert [gap.key for gap in sample.gaps] == ["quota:q1", "section:problems"]


def test_an_open_statement_is_no_gap(sample: TermSummary) -> None:
    assert sample.answers.keys() == {"quota:q2"}


def test_a_number_is_written_with_two_decimals_at_most_and_kept_exactly() -> None:
    stated = Stated("activities.session_hours", "研修活动时长", Decimal("46.6667"), "小时")

    assert (str(stated), stated.value) == ("46.67小时", Decimal("46.6667"))


def test_a_zero_is_a_zero_and_no_gap(sample: TermSummary) -> None:
    assert str(sample.numbers["activities.sessions_cancelled", ""]) == "0场"


def test_a_number_has_no_useless_zeros(sample: TermSummary) -> None:
    assert str(replace(sample.numbers["people.teachers", ""], value=Decimal("7.5000"))) == "7.5人"
    assert "52.5小时" in to_text(sample)


def test_the_paper_is_that_of_gb_t_9704(sample: TermSummary) -> None:
    document: Any = Document(io.BytesIO(to_word(sample)))
    section = document.sections[0]

    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(one.mm) for one in margins] == [37, 35, 28, 26]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    styles = {one.style.name: one for one in document.paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "Normal", "Signed"} <= styles.keys()


def test_a_gap_is_marked_on_the_paper(sample: TermSummary) -> None:
    document = Document(io.BytesIO(to_word(sample)))
    runs = [run for one in document.paragraphs for run in one.runs]

    assert [run.text for run in runs if run.font.highlight_color] == ["【待补：存在的问题与原因】"]


def test_two_numbers_of_one_figure_differ_by_their_unit() -> None:
    whole = Stated("a.b", "甲", Decimal(3), "场")

    assert whole.key != replace(whole, unit="u").key
    assert str(Gap("k", "甲", "", "")) == "【待补：甲】"
