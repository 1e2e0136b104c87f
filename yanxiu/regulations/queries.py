"""Reading across rules, who has read them, and how schools answer."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, QuerySet

from yanxiu.ledger.models import Record
from yanxiu.people.holders import teachers_holding
from yanxiu.people.models import Organisation, Post, Teacher
from yanxiu.regulations.models import (
    Acknowledgement,
    Regulation,
    RegulationKind,
    RegulationVersion,
    RequiredKind,
    Requirement,
    RequirementAnswer,
)
from yanxiu.regulations.permissions import RIGHT


def lineage(organisation: Organisation) -> list[int]:
    """Return the primary keys from the root down to `organisation`."""
    return organisation.lineage


def kinds_offered(organisation: Organisation) -> "QuerySet[RegulationKind]":
    """Return the kinds that `organisation` may use: shipped, its own and those of its superiors."""
    return RegulationKind.objects.filter(
        Q(organisation=None) | Q(organisation__in=lineage(organisation))
    )


def holding_for(organisation: Organisation) -> "QuerySet[Regulation]":
    """Return the rules in use that hold in `organisation`: its own, and those from above."""
    above = lineage(organisation)[:-1]
    return Regulation.objects.filter(
        Q(organisation=organisation) | Q(organisation__in=above, scope=Regulation.Scope.BELOW),
        retired_on=None,
    )


def readers(regulation: Regulation, day: date) -> "QuerySet[Teacher]":
    """Return the teachers for whom the rule holds on `day`."""
    posts = Post.objects.on(day)
    if regulation.scope == Regulation.Scope.OWN:
        posts = posts.filter(organisation=regulation.organisation_id)
    else:
        posts = posts.filter(organisation__path__startswith=regulation.organisation.path)
    return Teacher.objects.filter(is_active=True, pk__in=posts.values("teacher"))


def keepers(organisation: Organisation, day: date) -> list[Teacher]:
    """Return who writes the rules of `organisation` itself and answers for it."""
    return list(teachers_holding(RIGHT, organisation, day))


def version_in_force(regulation: Regulation, day: date) -> RegulationVersion | None:
    """Return the text of `regulation` that holds on `day`."""
    return next((one for one in regulation.versions.all() if one.in_force(day)), None)


@dataclass(frozen=True)
class Line:
    """One rule in a list: the text that holds, and how many have read it of how many."""

    regulation: Regulation
    version: RegulationVersion | None
    read: int = 0
    is_read: bool = False


def lines(rows: Iterable[Regulation], teacher: Teacher, day: date) -> list[Line]:
    """Return each of `rows` with its text of `day`, and whether `teacher` has read it."""
    regulations = list(rows)
    versions: dict[int, RegulationVersion] = {}
    for version in RegulationVersion.objects.filter(regulation__in=regulations):
        if version.in_force(day):
            versions[version.regulation_id] = version
    read = Acknowledgement.objects.filter(version__in=versions.values())
    counts = dict(read.values_list("version").annotate(count=Count("pk")))
    mine = set(read.filter(teacher=teacher).values_list("version", flat=True))
    found = []
    for one in regulations:
        holding = versions.get(one.pk)
        pk = holding.pk if holding else 0
        found.append(Line(one, holding, counts.get(pk, 0), pk in mine))
    return found


def unread(version: RegulationVersion, day: date) -> "QuerySet[Teacher]":
    """Return those for whom it holds and who have not said that they read it, by pinyin."""
    done = Acknowledgement.objects.filter(version=version).values("teacher")
    return readers(version.regulation, day).exclude(pk__in=done)


def required_kinds(organisation: Organisation) -> list[RegulationKind]:
    """Return what `organisation` must have: as it or the nearest superior says, else as shipped."""
    above = lineage(organisation)
    rows = RequiredKind.objects.filter(organisation__in=above).select_related("kind")
    by_organisation: dict[int, list[RegulationKind]] = defaultdict(list)
    for row in rows:
        by_organisation[row.organisation_id].append(row.kind)
    for pk in reversed(above):
        if by_organisation[pk]:
            return sorted(by_organisation[pk], key=lambda kind: (kind.order, kind.pk))
    return list(RegulationKind.objects.filter(organisation=None, is_required=True))


@dataclass(frozen=True)
class Mechanism:
    """One required kind in one school: the rule in force, and when it last ran."""

    kind: RegulationKind
    regulation: Regulation | None
    version: RegulationVersion | None
    last_on: date | None

    @property
    def is_missing(self) -> bool:
        """Whether the school has no rule of the kind in force."""
        return self.version is None


def mechanisms(organisation: Organisation, day: date) -> list[Mechanism]:
    """Return the state of each required kind of `organisation`; five statements.

    A rule of the school itself goes before one from above. The last run is the latest record of
    the kinds that the rule governs.
    """
    kinds = required_kinds(organisation)
    found: dict[int, tuple[Regulation, RegulationVersion]] = {}
    rules = holding_for(organisation).filter(kind__in=kinds, is_superior=False)
    nearest = sorted(
        rules.select_related("organisation").prefetch_related("versions"),
        key=lambda rule: len(rule.organisation.path),
    )
    for rule in nearest:
        version = version_in_force(rule, day)
        if version:
            found[rule.kind_id] = (rule, version)
    governed = {code for kind in kinds for code in kind.governs}
    ran = dict(
        Record.objects.filter(
            organisation__path__startswith=organisation.path,
            kind__in=governed,
            withdrawn_at=None,
            happened_on__lte=day,
        )
        .values_list("kind")
        .annotate(last=Max("happened_on"))
    )
    states = []
    for kind in kinds:
        standing = found.get(kind.pk)
        last_on = max((ran[code] for code in kind.governs if code in ran), default=None)
        states.append(
            Mechanism(
                kind,
                standing[0] if standing else None,
                standing[1] if standing else None,
                last_on,
            )
        )
    return states


@dataclass(frozen=True)
class SchoolGaps:
    """One school and the required kinds for which it has no rule in force."""

    organisation: Organisation
    missing: Sequence[RegulationKind]
    filed: int


def schools_without(schools: Sequence[Organisation], day: date) -> list[SchoolGaps]:
    """Return for each school what it lacks; the number of statements does not grow with them."""
    rows = RequiredKind.objects.select_related("kind")
    wanted: dict[int, list[RegulationKind]] = defaultdict(list)
    for row in rows:
        wanted[row.organisation_id].append(row.kind)
    shipped = list(RegulationKind.objects.filter(organisation=None, is_required=True))
    concerned = {pk for school in schools for pk in lineage(school)}
    in_force = RegulationVersion.objects.filter(
        regulation__organisation__in=concerned,
        regulation__retired_on=None,
        regulation__is_superior=False,
        published_at__isnull=False,
        starts_on__lte=day,
    ).filter(Q(ends_on=None) | Q(ends_on__gt=day))
    own: dict[int, set[int]] = defaultdict(set)
    given: dict[int, set[int]] = defaultdict(set)
    for pk, kind, scope in in_force.values_list(
        "regulation__organisation", "regulation__kind", "regulation__scope"
    ):
        own[pk].add(kind)
        if scope == Regulation.Scope.BELOW:
            given[pk].add(kind)
    found = []
    for school in schools:
        line = lineage(school)
        kinds = next((wanted[pk] for pk in reversed(line) if wanted[pk]), shipped)
        there = own[school.pk].union(*(given[pk] for pk in line[:-1]))
        missing = [kind for kind in kinds if kind.pk not in there]
        found.append(SchoolGaps(school, missing, len(kinds) - len(missing)))
    return found


@dataclass(frozen=True)
class Progress:
    """How far the schools are with one requirement."""

    requirement: Requirement
    asked: int
    met: int
    answered: int
    overdue: int


def progress(requirements: Iterable[Requirement], day: date) -> list[Progress]:
    """Return how far each requirement is; one statement for all."""
    rows = list(requirements)
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    answers = RequirementAnswer.objects.filter(requirement__in=rows)
    for pk, state, count in answers.values_list("requirement", "state").annotate(count=Count("pk")):
        counted[pk][state] += count
    done = {RequirementAnswer.State.MET, RequirementAnswer.State.ANSWERED}
    return [
        Progress(
            one,
            asked=sum(counted[one.pk].values()),
            met=counted[one.pk][RequirementAnswer.State.MET],
            answered=counted[one.pk][RequirementAnswer.State.ANSWERED],
            overdue=sum(
                count
                for state, count in counted[one.pk].items()
                if state not in done and one.due_on < day and not one.withdrawn_at
            ),
        )
        for one in rows
    ]
