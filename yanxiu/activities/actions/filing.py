"""Photos and files of a session; nobody has to give any unless the school asks."""

from datetime import datetime

from django.db import transaction

from yanxiu.activities.models import Session
from yanxiu.activities.permissions import may_write_minutes
from yanxiu.attachments import actions as attachments
from yanxiu.attachments.models import Attachment
from yanxiu.audit import trail
from yanxiu.kernel.sources import source_of
from yanxiu.people.access import require
from yanxiu.people.models import Teacher


def add_file(session: Session, name: str, data: bytes, *, by: Teacher, at: datetime) -> Attachment:
    """Keep a photo or a file with `session`.

    Raises:
        NotAllowed: `by` neither manages the session nor is its recorder.
        FileTooLarge: it is larger than the installation allows.
        UnknownFile: it is of no kind that is kept.
    """
    require(may_write_minutes, by, session)
    with transaction.atomic():
        kept = attachments.keep(
            source_of(session), data, name=name, organisation=session.organisation, by=by, at=at
        )
        trail.record(by, "activities.file-added", session, at=at, detail={"name": kept.name})
    return kept


@transaction.atomic
def remove_file(session: Session, file: Attachment, *, by: Teacher, at: datetime) -> None:
    """Remove a file of `session`: a mistake, or a picture that shows whom it should not.

    Raises:
        NotAllowed: `by` neither manages the session nor is its recorder.
    """
    require(may_write_minutes, by, session)
    trail.record(by, "activities.file-removed", session, at=at, detail={"name": file.name})
    attachments.remove(file, at=at)
