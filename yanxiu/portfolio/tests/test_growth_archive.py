"""A growth file leaves with the teacher, reads anywhere, and comes in once, as declared."""

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from yanxiu.attachments.models import Attachment
from yanxiu.audit.models import TrailLine
from yanxiu.cast import EVENING, Cast, LogIn
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.kernel.spans import day_of
from yanxiu.ledger.models import Entry, Record
from yanxiu.people.models import Teacher
from yanxiu.portfolio import actions
from yanxiu.portfolio.documents import growth_file
from yanxiu.portfolio.documents.growth_file.archive import DATA, INDEX, SUMS, write_archive
from yanxiu.portfolio.models import Arrival, Piece
from yanxiu.portfolio.refusals import NotAGrowthFile, OtherName, Tampered
from yanxiu.portfolio.tests.conftest import TakePart
from yanxiu.portfolio.tests.test_growth_file import file_of

TODAY = day_of(EVENING)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.fixture
def archive(cast: Cast, wang: Teacher, take_part: TakePart, tmp_path: Path) -> Path:
    """王老师's file with a record and an essay that has a picture."""
    take_part(wang, title="怎样<听>课")
    actions.put_piece(
        wang, category="moments", on=TODAY, title="一次追问", text="他问我为什么。\n我也问自己。",
        file=("板书 照片.png", PNG), by=wang, at=EVENING,
    )  # fmt: skip
    path = tmp_path / "file.zip"
    write_archive(path, file_of(cast, wang), teacher_uid=str(wang.uid))
    return path


def changed(path: Path, name: str, content: bytes | None) -> Path:
    """Return a copy in which one file is another, gone, or added."""
    target = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        if content is not None:
            new.writestr(name, content)
    return target


def test_it_reads_without_script_and_has_all_its_checksums(archive: Path) -> None:
    with zipfile.ZipFile(archive) as found:
        page = found.read(INDEX).decode()
        lines = found.read(SUMS).decode().splitlines()
        sums = {line[66:]: line[:64] for line in lines}
        names = set(found.namelist())
        for name, digest in sums.items():
            assert hashlib.sha256(found.read(name)).hexdigest() == digest

    assert set(sums) == names - {SUMS}
    assert "怎样&lt;听&gt;课" in page
    assert "<script" not in page
    assert "http" not in page
    assert any("板书 照片.png" in name for name in names)


def test_the_same_file_gives_the_same_bytes(
    cast: Cast, wang: Teacher, archive: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again.zip"
    write_archive(again, file_of(cast, wang), teacher_uid=str(wang.uid))

    assert again.read_bytes() == archive.read_bytes()


def test_it_comes_in_as_declared_history_with_its_origin_and_files(
    archive: Path, qian: Teacher
) -> None:
    entries = Entry.objects.count()

    found = actions.bring(qian, archive, by=qian, at=EVENING, is_own=True)

    assert (found.new, found.known, found.files) == (2, 0, 1)
    assert found.arrival.origin == "清河小学"
    pieces = Piece.objects.filter(teacher=qian)
    assert sorted(pieces.values_list("title", flat=True)) == ["一次追问", "怎样<听>课"]
    assert Attachment.objects.filter(source_id__in=pieces.values("uid")).count() == 1
    assert not Record.objects.filter(teacher=qian).exists()
    assert Entry.objects.count() == entries
    assert TrailLine.objects.filter(verb="portfolio.file-brought").count() == 1


def test_twice_creates_nothing_twice(archive: Path, qian: Teacher) -> None:
    actions.bring(qian, archive, by=qian, at=EVENING, is_own=True)

    found = actions.bring(qian, archive, by=qian, at=EVENING, is_own=True)

    assert (found.new, found.known, found.files) == (0, 2, 0)
    assert Arrival.objects.count() == 1


def test_the_archive_of_somebody_else_is_not_taken_in_unasked(archive: Path, qian: Teacher) -> None:
    with pytest.raises(OtherName, match="王老师"):
        actions.bring(qian, archive, by=qian, at=EVENING)

    assert not Piece.objects.filter(teacher=qian).exists()


def test_all_that_came_with_an_archive_goes_out_again_and_comes_again(
    archive: Path, qian: Teacher, wang: Teacher, log_in: LogIn
) -> None:
    page = log_in(qian)
    with archive.open("rb") as file:
        refused = page.post("/me/file/bring/", {"archive": file})
        file.seek(0)
        page.post("/me/file/bring/", {"archive": file, "is_mine": "on"})
    assert "请勾选这一项" in refused.content.decode()
    assert "2 条在您的档案里" in page.get("/me/file/bring/").content.decode()
    arrival = Arrival.objects.get()
    with pytest.raises(NotAllowed):
        actions.take_back(arrival, by=wang, at=EVENING)

    page.post(f"/me/file/bring/{arrival.uid}/take-back/")

    assert not Piece.objects.filter(teacher=qian, removed_at=None).exists()
    again = actions.bring(qian, archive, by=qian, at=EVENING, is_own=True)
    assert (again.new, again.known) == (2, 0)
    told = TrailLine.objects.filter(verb__startswith="portfolio.file-").order_by("pk")
    assert [line.verb.removeprefix("portfolio.file-") for line in told] == [
        "brought", "taken-back", "brought",
    ]  # fmt: skip


def test_what_happened_in_this_house_is_known(archive: Path, wang: Teacher) -> None:
    found = actions.bring(wang, archive, by=wang, at=EVENING)

    assert (found.new, found.known) == (0, 2)


def test_what_was_brought_leaves_again_under_its_own_key(
    cast: Cast, archive: Path, qian: Teacher, tmp_path: Path
) -> None:
    actions.bring(qian, archive, by=qian, at=EVENING, is_own=True)
    second = tmp_path / "second.zip"
    write_archive(second, file_of(cast, qian), teacher_uid=str(qian.uid))

    assert keys(second) == keys(archive)


def keys(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as found:
        data = json.loads(found.read(DATA))
    return {leaf["key"] for term in data["terms"] for leaf in term["leaves"]}


@pytest.mark.parametrize("name", [DATA, INDEX, "SCHEMA.md"])
def test_a_changed_file_is_named_and_nothing_comes_in(
    archive: Path, qian: Teacher, name: str
) -> None:
    with pytest.raises(Tampered, match=name):
        actions.bring(qian, changed(archive, name, b"{}"), by=qian, at=EVENING, is_own=True)

    assert not Piece.objects.filter(teacher=qian).exists()


def test_a_lost_or_added_file_is_named(archive: Path, qian: Teacher) -> None:
    with pytest.raises(Tampered, match=INDEX):
        actions.bring(qian, changed(archive, INDEX, None), by=qian, at=EVENING, is_own=True)
    more = changed(archive, "originals/多的.txt", b"x")
    with pytest.raises(Tampered, match="多的"):
        actions.bring(qian, more, by=qian, at=EVENING, is_own=True)


@pytest.mark.parametrize(
    "data",
    [{}, {"kind": "yanxiu-growth-file", "format": 99}, {"kind": "x", "format": 1},
     {"kind": "yanxiu-growth-file", "format": 1, "made_on": "2026-10-15", "terms": [{}]},
     {"kind": "yanxiu-growth-file", "format": 1, "made_on": "gestern", "terms": []}],
)  # fmt: skip
def test_data_of_another_form_is_refused(
    qian: Teacher, tmp_path: Path, data: dict[str, Any]
) -> None:
    text = json.dumps(data).encode()
    path = tmp_path / "odd.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(DATA, text)
        made.writestr(SUMS, f"{hashlib.sha256(text).hexdigest()}  {DATA}\n")

    with pytest.raises(NotAGrowthFile):
        actions.bring(qian, path, by=qian, at=EVENING, is_own=True)


def test_what_unpacks_to_too_much_is_refused_before_it_is_read(
    qian: Teacher, tmp_path: Path
) -> None:
    path = tmp_path / "bomb.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made,
        made.open("originals/0.txt", "w") as file,
    ):
        for _chunk in range(201):
            file.write(bytes(1024 * 1024))

    with pytest.raises(NotAGrowthFile, match="太大"):
        actions.bring(qian, path, by=qian, at=EVENING, is_own=True)


def test_nobody_brings_a_file_for_another(archive: Path, zhou: Teacher, qian: Teacher) -> None:
    with pytest.raises(NotAllowed):
        actions.bring(qian, archive, by=zhou, at=EVENING)


def test_word_and_pdf_are_made_of_the_same(cast: Cast, wang: Teacher, archive: Path) -> None:
    assert archive.exists()
    file = file_of(cast, wang)

    assert growth_file.document(file) == growth_file.document(file)
    assert growth_file.pdf(file) == growth_file.pdf(file)
    assert growth_file.pdf(file).startswith(b"%PDF-")
