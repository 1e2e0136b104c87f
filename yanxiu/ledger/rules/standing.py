"""达标情况: what all records of one teacher amount to on a day, requirement by requirement."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any, Final
from uuid import UUID

from yanxiu.kernel.amounts import PLACES, credit_amount, hours
from yanxiu.kernel.spans import Span
from yanxiu.ledger.rules.amounts import NOTHING, exact, fixed
from yanxiu.ledger.rules.calendars import Calendar
from yanxiu.ledger.rules.counting import Setting, count, in_order
from yanxiu.ledger.rules.excusing import extending
from yanxiu.ledger.rules.gating import closing, outside_of
from yanxiu.ledger.rules.lines import Earned, Line
from yanxiu.ledger.rules.persons import ANYONE, Person
from yanxiu.ledger.rules.plan import plan_of
from yanxiu.ledger.rules.results import Counted, RequirementStanding, Standing, Totals
from yanxiu.ledger.rules.schemes import Requirement, Scheme
from yanxiu.ledger.rules.settling import Settled, Tally, Terms, for_tiers
from yanxiu.ledger.rules.telling import last_steps, scope_word, trace

__all__ = [
    "Counted",
    "RequirementStanding",
    "Standing",
    "Totals",
    "counted_lines",
    "standing",
    "would_add",
]

_SCOPES: Final = ("semester", "year", "cycle")
_CHOICES: Final = "项"


@dataclass(frozen=True)
class _Question:
    """What is asked, with the lines once without and once with the pending ones."""

    terms: Terms
    around: date
    now: Tally
    then: Tally


def standing(
    scheme: Scheme,
    posted: Iterable[Earned],
    pending: Iterable[Earned] = (),
    *,
    on: date,
    semester: Span | None = None,
    semesters: Sequence[Span] = (),
    tiers: Collection[str] = (),
    person: Person | None = None,
    around: date | None = None,
) -> Standing:
    """Return where a teacher stands on the day `on`.

    Args:
        scheme: the rules; amounts already earned are taken as they are.
        posted: entries in force; a reversed entry and its counter-entry are both left out.
        pending: awards that no final step has posted, or such as are only planned; the order of
            either makes no difference.
        on: the day; what was earned later is not looked at.
        semester: the school's own term around `on`; without it the scheme's usual one.
        semesters: further terms of the school, so that its past thresholds fall as it lived them.
        tiers: the teacher's tiers on that day, beside those of `person`.
        person: who the teacher is; without it somebody of whom nothing is known.
        around: the day whose periods are told, for a year that is over on the day `on`.
    """
    known = [*semesters, *([semester] if semester and semester not in semesters else [])]
    terms = _terms(scheme, person or ANYONE, on, tiers, tuple(known))
    entered = [each for each in posted if each.earned_on <= on]
    waiting = [each for each in pending if each.earned_on <= on]
    now = _tally(terms, entered)
    then = _tally(terms, [*entered, *waiting]) if waiting else now
    question = _Question(terms, around or on, now, then)
    semester_totals, year_totals, cycle_totals = (_totals(question, scope) for scope in _SCOPES)
    return Standing(
        scheme=scheme.id,
        version=scheme.version,
        digest=scheme.digest,
        title=scheme.title,
        on=on,
        requirements=tuple(_requirements(question)),
        semester=semester_totals,
        year=year_totals,
        cycle=cycle_totals,
        counted=_counted(scheme, now.lines, then.lines),
    )


def counted_lines(
    scheme: Scheme,
    posted: Iterable[Earned],
    *,
    on: date,
    person: Person | None = None,
    semesters: Sequence[Span] = (),
) -> tuple[list[Line], Calendar]:
    """Return what counts, line by line, also what came about without a record; and the calendar."""
    terms = _terms(scheme, person or ANYONE, on, (), tuple(semesters))
    return _tally(terms, [each for each in posted if each.earned_on <= on]).lines, terms.calendar


def _terms(
    scheme: Scheme, person: Person, on: date, tiers: Collection[str], semesters: tuple[Span, ...]
) -> Terms:
    calendar = Calendar(scheme.cycle, semesters, person.cycle_from, extending(scheme, person))
    return Terms(plan_of(scheme), calendar, person, person.tiers.union(tiers), on)


def _tally(terms: Terms, earned: list[Earned]) -> Tally:
    tiers = frozenset(terms.tiers)
    outside = outside_of(terms)
    setting = Setting(
        terms.plan, terms.calendar, terms.person, tiers, terms.on, outside, terms.begun
    )
    lines = in_order(setting, earned)
    return Tally(terms, count(setting, lines, closing(setting, terms, lines)))


def would_add(
    scheme: Scheme,
    posted: Iterable[Earned],
    pending: Iterable[Earned],
    planned: Iterable[Earned],
    *,
    on: date,
    **known: Any,
) -> dict[str, Decimal]:
    """Return by requirement what `planned` would add to what is recognised and pending.

    Args:
        scheme: the rules.
        posted: entries in force.
        pending: awards that are not posted yet.
        planned: what would be earned; records made up for what is coming.
        on: the day until which to look, such as the end of the year.
        known: what `standing` is told besides.
    """
    entered, waiting = list(posted), list(pending)
    before = standing(scheme, entered, waiting, on=on, **known)
    after = standing(scheme, entered, [*waiting, *planned], on=on, **known)
    have = {each.id: each.recognised + each.pending for each in before.requirements}
    return {
        each.id: max(NOTHING, each.recognised + each.pending - have.get(each.id, NOTHING))
        for each in after.requirements
    }


def _counted(scheme: Scheme, posted: list[Line], together: list[Line]) -> dict[UUID, Counted]:
    """Return posted records as they count now, and pending ones as they would."""
    words = {unit: scheme.unit_label(unit) for unit in ("hour", "credit")}
    found: dict[UUID, Counted] = {}
    for lines in (posted, together) if together is not posted else (posted,):
        is_pending = lines is not posted
        for line in lines:
            earned = line.earned
            uid = earned.record_uid
            if line.virtual is not None or uid in found:
                continue
            rule = line.rule
            said = (rule.id, rule.source) if rule else ("", "")
            found[uid] = Counted(
                uid,
                earned.earned_on,
                earned.unit,
                earned.amount,
                line.left,
                is_pending,
                (*said, words[earned.unit]),
                tuple(line.cuts),
                tuple(line.notes),
            )
    return found


def _requirements(question: _Question) -> Iterable[RequirementStanding]:
    terms = question.terms
    cycle = terms.calendar.span("cycle", question.around)
    for number, requirement in enumerate(terms.plan.scheme.requirements):
        span = terms.span(requirement, question.around)
        if span is None or span.start > terms.on or span.end <= cycle.start:
            continue
        now = question.now.settle(number, span).get(number)
        then = question.then.settle(number, span).get(number)
        if now is not None and then is not None:
            yield _requirement(question, number, span, now, then)


def _requirement(
    question: _Question, number: int, span: Span, now: Settled, then: Settled
) -> RequirementStanding:
    scheme, terms = question.terms.plan.scheme, question.terms
    requirement = scheme.requirements[number]
    pending = max(NOTHING, then.reached - now.reached)
    required = max(now.asked.amount, then.asked.amount)  # a share may fall, too
    lack = max(NOTHING, required - now.reached - pending)
    missing = _to_be_added(requirement, terms, span, lack)
    own = question.now.lines_of(number, span)
    both = own if question.then is question.now else question.then.lines_of(number, span)
    window = terms.plan.scheme.make_up and question.now.make_up_window(span)
    amounts = (now.asked.amount, now.reached, pending, missing)
    excess = _excess(requirement, terms, span, now)
    traced = [] if requirement.choices else trace(scheme, own, requirement)
    return RequirementStanding(
        id=requirement.id,
        title=requirement.title,
        scope=requirement.scope,
        scope_label=scope_word(scheme, requirement.scope),
        span=span,
        unit=requirement.unit,
        unit_label=_CHOICES if requirement.choices else scheme.unit_label(requirement.unit),
        required=now.asked.amount,
        recognised=now.reached,
        pending=pending,
        missing=missing,
        severity=requirement.severity,
        partition=requirement.partition,
        source=requirement.source,
        steps=(*traced, *last_steps(scheme, requirement, now, amounts, excess)),
        record_uids=tuple(dict.fromkeys(line.earned.record_uid for line in both)),
        parent=requirement.parent,
        applies_to=requirement.applies_to,
        within=requirement.within,
        excess=excess,
        borrowed=now.carried + now.substituted + now.made_up,
        waived=now.asked.waived,
        deadline=min(
            window.last if window and requirement.scope == "year" else span.last,
            requirement.count_to or date.max,
        ),
        count_from=requirement.count_from or date.min,
        choices=tuple(
            (each.applies_to, *each.within)
            for each in (terms.plan.asked_by_id[name][1] for name in requirement.choices)
        ),
    )


def _to_be_added(requirement: Requirement, terms: Terms, span: Span, lack: Decimal) -> Decimal:
    """Return what is missing: of a share more than its lack, for it grows with its whole."""
    share = requirement.least_share
    part = share.on(terms.day_in(span)) if share else None
    if part is None or not lack or exact(part) == 1:
        return lack
    more = exact(lack) / (1 - exact(part))
    return max(lack, (Decimal(more.numerator) / more.denominator).quantize(PLACES, ROUND_CEILING))


def _excess(requirement: Requirement, terms: Terms, span: Span, now: Settled) -> Decimal:
    day, most = terms.day_in(span), None
    if requirement.maximum:
        most = for_tiers(requirement.maximum, day, terms.tiers)
    share = requirement.most_share.on(day) if requirement.most_share else None
    if share is not None:
        part = fixed(exact(now.whole) * exact(share))
        most = part if most is None else min(most, part)
    return NOTHING if most is None else max(NOTHING, now.reached - most)


def _totals(question: _Question, scope: str) -> Totals:
    span = question.terms.calendar.span(scope, question.around)
    now, then = question.now, question.then
    own = now.inside(span, scope)
    in_hours, in_credits = now.amount(own, "hour"), now.amount(own, "credit")
    both_hours, both_credits = in_hours, in_credits
    if then is not now:
        both = then.inside(span, scope)
        both_hours, both_credits = then.amount(both, "hour"), then.amount(both, "credit")
    return Totals(
        span=span,
        hours=hours(in_hours),
        credits=credit_amount(in_credits),
        pending_hours=hours(max(NOTHING, both_hours - in_hours)),
        pending_credits=credit_amount(max(NOTHING, both_credits - in_credits)),
    )
