"""No file, however made, harms the reader: it is read or refused, in bounded memory and time."""

import io
import json
import resource
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yanxiu.documents.outline import Outline
from yanxiu.documents.reading import office, read
from yanxiu.documents.reading.refusals import DamagedFile, UnreadableFormat
from yanxiu.documents.tests.pdfs import typeset
from yanxiu.documents.tests.test_reading import a_docx
from yanxiu.kernel.refusals import Refusal

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MEGABYTE = 1024 * 1024
# The peak of this image alone: what getrusage tells begins with the peak of the parent.
MEASURED = """
import json, re, resource, sys
from yanxiu.documents.reading import read
from yanxiu.kernel.refusals import Refusal
peak = lambda: int(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1]) // 1024
before = peak()
try:
    told = str(len(read(open(sys.argv[1], "rb").read(), name=sys.argv[1]).lines))
except Refusal as refusal:
    told = refusal.code
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
print(json.dumps([told, peak() - before, children]))
"""
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="memory is measured by /proc")


def body(inner: str, namespace: str = W) -> bytes:
    return f'<w:document xmlns:w="{namespace}"><w:body>{inner}</w:body></w:document>'.encode()


def packed(markup: bytes) -> bytes:
    """A Word file with `markup` as its text, compressed as far as it goes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", b"<x/>")
        package.writestr("word/document.xml", markup)
    return stream.getvalue()


def measured(data: bytes, folder: Path) -> tuple[str, int, int]:
    """What a process that reads `data` says, and how many MB it and its children took."""
    path = folder / "计划.txt"
    path.write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path)], check=True, stdout=subprocess.PIPE, timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (1500 * MEGABYTE,) * 2),
    )  # fmt: skip
    told, mine, children = json.loads(done.stdout)
    return told, mine, children


BOMBS = {
    "many empty paragraphs": (packed(body("<w:p/>" * 5_000_000)), "document-damaged"),
    "one endless paragraph": (
        packed(body(f"<w:p>{'<w:r/>' * 4_000_000}</w:p>")),
        "document-damaged",
    ),
    "more elements than any book": (
        packed(body(f"<w:p>{'<w:r/>' * 100}</w:p>" * 50_000)),
        "document-damaged",
    ),
    "one endless word": (
        packed(body(f"<w:p><w:r><w:t>{'甲' * 10**7}</w:t></w:r></w:p>")),
        "document-too-much",
    ),
    "endless lines": (b"\n" * MEGABYTE, "document-too-much"),
    "endless tags": (b"<html>" + b"<p>" * 500_000, "document-damaged"),
    "a part beyond measure": (packed(body(" " * 50 * MEGABYTE)), "document-damaged"),
    "tables in tables": (
        packed(body("<w:tbl><w:tr><w:tc>" * 70 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 70)),
        "document-damaged",
    ),
    "containers in containers": (
        packed(body("<w:sdt><w:sdtContent>" * 90_000 + "</w:sdtContent></w:sdt>" * 90_000)),
        "document-damaged",
    ),
}  # fmt: skip


@LINUX
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_little_memory(name: str, tmp_path: Path) -> None:
    data, expected = BOMBS[name]
    assert len(data) < 2 * MEGABYTE

    told, memory, _ = measured(data, tmp_path)

    assert told == expected
    assert memory <= 150


@LINUX
def test_only_one_paragraph_at_a_time_is_held(tmp_path: Path) -> None:
    run = "<w:r " + " ".join(f'a{number}="{number}"' for number in range(6)) + "/>"

    told, memory, _ = measured(packed(body(f"<w:p>{run * 10}</w:p>" * 20_000)), tmp_path)

    assert told == "20000"
    assert memory <= 60


@LINUX
def test_a_pdf_is_read_in_a_process_of_its_own(tmp_path: Path) -> None:
    told, memory, children = measured(typeset("甲乙丙丁。"), tmp_path)

    assert told == "2"
    assert memory <= 30
    assert children <= 200


@pytest.mark.parametrize(
    "markup",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>',
        b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>',
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]><x/>',
    ],
)
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/numbering.xml"])
def test_entities_are_refused_in_every_part(markup: bytes, part: str) -> None:
    with pytest.raises(DamagedFile, match="不安全"):
        read(a_docx(**{part: markup}), name="a.docx")


def test_a_word_file_of_the_strict_kind_and_of_another_layout_is_read() -> None:
    paragraph = "<w:p><w:r><w:t>一、目标</w:t></w:r></w:p>"
    target = (
        b'<Relationships><Relationship Id="1" Target="/word/text2.xml" '
        b'Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"/>'
        b"</Relationships>"
    )

    outline = read(
        a_docx(**{"word/text2.xml": body(paragraph, STRICT), "_rels/.rels": target}), name="a"
    )

    assert [line.text for line in outline.lines] == ["一、目标"]


def test_a_zip_with_a_password_is_refused() -> None:
    data = bytearray(a_docx())
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(sign, at + 1)) >= 0:
            data[at + place] |= 1

    with pytest.raises(DamagedFile, match="加了密"):
        read(bytes(data), name="a.docx")


def test_a_formula_is_text_and_a_name_is_only_a_name() -> None:
    text = "=HYPERLINK(\"http://127.0.0.1:9\")\n组长：=cmd|' /C calc'!A0"

    for name in ("=1+1.txt", "../../etc/passwd", "a" * 5000, "", "\0.docx\n.txt"):
        assert [line.text for line in read(text.encode(), name=name).lines] == text.split("\n")


def test_pictures_and_programs_under_any_name_are_refused() -> None:
    for data in (
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9,
        b"\x7fELF" + b"\0" * 900,
        b"MZ\x90" * 99,
    ):
        for name in ("计划.txt", "计划.docx", "计划.pdf", "计划.html"):
            with pytest.raises(UnreadableFormat):
                read(data, name=name)


def test_nothing_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for data in (typeset("甲。"), b"%PDF-1.7", a_docx(), b"{\\rtf1 x}", b"PK\x03\x04"):
        try:
            read(data, name="a")
        except Refusal:
            continue

    assert not any(tmp_path.iterdir())


WHOLE = a_docx()
STARTS = st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.4\n", b"{\\rtf1", b"<html>",
                          b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"<?xml "])  # fmt: skip


def read_or_refused(data: bytes, name: str) -> bool:
    try:
        return isinstance(read(data, name=name), Outline)
    except Refusal as refusal:
        return "。" in str(refusal)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STARTS, st.binary(max_size=400), st.sampled_from(["a.txt", "a.docx", "a.html", "a"]))
def test_any_bytes_are_read_or_refused(
    monkeypatch: pytest.MonkeyPatch, start: bytes, rest: bytes, name: str
) -> None:
    monkeypatch.setattr(office, "program", lambda: None)

    assert read_or_refused(start + rest, name)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=40))
def test_a_word_file_with_broken_bytes_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for place, value in changes:
        data[place] = value

    assert read_or_refused(bytes(data), "a.docx")


TAGS = st.sampled_from(["w:p", "w:tbl", "w:tr", "w:tc", "w:r", "w:t", "w:sdt", "w:ins", "w:del",
                        "w:pPr", "w:numPr", "w:tcPr", "w:txbxContent", "w:body", "x"])  # fmt: skip
TREES = st.recursive(
    st.text("甲一、1.\t ", max_size=4),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", TAGS, st.lists(inner, max_size=4)
    ),
    max_leaves=30,
)


@settings(max_examples=80, deadline=None)
@given(TREES)
def test_a_word_file_with_its_elements_in_any_order_is_read_or_refused(tree: str) -> None:
    assert read_or_refused(packed(body(tree)), "a.docx")
