"""Secret addresses of calendars: made, found again, ended."""

import secrets
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction

from yanxiu.agenda.models import CalendarLink
from yanxiu.audit import trail
from yanxiu.people.access import NotAllowed, allowed
from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.people.permissions import may_see_organisation

BYTES = 24


def digest_of(token: str) -> str:
    """Return what is stored of a token; it is long and random, so no key or salt is needed."""
    return sha256(token.encode()).hexdigest()


@transaction.atomic
def make_link(
    by: Teacher,
    scope: str,
    *,
    unit: Unit | None = None,
    organisation: Organisation | None = None,
    at: datetime,
) -> tuple[CalendarLink, str]:
    """Return a new link with its token, which nobody can read again; an older one to the same ends.

    Raises:
        NotAllowed: `by` has no post, is not in `unit`, or does not belong to `organisation`.
    """
    scope = CalendarLink.Scope(scope)
    if not _may_subscribe(by, scope, unit, organisation):
        raise NotAllowed
    same = CalendarLink.objects.select_for_update().filter(
        teacher=by, scope=scope, unit=unit, organisation=organisation, ended_at=None
    )
    same.update(ended_at=at)
    token = secrets.token_urlsafe(BYTES)
    link = CalendarLink.objects.create(
        teacher=by, scope=scope, unit=unit, organisation=organisation,
        digest=digest_of(token), made_at=at,
    )  # fmt: skip
    trail.record(by, "agenda.calendar-link-made", link, at=at, detail={"scope": str(scope)})
    return link, token


def _may_subscribe(
    teacher: Teacher, scope: str, unit: Unit | None, organisation: Organisation | None
) -> bool:
    if scope == CalendarLink.Scope.UNIT:
        return unit is not None and organisation is None and unit.pk in teacher.units
    if scope == CalendarLink.Scope.SCHOOL:
        if organisation is None or unit is not None:
            return False
        rows = Organisation.objects.filter(pk=organisation.pk)
        return allowed(may_see_organisation, teacher, rows).exists()
    return unit is None and organisation is None and bool(teacher.posts_today)


@transaction.atomic
def end_link(link: CalendarLink, *, by: Teacher, at: datetime) -> None:
    """End a link for good; who reads it from now on gets nothing.

    Raises:
        NotAllowed: it is not one of `by`.
    """
    if link.teacher_id != by.pk:
        raise NotAllowed
    if CalendarLink.objects.filter(pk=link.pk, ended_at=None).update(ended_at=at):
        trail.record(by, "agenda.calendar-link-ended", link, at=at)


def find_link(token: str) -> CalendarLink | None:
    """Return the living link of `token`; one statement."""
    rows = CalendarLink.objects.select_related("teacher", "unit", "organisation")
    return rows.filter(digest=digest_of(token), ended_at=None).first()


def note_reading(link: CalendarLink, day: date) -> None:
    """Note once a day that a link is in use, so that its owner sees which one still is."""
    if link.read_on != day:
        CalendarLink.objects.filter(pk=link.pk).update(read_on=day)
