"""Documents that take long to read: kept until a job has read them, then gone."""

import hashlib
import time
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from yanxiu.jobs import actions as jobs
from yanxiu.jobs.models import Job
from yanxiu.people.access import require_right
from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.planning.refusals import FileGone

READ = "planning.read"
OLD = 7 * 24 * 3600
"""A file that nobody came to read is removed after a week of seconds."""


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "waiting"


def _put_aside(data: bytes) -> str:
    """Keep `data` until it is read; return under which digest."""
    folder, digest = _folder(), hashlib.sha256(data).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if time.time() - path.stat().st_mtime > OLD:
            path.unlink(missing_ok=True)
    part = folder / f"{digest}.part"
    try:
        part.write_bytes(data)
        part.replace(folder / digest)
    finally:
        part.unlink(missing_ok=True)
    return digest


def waiting_file(digest: str) -> bytes:
    """Return what was put aside.

    Raises:
        FileGone: it is there no longer.
    """
    try:
        return (_folder() / digest).read_bytes()
    except FileNotFoundError:
        raise FileGone from None


def forget_file(digest: str) -> None:
    """Remove what was put aside."""
    (_folder() / digest).unlink(missing_ok=True)


@transaction.atomic
def read_later(
    organisation: Organisation,
    data: bytes,
    *,
    name: str,
    by: Teacher,
    at: datetime,
    unit: Unit | None = None,
) -> Job:
    """Have a document read in the background; whoever asked is told when that is done.

    Raises:
        NotAllowed: `by` does not manage the plans of `organisation`.
        TooManyJobs: too much waits already.
    """
    if unit is None or unit.pk not in by.leads:
        require_right(by, "manage_plans", organisation)
    detail = {
        "file": _put_aside(data),
        "name": Path(name).name[:200],
        "organisation": str(organisation.uid),
        "unit": str(unit.uid) if unit else "",
    }
    title = _("读入“%(name)s”") % {"name": detail["name"]}
    return jobs.start(READ, title=title, detail=detail, by=by, organisation=organisation, at=at)
