"""For whom a training is meant: an audience is a short code that is read on the day.

`all`, `leaders`, `unit:<uid>`, `tier:<key>`, `role:<code>`, `title:<word>` or `subject:<word>`,
always within one organisation and all below it.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from yanxiu.people.models import (
    Membership,
    Organisation,
    Post,
    Role,
    Teacher,
    Tier,
    TierHolding,
    Unit,
)
from yanxiu.people.models.organisation import held_on
from yanxiu.texts.numerals import whole_number

ALL = "all"
LEADERS = "leaders"
MOST_TITLES = 40
MOST_UNITS = 80


def staff(organisation: Organisation, on: date) -> "QuerySet[Teacher]":
    """Return the people with a post on the day in `organisation` or below, by pinyin."""
    posts = Post.objects.filter(held_on(on), organisation__path__startswith=organisation.path)
    rows = Teacher.objects.filter(is_active=True, pk__in=posts.values("teacher"))
    return rows.order_by("pinyin", "pk")


def people_of(organisation: Organisation, audience: str, on: date) -> "QuerySet[Teacher]":
    """Return who belongs to `audience` on the day; an unknown code is nobody."""
    everybody = staff(organisation, on)
    kind, _colon, value = audience.partition(":")
    if kind == ALL:
        return everybody
    if kind == "subject":
        return everybody.filter(pk__in=_of_subject(everybody, organisation, value, on))
    return everybody.filter(_condition(organisation, kind, value, on))


def _condition(organisation: Organisation, kind: str, value: str, on: date) -> Q:
    within = {"organisation__path__startswith": organisation.path}
    if kind == LEADERS:
        leading = Membership.objects.filter(
            held_on(on), duty=Membership.Duty.LEADER,
            unit__organisation__path__startswith=organisation.path,
        )  # fmt: skip
        return Q(pk__in=leading.values("teacher"))
    if kind == "unit" and _is_uid(value):
        members = Membership.objects.filter(held_on(on), unit__uid=value)
        return Q(pk__in=members.values("teacher"))
    if kind == "tier" and (tier := whole_number(value)):
        holders = TierHolding.objects.filter(held_on(on), tier=tier)
        return Q(pk__in=holders.values("teacher"))
    if kind in {"role", "title"}:
        word = {"role__code": value} if kind == "role" else {"title__contains": value}
        return Q(pk__in=Post.objects.filter(held_on(on), **within, **word).values("teacher"))
    return Q(pk__in=[])


def _is_uid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _of_subject(
    everybody: "QuerySet[Teacher]", organisation: Organisation, subject: str, on: date
) -> list[int]:
    """Who teaches `subject`, or is in a group of that subject; JSON is looked at here."""
    own = [pk for pk, found in everybody.values_list("pk", "subjects") if subject in (found or ())]
    groups = Membership.objects.filter(
        held_on(on), unit__subject=subject, unit__organisation__path__startswith=organisation.path
    )
    return sorted({*own, *groups.values_list("teacher_id", flat=True)})


def choices(organisation: Organisation, on: date) -> list[tuple[str, str]]:
    """Return the audiences that a form offers, the widest first; three statements."""
    within = {"organisation__path__startswith": organisation.path}
    posts = Post.objects.filter(held_on(on), **within)
    titles = posts.exclude(title="").values_list("title", flat=True).distinct()[:MOST_TITLES]
    tiers = Tier.objects.filter(Q(organisation=None) | Q(organisation__in=_upwards(organisation)))
    units = list(
        Unit.objects.filter(ends_on=None, **within).order_by("kind__order", "name")[:MOST_UNITS]
    )
    subjects = sorted({unit.subject for unit in units if unit.subject})
    return [
        (ALL, str(_("全体教师"))),
        (LEADERS, str(_("教研组长等组长"))),
        *((f"title:{title}", title) for title in sorted(set(titles))),
        *((f"tier:{tier.pk}", tier.name) for tier in tiers),
        *((f"subject:{each}", _("%(subject)s教师") % {"subject": each}) for each in subjects),
        *((f"unit:{unit.uid}", unit.name) for unit in units),
    ]


def _upwards(organisation: Organisation) -> list[int]:
    return organisation.lineage


def labels(audiences: Iterable[str]) -> dict[str, str]:
    """Return what each of `audiences` is called; at most three statements."""
    codes = set(audiences)
    parts = {code: code.partition(":")[::2] for code in codes}
    units = [value for kind, value in parts.values() if kind == "unit" and _is_uid(value)]
    tiers = [pk for kind, value in parts.values() if kind == "tier" and (pk := whole_number(value))]
    roles = [value for kind, value in parts.values() if kind == "role"]
    names = {ALL: _("全体教师"), LEADERS: _("教研组长等组长")}
    if units:
        names |= {f"unit:{row.uid}": row.name for row in Unit.objects.filter(uid__in=units)}
    if tiers:
        names |= {f"tier:{row.pk}": row.name for row in Tier.objects.filter(pk__in=tiers)}
    if roles:
        names |= {f"role:{row.code}": row.name for row in Role.objects.filter(code__in=roles)}
    for code, (kind, value) in parts.items():
        if kind == "title":
            names[code] = value
        elif kind == "subject":
            names[code] = _("%(subject)s教师") % {"subject": value}
    return {code: str(names.get(code, _("已不存在的范围"))) for code in codes}


def label(audience: str) -> str:
    """Return what one audience is called."""
    return labels([audience])[audience]
