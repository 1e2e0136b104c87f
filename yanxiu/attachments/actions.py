"""Keeping files."""

import hashlib
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from yanxiu.attachments.models import Attachment
from yanxiu.attachments.refusals import FileTooLarge, UnknownFile
from yanxiu.kernel.sources import Source
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


def path_of(sha256: str) -> Path:
    """Return where the bytes with this digest lie, in a folder by their first two digits."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


def media_type_of(data: bytes, name: str) -> str:
    """Return the media type that the content of `data` shows.

    Raises:
        UnknownFile: the content is of no kind that is kept, or not what the name says.
    """
    ending = Path(name).suffix.lower().lstrip(".")
    if ending in BEGINNINGS and data.startswith(BEGINNINGS[ending]):
        return KINDS[ending]
    if ending == "txt" and b"\x00" not in data:
        return KINDS["txt"]
    raise UnknownFile(name)


@transaction.atomic
def keep(
    source: Source,
    data: bytes,
    *,
    name: str,
    organisation: Organisation,
    by: Teacher | None,
    at: datetime,
) -> Attachment:
    """Keep `data` as a file of `source`; the same bytes lie on the disk once.

    The bytes are written before the row, so that a row never points to nothing; of a file that
    did not fit on the disk nothing stays.

    Raises:
        FileTooLarge: it is larger than the installation allows.
        UnknownFile: the content is of no kind that is kept.
    """
    if len(data) > settings.UPLOAD_LIMIT:
        raise FileTooLarge(name, settings.UPLOAD_LIMIT)
    media_type = media_type_of(data, name)
    sha256 = hashlib.sha256(data).hexdigest()
    path = path_of(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{source.uid}")
        try:
            part.write_bytes(data)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    return Attachment.objects.create(
        organisation=organisation,
        source_kind=source.kind,
        source_id=source.uid,
        name=Path(name).name[:200],
        media_type=media_type,
        sha256=sha256,
        size=len(data),
        added_at=at,
        added_by_uid=by.uid if by else None,
    )
