"""When an own cycle began and when somebody retires: who keeps it, who sees it, who hears of it."""

from collections.abc import Collection, Iterator
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.audit.models import TrailLine
from yanxiu.cast import NOON, Cast
from yanxiu.documents.tables import read_tables
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.people import hearing
from yanxiu.people.actions import roster_import
from yanxiu.people.actions.editing import edit_teacher
from yanxiu.people.career import read_career_day
from yanxiu.people.documents.roster_sheet import roster_sheet
from yanxiu.people.models import Post, Role, RosterImport, Teacher
from yanxiu.people.refusals.rights import OwnCareerDays
from yanxiu.people.roster import read_roster

CSV = "姓名,工号,首次注册时间,退休年月\n王老师,0004,2023年6月20日,2028.09\n关管理,0006,,2027-03\n"
DAYS = {"cycle_from": "2023-06-20", "retires": "2028-09"}


@pytest.fixture
def heard() -> Iterator[list[int]]:
    """Whoever is told of, while a test runs."""
    found: list[int] = []

    def listen(teachers: Collection[int], _at: datetime) -> None:
        found.extend(teachers)

    hearing.LISTENERS.append(listen)
    yield found
    hearing.LISTENERS.remove(listen)


def page_of(client: Client, reader: Teacher, person: Teacher) -> str:
    client.force_login(reader)
    answer = client.get(reverse("people:teacher", args=[person.uid]))
    assert answer.status_code == 200
    return answer.content.decode()


def import_roster(cast: Cast, by: Teacher) -> RosterImport:
    read = roster_import.read_file(cast.school, CSV.encode(), "名册.csv", by=by, at=NOON)
    return roster_import.apply(read, by=by, at=NOON)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2028-09", date(2028, 9, 1)),
        ("2028-09-15", date(2028, 9, 15)),
        ("2028", None),
        ("2028-13", None),
        ("", None),
    ],
)
def test_a_month_stands_for_its_first_day_and_a_year_for_none(text: str, day: date | None) -> None:
    assert read_career_day(text) == day


def test_who_keeps_the_roster_writes_it_down_and_the_trail_names_no_day(
    cast: Cast, wang: Teacher, heard: list[int]
) -> None:
    edit_teacher(wang, DAYS, by=cast.people["guan"], at=NOON)

    wang.refresh_from_db()
    assert (wang.cycle_from, wang.retires, heard) == ("2023-06-20", "2028-09", [wang.pk])
    line = TrailLine.objects.get(verb="people.teacher-edited")
    assert set(line.detail["fields"]) == {"cycle_from", "retires"}
    assert "2028" not in str(line.detail)


def test_nobody_writes_the_own_days_though_they_keep_the_roster(cast: Cast) -> None:
    guan = cast.people["guan"]

    with pytest.raises(OwnCareerDays):
        edit_teacher(guan, {"retires": "2027-03"}, by=guan, at=NOON)
    edit_teacher(guan, {"title": "一级教师", "retires": ""}, by=guan, at=NOON)

    guan.refresh_from_db()
    assert (guan.retires, guan.title) == ("", "一级教师")


def test_who_recognises_hours_sees_the_days_and_does_not_change_them(
    wang: Teacher, zhou: Teacher
) -> None:
    with pytest.raises(NotAllowed):
        edit_teacher(wang, DAYS, by=zhou, at=NOON)


def test_what_is_no_month_is_refused(cast: Cast, wang: Teacher) -> None:
    with pytest.raises(BadInput, match="2027-08"):
        edit_teacher(wang, {"retires": "2027"}, by=cast.people["guan"], at=NOON)


def test_a_title_is_no_news_to_who_reckons(cast: Cast, wang: Teacher, heard: list[int]) -> None:
    edit_teacher(wang, {"title": "一级教师"}, by=cast.people["guan"], at=NOON)

    assert heard == []


def test_the_person_the_office_and_the_keeper_see_it_and_who_only_sees_people_does_not(
    client: Client, cast: Cast, wang: Teacher, zhou: Teacher, shen: Teacher
) -> None:
    edit_teacher(wang, DAYS, by=cast.people["guan"], at=NOON)

    for reader in (wang, zhou, cast.people["guan"]):
        assert "2028-09" in page_of(client, reader, wang)
    looking_on = Role.objects.create(code="looking-on", name="旁观", rights=["see_people"])
    Post.objects.filter(teacher=shen, role__code="principal").update(role=looking_on)
    text = page_of(client, shen, wang)
    assert "2028-09" not in text
    assert "退休年月" not in text


def test_the_form_explains_what_it_is_for_and_leaves_the_own_days_out(
    client: Client, cast: Cast, wang: Teacher
) -> None:
    guan = cast.people["guan"]
    client.force_login(guan)

    theirs = client.get(reverse("people:teacher_edit", args=[wang.uid])).content.decode()
    own = client.get(reverse("people:teacher_edit", args=[guan.uid])).content.decode()

    assert "只有本人、管名册的和认定学时的看得到" in theirs
    assert "退休年月" not in own


def test_a_slip_keeps_what_was_typed(client: Client, cast: Cast, wang: Teacher) -> None:
    client.force_login(cast.people["guan"])

    answer = client.post(
        reverse("people:teacher_edit", args=[wang.uid]), {"name": "王老师", "retires": "明年"}
    )

    assert answer.status_code == 422
    assert "明年" in answer.content.decode()
    wang.refresh_from_db()
    assert wang.retires == ""


def test_a_roster_brings_the_days_and_an_undo_takes_them_back(
    cast: Cast, wang: Teacher, heard: list[int]
) -> None:
    applied = import_roster(cast, cast.people["guan"])

    wang.refresh_from_db()
    assert (wang.cycle_from, wang.retires) == ("2023-06-20", "2028-09")
    assert wang.pk in heard
    heard.clear()
    roster_import.undo(applied, by=cast.people["guan"], at=NOON)
    wang.refresh_from_db()
    assert (wang.cycle_from, wang.retires, heard) == ("", "", [wang.pk])


def test_a_roster_does_not_bring_the_days_of_whoever_imports_it(cast: Cast) -> None:
    guan = cast.people["guan"]

    applied = import_roster(cast, guan)

    guan.refresh_from_db()
    assert guan.retires == ""
    [line] = [row for row in applied.lines.all() if "own-career-days" in row.codes]
    assert "不能由自己填" in str(line.content)


def test_a_year_alone_is_left_out_with_a_word() -> None:
    text = "姓名,退休时间\n王老师,2028\n赵老师,2028年9月\n"

    roster = read_roster(read_tables(text.encode(), name="名册.csv"))

    assert [row.person.retires for row in roster.rows] == ["", "2028-09"]
    assert "只有年份2028" in roster.rows[0].problems[0].sentence


def test_the_exported_roster_read_again_changes_nothing(cast: Cast, wang: Teacher) -> None:
    edit_teacher(wang, DAYS, by=cast.people["guan"], at=NOON)

    again = roster_import.dry_run(cast.school, roster_sheet(cast.school), "名册.xlsx")

    assert [row["differences"] for row in again if row["change"] != "same"] == []
