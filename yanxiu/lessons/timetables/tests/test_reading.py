"""Timetables are read in whichever of the usual shapes a school keeps them."""

import pytest

from yanxiu.documents.tables import Cell, Merge, Table
from yanxiu.lessons.timetables import FoundSlot, Reading, read_timetable
from yanxiu.lessons.timetables.cells import read_cell
from yanxiu.lessons.timetables.words import class_in

NAMES = {"陈思远", "林小满", "周立", "欧阳青"}
DAYS: tuple[Cell, ...] = ("星期一", "星期二", "星期三", "星期四", "星期五")


def table(*rows: tuple[Cell, ...], sheet: str = "课表", merges: tuple[Merge, ...] = ()) -> Table:
    wide = max(len(row) for row in rows)
    return Table(sheet, tuple((*row, *([None] * (wide - len(row)))) for row in rows), merges)


def read(*tables: Table) -> Reading:
    return read_timetable(tables, NAMES)


def brief(slots: list[FoundSlot]) -> set[tuple[str, int, int, str, str]]:
    return {(s.teacher, s.weekday, s.period, s.subject, s.class_name) for s in slots}


@pytest.mark.parametrize(
    ("text", "subject", "class_name", "teacher", "room"),
    [
        ("数学\n陈思远", "数学", "", "陈思远", ""),
        ("数学陈思远", "数学", "", "陈思远", ""),
        ("三（2）班 数学", "数学", "三（2）班", "", ""),
        ("数学三2", "数学", "三2", "", ""),
        ("体育（操场）周立", "体育", "", "周立", "操场"),
        ("道德与法治 欧阳青老师", "道德与法治", "", "欧阳青", ""),
        ("语文 王芳", "语文", "", "王芳", ""),
    ],
)
def test_a_cell_in_any_order(
    text: str, subject: str, class_name: str, teacher: str, room: str
) -> None:
    said = read_cell(text, NAMES)[0]

    assert (said.subject, said.class_name, said.teacher, said.room) == (
        subject, class_name, teacher, room,
    )  # fmt: skip


def test_odd_and_even_weeks_are_two_lessons() -> None:
    first, second = read_cell("科学陈思远（单）/劳动周立（双）", NAMES)

    assert (first.subject, first.weeks) == ("科学", "odd")
    assert (second.teacher, second.weeks) == ("周立", "even")


def test_tables_of_classes_one_below_the_other() -> None:
    found = read(
        table(
            ("三（1）班课程表",),
            ("节次", *DAYS),
            ("第1节", "语文 林小满", "数学 陈思远", None, "数学 陈思远", "语文 林小满"),
            ("午休",),
            ("第2节", "数学 陈思远", None, None, None, None),
            ("三（2）班课程表",),
            ("节次", *DAYS),
            ("第1节", None, None, "数学 陈思远", None, None),
        )
    )

    assert ("陈思远", 1, 2, "数学", "三（1）班") in brief(found.slots)
    assert ("陈思远", 3, 1, "数学", "三（2）班") in brief(found.slots)
    assert len(found.slots) == 6


def test_the_table_of_a_teacher_named_by_the_sheet() -> None:
    found = read(
        table(
            ("", "", *DAYS),
            ("上午", 1, "三（1）班 数学", None, None, None, "三（2）班 数学"),
            ("上午", 2, None, "三1 数学", None, None, None),
            sheet="陈思远",
        )
    )

    assert brief(found.slots) == {
        ("陈思远", 1, 1, "数学", "三（1）班"),
        ("陈思远", 5, 1, "数学", "三（2）班"),
        ("陈思远", 2, 2, "数学", "三1"),
    }


def test_an_afternoon_counted_anew_goes_on_after_the_morning() -> None:
    found = read(
        table(
            ("周立课表",), ("", "", *DAYS),
            ("上午", 1, "三1 体育"), ("上午", 2, "三2 体育"), ("下午", 1, "三3 体育"),
        )
    )  # fmt: skip

    assert [slot.period for slot in found.slots] == [1, 2, 3]


def test_one_large_table_with_a_line_for_each_class() -> None:
    days: tuple[Cell, ...] = ("班级", "星期一", None, "星期二", None, "星期三", None)
    found = read(
        table(
            ("清河小学总课程表",), days, (None, 1, 2, 1, 2, 1, 2),
            ("三（1）", "语文林小满", "数学陈思远", "数学陈思远", None, None, "体育周立"),
            ("三（2）", "数学陈思远", None, None, None, None, None),
            merges=(Merge(2, 1, 2, 2), Merge(2, 3, 2, 4), Merge(2, 5, 2, 6)),
        )
    )  # fmt: skip

    assert ("周立", 3, 2, "体育", "三（1）") in brief(found.slots)
    assert ("陈思远", 1, 1, "数学", "三（2）") in brief(found.slots)
    assert len(found.slots) == 5


YEAR = "清河小学2026—2027学年第一学期课程表（2026.9）"


def test_a_year_in_the_title_is_no_class_and_a_column_names_the_classes() -> None:
    found = read(
        table(
            (YEAR,), ("班级", "节次", *DAYS),
            ("三（1）班", "第1节", "语文 林小满", "数学 陈思远"),
            (None, "第2节", "数学 陈思远", None),
            ("三（2）班", "第1节", None, "体育 周立"),
            (None, "第2节", "数学 陈思远", None),
        )
    )  # fmt: skip

    assert brief(found.slots) == {
        ("林小满", 1, 1, "语文", "三（1）班"),
        ("陈思远", 2, 1, "数学", "三（1）班"),
        ("陈思远", 1, 2, "数学", "三（1）班"),
        ("周立", 2, 1, "体育", "三（2）班"),
        ("陈思远", 1, 2, "数学", "三（2）班"),
    }


def test_a_line_for_each_teacher_with_the_subject_before_and_heads_not_merged() -> None:
    found = read(
        table(
            (YEAR,),
            ("序号", "学科", "姓名", "星期一", None, "星期二", None, "星期三", None),
            (None, None, None, 1, 2, 1, 2, 1, 2),
            (1, "数学", "陈思远", "三1", None, None, "三2", None, None),
            (2, "体育", "周立", None, None, "三（1）班", None, None, "三2"),
        )
    )

    assert brief(found.slots) == {
        ("陈思远", 1, 1, "数学", "三1"),
        ("陈思远", 2, 2, "数学", "三2"),
        ("周立", 2, 1, "体育", "三（1）班"),
        ("周立", 3, 2, "体育", "三2"),
    }


def test_heads_that_name_day_and_lesson_at_once() -> None:
    found = read(
        table(
            ("姓名", "周一1", "周一2", "周二第1节", "周三-3"),
            ("陈思远", "三1 数学", None, "三2 数学", "三1 数学"),
        )
    )

    assert {(slot.weekday, slot.period) for slot in found.slots} == {(1, 1), (2, 1), (3, 3)}


@pytest.mark.parametrize("text", ["2026—2027学年", "2026年9月", "2026", "第1学期", "10月15日"])
def test_a_date_is_no_class(text: str) -> None:
    assert class_in(text) == ""


@pytest.mark.parametrize(
    "text", ["301", "301班", "1201班", "三2", "三（12）班", "2023级3班", "7(2)"]
)
def test_classes_as_schools_write_them(text: str) -> None:
    assert class_in(text) == text


def test_a_plain_list() -> None:
    found = read(
        table(
            ("教师", "星期", "节次", "班级", "学科", "单双周"),
            ("周立", "周二", "第3节", "四（1）班", "体育", ""),
            ("周立", 4, 6, "四（2）班", "体育", "单周"),
            ("周立", "不定", 6, "四（2）班", "体育", ""),
        )
    )

    assert [(s.weekday, s.period, s.weeks) for s in found.slots] == [(2, 3, "every"), (4, 6, "odd")]
    assert "看不懂" in found.remarks[0].text


def test_who_teaches_what_fills_in_names_and_what_is_missing_is_told() -> None:
    found = read(
        table(
            ("三（1）班课程表",), ("节次", *DAYS),
            ("第1节", "语文", "数学", "音乐", None, None),
        ),
        table(
            ("班级", "语文", "数学", "英语"), ("三1班", "林小满", "陈思远", "欧阳青"), sheet="任课"
        ),
    )  # fmt: skip

    assert {slot.teacher for slot in found.slots} == {"林小满", "陈思远"}
    assert "三（1）班音乐没有写教师" in found.remarks[0].text


def test_a_sheet_that_is_no_timetable_is_told() -> None:
    found = read(table(("食堂菜单",), ("红烧肉",), sheet="菜单"))

    assert not found.slots
    assert found.remarks[0].where == "菜单"
