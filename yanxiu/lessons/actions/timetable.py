"""Taking a school's timetable over: read, look, settle names, take, undo."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.documents.tables import read_tables
from yanxiu.kernel.refusals import BadInput
from yanxiu.lessons.models import Slot, Timetable, TimetableName
from yanxiu.lessons.permissions import may_see_timetable
from yanxiu.lessons.queries.timetable import Names, in_force, names_of, placed, staying
from yanxiu.lessons.refusals import TimetableState
from yanxiu.lessons.timetables import read_timetable as read_sheets
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Organisation, Teacher
from yanxiu.terms.models import Term

State = Timetable.State
BATCH = 500
MOST_REMARKS = 200
REMEMBERED = 40
FIELDS = ("subject", "class_name", "room")
LENGTHS = {"subject": 40, "class_name": 40, "room": 60}


@transaction.atomic
def read_timetable(
    organisation: Organisation, term: Term, data: bytes, name: str, *, by: Teacher, at: datetime
) -> Timetable:
    """Read a file as the timetable of `term`; nothing is in force before it is taken.

    Raises:
        NotAllowed: `by` does not manage the lessons of `organisation`.
        Refusal: the file is no table, or holds no timetable.
    """
    require_right(by, "manage_lessons", organisation)
    names = names_of(organisation)
    reading = read_sheets(read_tables(data, name=name), names.full)
    if not reading.slots:
        what = reading.remarks[0].text if reading.remarks else "请看是否选错了文件。"
        raise BadInput(f"“{name[:60]}”里没有读出课表，没有保存。{what}")
    found = {
        "slots": [asdict(slot) for slot in reading.slots],
        "classes": sorted(reading.classes),
        "remarks": [asdict(remark) for remark in reading.remarks[:MOST_REMARKS]],
        "more_remarks": max(0, len(reading.remarks) - MOST_REMARKS),
    }
    timetable = Timetable.objects.create(
        organisation=organisation,
        term=term,
        file_name=name[:200],
        found=found,
        read_at=at,
        by_uid=by.uid,
        by_name=by.name,
    )
    detail = {"file": name[:200], "slots": len(reading.slots)}
    trail.record(by, "lessons.timetable-read", timetable, at=at, detail=detail)
    return timetable


def _locked(timetable: Timetable, state: str, sentence: str) -> Timetable:
    found = Timetable.objects.select_for_update(of=("self",)).select_related(
        "organisation", "term", "replaces"
    )
    row = found.get(pk=timetable.pk)
    if row.state != state:
        raise TimetableState(row.get_state_display(), sentence)
    return row


@transaction.atomic
def settle_names(
    timetable: Timetable, meant: Mapping[str, Teacher | None], *, by: Teacher, at: datetime
) -> None:
    """Keep whom the names of a timetable mean; the school is asked once for each name.

    Args:
        timetable: one that was read.
        meant: the teacher for each name; None forgets what was said before.
        by: who says so.
        at: when, aware.

    Raises:
        NotAllowed: `by` does not manage the lessons of its school.
        TimetableState: it was taken or undone.
    """
    require(may_see_timetable, by, timetable)
    timetable = _locked(timetable, State.READ, "名字已经定了；要改请重新读入。")
    for name, teacher in meant.items():
        if teacher is None:
            TimetableName.objects.filter(
                organisation=timetable.organisation, name=name[:REMEMBERED]
            ).delete()
        else:
            TimetableName.objects.update_or_create(
                organisation=timetable.organisation,
                name=name[:REMEMBERED],
                defaults={"teacher": teacher},
            )
    detail = {"names": {name: row.name if row else "" for name, row in meant.items()}}
    trail.record(by, "lessons.timetable-names", timetable, at=at, detail=detail)


@transaction.atomic
def take_timetable(
    timetable: Timetable, *, keep_others: bool = False, by: Teacher, at: datetime
) -> Timetable:
    """Put a reading in force in the place of the present one; who is unknown is left out.

    Args:
        timetable: one that was read.
        keep_others: keep the lessons of teachers whom this file does not name, as where each
            grade hands in its own; where it goes by classes, those of all other classes.
        by: who takes it.
        at: when, aware.

    Raises:
        NotAllowed: `by` does not manage the lessons of its school.
        TimetableState: it was taken or undone before.
        BadInput: nobody in it is known.
    """
    require(may_see_timetable, by, timetable)
    timetable = _locked(timetable, State.READ, "要换新的，请再读一次文件。")
    names = names_of(timetable.organisation)
    slots = _slots(timetable, names)
    if not slots:
        raise BadInput("课表上的名字一个也没有对上，没有启用。请先在下面选好每个名字是谁。")
    before = in_force(timetable.organisation, timetable.term)
    if before and keep_others:
        stays = staying(map(placed, slots), timetable.found.get("classes", []))
        for slot in before.slots.all():
            if stays(placed(slot)):
                slot.pk, slot.timetable = None, timetable
                slots.append(slot)
    if before:
        before.state = State.REPLACED
        before.save(update_fields=["state"])
    timetable.state, timetable.taken_at, timetable.replaces = State.IN_FORCE, at, before
    timetable.save(update_fields=["state", "taken_at", "replaces"])
    Slot.objects.bulk_create(slots, batch_size=BATCH)
    detail = {"slots": len(slots), "kept_others": keep_others}
    trail.record(by, "lessons.timetable-taken", timetable, at=at, detail=detail)
    return timetable


def _slots(timetable: Timetable, names: Names) -> list[Slot]:
    """Return the lessons of those who are known, each once."""
    found: dict[tuple[Any, ...], Slot] = {}
    for told in timetable.found.get("slots", []):
        teacher = names.meant(told["teacher"])
        if teacher is None:
            continue
        facts = {name: told[name][: LENGTHS[name]] for name in FIELDS}
        place = (teacher, told["weekday"], told["period"], told["weeks"], facts["class_name"])
        found[place] = Slot(
            timetable=timetable,
            teacher_id=teacher,
            weekday=told["weekday"],
            period_no=told["period"],
            weeks=told["weeks"],
            **facts,
        )
    return list(found.values())


@transaction.atomic
def undo_timetable(timetable: Timetable, *, by: Teacher, at: datetime) -> Timetable:
    """Take a timetable out of force and put the one before it back.

    Raises:
        NotAllowed: `by` does not manage the lessons of its school.
        TimetableState: it is not in force.
    """
    require(may_see_timetable, by, timetable)
    timetable = _locked(timetable, State.IN_FORCE, "只有在用的课表可以撤销。")
    timetable.state, timetable.undone_at = State.UNDONE, at
    timetable.save(update_fields=["state", "undone_at"])
    before = timetable.replaces
    if before:
        before.state = State.IN_FORCE
        before.save(update_fields=["state"])
    trail.record(by, "lessons.timetable-undone", timetable, at=at)
    return timetable
