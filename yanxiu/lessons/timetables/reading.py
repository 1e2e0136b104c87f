"""Finding timetables in the sheets of a file."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from yanxiu.documents.tables import Table
from yanxiu.documents.tables.cells import column_letters
from yanxiu.lessons.timetables import words
from yanxiu.lessons.timetables.cells import Said, read_cell
from yanxiu.lessons.timetables.found import FoundSlot, Reading, Remark

ENOUGH_DAYS = 3
ENOUGH_SUBJECTS = 3
LOOK_UP = 4
"""Rows above a head in which the name of the class or teacher may stand."""

COLUMNS = {
    "teacher": ("教师", "姓名", "任课教师", "授课教师", "老师"),
    "weekday": ("星期", "周几", "星期几"),
    "period": ("节次", "节", "第几节"),
    "class_name": ("班级", "任教班级", "班"),
    "subject": ("学科", "科目", "课程", "任教学科"),
    "room": ("地点", "教室", "上课地点"),
    "weeks": ("单双周", "周次"),
}
Grid = list[list[str]]


def read_timetable(tables: Sequence[Table], names: Collection[str]) -> Reading:
    """Read every visible sheet.

    Args:
        tables: what `documents.tables.read_tables` gave.
        names: the full names of the school's teachers.
    """
    reading = Reading()
    known = frozenset(names)
    for table in tables:
        if table.hidden:
            continue
        before = len(reading.slots), len(reading.assigned)
        _Sheet(table, known, reading).read()
        if before == (len(reading.slots), len(reading.assigned)) and any(table.rows):
            reading.remarks.append(
                Remark(table.sheet, "这张表里没有认出课表，没有读。请看星期、节次的表头是否完整。")
            )
    return _assigned(reading)


def _assigned(reading: Reading) -> Reading:
    """Fill in who teaches where the class tables say the subject alone; tell what stays open."""
    slots = []
    for slot in reading.slots:
        key = (words.class_key(slot.class_name), slot.subject)
        teacher = slot.teacher or reading.assigned.get(key, "")
        slots.append(replace(slot, teacher=teacher))
    without = [slot for slot in slots if not slot.teacher]
    for name, subject in sorted({(slot.class_name, slot.subject) for slot in without}):
        first = next(s for s in without if (s.class_name, s.subject) == (name, subject))
        reading.remarks.append(
            Remark(
                first.where,
                f"{name}{subject}没有写教师，没有读。可以在同一个文件里加一张“任课安排”：一行一个班，一列一科。",
            )
        )
    reading.slots = [slot for slot in slots if slot.teacher]
    return reading


@dataclass
class _Head:
    """A row of weekdays: which column is which day and, in a wide table, which lesson.

    `below` is the row in which the lessons begin.
    """

    row: int
    days: dict[int, int]
    periods: dict[int, int]
    below: int


class _Sheet:
    """Goes down one sheet."""

    def __init__(self, table: Table, names: frozenset[str], reading: Reading) -> None:
        """Spread merged cells over the room they take."""
        self.table, self.names, self.reading = table, names, reading
        self.rows: Grid = [[words.text_of(cell) for cell in row] for row in table.rows]
        for merge in table.merges:
            self._spread(merge.first_row, merge.first_column, merge.last_row, merge.last_column)

    def _spread(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        value = self._at(first_row - 1, first_column)
        # A title over the whole width stays where it is: it is no lesson.
        if last_column - first_column > 12:  # noqa: PLR2004 (a day has no more lessons)
            return
        for row in range(first_row - 1, min(last_row, len(self.rows))):
            for column in range(first_column, min(last_column + 1, len(self.rows[row]))):
                self.rows[row][column] = self.rows[row][column] or value

    def _at(self, row: int, column: int) -> str:
        inside = 0 <= row < len(self.rows) and column < len(self.rows[row])
        return self.rows[row][column] if inside else ""

    def read(self) -> None:
        """Read as whichever shape the sheet has."""
        if self._read_list() or self._read_assignment():
            return
        heads = self._heads()
        for place, head in enumerate(heads):
            end = heads[place + 1].row if place + 1 < len(heads) else len(self.rows)
            if head.periods:
                self._read_wide(head, end)
            else:
                self._read_block(head, end)

    def _heads(self) -> list[_Head]:
        """Return the rows that name at least three weekdays."""
        found = []
        for number, row in enumerate(self.rows):
            both = {column: words.weekday_and_period(text) for column, text in enumerate(row)}
            named_at = {column: pair for column, pair in both.items() if pair}
            if len({day for day, _number in named_at.values()}) >= ENOUGH_DAYS:
                days = {column: day for column, (day, _number) in named_at.items()}
                periods = {column: lesson for column, (_day, lesson) in named_at.items()}
                found.append(_Head(number, days, periods, number + 1))
                continue
            named = {column: words.weekday(text) for column, text in enumerate(row)}
            days = {column: day for column, day in named.items() if day}
            if len(set(days.values())) < ENOUGH_DAYS:
                bare = {column: words.weekday(text, bare=True) for column, text in enumerate(row)}
                days = {column: day for column, day in bare.items() if day}
                if [*days.values()] != [*range(1, len(days) + 1)] or len(days) <= ENOUGH_DAYS:
                    continue
            days = self._days_over_lessons(number, days)
            periods = self._periods_below(number, days)
            found.append(_Head(number, days, periods, number + 2 if periods else number + 1))
        return found

    def _days_over_lessons(self, number: int, days: dict[int, int]) -> dict[int, int]:
        """Let a day last over the empty heads to its right below which lessons are numbered.

        A csv file, and a sheet in which nobody merged the heads, names each day once.
        """
        lasting = dict(days)
        for column in range(min(days) + 1, len(self.rows[number])):
            before = lasting.get(column - 1)
            empty = not self._at(number, column) and words.period(self._at(number + 1, column))
            if before and empty:
                lasting[column] = before
        return lasting

    def _periods_below(self, number: int, days: dict[int, int]) -> dict[int, int]:
        """Return the lessons named below the weekdays; a head without them is of a block."""
        below = {column: words.period(self._at(number + 1, column)) for column in days}
        named = {column: period for column, period in below.items() if period}
        several = len(days) > len(set(days.values()))
        return named if several and len(named) > len(days) / 2 else {}

    def _where(self, row: int, column: int) -> str:
        return f"{self.table.sheet}!{column_letters(column)}{row + 1}"

    # ---- one large table ----
    def _read_wide(self, head: _Head, end: int) -> None:
        first = min(head.days)
        for row in range(head.below, end):
            left = [self._at(row, column) for column in range(first)]
            owner = self._owner_among(left)
            if not owner:
                continue
            subject = next((text for text in left if words.subject_at_start(text) == text), "")
            for column, period in head.periods.items():
                for said in read_cell(self._at(row, column), self.names):
                    if said.class_name and not said.teacher:
                        said.subject = said.subject or subject
                    self._add(said, owner, head.days[column], period, self._where(row, column))

    def _owner_among(self, left: Sequence[str]) -> str:
        """Return the teacher or class that a line is for: known names first, then any other."""
        found = [text for text in left if words.plain_name(text) in self.names]
        found += [text for text in left if words.is_class(text)]
        found += [text for text in left if self._may_be_owner(text)]
        return next(iter(found), "")

    def _may_be_owner(self, text: str) -> bool:
        if len(text) < 2 or (text.isdecimal() and len(text) < 3):  # noqa: PLR2004 (a running number)
            return False
        return words.subject_at_start(text) != text

    # ---- a block for one class or teacher ----
    def _read_block(self, head: _Head, end: int) -> None:
        owner = self._title(head)
        first = min(head.days)
        lines = range(head.below, end)
        if not owner and not any(self._owner_of_line(row, first) for row in lines):
            self.reading.remarks.append(
                Remark(
                    self._where(head.row, 0),
                    "这张课表上面没有写是哪个班或哪位教师的，没有读。请在表的上方写上班级或姓名。",
                )
            )
            return
        last, shift = 0, 0
        for row in lines:
            begun = self._owner_of_line(row, first)
            if begun and begun != owner:
                owner, last, shift = begun, 0, 0
            number = self._period_of(row, first)
            if number is None or not owner:
                continue
            if number + shift < last or (number + shift == last and not self._again(row, first)):
                if not self._in_afternoon(row, first):
                    break
                # 下午第1节 of a school that counts the afternoon anew.
                shift = last
            last = number + shift
            for column, day in head.days.items():
                for said in read_cell(self._at(row, column), self.names):
                    self._add(said, owner, day, last, self._where(row, column))

    def _owner_of_line(self, row: int, first: int) -> str:
        """Return the class or teacher named left of the weekdays, where a column says so."""
        left = [self._at(row, column) for column in range(first)]
        return next(
            (
                text
                for text in left
                if words.plain_name(text) in self.names
                or (words.is_class(text) and words.period(text) is None)
            ),
            "",
        )

    def _period_of(self, row: int, first: int) -> int | None:
        """Return the lesson that a row is about, by the cells left of the weekdays."""
        left = [self._at(row, column) for column in range(first)]
        found = [words.period(text) for text in left if text]
        return next((number for number in reversed(found) if number), None)

    def _again(self, row: int, first: int) -> bool:
        """Tell whether a row is about the same lesson as the one above it."""
        return self._period_of(row - 1, first) == self._period_of(row, first)

    def _in_afternoon(self, row: int, first: int) -> bool:
        left = "".join(self._at(row, column) for column in range(first))
        return "下午" in left or "晚" in left

    def _title(self, head: _Head) -> str:
        """Return the class or teacher that a block is for: above it, else the sheet's name."""
        above = [
            self._at(row, column)
            for row in range(head.row, max(-1, head.row - LOOK_UP - 1), -1)
            for column in range(len(self.rows[row]))
            if row < head.row or column < min(head.days)
        ]
        for text in [*above, self.table.sheet]:
            name = next((name for name in self.names if name in text), "")
            found = name or words.class_in(text)
            if found:
                return found
        return ""

    def _add(self, said: Said, owner: str, day: int, period: int, where: str) -> None:
        """Keep a lesson; what the block is for is filled in where the cell leaves it open."""
        if owner in self.names or (not words.class_in(owner) and not words.is_class(owner)):
            teacher, class_name = words.plain_name(owner), said.class_name
            if not class_name and not said.subject:
                return
        else:
            teacher, class_name = said.teacher, words.class_in(owner) or owner
            if not said.subject and not teacher:
                return
            self.reading.classes.add(class_name)
        self.reading.slots.append(
            FoundSlot(
                teacher=teacher,
                weekday=day,
                period=period,
                subject=said.subject,
                class_name=class_name,
                room=said.room,
                weeks=said.weeks,
                where=where,
            )
        )

    # ---- a plain list ----
    def _read_list(self) -> bool:
        for number, row in enumerate(self.rows[: LOOK_UP + 1]):
            columns = {
                name: next((place for place, text in enumerate(row) if text in heads), None)
                for name, heads in COLUMNS.items()
            }
            if None in {columns["teacher"], columns["weekday"], columns["period"]}:
                continue
            for line in range(number + 1, len(self.rows)):
                self._read_line(line, columns)
            return True
        return False

    def _read_line(self, line: int, columns: dict[str, int | None]) -> None:
        said = {
            name: self._at(line, place) if place is not None else ""
            for name, place in columns.items()
        }
        if not said["teacher"]:
            return
        day = words.weekday(said["weekday"], bare=True)
        if day is None and said["weekday"] in set("1234567"):
            day = int(said["weekday"])
        number = words.period(said["period"])
        where = self._where(line, 0)
        if day is None or number is None:
            self.reading.remarks.append(
                Remark(where, f"{said['teacher']}这一行的星期或节次看不懂，没有读。请核对。")
            )
            return
        mark = said["weeks"][:1]
        self.reading.slots.append(
            FoundSlot(
                teacher=words.plain_name(said["teacher"]),
                weekday=day,
                period=number,
                subject=said["subject"],
                class_name=said["class_name"],
                room=said["room"],
                weeks={"单": "odd", "双": "even"}.get(mark, "every"),
                where=where,
            )
        )

    # ---- who teaches what ----
    def _read_assignment(self) -> bool:
        for number, row in enumerate(self.rows[: LOOK_UP + 1]):
            subjects = {
                column: text
                for column, text in enumerate(row)
                if column and text and words.subject_at_start(text) == text
            }
            if len(subjects) < ENOUGH_SUBJECTS:
                continue
            for line in range(number + 1, len(self.rows)):
                owner = next((text for text in self.rows[line] if text), "")
                if not words.class_in(owner):
                    continue
                for column, subject in subjects.items():
                    name = words.plain_name(self._at(line, column))
                    if name:
                        self.reading.assigned[words.class_key(owner), subject] = name
            return bool(self.reading.assigned)
        return False
