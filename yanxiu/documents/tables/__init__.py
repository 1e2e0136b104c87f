"""Tables out of files: workbooks (xlsx, xls) and delimited text (csv, tsv), judged by content.

No formula is ever evaluated: a workbook gives the values it was saved with, and text that begins
with `=`, `+`, `-` or `@` stays text.
"""

from yanxiu.documents.tables.cells import Cell, LostDigits, Merge, Table
from yanxiu.documents.tables.kinds import kind_of
from yanxiu.documents.tables.limits import MAX_FILE_BYTES
from yanxiu.documents.tables.refusals import TableFileEmpty, TableFileTooLarge
from yanxiu.documents.tables.text import read_text
from yanxiu.documents.tables.workbooks import read_workbook

__all__ = ["Cell", "LostDigits", "Merge", "Table", "read_tables"]


def read_tables(data: bytes, *, name: str) -> tuple[Table, ...]:
    """Return every sheet of the file `data`, in the order of the file.

    Args:
        data: the whole content of the file.
        name: its name, only for words to people; what the file is, its content says.

    Raises:
        Refusal: the file is empty, too large, protected by a password, broken, or no table.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise TableFileEmpty(name)
    if len(data) > MAX_FILE_BYTES:
        raise TableFileTooLarge(name)
    kind = kind_of(data, name=name)
    if kind == "text":
        return (read_text(data, name=name),)
    return read_workbook(data, kind=kind, name=name)
