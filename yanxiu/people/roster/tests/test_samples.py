"""The sample rosters are read wholly and rightly, checked against the files by other means."""

import csv
import re
import time
from collections import Counter
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from yanxiu.documents.tables import read_tables
from yanxiu.people.roster import Roster, read_roster

SCHOOL, DISTRICT = "school-64.xlsx", "district-5000-gb18030.csv"


def read(path: Path) -> Roster:
    return read_roster(read_tables(path.read_bytes(), name=path.name))


@pytest.fixture(scope="module")
def school(samples: Path) -> Roster:
    return read(samples / "rosters" / SCHOOL)


@pytest.fixture(scope="module")
def lines(samples: Path) -> list[list[object]]:
    workbook = CalamineWorkbook.from_path(str(samples / "rosters" / SCHOOL))
    rows = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    return [list(row) for row in rows if isinstance(row[0], float)]


def digits(cell: object) -> str:
    return f"{cell:.0f}" if isinstance(cell, float) else re.sub(r"\D", "", str(cell))


def test_the_school_has_sixty_four_persons_and_no_doubt(school: Roster) -> None:
    assert school.totals["persons"] == len(school.persons) == 64
    assert school.totals["rows_with_warnings"] == school.totals["refused"] == 0
    assert [(skip.row, skip.reason) for skip in school.skipped] == [
        (1, "title"),
        (2, "title"),
        (71, "total"),
        (72, "signature"),
    ]
    assert [bool(sheet.reason) for sheet in school.sheets] == [False, True]


def test_names_phones_and_job_numbers_are_those_of_the_file(
    school: Roster, lines: list[list[object]]
) -> None:
    persons = school.persons

    assert [p.name for p in persons] == [str(line[1]).replace(" ", "") for line in lines]
    assert [p.phone for p in persons] == [digits(line[13]) for line in lines]
    assert {len(p.phone) for p in persons} == {11}
    assert [p.job_number for p in persons] == [f"{number:04d}" for number in range(1, 65)]


def test_birth_months_agree_with_the_column_that_is_dropped(
    school: Roster, lines: list[list[object]]
) -> None:
    months = [f"{number[6:10]}-{number[10:12]}" for number in (digits(line[14]) for line in lines)]

    assert [p.born for p in school.persons] == months


def test_all_began_to_work_in_some_august(school: Roster, lines: list[list[object]]) -> None:
    years = [re.match(r"\d{4}", str(line[12])) for line in lines]

    assert [p.started_work for p in school.persons] == [f"{y[0]}-08" for y in years if y]


def test_words_are_brought_to_their_canonical_form(school: Roster) -> None:
    persons = school.persons

    assert Counter(p.group for p in persons) == {
        "语文教研组": 20, "综合教研组": 20, "数学教研组": 16, "英语教研组": 8,
    }  # fmt: skip
    assert Counter(p.tier for p in persons) == {
        "": 27, "区级骨干教师": 12, "区学科带头人": 9, "区教学能手": 7, "校级骨干教师": 5,
        "市级骨干教师": 4,
    }  # fmt: skip
    assert Counter(p.education for p in persons) == {
        "本科": 26, "大专": 15, "研究生": 12, "硕士研究生": 11,
    }  # fmt: skip
    assert Counter(p.title for p in persons) == {
        "一级教师": 29, "高级教师": 11, "三级教师": 10, "二级教师": 9, "未定级": 5,
    }  # fmt: skip


def test_grades_subjects_and_posts_are_those_of_the_file(
    school: Roster, lines: list[list[object]]
) -> None:
    persons = school.persons

    assert [p.grade for p in persons] == [f"{str(line[8])[0]}年级" for line in lines]
    assert ["、".join(p.subjects) for p in persons] == [line[7] for line in lines]
    assert [p.posts for p in persons] == [(line[10],) for line in lines]


def test_columns_without_a_purpose_are_dropped_and_named(school: Roster) -> None:
    assert school.dropped_columns == ("性别", "民族", "身份证号", "备注")
    assert school.unknown_columns == ()
    assert "身份证号" in school.notes[0]
    assert "9901" not in repr([row.person for row in school.rows])


def test_the_head_of_two_rows_is_mapped_and_shown(school: Roster) -> None:
    read_columns = {column.letters: column.field for column in school.columns if column.field}

    assert read_columns == {
        "B": "name", "D": "born", "F": "education", "G": "title", "H": "subjects", "I": "grades",
        "J": "groups", "K": "posts", "L": "tiers", "M": "started_work", "N": "phone",
        "P": "job_number",
    }  # fmt: skip


def test_the_district_has_five_thousand_persons_in_sixty_schools_soon(samples: Path) -> None:
    path = samples / "rosters" / DISTRICT
    started = time.process_time()

    roster = read(path)

    assert time.process_time() - started < 3  # about 0.8 on the reference machine
    assert (roster.totals["persons"], roster.totals["schools"]) == (5000, 60)
    with path.open(encoding="gb18030", newline="") as file:
        for person, line in zip(roster.persons, csv.DictReader(file), strict=True):
            assert (person.name, person.school) == (line["姓名"], line["学校"])
            assert (person.phone, person.job_number) == (line["手机号"], line["工号"].strip("'"))
            year, month, _ = line["出生日期"].split("/")
            assert person.born == f"{year}-{int(month):02d}"
