"""Have the child process read a PDF, and turn what it says into an outline or a refusal."""

import json
import os
import sys
from pathlib import Path
from typing import Any

from yanxiu.documents.outline import Line, Outline, Table
from yanxiu.documents.reading import confined
from yanxiu.documents.reading.refusals import TooMuch, UnreadableFormat

PAGES = 300
"""More pages are no plan and no summary."""

_MEGABYTE = 1024 * 1024
BOUNDS = confined.Bounds(seconds=45, cpu_seconds=30, memory=768 * _MEGABYTE, output=32 * _MEGABYTE)
_ROOT = Path(__file__).resolve().parents[4]
_WAY_OUT = "如果有原来的 Word 文件，请上传 Word 文件。"
_REFUSED = {
    "locked": f"这份 PDF 设有打开密码，没有读取。请先取消密码再上传。{_WAY_OUT}",
    "scanned": "这份 PDF 里只有图片，没有可以读出的文字，多半是扫描件，没有读取。"
    "请用 WPS 或手机的文字识别转成 docx，核对后再上传；"
    "如果有原来的 Word 文件，直接上传它最好。",
    "garbled": f"这份 PDF 没有存下文字的编码，读出来是乱码，没有读取。{_WAY_OUT}",
    "damaged": f"这份 PDF 已损坏或不完整，没有读取。请重新导出一份再上传。{_WAY_OUT}",
}


def read_pdf(data: bytes) -> Outline:
    """Give the paragraphs and table rows of a PDF, numbered, each with its page.

    Raises:
        UnreadableFormat: locked, scanned, garbled or damaged.
        TooMuch: more than `PAGES` pages, or more work than a plan can be.
    """
    command = [sys.executable, "-m", "yanxiu.documents.reading.pdf.child", str(PAGES)]
    paths = os.pathsep.join(part for part in (str(_ROOT), os.environ.get("PYTHONPATH")) if part)
    environment = {**os.environ, "PYTHONPATH": paths}
    ended = confined.run(command, data, BOUNDS, environment)
    if ended.code != 0:
        # Out of time or memory, or a crash of the library: the file is to blame, not the reader.
        raise TooMuch(PAGES)
    told = json.loads(ended.output)
    if told.get("pages", 0) > PAGES:
        raise TooMuch(PAGES, told["pages"])
    if "refused" in told:
        raise UnreadableFormat(_REFUSED[told["refused"]])
    return _outline(told)


def _outline(told: dict[str, Any]) -> Outline:
    lines = tuple(
        Line(number, text, level, tuple(cells), table, page=page)
        for number, (text, level, cells, table, page) in enumerate(told["lines"], 1)
    )
    tables = tuple(
        Table(first, tuple(tuple(row) for row in rows)) for first, rows in told["tables"]
    )
    return Outline(lines, tables, tuple(told["remarks"]))
