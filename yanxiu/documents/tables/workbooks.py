"""Workbooks, read by calamine: the saved values only, never a formula."""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from yanxiu.documents.tables.cells import MAX_EXACT, Cell, LostDigits, Merge, Table
from yanxiu.documents.tables.kinds import Kind
from yanxiu.documents.tables.limits import MAX_CELLS, MAX_UNPACKED_BYTES
from yanxiu.documents.tables.refusals import (
    TableFileBroken,
    TableFileProtected,
    TableFileTooLarge,
)
from yanxiu.documents.tables.text import text_cell

_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})(\d{1,10})["']""")
_CHUNK = 1 << 20
_OVERLAP = 32


def read_workbook(data: bytes, *, kind: Kind, name: str) -> tuple[Table, ...]:
    """Return all worksheets, hidden ones included and marked."""
    if kind == "xlsx":
        _refuse_vast_sheets(data, name=name)
    with _told_as_refusals(name):
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        tables = []
        room = MAX_CELLS
        for sheet in workbook.sheets_metadata:
            if sheet.typ != SheetTypeEnum.WorkSheet:
                continue
            content = workbook.get_sheet_by_name(sheet.name)
            room -= content.total_height * content.total_width
            if room < 0:
                raise TableFileTooLarge(name)
            hidden = sheet.visible != SheetVisibleEnum.Visible
            tables.append(_table(content, name=sheet.name, hidden=hidden))
    return tuple(tables)


def _table(content: CalamineSheet, *, name: str, hidden: bool) -> Table:
    rows = content.to_python(skip_empty_area=False)
    return Table(
        sheet=name,
        rows=tuple(tuple(_cell(value) for value in row) for row in rows),
        merges=tuple(
            Merge(first[0] + 1, first[1], last[0] + 1, last[1])
            for first, last in content.merged_cell_ranges or ()
        ),
        hidden=hidden,
    )


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        return text_cell(value) if value else None
    if isinstance(value, float):
        if abs(value) >= MAX_EXACT:
            return LostDigits(f"{value:.15g}")
        return int(value) if value.is_integer() else value
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value  # type: ignore[return-value]  # calamine gives only kinds that a Cell may be


def _refuse_vast_sheets(data: bytes, *, name: str) -> None:
    """Refuse a sheet whose cells span a vast rectangle, before anything allocates it.

    Two cells in opposite corners make a small file; the reader would ask for 17 billion cells
    and take the whole process down.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for part in package.namelist():
                if part.lower().startswith("xl/worksheets/") and part.lower().endswith(".xml"):
                    _refuse_vast_sheet(package, part, name=name)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise TableFileBroken(name) from error
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]
        raise TableFileBroken(name) from error


def _refuse_vast_sheet(package: zipfile.ZipFile, part: str, *, name: str) -> None:
    last_row = last_column = unpacked = 0
    with package.open(part) as stream:
        tail = b""
        while chunk := stream.read(_CHUNK):
            unpacked += len(chunk)
            for letters, digits in _REFERENCE.findall(tail + chunk):
                last_row = max(last_row, int(digits))
                if letters:
                    last_column = max(last_column, _column_number(letters))
            tail = chunk[-_OVERLAP:]
            if unpacked > MAX_UNPACKED_BYTES or last_row * last_column > MAX_CELLS:
                raise TableFileTooLarge(name)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


@contextmanager
def _told_as_refusals(name: str) -> Iterator[None]:
    try:
        yield
    except PasswordError as error:
        raise TableFileProtected(name) from error
    except (CalamineError, ValueError, OSError, MemoryError) as error:
        raise TableFileBroken(name) from error
    except BaseException as error:
        # The reader is written in Rust; a panic there arrives as a BaseException of its own.
        if type(error).__name__ != "PanicException":
            raise
        raise TableFileBroken(name) from error
