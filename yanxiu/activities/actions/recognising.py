"""A school recognises what its own people did in an activity that another school ran."""

from datetime import datetime

from django.db import transaction

from yanxiu.activities import records
from yanxiu.activities.actions.closing import RECOGNISE
from yanxiu.activities.models import Attendance, HomeRecognition, Part
from yanxiu.activities.permissions import may_recognise_home
from yanxiu.activities.queries import CAME
from yanxiu.activities.refusals import AlreadyRecognised, ReasonMissing
from yanxiu.agenda import actions as agenda
from yanxiu.audit import trail
from yanxiu.kernel.sources import source_of
from yanxiu.ledger import actions as ledger
from yanxiu.people.access import require
from yanxiu.people.models import Teacher

State = HomeRecognition.State


@transaction.atomic
def recognise_home(
    asked: HomeRecognition, *, by: Teacher, at: datetime, decline_because: str | None = None
) -> HomeRecognition:
    """Write the records of the school's own people who were there, or decline with a reason.

    Raises:
        NotAllowed: `by` does not manage the sessions of the school concerned.
        AlreadyRecognised: the school has decided before.
        ReasonMissing: it declines without a reason.
    """
    require(may_recognise_home, by, asked)
    asked = (
        HomeRecognition.objects.select_for_update(of=("self",))
        .select_related(
            "organisation", "session__activity__kind", "session__activity__research_theme",
            "session__organisation",
        )
        .get(pk=asked.pk)
    )  # fmt: skip
    if asked.state != State.WAITING:
        raise AlreadyRecognised(asked.by_name)
    if decline_because is not None and not decline_because.strip():
        raise ReasonMissing("不认定")
    asked.state = State.RECOGNISED if decline_because is None else State.DECLINED
    asked.word = (decline_because or "").strip()[:200]
    asked.at, asked.by_name = at, by.name
    asked.save()
    if asked.state == State.RECOGNISED:
        news = records.of_session(asked.session, only=own_people(asked))
        ledger.submit(news, by=by, at=at, step="home")
    agenda.finish_tasks(source_of(asked), kind=RECOGNISE, at=at)
    trail.record(by, "activities.home-recognised", asked, at=at, detail={"state": asked.state})
    return asked


def own_people(asked: HomeRecognition) -> list[Attendance]:
    """Return the attendance of those of the school who were there."""
    own = Part.objects.filter(session=asked.session, home=asked.organisation_id)
    rows = Attendance.objects.filter(
        session=asked.session, teacher__in=own.values("teacher"), state__in=CAME
    )
    return list(rows.select_related("teacher").order_by("teacher__pinyin", "teacher"))
