"""Membership that follows a rule, worked out for every day at once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q

from yanxiu.people.models import Membership, MembershipRule, Organisation, Post, Unit, UnitKind
from yanxiu.places.writing import tell_written

Interval = tuple[date, date]
"""Days from the first (included) to the second (excluded); an open end is `date.max`."""


def resolve_around(organisation: Organisation) -> None:
    """Bring the rules that look into `organisation`, or stand below it, up to date.

    Called by every deed that changes who leads, belongs or holds a post; an import that writes
    rows in bulk calls it once at its end. Costs one statement where there is no rule.
    """
    here = Q(organisation__in=organisation.lineage)
    here |= Q(organisation__path__startswith=organisation.path)
    ruled = Unit.objects.filter(
        here, ends_on=None, pk__in=MembershipRule.objects.values("unit")
    ).select_related("organisation")
    for unit in ruled:
        resolve(unit)


def resolve(unit: Unit) -> None:
    """Make the memberships of `unit` that follow from its rules what they should be."""
    rules = unit.rules.select_related("kind", "role")
    wanted = {(rule, teacher, interval) for rule, teacher, interval in _wanted(unit, list(rules))}
    standing = {
        (row.rule_id, row.teacher_id, (row.starts_on, row.ends_on or date.max)): row.pk
        for row in unit.memberships.exclude(rule=None)
    }
    gone = [pk for which, pk in standing.items() if which not in wanted]
    Membership.objects.filter(pk__in=gone).delete()
    made = Membership.objects.bulk_create(
        Membership(
            unit=unit,
            rule_id=rule,
            teacher_id=teacher,
            starts_on=start,
            ends_on=None if end == date.max else end,
        )
        for rule, teacher, (start, end) in sorted(wanted - standing.keys())
    )
    tell_written(made)


def _wanted(unit: Unit, rules: list[MembershipRule]) -> Iterable[tuple[int, int, Interval]]:
    """Yield who should be in by which rule and when, leaving out what is entered by hand."""
    taken: dict[int, list[Interval]] = defaultdict(list)
    for teacher, start, end in unit.memberships.filter(rule=None).values_list(
        "teacher", "starts_on", "ends_on"
    ):
        taken[teacher].append((start, end or date.max))
    for rule in rules:
        found: dict[int, list[Interval]] = defaultdict(list)
        for teacher, start, end in _followed(unit, rule):
            found[teacher].append((start, end or date.max))
        for teacher, intervals in found.items():
            for interval in apart(joined(intervals), taken[teacher]):
                yield rule.pk, teacher, interval
                taken[teacher].append(interval)


def _followed(unit: Unit, rule: MembershipRule) -> Iterable[tuple[int, date, date | None]]:
    """Return what `rule` looks at: teacher, first day, day after the last."""
    below = unit.organisation.path
    if rule.who == MembershipRule.Who.HOLDERS:
        posts = Post.objects.filter(role=rule.role, organisation__path__startswith=below)
        return posts.exclude(ends_on=F("starts_on")).values_list("teacher", "starts_on", "ends_on")
    # By the code: a school that renamed the kind has a row of its own with the same code.
    kind = UnitKind.objects.filter(pk=rule.kind_id or 0).values("code")
    seats = Membership.objects.filter(
        rule=None,
        unit__kind__code__in=kind,
        unit__organisation__path__startswith=below,
    ).exclude(unit=unit)
    if rule.who == MembershipRule.Who.LEADERS:
        seats = seats.filter(duty=Membership.Duty.LEADER)
    return seats.exclude(ends_on=F("starts_on")).values_list("teacher", "starts_on", "ends_on")


def joined(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the same days in as few intervals as possible."""
    found: list[Interval] = []
    for start, end in sorted(intervals):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def apart(intervals: Iterable[Interval], taken: Iterable[Interval]) -> list[Interval]:
    """Return the days of `intervals` that are in none of `taken`."""
    left = list(intervals)
    for start, end in taken:
        left = [
            part
            for one in left
            for part in ((one[0], min(one[1], start)), (max(one[0], end), one[1]))
            if part[0] < part[1]
        ]
    return left
