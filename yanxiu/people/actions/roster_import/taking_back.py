"""Undoing an import, and putting one away that was only read."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import IntegrityError, transaction

from yanxiu.audit import trail
from yanxiu.people.access import require_right
from yanxiu.people.actions.resolving import resolve_around
from yanxiu.people.actions.roster_import import keeping, storing, undoing
from yanxiu.people.actions.roster_import.reading import locked, reread
from yanxiu.people.models import RosterImport, RosterLine, Teacher
from yanxiu.people.refusals.roster import ImportHalfWritten, ImportInUse

BATCH = 80


def undo(roster_import: RosterImport, *, by: Teacher | None, at: datetime) -> RosterImport:
    """Take a whole import back: new persons go, changed values return.

    Raises:
        NotAllowed: `by` does not manage the people of the organisation.
        ImportNotOpen: it is not applied.
        ImportInUse: something hangs on it; the sentence lists what.
    """
    if by:
        require_right(by, "manage_people", roster_import.organisation)
    roster_import = reread(roster_import, RosterImport.State.APPLIED)
    made = roster_import.report["made"]
    if hanging := undoing.hanging(_written(roster_import), made):
        raise ImportInUse(hanging)
    day = date.fromisoformat(roster_import.report["day"])
    rows = _written(roster_import)
    while batch := list(islice(rows, BATCH)):
        try:
            with transaction.atomic():
                undoing.take_back(batch, day=day, at=at)
        except IntegrityError as error:
            # Somebody has signed in between the look and the deed.
            raise ImportInUse(undoing.hanging(_written(roster_import), made)) from error
    undoing.take_ground_back(made, roster_import.organisation)
    with transaction.atomic():
        roster_import = locked(roster_import, RosterImport.State.APPLIED)
        roster_import.state = RosterImport.State.UNDONE
        roster_import.save(update_fields=["state"])
        resolve_around(roster_import.organisation)
        trail.record(by, "people.roster-undone", roster_import, at=at)
    return roster_import


def _written(roster_import: RosterImport) -> Iterator[dict[str, Any]]:
    """Yield the rows that were written."""
    lines = RosterLine.objects.filter(roster_import=roster_import, change__in=["new", "changed"])
    return (row for row in storing.rows_of(roster_import, lines) if "plan" in row)


def drop(roster_import: RosterImport, *, by: Teacher | None, at: datetime) -> RosterImport:
    """Put an import away that was only read; what it said of people is forgotten.

    Raises:
        NotAllowed: `by` does not manage the people of the organisation.
        ImportNotOpen: it was applied, undone or dropped.
        ImportHalfWritten: it was cut off while it was written.
    """
    if by:
        require_right(by, "manage_people", roster_import.organisation)
    with transaction.atomic():
        roster_import = locked(roster_import, RosterImport.State.READ)
        if "made" in roster_import.report:
            raise ImportHalfWritten
        roster_import.state = RosterImport.State.DROPPED
        roster_import.rows = []
        roster_import.save(update_fields=["state", "rows"])
        trail.record(by, "people.roster-dropped", roster_import, at=at)
    RosterLine.objects.filter(roster_import=roster_import).delete()
    keeping.forget_tables(roster_import)
    return roster_import
