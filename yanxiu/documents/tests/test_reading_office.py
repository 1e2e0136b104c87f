"""Old Word files and RTF are read through LibreOffice where it is installed."""

import os
import sys
import time
from pathlib import Path

import pytest

from yanxiu.documents.reading import confined, office, read, takes_patience
from yanxiu.documents.reading.refusals import NeedsOffice, OfficeFailed, UnreadableFormat

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOC = OLE + b"\0" * 500 + "WordDocument".encode("utf-16-le")
ROWS = r"\trowd\cellx2000\cellx6000\intbl {\u26376?}\cell {\u20869?}\cell\row"
RICH = (r"{\rtf1\ansi\ansicpg936\uc1 {\u30446?\u26631?}\par " + ROWS + r"\pard 2\par}").encode()
KEEPS = confined.Bounds(seconds=2, cpu_seconds=2, memory=2**32, output=1000)


@pytest.mark.skipif(not office.program(), reason="LibreOffice is not installed")
def test_rich_text_is_read_with_its_table() -> None:
    outline = read(RICH, name="计划.rtf")

    assert [line.text for line in outline.lines] == ["目标", "月\t内", "2"]
    assert outline.tables[0].rows == (("月", "内"),)


@pytest.mark.skipif(not office.program(), reason="LibreOffice is not installed")
def test_a_file_that_office_cannot_open_is_refused() -> None:
    with pytest.raises(OfficeFailed, match="另存为 docx"):
        read(DOC, name="计划.doc")


@pytest.mark.parametrize(("data", "kind"), [(DOC, "旧版 Word"), (RICH, "RTF")])
def test_without_office_the_way_out_is_named(
    data: bytes, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "program", lambda: None)

    with pytest.raises(NeedsOffice, match=f"{kind}.*另存为 docx"):
        read(data, name="a")


@pytest.mark.parametrize(
    ("sign", "words"),
    [("EncryptedPackage", "密码"), ("_VBA_PROJECT", "宏"), ("Workbook", "不是文档")],
)
def test_what_office_shall_not_even_see_is_refused(sign: str, words: str) -> None:
    with pytest.raises(UnreadableFormat, match=words):
        read(OLE + sign.encode("utf-16-le"), name="计划.doc")


def test_a_late_office_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "soffice"
    slow.write_text(f"#!/bin/sh\nsleep 30 &\necho $! > {tmp_path}/child\nwait\n")
    slow.chmod(0o755)
    monkeypatch.setattr(office, "program", lambda: str(slow))
    monkeypatch.setattr(office, "BOUNDS", confined.Bounds(1, 5, 2**32, 1000))

    with pytest.raises(OfficeFailed, match="限定的时间"):
        read(RICH, name="a.rtf")

    time.sleep(0.2)
    child = int((tmp_path / "child").read_text())
    assert (
        not Path(f"/proc/{child}/cmdline").exists()
        or not Path(f"/proc/{child}/cmdline").read_bytes()
    )


@pytest.mark.skipif(os.name != "posix", reason="limits are those of POSIX")
@pytest.mark.parametrize(
    "greedy",
    [
        "b'x' * 10**10",
        "[0 for _ in iter(int, 1)]",
        "print('x' * 10**6)",
        "__import__('os').abort()",
    ],
)
def test_a_greedy_program_is_stopped(greedy: str) -> None:
    ended = confined.run([sys.executable, "-c", greedy], b"", KEEPS)

    assert ended.code != 0
    assert len(ended.output) <= KEEPS.output


def test_the_upload_page_can_tell_what_takes_seconds() -> None:
    assert [takes_patience(data) for data in (RICH, DOC, b"%PDF-1.7", b"a" * 3_000_000)] == [
        True
    ] * 4
    assert not takes_patience("一、目标".encode())
