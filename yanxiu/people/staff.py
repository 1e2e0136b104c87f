"""Reading the staff as a whole: age, education, tiers, leave, newcomers and goals."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from yanxiu.kernel.spans import Span
from yanxiu.people.models import (
    Departure,
    Leave,
    Organisation,
    Post,
    Skill,
    Teacher,
    TeacherSkill,
    Tier,
    TierHolding,
    WorkforceGoal,
    WorkforceSetting,
)
from yanxiu.people.roster.tiers import place_of

EDUCATIONS = (
    "博士研究生", "硕士研究生", "研究生", "本科", "大专", "中专", "高中", "初中", "小学"
)  # fmt: skip
"""From high to low; "at least" counts all that stand before."""

COLLEGE = "大专"
BANDS = ((0, 30), (30, 35), (35, 40), (40, 45), (45, 50), (50, 55), (55, 200))
_BEFORE_TERM = timedelta(days=62)
_NEWCOMER_YEARS = 3
_OPEN_END = 200


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


def age_on(born: str, day: date) -> int | None:
    """Return the age in full years on `day` of who is born in `born` (1978, 1978-09 or a day)."""
    if not born[:4].isdecimal():
        return None
    birthday = born[5:] or "01-01"
    return day.year - int(born[:4]) - (day.isoformat()[5 : 5 + len(birthday)] < birthday)


@dataclass(frozen=True)
class Member:
    """One teacher with what the structure is reckoned from."""

    pk: int
    name: str
    age: int | None
    education: str
    title: str
    subject: str
    began: str
    tiers: frozenset[int]


def members(organisation: Organisation, day: date) -> list[Member]:
    """Return the staff of `organisation` on `day`; two statements."""
    rows = working_in(organisation, day).order_by("pinyin", "pk")
    held: dict[int, set[int]] = {}
    for teacher, tier in (
        TierHolding.objects.on(day).filter(teacher__in=rows.values("pk").order_by())
    ).values_list("teacher_id", "tier_id"):
        held.setdefault(teacher, set()).add(tier)
    facts = ("pk", "name", "born", "education", "title", "subjects", "started_work")
    return [
        Member(
            pk,
            name,
            age_on(born, day),
            education,
            title,
            subjects[0] if subjects else "",
            began,
            frozenset(held.get(pk, ())),
        )
        for pk, name, born, education, title, subjects, began in rows.values_list(*facts)
    ]


@dataclass(frozen=True)
class Share:
    """How many of a whole; `percent` with one place, None of nothing."""

    label: str
    count: int
    whole: int
    is_low: bool = False

    @property
    def percent(self) -> float | None:
        """The share in per cent."""
        return round(self.count * 100 / self.whole, 1) if self.whole else None


@dataclass(frozen=True)
class MatrixRow:
    """One subject: its teachers by tier and age."""

    subject: str
    total: int
    cells: Sequence[Share]


@dataclass(frozen=True)
class Structure:
    """年龄、学历、职称与学科结构 of a staff on a day."""

    total: int
    young: Share
    college: Share
    ages: Sequence[Share]
    educations: Sequence[Share]
    titles: Sequence[Share]
    heads: Sequence[str]
    matrix: Sequence[MatrixRow]
    unknown_ages: int = 0
    tier: Tier | None = None


def structure(
    staff: Sequence[Member],
    setting: WorkforceSetting,
    tier: Tier | None = None,
    known_tiers: Sequence[Tier] | None = None,
) -> Structure:
    """Reckon the structure of `staff`.

    Args:
        staff: as `members` gives it.
        setting: who is young, who is senior, which share is low.
        tier: whoever holds it or one above stands apart in the matrix; without it, any honour.
        known_tiers: all tiers there are; asked for if not given.
    """
    whole = len(staff)
    known = [one for one in staff if one.age is not None]
    ages = [
        Share(_band(low, high), sum(low <= (one.age or 0) < high for one in known), len(known))
        for low, high in BANDS
    ]
    return Structure(
        total=whole,
        young=Share(
            _("不满%(age)s岁") % {"age": setting.young_below},
            sum((one.age or 0) < setting.young_below for one in known),
            len(known),
        ),
        college=Share(
            _("大专及以上"),
            sum(at_least(one.education, COLLEGE) for one in staff),
            sum(bool(one.education) for one in staff),
        ),
        ages=ages,
        educations=_shares((one.education for one in staff), whole, EDUCATIONS),
        titles=_shares((one.title for one in staff), whole),
        heads=_heads(setting, tier),
        matrix=_matrix(staff, setting, _apart(tier, known_tiers)),
        unknown_ages=whole - len(known),
        tier=tier,
    )


def at_least(education: str, level: str) -> bool:
    """Tell whether `education` is `level` or above."""
    if education not in EDUCATIONS or level not in EDUCATIONS:
        return False
    return EDUCATIONS.index(education) <= EDUCATIONS.index(level)


def _band(low: int, high: int) -> str:
    if not low:
        return _("不满%(age)s岁") % {"age": high}
    if high == _OPEN_END:
        return _("%(age)s岁及以上") % {"age": low}
    return _("%(low)s–%(high)s岁") % {"low": low, "high": high - 1}


def _shares(values: Iterable[str], whole: int, order: Sequence[str] = ()) -> list[Share]:
    counts = Counter(value or _("没有登记") for value in values)

    def place(label: str) -> tuple[int, int]:
        return order.index(label) if label in order else len(order), -counts[label]

    return [Share(label, counts[label], whole) for label in sorted(counts, key=place)]


def _heads(setting: WorkforceSetting, tier: Tier | None) -> list[str]:
    apart = _("%(tier)s及以上") % {"tier": tier.name} if tier else _("有称号")
    ages = [
        _("不满%(age)s岁") % {"age": setting.young_below},
        _("中间"),
        _("满%(age)s岁") % {"age": setting.senior_from},
    ]
    return [f"{kind} · {age}" for kind in (apart, _("其他")) for age in ages]


def honour_tiers(known: Iterable[Tier] | None = None) -> frozenset[int]:
    """Return the primary keys of the tiers that are selected titles; `known` as above."""
    rows = Tier.objects.all() if known is None else known
    return frozenset(row.pk for row in rows if row.is_honour or place_of(row.name)[2])


def _apart(tier: Tier | None, known: Sequence[Tier] | None) -> frozenset[int]:
    if tier:
        return frozenset(tiers_at_least(tier, known))
    return honour_tiers(known)


def _matrix(
    staff: Sequence[Member], setting: WorkforceSetting, apart: frozenset[int]
) -> list[MatrixRow]:
    """Return a line per main subject: those apart and the others, each by three ages."""
    counts: dict[str, Counter[int]] = {}
    totals: Counter[str] = Counter()
    for one in staff:
        subject = one.subject or _("没有登记")
        totals[subject] += 1
        if one.age is None:
            continue
        age = (one.age >= setting.young_below) + (one.age >= setting.senior_from)
        counts.setdefault(subject, Counter())[age + 3 * (not one.tiers & apart)] += 1
    return [
        MatrixRow(subject, total, _cells(counts.get(subject, Counter()), total, setting))
        for subject, total in totals.most_common()
    ]


def _cells(counts: Counter[int], total: int, setting: WorkforceSetting) -> list[Share]:
    return [
        Share("", counts[at], total, is_low=counts[at] * 100 < setting.low_share * total)
        for at in range(6)
    ]


@dataclass(frozen=True)
class GoalValue:
    """Where a goal stands today; `share` is None for what cannot be measured."""

    goal: WorkforceGoal
    share: Share | None
    missing: str = ""

    @property
    def is_reached(self) -> bool:
        """Whether the share is at the target or above."""
        target = self.goal.target_percent
        return bool(
            self.share
            and target is not None
            and self.share.whole
            and self.share.count * 100 >= target * self.share.whole
        )


def goal_values(
    goals: Sequence[WorkforceGoal],
    staff: Sequence[Member],
    setting: WorkforceSetting,
    day: date,
    known_tiers: Sequence[Tier] | None = None,
) -> list[GoalValue]:
    """Reckon where `goals` stand; few statements however many goals."""
    skills = {goal.skill_id for goal in goals if goal.skill_id}
    levels: dict[int, dict[int, int]] = {pk: {} for pk in skills if pk}
    if skills:
        for row in TeacherSkill.objects.filter(skill__in=skills):
            levels[row.skill_id][row.teacher_id] = row.checked or row.rated
    asked = {tier.pk: tier for goal in goals for tier in (goal.tier, goal.population_tier) if tier}
    if known_tiers is None:
        known_tiers = list(Tier.objects.all()) if asked else []
    tiers = {pk: frozenset(_at_least(tier, known_tiers)) for pk, tier in asked.items()}
    ground = _Ground(setting, levels, tiers, day)
    return [_goal_value(goal, staff, ground) for goal in goals]


@dataclass(frozen=True)
class _Ground:
    """What all goals of a page are reckoned with."""

    setting: WorkforceSetting
    levels: Mapping[int, Mapping[int, int]]
    tiers: Mapping[int, frozenset[int]]
    day: date


def _goal_value(goal: WorkforceGoal, staff: Sequence[Member], ground: _Ground) -> GoalValue:
    levels, tiers = ground.levels, ground.tiers
    asked = [one for one in staff if _is_meant(one, goal, ground)]
    kind = WorkforceGoal.Indicator
    if goal.target_percent is None or goal.indicator == kind.NONE:
        return GoalValue(goal, None, _("没有指标或目标百分比，还不能衡量。"))
    if goal.indicator in {kind.SKILL, kind.SKILLED} and goal.skill_id:
        least = 3 if goal.indicator == kind.SKILLED else 2
        there = sum(levels[goal.skill_id].get(one.pk, 0) >= least for one in asked)
    elif goal.indicator == kind.TIER and goal.tier_id:
        there = sum(bool(one.tiers & tiers[goal.tier_id]) for one in asked)
    elif goal.indicator == kind.EDUCATION and goal.education in EDUCATIONS:
        there = sum(at_least(one.education, goal.education) for one in asked)
    else:
        return GoalValue(goal, None, _("指标没有写全，还不能衡量。"))
    return GoalValue(goal, Share(goal.text, there, len(asked)))


def _is_meant(one: Member, goal: WorkforceGoal, ground: _Ground) -> bool:
    kind, day = WorkforceGoal.Population, ground.day
    if goal.population == kind.YOUNG:
        return one.age is not None and one.age < ground.setting.young_below
    if goal.population == kind.NEWCOMERS:
        return one.began >= f"{day.year - _NEWCOMER_YEARS}{day.isoformat()[4:]}"
    if goal.population == kind.TIER:
        meant = goal.population_tier_id
        return bool(meant and one.tiers & ground.tiers[meant])
    if goal.population == kind.SUBJECT:
        return one.subject == goal.population_subject
    return True


@dataclass(frozen=True, order=True)
class Moment:
    """One thing in the path of a teacher, from a day and perhaps until one."""

    on: date
    text: str = field(compare=False)
    kind: str = field(compare=False)
    until: date | None = field(compare=False, default=None)


def path_of(teacher: Teacher, *, with_leave: bool) -> list[Moment]:
    """Return who this teacher was when and where, latest first; five statements.

    Args:
        teacher: whose path.
        with_leave: whether the reader may know of leave.
    """
    found = [
        Moment(
            row.starts_on,
            _("%(school)s · %(post)s") % {
                "school": row.organisation.name, "post": row.title or row.role.name
            },
            _("任职"),
            row.ends_on,
        )
        for row in teacher.posts.select_related("organisation", "role")
    ]  # fmt: skip
    found += [
        Moment(
            row.starts_on,
            _("%(unit)s · %(duty)s") % {"unit": row.unit.name, "duty": row.get_duty_display()},
            _("单位"),
            row.ends_on,
        )
        for row in teacher.memberships.select_related("unit")
    ]
    found += [
        Moment(row.starts_on, row.tier.name, _("称号"), row.ends_on)
        for row in teacher.tiers.select_related("tier")
    ]
    if with_leave:
        found += [
            Moment(row.starts_on, row.get_kind_display(), _("离岗"), row.ends_on)
            for row in Leave.objects.filter(teacher=teacher)
        ]
    found += [_departure(row) for row in _departures(teacher)]
    # One post as principal and one as teacher, both called 副校长, are one thing to a reader.
    return sorted({(one.on, one.text): one for one in found}.values(), reverse=True)


def _departures(teacher: Teacher) -> "QuerySet[Departure]":
    return Departure.objects.filter(teacher=teacher).select_related("organisation", "to")


def _departure(row: Departure) -> Moment:
    where = row.to.name if row.to else row.to_text
    said = _("离开%(school)s，%(kind)s") % {
        "school": row.organisation.name,
        "kind": row.get_kind_display(),
    }
    return Moment(row.on, _("%(said)s：%(where)s") % {"said": said, "where": where} if where
                  else said, _("去向"))  # fmt: skip


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
