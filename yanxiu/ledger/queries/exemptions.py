"""Who is excused from what, and which leaves nobody has yet turned into an exemption."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.spans import Span
from yanxiu.ledger.models import Exemption
from yanxiu.ledger.queries.schemes import schemes_on
from yanxiu.ledger.rules.persons import Exempt
from yanxiu.people.models import Departure, Leave, Organisation, Post, Teacher

FOREVER: Final = date(2200, 1, 1)
"""The end of an exemption that has none yet."""

WORDS: Final = {
    "maternity": _("产假"),
    "sick_over_90_days": _("病假超过90天"),
    "secondment": _("借调、支教"),
    "full_time_study": _("脱产学习"),
    "retiring": _("周期内退休"),
    "retiring_in_cycle": _("周期内退休"),
    "new": _("新入职"),
    "other": _("其他"),
}
"""What reasons are called where the scheme does not say."""

LEAVES: Final = {
    Leave.Kind.MATERNITY: ("maternity", "parental"),
    Leave.Kind.SICK: ("sick_over_90_days", "sick_leave", "sick"),
    Leave.Kind.SECONDED: ("secondment",),
    Leave.Kind.STUDY: ("full_time_study",),
}
"""Which reasons a kind of leave can be; the first that the scheme knows is proposed."""

LONG = timedelta(days=90)
"""A sick leave is proposed when it lasts longer than this."""


@dataclass(frozen=True)
class Reason:
    """One reason that can be chosen; `effect` is what the scheme says of it, "" if nothing."""

    code: str
    title: str
    effect: str = ""
    source: str = ""


@dataclass(frozen=True)
class Proposal:
    """A leave on the roster for which there is no exemption yet."""

    teacher: Teacher
    reason: Reason
    starts_on: date
    ends_on: date | None
    leave: Leave | None = None


def exempt_spans(teachers: Iterable[int]) -> dict[int, tuple[Exempt, ...]]:
    """Return what each of `teachers` (primary keys) is excused from; one statement."""
    found: defaultdict[int, list[Exempt]] = defaultdict(list)
    rows = Exemption.objects.living().filter(teacher__in=list(teachers))
    for pk, reason, start, end in rows.order_by("starts_on", "id").values_list(
        "teacher_id", "reason", "starts_on", "ends_on"
    ):
        found[pk].append(Exempt(reason, Span(start, end or FOREVER)))
    return {pk: tuple(spans) for pk, spans in found.items()}


def reasons_for(organisation: Organisation, on: date) -> list[Reason]:
    """Return the reasons that the schemes in force know, then those that only get noted."""
    found: dict[str, Reason] = {}
    for scheme in schemes_on(organisation, on):
        for one in getattr(scheme, "exemptions", ()):
            title = getattr(one, "title", "") or str(WORDS.get(one.reason, one.reason))
            found.setdefault(one.reason, Reason(one.reason, title, one.effect, one.source))
    for code, word in WORDS.items():
        if code not in found and not (code == "retiring_in_cycle" or "retiring_in_cycle" in found):
            found[code] = Reason(code, str(word))
    return list(found.values())


def reason_word(organisation: Organisation, on: date, code: str) -> str:
    """Return what a reason is called."""
    known = {one.code: one.title for one in reasons_for(organisation, on)}
    return known.get(code, str(WORDS.get(code, code)))


def proposals(schools: "QuerySet[Organisation]", on: date, reasons: list[Reason]) -> list[Proposal]:
    """Return leaves of people of `schools` that no exemption covers yet; two statements.

    What the roster knows is not asked again: a leave becomes an exemption by one tap.
    """
    known = {one.code: one for one in reasons}
    here = Post.objects.on(on).filter(teacher=OuterRef("teacher"), organisation__in=schools)
    covered = Exemption.objects.filter(teacher=OuterRef("teacher")).filter(
        Q(leave=OuterRef("pk"))
        | (
            Q(starts_on__lte=OuterRef("starts_on"))
            & (Q(ends_on=None) | Q(ends_on__gte=OuterRef("ends_on")))
        )
    )
    rows = Leave.objects.filter(Exists(here), ~Exists(covered), kind__in=LEAVES)
    found = []
    for leave in rows.select_related("teacher").order_by("-starts_on", "teacher__pinyin")[:50]:
        if leave.kind == Leave.Kind.SICK and (leave.ends_on or on) - leave.starts_on <= LONG:
            continue
        codes = LEAVES[Leave.Kind(leave.kind)]
        reason = next((known[code] for code in codes if code in known), None)
        reason = reason or Reason(codes[0], str(WORDS.get(codes[0], codes[0])))
        found.append(Proposal(leave.teacher, reason, leave.starts_on, leave.ends_on, leave))
    return found + _retiring(schools, on, known)


def _retiring(
    schools: "QuerySet[Organisation]", on: date, known: dict[str, Reason]
) -> list[Proposal]:
    """Return those who have a day of retirement ahead and no exemption for it."""
    code = "retiring_in_cycle" if "retiring_in_cycle" in known else "retiring"
    covered = Exemption.objects.filter(teacher=OuterRef("teacher"), reason=code)
    rows = Departure.objects.filter(
        ~Exists(covered), kind=Departure.Kind.RETIREMENT, organisation__in=schools, on__gt=on
    )
    reason = known.get(code) or Reason(code, str(WORDS[code]))
    return [Proposal(row.teacher, reason, on, None) for row in rows.select_related("teacher")[:50]]
