"""`yanxiu read` tells what stands in a file, and what of the file it left out."""

import json
from pathlib import Path

import pytest
from docx import Document

from yanxiu.config import cli


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "枫桥小学"
    document.add_paragraph("枫桥小学2026年秋季校本研修计划")
    document.add_paragraph("一、研修要求")
    document.add_paragraph("每位教师每学期听课不少于20节。")
    path = tmp_path / "计划.docx"
    document.save(str(path))
    return path


def test_what_was_left_out_is_said_apart_from_the_answer(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["read", str(plan), "--json"]) == 0

    said = capsys.readouterr()
    (document,) = json.loads(said.out)["documents"]
    assert 20 in [finding["value"] for finding in document["findings"]]
    assert said.err == "页眉、页脚没有读。\n"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("扫描.pdf", b"%PDF-1.4 x", "损坏"),
        ("计划.docx", b"PK\x03\x04", "压缩包已损坏"),
        ("计划.docx", "一、目标".encode(), "只是改了扩展名"),
    ],
)
def test_a_file_that_is_not_read_gets_one_sentence_and_a_way_out(
    name: str, data: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(data)

    assert cli.main(["read", str(tmp_path / name)]) == 2

    said = capsys.readouterr()
    assert words in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""
