"""The lead preparer's part, told as 研修记录 the ledger understands."""

from typing import Final

from yanxiu.activities.models import Session
from yanxiu.kernel.sources import source_of
from yanxiu.ledger.actions import NewRecord
from yanxiu.ledger.models import Record
from yanxiu.preparation.models import LessonPlan

PREPARATION: Final = "collective_lesson_preparation"
LEAD_PREPARER: Final = "lead_preparer"


def of_lead(plan: LessonPlan, session: Session) -> NewRecord:
    """Return the record of the lead preparer of `plan`, which `session` talked about."""
    return NewRecord(
        teacher=plan.author,
        organisation=plan.organisation,
        kind=PREPARATION,
        role=LEAD_PREPARER,
        title=plan.title,
        happened_at=session.starts_at,
        minutes=session.minutes,
        content_key=f"plan:{plan.uid}",
        attendance="present",
        assurance=Record.Assurance.HOST,
        source=source_of(session),
    )
