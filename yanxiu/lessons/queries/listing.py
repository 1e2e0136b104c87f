"""Lists of lessons for one reader."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from yanxiu.kernel.spans import Span, day_of, moment_at
from yanxiu.lessons.models import Invitation, Lesson, LessonKind, Listener
from yanxiu.lessons.permissions import may_change_lesson, may_see_lesson
from yanxiu.lessons.queries.levels import of_level
from yanxiu.people.access import allowed
from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.texts.keys import key

AHEAD = timedelta(days=21)
BEHIND = timedelta(days=30)
MOST = 20
MOST_OPEN = 10


def with_part(rows: "QuerySet[Lesson]", teacher: Teacher) -> "QuerySet[Any]":
    """Add what `teacher` has to do with each of `rows`: `asked`, `coming`, `heard`."""
    asked = Invitation.objects.filter(
        Q(teacher=teacher.pk) | Q(unit__in=teacher.units), lesson=OuterRef("pk")
    )
    mine = Listener.objects.filter(lesson=OuterRef("pk"), teacher=teacher.pk)
    related = rows.select_related("kind", "teacher", "organisation", "unit")
    found: QuerySet[Any] = related.annotate(
        asked=Exists(asked),
        coming=Subquery(mine.values("coming")[:1]),
        heard=Subquery(mine.values("recorded_at")[:1]),
    )
    return found


@dataclass(frozen=True)
class Home:
    """What the first page of lessons shows to one reader."""

    today: list[Lesson]
    coming: list[Lesson]
    offered: list[Lesson]
    unconfirmed: list[Lesson]


def home(teacher: Teacher, now: datetime) -> Home:
    """Return what `teacher` gives or hears, what is open, and what waits to be confirmed.

    Three statements.
    """
    start = moment_at(day_of(now))
    seen = allowed(may_see_lesson, teacher, Lesson.objects.exclude(state=Lesson.State.CANCELLED))
    ahead = with_part(seen.filter(starts_at__gte=start, starts_at__lt=now + AHEAD), teacher)
    # Nobody's answer is NULL in the database, so "not no" has to be said as "none, or yes".
    not_refused = Q(coming=None) | Q(coming=True)
    concerned = Q(teacher=teacher.pk) | Q(coming=True) | (Q(asked=True) & not_refused)
    mine = list(ahead.filter(concerned)[:MOST])
    known = [row.pk for row in mine]
    offered = ahead.exclude(pk__in=known).filter(
        not_refused, state=Lesson.State.PLANNED, starts_at__gt=now
    )
    waiting = (
        allowed(may_change_lesson, teacher, Lesson.objects.all())
        .filter(state=Lesson.State.PLANNED, ends_at__lt=now, ends_at__gt=now - BEHIND)
        .select_related("kind", "teacher")
        .order_by("-starts_at")
    )
    today = day_of(now)
    return Home(
        today=[row for row in mine if day_of(row.starts_at) == today],
        coming=[row for row in mine if day_of(row.starts_at) != today],
        offered=list(offered[:MOST_OPEN]),
        unconfirmed=list(waiting[:MOST]),
    )


@dataclass(frozen=True)
class Wanted:
    """What a list of lessons is narrowed to; empty means all."""

    whose: str = ""
    text: str = ""
    kind: LessonKind | None = None
    level: str = ""
    subject: str = ""
    state: str = ""
    unit: Unit | None = None
    organisation: Organisation | None = None
    span: Span | None = None
    teacher: Teacher | None = None


def listed(reader: Teacher, wanted: Wanted) -> "QuerySet[Any]":
    """Return the lessons that `reader` may see and asks for, the newest first."""
    rows = allowed(may_see_lesson, reader, Lesson.objects.all())
    if wanted.whose == "mine":
        rows = rows.filter(teacher=reader.pk)
    elif wanted.whose == "heard":
        heard = Listener.objects.filter(lesson=OuterRef("pk"), teacher=reader.pk)
        rows = rows.filter(Exists(heard.exclude(recorded_at=None)))
    for name in ("kind", "unit", "teacher"):
        if getattr(wanted, name):
            rows = rows.filter(**{name: getattr(wanted, name)})
    rows = of_level(rows, wanted.level)
    for name in ("subject", "state"):
        if getattr(wanted, name):
            rows = rows.filter(**{name: getattr(wanted, name)})
    if wanted.organisation:
        rows = rows.filter(organisation__path__startswith=wanted.organisation.path)
    if wanted.span:
        start, end = wanted.span.moments()
        rows = rows.filter(starts_at__gte=start, starts_at__lt=end)
    if wanted.text:
        named = Q(teacher__name_key__contains=key(wanted.text))
        rows = rows.filter(named | Q(title__icontains=wanted.text))
    return with_part(rows, reader).order_by("-starts_at", "-pk")


def on_day(rows: "QuerySet[Lesson]", day: date) -> "QuerySet[Lesson]":
    """Return those of `rows` that begin on `day`."""
    return rows.filter(starts_at__gte=moment_at(day), starts_at__lt=moment_at(day + timedelta(1)))
