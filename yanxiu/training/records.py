"""Outside training and self-study told as 研修记录 the ledger understands."""

from datetime import date, time
from decimal import Decimal
from typing import Any

from yanxiu.activities.models import Activity
from yanxiu.attachments.models import Attachment
from yanxiu.kernel.amounts import PLACES
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import moment_at
from yanxiu.ledger.actions import NewRecord
from yanxiu.ledger.models import Record
from yanxiu.ledger.permissions import may_see_record
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher
from yanxiu.training.models import OutsideTraining, SelfStudy
from yanxiu.training.queries.settings import minutes_per_hour

OUTSIDE_TRAINING = "outside_training"
SELF_STUDY = "self_study"
MORNING = time(8)
SCHOOL_STEP = "school"
"""The step by which the school recognises what a person declares."""


def of_training(training: OutsideTraining, hours: Decimal) -> NewRecord:
    """Return the record of one person's outside training; the last day is its day."""
    course = training.course
    length = minutes_per_hour(training.organisation, course.last_on)
    return NewRecord(
        teacher=training.teacher,
        organisation=training.organisation,
        kind=OUTSIDE_TRAINING,
        role="attendee",
        title=course.title,
        happened_at=_moment(course.last_on),
        minutes=round(hours * length),
        stated=hours,
        theme=_theme(course.tags.all()),
        content_key=f"course:{course.uid}",
        attendance="present",
        organiser_level=course.level,
        delivery_mode="distance" if course.mode == Activity.Mode.ONLINE else "centralised",
        claimed=training.hours_claimed,
        evidence=_evidence(training),
        recognised=hours,
        assurance=Record.Assurance.DECLARED,
        source=source_of(training),
        word=training.not_the_same,
        because=training.recognised_because,
    )


def record_of(training: OutsideTraining, *, seen_by: Teacher) -> Record | None:
    """Return the living record of a training that was recognised, if this reader may see it."""
    if training.state != OutsideTraining.State.RECOGNISED:
        return None
    rows = Record.objects.filter(
        source_kind=OutsideTraining.SOURCE_KIND, source_id=training.uid, withdrawn_at=None
    )
    return allowed(may_see_record, seen_by, rows).first()


def _evidence(training: OutsideTraining) -> tuple[str, ...]:
    """Return what is there to prove it: a number, a file."""
    files = Attachment.objects.filter(
        source_kind=OutsideTraining.SOURCE_KIND, source_id=training.uid
    )
    found = ["reference"] if training.reference else []
    return tuple([*found, "proof"] if files.exists() else found)


def of_self_study(study: SelfStudy, minutes: int) -> NewRecord:
    """Return the record of a self-study whose note was accepted."""
    length = minutes_per_hour(study.organisation, study.happened_on)
    return NewRecord(
        teacher=study.teacher,
        organisation=study.organisation,
        kind=SELF_STUDY,
        role="attendee",
        title=study.title,
        happened_at=_moment(study.happened_on),
        minutes=minutes,
        theme=_theme(study.tags.all()),
        attendance="present",
        delivery_mode="self_study",
        claimed=(study.minutes / length).quantize(PLACES),
        recognised=(minutes / length).quantize(PLACES),
        assurance=Record.Assurance.DECLARED,
        source=source_of(study),
    )


def _moment(day: date) -> Any:
    return moment_at(day, MORNING)


def _theme(tags: Any) -> str:
    """The word by which a scheme knows the theme: that of the first tag which has one."""
    return next((tag.record_theme for tag in tags if tag.record_theme), "")
