"""Reading exports of other systems, settling who is meant, and marking what stands there."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.certificates.columns import Register, load
from yanxiu.certificates.matching import (
    Here,
    Match,
    Person,
    There,
    cell_text,
    guess,
    head_row,
    match,
    read_row,
)
from yanxiu.certificates.models import OwnRegister, Registered, RegisterImport, RegisterRow
from yanxiu.certificates.permissions import may_certify_school, may_see_import
from yanxiu.certificates.queries.facts import Asked
from yanxiu.certificates.queries.people import teachers_in
from yanxiu.certificates.queries.registers import lines_of
from yanxiu.certificates.refusals import NoRowsToCompare, NotTheirTeacher, TooManyRows
from yanxiu.documents.tables import read_tables
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import require
from yanxiu.people.models import Organisation, Post, Teacher
from yanxiu.texts.keys import key

MOST_ROWS: Final = 5_000
"""So many rows are written at once without keeping others waiting; a school has fewer a year."""

TOGETHER: Final = 200
"""So many rows are marked in one transaction; doing it again gives the same."""


def read_export(
    register: Register, asked: Asked, data: bytes, name: str, *, by: Teacher, at: datetime
) -> RegisterImport:
    """Keep the rows of an export, and say what each means.

    Columns are read as the same heads were read last time, else by the names that the register
    gives for them. No formula is evaluated; the file itself is not kept.

    Raises:
        NotAllowed: `by` does not recognise hours at the school.
        Refusal: the file is no table, holds no rows, or too many.
    """
    require(may_certify_school, by, asked.organisation)
    heads, rows = _read(register, data, name)
    heads_key = hashlib.sha256(json.dumps([key(head) for head in heads]).encode()).hexdigest()
    columns = _remembered(asked.organisation, register, heads_key)
    with transaction.atomic():
        made = RegisterImport.objects.create(
            organisation=asked.organisation,
            register=register.code,
            scheme=asked.scheme,
            starts_on=asked.span.start,
            ends_on=asked.span.end,
            file_name=name[:200],
            sha256=hashlib.sha256(data).hexdigest(),
            heads=heads,
            heads_key=heads_key,
            columns=columns or guess(heads, dict(register.export)),
            made_at=at,
            made_by_uid=by.uid,
            made_by_name=by.name,
        )
        RegisterRow.objects.bulk_create(
            [RegisterRow(of_import=made, number=number, cells=row) for number, row in rows],
            batch_size=500,
        )
        trail.record(by, "certificates.export-read", made, at=at, detail={"rows": len(rows)})
    compare(made, register, by=by, at=at)
    return made


def _read(
    register: Register, data: bytes, name: str
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the heads and the numbered rows of the fullest sheet that is not hidden."""
    tables = [one for one in read_tables(data, name=name) if one.rows]
    table = max(tables, key=lambda one: (not one.hidden, len(one.rows)), default=None)
    texts = [[cell_text(cell) for cell in row] for row in table.rows] if table else []
    first = head_row(texts, dict(register.export))
    rows = [(first + 2 + n, row) for n, row in enumerate(texts[first + 1 :]) if any(row)]
    if not rows:
        raise NoRowsToCompare(name)
    if len(rows) > MOST_ROWS:
        raise TooManyRows(name, MOST_ROWS)
    return texts[first], rows


def _remembered(
    organisation: Organisation, register: Register, heads_key: str
) -> dict[str, int] | None:
    rows = RegisterImport.objects.filter(
        organisation=organisation, register=register.code, heads_key=heads_key
    )
    return rows.values_list("columns", flat=True).first()


def map_columns(
    found: RegisterImport, register: Register, columns: Mapping[str, int], *, by: Teacher,
    at: datetime,
) -> None:  # fmt: skip
    """Say which column tells what, and compare again; remembered for the same heads.

    Raises:
        NotAllowed: `by` does not recognise hours at the school.
    """
    require(may_see_import, by, found)
    found.columns = {what: index for what, index in columns.items() if index < len(found.heads)}
    found.save(update_fields=["columns"])
    compare(found, register, by=by, at=at)


def compare(found: RegisterImport, register: Register, *, by: Teacher, at: datetime) -> None:
    """Say of each row what it means here, and mark what stands in the other system."""
    asked = Asked(found.organisation, found.scheme, found.span, day_of(at))
    teachers = list(teachers_in(found.organisation, by))
    lines = lines_of(register, asked, teachers)
    here = [
        Here(one.key, one.teacher.pk, key(one.title), one.starts_on, one.hours, one.credits)
        for one in lines
    ]
    rows = list(found.rows.all())
    told = [
        read_row(row.number, row.cells, found.columns)
        if not row.is_settled
        else _settled(row, found.columns)
        for row in rows
        if row.outcome != RegisterRow.Outcome.IGNORED or not row.is_settled
    ]
    means = match(told, _people(teachers, found.organisation), here, by_record=register.by_record)
    known = {one.number: one for one in told}
    Registered.objects.filter(row__of_import=found).delete()
    for start in range(0, len(rows), TOGETHER):
        some = rows[start : start + TOGETHER]
        with transaction.atomic():
            _keep(some, means)
            _mark(found, some, means, known)


def _settled(row: RegisterRow, columns: Mapping[str, int]) -> There:
    found = read_row(row.number, row.cells, columns)
    return There(**{**found.__dict__, "teacher": row.teacher_id})


def _people(teachers: Sequence[Teacher], school: Organisation) -> list[Person]:
    numbers: dict[int, set[str]] = {}
    posts = Post.objects.filter(teacher__in=teachers, organisation=school).exclude(job_number="")
    for pk, number in posts.values_list("teacher_id", "job_number"):
        numbers.setdefault(pk, set()).add(number)
    return [Person(one.pk, key(one.name), frozenset(numbers.get(one.pk, ()))) for one in teachers]


def _keep(rows: Sequence[RegisterRow], means: Mapping[int, Match]) -> None:
    """Write what each row means, where that has changed."""
    changed = []
    for row in rows:
        one = means.get(row.number)
        if one is None:
            continue
        told = (one.outcome, one.teacher, one.here.key if one.here else None)
        if told != (row.outcome, row.teacher_id, row.key):
            row.outcome, row.teacher_id, row.key = told
            changed.append(row)
    RegisterRow.objects.bulk_update(changed, ["outcome", "teacher", "key"])


def _mark(
    found: RegisterImport,
    rows: Sequence[RegisterRow],
    means: Mapping[int, Match],
    told: Mapping[int, There],
) -> None:
    """Mark what stands in the other system, with the amounts that it tells."""
    marks = []
    for row in rows:
        one = means.get(row.number)
        if one is None or one.here is None:
            continue
        there = told[row.number]
        marks.append(
            Registered(
                organisation=found.organisation,
                register=found.register,
                key=one.here.key,
                starts_on=one.here.on,
                teacher_id=one.here.teacher,
                hours=there.hours,
                credits=there.credits,
                on=day_of(found.made_at),
                row=row,
            )
        )
    Registered.objects.bulk_create(
        marks,
        update_conflicts=True,
        unique_fields=["organisation", "register", "key", "starts_on"],
        update_fields=["hours", "credits", "on", "row", "teacher"],
    )


def settle(
    found: RegisterImport, register: Register, row: RegisterRow, teacher: Teacher | None, *,
    by: Teacher, at: datetime,
) -> None:  # fmt: skip
    """Say whom an ambiguous row means, or (None) that it is nobody of this school.

    Raises:
        NotAllowed: `by` does not recognise hours at the school.
        NotTheirTeacher: the teacher does not work there.
    """
    require(may_see_import, by, found)
    if teacher and not teachers_in(found.organisation, by).filter(pk=teacher.pk).exists():
        raise NotTheirTeacher(teacher.name)
    row.teacher, row.key, row.is_settled = teacher, None, True
    row.outcome = "" if teacher else RegisterRow.Outcome.IGNORED
    row.settled_by_uid, row.settled_by_name, row.settled_at = by.uid, by.name, at
    detail = {"row": row.number, "teacher": str(teacher.uid) if teacher else ""}
    with transaction.atomic():
        row.save()
        trail.record(by, "certificates.row-settled", found, at=at, detail=detail)
    # Reckoned anew outside of the transaction: it takes a while for a whole school.
    compare(found, register, by=by, at=at)


@transaction.atomic
def write_register(
    organisation: Organisation, text: str, *, by: Teacher, at: datetime
) -> OwnRegister:
    """Keep a register in the columns of a place; one of the same code is replaced, not deleted.

    Raises:
        NotAllowed: `by` does not recognise hours there.
        SchemeUnreadable: the text is not written as it should, with its line.
    """
    require(may_certify_school, by, organisation)
    register = load(text, "上报表")
    rows = OwnRegister.objects.select_for_update().filter(
        organisation=organisation, code=register.code, replaced_at=None
    )
    rows.update(replaced_at=at)
    made = OwnRegister.objects.create(
        organisation=organisation,
        code=register.code,
        text=text,
        made_at=at,
        made_by_uid=by.uid,
        made_by_name=by.name,
    )
    trail.record(by, "certificates.register-written", made, at=at, detail={"code": register.code})
    return made
