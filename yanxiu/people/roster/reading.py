"""Reading the tables of a file as one roster."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from yanxiu.documents.tables import Cell, Table
from yanxiu.people.roster import lines, person, whole
from yanxiu.people.roster.columns import head_key
from yanxiu.people.roster.dates import DateStyle, style_of
from yanxiu.people.roster.heads import Head, is_head_row, read_heads
from yanxiu.people.roster.persons import Column, Roster, RosterRow, SheetReading, SkippedRow
from yanxiu.people.roster.refusals import RosterWithoutHead

_FILLED_DOWN = frozenset({"school", "groups", "preparation_groups", "grades", "subjects"})
_MOST_FILLED = 200_000


def read_roster(
    tables: Iterable[Table], *, known_mapping: Mapping[str, str] | None = None
) -> Roster:
    """Read every visible sheet that has a head with a name column.

    Args:
        tables: what `documents.tables.read_tables` gave.
        known_mapping: column name → field of `Person`, "" for a column that is not wanted; what a
            person decided before. It goes before the guess.

    Raises:
        RosterWithoutHead: no sheet has a name column.
    """
    known = {head_key(head): name for head, name in (known_mapping or {}).items()}
    readings = [_SheetReader(table, known) for table in tables]
    for reading in readings:
        reading.read()
    if not any(reading.heads for reading in readings):
        raise RosterWithoutHead
    rows = [row for reading in readings for row in reading.rows]
    return Roster(
        rows=tuple(whole.checked(rows)),
        columns=tuple(column for reading in readings for column in reading.columns),
        sheets=tuple(reading.account() for reading in readings),
        skipped=tuple(row for reading in readings for row in reading.skipped),
    )


@dataclass(slots=True)
class _SheetReader:
    """Goes down one sheet; `heads` are those in force, several if lists stand side by side."""

    table: Table
    known: Mapping[str, str]
    heads: tuple[Head, ...] = ()
    head_rows: list[int] = field(default_factory=list)
    rows: list[RosterRow] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    school: str = ""
    group: str = ""
    section_school: str = ""
    section_group: str = ""
    styles: dict[tuple[int, str], DateStyle] = field(default_factory=dict)
    merged: Mapping[tuple[int, int], Cell] = field(default_factory=dict)

    def read(self) -> None:
        if self.table.hidden:
            return
        index = 0
        while index < len(self.table.rows):
            row = self.table.rows[index]
            if is_head_row(row, self.known, again=bool(self.heads)):
                index = self._take_head(index)
            elif self.heads:
                for block, head in enumerate(self.heads):
                    self._take_line(index + 1, row, head, block)
            index += 1

    def account(self) -> SheetReading:
        reason = ""
        if self.table.hidden:
            reason = "这是隐藏的工作表，没有读取。"
        elif not self.heads:
            reason = "没有“姓名”这样的栏目名，这个工作表没有读取。"
        by_sheet = lines.school_of_sheet(self.table.sheet)
        return SheetReading(
            sheet=self.table.sheet,
            head_rows=tuple(self.head_rows),
            persons=sum(not row.refused for row in self.rows),
            school=self.school,
            school_from=("sheet" if by_sheet else "title") if self.school else "",
            group=self.group,
            reason=reason,
        )

    def _take_head(self, index: int) -> int:
        """Take the head that begins at `index`; return the index of its last row."""
        heads = read_heads(self.table, index, self.known)
        if self.heads and heads[0].columns == self.heads[0].columns:
            self._skip_rows(heads[0], "head")
        else:
            if not self.heads:
                self._take_title(index)
            self.columns += [column for head in heads for column in head.account]
            self.head_rows += range(heads[0].first_row, heads[0].last_row + 1)
            self.heads = heads
            self._look_down(heads)
        return heads[0].last_row - 1

    def _take_title(self, index: int) -> None:
        above = self.table.rows[:index]
        sheet = self.table.sheet
        self.school = lines.school_of_sheet(sheet) or lines.school_in_lines(above)
        self.group = lines.group_of_sheet(sheet)
        for number, row in enumerate(above, start=1):
            if any(cell is not None for cell in row):
                self.skipped.append(SkippedRow(sheet, number, "title"))

    def _look_down(self, heads: Sequence[Head]) -> None:
        """Learn from whole columns what single cells leave open."""
        below = self.table.rows[heads[0].last_row :]
        self.styles = {
            (block, name): style_of(
                (row[head.columns[name]] for row in below), head_key=head.key_of(name)
            )
            for block, head in enumerate(heads)
            for name in ("born", "started_work", "entered", "cycle_from", "retires")
            if name in head.columns
        }
        self.merged = _filled_down(self.table, heads)

    def _take_line(self, number: int, row: Sequence[Cell], head: Head, block: int) -> None:
        if len(self.heads) > 1:
            row = _only(row, head)
        kind = lines.kind_of_line(row, head)
        if kind == "person":
            self._take_person(number, row, head, block)
        elif kind != "blank":
            self.skipped.append(SkippedRow(self.table.sheet, number, kind))
            if kind == "section":
                school, group = lines.section_of(row)
                self.section_school = school or self.section_school
                self.section_group = group

    def _take_person(self, number: int, row: Sequence[Cell], head: Head, block: int) -> None:
        cells = {
            name: row[index] if row[index] is not None else self.merged.get((number, index))
            for name, index in head.columns.items()
        }
        styles = {name: style for (at, name), style in self.styles.items() if at == block}
        read, problems = person.read_person(cells, styles)
        read = replace(
            read,
            school=read.school or self.section_school or self.school,
            groups=read.groups or tuple(filter(None, [self.section_group or self.group])),
        )
        self.rows.append(RosterRow(self.table.sheet, number, read, problems))

    def _skip_rows(self, head: Head, reason: str) -> None:
        for number in range(head.first_row, head.last_row + 1):
            self.skipped.append(SkippedRow(self.table.sheet, number, reason))  # type: ignore[arg-type]


def _only(row: Sequence[Cell], head: Head) -> tuple[Cell, ...]:
    """Return `row` with nothing but the columns of one of the lists side by side."""
    own = set(head.columns.values()) | head.ordinals
    return tuple(cell if index in own else None for index, cell in enumerate(row))


def _filled_down(table: Table, heads: Sequence[Head]) -> dict[tuple[int, int], Cell]:
    """Return the values of cells joined over several lines, for the lines below the first."""
    wanted = {
        index for head in heads for name, index in head.columns.items() if name in _FILLED_DOWN
    }
    filled: dict[tuple[int, int], Cell] = {}
    for merge in table.merges:
        column = merge.first_column
        if column not in wanted or merge.first_row <= heads[0].last_row:
            continue
        if merge.first_row > len(table.rows) or len(filled) > _MOST_FILLED:
            continue
        value = table.rows[merge.first_row - 1][column]
        for number in range(merge.first_row + 1, min(merge.last_row, len(table.rows)) + 1):
            filled[number, column] = value
    return filled
