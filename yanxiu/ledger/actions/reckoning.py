"""Reckoning again what the ledger holds: first the difference is shown, then it is posted.

Posting goes teacher by teacher in short transactions; each line is marked in the transaction that
posts it, so what is broken off goes on where it stopped and nothing is posted twice.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from django.db import transaction
from django.db.models import F

from yanxiu.audit import trail
from yanxiu.jobs import actions as jobs
from yanxiu.jobs.models import Job
from yanxiu.kernel.amounts import plain
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.ledger.actions.comparing import Told, described
from yanxiu.ledger.actions.keeping import stale
from yanxiu.ledger.actions.posting_many import Posting, heads_of, make_ready, write
from yanxiu.ledger.facts import facts_of
from yanxiu.ledger.models import (
    Award,
    Entry,
    ReckonedLine,
    Reckoning,
    Record,
    SchemeAdoption,
)
from yanxiu.ledger.queries.changes import Change, changes, changes_of, within
from yanxiu.ledger.queries.comparing import is_recognised, living_records
from yanxiu.ledger.queries.schemes import scheme_of
from yanxiu.ledger.refusals import NotShown, ReckoningOpen
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.notices.actions import notify
from yanxiu.people.access import require_right
from yanxiu.people.models import Organisation, Teacher

RECKON: Final = "ledger.reckon"
POST: Final = "ledger.post-reckoning"
TOGETHER: Final = 60
"""Lines in one transaction, unless one teacher alone has more: short enough for a busy evening."""

LINES: Final = 500
EXAMPLES: Final = 3
_OPEN: Final = (Reckoning.State.COUNTING, Reckoning.State.SHOWN, Reckoning.State.POSTING)


def start_reckoning(adoption: SchemeAdoption, *, by: Teacher, at: datetime) -> Reckoning:
    """Reckon again, in the background, everything since `adoption` began; nothing is posted yet.

    Raises:
        NotAllowed: `by` does not manage the schemes of the organisation.
        ReckoningOpen: another reckoning of this scheme is not decided upon.
    """
    require_right(by, "manage_terms", adoption.organisation)
    scheme = scheme_of(adoption.scheme, adoption.version)
    with transaction.atomic():
        # Two clicks at once must not both find nothing.
        Organisation.objects.select_for_update(of=("self",)).get(pk=adoption.organisation_id)
        standing = Reckoning.objects.filter(
            posts=True, organisation=adoption.organisation, scheme=scheme.id, state__in=_OPEN
        ).first()
        if standing:
            raise ReckoningOpen(standing.by_name)
        reckoning = Reckoning.objects.create(
            organisation=adoption.organisation,
            posts=True,
            old_scheme=scheme.id,
            scheme=scheme.id,
            version=scheme.version,
            starts_on=adoption.starts_on,
            on=day_of(at),
            by_name=by.name,
            made_at=at,
        )
        _enqueue(reckoning, RECKON, f"重新核算“{scheme.title}”", by, at)
        trail.record(by, "ledger.reckoning-started", reckoning, at=at,
                     detail={"scheme": scheme.id, "version": scheme.version})  # fmt: skip
    return reckoning


def count_changes(reckoning: Reckoning, *, at: datetime, told: Told) -> Reckoning:
    """Find out what would change; it may be done again from its beginning."""
    scheme = scheme_of(reckoning.scheme, reckoning.version)
    _forget_lines(reckoning)
    rows = within(reckoning.organisation, scheme.id, reckoning.starts_on)
    reckoning.records, reckoning.changed = rows.count(), 0
    schools: dict[int, Counter[str]] = {}
    examples: list[dict[str, Any]] = []
    teachers: set[int] = set()
    for found in changes(rows, scheme):
        told(found.done, found.of + 1, "")
        _keep_lines(reckoning, found.changes)
        _tally(schools, found.changes, teachers)
        examples.extend(
            _example(change, scheme) for change in found.changes[: EXAMPLES - len(examples)]
        )
        reckoning.changed += len(found.changes)
    reckoning.teachers = len(teachers)
    reckoning.result = _result(scheme, schools, examples)
    reckoning.shown_at = at
    with transaction.atomic():
        # Who has dropped it meanwhile does not want to see it.
        here = Reckoning.objects.select_for_update(of=("self",)).get(pk=reckoning.pk)
        if here.state == Reckoning.State.COUNTING:
            reckoning.state = Reckoning.State.SHOWN
            reckoning.save()
    return reckoning


def drop_reckoning(reckoning: Reckoning, *, by: Teacher, at: datetime) -> Reckoning:
    """Do not post what was shown; the ledger stays as it is.

    Raises:
        NotAllowed: `by` does not manage the schemes of the organisation.
        NotShown: it is being posted, posted or dropped already.
    """
    with transaction.atomic():
        reckoning = _decided(reckoning, by, (Reckoning.State.COUNTING, Reckoning.State.SHOWN))
        reckoning.state = Reckoning.State.DROPPED
        reckoning.save(update_fields=["state"])
        trail.record(by, "ledger.reckoning-dropped", reckoning, at=at)
    return reckoning


def post_reckoning(reckoning: Reckoning, *, by: Teacher, at: datetime) -> Reckoning:
    """Have the shown difference posted in the background, or the rest of it if that broke off.

    Raises:
        NotAllowed: `by` does not manage the schemes of the organisation.
        NotShown: it is not shown yet, or decided upon already, and the job has not broken off.
    """
    with transaction.atomic():
        reckoning = _decided(reckoning, by, (Reckoning.State.SHOWN, Reckoning.State.POSTING))
        if reckoning.state == Reckoning.State.POSTING and not has_broken_off(reckoning):
            raise NotShown(str(reckoning.get_state_display()))
        reckoning.state = Reckoning.State.POSTING
        reckoning.posted_by_uid, reckoning.posted_by_name = by.uid, by.name
        reckoning.save(update_fields=["state", "posted_by_uid", "posted_by_name"])
        title = reckoning.result.get("title") or reckoning.scheme
        _enqueue(reckoning, POST, f"重新核算入账：{title}", by, at)
        trail.record(by, "ledger.reckoning-posting", reckoning, at=at)
    return reckoning


def has_broken_off(reckoning: Reckoning) -> bool:
    """Tell whether it is to be posted and no job does it: that was cancelled, or has failed."""
    if reckoning.state != Reckoning.State.POSTING:
        return False
    job = Job.objects.filter(uid=str(reckoning.job_uid)).first() if reckoning.job_uid else None
    return job is None or not job.is_open


def post_lines(reckoning: Reckoning, *, by: Teacher, at: datetime, told: Told) -> Reckoning:
    """Post every line that is not posted yet, a few teachers at a time.

    Each transaction holds whole teachers; broken off anywhere, no teacher is half posted, and
    calling it again posts the rest.
    """
    if reckoning.state != Reckoning.State.POSTING:
        return reckoning
    scheme = scheme_of(reckoning.scheme, reckoning.version)
    while waiting := _next(reckoning):
        left = reckoning.lines.filter(posted_at=None).count()
        told(reckoning.changed - left, reckoning.changed, "")
        post_some(reckoning, waiting, scheme, by=by, at=at)
    with transaction.atomic():
        reckoning.state, reckoning.posted_at = Reckoning.State.POSTED, at
        reckoning.save(update_fields=["state", "posted_at"])
        trail.record(by, "ledger.reckoning-posted", reckoning, at=at,
                     detail={"lines": reckoning.changed})  # fmt: skip
    return reckoning


def post_some(
    reckoning: Reckoning, records: Sequence[int], scheme: Scheme, *, by: Teacher, at: datetime
) -> int:
    """Post the lines of `records` (primary keys) in one transaction; return how many changed.

    What they should earn, with its steps and links, is made ready before the transaction begins.
    If anything about these teachers has moved since, nothing is written: the lines wait, and the
    next round makes them ready from what is there then.
    """
    teachers = set(reckoning.lines.filter(record__in=records).values_list("teacher_id", flat=True))
    heads = heads_of(teachers)
    rows = living_records().filter(pk__in=records).select_related("teacher", "organisation")
    found = changes_of(rows, scheme)
    changed = [change for change in found if change.is_one]
    reason = f"按“{scheme.title}”{scheme.version} 版重新核算"[:200]
    ready = make_ready(_postings(changed, scheme, at), heads, reason=reason, by=by, at=at)
    with transaction.atomic():
        # The heads are asked for first, so that nobody adds an entry between looking and writing.
        if not write(ready) or not _is_steady(found):
            transaction.set_rollback(True)
            return 0
        _settle(changed)
        stale(teachers, at)
        _tell(changed, reason, by, at)
        reckoning.lines.filter(record__in=records).update(posted_at=at)
    return len(changed)


def _tell(changed: list[Change], reason: str, by: Teacher, at: datetime) -> None:
    """Tell each person once whose hours in the ledger are others now; the notice opens the first.

    What is not recognised yet was never theirs, and its new amount is told when it is.
    """
    posted = [one for one in changed if is_recognised(one.record)]
    posted.sort(key=lambda one: (one.record.teacher_id, one.record.happened_on, one.record.pk))
    for _pk, own in groupby(posted, key=lambda one: one.record.teacher_id):
        first, *more = (one.record for one in own)
        if first.teacher_id == by.pk:
            continue
        notify(
            [first.teacher], kind="decision",
            title=f"学时重新核算过，您有{len(more) + 1}条记录计得不同了：{first.title}",
            source=source_of(first), organisation=first.organisation, at=at, text=reason,
        )  # fmt: skip


def _postings(changed: list[Change], scheme: Scheme, at: datetime) -> list[Posting]:
    """Return what is to be reversed and posted, with the awards not saved yet."""
    keys = [one.award.pk for one in changed if one.award and one.award.posted is not None]
    entries = {
        entry.record_id: entry for entry in Entry.objects.filter(award__in=keys, reverses=None)
    }
    return [
        Posting(
            record=change.record,
            reverses=entries.get(change.record.pk),
            award=_award(change, scheme, at),
            posts=is_recognised(change.record),
        )
        for change in changed
    ]


def _settle(changed: list[Change]) -> None:
    """Write what stands besides the entries: awards that nothing was posted for, and rounds."""
    waiting = [change for change in changed if change.award and change.award.posted is None]
    again = [change.award for change in waiting if change.given is not None]
    Award.objects.bulk_update(
        again, ["version", "digest", "amount", "unit", "rule", "valid", "steps", "made_at"]
    )
    # Where the scheme says nothing any more, nothing waits.
    silent = [change.award.pk for change in waiting if change.given is None]
    Award.objects.filter(pk__in=silent).update(valid=False)
    # The record is in the round of its newest award, whichever scheme made it.
    posted = [change for change in changed if change.award and change.award.posted is not None]
    newer = [change.record.pk for change in posted if change.given is not None]
    Record.objects.filter(pk__in=newer).update(round=F("round") + 1)


def _award(change: Change, scheme: Scheme, at: datetime) -> Award | None:
    """Return the award to be written: that of the round before if nothing was posted for it."""
    given, old = change.given, change.award
    if given is None:
        return None
    reused = old is not None and old.posted is None
    award: Award = old if reused else Award(record=change.record, scheme=scheme.id)
    award.record = change.record
    award.round = old.round if reused else change.record.round + (old is not None)
    award.version, award.digest = scheme.version, scheme.digest
    award.amount, award.unit, award.rule = given.amount, given.unit, given.rule
    award.valid, award.made_at = given.valid, at
    award.steps = [step.as_json() for step in given.steps]
    return award


def _is_steady(found: list[Change]) -> bool:
    """Tell whether the records are as they were; what was posted, the heads of the chains tell."""
    rows = living_records().filter(pk__in=[change.record.pk for change in found])
    living = {pk: (state, number) for pk, state, number in rows.values_list("pk", "state", "round")}
    return all(
        living.get(change.record.pk) == (change.record.state, change.record.round)
        for change in found
    )


def _next(reckoning: Reckoning) -> list[int]:
    """Return the records of the next teachers: whole teachers, and not many lines."""
    waiting = reckoning.lines.filter(posted_at=None).order_by("teacher_id", "pk")
    pairs = list(waiting.values_list("teacher_id", "record_id")[: TOGETHER + 1])
    if not pairs:
        return []
    full = len(pairs) > TOGETHER
    found: list[int] = []
    groups = [(pk, [record for _, record in own]) for pk, own in groupby(pairs, lambda p: p[0])]
    for pk, records in groups[:-1] if full and len(groups) > 1 else groups:
        if full and len(groups) == 1:
            return list(waiting.filter(teacher=pk).values_list("record_id", flat=True))
        found.extend(records)
    return found


def _keep_lines(reckoning: Reckoning, changed: Sequence[Change]) -> None:
    """Write the lines in short transactions, so that nobody waits for them."""
    for start in range(0, len(changed), LINES):
        some = changed[start : start + LINES]
        ReckonedLine.objects.bulk_create([_line(reckoning, change) for change in some])


def _forget_lines(reckoning: Reckoning) -> None:
    """Remove what an attempt left that was broken off."""
    while some := list(reckoning.lines.values_list("pk", flat=True)[:LINES]):
        ReckonedLine.objects.filter(pk__in=some).delete()


def _line(reckoning: Reckoning, change: Change) -> ReckonedLine:
    return ReckonedLine(
        reckoning=reckoning,
        teacher_id=change.record.teacher_id,
        record=change.record,
        before=change.before,
        after=change.after,
        unit=change.unit,
    )


def _tally(schools: dict[int, Counter[str]], changed: list[Change], teachers: set[int]) -> None:
    for change in changed:
        teachers.add(change.record.teacher_id)
        counted = schools.setdefault(change.record.organisation_id, Counter(gain=0, lose=0))
        counted["gain" if (change.after or 0) > (change.before or 0) else "lose"] += 1


def _example(change: Change, scheme: Scheme) -> dict[str, Any]:
    given, award = change.given, change.award
    steps = Award.objects.values_list("steps", flat=True).get(pk=award.pk) if award else []
    return {
        "what": described(facts_of(change.record), scheme),
        "old": [[step["text"], step["source"]] for step in steps],
        "new": [[step.text, step.source] for step in given.steps] if given else [],
        "old_amount": plain(change.before) if change.before is not None else "0",
        "new_amount": plain(change.after) if change.after is not None else "0",
    }


def _result(
    scheme: Scheme, schools: dict[int, Counter[str]], examples: list[dict[str, Any]]
) -> dict[str, Any]:
    rows = Organisation.objects.filter(pk__in=schools).order_by("path")
    return {
        "title": scheme.title,
        "unit": scheme.unit_label(scheme.unit),
        "schools": [
            {"pk": pk, "name": name, **schools[pk]} for pk, name in rows.values_list("pk", "name")
        ],
        "examples": examples,
    }


def _decided(reckoning: Reckoning, by: Teacher, states: Sequence[str]) -> Reckoning:
    require_right(by, "manage_terms", reckoning.organisation)
    rows = Reckoning.objects.select_for_update(of=("self",)).select_related("organisation")
    found = rows.get(pk=reckoning.pk)
    if found.state not in states or not found.posts:
        raise NotShown(str(found.get_state_display()))
    return found


def _enqueue(reckoning: Reckoning, code: str, title: str, by: Teacher, at: datetime) -> None:
    job = jobs.start(
        code,
        title=title,
        detail={"reckoning": str(reckoning.uid)},
        by=by,
        organisation=reckoning.organisation,
        at=at,
    )
    reckoning.job_uid = job.uid
    reckoning.save(update_fields=["job_uid"])
