"""A full disk is told in a whole sentence, leaves nothing half written, and passes."""

import errno
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.conftest import Group, make_group
from yanxiu.activities import codes
from yanxiu.activities.models import Attendance, Minutes, Session
from yanxiu.attachments.models import Attachment
from yanxiu.audit.models import TrailLine
from yanxiu.conftest import Cast
from yanxiu.ledger import chain
from yanxiu.ledger.models import Record
from yanxiu.people.models import Post, RosterImport, Teacher
from yanxiu.ui.full_disk import is_full_disk

FULL = 507
NO_SPACE = OSError(errno.ENOSPC, "No space left on device")


@dataclass
class Disk:
    """The disk on which the database lies.

    SQLite is told how many pages there are; PostgreSQL meets the end of the disk at the line of
    the trail, which is the last that a deed writes, or at the rows of an import.
    """

    def fill(self) -> None:
        """Let nothing more fit."""
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("VACUUM")
                cursor.execute("PRAGMA page_count")
                cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
                return
            cursor.execute(
                "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RAISE 'no space left on device' USING ERRCODE = '53100'; END $$"
            )
            for table in ("audit_trailline", "people_rosterline"):
                cursor.execute(
                    f"CREATE TRIGGER no_room BEFORE INSERT ON {table}"
                    " FOR EACH ROW EXECUTE FUNCTION no_room()"
                )

    def free(self) -> None:
        """Let there be room again."""
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute(f"PRAGMA max_page_count = {2**30}")
            else:
                cursor.execute("DROP FUNCTION no_room() CASCADE")


@pytest.fixture
def db(house: Path) -> Path:
    """Let the cast live in a database with a disk of its own."""
    return house


@pytest.fixture
def disk(db: Path) -> Disk:
    return Disk()


@pytest.fixture
def group(cast: Cast) -> Group:
    return make_group(cast, 40)


@pytest.fixture(autouse=True)
def _files_in_the_house(house: Path, _quick_and_apart: None, settings: Any) -> None:
    settings.DATA, settings.MEDIA_ROOT = house, house / "files"


class Browser:
    """Somebody who is logged in, and sees the pages that we show when something breaks."""

    def __init__(self, teacher: Teacher) -> None:
        """Log in."""
        self.client = Client(raise_request_exception=False)
        self.client.force_login(teacher)

    def post(self, name: str, row: Any = None, **fields: Any) -> Any:
        """Send a form to the address `name` of `row`."""
        return self.client.post(reverse(name, args=[row.uid] if row else []), fields)

    def get(self, name: str, row: Any = None) -> Any:
        """Open a page."""
        return self.client.get(reverse(name, args=[row.uid] if row else []))


def assert_told(answer: HttpResponse) -> None:
    """Assert that the page says what happened, what became of the work, and who can help."""
    page = answer.content.decode()
    assert answer.status_code == FULL
    assert "服务器的磁盘满了" in page
    assert "没有一条只存下一半" in page
    assert "填写的内容由浏览器保留着" in page
    assert "管理员" in page
    # The script then leaves the draft of the form alone.
    assert "<body data-problem" in page


# ---- the database ----
def test_whoever_is_let_in_is_in_and_whoever_is_not_is_told(group: Group, disk: Disk) -> None:
    session = group.session()
    browsers = {one.pk: Browser(one) for one in group.members}
    disk.fill()

    def sign_all_in() -> dict[int, HttpResponse]:
        code = codes.code_at(session, timezone.now())
        return {
            pk: browser.post("activities:sign_in", session, code=code)
            for pk, browser in browsers.items()
        }

    first = sign_all_in()

    turned_away = [answer for answer in first.values() if answer.status_code != 303]
    assert turned_away
    for answer in turned_away:
        assert_told(answer)
    let_in = {pk for pk, answer in first.items() if answer.status_code == 303}
    assert set(present(session)) == let_in
    assert TrailLine.objects.filter(verb="activities.signed-in").count() == len(let_in)

    disk.free()

    assert {answer.status_code for answer in sign_all_in().values()} == {303}
    assert set(present(session)) == set(browsers)


def present(session: Session) -> list[int]:
    rows = Attendance.objects.filter(session=session, state=Attendance.State.PRESENT)
    return list(rows.values_list("teacher_id", flat=True))


def test_a_roll_is_taken_whole_or_not_at_all(group: Group, disk: Disk) -> None:
    session, host = group.session(), Browser(group.leader)
    disk.fill()

    assert_told(host.post("activities:roll_rest", session))

    assert not Attendance.objects.filter(session=session).exists()
    assert host.get("activities:session", session).status_code == 200

    disk.free()

    assert host.post("activities:roll_rest", session).status_code == 302
    assert len(present(session)) >= len(group.members)


def test_a_session_is_closed_with_its_records_or_stays_open(group: Group, disk: Disk) -> None:
    session, host = group.session(), Browser(group.leader)
    host.post("activities:roll_rest", session)
    disk.fill()

    assert_told(host.post("activities:close", session))

    assert not Session.objects.get(pk=session.pk).closed_at
    assert not Record.objects.exists()

    disk.free()

    assert host.post("activities:close", session).status_code == 302
    assert Record.objects.filter(source_id=session.uid).count() == len(present(session))
    assert chain.faults() == []


def test_minutes_are_saved_once_there_is_room(group: Group, disk: Disk) -> None:
    session, host = group.session(), Browser(group.leader)
    typed = {"process": "大家先各自算，再比较算法。" * 800, "version": "0"}
    disk.fill()

    assert_told(host.post("activities:minutes", session, **typed))

    assert not Minutes.objects.exists()

    disk.free()

    assert host.post("activities:minutes", session, **typed).status_code == 302
    assert Minutes.objects.get().process == typed["process"]


def roster(people: int) -> bytes:
    names = [f"新{chr(0x5174 + number)}" for number in range(people)]
    lines = [f"{name},9{number:04d},数学教研组" for number, name in enumerate(names)]
    return ("姓名,工号,教研组\n" + "\n".join(lines) + "\n").encode()


def upload(school: Any, content: bytes) -> dict[str, Any]:
    return {
        "organisation": str(school.uid),
        "file": SimpleUploadedFile("名单.csv", content, "text/csv"),
    }


def test_a_roster_that_cannot_be_read_in_is_told(cast: Cast, disk: Disk, guan: Teacher) -> None:
    office, content = Browser(guan), roster(240)
    before = Teacher.objects.count()
    disk.fill()

    assert_told(office.post("people:roster", **upload(cast.school, content)))

    assert Teacher.objects.count() == before

    disk.free()

    answer = office.post("people:roster", **upload(cast.school, content))
    assert answer.status_code == 302, answer.content.decode()
    assert RosterImport.objects.filter(state=RosterImport.State.READ).count() == 1


def test_an_import_goes_on_where_the_disk_ended(cast: Cast, disk: Disk, guan: Teacher) -> None:
    office = Browser(guan)
    office.post("people:roster", **upload(cast.school, roster(240)))
    read = RosterImport.objects.get()
    disk.fill()

    assert_told(office.post("people:roster_apply", read))

    # Whoever is in is in with everything that belongs to a person.
    new = Teacher.objects.filter(name__startswith="新")
    assert Post.objects.filter(teacher__in=new).count() == new.count()
    assert RosterImport.objects.get().state == RosterImport.State.READ

    disk.free()

    assert office.post("people:roster_apply", read).status_code == 302
    assert new.count() == 240
    assert RosterImport.objects.get().state == RosterImport.State.APPLIED


# ---- files ----
@pytest.fixture
def no_room_for_files(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Let every file break off in the middle."""
    write = Path.write_bytes

    def break_off(path: Path, data: bytes) -> int:
        write(path, data[: len(data) // 2])
        raise NO_SPACE

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", break_off)
        yield patch


def test_of_a_file_that_does_not_fit_nothing_stays(
    group: Group, no_room_for_files: pytest.MonkeyPatch
) -> None:
    session, host = group.session(), Browser(group.leader)

    def send() -> Any:
        scan = SimpleUploadedFile("签到表.pdf", b"%PDF-1.7 " + bytes(900), "application/pdf")
        return host.post("activities:paper_file", session, file=scan)

    assert_told(send())

    folder = Path(settings.MEDIA_ROOT)
    assert not Attachment.objects.exists()
    assert [path for path in folder.rglob("*") if path.is_file()] == []

    no_room_for_files.undo()

    assert send().status_code == 302
    kept = Attachment.objects.get()
    assert (folder / kept.sha256[:2] / kept.sha256).stat().st_size == kept.size


def test_an_upload_that_does_not_even_fit_for_a_moment_is_told(
    cast: Cast, guan: Teacher, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    def refuse(self: TemporaryUploadedFile, data: bytes) -> int:
        raise NO_SPACE

    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100
    monkeypatch.setattr(TemporaryUploadedFile, "write", refuse, raising=False)

    assert_told(Browser(guan).post("people:roster", **upload(cast.school, roster(60))))

    assert not RosterImport.objects.exists()


# ---- what is no full disk ----
def test_another_fault_is_not_blamed_on_the_disk() -> None:
    forbidden = OSError(errno.EACCES, "Permission denied")

    assert not is_full_disk(forbidden)
    assert not is_full_disk(ValueError("x"))
    assert not is_full_disk(None)


def test_it_is_known_under_what_others_made_of_it() -> None:
    wrapped = ValueError("the file cannot be read")
    wrapped.__cause__ = NO_SPACE

    assert is_full_disk(wrapped)
