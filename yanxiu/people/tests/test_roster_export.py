"""The roster that we write is read again as the same people, and no cell of it executes."""

import io
import zipfile

import pytest
from django.test import Client

from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.documents.tables import read_tables
from yanxiu.people.actions import roster_import
from yanxiu.people.documents.roster_sheet import roster_sheet
from yanxiu.people.models import Organisation, Teacher
from yanxiu.people.roster import read_roster


def changes(organisation: Organisation, data: bytes) -> set[str]:
    return {row["change"] for row in roster_import.dry_run(organisation, data, "a.xlsx")}


def test_the_export_of_a_school_is_the_same_when_it_comes_back(cast: Cast) -> None:
    read = roster_import.dry_run(cast.school, roster_sheet(cast.school), "a.xlsx")

    assert {row["person"]["name"] for row in read} >= {"沈校长", "李组长", "王老师"}
    assert [row["differences"] for row in read if row["change"] != "same"] == []


def test_the_export_of_a_superior_names_the_schools(cast: Cast) -> None:
    central = cast.school.parent
    assert central
    tables = read_tables(roster_sheet(central), name="a.xlsx")

    schools = {row.person.school for row in read_roster(tables).rows}
    assert schools == {"清河小学", "柳林小学"}
    assert changes(central, roster_sheet(central)) == {"same"}


def test_an_imported_roster_comes_back_the_same(cast: Cast) -> None:
    head = "姓名,工号,手机号,学科,年级,教研组,备课组,职务,职称,学历,骨干称号,出生年月,参加工作时间"
    lines = (
        (
            "孙一,0101,13700000001,科学、美术,三年级,科学组,三年级科学备课组,教研组长、班主任,一级教师,"
            "本科,区级骨干教师、市教学能手,1985-03,2007-08"
        ),
        "阿依·古丽,0102,13700000002,音乐,,科学组、音乐组,,教导主任,高级教师,大专,,1979,",
        "𠮷田,0103,,体育,,体育组,,德育主任,,,,,",
    )
    data = "\n".join([head, *lines]).encode()
    read = roster_import.read_file(cast.school, data, "a.csv", by=None, at=MORNING)
    roster_import.apply(read, by=None, at=NOON)

    again = roster_import.dry_run(cast.school, roster_sheet(cast.school), "a.xlsx")

    assert [row["differences"] for row in again if row["change"] != "same"] == []
    assert len(again) == 9


@pytest.mark.parametrize("name", ["=1+1", "+86", "-2", "@SUM(A1)"])
def test_no_cell_of_an_export_is_a_formula(cast: Cast, wang: Teacher, name: str) -> None:
    Teacher.objects.filter(pk=wang.pk).update(title=name, subjects=[name])

    with zipfile.ZipFile(io.BytesIO(roster_sheet(cast.school))) as package:
        cells = package.read("xl/worksheets/sheet1.xml").decode()
        texts = package.read("xl/sharedStrings.xml").decode()

    assert "<f>" not in cells
    assert name in texts


def test_only_who_manages_the_people_gets_it(
    client: Client, cast: Cast, guan: Teacher, zhou: Teacher, qian: Teacher
) -> None:
    statuses = []
    for teacher in (guan, zhou, qian):
        client.force_login(teacher)
        statuses.append(client.get(f"/people/roster/of/{cast.school.uid}/roster.xlsx").status_code)

    assert statuses == [200, 404, 404]
