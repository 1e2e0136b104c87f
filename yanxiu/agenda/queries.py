"""What is on for somebody."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from yanxiu.agenda.models import Attendee, Occasion, Task
from yanxiu.agenda.permissions import mine
from yanxiu.kernel.spans import Span, day_of
from yanxiu.people.access import allowed
from yanxiu.people.models import Membership, Post, Teacher
from yanxiu.people.models.organisation import held_on


def occasions_of(teacher: Teacher, span: Span) -> "QuerySet[Occasion]":
    """Return the occasions of `teacher` that start within `span`, cancelled ones left out."""
    start, end = span.moments()
    return (
        allowed(mine, teacher, Occasion.objects.all())
        .filter(starts_at__gte=start, starts_at__lt=end)
        .exclude(state=Occasion.State.CANCELLED)
        .select_related("unit", "organisation")
    )


def open_tasks(teacher: Teacher) -> "QuerySet[Task]":
    """Return what `teacher` owes, the earliest due first."""
    return Task.objects.filter(teacher=teacher, state=Task.State.OPEN)


def overdue_days(task: Task, today: date) -> int:
    """Return for how many days `task` is overdue, 0 if it is not."""
    return max(0, (today - task.due_on).days) if task.due_on else 0


def clashes(
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    *,
    organisation: int,
    leave_out: UUID | None = None,
) -> "QuerySet[Occasion]":
    """Return occasions of the organisation at the same place and time."""
    rows = Occasion.objects.filter(
        organisation=organisation,
        place=place,
        state=Occasion.State.PLANNED,
        starts_at__lt=ends_at,
        ends_at__gt=starts_at,
        starts_at__gt=starts_at - timedelta(days=1),
    )
    return rows.exclude(source_id=leave_out) if leave_out else rows


@dataclass(frozen=True)
class Clash:
    """Something else at the same time: in the same room, or with some of the same people."""

    title: str
    starts_at: datetime
    ends_at: datetime
    source_id: UUID
    same_place: bool
    people: frozenset[int]


@dataclass
class Diary:
    """What is set for several schools over some days, to be asked about many times at once.

    It is loaded by four statements, however many sessions are then compared with it.
    """

    by_day: dict[date, list[Occasion]] = field(default_factory=lambda: defaultdict(list))
    units: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    schools: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    invited: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, organisations: Iterable[int], span: Span) -> "Diary":
        """Load what is planned for `organisations` within `span`."""
        diary, wanted, day = cls(), list(organisations), span.start
        start, end = span.moments()
        rows = Occasion.objects.filter(
            organisation__in=wanted,
            state=Occasion.State.PLANNED,
            starts_at__gte=start,
            starts_at__lt=end,
        )
        for row in rows:
            diary.add(row)
        seats = Membership.objects.filter(held_on(day), unit__organisation__in=wanted)
        for unit, teacher in seats.values_list("unit_id", "teacher_id"):
            diary.units[unit].add(teacher)
        posts = Post.objects.filter(held_on(day), organisation__in=wanted)
        for school, teacher in posts.values_list("organisation_id", "teacher_id"):
            diary.schools[school].add(teacher)
        guests = Attendee.objects.filter(occasion__in=rows)
        for occasion, teacher in guests.values_list("occasion_id", "teacher_id"):
            diary.invited[occasion].add(teacher)
        return diary

    def add(self, occasion: Occasion) -> None:
        """Put one more occasion into the diary, be it only thought of."""
        self.by_day[day_of(occasion.starts_at)].append(occasion)

    def audience(self, occasion: Occasion) -> set[int]:
        """Return the primary keys of those `occasion` is for."""
        unit, school = occasion.unit_id, occasion.organisation_id
        home = self.units.get(unit, set()) if unit else self.schools.get(school, set())
        return occasion.audience(home, self.invited.get(occasion.pk or 0, set()))

    def clashes(self, occasion: Occasion, extra: Iterable[int] = ()) -> list[Clash]:
        """Return what clashes with `occasion`; `extra` are people it is for besides."""
        people = self.audience(occasion) | set(extra)
        found = []
        for other in self.by_day.get(day_of(occasion.starts_at), []):
            if other.source_id == occasion.source_id or not (
                other.starts_at < occasion.ends_at and other.ends_at > occasion.starts_at
            ):
                continue
            room = bool(occasion.place) and other.place == occasion.place
            both = frozenset(people & self.audience(other))
            if room or both:
                found.append(
                    Clash(other.title, other.starts_at, other.ends_at, other.source_id, room, both)
                )
        return found


def clashes_of(occasion: Occasion, extra: Iterable[int] = ()) -> list[Clash]:
    """Return what clashes with one `occasion`, in any school where its people have a post."""
    day = day_of(occasion.starts_at)
    extra = set(extra)
    home = {occasion.organisation_id}
    if occasion.unit_id:
        members = Membership.objects.filter(held_on(day), unit=occasion.unit_id)
        whose = Q(teacher__in=members.values("teacher")) | Q(teacher__in=extra)
        elsewhere = Post.objects.filter(held_on(day)).filter(whose)
        home |= set(elsewhere.values_list("organisation_id", flat=True))
    return Diary.of(home, Span(day, day + timedelta(days=1))).clashes(occasion, extra)
