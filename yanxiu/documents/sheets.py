"""Workbooks for people: a title, notes, a head, typed columns, ready to print on A4.

    write_workbook([SheetContent(name="签到表", title="数学组签到表", columns=(...), rows=(...))])

No formula is ever written: whatever the data holds, it is text, a number or a date. The same
content gives the same bytes.
"""

import io
import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import count, islice
from typing import Literal, TypeAlias

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from yanxiu.kernel.spans import SCHOOL_ZONE

Value: TypeAlias = str | int | float | Decimal | date | datetime | bool | None
Kind = Literal["text", "integer", "decimal", "day", "moment"]

_MADE_AT = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed mark in the file, no moment
_A4 = 9
_FONT = "宋体"
_MOST_CHARACTERS = 32_767
_MOST_DIGITS = 10**15
_NAME_LENGTH = 31
_NARROWEST, _WIDEST = 6, 48
_LOOKED_AT = 500
_EXCEL_BEGINS = date(1900, 3, 1)  # before it the spreadsheet's calendar has a day too many
_NOT_STORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\r\n\t]")
_FORMATS: dict[Kind, str] = {
    "text": "@",
    "integer": "0",
    "decimal": "General",
    "day": "yyyy-mm-dd",
    "moment": "yyyy-mm-dd hh:mm",
}
_WIDTHS: dict[Kind, int] = {"text": 0, "integer": 0, "decimal": 0, "day": 11, "moment": 17}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its name and what it holds. Numbers that nobody reckons with are text.

    `decimals` fixes the places shown; `width` (in half-width characters) goes before the content.
    A value that is not of the kind, such as 请假 in a column of numbers, is written as text.
    """

    head: str
    kind: Kind = "text"
    decimals: int | None = None
    width: float | None = None


@dataclass(frozen=True, slots=True)
class SheetContent:
    """One sheet. `notes` stand above the head, `closing` lines (signatures) below the rows.

    `freeze_columns` keeps so many columns in sight; `row_height` (points) makes room for writing
    by hand.
    """

    name: str
    title: str
    columns: Sequence[SheetColumn]
    rows: Sequence[Sequence[Value]]
    notes: Sequence[str] = ()
    closing: Sequence[str] = ()
    empty: str = "暂无内容"
    landscape: bool = False
    freeze_columns: int = 0
    row_height: float | None = None


def write_workbook(sheets: Sequence[SheetContent]) -> bytes:
    """Return the bytes of an xlsx file with `sheets` in their order."""
    buffer = io.BytesIO()
    workbook = Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    workbook.set_properties({"created": _MADE_AT})
    formats = _Formats(workbook)
    names: set[str] = set()
    for sheet in sheets:
        worksheet = workbook.add_worksheet(_sheet_name(sheet.name, names))
        _write(worksheet, sheet, formats)
    workbook.close()
    return buffer.getvalue()


def storable(text: str) -> str:
    """Return `text` without the characters that no office file can hold."""
    return _NOT_STORABLE.sub("", text)


def display_width(text: str) -> int:
    """Return the width of the longest line in half-width characters; a Han counts two."""
    return max(
        (
            sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line)
            for line in text.split("\n")
        ),
        default=0,
    )


class _Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._cells: dict[tuple[str, bool], Format] = {}
        self.title = self._make(bold=True, font_size=16, align="center")
        self.note = self._make(font_size=10, text_wrap=True, font_color="#555555")
        self.head = self._make(
            bold=True, align="center", text_wrap=True, border=1, bg_color="#E8F1F0"
        )
        self.empty = self._make(align="center", border=1, font_color="#555555")
        self.closing = self._make(text_wrap=True)

    def cell(self, column: SheetColumn, *, as_text: bool) -> Format:
        shown = "@" if as_text else _number_format(column)
        if (shown, as_text) not in self._cells:
            align = "left" if as_text else "right" if column.kind in _NUMERIC else "center"
            self._cells[shown, as_text] = self._make(
                num_format=shown, align=align, border=1, text_wrap=as_text
            )
        return self._cells[shown, as_text]

    def _make(self, **properties: object) -> Format:
        return self._workbook.add_format(
            {"font_name": _FONT, "font_size": 11, "valign": "vcenter", **properties}
        )


_NUMERIC = frozenset({"integer", "decimal"})


def _number_format(column: SheetColumn) -> str:
    if column.decimals is None:
        return _FORMATS[column.kind]
    return "0." + "0" * column.decimals if column.decimals else "0"


def _write(worksheet: Worksheet, sheet: SheetContent, formats: _Formats) -> None:
    last = max(len(sheet.columns) - 1, 0)
    widths = [_column_width(sheet, index) for index in range(len(sheet.columns))]
    room = sum(widths)
    _line(worksheet, (0, last), sheet.title, formats.title, 30)
    row = 1
    for note in sheet.notes:
        _line(worksheet, (row, last), note, formats.note, _height(note, room))
        row += 1
    head_row = row
    for index, column in enumerate(sheet.columns):
        worksheet.write_string(row, index, storable(column.head), formats.head)
        worksheet.set_column(index, index, widths[index])
    row += 1
    for values in sheet.rows:
        for index, column in enumerate(sheet.columns):
            value = values[index] if index < len(values) else None
            _cell(worksheet, (row, index), value, column, formats)
        if sheet.row_height:
            worksheet.set_row(row, sheet.row_height)
        row += 1
    if not sheet.rows:
        _line(worksheet, (row, last), sheet.empty, formats.empty, 24)
        row += 1
    for text in sheet.closing:
        _line(worksheet, (row, last), text, formats.closing, max(24, _height(text, room)))
        row += 1
    worksheet.freeze_panes(head_row + 1, sheet.freeze_columns)
    _set_up_print(worksheet, sheet, head_row=head_row, last=(row - 1, last))


def _line(
    worksheet: Worksheet, at: tuple[int, int], text: str, form: Format, height: float
) -> None:
    """Write one text over the columns up to the last, `at` being (row, last column)."""
    row, last = at
    if last:
        worksheet.merge_range(row, 0, row, last, "", form)
    worksheet.write_string(row, 0, storable(text)[:_MOST_CHARACTERS], form)
    worksheet.set_row(row, height)


def _height(text: str, room: float) -> float:
    lines = sum(max(1, math.ceil(display_width(line) / max(room, 1))) for line in text.split("\n"))
    return 16.0 * lines + 2


def _cell(
    worksheet: Worksheet,
    at: tuple[int, int],
    value: Value,
    column: SheetColumn,
    formats: _Formats,
) -> None:
    stored = _stored(value, column.kind)
    if stored is None:
        worksheet.write_blank(*at, None, formats.cell(column, as_text=True))
    elif isinstance(stored, str):
        form = formats.cell(column, as_text=True)
        worksheet.write_string(*at, stored, form)
    elif isinstance(stored, datetime):
        worksheet.write_datetime(*at, stored, formats.cell(column, as_text=False))
    else:
        worksheet.write_number(*at, float(stored), formats.cell(column, as_text=False))


def _stored(value: Value, kind: Kind) -> str | int | float | Decimal | datetime | None:
    """Return what is written for `value`: a number or a date where the column is for it."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float | Decimal) and kind in _NUMERIC:
        return value if _is_exact(value) else str(value)
    if isinstance(value, date) and kind in {"day", "moment"} and value.year <= 9999:  # noqa: PLR2004
        return _moment(value)
    text = _plain_moment(value) if isinstance(value, date) else str(value)
    return storable(text)[:_MOST_CHARACTERS] or None


def _is_exact(value: float | Decimal) -> bool:
    try:
        return abs(float(value)) < _MOST_DIGITS
    except (OverflowError, ValueError):
        return False


def _moment(value: date) -> datetime | str:
    moment = datetime.combine(value, time())
    if isinstance(value, datetime):
        moment = value.astimezone(SCHOOL_ZONE).replace(tzinfo=None) if value.tzinfo else value
    return moment if moment.date() >= _EXCEL_BEGINS else _plain_moment(value)


def _plain_moment(value: date) -> str:
    if isinstance(value, datetime):
        local = value.astimezone(SCHOOL_ZONE) if value.tzinfo else value.replace(tzinfo=UTC)
        return local.strftime("%Y-%m-%d %H:%M")
    return value.isoformat()


def _column_width(sheet: SheetContent, index: int) -> float:
    column = sheet.columns[index]
    if column.width is not None:
        return column.width
    longest = max(display_width(column.head), _WIDTHS[column.kind], _NARROWEST - 2)
    for values in islice(sheet.rows, _LOOKED_AT):
        value = values[index] if index < len(values) else None
        if value is not None and not isinstance(value, date):
            longest = max(longest, display_width(str(value)))
    return float(min(longest + 2, _WIDEST))


def _set_up_print(
    worksheet: Worksheet, sheet: SheetContent, *, head_row: int, last: tuple[int, int]
) -> None:
    worksheet.set_paper(_A4)
    if sheet.landscape:
        worksheet.set_landscape()
    else:
        worksheet.set_portrait()
    worksheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.8)
    worksheet.fit_to_pages(1, 0)
    worksheet.center_horizontally()
    worksheet.repeat_rows(head_row)
    worksheet.print_area(0, 0, *last)
    worksheet.set_footer("&C第 &P 页，共 &N 页")


def _cut(text: str, units: int) -> str:
    """Return the beginning of `text`; a spreadsheet counts a rare Han as two units."""
    return text.encode("utf-16-le")[: units * 2].decode("utf-16-le", errors="ignore")


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a name that a workbook takes: short, without its marks, unlike all others."""
    base = _NOT_IN_NAMES.sub(" ", storable(wanted)).strip(" '")
    base = _cut(base, _NAME_LENGTH).strip(" '")
    if not base or base.lower() == "history":
        base = "工作表"
    name = base
    for number in count(2):
        if name.lower() not in taken:
            break
        tail = f"（{number}）"
        name = _cut(base, _NAME_LENGTH - len(tail)) + tail
    taken.add(name.lower())
    return name
