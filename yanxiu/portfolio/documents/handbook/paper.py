"""The handbook on paper."""

import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import IO

from yanxiu.documents.volume import Volume
from yanxiu.documents.word.paper import Gap
from yanxiu.portfolio.documents.handbook.data import Handbook
from yanxiu.portfolio.documents.on_paper import write_section

TITLE = "教师研修手册"
NUMERALS = "一二三四五六七八九十"
HOURS_HEAD = ("要求", "应达", "已认定", "待认定", "还差", "出处")
NOTE = (
    "本册由研修记录自动生成：每一条都出自已发生的活动、已认定的培训和本人写下的文字，"
    "可在系统里打开核对。"
)


def document(handbook: Handbook) -> bytes:
    """Return one handbook as a docx file; the same handbook gives the same bytes."""
    buffer = io.BytesIO()
    with Volume(buffer, f"{TITLE} {handbook.name}") as volume:
        write(volume, handbook)
    return buffer.getvalue()


def bind(
    target: Path | IO[bytes],
    labels: Sequence[str],
    books: Iterable[Handbook],
    *,
    told: Callable[[int, str], None] = lambda _done, _name: None,
) -> None:
    """Write all `books` into one volume with contents; `told` hears of each before it is written.

    The labels stand before the books, so they are asked for first.
    """
    with Volume(target, f"{TITLE}合订本") as volume:
        volume.contents(labels)
        for done, book in enumerate(books):
            told(done, book.name)
            write(volume, book)


def write(volume: Volume, book: Handbook) -> None:
    """Write one handbook as a part that begins on its own page."""
    volume.part(TITLE, subtitle=book.period)
    volume.table(
        ("项目", "内容"),
        [
            ("姓名", book.name),
            ("学校", book.organisation),
            ("所在的组", book.units or Gap("所在的组")),
            ("时段", book.period),
            ("制表", book.made_on.isoformat()),
        ],
    )
    volume.paragraph(NOTE)
    volume.page_break()
    for number, (section, leaves) in enumerate(book.sections, start=1):
        volume.heading(f"{_numeral(number)}、{section.name}")
        if section.code == "hours" and book.hours:
            volume.table(HOURS_HEAD, book.hours, caption="学时与要求")
        if leaves:
            write_section(volume, leaves)
        else:
            volume.paragraph("本期没有记录。")


def _numeral(number: int) -> str:
    if number <= len(NUMERALS):
        return NUMERALS[number - 1]
    return f"十{NUMERALS[number - 11]}" if number < 20 else str(number)  # noqa: PLR2004
