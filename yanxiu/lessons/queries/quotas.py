"""What confirmed plans ask for in lessons, how far people and schools are, and what is missing."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q

from yanxiu.kernel.spans import Span, day_of
from yanxiu.lessons.models import Lesson, LessonKind
from yanxiu.lessons.queries.counts import given_in, open_kinds, with_record
from yanxiu.people.models import Membership, Organisation, Post, Teacher, Tier, TierHolding
from yanxiu.people.models.organisation import lineage_of
from yanxiu.people.models.teacher import below
from yanxiu.people.staff import tiers_at_least
from yanxiu.planning.burden import act_named
from yanxiu.planning.models import Plan, Quota
from yanxiu.planning.quota_spans import QuotaSpans

ACT = "open_lesson"
FIGURES = "lessons."


@dataclass(frozen=True)
class Share:
    """How far one person, group or school is."""

    name: str
    done: int
    uid: str = ""
    pk: int = 0


@dataclass
class Progress:
    """One quota: what it asks for, whom, and how far they are; `mine` is the reader's own."""

    quota: Quota
    span: Span
    kinds: list[str]
    amount: int
    tier: str = ""
    shares: list[Share] = field(default_factory=list)
    mine: int | None = None

    @property
    def short(self) -> int:
        """How many lessons the reader still lacks."""
        return max(0, self.amount - (self.mine or 0))

    @property
    def met(self) -> int:
        """How many have done what is asked."""
        return sum(share.done >= self.amount for share in self.shares)

    @property
    def lacking(self) -> list[Share]:
        """Who has not yet, by name and never by number."""
        return [share for share in self.shares if share.done < self.amount]


def quotas_on(organisation: Organisation, on: date) -> list[Quota]:
    """Return what confirmed plans of the school and of its superiors ask for in lessons."""
    rows = Quota.objects.filter(
        Q(plan__starts_on=None, plan__term__starts_on__lte=on, plan__term__ends_on__gt=on)
        | Q(plan__starts_on__lte=on, plan__ends_on__gt=on),
        plan__organisation__in=lineage_of(organisation.path),
        plan__state=Plan.State.CONFIRMED,
        plan__teacher=None,
    ).select_related("plan__term", "plan__organisation", "plan__unit", "tier", "role", "unit")
    return [row for row in rows.order_by("plan__organisation__path", "plan", "order") if asks(row)]


def asks(quota: Quota) -> bool:
    """Tell whether lessons that are given answer a quota."""
    if quota.figure:
        return quota.figure.startswith(FIGURES)
    return (quota.act or act_named(quota.name).code) == ACT


def kinds_meant(quota: Quota, kinds: Iterable[LessonKind]) -> list[LessonKind]:
    """Return the kinds that answer a quota: those it names, else all that are open."""
    known = list(kinds)
    named = [kind for kind in known if kind.name in quota.name]
    by_figure = [kind for kind in known if quota.figure == f"{FIGURES}{kind.code}"]
    return by_figure or named or open_kinds(known)


@dataclass
class _People:
    """Who works at a school, in which posts, groups and tiers; loaded once."""

    names: dict[int, str]
    roles: dict[int, set[int]]
    units: dict[int, set[int]]
    tiers: dict[int, set[int]]
    ladder: list[Tier]

    @classmethod
    def at(cls, organisation: Organisation, on: date, *, with_tiers: bool) -> "_People":
        """Load them: two statements, and two more where a quota asks for a tier."""
        posts = Post.objects.on(on).filter(organisation=organisation, teacher__is_active=True)
        names: dict[int, str] = {}
        roles: dict[int, set[int]] = defaultdict(set)
        for pk, name, role in posts.order_by("teacher__pinyin", "teacher_id").values_list(
            "teacher_id", "teacher__name", "role_id"
        ):
            names[pk] = name
            roles[pk].add(role)
        units: dict[int, set[int]] = defaultdict(set)
        seats = Membership.objects.on(on).filter(unit__organisation=organisation)
        for unit, pk in seats.values_list("unit_id", "teacher_id"):
            units[pk].add(unit)
        tiers: dict[int, set[int]] = defaultdict(set)
        ladder: list[Tier] = []
        if with_tiers:
            ladder = list(Tier.objects.all())
            held = TierHolding.objects.on(on).filter(teacher__in=names)
            for tier, pk in held.values_list("tier_id", "teacher_id"):
                tiers[pk].add(tier)
        return cls(names, roles, units, tiers, ladder)

    def meant(self, quota: Quota) -> list[int]:
        """Return whom a quota means; a tier means those above it too."""
        unit = quota.unit_id or quota.plan.unit_id
        tiers = set(tiers_at_least(quota.tier, self.ladder)) if quota.tier else None
        return [
            pk
            for pk in self.names
            if (not quota.role_id or quota.role_id in self.roles[pk])
            and (not unit or unit in self.units[pk])
            and (tiers is None or self.tiers[pk] & tiers)
        ]


def progress(
    organisation: Organisation,
    on: date,
    *,
    reader: Teacher,
    among: set[int] | None,
) -> list[Progress]:
    """Return how far a school is with what is asked in lessons; six to nine statements.

    What is asked of each teacher counts given lessons; what is asked of a group or a school counts
    those alone of which an observation was handed in.

    Args:
        organisation: the school.
        on: the day in whose periods is counted.
        reader: whose own progress is `mine`.
        among: the teachers whose names the reader may see, None for all; empty for nobody.
    """
    quotas = quotas_on(organisation, on)
    if not quotas:
        return []
    kinds = list(
        LessonKind.objects.filter(
            Q(organisation=None) | Q(organisation__in=lineage_of(organisation.path))
        )
    )
    spans = QuotaSpans(organisation, on)
    found = [
        Progress(
            quota=quota,
            span=spans.of(quota),
            kinds=[kind.name for kind in kinds_meant(quota, kinds)],
            amount=0 if quota.is_open else int(quota.amount),
            tier=quota.tier.name if quota.tier else "",
        )
        for quota in quotas
    ]
    people = _People.at(organisation, on, with_tiers=any(quota.tier_id for quota in quotas))
    lessons = _lessons(organisation, found)
    for each in found:
        _fill(each, organisation, people, lessons, reader=reader, among=among)
    return found


@dataclass(frozen=True)
class _Given:
    """A lesson as it is counted here."""

    teacher: int
    unit: int | None
    kind: str
    on: date
    recorded: bool


def _lessons(organisation: Organisation, asked: Iterable[Progress]) -> list[_Given]:
    spans = [each.span for each in asked]
    widest = Span(min(span.start for span in spans), max(span.end for span in spans))
    rows = with_record(given_in(Lesson.objects.filter(organisation=organisation), widest))
    found = rows.order_by().values_list(
        "teacher_id", "unit_id", "kind__name", "starts_at", "recorded"
    )
    return [
        _Given(teacher, unit, kind, day_of(moment), recorded)
        for teacher, unit, kind, moment, recorded in found
    ]


def _fill(
    one: Progress,
    organisation: Organisation,
    people: _People,
    lessons: Iterable[_Given],
    *,
    reader: Teacher,
    among: set[int] | None,
) -> None:
    counted = [each for each in lessons if each.kind in one.kinds and each.on in one.span]
    quota = one.quota
    if quota.per == Quota.Per.TEACHER:
        done = Counter(each.teacher for each in counted)
        meant = people.meant(quota)
        if reader.pk in meant:
            one.mine = done[reader.pk]
        one.shares = [
            Share(people.names[pk], done[pk], pk=pk) for pk in meant if among is None or pk in among
        ]
        return
    heard = [each for each in counted if each.recorded]
    unit = quota.unit_id or quota.plan.unit_id
    if quota.per == Quota.Per.SCHOOL:
        number = sum(unit is None or each.unit == unit for each in heard)
        one.shares = [Share(organisation.name, number, str(organisation.uid))]
        return
    by_unit = Counter(each.unit for each in heard)
    units = {pk for seats in people.units.values() for pk in seats}
    rows = organisation.units.filter(pk__in=[unit] if unit else units, ends_on=None)
    one.shares = [
        Share(row.name, by_unit[row.pk], str(row.uid))
        for row in rows.filter(kind__code="teaching_research_group").order_by("pk")
    ]


@dataclass(frozen=True)
class SchoolShare:
    """How far one school is with what its superior asks of each school."""

    organisation: Organisation
    done: int
    without_record: int


def schools_progress(
    organisation: Organisation, on: date, teacher: Teacher
) -> list[tuple[Progress, list[SchoolShare]]]:
    """Return, for an office, how far each school below is with what it asks of every school.

    Four or five statements; in the order of the organisations, never by number.
    """
    asked = [quota for quota in quotas_on(organisation, on) if quota.per == Quota.Per.SCHOOL]
    if not asked or organisation.is_school:
        return []
    schools = list(
        Organisation.objects.filter(
            below(teacher.reach_paths("see_lessons")),
            path__startswith=organisation.path,
            is_school=True,
        ).order_by("path")
    )
    kinds = list(LessonKind.objects.filter(Q(organisation=None) | Q(organisation=organisation)))
    found, days = [], QuotaSpans(organisation, on)
    for quota in asked:
        span = days.of(quota)
        names = [kind.name for kind in kinds_meant(quota, kinds)]
        amount = 0 if quota.is_open else int(quota.amount)
        found.append(Progress(quota, span, names, amount))
    spans = [each.span for each in found]
    widest = Span(min(span.start for span in spans), max(span.end for span in spans))
    rows = with_record(given_in(Lesson.objects.filter(organisation__in=schools), widest))
    given = list(
        rows.order_by().values_list("organisation_id", "kind__name", "starts_at", "recorded")
    )
    return [(each, [_of_school(school, each, given) for school in schools]) for each in found]


def _of_school(
    school: Organisation, asked: Progress, given: Iterable[tuple[int, str, datetime, bool]]
) -> SchoolShare:
    counted = [
        recorded
        for pk, kind, moment, recorded in given
        if pk == school.pk and kind in asked.kinds and day_of(moment) in asked.span
    ]
    return SchoolShare(school, sum(counted), len(counted) - sum(counted))
