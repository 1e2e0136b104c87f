"""Reading plans: what of one is shown to whom, and which there are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from yanxiu.lessons.models import Lesson
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher
from yanxiu.preparation import content
from yanxiu.preparation.models import LessonPlan, PlanComment, PlanUse, PlanVersion
from yanxiu.preparation.permissions import may_adapt_plan, may_review_plan, may_see_version

Kind, State = LessonPlan.Kind, LessonPlan.State
SHOWN_UNDER = 3
"""So many open comments stand under a paragraph; the rest is one click away."""

FETCHED = 200
FRESH = timedelta(days=45)
"""So long after it was agreed a plan is offered on the first page to be made one's own."""


def rows() -> "QuerySet[LessonPlan]":
    """Return all plans with what a list or a page names."""
    found: QuerySet[LessonPlan] = LessonPlan.objects.select_related(
        "organisation", "unit", "author", "term", "topic", "session", "project", "base__plan"
    )
    return found


def listed(plans: "QuerySet[LessonPlan] | None" = None) -> "QuerySet[LessonPlan]":
    """Return `plans`, or all that stand, with what a list names, without their content."""
    rows = LessonPlan.objects.all() if plans is None else plans
    return rows.select_related("unit", "author").defer("content")


def shown_content(plan: LessonPlan, *, writes: bool, last: PlanVersion | None) -> content.Content:
    """Return what a reader reads: what is being written, or the last version that was kept.

    Whoever writes, and the group while it talks, sees each word at once; everybody else sees what
    was kept on purpose.
    """
    if writes or plan.state == State.DISCUSSED or last is None:
        found: content.Content = plan.content
        return found
    return last.content  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Said:
    """What is said of one paragraph: some open comments, and how many there are in all."""

    opened: list[PlanComment]
    open_count: int
    count: int

    @property
    def more(self) -> int:
        """How many open ones are not among `opened`."""
        return self.open_count - len(self.opened)

    @property
    def settled(self) -> int:
        """How many were adopted or declined."""
        return self.count - self.open_count


def said_of(plan: LessonPlan) -> dict[str, Said]:
    """Return what is said of each paragraph by its id, "" for the whole; two statements."""
    living = PlanComment.objects.filter(plan=plan, withdrawn_at=None)
    counts = {
        row["paragraph"]: (row["n"], row["opened"])
        for row in living.order_by()
        .values("paragraph")
        .annotate(n=Count("pk"), opened=Count("pk", filter=Q(state=PlanComment.State.OPEN)))
    }
    by_paragraph: dict[str, list[PlanComment]] = {}
    newest = living.filter(state=PlanComment.State.OPEN).select_related("teacher")
    for one in newest.order_by("-id")[:FETCHED]:
        under = by_paragraph.setdefault(one.paragraph, [])
        if len(under) < SHOWN_UNDER:
            under.append(one)
    return {
        paragraph: Said(by_paragraph.get(paragraph, [])[::-1], opened, n)
        for paragraph, (n, opened) in counts.items()
    }


@dataclass(frozen=True)
class Contribution:
    """What one colleague brought to a plan: how much was said, and what was adopted, in words."""

    name: str
    said: int
    adopted: list[PlanComment]


MOST_ADOPTED = 60


def contributions(plan: LessonPlan) -> list[Contribution]:
    """Return who said something, in the order in which they first did; nobody is ranked."""
    living = PlanComment.objects.filter(plan=plan, withdrawn_at=None)
    people = list(living.order_by().values("teacher", "teacher__name").annotate(n=Count("pk")))
    taken = (PlanComment.State.ADOPTED, PlanComment.State.PARTLY)
    adopted: dict[int, list[PlanComment]] = {}
    for one in living.filter(state__in=taken).order_by("id")[:MOST_ADOPTED]:
        adopted.setdefault(one.teacher_id, []).append(one)
    return [
        Contribution(one["teacher__name"], one["n"], adopted.get(one["teacher"], []))
        for one in sorted(people, key=lambda row: row["teacher__name"])
    ]


def waiting_for_check(rows: "QuerySet[LessonPlan]") -> "QuerySet[LessonPlan]":
    """Return those of `rows` that were handed in and not looked at since."""
    found: QuerySet[LessonPlan] = rows.filter(kind=Kind.PERSONAL, state=State.HANDED_IN)
    return found


def waiting_for(teacher: Teacher) -> "QuerySet[LessonPlan] | None":
    """Return the plans that `teacher` is to check; None for who checks none."""
    if not teacher.leads and not teacher.holds("manage_lessons"):
        return None
    return waiting_for_check(allowed(may_review_plan, teacher, LessonPlan.objects.all()))


def to_adapt(teacher: Teacher, now: datetime) -> "QuerySet[LessonPlan]":
    """Return the plans lately agreed in the groups of `teacher` that are not made own yet."""
    own = LessonPlan.objects.filter(
        author=teacher.pk, kind=Kind.PERSONAL, base__plan=OuterRef("pk")
    )
    found: QuerySet[LessonPlan] = (
        allowed(may_adapt_plan, teacher, listed())
        .filter(kind=Kind.SHARED, state=State.AGREED, unit__in=teacher.units)
        .filter(~Exists(own), agreed_at__gte=now - FRESH)
        .order_by("-agreed_at")
    )
    return found


def with_open_comments(rows: "QuerySet[LessonPlan]") -> "QuerySet[LessonPlan]":
    """Return `rows`, each with how many comments on it wait as `opened`."""
    waiting = Q(comments__state=PlanComment.State.OPEN, comments__withdrawn_at=None)
    return rows.annotate(opened=Count("comments", filter=waiting))


@dataclass(frozen=True)
class Own:
    """A teacher's own plans, each with how many comments wait on it as `opened`."""

    newest: list[LessonPlan]
    waiting: list[LessonPlan]
    """The drafts on which others' words wait."""
    dropped: list[LessonPlan]
    """Those that were thrown away and can be taken out again, the last first."""


def own_of(teacher: Teacher, few: int) -> Own:
    """Return the `few` newest plans of `teacher`, those that wait, and those thrown away.

    One statement.
    """
    newest = LessonPlan.objects.filter(author=teacher.pk).order_by("-edited_at", "-id")
    rows = listed(LessonPlan.everything.all())
    wanted = Q(pk__in=newest.values("pk")[:few]) | Q(state__in=[State.DISCUSSED, State.DROPPED])
    found = list(
        with_open_comments(rows.filter(wanted, author=teacher.pk)).order_by("-edited_at", "-id")
    )
    standing = [one for one in found if one.state != State.DROPPED]
    dropped = [one for one in found if one.state == State.DROPPED]
    dropped.sort(key=lambda one: (one.dropped_at, one.pk), reverse=True)
    return Own(
        newest=standing[:few],
        waiting=[one for one in standing if one.state == State.DISCUSSED and one.opened][:few],  # type: ignore[attr-defined]
        dropped=dropped[:few],
    )


def lessons_for(plan: LessonPlan, teacher: Teacher) -> "QuerySet[Lesson]":
    """Return the teacher's lessons beside which `plan` can be laid, the newest first."""
    used = PlanUse.objects.filter(version__plan=plan, lesson=OuterRef("pk"))
    return lessons_of(teacher).annotate(used=Exists(used)).order_by("-starts_at")


def lessons_of(teacher: Teacher) -> "QuerySet[Lesson]":
    """Return the lessons that `teacher` gives and knows of."""
    known = ~Q(announced=False) | Q(state=Lesson.State.GIVEN)
    found: QuerySet[Lesson] = Lesson.objects.filter(known, teacher=teacher).exclude(
        state=Lesson.State.CANCELLED
    )
    return found


# ---- for the page of a lesson, and for whoever compares plan and lesson ----
def uses_of(lesson: Lesson, reader: Teacher) -> list[PlanUse]:
    """Return which versions lie beside `lesson`, those that `reader` may read; one statement."""
    versions = allowed(may_see_version, reader, PlanVersion.objects.all())
    found = PlanUse.objects.filter(lesson=lesson, version__in=versions.values("pk"))
    return list(found.select_related("version__plan__author").order_by("id"))


def versions_after(version: PlanVersion, reader: Teacher) -> "QuerySet[PlanVersion]":
    """Return the versions of the same plan kept after `version` that `reader` may read."""
    later = PlanVersion.objects.filter(plan=version.plan_id, number__gt=version.number)
    return allowed(may_see_version, reader, later).order_by("number")


def plan_for(lesson: Lesson) -> LessonPlan | None:
    """Return the plan by which the lesson's own teacher taught it, None if none is known."""
    plans = LessonPlan.objects.filter(
        author=lesson.teacher_id, versions__uses__lesson=lesson
    ).order_by("-versions__uses__made_at")
    return plans.first()


def paragraphs_named(version: PlanVersion, ids: Collection[str]) -> list[content.Place]:
    """Return the paragraphs of `version` with these ids, to be shown beside an advice."""
    return [one for one in content.paragraphs(version.content) if one.id in ids]


def facts_of(plan: LessonPlan) -> list[tuple[str, Any]]:
    """Return the links of a plan that are filled in, each with its name."""
    told = (
        (_("用了哪些新理念"), plan.new_ideas),
        (_("用了哪些教改做法"), plan.reform),
        (_("和哪个研究课题结合"), plan.project.name if plan.project else ""),
    )
    return [(name, text) for name, text in told if text]
