"""Who can be drawn, who can check, and what a checker reads."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.spans import Span
from yanxiu.ledger.models import Award, Record
from yanxiu.ledger.queries import schemes_on, with_entries
from yanxiu.ledger.queries.schemes import scheme_of
from yanxiu.ledger.rules.auditing import Audit, Candidate
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.people.models import Membership, Organisation, Post, Role, Teacher, TierHolding
from yanxiu.people.models.organisation import held_on
from yanxiu.places.table import Link, with_links
from yanxiu.verification.models import Sampled

NO_GROUP: Final = "未编组"
NO_STAGE: Final = "未注明"
WORDS: Final = {"school": _("学校"), "group": _("教研组"), "stage": _("发展阶段")}
"""What the strata are called."""


@dataclass
class Person:
    """A teacher who can be drawn, with school, groups, stage and number of the day."""

    teacher: Teacher
    school: Organisation
    number: str = ""
    groups: dict[str, str] = field(default_factory=dict)
    stage: str = ""
    before: int = 0

    def stratum(self, strata: Sequence[str]) -> tuple[str, ...]:
        """Return where the person belongs, in words."""
        said = {
            "school": self.school.name,
            "group": next(iter(self.groups.values()), NO_GROUP),
            "stage": self.stage or NO_STAGE,
        }
        return tuple(said[one] for one in strata)

    def candidate(self, strata: Sequence[str]) -> Candidate:
        """Return the person as the drawing sees her."""
        return Candidate(str(self.teacher.uid), self.stratum(strata), self.number, self.before)


def people_of(organisation: Organisation, on: date) -> list[Person]:
    """Return the teachers of `organisation` and all below, each once; five statements."""
    posts = Post.objects.on(on).filter(
        organisation__path__startswith=organisation.path,
        organisation__is_school=True,
        teacher__is_active=True,
    )
    found: dict[int, Person] = {}
    for post in posts.select_related("teacher", "organisation").order_by(
        "teacher__pinyin", "teacher_id", "-role__order", "pk"
    ):
        person = found.setdefault(post.teacher_id, Person(post.teacher, post.organisation))
        person.number = person.number or post.job_number
    for pk, groups in groups_of(found, on).items():
        found[pk].groups = groups
    _add_stages(found, on)
    for pk, times in _before(found).items():
        found[pk].before = times
    return list(found.values())


def groups_of(teachers: Iterable[int], on: date) -> dict[int, dict[str, str]]:
    """Return uid and name of the living groups of each of `teachers`; bodies that govern are none.

    Those are the groups in which nobody checks another.
    """
    rows = Membership.objects.filter(
        held_on(on), teacher__in=list(teachers), unit__ends_on=None, unit__kind__governs=""
    )
    found: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for pk, uid, name in rows.order_by("unit__kind__order", "unit_id").values_list(
        "teacher_id", "unit__uid", "unit__name"
    ):
        found[pk][str(uid)] = name
    return found


def _add_stages(found: dict[int, Person], on: date) -> None:
    rows = TierHolding.objects.on(on).filter(teacher__in=found, tier__is_honour=False)
    for pk, name in rows.order_by("tier__order", "pk").values_list("teacher_id", "tier__name"):
        found[pk].stage = found[pk].stage or name


def _before(found: Iterable[int]) -> dict[int, int]:
    """Return how often each was drawn before."""
    rows = Sampled.objects.filter(teacher__in=list(found), check_of__called_off_at=None)
    counted = rows.order_by().values("teacher").annotate(times=Count("pk"))
    return {row["teacher"]: row["times"] for row in counted}


def audit_for(organisation: Organisation, on: date) -> Audit | None:
    """Return how the first scheme in force that says so checks by sample."""
    found = checking_scheme(organisation, on)
    return found.audit if found else None


def checking_scheme(organisation: Organisation, on: date) -> Scheme | None:
    """Return the first scheme in force that says how one checks by sample."""
    return next((one for one in schemes_on(organisation, on) if one.audit), None)


def can_check_instead(row: Sampled, on: date) -> list[Teacher]:
    """Return who can look at `row` in place of its checker; nobody of the same group."""
    others = [one for one in can_check(row.check_of.organisation, on) if one.pk != row.teacher_id]
    groups = groups_of([row.teacher_id, *(one.pk for one in others)], on)
    own = groups.get(row.teacher_id, {}).keys()
    return [
        one for one in others if one.pk != row.checker_id and own.isdisjoint(groups.get(one.pk, {}))
    ]


def can_check(organisation: Organisation, on: date) -> "QuerySet[Teacher]":
    """Return who is usually asked to check: leaders of groups, and posts that recognise hours."""
    roles = [role.pk for role in Role.objects.all() if "recognise_hours" in role.rights]
    inside = Q(organisation__path__startswith=organisation.path)
    posts = Post.objects.on(on).filter(
        inside | Q(organisation__in=organisation.lineage), teacher=OuterRef("pk"), role__in=roles
    )
    leading = Membership.objects.on(on).filter(
        teacher=OuterRef("pk"),
        unit__organisation__path__startswith=organisation.path,
        unit__ends_on=None,
        unit__kind__governs="",
        duty__in=[Membership.Duty.LEADER, Membership.Duty.DEPUTY],
    )
    rows = Teacher.objects.filter(Exists(posts) | Exists(leading), is_active=True)
    return rows.order_by("pinyin", "pk")


@dataclass(frozen=True)
class Read:
    """One record as a checker reads it: what happened, and what each scheme gave."""

    record: Record
    link: Link | None
    given: Sequence[tuple[Scheme, Any, str]]
    """The scheme, its award or None where it counts nothing, and what it calls the unit."""


@dataclass(frozen=True)
class Reading:
    """What a checker reads: the schemes that count something of it, and the records."""

    schemes: Sequence[Scheme]
    records: Sequence[Read]


def records_to_check(teacher: Teacher, span: Span, reader: Teacher) -> Reading:
    """Return the living records of `teacher` within `span`, with the links that `reader` may open.

    Two statements, and one more for a scheme that was written here, the first time.
    """
    rows = Record.objects.filter(
        teacher=teacher,
        withdrawn_at=None,
        happened_on__gte=span.start,
        happened_on__lt=span.end,
    )
    found = with_links(rows.order_by("happened_on", "pk"), reader)
    awards = with_entries(Award.objects.filter(record__in=[row.pk for row, _ in found], valid=True))
    living = [
        one for one in awards.defer("steps").order_by("scheme", "round") if not one.is_reversed
    ]
    newest = {one.scheme: one for one in living}
    schemes = [scheme_of(one.scheme, one.version, one.digest) for one in newest.values()]
    by_record = {(one.record_id, one.scheme): one for one in living}

    def given(row: Record) -> list[tuple[Scheme, Any, str]]:
        awards = [(scheme, by_record.get((row.pk, scheme.id))) for scheme in schemes]
        return [(scheme, one, scheme.unit_label(one.unit) if one else "") for scheme, one in awards]

    return Reading(schemes, [Read(row, link, given(row)) for row, link in found])
