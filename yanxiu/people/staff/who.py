"""Who is of the staff in which way: on leave, new, of a tier or one above it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from yanxiu.kernel.spans import Span
from yanxiu.people.models import (
    Leave,
    Organisation,
    Post,
    Skill,
    Teacher,
    Tier,
    TierHolding,
    WorkforceSetting,
)
from yanxiu.people.roster.tiers import place_of

_BEFORE_TERM = timedelta(days=62)


def on_leave(day: date) -> "QuerySet[Leave, Any]":
    """Return the primary keys of the teachers who are on leave on `day`, for `pk__in`."""
    return Leave.objects.on(day).values("teacher")


def tiers_at_least(tier: Tier, known: Iterable[Tier] | None = None) -> list[int]:
    """Return the primary keys of `tier` and those above it in its ladder.

    Without a ladder, those of the same organisation that stand as high or higher by order. `known`
    are all tiers there are, for who has them already.
    """
    return _at_least(tier, Tier.objects.all() if known is None else known)


def _at_least(tier: Tier, known: Iterable[Tier]) -> list[int]:
    ladder, rank = _place(tier)
    found = []
    for row in known:
        other, height = _place(row)
        beside = bool(ladder) or row.organisation_id == tier.organisation_id
        if row.pk == tier.pk or (other == ladder and beside and height >= rank):
            found.append(row.pk)
    return found


def _place(tier: Tier) -> tuple[str, int]:
    """Return ladder and rank, from the name where nobody has said them."""
    if tier.ladder:
        return tier.ladder, tier.rank
    ladder, level, _is_honour = place_of(tier.name)
    return ladder, Tier(level=level, order=tier.order).rank


def holders(tier: Tier, day: date, *, or_above: bool = True) -> "QuerySet[TierHolding, Any]":
    """Return the primary keys of the teachers who hold `tier` (or one above) on `day`."""
    wanted = tiers_at_least(tier) if or_above else [tier.pk]
    held = TierHolding.objects.on(day).filter(tier__in=wanted)
    return held.values("teacher")


def holds_tier_or_above(teacher: Teacher, tier: Tier, day: date) -> bool:
    """Tell whether `teacher` holds `tier` or one above it in its ladder on `day`."""
    return holders(tier, day).filter(teacher=teacher).exists()


def newcomers(rows: "QuerySet[Teacher]", span: Span) -> "QuerySet[Teacher]":
    """Return those of `rows` who came to the school in `span` or in the two months before.

    The day of coming counts; where it is not known, the day on which the person began to work.
    """
    first = (span.start - _BEFORE_TERM).isoformat()[:7]
    last = span.end.isoformat()
    came = Q(entered__gte=first, entered__lt=last)
    began = Q(entered="", started_work__gte=first, started_work__lt=last)
    return rows.filter(came | began)


def working_in(organisation: Organisation, day: date) -> "QuerySet[Teacher]":
    """Return the teachers with a post in `organisation` or below on `day`."""
    posts = Post.objects.on(day).filter(organisation__path__startswith=organisation.path)
    return Teacher.objects.filter(is_active=True, pk__in=posts.values("teacher"))


def setting_of(organisation: Organisation) -> WorkforceSetting:
    """Return the settings of the nearest organisation upwards that has any, else the usual."""
    above = organisation.lineage
    rows = WorkforceSetting.objects.filter(organisation__in=above).order_by("-organisation__path")
    return rows.first() or WorkforceSetting(organisation=organisation)


def honour_tiers(known: Iterable[Tier] | None = None) -> frozenset[int]:
    """Return the primary keys of the tiers that are selected titles; `known` as above."""
    rows = Tier.objects.all() if known is None else known
    return frozenset(row.pk for row in rows if row.is_honour or place_of(row.name)[2])


def skills_for(organisation: Organisation) -> "QuerySet[Skill]":
    """Return the skills that `organisation` and those above it ask about."""
    above = organisation.lineage
    return Skill.objects.filter(Q(organisation=None) | Q(organisation__in=above))


def are_of_use(organisation: Organisation, known: Iterable[Tier]) -> list[Tier]:
    """Return those of `known`, with their organisations, that `tiers_for` would find."""

    def is_near(other: Organisation | None) -> bool:
        path = other.path if other else ""
        return path.startswith(organisation.path) or organisation.path.startswith(path)

    return [tier for tier in known if is_near(tier.organisation)]


def tiers_for(organisation: Organisation) -> "QuerySet[Tier]":
    """Return the tiers that `organisation`, those above it and those below it use."""
    above = organisation.lineage
    return Tier.objects.filter(
        Q(organisation=None)
        | Q(organisation__in=above)
        | Q(organisation__path__startswith=organisation.path)
    )
