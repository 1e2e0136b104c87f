"""Who would gain or lose what under another scheme, before anybody publishes or adopts it."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.jobs import actions as jobs
from yanxiu.kernel.amounts import plain
from yanxiu.kernel.spans import day_of
from yanxiu.ledger.actions.looking import note_look
from yanxiu.ledger.models import ReckonedTeacher, Reckoning, SchemeFile
from yanxiu.ledger.queries import looks
from yanxiu.ledger.queries.comparing import (
    Deeds,
    deeds,
    earned_under,
    reckon,
    stand,
    teachers_below,
)
from yanxiu.ledger.queries.schemes import parsed, scheme_of
from yanxiu.ledger.rules.amounts import shown
from yanxiu.ledger.rules.calendars import Calendar
from yanxiu.ledger.rules.counting import Earned
from yanxiu.ledger.rules.facts import DIMENSIONS, Facts
from yanxiu.ledger.rules.likening import Likeness
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.ledger.rules.standing import Standing
from yanxiu.ledger.wording import kind_word
from yanxiu.people.access import require_right
from yanxiu.people.models import Organisation, Teacher

COMPARE: Final = "ledger.compare"
EXAMPLES: Final = 3
AT_ONCE: Final = 200

Told = Callable[[int, int, str], None]
"""Tells how far it is: done, of how many, what comes now."""


@dataclass(frozen=True)
class Difference:
    """One teacher before and after; `met` and `missed` are requirements newly met or missed.

    Where the units of the schemes cannot be compared (`is_like`), each amount is in its own.
    """

    before: Decimal
    after: Decimal
    records: int
    met: list[str]
    missed: list[str]
    turns: str
    changed: list[Facts]
    is_like: bool = True

    @property
    def way(self) -> str:
        """Whether it is more, less or the same; "" where that cannot be told."""
        if not self.is_like:
            return ""
        if self.after == self.before:
            return "stay"
        return "gain" if self.after > self.before else "lose"


@dataclass(frozen=True)
class Question:
    """Which schemes are compared where; records from `since` to `on` are looked at."""

    organisation: Organisation
    old: Scheme
    new: Scheme
    since: date
    on: date

    @cached_property
    def likeness(self) -> Likeness:
        """How the two are set side by side."""
        return Likeness(self.old, self.new, self.on)


@dataclass
class Tally:
    """What has been counted so far: numbers by school, and a few examples without names."""

    schools: dict[int, Counter[str]] = field(default_factory=dict)
    examples: list[dict[str, Any]] = field(default_factory=list)
    teachers: int = 0
    records: int = 0
    changed: int = 0
    unmoved: int = 0
    """For whom single records come to something else, but neither the year nor a requirement."""


def start_comparison(
    organisation: Organisation,
    *,
    old: tuple[str, str],
    new: tuple[str, str] | SchemeFile,
    by: Teacher,
    at: datetime,
) -> Reckoning:
    """Compare two schemes over all teachers of `organisation` in the background.

    Args:
        organisation: the place, with all below it.
        old: id and version of what is in force.
        new: id and version, or a draft, which is compared as it is now.
        by: who wants to know.
        at: when, aware; the year of this day is compared.

    Raises:
        NotAllowed: `by` does not manage the schemes of `organisation`.
        SchemeUnreadable: there is a slip in the draft.
        SchemeUnknown: there is no such scheme.
    """
    require_right(by, "manage_terms", organisation)
    before = scheme_of(*old)
    file = new if isinstance(new, SchemeFile) else None
    after = parsed(file.text, file.digest) if file else scheme_of(*new)  # type: ignore[misc]
    day = day_of(at)
    with transaction.atomic():
        reckoning = Reckoning.objects.create(
            organisation=organisation,
            old_scheme=before.id,
            old_version=before.version,
            scheme=after.id,
            version=after.version,
            file=file,
            text=file.text if file else "",
            starts_on=since(before, after, day),
            on=day,
            by_name=by.name,
            made_at=at,
        )
        job = jobs.start(
            COMPARE,
            title=f"比较“{before.title}”与“{after.title}”",
            detail={"reckoning": str(reckoning.uid)},
            by=by,
            organisation=organisation,
            at=at,
        )
        reckoning.job_uid = job.uid
        reckoning.save(update_fields=["job_uid"])
        trail.record(by, "ledger.schemes-compared", reckoning, at=at,
                     detail={"old": [*old], "new": [after.id, after.version]})  # fmt: skip
    return reckoning


def compare(reckoning: Reckoning, *, at: datetime, told: Told) -> Reckoning:
    """Do the comparison; it may be done again from its beginning."""
    old = scheme_of(reckoning.old_scheme, reckoning.old_version)
    new = parsed(reckoning.text) if reckoning.text else scheme_of(
        reckoning.scheme, reckoning.version
    )  # fmt: skip
    ReckonedTeacher.objects.filter(reckoning=reckoning).delete()
    rows: list[ReckonedTeacher] = []

    def keep(done: Deeds, found: Difference) -> None:
        rows.append(_row(reckoning, done, found))
        if len(rows) >= AT_ONCE:
            ReckonedTeacher.objects.bulk_create(rows)
            rows.clear()

    asked = Question(reckoning.organisation, old, new, reckoning.starts_on, reckoning.on)
    tally = count(asked, told=told, keep=keep)
    ReckonedTeacher.objects.bulk_create(rows)
    reckoning.teachers, reckoning.records = tally.teachers, tally.records
    reckoning.changed = tally.changed
    reckoning.result = result_of(tally, asked)
    reckoning.state, reckoning.shown_at = Reckoning.State.SHOWN, at
    reckoning.save(update_fields=["teachers", "records", "changed", "result", "state", "shown_at"])
    return reckoning


def count(asked: Question, *, told: Told, keep: Callable[[Deeds, Difference], None]) -> Tally:
    """Reckon every teacher under both schemes; `keep` is given each for whom something changes.

    Memory holds one batch of teachers and the numbers by school.
    """
    pairs = teachers_below(asked.organisation, asked.on)
    tally = Tally()
    for done in deeds(pairs, asked.since, asked.on):
        told(tally.teachers, len(pairs), done.teacher.name)
        found = difference(asked, done)
        tally.teachers += 1
        tally.records += len(done.facts)
        counted = tally.schools.setdefault(
            done.school, Counter(teachers=0, gain=0, lose=0, stay=0, met=0, missed=0)
        )
        counted.update(["teachers", *filter(None, [found.way, found.turns])])
        if found.records and len(tally.examples) < EXAMPLES:
            _exemplify(tally, asked, done, found)
        if found.way in {"gain", "lose"} or found.met or found.missed:
            tally.changed += 1
            keep(done, found)
        elif found.records:
            tally.unmoved += 1
    return tally


def take_sheet(teachers: Sequence[Teacher], *, by: Teacher, at: datetime) -> None:
    """Leave a line for each of `teachers` that `by` took a list with them out of the house.

    A few at a time, so that nobody waits for the writing of thousands.
    """
    for start in range(0, len(teachers), AT_ONCE):
        note_look(teachers[start : start + AT_ONCE], looks.LIST, by=by, at=at)


def since(old: Scheme, new: Scheme, on: date) -> date:
    """Return the first day that either scheme's cycle around `on` looks at."""
    return min(Calendar(one.cycle).span("cycle", on).start for one in (old, new))


def difference(asked: Question, done: Deeds) -> Difference:
    """Return what changes for one teacher in the year of the question.

    What was done before the first day of the new scheme is what it was, in both.
    """
    like, new = asked.likeness, asked.likeness.tried
    was = earned_under(asked.old, done)
    would = earned_under(new, done)
    now = [
        (one and like.carried(one)) if facts.on < like.new_from else other
        for (facts, _), one, other in zip(done.facts, was, would, strict=True)
    ]
    before, one_year = _stand(asked, asked.old, was, done)
    after, other_year = _stand(asked, new, now, done)
    held = {each.id: each.met for each in before.requirements}
    changed = [
        facts
        for (facts, _), one, other in zip(done.facts, was, now, strict=True)
        if facts.on >= like.new_from and like.differ(one, other)
    ]
    both = (before.meets_the_year, after.meets_the_year)
    turns = {(True, False): "missed", (False, True): "met"}.get(both, "")
    return Difference(
        before=_year(one_year, like.unit or asked.old.unit),
        after=_year(other_year, like.unit or new.unit),
        records=len(changed),
        met=[each.id for each in after.requirements if each.met and held.get(each.id) is False],
        missed=[each.id for each in after.requirements if not each.met and held.get(each.id, True)],
        turns=turns,
        changed=changed,
        is_like=bool(like.unit),
    )


def _stand(
    asked: Question, scheme: Scheme, earned: Sequence[Earned | None], done: Deeds
) -> tuple[Standing, Standing]:
    """Return where a teacher stands, and the same of the days alone that both years share."""

    def stands(since: date) -> Standing:
        sides: tuple[list[Earned], list[Earned]] = [], []
        for each, (_, recognised) in zip(earned, done.facts, strict=True):
            if each and each.earned_on >= since:
                sides[not recognised].append(each)
        return stand(scheme, *sides, done.person, asked.on)

    whole = stands(date.min)
    first = asked.likeness.first
    return whole, whole if whole.year.span.start >= first else stands(first)


def result_of(tally: Tally, asked: Question) -> dict[str, Any]:
    """Return the numbers as JSON; schools in the order of the tree, never of their numbers."""
    old, new = asked.old, asked.new
    rows = Organisation.objects.filter(pk__in=tally.schools).order_by("path")
    return {
        "old": old.title,
        "new": new.title,
        **_terms(asked),
        "requirements": {each.id: each.title for each in new.requirements},
        "schools": [
            {"pk": pk, "name": name, **tally.schools[pk]}
            for pk, name in rows.values_list("pk", "name")
        ],
        "examples": tally.examples,
        "unmoved": tally.unmoved,
    }


def _terms(asked: Question) -> dict[str, Any]:
    """Return over which days and in which units is compared, and by what is converted."""
    old, new, like = asked.old, asked.new, asked.likeness
    by = like.conversion
    scheme = old if by in old.conversions else new
    rate = by.hours_per_credit.on(asked.on) if by else None
    begins = like.new_from > asked.since and not like.is_tried_early
    return {
        "unit": new.unit_label(like.unit or new.unit),
        "units": [one.unit_label(like.unit or one.unit) for one in (old, new)],
        "own_units": [one.unit_label(one.unit) for one in (old, new)],
        "is_like": bool(like.unit),
        "conversion": {
            "scheme": scheme.title,
            "text": f"1 {scheme.unit_label('credit')} = {shown(rate)} {scheme.unit_label('hour')}",
            "source": by.source,
        } if by and rate else None,
        "days": [like.first.isoformat(), asked.on.isoformat()],
        "new_from": like.new_from.isoformat() if begins else "",
        "tried_from": new.effective_from.isoformat() if like.is_tried_early else "",
    }  # fmt: skip


def example(facts: Facts, asked: Question, done: Deeds) -> dict[str, Any]:
    """Return one record that earns something else, without a name, with the steps of both."""
    both = {"old": asked.old, "new": asked.likeness.tried}
    told: dict[str, Any] = {"what": _what(facts, asked.old, asked.new), "on": facts.on.isoformat()}
    for name, scheme in both.items():
        given = reckon(scheme, facts, done.person)
        counts = given is not None and given.valid
        kind = kind_word(facts.kind, scheme)
        none = f"没有一条条目适用：方案没有提到“{kind}”这一类，不计"
        told[name] = [[one.text, one.source] for one in given.steps] if given else [[none, ""]]
        told[f"{name}_amount"] = plain(given.amount) if given and counts else "0"
        told[f"{name}_unit"] = scheme.unit_label(given.unit if given and counts else scheme.unit)
    return told


def described(facts: Facts, scheme: Scheme) -> str:
    """Say what a record is about without whose it is."""
    codes = {name: facts.code(name) for name in DIMENSIONS}
    told = [(code, scheme.label(name, code)) for name, code in codes.items() if code]
    # What the scheme has no word for makes no difference under it.
    words = [word for code, word in told if word != code]
    if facts.minutes:
        words.append(f"{facts.minutes} 分钟")
    return " · ".join(words)


def _row(reckoning: Reckoning, done: Deeds, found: Difference) -> ReckonedTeacher:
    return ReckonedTeacher(
        reckoning=reckoning,
        teacher=done.teacher,
        organisation_id=done.school,
        before=found.before,
        after=found.after,
        records=found.records,
        met=found.met,
        missed=found.missed,
    )


def _exemplify(tally: Tally, asked: Question, done: Deeds, found: Difference) -> None:
    """Add one record of the days compared that is unlike the examples there are."""
    seen = {one["what"] for one in tally.examples}
    for facts in found.changed:
        if facts.on >= asked.likeness.first and _what(facts, asked.old, asked.new) not in seen:
            tally.examples.append(example(facts, asked, done))
            return


def _what(facts: Facts, old: Scheme, new: Scheme) -> str:
    return described(facts, new if new.rules_for_kind(facts.kind) else old)


def _year(standing: Standing, unit: str) -> Decimal:
    totals = standing.year
    return Decimal(totals.hours if unit == "hour" else totals.credits)
