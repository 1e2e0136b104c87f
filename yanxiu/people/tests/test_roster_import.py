"""A roster is compared, written as one batch, found the same again, and can be taken back."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yanxiu.audit.models import TrailLine
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.refusals import NotAllowed, Refusal
from yanxiu.people import actions as people
from yanxiu.people.actions import roster_import
from yanxiu.people.actions.roster_import import applying, writing
from yanxiu.people.models import (
    Membership,
    Organisation,
    Post,
    Role,
    RosterImport,
    RosterLine,
    Teacher,
    TierHolding,
    Unit,
)
from yanxiu.people.refusals.roster import (
    ImportHalfWritten,
    ImportInUse,
    ImportNotOpen,
    RosterOvertaken,
)

HEAD = "姓名,工号,手机号,学科,教研组,职务,骨干称号,出生年月"


def roster(*lines: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *lines]).encode()


@dataclass
class Desk:
    """An administrator at work with rosters."""

    school: Organisation
    by: Teacher | None

    def read(self, *lines: str, head: str = HEAD) -> RosterImport:
        data = roster(*lines, head=head)
        return roster_import.read_file(self.school, data, "名单.csv", by=self.by, at=MORNING)

    def take(self, *lines: str, head: str = HEAD) -> RosterImport:
        return roster_import.apply(self.read(*lines, head=head), by=self.by, at=NOON)


@pytest.fixture
def desk(cast: Cast, guan: Teacher) -> Desk:
    return Desk(cast.school, guan)


def name_of(number: int) -> str:
    """Return one of many names."""
    return "孙" + chr(0x5B50 + number // 40) + chr(0x6C38 + number % 40)


def changes(read: RosterImport) -> list[str]:
    return [row["change"] for row in roster_import.rows_of(read)]


def codes(read: RosterImport) -> list[str]:
    return [problem["code"] for row in roster_import.rows_of(read) for problem in row["problems"]]


def first(read: RosterImport) -> dict[str, Any]:
    return next(roster_import.rows_of(read))


@pytest.fixture
def sample(samples: Path) -> bytes:
    return (samples / "rosters" / "school-64.xlsx").read_bytes()


@pytest.fixture
def fresh(db: None) -> Desk:
    people.lay_ground()
    return Desk(people.add_organisation(None, "空港实验小学", by=None, at=MORNING), None)


def test_a_real_roster_goes_in_and_is_the_same_the_second_time(fresh: Desk, sample: bytes) -> None:
    read = roster_import.read_file(fresh.school, sample, "school-64.xlsx", by=None, at=MORNING)
    assert read.report["totals"]["new"] == 64
    roster_import.apply(read, by=None, at=NOON)

    again = roster_import.read_file(fresh.school, sample, "school-64.xlsx", by=None, at=NOON)

    assert set(changes(again)) == {"same"}
    assert Teacher.objects.count() == 64
    assert Post.objects.filter(role__code="principal").count() == 2
    assert Post.objects.filter(role__code="research_office").count() == 2


def test_groups_leaders_tiers_and_titles_come_from_the_columns(desk: Desk) -> None:
    desk.take("孙一,0101,13700000001,科学,科学组,教研组长,区级骨干教师,1985-03")

    teacher = Teacher.objects.get(name="孙一")
    post = teacher.posts.get()
    assert (post.title, post.job_number, post.starts_on) == ("教研组长", "0101", date(2026, 9, 1))
    seat = teacher.memberships.get()
    assert (seat.unit.name, seat.unit.kind.code) == ("科学组", "teaching_research_group")
    assert seat.duty == Membership.Duty.LEADER
    assert TierHolding.objects.get(teacher=teacher).tier.name == "区级骨干教师"


def test_a_group_that_is_there_is_used_however_it_is_written(desk: Desk, cast: Cast) -> None:
    desk.take("孙一,0101,13700000001,数学,数学组,教师,,")

    assert Membership.objects.filter(unit=cast.maths, teacher__name="孙一").exists()


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("校长", "principal"),
        ("教学副校长", "principal"),
        ("教导主任", "research_office"),
        ("教科室副主任", "research_office"),
    ],
)
def test_leading_posts_carry_their_rights(desk: Desk, words: str, role: str) -> None:
    desk.take(f"孙一,0101,13700000001,数学,,{words},,")

    teacher = Teacher.objects.get(name="孙一")
    assert set(teacher.posts.values_list("role__code", flat=True)) == {role, "teacher"}


def test_other_posts_carry_none(desk: Desk) -> None:
    desk.take("孙一,0101,13700000001,数学,,校长助理,,", "孙二,0102,13700000002,数学,,德育主任,,")

    assert (
        not Post.objects.filter(teacher__name__in=["孙一", "孙二"])
        .exclude(role__code="teacher")
        .exists()
    )


def test_nobody_gets_a_password(desk: Desk) -> None:
    desk.take("孙一,0101,13700000001,数学,,教师,,")

    assert not Teacher.objects.get(name="孙一").has_usable_password()


def test_a_changed_row_shows_what_was_and_what_will_be(desk: Desk, wang: Teacher) -> None:
    read = desk.read("王老师,0004,13700000009,音乐,语文组,教师,,")

    assert changes(read) == ["changed"]
    shown = {each["field"]: (each["before"], each["after"]) for each in first(read)["differences"]}
    assert shown["phone"] == (wang.phone, "13700000009")
    assert shown["group"] == ("数学教研组", "语文组")


def test_applying_a_change_moves_the_person(desk: Desk, wang: Teacher, cast: Cast) -> None:
    desk.take("王老师,0004,13700000009,音乐,语文组,教师,,")

    wang.refresh_from_db()
    assert (wang.phone, wang.subjects) == ("13700000009", ["音乐"])
    living = wang.memberships.filter(ends_on=None)
    assert [each.unit for each in living] == [cast.chinese]
    assert wang.memberships.get(unit=cast.maths).ends_on == date(2026, 10, 15)


def test_what_the_roster_leaves_empty_stays(desk: Desk, wang: Teacher) -> None:
    read = desk.read("王老师,0004,,,,,,")

    assert changes(read) == ["same"]


def test_a_number_of_somebody_else_is_refused(desk: Desk) -> None:
    read = desk.read("孙一,0004,13700000001,,,,,")

    assert (changes(read), codes(read)) == (["refused"], ["number-of-another"])


def test_a_phone_outside_the_reach_is_refused_without_a_name(desk: Desk) -> None:
    read = desk.read("钱老师,0204,13800000001,,,,,")

    assert codes(read) == ["phone-elsewhere"]
    assert "柳林" not in first(read)["problems"][0]["sentence"]


def test_a_name_without_numbers_means_the_only_one_who_has_it(desk: Desk, wang: Teacher) -> None:
    read = desk.read("王老师,,,音乐,,,,")

    assert first(read)["teacher"] == str(wang.uid)


def test_a_name_that_cannot_be_told_apart_is_left_to_a_person(desk: Desk) -> None:
    read = desk.read("王老师,,13700000001,音乐,,,,")

    assert (changes(read), codes(read)) == (["refused"], ["name-not-told-apart"])


def test_two_of_a_name_with_other_numbers_are_two_people(desk: Desk) -> None:
    read = desk.read("王老师,0044,13700000001,音乐,,,,")

    assert (changes(read), codes(read)) == (["new"], ["same-name-other-number"])


def test_two_alike_without_numbers_are_found_again(desk: Desk) -> None:
    lines = ("孙一,,,音乐,,教师,,1980-01", "孙一,,,美术,,教师,,1990-01")
    desk.take(*lines)

    assert changes(desk.read(*lines)) == ["same", "same"]


def test_a_district_makes_its_schools(cast: Cast) -> None:
    central = cast.school.parent
    assert central is not None
    desk = Desk(central, None)
    lines = ("清河小学,孙一,0101,13700000001", "东山小学,孙二,0101,13700000002")

    read = desk.take(*lines, head="学校,姓名,工号,手机号")

    made = Organisation.objects.get(name="东山小学")
    assert (made.parent, made.path) == (central, f"{central.path}{made.pk}.")
    assert Post.objects.get(teacher__name="孙一").organisation == cast.school
    assert read.report["new_schools"] == ["东山小学"]
    assert changes(desk.read(*lines, head="学校,姓名,工号,手机号")) == ["same", "same"]


def test_where_no_school_can_be_known_the_row_is_refused(cast: Cast) -> None:
    assert cast.school.parent
    read = Desk(cast.school.parent, None).read("孙一,0101", head="姓名,工号")

    assert codes(read) == ["school-missing"]


def test_undoing_takes_everything_back(desk: Desk, wang: Teacher, cast: Cast) -> None:
    before = _everything()
    taken = desk.take(
        "王老师,0014,13900000004,音乐,语文组,教导主任,区级骨干教师,1990-01",
        "孙一,0101,13700000001,科学,科学组,教研组长,市级骨干教师,1985-03",
    )
    assert changes(taken) == ["changed", "new"]
    assert wang.memberships.get(unit=cast.maths).ends_on

    roster_import.undo(taken, by=desk.by, at=NOON)

    assert _everything() == before


def _everything() -> list[object]:
    return [
        list(Teacher.objects.order_by("pk").values("name", "phone", "subjects", "born")),
        list(Post.objects.order_by("pk").values("pk", "title", "job_number", "ends_on")),
        list(Membership.objects.order_by("pk").values("pk", "duty", "ends_on")),
        list(Unit.objects.order_by("pk").values("name")),
        list(TierHolding.objects.values("pk")),
    ]


def test_what_was_changed_since_is_not_undone(desk: Desk, wang: Teacher) -> None:
    taken = desk.take("王老师,0004,13700000009,音乐,,,,")
    Teacher.objects.filter(pk=wang.pk).update(phone="13700000010")

    roster_import.undo(taken, by=desk.by, at=NOON)

    wang.refresh_from_db()
    assert (wang.phone, wang.subjects) == ("13700000010", [])


def test_an_import_in_use_is_not_undone_and_says_why(desk: Desk, cast: Cast) -> None:
    taken = desk.take("孙一,0101,13700000001,科学,科学组,教研组长,,")
    teacher = Teacher.objects.get(name="孙一")
    Teacher.objects.filter(pk=teacher.pk).update(last_login=NOON)
    role = Role.objects.get(code="principal")
    people.give_post(teacher, cast.school, role, starts_on=NOON.date(), by=None, at=NOON)

    with pytest.raises(ImportInUse) as refused:
        roster_import.undo(taken, by=desk.by, at=NOON)

    assert "1位老师已登录" in str(refused.value)
    assert "1个后来添加的任职" in str(refused.value)
    assert Teacher.objects.filter(name="孙一").exists()


def test_a_roster_that_was_overtaken_is_compared_again(desk: Desk, wang: Teacher) -> None:
    read = desk.read("王老师,0004,13700000009,音乐,,,,")
    Teacher.objects.filter(pk=wang.pk).update(subjects=["音乐"])

    with pytest.raises(RosterOvertaken):
        roster_import.apply(read, by=desk.by, at=NOON)

    read.refresh_from_db()
    assert [each["field"] for each in first(read)["differences"]] == ["phone"]
    roster_import.apply(read, by=desk.by, at=NOON)


def test_an_import_is_applied_once(desk: Desk) -> None:
    taken = desk.take("孙一,0101,13700000001,,,,,")

    with pytest.raises(ImportNotOpen):
        roster_import.apply(taken, by=desk.by, at=NOON)


def test_an_import_that_was_cut_off_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applying, "BATCH", 2)
    read = desk.read(*(f"{name_of(n)},{n:04d},,,,,," for n in range(101, 106)))
    whole = writing.Writer.write
    with monkeypatch.context() as cut:
        cut.setattr(
            writing.Writer,
            "write",
            lambda self, rows, new: whole(self, rows, new) if rows[0]["row"] < 4 else 1 / 0,
        )
        with pytest.raises(ZeroDivisionError):
            roster_import.apply(read, by=desk.by, at=NOON)
    assert Teacher.objects.filter(name__startswith="孙").count() == 2

    with pytest.raises(ImportHalfWritten):
        roster_import.drop(read, by=desk.by, at=NOON)

    done = roster_import.apply(read, by=desk.by, at=NOON)

    assert done.state == RosterImport.State.APPLIED
    assert Teacher.objects.filter(name__startswith="孙").count() == 5


def test_a_dropped_import_forgets_what_it_said(desk: Desk) -> None:
    dropped = roster_import.drop(desk.read("孙一,0101,,,,,,"), by=desk.by, at=NOON)

    assert dropped.state == RosterImport.State.DROPPED
    assert not RosterLine.objects.exists()


def test_a_stranger_may_neither_read_nor_apply(desk: Desk, qian: Teacher) -> None:
    read = desk.read("孙一,0101,,,,,,")
    with pytest.raises(NotAllowed):
        roster_import.read_file(desk.school, roster("孙二,,,,,,,"), "a.csv", by=qian, at=NOON)
    with pytest.raises(NotAllowed):
        roster_import.apply(read, by=qian, at=NOON)


def test_a_batch_leaves_one_line_in_the_trail(desk: Desk) -> None:
    before = TrailLine.objects.count()
    desk.take("孙一,0101,,,,,,", "孙二,0102,,,,,,")

    assert TrailLine.objects.count() == before + 1


def test_what_nothing_needs_is_kept_nowhere(fresh: Desk, tmp_path: Path) -> None:
    number = "110101198503071234"
    read = roster_import.read_file(
        fresh.school,
        roster(f"孙一,0101,{number},回族", head="姓名,工号,身份证号,民族"),
        "名单.csv",
        by=None,
        at=MORNING,
    )
    roster_import.apply(read, by=None, at=NOON)

    assert "身份证号、民族" in read.report["notes"][0]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            text = str(cursor.fetchall())
            assert number not in text
            assert "回族" not in text


def test_many_rows_take_few_statements(fresh: Desk) -> None:
    lines = [f"{name_of(n)},{n:05d},137{n:08d},数学,数学组,教师,," for n in range(1200)]
    read = fresh.read(*lines)

    with CaptureQueriesContext(connection) as written:
        roster_import.apply(read, by=None, at=NOON)

    assert Teacher.objects.count() == 1200
    assert len(written) < 300


def test_a_district_of_sixty_schools_goes_in_at_once(db: None, samples: Path) -> None:
    people.lay_ground()
    top = people.add_organisation(None, "量尺县", by=None, at=MORNING, is_school=False)
    data = (samples / "rosters" / "district-5000-gb18030.csv").read_bytes()
    read = roster_import.read_file(top, data, "district.csv", by=None, at=MORNING)

    roster_import.apply(read, by=None, at=NOON)

    assert (Teacher.objects.count(), top.children.count()) == (5000, 60)
    assert not Post.objects.filter(job_number__contains="'").exists()
    again = roster_import.read_file(top, data, "district.csv", by=None, at=NOON)
    assert again.report["totals"]["same"] == 5000


def test_a_file_that_is_no_roster_is_refused(desk: Desk) -> None:
    with pytest.raises(Refusal):
        roster_import.read_file(desk.school, b"%PDF-1.7", "a.xlsx", by=desk.by, at=NOON)
