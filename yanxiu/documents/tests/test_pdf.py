"""A PDF prints what people wrote as it stands, with the fonts that come with the house."""

import pypdfium2
import pytest

from yanxiu.documents.pdf import HEAD, write_pdf

SOURCE = HEAD + "\n#text(size: 14pt)[#given.name]\n#for one in given.lines { par(one) }\n"
RARE = "垚昇喆珺玥祎翀赟㑇䶮𬀩𫘝"


def text_of(data: bytes) -> str:
    return str(pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range())


def test_rare_characters_of_names_are_printed() -> None:
    data = write_pdf(SOURCE, {"name": RARE, "lines": []})

    # A character that the fonts do not have is missing from the text of the file.
    assert RARE in text_of(data)


@pytest.mark.parametrize(
    "text", ["#strong[甲] $x$ <乙> @丙 *丁*", "“引号”《书〈名〉号》", "a & b < c"]
)
def test_marks_in_the_values_are_text(text: str) -> None:
    assert text in text_of(write_pdf(SOURCE, {"name": text, "lines": [text]}))


def test_the_same_values_give_the_same_bytes() -> None:
    values = {"name": "李某", "lines": ["一", "二"]}

    assert write_pdf(SOURCE, values) == write_pdf(SOURCE, values)


def test_what_no_file_can_hold_is_left_out() -> None:
    assert "甲乙" in text_of(write_pdf(SOURCE, {"name": "甲\x00\x07乙", "lines": []}))


def test_only_fonts_of_the_house_are_in_it() -> None:
    data = write_pdf(SOURCE, {"name": "李某 abc 123", "lines": []})

    assert b"NotoSerifSC" in data
