"""What looking at another's certificate leaves behind, for the person to read.

Each is told of people whom the caller has found by the permission to see them.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.certificates.columns import Register
from yanxiu.certificates.models import Certificate
from yanxiu.ledger.actions.looking import note_look
from yanxiu.ledger.queries import looks
from yanxiu.people.models import Organisation, Teacher


def look_at(certificate: Certificate, *, by: Teacher, at: datetime) -> None:
    """Leave a line that `by` opens a certificate, one a day for each reader."""
    note_look([certificate.teacher], looks.CERTIFICATE, by=by, at=at)


def look_at_hours(teacher: Teacher, *, by: Teacher, at: datetime) -> None:
    """Leave a line that `by` sees what a certificate of `teacher` would say."""
    note_look([teacher], looks.HOURS, by=by, at=at)


@transaction.atomic
def take(certificate: Certificate, *, by: Teacher, at: datetime) -> None:
    """Leave a line that `by` takes the file of a certificate out of the house."""
    if certificate.teacher_id != by.pk:
        detail = {"what": f"学时证明 {certificate.shown_number}"}
        trail.record(by, looks.TAKEN, certificate.teacher, at=at, detail=detail)


def look_at_register(
    register: Register, teachers: Sequence[Teacher], *, by: Teacher, at: datetime
) -> None:
    """Leave a line that `by` reads a register with `teachers` on the screen."""
    note_look(teachers, looks.LISTED, by=by, at=at, detail={"what": register.title})


@transaction.atomic
def take_register(
    register: Register,
    school: Organisation,
    teachers: Sequence[Teacher],
    *,
    by: Teacher,
    at: datetime,
) -> None:
    """Leave a line that `by` takes a register with `teachers` out of the house."""
    detail = {"register": register.code, "teachers": len(teachers)}
    trail.record(by, "certificates.register-taken", school, at=at, detail=detail)
    note_look(teachers, looks.LIST, by=by, at=at, detail={"what": register.title})
