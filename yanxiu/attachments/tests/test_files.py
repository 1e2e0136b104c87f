"""Files are kept once, by their content, and open for whoever may see what they belong to."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from yanxiu.attachments import actions
from yanxiu.attachments.models import Attachment
from yanxiu.attachments.refusals import FileTooLarge, UnknownFile
from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.sources import source_of
from yanxiu.people.models import Teacher

TEXT = "本学期教研活动安排".encode()


@pytest.fixture
def kept(cast: Cast, zhou: Teacher) -> Attachment:
    """A text that belongs to the maths group."""
    return actions.keep(
        source_of(cast.maths), TEXT, name="安排.txt", organisation=cast.school, by=zhou, at=MORNING
    )


def test_the_same_bytes_lie_on_the_disk_once(kept: Attachment, cast: Cast, zhou: Teacher) -> None:
    actions.keep(
        source_of(cast.chinese),
        TEXT,
        name="又一份.txt",
        organisation=cast.school,
        by=zhou,
        at=MORNING,
    )

    stored = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in stored] == [TEXT]
    assert Attachment.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("病毒.exe", b"MZ\x90\x00"),
        ("网页.txt", b"\x00\x01"),
        ("其实不是.docx", b"%PDF-1.4"),
        ("改了名.pdf", b"PK\x03\x04"),
        ("改了名.jpg", b"\x89PNG\r\n\x1a\n"),
        ("改了名.png", b"\xff\xd8\xff\xe0"),
        ("网页.jpg", b"<html></html>"),
        ("矢量图.svg", b"<svg xmlns='http://www.w3.org/2000/svg'></svg>"),
        ("动图.gif", b"GIF89a"),
        ("一包.zip", b"PK\x03\x04"),
        ("网页.html", b"<!DOCTYPE html><p>x"),
    ],
)
def test_what_is_not_what_it_says_is_refused(
    name: str, data: bytes, cast: Cast, zhou: Teacher
) -> None:
    with pytest.raises(UnknownFile, match="没有保存"):
        actions.keep(
            source_of(cast.maths), data, name=name, organisation=cast.school, by=zhou, at=MORNING
        )
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("签到表.jpg", b"\xff\xd8\xff\xe0 photo", "image/jpeg"),
        ("签到表.JPEG", b"\xff\xd8\xff\xe1 photo", "image/jpeg"),
        ("签到表.png", b"\x89PNG\r\n\x1a\n picture", "image/png"),
    ],
)
def test_a_photo_of_the_paper_is_kept_as_it_is_and_only_downloaded(
    name: str, data: bytes, media_type: str, client: Client, cast: Cast, zhou: Teacher
) -> None:
    photo = actions.keep(
        source_of(cast.maths), data, name=name, organisation=cast.school, by=zhou, at=MORNING
    )
    client.force_login(zhou)

    answer = client.get(f"/files/{photo.uid}/")

    assert answer["Content-Type"] == media_type
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == data  # type: ignore[attr-defined]


def test_what_the_house_has_made_may_be_a_large_package(
    cast: Cast, tmp_path: Path, settings: Settings
) -> None:
    settings.UPLOAD_LIMIT = 8
    made = tmp_path / "made"
    made.write_bytes(b"PK\x03\x04" + b"0" * 100)

    kept = actions.keep(
        source_of(cast.maths), made, name="合订本.zip", organisation=cast.school, by=None,
        at=MORNING, made_here=True,
    )  # fmt: skip

    assert (kept.media_type, kept.size) == ("application/zip", 104)
    assert actions.path_of(kept.sha256).read_bytes() == made.read_bytes()
    assert made.exists()


def test_bytes_go_with_their_last_row_unless_somebody_kept_them_just_now(
    kept: Attachment, cast: Cast, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    twin = actions.keep(
        source_of(cast.chinese), TEXT, name="b.txt", organisation=cast.school, by=None, at=MORNING
    )
    path, later = actions.path_of(kept.sha256), timezone.now() + timedelta(days=2)

    def remove(one: Attachment, at: datetime) -> bool:
        with django_capture_on_commit_callbacks(execute=True):
            actions.remove(one, at=at)
        return path.exists()

    assert remove(twin, later)
    assert remove(kept, timezone.now())
    again = actions.keep(
        source_of(cast.chinese), TEXT, name="b.txt", organisation=cast.school, by=None, at=MORNING
    )
    assert not remove(again, later)


def test_too_large_is_refused(cast: Cast, zhou: Teacher) -> None:
    with pytest.raises(FileTooLarge):
        actions.keep(
            source_of(cast.maths),
            b"a" * (settings.UPLOAD_LIMIT + 1),
            name="a.txt",
            organisation=cast.school,
            by=zhou,
            at=MORNING,
        )


def test_a_member_downloads_it(kept: Attachment, client: Client, wang: Teacher) -> None:
    client.force_login(wang)

    answer = client.get(f"/files/{kept.uid}/")

    assert b"".join(answer.streaming_content) == TEXT  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["zhao", "qian"])
def test_others_find_nothing(name: str, kept: Attachment, client: Client, cast: Cast) -> None:
    client.force_login(cast.people[name])
    assert client.get(f"/files/{kept.uid}/").status_code == 404


def test_lost_bytes_are_said_openly(kept: Attachment, client: Client, wang: Teacher) -> None:
    actions.path_of(kept.sha256).unlink()
    client.force_login(wang)

    answer = client.get(f"/files/{kept.uid}/")

    assert answer.status_code == 422
    assert "备份" in answer.content.decode()
