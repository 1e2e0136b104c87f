"""What the other system lacks is known, a person settles names, and no formula ever runs."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yanxiu.audit.models import TrailLine
from yanxiu.cast import EVENING, Cast, LogIn, statements
from yanxiu.certificates.models import OwnRegister, Registered, RegisterImport, RegisterRow
from yanxiu.certificates.queries import kept
from yanxiu.certificates.queries.facts import facts_for
from yanxiu.certificates.tests.conftest import SCHEME, TakePart
from yanxiu.certificates.tests.test_columns import GOOD
from yanxiu.documents.tables import read_tables
from yanxiu.ledger import actions as ledger
from yanxiu.ledger.actions.keeping import refresh
from yanxiu.ledger.models import Record
from yanxiu.ledger.queries import looks
from yanxiu.people.actions.editing import edit_teacher
from yanxiu.people.models import Teacher

HEADS = "姓名,教职工号,培训项目名称,培训获得学分"
ASK = {
    "register": "cn-national-teacher-system",
    "scheme": SCHEME,
    "period": "2026-09-01_2027-09-01",
}
PAGE = "/certificates/registers/"
ADDRESS = f"{PAGE}?register={ASK['register']}&scheme={SCHEME}&period={ASK['period']}"


@pytest.fixture
def office(
    cast: Cast, zhou: Teacher, wang: Teacher, li: Teacher, take_part: TakePart, log_in: LogIn
) -> Client:
    """周主任's browser; 王老师 has two records, 李组长 one."""
    assert cast.school
    take_part(wang, title="单元整体设计")
    take_part(wang, date(2026, 9, 20), title="怎样听课")
    take_part(li, title="=1+1")
    return log_in(zhou)


def upload(client: Client, *rows: str, **more: Any) -> RegisterImport:
    text = "\n".join([HEADS, *rows]).encode("gb18030")
    file = SimpleUploadedFile("导出.csv", text)
    answer = client.post(f"{PAGE}read/", {**ASK, **more, "file": file})
    assert answer.status_code == 302, answer.content.decode()
    return RegisterImport.objects.latest("pk")


def outcomes(found: RegisterImport) -> dict[int, str]:
    return dict(found.rows.values_list("number", "outcome"))


def sheet_of(client: Client, **more: str) -> list[list[Any]]:
    data = client.get(f"{PAGE}register.xlsx", {**ASK, **more}).content
    rows = read_tables(data, name="a.xlsx")[0].rows
    head = next(n for n, row in enumerate(rows) if row[0] == "姓名")
    return [list(row) for row in rows[head + 1 :]]


def test_rows_stand_in_the_columns_of_the_other_system(office: Client) -> None:
    row = next(row for row in sheet_of(office) if row[5 + 1] == "怎样听课")

    assert row[:2] == ["王老师", "0004"]
    assert row[2] is None, "no identity number is kept"
    assert row[4:6] == ["2026", "校本培训"]
    assert row[8:] == ["校本研修", 1, 1]


def test_a_host_is_not_named_as_who_recognised_the_own_part(
    office: Client, cast: Cast, li: Teacher, wang: Teacher, take_part: TakePart
) -> None:
    for teacher in (li, wang):
        take_part(teacher, by=li, title="李组长关闭的一场")
    register = "cn-county-record-list"

    data = office.get(f"{PAGE}register.xlsx", {**ASK, "register": register}).content
    rows = read_tables(data, name="a.xlsx")[0].rows
    told = {row[1]: row[-1] for row in rows if "李组长关闭的一场" in row}

    assert told == {"李组长": "按方案记入 2026-10-15", "王老师": "李组长 2026-10-15"}


def test_no_formula_stands_in_the_file(office: Client) -> None:
    data = office.get(f"{PAGE}register.xlsx", ASK).content
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()

    assert "<f>" not in sheet
    assert any("=1+1" in row for row in sheet_of(office))


def test_each_teacher_reads_that_the_list_was_taken(office: Client, wang: Teacher) -> None:
    sheet_of(office)
    sheet_of(office)

    assert looks.looks_at(wang).filter(verb=looks.LIST, actor_name="周主任").count() == 1


def test_three_lists_come_of_their_export(office: Client) -> None:
    found = upload(office, "王老师,0004,单元整体设计,1", "王老师,0004,怎样听课,0.5",
                   "王老师,0004,那边多的,2", "陌生人,,某事,1")  # fmt: skip

    assert outcomes(found) == {2: "registered", 3: "differs", 4: "extra", 5: "unknown"}
    page = office.get(PAGE, ASK).content.decode()
    for said in ("尚未登记 1", "不一致 1", "那边已登记 1"):
        assert said in page, said
    assert {one.on for one in Registered.objects.all()} == {date(2026, 10, 15)}


def test_beside_what_differs_stands_the_own_amount_and_a_row_twice_is_told_as_such(
    office: Client,
) -> None:
    found = upload(office, "王老师,0004,单元整体设计,1", "王老师,0004,单元整体设计,1",
                   "王老师,0004,怎样听课,0.5")  # fmt: skip

    page = office.get(f"{PAGE}{found.uid}/")
    rows = {row.number: (ours, twin) for row, _told, ours, twin in page.context["rows"]}

    assert [amount for _word, amount in rows[4][0]] == [1]
    assert "<b>这边</b>" in page.content.decode()
    assert (rows[2], rows[3][1]) == (([], None), 2)
    assert "和第 2 行一样" in page.content.decode()


def test_only_what_is_missing_is_exported(office: Client) -> None:
    upload(office, "王老师,0004,单元整体设计,1", "王老师,0004,怎样听课,0.5")

    assert [row[6] for row in sheet_of(office, state="missing")] == ["=1+1"]


def test_an_import_read_twice_marks_nothing_twice(office: Client) -> None:
    upload(office, "王老师,0004,单元整体设计,1")
    upload(office, "王老师,0004,单元整体设计,1")

    assert Registered.objects.count() == 1
    assert RegisterRow.objects.count() == 2


def test_a_name_of_two_is_settled_by_a_person(office: Client, cast: Cast, zhao: Teacher) -> None:
    Teacher.objects.filter(pk=zhao.pk).update(name="王老师")
    found = upload(office, "王老师,,单元整体设计,1")
    assert outcomes(found) == {2: "ambiguous"}

    office.post(f"{PAGE}{found.uid}/rows/2/", {"teacher": str(cast.people["wang"].uid)})

    row = found.rows.get()
    assert (row.outcome, row.teacher, row.settled_by_name) == (
        "registered", cast.people["wang"], "周主任",
    )  # fmt: skip
    assert TrailLine.objects.filter(verb="certificates.row-settled").count() == 1


def test_somebody_of_another_school_is_left_aside_or_refused(office: Client, qian: Teacher) -> None:
    found = upload(office, "陌生人,,某事,1")
    address = f"{PAGE}{found.uid}/rows/2/"

    assert office.post(address, {"teacher": str(qian.uid)}).status_code == 422
    office.post(address, {"teacher": "nobody"})

    assert outcomes(found) == {2: "ignored"}


def test_columns_said_once_are_remembered_for_the_same_heads(office: Client) -> None:
    text = "谁,做了什么,分\n王老师,单元整体设计,1\n".encode()
    for _time in range(2):
        file = SimpleUploadedFile("别的.csv", text)
        office.post(f"{PAGE}read/", {**ASK, "file": file})
        found = RegisterImport.objects.latest("pk")
        if not found.columns:
            assert outcomes(found) == {2: "unknown"}
            office.post(f"{PAGE}{found.uid}/", {"name": "0", "title": "1", "credits": "2"})

    assert RegisterImport.objects.count() == 2
    assert outcomes(found) == {2: "registered"}


def test_a_row_for_each_teacher_sums_by_mode(office: Client, take_part: TakePart) -> None:
    teacher = Teacher.objects.get(name="王老师")
    take_part(teacher, date(2026, 9, 21), title="县里的培训", delivery_mode="centralised")

    rows = sheet_of(office, register="cn-sn-teacher-education")

    row = next(row for row in rows if row[0] == "王老师")
    assert row[5:] == [1, 0, 2, 3]


def test_a_register_of_the_place_is_written_and_replaced(office: Client, cast: Cast) -> None:
    address = f"{PAGE}own/{cast.school.uid}/"
    for title in ("某县学时登记", "某县学时登记（新）"):
        office.post(address, {"text": GOOD.replace("某县学时登记", title)})

    assert OwnRegister.objects.count() == 2
    assert "某县学时登记（新）" in office.get(PAGE).content.decode()
    assert sheet_of(office, register="my-county")[0] == ["李组长", 1]


def test_a_slip_keeps_what_was_typed(office: Client, cast: Cast) -> None:
    answer = office.post(
        f"{PAGE}own/{cast.school.uid}/", {"text": GOOD.replace("from: hours", "from: hour")}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "第 9 行" in page
    assert "from: hour" in page


def test_what_is_no_table_is_refused_and_the_page_comes_again(office: Client) -> None:
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7 x")

    answer = office.post(f"{PAGE}read/", {**ASK, "file": file})

    assert answer.status_code == 422
    assert "PDF" in answer.content.decode()
    assert not RegisterImport.objects.exists()


def asked_twice(client: Client) -> int:
    """Return how many statements the page needs once it has been looked at."""
    refresh(at=EVENING)
    statements(client, ADDRESS)
    return statements(client, ADDRESS)


def test_the_page_needs_as_many_statements_for_many_as_for_few(
    office: Client, take_part: TakePart, wang: Teacher
) -> None:
    few = asked_twice(office)
    for day in range(1, 15):
        take_part(wang, date(2026, 10, day), title=f"第{day}次")

    assert asked_twice(office) == few
    assert few <= 11


def test_a_change_of_a_record_shows_at_once(
    office: Client, wang: Teacher, take_part: TakePart
) -> None:
    asked_twice(office)

    take_part(wang, date(2026, 10, 3), title="刚写下的一次")
    assert "刚写下的一次" in office.get(ADDRESS).content.decode()
    record = Record.objects.get(title="刚写下的一次")
    ledger.withdraw(record, because="签错了", by=None, at=EVENING)
    assert "刚写下的一次" not in office.get(ADDRESS).content.decode()


def test_what_is_kept_is_what_the_workbook_reckons(
    office: Client, wang: Teacher, take_part: TakePart
) -> None:
    for day in range(1, 12):
        take_part(wang, date(2026, 10, day), title=f"第{day}次", role="main_speaker")
    asked_twice(office)

    page = office.get(ADDRESS)

    shown = sorted((line.title, line.hours, line.credits) for line, _word in page.context["lines"])
    assert shown == sorted((row[6], row[9], row[10]) for row in sheet_of(office))


def test_only_those_of_whom_something_changed_are_reckoned(
    office: Client, wang: Teacher, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_twice(office)
    anew: list[str] = []

    def spy(teachers: list[Teacher], asked: Any) -> dict[int, Any]:
        anew.extend(one.name for one in teachers)
        return facts_for(teachers, asked)

    monkeypatch.setattr(kept, "facts_for", spy)
    office.get(ADDRESS)
    assert anew == []
    edit_teacher(wang, {"started_work": "2010-08"}, by=cast.people["guan"], at=EVENING)
    office.get(ADDRESS)
    assert anew == ["王老师"]


def test_before_any_standing_is_kept_the_page_is_reckoned_as_it_is(
    office: Client, wang: Teacher, take_part: TakePart
) -> None:
    office.get(ADDRESS)
    take_part(wang, date(2026, 10, 3), title="刚写下的一次")

    assert "刚写下的一次" in office.get(ADDRESS).content.decode()
