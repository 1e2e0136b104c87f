"""Keeping files."""

import hashlib
import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from yanxiu.attachments.models import Attachment
from yanxiu.attachments.refusals import FileTooLarge, UnknownFile
from yanxiu.kernel.sources import Source
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation, Teacher

OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
}
"""The kinds of file that are kept, by the ending they are given."""

BEGINNINGS = {
    "docx": b"PK\x03\x04",
    "xlsx": b"PK\x03\x04",
    "pdf": b"%PDF-",
    "jpg": b"\xff\xd8\xff",
    "jpeg": b"\xff\xd8\xff",
    "png": b"\x89PNG\r\n\x1a\n",
}
"""The bytes with which a file of each kind begins."""

MADE = {
    "zip": ("application/zip", (b"PK\x03\x04", b"PK\x05\x06")),
    "html": ("text/html; charset=utf-8", (b"<!DOCTYPE html>", b"<!doctype html>")),
}
"""Kinds that are kept only if the house itself has made the file."""

MADE_LIMIT = 1024 * 1024 * 1024
"""So large may a file be that the house itself has made."""

FRESH = timedelta(days=1)
"""Bytes that somebody has kept within this time are not removed: their row may not be seen yet."""


def path_of(sha256: str) -> Path:
    """Return where the bytes with this digest lie, in a folder by their first two digits."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


def media_type_of(data: bytes, name: str, *, made_here: bool = False) -> str:
    """Return the media type that the content shows, of which `data` is at least the beginning.

    Raises:
        UnknownFile: the content is of no kind that is kept, or not what the name says.
    """
    ending = Path(name).suffix.lower().lstrip(".")
    if ending in BEGINNINGS and data.startswith(BEGINNINGS[ending]):
        return KINDS[ending]
    if ending == "txt" and b"\x00" not in data:
        return KINDS["txt"]
    if made_here and ending in MADE and data.startswith(MADE[ending][1]):
        return MADE[ending][0]
    raise UnknownFile(name)


@transaction.atomic
def keep(
    source: Source,
    data: bytes | Path,
    *,
    name: str,
    organisation: Organisation,
    by: Teacher | None,
    at: datetime,
    made_here: bool = False,
) -> Attachment:
    """Keep `data` as a file of `source`; the same bytes lie on the disk once.

    The bytes are written before the row, so that a row never points to nothing; of a file that
    did not fit on the disk nothing stays.

    Args:
        source: what the file belongs to.
        data: the bytes, or a file that holds them and is left where it is.
        name: what it is called.
        organisation: the school it concerns.
        by: who adds it.
        at: when, aware.
        made_here: the house itself made it: it may be larger, and of more kinds.

    Raises:
        FileTooLarge: it is larger than the installation allows.
        UnknownFile: the content is of no kind that is kept.
    """
    size = data.stat().st_size if isinstance(data, Path) else len(data)
    limit = MADE_LIMIT if made_here else settings.UPLOAD_LIMIT
    if size > limit:
        raise FileTooLarge(name, limit)
    media_type = media_type_of(_seen_of(data), name, made_here=made_here)
    sha256 = _digest(data)
    path = path_of(sha256)
    if path.exists():
        os.utime(path)
    else:
        _write(data, path, mark=str(source.uid))
    return Attachment.objects.create(
        organisation=organisation,
        source_kind=source.kind,
        source_id=source.uid,
        name=Path(name).name[:200],
        media_type=media_type,
        sha256=sha256,
        size=size,
        added_at=at,
        added_by_uid=by.uid if by else None,
    )


def keep_again(source: Source, to: Source, *, at: datetime) -> None:
    """Let the files of `source` belong to `to` as well; the bytes lie on the disk once."""
    rows = Attachment.objects.filter(source_kind=source.kind, source_id=source.uid)
    for one in rows.order_by("pk"):
        path = path_of(one.sha256)
        if path.exists():
            # As fresh bytes, for the sweep.
            os.utime(path)
        one.pk, one.uid, one.added_at = None, new_uid(), at
        one.source_kind, one.source_id = to.kind, to.uid
        one.save(force_insert=True)


def _seen_of(data: bytes | Path) -> bytes:
    """Return what shows the kind: all of it, or the beginning of a file."""
    if isinstance(data, bytes):
        return data
    with data.open("rb") as file:
        return file.read(65536)


def _digest(data: bytes | Path) -> str:
    if isinstance(data, bytes):
        return hashlib.sha256(data).hexdigest()
    with data.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(data: bytes | Path, path: Path, *, mark: str) -> None:
    """Write it beside its place and move it there, so that half of it is never seen."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{mark}")
    try:
        if isinstance(data, bytes):
            part.write_bytes(data)
        else:
            shutil.copyfile(data, part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@transaction.atomic
def remove(attachment: Attachment, *, at: datetime) -> None:
    """Remove a file that the house itself has made; its bytes go with the last row of them.

    Bytes that somebody kept a moment ago stay, for their row may not be seen yet.
    """
    sha256 = attachment.sha256
    attachment.delete()
    transaction.on_commit(lambda: _sweep(sha256, at))


def _sweep(sha256: str, at: datetime) -> None:
    path = path_of(sha256)
    if Attachment.objects.filter(sha256=sha256).exists() or not path.exists():
        return
    if path.stat().st_mtime < (at - FRESH).timestamp():
        path.unlink(missing_ok=True)
