"""The rows behind the numbers that activities give: sessions, attendance, agreements, remarks."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import (
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
)
from django.utils import timezone

from yanxiu.activities.models import (
    Attendance,
    Minutes,
    Part,
    Remark,
    Resolution,
    Session,
)
from yanxiu.activities.queries import CAME
from yanxiu.figures.table import Scope
from yanxiu.people.models import Post
from yanxiu.people.models.organisation import held_on


def sessions_in(scope: Scope) -> "QuerySet[Session]":
    """Return the sessions that begin within `scope`; of a teacher those with a mark or a part."""
    start, end = scope.span.moments()
    rows = Session.objects.filter(starts_at__gte=start, starts_at__lt=end)
    rows = scope.narrow(rows, teacher=None)
    if scope.teacher is not None:
        marks = Attendance.objects.filter(session=OuterRef("pk"), teacher=scope.teacher)
        parts = Part.objects.filter(session=OuterRef("pk"), teacher=scope.teacher)
        rows = rows.filter(Q(Exists(marks)) | Q(Exists(parts)))
    return rows


def attendance_in(scope: Scope) -> "QuerySet[Attendance]":
    """Return the final attendance of the closed sessions that begin within `scope`."""
    start, end = scope.span.moments()
    rows = Attendance.objects.filter(
        session__starts_at__gte=start,
        session__starts_at__lt=end,
        session__closed_at__isnull=False,
    )
    rows = _at_home(rows, scope)
    if scope.unit is not None:
        rows = rows.filter(session__unit=scope.unit)
    return rows.filter(teacher=scope.teacher) if scope.teacher is not None else rows


def _at_home(rows: "QuerySet[Attendance]", scope: Scope) -> "QuerySet[Attendance]":
    """Return the attendance of the people of `scope`: guests of a session count at home."""
    guest = Part.objects.filter(
        session=OuterRef("session"), teacher=OuterRef("teacher"), home__isnull=False
    )
    own = Q(session__organisation__path__startswith=scope.path) & ~Q(Exists(guest))
    abroad = Q(Exists(guest.filter(home__path__startswith=scope.path)))
    return rows.filter(own | abroad)


def resolutions_in(scope: Scope) -> "QuerySet[Resolution]":
    """Return what was agreed, with an owner, in the sessions that begin within `scope`."""
    start, end = scope.span.moments()
    rows = Resolution.objects.filter(session__starts_at__gte=start, session__starts_at__lt=end)
    return scope.narrow(
        rows.exclude(owner=None),
        organisation="session__organisation",
        unit="session__unit",
        teacher="owner",
    )


def remarks_in(scope: Scope) -> "QuerySet[Remark]":
    """Return what was said within `scope` in the discussions of activities."""
    start, end = scope.span.moments()
    rows = Remark.objects.filter(at__gte=start, at__lt=end, withdrawn_at=None)
    return scope.narrow(rows, organisation="activity__organisation", unit="activity__unit")


def of_leaders_in(scope: Scope) -> "QuerySet[Attendance]":
    posts = Post.objects.filter(
        teacher=OuterRef("teacher"), organisation=OuterRef("session__organisation")
    ).exclude(role__rights=[])
    rows = attendance_in(scope).filter(state__in=CAME)
    return rows.filter(Exists(posts.filter(held_on(scope.span.last))))


def late_minutes_in(scope: Scope) -> "QuerySet[Session]":
    late = Minutes.objects.filter(
        session=OuterRef("pk"), first_saved_at__date__gt=F("due_on"), due_on__isnull=False
    )
    return held_in(scope).filter(Exists(late))


def only_heard_in(scope: Scope) -> "QuerySet[Session]":
    return held_in(scope).filter(activity__kind__is_one_way=True, interactions=[])


def of_class(code: str) -> Callable[[Scope], "QuerySet[Session]"]:
    return lambda scope: held_in(scope).filter(activity__kind__activity_class=code)


def in_form(code: str) -> Callable[[Scope], "QuerySet[Attendance]"]:
    return lambda scope: attendance_in(scope).filter(state__in=CAME, session__activity__form=code)


def held_in(scope: Scope) -> "QuerySet[Session]":
    return sessions_in(scope).filter(closed_at__isnull=False)


def left_open_in(scope: Scope) -> "QuerySet[Session]":
    now: datetime = timezone.now()
    return sessions_in(scope).filter(closed_at=None, cancelled_at=None, ends_at__lt=now)


def with_minutes_in(scope: Scope) -> "QuerySet[Session]":
    return held_in(scope).filter(Exists(Minutes.objects.filter(session=OuterRef("pk"))))


def without_minutes_in(scope: Scope) -> "QuerySet[Session]":
    return held_in(scope).filter(~Exists(Minutes.objects.filter(session=OuterRef("pk"))))


def in_states(*states: str) -> Callable[[Scope], "QuerySet[Attendance]"]:
    return lambda scope: attendance_in(scope).filter(state__in=states)
