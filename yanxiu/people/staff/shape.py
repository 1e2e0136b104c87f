"""The structure of the staff: age, education, subject by tier."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from yanxiu.people.models import (
    Organisation,
    Tier,
    TierHolding,
    WorkforceSetting,
)
from yanxiu.people.staff.who import honour_tiers, tiers_at_least, working_in

EDUCATIONS = (
    "博士研究生", "硕士研究生", "研究生", "本科", "大专", "中专", "高中", "初中", "小学"
)  # fmt: skip
"""From high to low; "at least" counts all that stand before."""

COLLEGE = "大专"
_OPEN_END = 200
BANDS = ((0, 30), (30, 35), (35, 40), (40, 45), (45, 50), (50, 55), (55, _OPEN_END))


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
