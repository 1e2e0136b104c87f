"""Who went out to learn, how often over the years, and who has had no chance yet."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from yanxiu.people.models import Teacher
from yanxiu.training.models import OutsideCourse, OutsideTraining
from yanxiu.training.queries.coverage import WENT

YEAR_BEGINS = 9
"""A school year is named by the calendar year in whose September it begins."""

GOING = (*WENT, OutsideTraining.State.APPROVED)


def school_year(day: date) -> int:
    """Return the year in which the school year of `day` began."""
    return day.year if day.month >= YEAR_BEGINS else day.year - 1


@dataclass
class Chances:
    """One person's outside trainings: how many in each school year, and reports still owed."""

    teacher: Teacher
    by_year: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    owed: int = 0
    last: str = ""
    last_on: date | None = None

    @property
    def times(self) -> int:
        """How often within the years shown."""
        return sum(self.by_year.values())

    def in_years(self, years: Iterable[int]) -> list[int]:
        """Return how often in each of `years`."""
        return [self.by_year.get(year, 0) for year in years]


def chances(people: "QuerySet[Teacher]", years: list[int], today: date) -> list[Chances]:
    """Return the chances of `people` by name, within `years`; two statements."""
    found = {row.pk: Chances(row) for row in people}
    rows = OutsideTraining.objects.filter(
        teacher__in=people.order_by().values("pk"), state__in=GOING
    ).select_related("course")
    for row in rows.order_by("course__starts_on"):
        year = school_year(row.course.starts_on)
        if year not in years:
            continue
        mine = found[row.teacher_id]
        mine.by_year[year] += 1
        mine.last, mine.last_on = row.course.title, row.course.starts_on
        mine.owed += row.state == OutsideTraining.State.APPROVED and row.course.last_on < today
    return list(found.values())


@dataclass(frozen=True)
class Share:
    """How many of a group of people had a chance, and how many chances there were."""

    name: str
    people: int
    had: int
    times: int

    @property
    def none(self) -> int:
        """How many have had none."""
        return self.people - self.had


def by_subject(rows: Iterable[Chances], nothing: str) -> list[Share]:
    """Return the chances by subject taught; who teaches two stands in both."""
    groups: dict[str, list[Chances]] = defaultdict(list)
    for row in rows:
        for subject in row.teacher.subjects or [nothing]:
            groups[subject].append(row)
    return [
        Share(name, len(mine), sum(one.times > 0 for one in mine), sum(one.times for one in mine))
        for name, mine in sorted(groups.items())
    ]


def by_level(people: "QuerySet[Teacher]", years: list[int], total: int) -> list[Share]:
    """Return for each level of organiser how many of `people` went; one statement."""
    rows = OutsideTraining.objects.filter(
        teacher__in=people.order_by().values("pk"), state__in=GOING
    ).values_list("course__level", "teacher_id", "course__starts_on")
    groups: dict[str, list[int]] = defaultdict(list)
    for level, teacher, starts_on in rows:
        if school_year(starts_on) in years:
            groups[level].append(teacher)
    return [
        Share(str(name), total, len(set(groups[level])), len(groups[level]))
        for level, name in OutsideCourse.LEVELS
    ]
