"""Small templates for tests, and the words they may use."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from docx import Document

from yanxiu.documents.word.template import (
    Template,
)
from yanxiu.documents.word.template_fields import Field, Table, Vocabulary

WORDS = Vocabulary(
    [
        Field("学校", sample="青石小学"),
        Field("标题", sample="工作总结"),
        Field("举行的场次", unit="场", sample="12", code="activities.sessions_held"),
        Field("分散（自学）研修人次", unit="人次", sample="7"),
    ],
    [
        Table("场次明细", ("主题", "时间"), sample=(("估算", "3月2日"), ("图形", "3月9日"))),
        Table("教师表", ("姓名",), sample=(("甲",),)),
    ],
)


def a_docx(write: Callable[[Any], None]) -> bytes:
    document = Document()
    write(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def of(*paragraphs: str | Sequence[str]) -> bytes:
    """Return a docx with these paragraphs, each a text or the texts of its runs."""

    def write(document: Any) -> None:
        for one in paragraphs:
            paragraph = document.add_paragraph()
            for text in [one] if isinstance(one, str) else one:
                paragraph.add_run(text)

    return a_docx(write)


def in_table(*rows: Sequence[str]) -> bytes:
    def write(document: Any) -> None:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text

    return a_docx(write)


def changed(data: bytes, **parts: Callable[[bytes], bytes] | bytes) -> bytes:
    """Return the package with parts changed or added; `__` stands for `/`, `_` for `.`."""
    buffer = io.BytesIO()
    by_name = {name.replace("__", "/").replace("_", "."): deed for name, deed in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            deed = by_name.pop(name, None)
            content = source.read(name)
            target.writestr(name, deed(content) if callable(deed) else deed or content)
        for name, deed in by_name.items():
            target.writestr(name, deed(b"") if callable(deed) else deed)
    return buffer.getvalue()


def lines(data: bytes) -> list[str]:
    document = Document(io.BytesIO(data))
    tables = [
        " | ".join(cell.text for cell in row.cells)
        for table in document.tables
        for row in table.rows
    ]
    return [one.text for one in document.paragraphs if one.text] + tables


def faults(template: Template) -> list[str]:
    return [one.sentence for one in template.faults]
