"""Who may see and do what here."""

from django.db.models import Exists, OuterRef, Q

from yanxiu.ledger.models import RecognitionStep, Record
from yanxiu.ledger.permissions import may_take_step
from yanxiu.people.models import Teacher, Unit
from yanxiu.people.models.organisation import lineage_of
from yanxiu.people.models.teacher import today
from yanxiu.recognition.models import Declaration, Objection

DECIDED = (RecognitionStep.Decision.ACCEPTED, RecognitionStep.Decision.RETURNED)
"""Deeds after which one has had a hand in a record."""


def may_see_queue(teacher: Teacher) -> Q:
    """Whoever recognises hours there, and the leaders of its groups."""
    led = Unit.objects.filter(pk__in=teacher.leads)
    return Q(pk__in=teacher.reach("recognise_hours")) | Q(pk__in=led.values("organisation"))


def may_see_declaration(teacher: Teacher) -> Q:
    """The person, whoever may see or recognise the hours of the school, and who is to decide."""
    seen = (
        Q(teacher=teacher.pk)
        | Q(organisation__in=teacher.reach("see_hours"))
        | Q(organisation__in=teacher.reach("recognise_hours"))
    )
    if not teacher.leads:
        return seen
    waiting = Record.objects.filter(
        may_take_step(teacher), source_kind=Declaration.SOURCE_KIND, source_id=OuterRef("uid")
    )
    return seen | Q(Exists(waiting))


def may_change_declaration(teacher: Teacher) -> Q:
    """The person alone."""
    return Q(teacher=teacher.pk)


def may_see_objection(teacher: Teacher) -> Q:
    """Who raised it, whom it is about, and whoever recognises hours where it is decided."""
    return (
        Q(raised_by=teacher.pk)
        | Q(teacher=teacher.pk)
        | Q(organisation__in=teacher.reach("recognise_hours"))
        | Q(place__in=teacher.reach("recognise_hours"))
    )


def may_decide_objection(teacher: Teacher) -> Q:
    """Who recognises hours where it is decided and has not decided about this record before.

    Nobody decides about the own record, nor about the own objection.
    """
    steps = RecognitionStep.objects.filter(
        record=OuterRef("record"),
        by_uid=teacher.uid,
        decision__in=DECIDED,
    )
    before = Objection.objects.filter(record=OuterRef("record"), decided_by_uid=teacher.uid)
    return (
        Q(state=Objection.State.OPEN, place__in=teacher.reach("recognise_hours"))
        & ~Q(teacher=teacher.pk)
        & ~Q(raised_by=teacher.pk)
        & ~Q(Exists(steps))
        & ~Q(Exists(before))
    )


def may_see_publication(teacher: Teacher) -> Q:
    """While it is up, everybody who works in the school; before and after, its officers alone."""
    day = today()
    here = sorted({pk for post in teacher.posts_today for pk in lineage_of(post.organisation.path)})
    is_up = Q(taken_down_at=None, starts_on__lte=day, ends_on__gt=day)
    return may_manage_publication(teacher) | (is_up & Q(organisation__in=here))


def may_manage_publication(teacher: Teacher) -> Q:
    """Whoever recognises hours in the school, or above."""
    return Q(organisation__in=teacher.reach("recognise_hours"))
