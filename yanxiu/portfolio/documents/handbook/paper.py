"""The handbook on paper."""

import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import IO

from yanxiu.documents.volume import Volume
from yanxiu.documents.word.paper import Gap
from yanxiu.portfolio.documents.handbook.data import Handbook
from yanxiu.portfolio.documents.handbook.hours import Category, Register
from yanxiu.portfolio.documents.on_paper import write_section

TITLE = "教师研修手册"
NUMERALS = "一二三四五六七八九十"
HOURS_HEAD = ("要求", "应达", "已认定", "待认定", "还差", "出处")
REGISTER_HEAD = ("日期", "内容", "承担", "计得", "计入", "认定经过")
SIGNING_HEAD = ("环节", "意见", "签字（盖章）", "日期")
SIGNING = ("本人自评", "教研组", "学校认定", "中心校（区）确认")
BLANK_DAY = "年　　月　　日"
ROOM = "\u3000" * 12 + "\n\u3000\n\u3000"
"""Space to write in by hand, three lines high."""
REGISTER_NOTE = (
    "“计得”是该条自身按方案所得，“计入”是与其他各条合并、扣除封顶和重复以后的数；"
    "认定经过由系统按每一步的办理留下，不另填写。"
)
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
        is_hours = section.code == "hours"
        if is_hours:
            _hours(volume, book)
        if leaves:
            if is_hours and book.registers:
                volume.heading("其他记录", level=2)
            write_section(volume, leaves)
        elif not (is_hours and book.registers):
            volume.paragraph("本期没有记录。")


def _hours(volume: Volume, book: Handbook) -> None:
    """Write the hours pages: the register by category, the standing, places to sign."""
    for register in book.registers:
        name = register.scheme if len(book.registers) > 1 else ""
        volume.heading(f"学时学分登记表{f'（{name}）' if name else ''}", level=2)
        for category in register.categories:
            volume.table(REGISTER_HEAD, _lines(category), caption=category.name)
        volume.table(("类别", "条数", "计入"), _sums(register), caption="合计")
        volume.paragraph(REGISTER_NOTE)
    if book.hours:
        volume.heading("与要求对照", level=2)
        volume.table(HOURS_HEAD, book.hours)
    if book.registers:
        volume.heading("考核意见", level=2)
        rows = [(one, ROOM, "", BLANK_DAY) for one in SIGNING]
        volume.table(SIGNING_HEAD, rows)


def _lines(category: Category) -> list[tuple[str, ...]]:
    return [
        (one.day, one.title, one.role, one.earned, one.counted, one.steps) for one in category.lines
    ]


def _sums(register: Register) -> list[tuple[str, ...]]:
    return [(one.name, str(len(one.lines)), one.total) for one in register.categories]


def _numeral(number: int) -> str:
    if number <= len(NUMERALS):
        return NUMERALS[number - 1]
    return f"十{NUMERALS[number - 11]}" if number < 20 else str(number)  # noqa: PLR2004
