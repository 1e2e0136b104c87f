"""Whatever table comes, the reader never fails, accounts for every row, and repeats itself."""

import csv
import io
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yanxiu.documents.sheets import SheetColumn, SheetContent, write_workbook
from yanxiu.documents.tables import Table, read_tables
from yanxiu.documents.tables.cells import LostDigits, Merge
from yanxiu.kernel.refusals import Refusal
from yanxiu.people.roster import Person, Roster, read_roster
from yanxiu.people.roster.columns import FIELDS

CALM = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)

HEADS = (
    "姓名|姓 名|教师姓名|工号|手机|聯絡電話|出生年月|参加工作|学科|教研组|職稱|学历|职务|骨干称号|"
    "学校|身份证号|备注|序号|编号|带班|"
)
VALUES = (
    "王芳|阿依·古丽|𠮷 田|王　芳|0012|'0012|13800000001|1978.9|78年9月|二〇〇一年九月|合计|共3人|"
    "制表人：李某|注：以上|语文组|清河小学|=1+1|-|／|教导主任、语文教研组长|小学高级|区骨干|1.2E+17|"
    "2001年秋|姓名"
)
heads = st.sampled_from([*HEADS.split("|"), None])
values: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.text(max_size=12).map(lambda text: text.strip() or None),
    st.sampled_from(VALUES.split("|")),
    st.integers(-(10**6), 10**16),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.dates(),
    st.datetimes(),
    st.booleans(),
    st.builds(LostDigits, st.just("1.38E+10")),
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A sheet with rubbish above, a head that may be in two rows, and anything below."""
    width = draw(st.integers(1, 6))
    line = st.lists(values, min_size=width, max_size=width).map(tuple)
    head = st.lists(heads, min_size=width, max_size=width).map(tuple)
    rows = [
        *draw(st.lists(line, max_size=3)),
        *draw(st.lists(head, min_size=1, max_size=2)),
        *draw(st.lists(line, max_size=12)),
        *draw(st.lists(head, max_size=1)),
        *draw(st.lists(line, max_size=4)),
    ]
    corner = st.tuples(st.integers(1, len(rows)), st.integers(0, width - 1))
    merges = [
        Merge(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
        for a, b in draw(st.lists(st.tuples(corner, corner), max_size=3))
    ]
    sheet = draw(st.sampled_from(["", "Sheet1", "语文组", "数学", "清河小学"]))
    return Table(sheet, tuple(rows), tuple(merges), hidden=draw(st.booleans()))


def read(*found: Table) -> Roster | None:
    try:
        return read_roster(found)
    except Refusal:
        return None


@CALM
@given(st.lists(tables(), min_size=1, max_size=2))
def test_any_tables_are_read_or_refused_in_words(found: list[Table]) -> None:
    roster = read(*found)

    for row in roster.rows if roster else ():
        assert row.refused or row.person.name
        assert all(problem.sentence.endswith("。") for problem in row.problems)
        assert all(problem.field in FIELDS for problem in row.problems)
        assert len(row.person.job_number) <= 20
        assert row.person.phone == "" or len(row.person.phone) == 11


@CALM
@given(tables())
def test_every_filled_row_is_a_person_or_skipped_for_a_reason(table: Table) -> None:
    roster = read(table)
    if roster is None or table.hidden:
        return
    if len({column.letters for column in roster.columns}) < len(roster.columns):
        return  # a second, other head: what a column means changes on the way
    (sheet,) = roster.sheets
    accounted = {row.row for row in roster.rows} | {row.row for row in roster.skipped}
    accounted.update(sheet.head_rows)
    used = {index for index in range(len(table.rows[0])) if index in _read_columns(roster)}

    for number, row in table.numbered():
        named = any(
            row[i] is not None for i in used if _field(roster, i) in {"name", "phone", "job_number"}
        )
        assert number in accounted or not named


def _read_columns(roster: Roster) -> dict[int, str]:
    return {
        ord(column.letters) - ord("A"): column.field
        for column in roster.columns
        if column.use == "read"
    }


def _field(roster: Roster, index: int) -> str:
    return _read_columns(roster)[index]


@CALM
@given(tables())
def test_reading_twice_gives_the_same(table: Table) -> None:
    assert read(table) == read(table)


@CALM
@given(
    st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=5), max_size=8),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    st.sampled_from(",\t;"),
)
def test_any_text_file_is_read_or_refused_in_words(
    rows: list[list[str]], encoding: str, delimiter: str
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([["姓名", "工号", "手机"], *rows])
    data = text.getvalue().encode(encoding, errors="ignore")

    try:
        roster = read_roster(read_tables(data, name="a.csv"))
    except Refusal:
        return

    assert all(row.row <= len(rows) + 1 + text.getvalue().count("\n") for row in roster.rows)


@CALM
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_words(data: bytes) -> None:
    try:
        read_roster(read_tables(data, name="a.csv"))
    except Refusal as refusal:
        said = str(refusal)
    else:
        said = "。"

    assert said.endswith("。")


han = st.sampled_from("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓𠮷䶮")
persons = st.builds(
    Person,
    name=st.text(han, min_size=2, max_size=4),
    job_number=st.integers(0, 9999).map(lambda number: f"{number:04d}"),
    phone=st.integers(0, 10**8 - 1).map(lambda number: f"138{number:08d}"),
    born=st.builds(lambda y, m: f"{y}-{m:02d}", st.integers(1960, 1999), st.integers(1, 12)),
    education=st.sampled_from(["", "本科", "大专", "硕士研究生"]),
    title=st.sampled_from(["", "一级教师", "高级教师", "未定级"]),
    subjects=st.lists(st.sampled_from(["语文", "数学", "音乐"]), unique=True).map(tuple),
    groups=st.lists(st.sampled_from(["语文教研组", "数学教研组"]), unique=True).map(tuple),
    posts=st.lists(st.sampled_from(["班主任", "教导主任", "教研组长"]), unique=True).map(tuple),
    tiers=st.lists(st.sampled_from(["区级骨干教师", "市教学能手"]), unique=True).map(tuple),
)


@CALM
@given(
    st.lists(
        persons,
        min_size=1,
        max_size=6,
        unique_by=(lambda p: p.name, lambda p: p.job_number, lambda p: p.phone),
    )
)
def test_what_our_own_sheet_says_is_read_as_the_same_people(written: list[Person]) -> None:
    names = [
        "name", "job_number", "phone", "born", "education", "title", "subjects", "groups", "posts",
        "tiers",
    ]  # fmt: skip
    rows = [
        [
            "、".join(value) if isinstance(value := getattr(p, name), tuple) else value
            for name in names
        ]
        for p in written
    ]
    sheet = SheetContent("名册", "清风教师花名册", [SheetColumn(FIELDS[n]) for n in names], rows)

    roster = read_roster(read_tables(write_workbook([sheet]), name="a.xlsx"))

    assert list(roster.persons) == written
