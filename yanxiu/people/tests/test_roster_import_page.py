"""A roster goes in through the page: look, confirm, take back."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yanxiu.cast import MORNING, Cast
from yanxiu.documents.tables import read_tables
from yanxiu.people import actions as people
from yanxiu.people.models import Post, Role, RosterImport, Teacher
from yanxiu.people.roster import read_roster

ADDRESS = "/people/roster/"


def upload(client: Client, cast: Cast, data: bytes, name: str = "名单.csv") -> RosterImport:
    file = SimpleUploadedFile(name, data)
    asked = {"organisation": str(cast.school.uid), "file": file}
    answer = client.post(ADDRESS, asked)
    assert answer.status_code == 302
    return RosterImport.objects.latest("pk")


def page_of(read: RosterImport, action: str = "") -> str:
    return f"{ADDRESS}{read.uid}/{action}"


@pytest.fixture
def admin(client: Client, guan: Teacher) -> Client:
    client.force_login(guan)
    return client


def test_a_real_roster_goes_in(admin: Client, cast: Cast, samples: Path) -> None:
    data = (samples / "rosters" / "school-64.xlsx").read_bytes()
    # The cast holds the same job numbers, which would rightly be refused.
    Post.objects.update(job_number="")
    before = Teacher.objects.count()
    read = upload(admin, cast, data, "school-64.xlsx")
    said = admin.get(page_of(read)).content.decode()
    assert "新增 64" in said
    assert "身份证号" in said
    assert "表里写的学校是“空港实验小学”" in said
    assert Teacher.objects.count() == before

    admin.post(page_of(read, "apply/"))

    assert Teacher.objects.count() == before + 64
    again = upload(admin, cast, data, "school-64.xlsx")
    assert "不变 64" in admin.get(page_of(again)).content.decode()


def test_each_row_says_where_it_stood_and_what_would_change(admin: Client, cast: Cast) -> None:
    read = upload(admin, cast, "姓名,工号,职称\n王老师,0004,一级教师\n".encode())

    said = admin.get(page_of(read), {"change": "changed"}).content.decode()

    assert "第2行" in said
    assert "<ins>一级教师</ins>" in said
    assert "没有符合条件的行" in admin.get(page_of(read), {"change": "new"}).content.decode()


def test_an_import_is_undone_from_its_page(admin: Client, cast: Cast) -> None:
    read = upload(admin, cast, "姓名,工号\n孙一,0101\n".encode())
    admin.post(page_of(read, "apply/"))
    assert "撤销整批" in admin.get(page_of(read)).content.decode()

    admin.post(page_of(read, "undo/"))

    assert not Teacher.objects.filter(name="孙一").exists()


def test_an_import_is_dropped(admin: Client, cast: Cast) -> None:
    read = upload(admin, cast, "姓名,工号\n孙一,0101\n".encode())

    admin.post(page_of(read, "drop/"))

    read.refresh_from_db()
    assert read.state == RosterImport.State.DROPPED


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7 ", "不是可以直接读取的表格"),
        ("甲,乙\n1,2\n".encode(), "没有找到花名册的表头"),
        (b"", "这个文件是空的"),
    ],
)
def test_what_is_no_roster_is_refused_in_the_form(
    admin: Client, cast: Cast, data: bytes, sentence: str
) -> None:
    file = SimpleUploadedFile("a.csv", data)

    answer = admin.post(ADDRESS, {"organisation": str(cast.school.uid), "file": file})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.parametrize("who", ["shen", "zhou", "wang", "qian"])
def test_nobody_else_comes_near(client: Client, cast: Cast, admin: Client, who: str) -> None:
    read = upload(admin, cast, "姓名,工号\n孙一,0101\n".encode())
    client.force_login(cast.people[who])

    assert client.get(ADDRESS).status_code == 404
    assert client.get(page_of(read)).status_code == 404
    assert client.post(page_of(read, "apply/")).status_code == 404
    assert not Teacher.objects.filter(name="孙一").exists()


def test_an_administrator_of_another_school_is_a_stranger(
    admin: Client, client: Client, cast: Cast, qian: Teacher
) -> None:
    read = upload(admin, cast, "姓名,工号\n孙一,0101\n".encode())
    role = Role.objects.get(code="administrator")
    people.give_post(qian, cast.other_school, role, starts_on=MORNING.date(), by=None, at=MORNING)
    client.force_login(qian)

    assert client.get(ADDRESS).status_code == 200
    assert "名单.csv" not in client.get(ADDRESS).content.decode()
    assert client.get(page_of(read)).status_code == 404
    assert client.post(page_of(read, "drop/")).status_code == 404


def test_a_school_that_is_not_ours_cannot_be_chosen(admin: Client, cast: Cast) -> None:
    file = SimpleUploadedFile("a.csv", "姓名\n孙一\n".encode())

    answer = admin.post(ADDRESS, {"organisation": str(cast.other_school.uid), "file": file})

    assert answer.status_code == 422


def test_the_empty_form_is_a_roster_we_read(admin: Client) -> None:
    data = admin.get("/people/roster/roster.xlsx").content

    roster = read_roster(read_tables(data, name="roster.xlsx"))

    assert len(roster.mapping) == 16
    assert not roster.unknown_columns


def test_a_thousand_rows_cost_no_more(
    admin: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    lines = "\n".join(f"孙{chr(0x4E00 + n)},{n + 1000:05d},数学组" for n in range(1000))
    read = upload(admin, cast, f"姓名,工号,教研组\n{lines}\n".encode())

    with django_assert_max_num_queries(10):
        page = admin.get(page_of(read), {"page": "3"})

    assert "第 3 / 20 页" in page.content.decode()
    assert len(page.content) < 60_000
