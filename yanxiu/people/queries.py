"""Reading people, units and organisations across rows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from yanxiu.people.gaps import Gap, gaps
from yanxiu.people.models import (
    LogInCode,
    Membership,
    Organisation,
    Post,
    Teacher,
    TierHolding,
    Unit,
)
from yanxiu.people.models.organisation import held_on
from yanxiu.people.models.teacher import today
from yanxiu.people.staff import (
    holders,
    holds_tier_or_above,
    newcomers,
    on_leave,
    tiers_at_least,
)
from yanxiu.texts.keys import key

__all__ = [
    "Gap",
    "Step",
    "TeacherFilter",
    "TeacherLine",
    "first_steps",
    "gaps",
    "holders",
    "holds_tier_or_above",
    "leaders",
    "lines",
    "newcomers",
    "on_leave",
    "organisations",
    "teachers",
    "tiers_at_least",
    "units",
    "without_leader",
]

TAIL = 4
"""Digits of a phone that are enough to look for it."""


@dataclass(frozen=True)
class TeacherFilter:
    """What a list of teachers is narrowed to; empty means all.

    Attributes:
        text: part of the name or its pinyin, a job number, or the last digits of a phone.
        organisation: with all below it.
        state: "" on the roster, "gone" taken off it, "never" on it and never logged in.
    """

    text: str = ""
    organisation: Organisation | None = None
    unit: str = ""
    tier: str = ""
    state: str = ""


def teachers(rows: "QuerySet[Teacher]", wanted: TeacherFilter) -> "QuerySet[Teacher]":
    """Return those of `rows` that `wanted` asks for, by pinyin."""
    rows = rows.filter(is_active=wanted.state != "gone")
    if wanted.state == "never":
        rows = rows.filter(last_login=None)
    here = Post.objects.on(today()).filter(teacher=OuterRef("pk"))
    if wanted.organisation:
        here = here.filter(organisation__path__startswith=wanted.organisation.path)
        rows = rows.filter(Exists(here))
    if wanted.unit:
        members = Membership.objects.on(today()).filter(unit__uid=wanted.unit)
        rows = rows.filter(pk__in=members.values("teacher"))
    if wanted.tier:
        holders = TierHolding.objects.on(today()).filter(tier__name=wanted.tier)
        rows = rows.filter(pk__in=holders.values("teacher"))
    if wanted.text:
        rows = rows.filter(_called(wanted.text.strip()))
    return rows.order_by("pinyin", "pk")


def _called(text: str) -> Q:
    """The condition that a teacher is found by `text`."""
    numbered = Post.objects.on(today()).filter(teacher=OuterRef("pk"), job_number=text)
    found = Q(Exists(numbered))
    if text.isascii() and text.isalpha():
        return found | Q(pinyin__startswith=text.lower())
    if text.isdecimal():
        return found | (Q(phone__endswith=text) if len(text) >= TAIL else Q(pk__in=[]))
    return found | Q(name_key__contains=key(text))


@dataclass
class TeacherLine:
    """A teacher as a list shows it."""

    teacher: Teacher
    job_number: str = ""
    titles: dict[str, None] = field(default_factory=dict)
    schools: dict[str, None] = field(default_factory=dict)
    units: list[str] = field(default_factory=list)


def lines(rows: Iterable[Teacher]) -> list[TeacherLine]:
    """Return one page of teachers with posts and units of today; two statements."""
    found = {row.pk: TeacherLine(row) for row in rows}
    posts = Post.objects.on(today()).filter(teacher__in=found).order_by("role__order", "pk")
    for teacher, title, role, number, school in posts.values_list(
        "teacher_id", "title", "role__name", "job_number", "organisation__name"
    ):
        line = found[teacher]
        line.titles[title or role] = None
        line.schools[school] = None
        line.job_number = line.job_number or number
    seats = Membership.objects.on(today()).filter(teacher__in=found, unit__ends_on=None)
    for teacher, unit in seats.order_by("unit__kind__order", "pk").values_list(
        "teacher_id", "unit__name"
    ):
        found[teacher].units.append(unit)
    return list(found.values())


def first_units(teachers: Iterable[Teacher]) -> dict[int, str]:
    """Return the unit that each of `teachers` joined first, by the primary key; one statement."""
    rows = Membership.objects.on(today()).filter(teacher__in=[one.pk for one in teachers])
    found: dict[int, str] = {}
    for pk, name in rows.order_by("pk").values_list("teacher_id", "unit__name"):
        found.setdefault(pk, name)
    return found


def units(rows: "QuerySet[Unit]") -> "QuerySet[Unit]":
    """Return living units with `member_count` and `leader_count`, as of today."""
    held = held_on(today(), "memberships__") & Q(memberships__teacher__is_active=True)
    leading = held & Q(memberships__duty=Membership.Duty.LEADER)
    return (
        rows.filter(ends_on=None)
        .select_related("kind", "organisation")
        .annotate(
            member_count=Count("memberships", filter=held),
            leader_count=Count("memberships", filter=leading),
        )
        .order_by("organisation__path", "kind__order", "name", "pk")
    )


def leaders(rows: Iterable[Unit]) -> dict[int, list[Teacher]]:
    """Return the leaders of today per unit; one statement."""
    found: dict[int, list[Teacher]] = defaultdict(list)
    leading = Membership.objects.on(today()).filter(
        unit__in=[row.pk for row in rows], duty=Membership.Duty.LEADER, teacher__is_active=True
    )
    for membership in leading.select_related("teacher"):
        found[membership.unit_id].append(membership.teacher)
    return found


def without_leader(day_rows: "QuerySet[Unit]") -> "QuerySet[Unit]":
    """Return those living units that nobody leads today."""
    leading = Membership.objects.on(today()).filter(
        unit=OuterRef("pk"), duty=Membership.Duty.LEADER, teacher__is_active=True
    )
    return day_rows.filter(~Exists(leading), ends_on=None)


def organisations(rows: "QuerySet[Organisation]") -> "QuerySet[Organisation]":
    """Return organisations in the order of the tree with `teacher_count` as of today."""
    held = held_on(today(), "posts__") & Q(posts__teacher__is_active=True)
    return (
        rows.select_related("parent")
        .annotate(teacher_count=Count("posts__teacher", filter=held, distinct=True))
        .order_by("path")
    )


@dataclass(frozen=True)
class Step:
    """One step by which an empty school gets going; `url_name` is where it is done."""

    code: str
    label: str
    hint: str
    url_name: str
    done: bool


def first_steps(
    organisation: Organisation, *, term_set: bool, scheme_adopted: bool
) -> Sequence[Step]:
    """Return the steps that set up `organisation`, in their order; three statements.

    Args:
        organisation: the school.
        term_set: whether a term is in force; terms stand above this app, so the caller knows.
        scheme_adopted: whether hours are reckoned by some scheme; likewise.
    """
    within = {"organisation__path__startswith": organisation.path}
    people: dict[str, Any] = Teacher.objects.filter(
        is_active=True,
        pk__in=Post.objects.on(today()).filter(**within).values("teacher"),
    ).aggregate(all=Count("pk"), begun=Count("last_login"))
    living = Unit.objects.filter(ends_on=None, **within)
    missing = without_leader(living)
    groups = living.aggregate(
        all=Count("pk"), headless=Count("pk", filter=Q(pk__in=missing.values("pk")))
    )
    codes = LogInCode.objects.filter(
        teacher__posts__organisation__path__startswith=organisation.path
    )
    # Alone is the administrator who founded the school.
    rostered = people["all"] > 1
    return [
        Step("school", _("学校已建立"), organisation.name, "people:organisations", done=True),
        Step(
            "term",
            _("设置学期"),
            _("写下开学和结束的日期，周次和学年由此算出"),
            "terms:terms",
            done=term_set,
        ),
        Step(
            "roster",
            _("导入花名册"),
            _("现成的 Excel 就行，导入前先看一遍会怎样"),
            "people:roster",
            done=rostered,
        ),
        Step(
            "leaders",
            _("确认教研组和组长"),
            _("每个组要有组长，活动由组长签到"),
            "people:units",
            done=bool(groups["all"]) and not groups["headless"],
        ),
        Step(
            "scheme",
            _("选择学时方案"),
            _("学时按哪一份办法认定"),
            "ledger:schemes",
            done=scheme_adopted,
        ),
        Step(
            "slips",
            _("打印登录条"),
            _("每人一张，第一次登录用"),
            "people:slips",
            done=people["begun"] > 1 or codes.exists(),
        ),
    ]
