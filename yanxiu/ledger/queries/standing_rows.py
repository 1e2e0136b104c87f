"""The kept standings: which are true on a day, which are not, and who has none yet."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q

from yanxiu.ledger.models import StandingRow
from yanxiu.people.models import Post
from yanxiu.people.models.organisation import held_on


def not_true(day: date) -> Q:
    """Return the condition that a row has been overtaken by a change or by the calendar."""
    return ~Q(changes=F("reckoned")) | Q(holds_until__lte=day)


def working(day: date) -> Exists:
    """Return the condition that the teacher of a row still works at its school."""
    here = Post.objects.filter(
        held_on(day), teacher=OuterRef("teacher"), organisation=OuterRef("organisation")
    )
    return Exists(here.filter(teacher__is_active=True))


def unkept(day: date, within: Q) -> list[tuple[int, int]]:
    """Return those who work at a school that has no row of them, as (school, teacher) keys.

    `within` is a condition on `organisation__…` and `teacher…`.
    """
    kept = StandingRow.objects.filter(
        teacher=OuterRef("teacher"), organisation=OuterRef("organisation")
    )
    rows = Post.objects.filter(
        held_on(day), within, ~Exists(kept), organisation__is_school=True, teacher__is_active=True
    )
    pairs = rows.order_by("organisation__path", "teacher_id").values_list(
        "organisation_id", "teacher_id"
    )
    return list(dict.fromkeys(pairs))
