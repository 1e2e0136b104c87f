"""The kinds of source that activities own."""

from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.urls import reverse
from django.utils import timezone

from yanxiu.activities.models import (
    Activity,
    HomeRecognition,
    Minutes,
    Part,
    Problem,
    Resolution,
    Session,
)
from yanxiu.activities.permissions import (
    may_conclude_problem,
    may_end_resolution,
    may_recognise_home,
    may_see_activity,
    may_see_session,
)
from yanxiu.activities.queries import RANK
from yanxiu.kernel.spans import day_of
from yanxiu.people.models import Teacher
from yanxiu.places.table import Foreseen, Foresight, Place


def _ends(teacher: Teacher) -> Q:
    """What this teacher may end, in a session that this teacher may see."""
    seen = Session.objects.filter(may_see_session(teacher), pk=OuterRef("session"))
    return may_end_resolution(teacher) & Q(Exists(seen))


def _door(row: Session) -> str:
    """Return the field for the code, while sign-in is open."""
    if row.state(timezone.now()) != "open":
        return ""
    return reverse("activities:sign_in", args=[row.uid])


def _minutes_seen_by(teacher: Teacher) -> Q:
    """Everybody who may open the session: its page shows them."""
    seen = Session.objects.filter(may_see_session(teacher), pk=OuterRef("session"))
    return Q(Exists(seen))


def _speakers(row: Session) -> list[int]:
    """Return who leads it and who speaks; who listens is not found by it."""
    parts = row.parts.exclude(role=Part.Role.ATTENDEE)
    return list(parts.values_list("teacher", flat=True))


def _with_role(rows: "QuerySet[Any]", reader: Teacher) -> "QuerySet[Any]":
    """Add `own_role`: the first by rank of the parts that `reader` has in each session."""
    order = Case(*(When(role=role, then=Value(place)) for place, role in enumerate(RANK)))
    own = Part.objects.filter(session=OuterRef("pk"), teacher=reader)
    found: QuerySet[Any] = rows.select_related("activity__kind").annotate(
        own_role=Subquery(own.order_by(order).values("role")[:1])
    )
    return found


def _foreseen(row: Any) -> Foreseen | None:
    """Return what `records.of_session` would say of somebody who stays to the end."""
    if row.closed_at or row.cancelled_at:
        return None
    minutes = int((row.ends_at - row.starts_at).total_seconds()) // 60
    activity = row.activity
    role = row.own_role or Part.Role.ATTENDEE
    return Foreseen(activity.kind.record_kind, str(role), minutes, activity.level)


PLACES = [
    Place(
        kind=Session.SOURCE_KIND,
        name="场次",
        rows=lambda: Session.objects.select_related("activity__kind"),
        title=lambda row: row.title,
        url=lambda row: reverse("activities:session", args=[row.uid]),
        seen_by=may_see_session,
        text=lambda row: f"{row.activity.theme} {row.activity.kind.name} {row.place}",
        people=_speakers,
        day=lambda row: day_of(row.starts_at),
        door=_door,
        foresight=Foresight(rows=_with_role, tell=_foreseen),
    ),
    Place(
        kind=Minutes.SOURCE_KIND,
        name="活动记录",
        rows=lambda: Minutes.objects.select_related("session"),
        title=lambda row: row.session.title,
        url=lambda row: reverse("activities:session", args=[row.session.uid]) + "#minutes",
        seen_by=_minutes_seen_by,
        text=lambda row: f"{row.process}\n{row.conclusions}\n{row.next_steps}",
        day=lambda row: day_of(row.session.starts_at),
        organisation=lambda row: row.session.organisation_id,
    ),
    Place(
        kind=Activity.SOURCE_KIND,
        name="活动",
        rows=lambda: Activity.objects.select_related("kind"),
        title=lambda row: row.theme,
        url=lambda row: reverse("activities:activity", args=[row.uid]),
        seen_by=may_see_activity,
        text=lambda row: row.theme,
        # Of what takes place once, the session is found.
        searched=lambda row: row.kind.is_series or row.rhythm_id is not None,
        day=lambda row: day_of(row.made_at),
    ),
    Place(
        kind=Resolution.SOURCE_KIND,
        name="议定事项",
        rows=Resolution.objects.all,
        title=lambda row: row.text,
        url=lambda row: reverse("activities:outcome", args=[row.uid]),
        seen_by=_ends,
    ),
    Place(
        kind=HomeRecognition.SOURCE_KIND,
        name="本校认定",
        rows=lambda: HomeRecognition.objects.select_related("session"),
        title=lambda row: row.session.title,
        url=lambda row: reverse("activities:recognise", args=[row.uid]),
        seen_by=may_recognise_home,
    ),
    Place(
        kind=Problem.SOURCE_KIND,
        name="教学问题",
        rows=Problem.objects.all,
        title=lambda row: row.text,
        url=lambda row: reverse("activities:problem", args=[row.uid]),
        seen_by=may_conclude_problem,
        text=lambda row: f"{row.text}\n{row.conclusion}",
        person=lambda row: row.raised_by_id,
        day=lambda row: day_of(row.raised_at),
    ),
]
