"""Who is expected at what, and who owes what, for many persons at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from yanxiu.agenda.models import Attendee, Occasion, Task, for_whole
from yanxiu.kernel.spans import Span, day_of
from yanxiu.people.models import Membership, Organisation, Post


@dataclass
class Ahead:
    """What one person has today and tomorrow, and owes; `organisation` is of the first post."""

    organisation: Organisation
    today: list[Occasion] = field(default_factory=list)
    tomorrow: list[Occasion] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)


def ahead(teachers: Iterable[int], day: date) -> dict[int, Ahead]:
    """Return what each of `teachers` has ahead on `day`; who has no post today is left out.

    Five statements, however many persons; the rule is that of `permissions.mine`.
    """
    wanted = list(teachers)
    posts = (
        Post.objects.on(day)
        .filter(teacher__in=wanted, teacher__is_active=True)
        .select_related("organisation")
        .order_by("role__order", "id")
    )
    found: dict[int, Ahead] = {}
    by_school: dict[int, set[int]] = defaultdict(set)
    for post in posts:
        found.setdefault(post.teacher_id, Ahead(post.organisation))
        by_school[post.organisation_id].add(post.teacher_id)
    by_unit: dict[int, set[int]] = defaultdict(set)
    for unit, teacher in (
        Membership.objects.on(day).filter(teacher__in=found).values_list("unit_id", "teacher_id")
    ):
        by_unit[unit].add(teacher)
    _add_occasions(found, by_school, by_unit, day)
    for task in Task.objects.filter(teacher__in=found, state=Task.State.OPEN).order_by(
        "due_on", "id"
    ):
        found[task.teacher_id].tasks.append(task)
    return found


def _add_occasions(
    found: dict[int, Ahead],
    by_school: dict[int, set[int]],
    by_unit: dict[int, set[int]],
    day: date,
) -> None:
    start, end = Span(day, day + timedelta(days=2)).moments()
    invited = Attendee.objects.filter(occasion=OuterRef("pk"), teacher__in=found)
    rows = (
        Occasion.objects.filter(starts_at__gte=start, starts_at__lt=end)
        .filter(Q(unit__in=by_unit) | for_whole(by_school) | Q(Exists(invited)))
        .exclude(state=Occasion.State.CANCELLED)
        .select_related("unit")
    )
    occasions = {row.pk: row for row in rows}
    who: dict[int, set[int]] = defaultdict(set)
    for occasion, teacher in Attendee.objects.filter(
        occasion__in=occasions, teacher__in=found
    ).values_list("occasion_id", "teacher_id"):
        who[occasion].add(teacher)
    for pk, row in occasions.items():
        home = by_unit if row.unit_id else by_school
        at_home = home.get(row.unit_id or row.organisation_id, set())
        for teacher in row.audience(at_home, who[pk]):
            mine = found[teacher]
            (mine.today if day_of(row.starts_at) == day else mine.tomorrow).append(row)
