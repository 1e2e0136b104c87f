"""How much of the teaching schedule is prepared, and what checks found, by group."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from yanxiu.people.models import Unit
from yanxiu.preparation.models import LessonPlan, PlanReview, TeachingTopic
from yanxiu.terms.models import Term

Kind, State = LessonPlan.Kind, LessonPlan.State
TOGETHER, TALKED, ALONE, OPEN = "together", "talked", "alone", "open"


def with_preparation(topics: "QuerySet[TeachingTopic]") -> "QuerySet[TeachingTopic]":
    """Return `topics`, each with whether it is agreed, talked about or prepared alone.

    A draft that nobody has been shown, and an own plan that was not handed in, count for nothing:
    they are nobody's but their writers'.
    """
    plans = LessonPlan.objects.filter(topic=OuterRef("pk"))
    found: QuerySet[TeachingTopic] = topics.annotate(
        together=Exists(plans.filter(kind=Kind.SHARED, state=State.AGREED)),
        talked=Exists(plans.filter(kind=Kind.SHARED, state=State.DISCUSSED)),
        alone=Exists(plans.filter(kind=Kind.PERSONAL, state__in=[State.HANDED_IN, State.CHECKED])),
    )
    return found


def state_of(topic: TeachingTopic) -> str:
    """Return how a topic from `with_preparation` is prepared."""
    if topic.together:  # type: ignore[attr-defined]
        return TOGETHER
    if topic.talked:  # type: ignore[attr-defined]
        return TALKED
    return ALONE if topic.alone else OPEN  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Coverage:
    """How many topics of one group are prepared in which way."""

    unit: Unit
    total: int
    together: int
    talked: int
    alone: int

    @property
    def open(self) -> int:
        """How many are not prepared yet."""
        return self.total - self.together - self.talked - self.alone


def coverage(units: Collection[Unit], term: Term) -> list[Coverage]:
    """Return the coverage of each of `units` that has a schedule, in their order; one statement."""
    topics = with_preparation(TeachingTopic.objects.filter(unit__in=units, term=term))
    counts: dict[int, Counter[str]] = {}
    for topic in topics.only("pk", "unit_id"):
        counts.setdefault(topic.unit_id, Counter())[state_of(topic)] += 1
    return [
        Coverage(unit, found.total(), found[TOGETHER], found[TALKED], found[ALONE])
        for unit in units
        if (found := counts.get(unit.pk))
    ]


@dataclass(frozen=True)
class Checked:
    """What checks found in one group: shares of plans, never of persons."""

    unit: Unit
    plans: int
    checked: int
    points: list[tuple[str, int]]
    missing: list[tuple[str, int]]
    reviews: int


MOST_REVIEWS = 5000


def checked(units: Collection[Unit], term: Term) -> list[Checked]:
    """Return what checks of this term found in each of `units`; two statements.

    The newest check of a plan speaks for it.
    """
    finished = Q(
        kind=Kind.PERSONAL, state__in=[State.HANDED_IN, State.CHECKED, State.RETURNED]
    ) | Q(kind=Kind.SHARED, state=State.AGREED)
    plans = LessonPlan.objects.filter(finished, unit__in=units, term=term)
    looked_at = PlanReview.objects.filter(plan=OuterRef("pk"))
    seen_or_not = plans.annotate(looked=Exists(looked_at)).order_by().values_list("unit", "looked")
    numbers: dict[int, Counter[bool]] = {}
    for owner, looked, count in seen_or_not.annotate(n=Count("pk")):
        if owner is not None:
            numbers.setdefault(owner, Counter())[looked] += count
    newest: dict[int, tuple[int, list[dict[str, str]], list[dict[str, str]]]] = {}
    reviews = PlanReview.objects.filter(plan__in=plans.values("pk")).order_by("-at", "-id")
    for plan, group, points, lacking in reviews.values_list(
        "plan", "plan__unit", "checklist", "missing"
    )[:MOST_REVIEWS]:
        newest.setdefault(plan, (group, points, lacking))
    found = []
    for unit in units:
        if unit.pk not in numbers:
            continue
        mine = [(points, lacking) for owner, points, lacking in newest.values() if owner == unit.pk]
        seen = Counter[str]()
        for points, _lacking in mine:
            for point in points:
                seen[point["name"]] += bool(point.get("seen"))
        lacks = Counter(one["name"] for _points, lacking in mine for one in lacking)
        counts = numbers[unit.pk]
        found.append(
            Checked(
                unit=unit,
                plans=counts.total(),
                checked=counts[True],
                points=list(seen.items()),
                missing=lacks.most_common(),
                reviews=len(mine),
            )
        )
    return found
