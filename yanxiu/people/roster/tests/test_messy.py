"""Rosters of any shape: what can be known is read, what cannot is said, nobody is lost."""

import io
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from yanxiu.documents.tables import LostDigits, Table, read_tables
from yanxiu.documents.tables.cells import Cell, Merge
from yanxiu.people.roster import Person, Problem, Roster, RosterWithoutHead, read_roster


def roster_of(text: str, **more: object) -> Roster:
    return read_roster(read_tables(text.encode(), name="名单.csv"), **more)  # type: ignore[arg-type]


def table(*rows: tuple[Cell, ...], sheet: str = "名单", merges: tuple[Merge, ...] = ()) -> Table:
    width = max(len(row) for row in rows)
    return Table(sheet, tuple(row + (None,) * (width - len(row)) for row in rows), merges)


def only(roster: Roster) -> tuple[Person, list[str]]:
    (row,) = roster.rows
    return row.person, codes(row.problems)


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]


def one(head: str, cell: Cell) -> tuple[Person, list[str]]:
    return only(read_roster([table(("姓名", head), ("林晓", cell))]))


def test_traditional_headings_and_tabs_are_understood() -> None:
    roster = roster_of(
        "教師姓名\t職工號\t手機號碼\t任教學科\t年級\t教研組\t學歷\t職稱\t參加工作時間\t骨幹稱號\n"
        "林曉䶮\t'007\t139 0000-0001\t語文/數學\t五\t語文組\t本科畢業\t一級教師\t"
        "民國89年8月\t校骨幹\n"
    )
    person, problems = only(roster)

    assert person == Person(
        name="林曉䶮", job_number="007", phone="13900000001", subjects=("语文", "数学"),
        grades=("五年级",), groups=("语文组",), education="本科", title="一级教师",
        started_work="2000-08", tiers=("校级骨干教师",),
    )  # fmt: skip
    assert problems == ["date-year-completed"]


def test_sheets_may_be_one_per_group_and_one_of_explanations() -> None:
    head = ("姓 名", "电话")
    roster = read_roster(
        [
            table(head, ("林晓", 13900000001), sheet="数学组"),
            table(("填表说明",), ("姓名请按身份证填写",), sheet="说明"),
            table(("青石小学教师名单",), head, ("何田", 13900000002), sheet="语文教研组"),
        ]
    )

    assert [(p.name, p.group) for p in roster.persons] == [
        ("林晓", "数学组"),
        ("何田", "语文教研组"),
    ]
    assert roster.persons[1].school == "青石小学"
    assert [bool(sheet.reason) for sheet in roster.sheets] == [False, True, False]


def test_a_real_workbook_with_merged_head_and_merged_groups_is_read() -> None:
    buffer = io.BytesIO()
    workbook = Workbook(buffer, {"in_memory": True})
    sheet = workbook.add_worksheet("花名册")
    sheet.merge_range("A1:D1", "青石小学教师花名册")
    sheet.merge_range("A2:A3", "姓名")
    sheet.merge_range("B2:C2", "任教情况")
    sheet.merge_range("D2:D3", "教研组")
    sheet.write_row("B3", ["任教学科", "任教年级"])
    sheet.write_row("A4", ["林晓", "数学", "三"])
    sheet.write_row("A5", ["何田", "数学", "四"])
    sheet.merge_range("D4:D5", "数学组")
    workbook.close()

    roster = read_roster(read_tables(buffer.getvalue(), name="花名册.xlsx"))

    assert [(p.name, p.grade, p.group) for p in roster.persons] == [
        ("林晓", "三年级", "数学组"),
        ("何田", "四年级", "数学组"),
    ]
    assert [row.row for row in roster.rows] == [4, 5]


def test_lists_side_by_side_are_read_as_one() -> None:
    roster = roster_of(
        "序号,姓名,电话,序号,姓名,电话\n1,林晓,13900000001,2,何田,13900000002\n3,安然,,,,\n"
    )

    assert [(p.name, p.phone[-1:]) for p in roster.persons] == [
        ("林晓", "1"),
        ("何田", "2"),
        ("安然", ""),
    ]


def test_rows_that_stand_for_nobody_are_skipped_with_their_reason() -> None:
    roster = roster_of(
        "姓名,工号,电话\n语文组,,\n林晓,1,\n,,\n姓名,工号,电话\n何田,2,\n"
        "合计,2人,\n注：本表由各组长核对后上报教导处,,\n,校长签字：,\n"
    )

    assert [p.name for p in roster.persons] == ["林晓", "何田"]
    assert [p.group for p in roster.persons] == ["语文组", "语文组"]
    assert [(skip.row, skip.reason) for skip in roster.skipped] == [
        (2, "section"), (5, "head"), (7, "total"), (8, "note"), (9, "signature"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "name", "found"),
    [
        ("张　　三", "张三", []),
        ("欧 阳 雨 桐", "欧阳雨桐", []),
        ("阿依古丽•买买提", "阿依古丽·买买提", []),
        ("阿依古丽．买买提", "阿依古丽·买买提", []),
        ("李⾦凤", "李金凤", []),
        ("Anna  Lee", "Anna Lee", []),
        ("林晓（产假）", "林晓", ["name-with-remark"]),
        ("王芳（大）", "王芳（大）", []),
        ("李?瑶", "李?瑶", ["name-with-lost-character"]),
        ("李\ue123", "李\ue123", ["name-with-private-character"]),
        ("12", "", ["name-not-a-name"]),
        (None, "", ["name-missing"]),
    ],
)
def test_names(cell: Cell, name: str, found: list[str]) -> None:
    roster = read_roster([table(("姓名", "电话"), (cell, 13900000001))])

    assert only(roster) == (Person(name=name, phone="13900000001"), found)
    assert roster.totals["refused"] == (not name)


@pytest.mark.parametrize(
    ("cell", "phone", "found"),
    [
        (13900000001, "13900000001", []),
        ("+86 139-0000-0001", "13900000001", []),
        ("１３９００００００01", "13900000001", []),
        ("13900000001/13900000002", "13900000001", ["phone-several"]),
        ("1390000000", "", ["phone-wrong-length"]),
        ("0755-1234567", "", ["phone-is-landline"]),
        (LostDigits("1.39E+10"), "", ["phone-lost-digits"]),
        ("无", "", []),
    ],
)
def test_phones(cell: Cell, phone: str, found: list[str]) -> None:
    person, problems = one("手机", cell)

    assert (person.phone, problems) == (phone, found)
    assert person.name == "林晓"


@pytest.mark.parametrize(
    ("cell", "born", "found"),
    [
        ("1989.7", "1989-07", []),
        ("1989年07月", "1989-07", []),
        ("1989-7-26", "1989-07-26", []),
        ("1989/7/26 0:00:00", "1989-07-26", []),
        (19890726, "1989-07-26", []),
        (198907, "1989-07", []),
        (32715, "1989-07-26", []),
        (datetime(1989, 7, 26, 8), "1989-07-26", []),  # noqa: DTZ001 - as a spreadsheet has it
        (1989.1, "1989", ["date-month-unclear"]),
        ("89.7", "1989-07", ["date-year-completed"]),
        ("1989.13", "", ["date-impossible"]),
        ("1989年2月30日", "", ["date-impossible"]),
        (LostDigits("9.9E+17"), "", ["date-impossible"]),
        (True, "", []),
    ],
)
def test_dates(cell: Cell, born: str, found: list[str]) -> None:
    person, problems = one("出生日期", cell)

    assert (person.born, problems) == (born, found)


def test_a_column_of_two_digit_months_tells_october_from_january() -> None:
    rows = [("林晓", 1989.09), ("何田", 1977.1), ("安然", 1990.12)]

    roster = read_roster([table(("姓名", "出生年月"), *rows)])

    assert [p.born for p in roster.persons] == ["1989-09", "1977-10", "1990-12"]


def test_a_first_of_the_month_put_there_by_the_spreadsheet_is_a_month() -> None:
    rows = [("林晓", "1989.7"), ("何田", date(1990, 5, 1))]
    written = [("林晓", "1989.7"), ("何田", "1990年5月1日")]

    assert [
        read_roster([table(("姓名", "出生日期"), *found)]).persons[1].born
        for found in (rows, written)
    ] == ["1990-05", "1990-05-01"]


def test_a_column_that_counts_the_lines_is_no_job_number() -> None:
    roster = roster_of("编号,姓名\n1,林晓\n2,何田\n共2人,\n")

    assert [p.job_number for p in roster.persons] == ["", ""]
    assert roster.columns[0].use == "ordinal"


def test_job_numbers_get_back_the_zeros_that_their_column_has() -> None:
    roster = read_roster(
        [table(("姓名", "工号"), ("林晓", "0007"), ("何田", 12), ("安然", LostDigits("1E+16")))]
    )

    assert [p.job_number for p in roster.persons] == ["0007", "0012", ""]
    assert [codes(row.problems) for row in roster.rows] == [
        [], ["job-number-zeros-restored"], ["job-number-lost-digits"],
    ]  # fmt: skip


def test_a_number_that_two_people_share_is_given_to_neither() -> None:
    roster = roster_of(
        "姓名,工号,手机\n林晓,1,13900000001\n何田,1,13900000002\n安然,3,13900000002\n"
    )

    assert [(p.name, p.job_number, p.phone) for p in roster.persons] == [
        ("林晓", "", "13900000001"),
        ("何田", "", ""),
        ("安然", "3", ""),
    ]
    assert codes(roster.rows[1].problems) == ["job-number-shared", "phone-shared"]
    assert "第2行" in roster.rows[1].problems[0].sentence


def test_the_same_job_number_in_two_schools_is_no_problem() -> None:
    roster = roster_of("学校,姓名,工号\n青石小学,林晓,1\n白水小学,何田,1\n")

    assert roster.totals["rows_with_warnings"] == 0


def test_two_lines_of_one_person_are_joined() -> None:
    roster = roster_of(
        "姓名,手机,教研组,学历\n林晓,13900000001,数学组,\n林晓,13900000001,科学组,本科\n"
    )

    assert roster.totals["persons"] == 1
    assert (roster.persons[0].groups, roster.persons[0].education) == (("数学组", "科学组"), "本科")
    assert codes(roster.rows[1].problems) == ["row-repeated"]


def test_equal_names_are_two_people_and_pointed_out() -> None:
    roster = roster_of("姓名,手机\n林晓,13900000001\n林晓,13900000002\n")

    assert roster.totals["persons"] == 2
    assert [codes(row.problems) for row in roster.rows] == [["name-repeated"]] * 2


def test_one_group_has_one_name_per_school() -> None:
    roster = roster_of(
        "学校,姓名,教研组\n甲校,林晓,语文组\n甲校,何田,语文教研组\n乙校,安然,语文\n乙校,白杨,语文组\n"
    )

    assert [p.group for p in roster.persons] == ["语文教研组", "语文教研组", "语文组", "语文组"]


@pytest.mark.parametrize(
    ("cell", "title", "found"),
    [
        ("中小学一级教师", "一级教师", []),
        ("小学高级教师", "一级教师", ["title-former-name"]),
        ("小学一级", "二级教师", ["title-former-name"]),
        ("中学高级", "高级教师", []),
        ("正高级教师", "正高级教师", []),
        ("讲师", "讲师", ["title-unknown"]),
    ],
)
def test_titles(cell: str, title: str, found: list[str]) -> None:
    person, problems = one("职称", cell)

    assert (person.title, problems) == (title, found)


@pytest.mark.parametrize(
    ("cell", "tiers"),
    [
        ("骨干教师(区级)", ("区级骨干教师",)),
        ("2021年区骨干", ("区级骨干教师",)),
        ("县级骨干教师、校教学能手", ("县级骨干教师", "校教学能手")),
        ("省学科带头人（2019）", ("省学科带头人",)),
        ("市级", ("市级骨干教师",)),
        ("—", ()),
    ],
)
def test_tiers(cell: str, tiers: tuple[str, ...]) -> None:
    assert one("骨干称号", cell)[0].tiers == tiers


def test_a_known_mapping_goes_before_the_guess_and_is_given_back() -> None:
    text = "员工,内部码,手机,荣誉\n林晓,A1,13900000001,区骨干\n"

    roster = roster_of(text, known_mapping={"员工": "name", "内部 码": "job_number", "荣誉": ""})

    assert only(roster)[0] == Person(name="林晓", job_number="A1", phone="13900000001")
    assert roster.mapping == {"员工": "name", "内部码": "job_number", "手机": "phone"}
    assert roster.dropped_columns == ("荣誉",)


def test_unknown_and_repeated_columns_are_named() -> None:
    roster = roster_of("姓名,手机,联系电话,班级人数\n林晓,13900000001,13900000002,45\n")

    assert roster.unknown_columns == ("班级人数",)
    assert [column.use for column in roster.columns] == ["read", "read", "repeated", "unknown"]
    assert "手机" in roster.columns[2].reason


def test_a_file_without_a_name_column_is_refused() -> None:
    with pytest.raises(RosterWithoutHead, match="姓名"):
        roster_of("班级,人数\n一班,45\n")


def test_a_formula_is_only_text() -> None:
    roster = roster_of("姓名,工号\n林晓,=1+1\n何田,@SUM(A1)\n=林晓,3\n")

    assert [(p.name, p.job_number) for p in roster.persons] == [("林晓", ""), ("何田", "")]
    assert codes(roster.rows[2].problems) == ["name-not-a-name"]


WORDS = st.sampled_from(
    [
        "姓名",
        "工号",
        "手机",
        "出生年月",
        "教研组",
        "合计",
        "2人",
        "林晓",
        "0012",
        "1989.1",
        "五",
        "区骨干",
    ]
)
CELLS = st.one_of(
    st.none(), WORDS, st.text(max_size=12), st.integers(), st.floats(), st.booleans(), st.dates(),
    st.datetimes(), st.times(), st.timedeltas(), st.just(LostDigits("1E+17")),
)  # fmt: skip
MERGES = st.builds(Merge, *[st.integers(0, 12)] * 4)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 5))
    row = st.tuples(*[CELLS] * width)
    rows = draw(st.lists(row, max_size=8))
    if draw(st.booleans()):
        rows = [*rows[:2], ("姓名", "手机", "工号", "出生年月", "教研组")[:width], *rows[2:]]
    return Table(draw(st.text(max_size=4)), tuple(rows), tuple(draw(st.lists(MERGES, max_size=3))))


@settings(deadline=None, max_examples=300)
@given(st.lists(tables(), max_size=3))
def test_any_tables_give_a_roster_or_a_refusal(found: list[Table]) -> None:
    try:
        roster = read_roster(found)
    except RosterWithoutHead:
        return
    assert roster.totals["persons"] + roster.totals["refused"] == len(roster.rows)
    for row in roster.rows:
        assert row.refused == any(problem.level == "error" for problem in row.problems)
        assert all(problem.sentence.endswith("。") for problem in row.problems)
        assert row.refused or row.person.name
        assert row.person.phone == "" or len(row.person.phone) == 11
