"""What confirmed plans ask to be written, how far somebody is, and who has nothing yet."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from yanxiu.kernel.shipped import shipped
from yanxiu.kernel.spans import Span
from yanxiu.people.models import Membership, Organisation, Post, Teacher
from yanxiu.people.models.organisation import lineage_of
from yanxiu.people.models.tier import TierHolding
from yanxiu.planning.burden import act_named
from yanxiu.planning.models import Plan, Quota
from yanxiu.planning.quota_spans import QuotaSpans
from yanxiu.works.models import WorkAuthor, WorkKind
from yanxiu.works.permissions import HANDED_IN

HERE = Path(__file__).resolve().parent.parent
ASKED_BY_ACT = {"reflection", "paper", "reading_note"}
"""Acts all of whose kinds are writings; of a 教案 quota only what it names is counted here."""


@dataclass(frozen=True)
class Asked:
    """数量要求 that writings answer, and within which days."""

    quota: Quota
    span: Span

    @property
    def name(self) -> str:
        """What the plan calls it."""
        return self.quota.name

    @property
    def amount(self) -> int:
        """How many; 0 where the number is left to those concerned."""
        return 0 if self.quota.is_open else int(self.quota.amount)


@dataclass(frozen=True)
class Progress:
    """How far one person is with what a plan asks for."""

    name: str
    period: str
    done: int
    amount: int
    is_open: bool


@cache
def _shipped_names() -> tuple[str, ...]:
    """Return the names of the shipped kinds; they come with the program, as the file does."""
    given = shipped(HERE / "kinds.yaml")
    return tuple(row["name"] for row in given)


def is_meant(quota: Quota, kind: WorkKind, own_names: Iterable[str] = ()) -> bool:
    """Tell whether a work of `kind` answers a quota: the kinds it names do, else all of its act.

    `own_names` are names of a school's own kinds that a quota may call by name.
    """
    if kind.name in quota.name:
        return True
    if any(name in quota.name for name in (*_shipped_names(), *own_names)):
        return False
    act = quota.act or act_named(quota.name).code
    return act in ASKED_BY_ACT and kind.act == act


def asks_for_works(quota: Quota) -> bool:
    """Tell whether works answer a quota at all."""
    if any(name in quota.name for name in _shipped_names()):
        return True
    return (quota.act or act_named(quota.name).code) in ASKED_BY_ACT


def quotas_on(
    organisation: Organisation,
    on: date,
    teacher: Teacher | None = None,
    *,
    asks: Callable[[Quota], bool] = asks_for_works,
) -> list[Asked]:
    """Return what confirmed plans of the school and of its superiors ask each teacher to write.

    With `teacher`, only what means this person; one statement. `asks` tells of a quota whether it
    is one of those in question.
    """
    rows = Quota.objects.filter(
        Q(plan__starts_on=None, plan__term__starts_on__lte=on, plan__term__ends_on__gt=on)
        | Q(plan__starts_on__lte=on, plan__ends_on__gt=on),
        plan__organisation__in=lineage_of(organisation.path),
        plan__state=Plan.State.CONFIRMED,
        plan__teacher=None,
        per=Quota.Per.TEACHER,
    )
    if teacher is not None:
        held = TierHolding.objects.on(on).filter(teacher=teacher, tier=OuterRef("tier"))
        rows = rows.filter(Q(tier=None) | Q(Exists(held)))
    rows = rows.select_related("plan__term").order_by("plan__organisation__path", "plan", "order")
    spans = QuotaSpans(organisation, on)
    return [
        Asked(quota, spans.of(quota))
        for quota in rows
        if asks(quota) and (teacher is None or _meant(teacher, quota))
    ]


def handed_in(span: Span) -> "QuerySet[WorkAuthor]":
    """Return the shares in works that count: handed in, of days within `span`."""
    return WorkAuthor.objects.filter(
        work__state__in=HANDED_IN,
        work__dropped_at=None,
        work__happened_on__gte=span.start,
        work__happened_on__lt=span.end,
    )


# ---- one person ----
def progress_of(teacher: Teacher, organisation: Organisation, on: date) -> list[Progress]:
    """Return how far `teacher` is with what is asked; two statements."""
    asked = quotas_on(organisation, on, teacher)
    if not asked:
        return []
    widest = Span(min(one.span.start for one in asked), max(one.span.end for one in asked))
    rows = handed_in(widest).filter(teacher=teacher).select_related("work__kind")
    written = [(row.work.kind, row.work.happened_on) for row in rows]
    own = [kind.name for kind, _day in written if kind.organisation_id]
    return [
        Progress(
            name=one.name,
            period=str(one.quota.get_period_display()),
            done=sum(day in one.span and is_meant(one.quota, kind, own) for kind, day in written),
            amount=one.amount,
            is_open=one.quota.is_open,
        )
        for one in asked
    ]


def _meant(teacher: Teacher, quota: Quota) -> bool:
    """Tell whether a quota is for this person, by unit and post."""
    unit = quota.unit_id or quota.plan.unit_id
    roles = {post.role_id for post in teacher.posts_today}
    return (unit is None or unit in teacher.units) and (
        quota.role_id is None or quota.role_id in roles
    )


# ---- those of a school ----
def teachers_asked(
    rows: "QuerySet[Teacher]", organisation: Organisation, quota: Quota | None, on: date
) -> "QuerySet[Teacher]":
    """Return those of `rows` who work in `organisation` and whom a quota means."""
    posts = Post.objects.on(on).filter(organisation__path__startswith=organisation.path)
    if quota and quota.role_id:
        posts = posts.filter(role=quota.role_id)
    rows = rows.filter(pk__in=posts.values("teacher"), is_active=True)
    if quota and quota.tier_id:
        holding = TierHolding.objects.on(on).filter(tier=quota.tier_id)
        rows = rows.filter(pk__in=holding.values("teacher"))
    unit = quota and (quota.unit_id or quota.plan.unit_id)
    if unit:
        members = Membership.objects.on(on).filter(unit=unit)
        rows = rows.filter(pk__in=members.values("teacher"))
    return rows


def with_done(rows: "QuerySet[Teacher]", kinds: Iterable[int], span: Span) -> "QuerySet[Teacher]":
    """Return `rows` with `done`: how many works of `kinds` each has handed in within `span`."""
    own = (
        handed_in(span)
        .filter(teacher=OuterRef("pk"), work__kind__in=list(kinds))
        .order_by()
        .values("teacher")
        .annotate(number=Count("pk"))
        .values("number")
    )
    counted: QuerySet[Any] = rows.annotate(
        done=Coalesce(Subquery(own, output_field=IntegerField()), Value(0))
    )
    return counted


def have_and_lack(rows: "QuerySet[Teacher]", amount: int) -> tuple[int, int]:
    """Return how many have as many as `amount`, and how many have not; one statement."""
    counted = rows.order_by().aggregate(
        every=Count("pk"), have=Count("pk", filter=Q(done__gte=amount))
    )
    return counted["have"], counted["every"] - counted["have"]


def lacking(rows: "QuerySet[Any]", amount: int) -> "QuerySet[Teacher]":
    """Return those who have fewer than `amount`."""
    found: QuerySet[Teacher] = rows.filter(done__lt=amount)
    return found
