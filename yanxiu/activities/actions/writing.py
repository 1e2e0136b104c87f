"""Minutes."""

from datetime import datetime

from django.db import transaction

from yanxiu.activities.actions.closing import WRITE_MINUTES
from yanxiu.activities.models import Minutes, Session
from yanxiu.activities.permissions import may_write_minutes
from yanxiu.activities.refusals import MinutesChanged
from yanxiu.agenda import actions as agenda
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.people.access import require
from yanxiu.people.models import Teacher


@transaction.atomic
def save_minutes(
    session: Session,
    *,
    process: str,
    conclusions: str,
    next_steps: str,
    version: int,
    by: Teacher,
    at: datetime,
) -> Minutes:
    """Save the minutes of a session, before or after closing.

    Args:
        session: what they are about.
        process: what was said, `conclusions` what was agreed, `next_steps` what is left open.
        conclusions: see above.
        next_steps: see above.
        version: the version the writer saw, 0 for none; an older one is not overwritten unseen.
        by: who writes.
        at: when, aware.

    Raises:
        NotAllowed: `by` neither manages the session nor is its recorder.
        BadInput: nothing was written.
        MinutesChanged: somebody saved a newer version meanwhile.
    """
    require(may_write_minutes, by, session)
    if not any(text.strip() for text in (process, conclusions, next_steps)):
        raise BadInput("活动记录三栏都是空的，没有保存。至少写一栏，几句话即可。")
    standing = Minutes.objects.select_for_update().filter(session=session).first()
    if standing and standing.version != version:
        raise MinutesChanged(standing.saved_by_name, standing.saved_at)
    minutes = standing or Minutes(session=session, version=0)
    minutes.process, minutes.conclusions = process.strip(), conclusions.strip()
    minutes.next_steps, minutes.version = next_steps.strip(), minutes.version + 1
    minutes.saved_at, minutes.saved_by_uid, minutes.saved_by_name = at, by.uid, by.name
    minutes.save()
    agenda.finish_tasks(source_of(session), kind=WRITE_MINUTES, at=at)
    trail.record(by, "activities.minutes-saved", minutes, at=at)
    return minutes
