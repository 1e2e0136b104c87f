"""Who would gain or lose what under another scheme, before anybody publishes or adopts it."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
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
from yanxiu.ledger.rules.calendars import Calendar
from yanxiu.ledger.rules.facts import DIMENSIONS, Facts
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.ledger.rules.standing import Standing
from yanxiu.people.access import require_right
from yanxiu.people.models import Organisation, Teacher

COMPARE: Final = "ledger.compare"
EXAMPLES: Final = 3
AT_ONCE: Final = 200

Told = Callable[[int, int, str], None]
"""Tells how far it is: done, of how many, what comes now."""


@dataclass(frozen=True)
class Difference:
    """One teacher before and after; `met` and `missed` are requirements newly met or missed."""

    before: Decimal
    after: Decimal
    records: int
    met: list[str]
    missed: list[str]
    turns: str
    changed: list[Facts]

    @property
    def way(self) -> str:
        """Whether it is more, less or the same."""
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
    reckoning.result = result_of(tally, old, new)
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
        found = difference(asked.old, asked.new, done, asked.on)
        tally.teachers += 1
        tally.records += len(done.facts)
        counted = tally.schools.setdefault(
            done.school, Counter(teachers=0, gain=0, lose=0, stay=0, met=0, missed=0)
        )
        counted.update(["teachers", found.way, *([found.turns] if found.turns else [])])
        if found.records and len(tally.examples) < EXAMPLES:
            _exemplify(tally, asked, done, found)
        if found.way != "stay" or found.met or found.missed:
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


def difference(old: Scheme, new: Scheme, done: Deeds, on: date) -> Difference:
    """Return what changes for one teacher in the year of `on`."""
    was_posted, was_waiting, was = earned_under(old, done)
    now_posted, now_waiting, now = earned_under(new, done)
    before = stand(old, was_posted, was_waiting, done.person, on)
    after = stand(new, now_posted, now_waiting, done.person, on)
    held = {each.id: each.met for each in before.requirements}
    both = zip(done.facts, was, now, strict=True)
    changed = [facts for (facts, _), one, other in both if one != other]
    turns = {(True, False): "missed", (False, True): "met"}.get((before.met, after.met), "")
    return Difference(
        before=_year(before, new.unit),
        after=_year(after, new.unit),
        records=len(changed),
        met=[each.id for each in after.requirements if each.met and held.get(each.id) is False],
        missed=[each.id for each in after.requirements if not each.met and held.get(each.id, True)],
        turns=turns,
        changed=changed,
    )


def result_of(tally: Tally, old: Scheme, new: Scheme) -> dict[str, Any]:
    """Return the numbers as JSON; schools in the order of the tree, never of their numbers."""
    rows = Organisation.objects.filter(pk__in=tally.schools).order_by("path")
    return {
        "old": old.title,
        "new": new.title,
        "unit": new.unit_label(new.unit),
        "requirements": {each.id: each.title for each in new.requirements},
        "schools": [
            {"pk": pk, "name": name, **tally.schools[pk]}
            for pk, name in rows.values_list("pk", "name")
        ],
        "examples": tally.examples,
        "unmoved": tally.unmoved,
    }


def example(facts: Facts, old: Scheme, new: Scheme, done: Deeds) -> dict[str, Any]:
    """Return one record that earns something else, without a name, with the steps of both."""
    both = {"old": reckon(old, facts, done.person), "new": reckon(new, facts, done.person)}
    return {
        "what": _what(facts, old, new),
        **{
            name: [[step.text, step.source] for step in given.steps] if given else []
            for name, given in both.items()
        },
        **{
            f"{name}_amount": plain(given.amount) if given and given.valid else "0"
            for name, given in both.items()
        },
    }


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
    """Add one record that is unlike the examples there are."""
    seen = {one["what"] for one in tally.examples}
    for facts in found.changed:
        if _what(facts, asked.old, asked.new) not in seen:
            tally.examples.append(example(facts, asked.old, asked.new, done))
            return


def _what(facts: Facts, old: Scheme, new: Scheme) -> str:
    return described(facts, new if new.rules_for_kind(facts.kind) else old)


def _year(standing: Standing, unit: str) -> Decimal:
    totals = standing.year
    return Decimal(totals.hours if unit == "hour" else totals.credits)
