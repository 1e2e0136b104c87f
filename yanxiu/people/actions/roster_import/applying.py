"""Writing an import, batch by batch, so that nobody waits for long."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.spans import day_of
from yanxiu.people import hearing
from yanxiu.people.access import require_right
from yanxiu.people.actions.resolving import resolve_around
from yanxiu.people.actions.roster_import import keeping, storing
from yanxiu.people.actions.roster_import.comparing import Comparison
from yanxiu.people.actions.roster_import.preparing import (
    WRITTEN,
    make_schools,
    make_units_and_tiers,
    planned_row,
    school_year_start,
)
from yanxiu.people.actions.roster_import.reading import locked, new_schools, reread
from yanxiu.people.actions.roster_import.stored import compared_again, gist
from yanxiu.people.actions.roster_import.writing import Writer, leave_out_own
from yanxiu.people.models import RosterImport, SameNameDecision, Teacher, Tier, Unit
from yanxiu.people.refusals.roster import NothingToImport, RosterOvertaken

BATCH = 50
"""Rows in one transaction: so many keep SQLite's only writer waiting for less than 100 ms."""

_GAP = 0.005

Planned = tuple[int, dict[str, Any]]


def apply(roster_import: RosterImport, *, by: Teacher | None, at: datetime) -> RosterImport:
    """Write the new and changed rows; an import that was cut off goes on where it stopped.

    Raises:
        NotAllowed: `by` does not manage the people of the organisation.
        ImportNotOpen: it was applied, undone or dropped.
        RosterOvertaken: people changed since it was read; the stored comparison is made anew.
        NothingToImport: no row is new or changed.
    """
    if by:
        require_right(by, "manage_people", roster_import.organisation)
    roster_import = reread(roster_import, RosterImport.State.READ)
    comparison, gists = compared_again(roster_import)
    comparison.remember()
    if "made" not in roster_import.report:
        _refuse_overtaken(roster_import, comparison, gists)
    with _calm():
        if "day" not in roster_import.report:
            roster_import = _begin(roster_import, comparison, at)
        _write_batches(roster_import, comparison, by=by, at=at)
    with transaction.atomic():
        roster_import = locked(roster_import, RosterImport.State.READ)
        roster_import.state = RosterImport.State.APPLIED
        roster_import.applied_at = at
        roster_import.save(update_fields=["state", "applied_at"])
        resolve_around(roster_import.organisation)
        trail.record(
            by,
            "people.roster-applied",
            roster_import,
            at=at,
            detail={"totals": roster_import.report["totals"], "file": roster_import.file_name},
        )
    keeping.forget_tables(roster_import)
    return roster_import


def compare_anew(roster_import: RosterImport, comparison: Comparison, gists: list[bytes]) -> bool:
    """Keep what the lines would do by now; tell whether anything is otherwise than before."""
    tally, other = storing.Tally(), []
    for position, change in enumerate(comparison):
        row = change.as_dict()
        tally.add(row)
        if gist(row) != gists[position]:
            other.append((position, row))
    if not other:
        return False
    storing.replace(roster_import, other)
    fresh = {**tally.report, "new_schools": new_schools(comparison)}
    roster_import.report = {**roster_import.report, **fresh}
    roster_import.save(update_fields=["report"])
    return True


def _refuse_overtaken(
    roster_import: RosterImport, comparison: Comparison, gists: list[bytes]
) -> None:
    if compare_anew(roster_import, comparison, gists):
        raise RosterOvertaken
    totals = roster_import.report["totals"]
    if not (totals["new"] or totals["changed"]):
        raise NothingToImport


def _begin(roster_import: RosterImport, comparison: Comparison, at: datetime) -> RosterImport:
    """Make schools, then units and tiers, and note that writing has begun.

    What was made is noted with it, so that whoever goes on after a cut knows what is the import's.
    """
    with transaction.atomic():
        begun = locked(roster_import, RosterImport.State.READ)
        made = begun.report.setdefault("made", {"organisations": [], "units": [], "tiers": []})
        made["organisations"] += make_schools(comparison)
        begun.save(update_fields=["report"])
    units, tiers = make_units_and_tiers(comparison)
    for start in range(0, len(units), BATCH):
        with transaction.atomic():
            begun = locked(roster_import, RosterImport.State.READ)
            made = begun.report["made"]
            batch = Unit.objects.bulk_create(units[start : start + BATCH])
            made["units"] += [str(unit.uid) for unit in batch]
            begun.save(update_fields=["report"])
    with transaction.atomic():
        begun = locked(roster_import, RosterImport.State.READ)
        Tier.objects.bulk_create(tiers)
        begun.report["made"]["tiers"] += [tier.name for tier in tiers]
        begun.report.setdefault("day", day_of(at).isoformat())
        begun.report.setdefault("written", 0)
        begun.save(update_fields=["report"])
    return begun


@contextmanager
def _calm() -> Iterator[None]:
    """Let the collector leave alone what is there already.

    Thousands of rows are held while batches are written; looking through them all stops every
    thread for some 150 ms, now and then just while SQLite's only writer is waited for.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _write_batches(
    roster_import: RosterImport, comparison: Comparison, *, by: Teacher | None, at: datetime
) -> None:
    day = date.fromisoformat(roster_import.report["day"])
    writer = Writer(roster_import.organisation, since=school_year_start(day), day=day)
    for batch in _batches(comparison, first=roster_import.report["written"]):
        if by:
            leave_out_own(by, [row for _position, row in batch])
        fresh = writer.new_teachers([row for _position, row in batch])
        lines = [storing.line_of(roster_import, position, row) for position, row in batch]
        with transaction.atomic():
            mine = locked(roster_import, RosterImport.State.READ)
            # Two people may have pressed the button: whoever comes second leaves these rows alone.
            if mine.report["written"] > batch[0][0]:
                continue
            hearing.tell(writer.write([row for _position, row in batch], fresh), at)
            storing.overwrite(lines)
            _keep_decisions(roster_import, batch)
            mine.report["written"] = batch[-1][0] + 1
            mine.save(update_fields=["report"])
        # Who waits for SQLite's only writer asks anew after ever longer pauses: leave a gap.
        time.sleep(_GAP)


def _batches(comparison: Comparison, *, first: int) -> Iterator[list[Planned]]:
    batch: list[Planned] = []
    for position, change in enumerate(comparison):
        if position < first:
            continue
        if change.kind in WRITTEN and change.match.school is not None:
            batch.append((position, planned_row(change, comparison.known)))
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _keep_decisions(roster_import: RosterImport, rows: list[Planned]) -> None:
    """Let a line that a person declared somebody new mean that new person from now on."""
    decided = {row["mark"]: row["teacher"] for _at, row in rows if row.get("decided")}
    if not decided:
        return
    teachers = {str(row.uid): row for row in Teacher.objects.filter(uid__in=decided.values())}
    for mark, uid in decided.items():
        SameNameDecision.objects.filter(
            organisation=roster_import.organisation, mark=mark, teacher=None
        ).update(teacher=teachers[uid])
