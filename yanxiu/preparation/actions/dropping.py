"""Throwing a draft away, and taking it out of the bin again."""

from datetime import datetime, timedelta

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.people.access import NotAllowed
from yanxiu.people.models import Teacher
from yanxiu.preparation.actions.writing import locked
from yanxiu.preparation.models import LessonPlan, PlanUse, PlanVersion
from yanxiu.preparation.refusals import DraftGone, WrongState

State, Moment = LessonPlan.State, PlanVersion.Moment

KEPT = timedelta(days=30)
"""So long a draft that was thrown away can be taken out again."""


@transaction.atomic
def discard(plan: LessonPlan, *, by: Teacher, at: datetime) -> None:
    """Throw a draft away that was never offered, handed in or used.

    Its author can take it out again until `empty_bin` has removed it.

    Raises:
        NotAllowed: it is somebody else's.
        WrongState: others have seen it.
    """
    if plan.author_id != by.pk:
        raise NotAllowed
    plan = locked(plan)
    used = (
        plan.versions.exclude(moment=Moment.OWN).exists()
        or plan.notes.exists()
        or PlanUse.objects.filter(version__plan=plan).exists()
    )
    if plan.state != State.DRAFT or used:
        raise WrongState(
            str(plan.get_state_display()), "别人看过、用过、放在课旁边的教案不删，可以一直改。"
        )
    plan.state, plan.dropped_at = State.DROPPED, at
    plan.save(update_fields=["state", "dropped_at"])
    trail.record(by, "preparation.plan-discarded", plan, at=at)


@transaction.atomic
def restore(plan: LessonPlan, *, by: Teacher, at: datetime) -> LessonPlan:
    """Take a draft that was thrown away out again; one that stands already is returned as it is.

    Raises:
        NotAllowed: it is somebody else's.
        DraftGone: it was removed for good meanwhile.
    """
    if plan.author_id != by.pk:
        raise NotAllowed
    found = LessonPlan.everything.select_for_update().filter(pk=plan.pk).first()
    if found is None:
        raise DraftGone
    if found.state != State.DROPPED:
        return found
    found.state, found.dropped_at = State.DRAFT, None
    found.save(update_fields=["state", "dropped_at"])
    trail.record(by, "preparation.plan-restored", found, at=at)
    return found


@transaction.atomic
def empty_bin(now: datetime) -> None:
    """Remove for good the drafts that were thrown away longer than KEPT ago; a daily deed.

    They are locked, so that nobody takes one out while it goes.
    """
    old = LessonPlan.everything.filter(state=State.DROPPED, dropped_at__lt=now - KEPT)
    for plan in old.select_for_update().defer("content"):
        plan.delete()
