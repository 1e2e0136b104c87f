"""Sessions as a chain: what was agreed last time, what came of it, and the number in the term."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from yanxiu.activities.models import Minutes, Resolution, Session


@dataclass(frozen=True)
class LastTime:
    """What the session before this one left: its minutes, and what was agreed and is still open."""

    session: Session
    minutes: Minutes | None
    agreed: list[Resolution]
    still_open: list[Resolution]


def _line_of(session: Session) -> Q:
    """Return the condition of the sessions that make one line with `session`.

    A unit's sessions are one line; those of a whole school are apart by kind of activity.
    """
    if session.unit_id:
        return Q(unit=session.unit_id)
    return Q(
        unit=None,
        organisation=session.organisation_id,
        activity__kind=session.activity.kind_id,
    )


def earlier(session: Session) -> "QuerySet[Session]":
    """Return the sessions of the line before `session`, called off ones left out."""
    before = Q(starts_at__lt=session.starts_at) | Q(starts_at=session.starts_at, pk__lt=session.pk)
    return Session.objects.filter(_line_of(session), before, cancelled_at=None)


def ordinal_of(session: Session) -> int:
    """Return which session of its kind this is in the line and the term, from 1."""
    rows = earlier(session).filter(
        activity__term=session.activity.term_id, activity__kind=session.activity.kind_id
    )
    return rows.count() + 1


def last_time(session: Session) -> LastTime | None:
    """Return what the session before `session` left, None for the first; three statements."""
    before = earlier(session).order_by("-starts_at", "-pk").select_related("minutes_taken").first()
    if before is None:
        return None
    agreed = list(before.resolutions.select_related("owner"))
    older = Resolution.objects.filter(
        session__in=earlier(before).filter(activity__term=session.activity.term_id),
        state=Resolution.State.OPEN,
    ).exclude(owner=None)
    return LastTime(
        before,
        getattr(before, "minutes_taken", None),
        agreed,
        list(older.select_related("owner", "session").order_by("due_on", "id")),
    )
