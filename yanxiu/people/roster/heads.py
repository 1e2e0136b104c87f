"""The head of a sheet: where it stands, one row or several, and which column means what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from yanxiu.documents.tables import Cell, Table
from yanxiu.documents.tables.cells import column_letters
from yanxiu.people.roster.cells import plain
from yanxiu.people.roster.columns import (
    FIELDS,
    field_of,
    head_key,
    is_exact,
    is_ordinal,
    preference,
)
from yanxiu.people.roster.persons import Column, Use

_MOST_SUB_ROWS = 2
_NEEDED_WITH_VAGUE_NAME = 3
_MAX_HEAD_TEXT = 60

Mapped = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Head:
    """The columns of one list; two lists side by side are two heads.

    `columns` maps a field of `Person` to the index of its column.
    """

    first_row: int
    last_row: int
    columns: Mapping[str, int]
    ordinals: frozenset[int]
    account: tuple[Column, ...]

    def key_of(self, field: str) -> str:
        """Return the head key of the column that holds `field`."""
        letters = column_letters(self.columns[field])
        return next((c.key for c in self.account if c.letters == letters), "")


@dataclass(frozen=True, slots=True)
class _Titled:
    index: int
    text: str
    key: str
    field: str | None
    told: bool = False


def is_head_row(row: Sequence[Cell], known: Mapped, *, again: bool = False) -> bool:
    """Tell whether `row` holds column names, a name column among them.

    `again`: a head was found before, so only the plain words for a name count: 教师 and 骨干 may
    both be values of a row.
    """
    keys = [head_key(cell) for cell in row if isinstance(cell, str)]
    fields = [_field(text_key, known) for text_key in keys]
    if "name" not in fields:
        return False
    certain = any("姓名" in text_key or "名字" in text_key for text_key in keys)
    hits = sum(is_exact(text_key) or text_key in known for text_key in keys)
    if not certain and again:
        return False
    alone = sum(cell is not None for cell in row) == 1
    return hits >= (2 if certain else _NEEDED_WITH_VAGUE_NAME) or (alone and certain and not again)


def read_heads(table: Table, row_index: int, known: Mapped) -> tuple[Head, ...]:
    """Return the head that begins at `row_index`, one per list side by side."""
    last = row_index
    top = table.rows[row_index]
    name_at = next(
        (i for i, cell in enumerate(top) if _field(head_key(plain(cell)), known) == "name"), 0
    )
    while last - row_index < _MOST_SUB_ROWS and last + 1 < len(table.rows):
        if not _is_sub_row(table.rows[last + 1], name_at, known):
            break
        last += 1
    titled = list(_titled(table, row_index, last, known))
    blocks = _blocks(titled)
    return tuple(_head(table, block, row_index, last) for block in blocks)


def _field(text_key: str, known: Mapped) -> str | None:
    if text_key in known:
        return known[text_key] if known[text_key] in FIELDS else ""
    return field_of(text_key)


def _is_sub_row(row: Sequence[Cell], name_at: int, known: Mapped) -> bool:
    if row[name_at] is not None:
        return False
    filled = [cell for cell in row if cell is not None]
    if not all(isinstance(cell, str) for cell in filled):
        return False
    keys = [head_key(cell) for cell in filled if isinstance(cell, str)]
    return any(is_exact(text_key) or text_key in known for text_key in keys)


def _titled(table: Table, first: int, last: int, known: Mapped) -> Iterator[_Titled]:
    spans = {
        (merge.first_row - 1, column): merge.first_column
        for merge in table.merges
        if first <= merge.first_row - 1 <= last
        for column in range(merge.first_column, min(merge.last_column + 1, len(table.rows[first])))
    }
    for column in range(len(table.rows[first])):
        own = [plain(table.rows[row][column]) for row in range(first, last + 1)]
        texts = [text[:_MAX_HEAD_TEXT] for text in own if text]
        if not texts:
            continue
        above = table.rows[first][spans.get((first, column), column)]
        if above is not None and plain(above) not in texts:
            texts.insert(0, plain(above)[:_MAX_HEAD_TEXT])
        yield _named(column, texts, known)


def _named(column: int, texts: Sequence[str], known: Mapped) -> _Titled:
    """Judge a column by its lowest name, then by all its names together, then by the upper ones."""
    joined = "/".join(dict.fromkeys(text.replace(" ", "") for text in texts))
    for text in (texts[-1], "".join(texts), *reversed(texts[:-1])):
        text_key = head_key(text)
        field = _field(text_key, known)
        if field is not None:
            return _Titled(column, joined, text_key, field, text_key in known)
    return _Titled(column, joined, head_key(texts[-1]), None)


def _blocks(titled: Sequence[_Titled]) -> list[list[_Titled]]:
    """Split lists that stand side by side: the first column name begins each of them anew."""
    names = [i for i, column in enumerate(titled) if column.field == "name"]
    repeated = [i for i in names[1:] if titled[i].key == titled[names[0]].key]
    starts = [0]
    for name in repeated:
        again = [i for i in range(starts[-1] + 1, name + 1) if titled[i].key == titled[0].key]
        starts.append(again[0] if again else name)
    ends = [*starts[1:], len(titled)]
    blocks: list[list[_Titled]] = []
    nameless: list[_Titled] = []
    for a, b in zip(starts, ends, strict=True):
        block = [*nameless, *titled[a:b]]
        if any(column.field == "name" for column in block):
            blocks.append(block)
            nameless = []
        else:
            nameless = block
    return blocks


def _head(table: Table, block: Sequence[_Titled], first: int, last: int) -> Head:
    chosen: dict[str, _Titled] = {}
    for column in sorted(block, key=lambda c: (not c.told, preference(c.key), c.index)):
        if column.field:
            chosen.setdefault(column.field, column)
    ordinals = {column.index for column in block if is_ordinal(column.key)}
    number = chosen.get("job_number")
    if number and number.key == "编号" and _counts_lines(table, number.index, last + 1):
        ordinals.add(number.index)
        del chosen["job_number"]
    account = tuple(
        _account(table.sheet, column, chosen, ordinal=column.index in ordinals) for column in block
    )
    columns = {field: column.index for field, column in chosen.items()}
    return Head(first + 1, last + 1, columns, frozenset(ordinals), account)


def _account(
    sheet: str, column: _Titled, chosen: Mapping[str, _Titled], *, ordinal: bool
) -> Column:
    use: Use = "read"
    reason = ""
    if ordinal:
        use, reason = "ordinal", f"“{column.text}”只是行的编号，没有读取。"
    elif column.field is None:
        use, reason = "unknown", f"没有认出“{column.text}”是什么，没有读取。"
    elif not column.field:
        use, reason = "dropped", f"研修工作用不到“{column.text}”，没有读取，也不会保存。"
    elif chosen[column.field] is not column:
        other = chosen[column.field].text
        use, reason = "repeated", f"“{other}”已读作{FIELDS[column.field]}，这一栏没有再读。"
    return Column(
        sheet=sheet,
        letters=column_letters(column.index),
        head=column.text,
        key=column.key,
        field=(column.field or "") if use == "read" else "",
        use=use,
        reason=reason,
    )


def _counts_lines(table: Table, column: int, first: int) -> bool:
    below = (plain(row[column]) for row in table.rows[first:] if row[column] is not None)
    values = [value for value in below if value.isdecimal()][:3]
    return values == [str(number) for number in range(1, len(values) + 1)] and bool(values)
