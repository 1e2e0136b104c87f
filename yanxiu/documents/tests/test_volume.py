"""A volume is written straight to the disk, opens everywhere, and says where its parts are."""

import io
import re
import shutil
import subprocess
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from lxml import etree

from yanxiu.documents.volume import Volume
from yanxiu.documents.word.paper import Gap

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMES = ("李某（数学组）", "王 & <某>", "垚昇喆珺")


def volume_of(names: tuple[str, ...] = NAMES, rows: int = 40) -> bytes:
    buffer = io.BytesIO()
    with Volume(buffer, "研修手册合订本") as volume:
        volume.contents(names)
        for name in names:
            volume.part("教师研修手册", subtitle=name)
            volume.heading("一、研修活动")
            volume.paragraph("读书", Gap("读后感"), "。")
            volume.table(("日期", "内容"), [("2026-10-15", "分数的意义")] * rows)
            volume.table(("甲", "乙"), [("“甲”", "《乙》\x07")])
    return buffer.getvalue()


def part_of(data: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def test_the_same_content_gives_the_same_bytes() -> None:
    assert volume_of() == volume_of()


def test_every_line_of_the_contents_points_to_its_part() -> None:
    text = part_of(volume_of())

    asked = re.findall(r"PAGEREF (part\d+) ", text)

    assert len(asked) == len(NAMES)
    assert asked == re.findall(r'bookmarkStart w:id="\d+" w:name="(part\d+)"', text)
    assert text.count("<w:pageBreakBefore/>") == len(NAMES)
    assert "updateFields" in part_of(volume_of(), "word/settings.xml")


def test_what_people_wrote_is_text_and_never_marks() -> None:
    document = Document(io.BytesIO(volume_of()))
    text = "\n".join(one.text for one in document.paragraphs)

    assert "王 & <某>" in text
    assert "【待补：读后感】" in text
    assert document.tables[1].rows[1].cells[1].text == "《乙》"


def test_gaps_are_counted() -> None:
    with Volume(io.BytesIO(), "") as volume:
        volume.paragraph("一", Gap("二"))
        volume.table(("甲",), [(Gap("三"),)])

    assert volume.gaps == 2


def test_all_four_kinds_of_script_have_their_font() -> None:
    styles = etree.fromstring(part_of(volume_of(), "word/styles.xml").encode())

    used = {"Normal", "PartTitle", "TableText", "TOC1", "Heading1"}
    for style in styles.iter(f"{W}style"):
        fonts = style.find(f".//{W}rFonts")
        if style.get(f"{W}styleId") in used and fonts is not None:
            slots = {fonts.get(f"{W}{one}") for one in ("ascii", "hAnsi", "eastAsia", "cs")}
            assert len(slots) == 1
            assert None not in slots


def test_two_tables_do_not_grow_together() -> None:
    body = etree.fromstring(part_of(volume_of()).encode()).find(f"{W}body")
    assert body is not None
    tags = [child.tag for child in body]

    assert not any(one == two == f"{W}tbl" for one, two in pairwise(tags))


SOFFICE = shutil.which("soffice") or ""


@pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")
def test_libreoffice_reckons_the_pages_of_the_contents(tmp_path: Path) -> None:
    import pypdfium2  # noqa: PLC0415

    (tmp_path / "volume.docx").write_bytes(volume_of())
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation=file://{tmp_path}/lo", "--headless", "--convert-to",
         "pdf", "--outdir", str(tmp_path), str(tmp_path / "volume.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    pages = [
        page.get_textpage().get_text_range()
        for page in pypdfium2.PdfDocument(tmp_path / "volume.pdf")
    ]

    for name in NAMES:
        number = int(re.search(rf"{re.escape(name)}\W+(\d+)", pages[0])[1])  # type: ignore[index]
        assert name in pages[number - 1]
