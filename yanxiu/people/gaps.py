"""What is missing in an organisation: one list, to which other apps add their own checks."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.db.models import CharField, Count, F, Q, Value
from django.utils.translation import gettext as _

from yanxiu.people.models import (
    Membership,
    Organisation,
    Post,
    Responsibility,
    ResponsibilityHolder,
    Unit,
)
from yanxiu.people.models.organisation import held_on
from yanxiu.people.models.teacher import today


@dataclass(frozen=True)
class Gap:
    """One thing that is missing.

    Attributes:
        organisation: the primary key of where it is missing.
        code: what is missing, stable.
        sentence: the same for people.
        url_name: the page on which it is mended, if there is one.
        uid: what that page is about.
    """

    organisation: int
    code: str
    sentence: str
    url_name: str = ""
    uid: UUID | None = None


Check = Callable[[Sequence[Organisation]], Iterable[Gap]]
"""Finds the gaps of many organisations in a fixed number of statements."""

_CHECKS: list[Check] = []


def register(check: Check) -> Check:
    """Add a check to the list; an app above calls this at start."""
    if check not in _CHECKS:
        _CHECKS.append(check)
    return check


def gaps(organisation: Organisation) -> list[Gap]:
    """Return what is missing in `organisation` and in everything below it."""
    rows = Organisation.objects.filter(path__startswith=organisation.path).select_related("parent")
    return [gap for found in gaps_of(list(rows)).values() for gap in found]


def gaps_of(organisations: Sequence[Organisation]) -> dict[int, list[Gap]]:
    """Return what is missing, per organisation; as many statements for one as for a county."""
    found: dict[int, list[Gap]] = {row.pk: [] for row in organisations}
    for check in _CHECKS:
        for gap in check(organisations):
            found[gap.organisation].append(gap)
    return found


def stands_alone(organisation: Organisation) -> bool:
    """Tell whether it is a school, and not a department of one."""
    parent = organisation.parent
    return organisation.is_school and not (parent and parent.is_school)


@dataclass(frozen=True)
class Responsible:
    """Somebody who answers for a school, and under which name."""

    teacher: int
    name: str
    uid: UUID
    title: str


def responsible(organisations: Sequence[Organisation], code: str) -> dict[int, list[Responsible]]:
    """Return who answers today as `code` says, per organisation; at most two statements.

    A principal is the first responsible person of a school that has named no other.
    """
    found: dict[int, list[Responsible]] = defaultdict(list)
    holders = ResponsibilityHolder.objects.on(today()).filter(
        responsibility__organisation__in=organisations,
        responsibility__code=code,
        responsibility__retired=False,
        teacher__is_active=True,
    )
    for pk, teacher, name, uid, title in holders.values_list(
        "responsibility__organisation", "teacher", "teacher__name", "teacher__uid",
        "responsibility__name",
    ):  # fmt: skip
        found[pk].append(Responsible(teacher, name, uid, title))
    if code == Responsibility.Code.FIRST:
        posts = Post.objects.on(today()).filter(
            organisation__in=[row for row in organisations if row.pk not in found],
            role__code="principal",
            teacher__is_active=True,
        )
        for pk, teacher, name, uid, title, role in posts.values_list(
            "organisation", "teacher", "teacher__name", "teacher__uid", "title", "role__name"
        ):
            found[pk].append(Responsible(teacher, name, uid, title or role))
    return dict(found)


@register
def _without_first(organisations: Sequence[Organisation]) -> Iterable[Gap]:
    yield from _unanswered(
        organisations, Responsibility.Code.FIRST, _("没有第一责任人：请确定由谁担任，一般是校长")
    )


@register
def _without_research(organisations: Sequence[Organisation]) -> Iterable[Gap]:
    known = offices(organisations)
    usual = _("没有教研负责人：没有教科室的学校，由副校长或教导主任分管")
    with_office = _("没有写明教研负责人：现在在教科室岗位上的是%(names)s，请写明由谁负责")
    for gap in _unanswered(organisations, Responsibility.Code.RESEARCH, usual):
        office = known.get(gap.organisation)
        if office and office.holders:
            yield replace(gap, sentence=with_office % {"names": "、".join(office.holders)})
        else:
            yield gap


def _unanswered(organisations: Sequence[Organisation], code: str, sentence: str) -> Iterable[Gap]:
    named = responsible(organisations, code)
    for row in organisations:
        if stands_alone(row) and row.pk not in named:
            yield Gap(row.pk, f"no-{code}", sentence, "people:chart", row.uid)


@dataclass
class Office:
    """The research office (教科室) of an organisation: whether a unit, and who is on its post."""

    is_unit: bool = False
    holders: list[str] = field(default_factory=list)


def offices(organisations: Sequence[Organisation]) -> dict[int, Office]:
    """Return the research offices there are, per organisation; one statement."""
    units = Unit.objects.filter(
        organisation__in=organisations, kind__code="research_office_unit", ends_on=None
    )
    posts = Post.objects.on(today()).filter(
        organisation__in=organisations, role__code="research_office", teacher__is_active=True
    )
    nobody = Value("", CharField())
    rows = (
        units.order_by()
        .values_list("organisation", nobody, nobody)
        .union(posts.order_by().values_list("organisation", "teacher__pinyin", "teacher__name"))
    )
    found: dict[int, Office] = defaultdict(Office)
    for pk, _pinyin, name in sorted(rows):
        if name:
            found[pk].holders.append(name)
        else:
            found[pk].is_unit = True
    return dict(found)


@register
def _units(organisations: Sequence[Organisation]) -> Iterable[Gap]:
    """Every living unit has its leader and members."""
    held = held_on(today(), "memberships__") & Q(memberships__teacher__is_active=True)
    leading = held & Q(memberships__duty=Membership.Duty.LEADER)
    rows = (
        Unit.objects.filter(organisation__in=organisations, ends_on=None)
        .annotate(
            people=Count("memberships", filter=held), heads=Count("memberships", filter=leading)
        )
        .filter(Q(people=0) | Q(heads=0))
        .select_related("kind")
        .order_by("organisation", "kind__order", "name")
    )
    for unit in rows:
        what = {"unit": unit.name, "leader": unit.kind.leader_title}
        if not unit.people:
            code, sentence = "no-members", _("%(unit)s还没有成员") % what
        elif unit.kind.governs:
            code, sentence = "no-head", _("领导机构%(unit)s没有%(leader)s") % what
        else:
            code, sentence = "no-leader", _("%(unit)s没有%(leader)s") % what
        yield Gap(unit.organisation_id, code, sentence, "people:unit", unit.uid)


@register
def _duties(organisations: Sequence[Organisation]) -> Iterable[Gap]:
    """Every duty is filled by as many as it wants; first responsible ones are asked above."""
    rows = (
        Responsibility.objects.filter(
            organisation__in=organisations, retired=False, places__gt=0, code=""
        )
        .filter(Q(unit=None) | Q(unit__ends_on=None))
        .select_related("unit")
        .annotate(held=_held(), seated=_seated())
    )
    for duty in rows:
        if (missing := duty.places - (duty.seated if duty.seat else duty.held)) <= 0:
            continue
        what = {"duty": duty.name, "missing": missing, "unit": duty.unit.name if duty.unit else ""}
        if duty.unit:
            sentence = _("%(unit)s的“%(duty)s”还空着%(missing)s人") % what
        else:
            sentence = _("“%(duty)s”还空着%(missing)s人") % what
        yield Gap(duty.organisation_id, "empty-duty", sentence, "people:appoint", duty.uid)


def _held() -> Count:
    held = held_on(today(), "holders__") & Q(holders__teacher__is_active=True)
    return Count("holders", filter=held, distinct=True)


def _seated() -> Count:
    seat = "unit__memberships__"
    held = held_on(today(), seat) & Q(unit__memberships__teacher__is_active=True)
    held &= Q(unit__memberships__duty=F("seat"))
    return Count("unit__memberships", filter=held, distinct=True)


@register
def _large_without_office(organisations: Sequence[Organisation]) -> Iterable[Gap]:
    """A large school has a research office of its own, a unit and not a post alone."""
    large = [row for row in organisations if row.is_large]
    if not large:
        return
    known = offices(large)
    for row in large:
        office = known.get(row.pk, Office())
        if office.is_unit:
            continue
        sentence = _("规模学校还没有教科室")
        if office.holders:
            sentence = _("规模学校的教科室只有岗位（%(names)s），还没有建成单位") % {
                "names": "、".join(office.holders)
            }
        yield Gap(row.pk, "no-research-office", sentence, "people:unit_new", None)
