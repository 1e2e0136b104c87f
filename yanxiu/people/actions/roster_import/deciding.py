"""What a person settles on the page: what a column means, and who a line is."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yanxiu.kernel.refusals import BadInput
from yanxiu.people.access import require_right
from yanxiu.people.actions.roster_import import keeping
from yanxiu.people.actions.roster_import.applying import compare_anew
from yanxiu.people.actions.roster_import.reading import read_again, reread
from yanxiu.people.actions.roster_import.stored import compared_again
from yanxiu.people.models import (
    ColumnMeaning,
    RosterImport,
    RosterLine,
    SameNameDecision,
    Teacher,
)
from yanxiu.people.refusals.roster import ImportHalfWritten, RosterFileForgotten
from yanxiu.people.roster.columns import FIELDS

NEW = "new"
LATER = ""


def read_columns_as(
    roster_import: RosterImport, meanings: Mapping[str, str], *, by: Teacher, at: datetime
) -> RosterImport:
    """Give columns another meaning, remember it for the next file, and read the table again.

    Args:
        roster_import: an open import.
        meanings: head key → field of the person, "" for a column that is not to be read.
        by: who decides.
        at: when, aware.

    Raises:
        NotAllowed: `by` does not manage the people of the organisation.
        ImportNotOpen: it was applied, undone or dropped.
        ImportHalfWritten: it was cut off while it was written.
        RosterFileForgotten: the table is no longer kept; the meanings are remembered all the same.
        BadInput: no column is the name.
    """
    organisation = roster_import.organisation
    require_right(by, "manage_people", organisation)
    roster_import = _open(roster_import)
    heads = {head["key"]: head for head in roster_import.report["heads"]}
    wanted = {k: f for k, f in meanings.items() if k in heads and (f in FIELDS or not f)}
    if "name" not in {wanted.get(key, head["field"]) for key, head in heads.items()}:
        raise BadInput("没有一栏读作姓名，没有改动。请指定哪一栏是姓名。")
    changed = {key: name for key, name in wanted.items() if name != heads[key]["field"]}
    ColumnMeaning.objects.bulk_create(
        [
            ColumnMeaning(
                organisation=organisation,
                head_key=key[:60],
                head=heads[key]["head"][:60],
                field=name,
                set_by_name=by.name,
                set_at=at,
            )
            for key, name in changed.items()
        ],
        update_conflicts=True,
        unique_fields=["organisation", "head_key"],
        update_fields=["head", "field", "set_by_name", "set_at"],
    )
    tables = keeping.kept_tables(roster_import)
    if tables is None:
        raise RosterFileForgotten
    return read_again(roster_import, tables) if changed else roster_import


def decide(
    roster_import: RosterImport, position: int, choice: str, *, by: Teacher, at: datetime
) -> RosterImport:
    """Say who a line is that cannot be told apart, keep that, and compare all lines again.

    Args:
        roster_import: an open import.
        position: which line.
        choice: the uid of one of its candidates, `NEW`, or `LATER` to take a decision back.
        by: who decides.
        at: when, aware.

    Raises:
        NotAllowed: `by` does not manage the people of the organisation.
        ImportNotOpen: it was applied, undone or dropped.
        ImportHalfWritten: it was cut off while it was written.
        BadInput: the line needs no decision, or the choice is none of its candidates.
    """
    organisation = roster_import.organisation
    require_right(by, "manage_people", organisation)
    roster_import = _open(roster_import)
    line = RosterLine.objects.filter(roster_import=roster_import, position=position).first()
    mark = line.content.get("mark") if line else None
    if line is None or not mark:
        raise BadInput("这一行不需要认定，没有改动。请看最新的结果。")
    decisions = SameNameDecision.objects.filter(organisation=organisation, mark=mark)
    if choice == LATER:
        decisions.delete()
    else:
        teacher = None if choice == NEW else _candidate(line, choice)
        with transaction.atomic():
            SameNameDecision.objects.update_or_create(
                organisation=organisation,
                mark=mark,
                defaults={"teacher": teacher, "decided_by_name": by.name, "decided_at": at},
            )
    comparison, gists = compared_again(roster_import)
    compare_anew(roster_import, comparison, gists)
    return roster_import


def _candidate(line: RosterLine, choice: str) -> Teacher:
    if choice not in line.content.get("candidates", []):
        raise BadInput("选的不是这一行可能的人，没有改动。请在列出的人里选。")
    return Teacher.objects.get(uid=UUID(choice))


def _open(roster_import: RosterImport) -> RosterImport:
    roster_import = reread(roster_import, RosterImport.State.READ)
    if "made" in roster_import.report:
        raise ImportHalfWritten
    return roster_import
