"""One-time codes, and the passwords that people choose with them."""

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.crypto import constant_time_compare

from yanxiu.audit import trail
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.people.backends import accounts_behind
from yanxiu.people.models import LogInCode, Post, Teacher
from yanxiu.people.models.teacher import today
from yanxiu.people.permissions import may_manage_teacher
from yanxiu.people.refusals.log_in import (
    CodeExpired,
    CodeUsed,
    NobodyChosen,
    NoSlipFor,
    NotOnRoster,
    WrongCode,
)

ALPHABET = "23456789ACDEFGHJKMNPQRTUVWXY"
"""Without the signs that are mistaken for one another in print: 0 O, 1 I L, B, S, Z."""

MISREAD = str.maketrans("BSZ", "852")
LENGTH = 8
VALID_FOR = {
    LogInCode.Purpose.FIRST: timedelta(days=14),
    LogInCode.Purpose.RECOVERY: timedelta(hours=24),
    LogInCode.Purpose.SET_UP: timedelta(hours=24),
}


def digest_of(kind: str, text: str) -> str:
    """Return the keyed digest under which a code or token is stored."""
    message = f"yanxiu.log-in-code:{kind}:{text}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()


def plain_code(text: str) -> str:
    """Return a code as it was made from how somebody typed it."""
    text = unicodedata.normalize("NFKC", text).upper().translate(MISREAD)
    return "".join(sign for sign in text if sign in ALPHABET)


def purpose_for(teacher: Teacher) -> LogInCode.Purpose:
    """Return which kind of code `teacher` needs: the first, or one to get in again."""
    began = teacher.last_login is not None or teacher.has_usable_password()
    return LogInCode.Purpose.RECOVERY if began else LogInCode.Purpose.FIRST


@transaction.atomic
def issue(
    teachers: Iterable[Teacher],
    *,
    by: Teacher | None,
    at: datetime,
    purpose: LogInCode.Purpose | None = None,
) -> list[tuple[Teacher, str]]:
    """Give each of `teachers` a new code and return it, grouped 4-4; it is never shown again.

    Unused codes of the same persons stop working.

    Args:
        teachers: for whom.
        by: the administrator, or None for the console.
        at: when, aware; the code is valid from here for `VALID_FOR[purpose]`.
        purpose: the kind of code, or None for what each needs, as `purpose_for` says.

    Raises:
        NobodyChosen: there are no teachers.
        NotAllowed: one of them does not work where `by` manages the people.
        NoSlipFor: one of them has rights in organisations where `by` has none; a code would
            hand these rights to `by`.
    """
    teachers = list(teachers)
    if not teachers:
        raise NobodyChosen
    if by:
        _require_reach(teachers, by)
    LogInCode.objects.filter(teacher__in=teachers, used_at=None, expires_at__gt=at).update(
        expires_at=at
    )
    slips = [
        (teacher, "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))) for teacher in teachers
    ]
    LogInCode.objects.bulk_create(
        [_row(teacher, text, purpose or purpose_for(teacher), by, at) for teacher, text in slips],
        batch_size=200,
    )
    trail.record(
        by,
        "people.codes-issued",
        by or teachers[0],
        at=at,
        detail={"teachers": [str(teacher.uid) for teacher in teachers]},
    )
    return [(teacher, f"{text[:4]}-{text[4:]}") for teacher, text in slips]


def _row(
    teacher: Teacher, text: str, purpose: LogInCode.Purpose, by: Teacher | None, at: datetime
) -> LogInCode:
    return LogInCode(
        teacher=teacher,
        purpose=purpose,
        digest=digest_of(str(teacher.uid), text),
        made_at=at,
        expires_at=at + VALID_FOR[purpose],
        made_by_uid=by.uid if by else None,
    )


def _require_reach(teachers: list[Teacher], by: Teacher) -> None:
    chosen = {teacher.pk for teacher in teachers}
    managed = Teacher.objects.filter(may_manage_teacher(by), pk__in=chosen).count()
    if managed != len(chosen):
        raise NotAllowed
    higher = (
        Post.objects.on(today())
        .filter(teacher__in=chosen)
        .exclude(role__rights=[])
        .exclude(organisation__in=by.reach("manage_people"))
        .values("teacher")
    )
    names = Teacher.objects.filter(pk__in=higher).values_list("name", flat=True)
    if names:
        raise NoSlipFor(list(names))


def find(name: str, text: str, *, at: datetime) -> LogInCode:
    """Return the code that `text` is, for an account that `name` means; it is not used up.

    Where several schools know a job number the code itself tells which is meant.

    Raises:
        WrongCode: there is none; an unknown name is not told from a wrong code.
        CodeUsed: it was used.
        CodeExpired: it is too old, or a newer one took its place.
        NotOnRoster: the account is no longer active.
    """
    text = plain_code(text)
    uids = {teacher.pk: str(teacher.uid) for teacher, _school in accounts_behind(name)}
    found = None
    for code in LogInCode.objects.filter(teacher__in=uids).order_by("made_at"):
        if constant_time_compare(code.digest, digest_of(uids[code.teacher_id or 0], text)):
            found = code
    if found is None:
        raise WrongCode
    _require_usable(found, at)
    return found


def _require_usable(code: LogInCode, at: datetime) -> None:
    if code.used_at:
        raise CodeUsed
    if code.expires_at <= at:
        raise CodeExpired
    if code.teacher and not code.teacher.is_active:
        raise NotOnRoster


def choose_password(code: LogInCode, password: str, *, at: datetime) -> Teacher:
    """Use up `code` and set the password of its teacher; all log-ins of before end.

    Raises:
        CodeUsed: it was used, be it a moment ago on another device.
        CodeExpired: it is too old, or a newer one took its place.
        NotOnRoster: the account is no longer active.
        WrongCode: it is a set-up link and nobody's code.
    """
    hashed = make_password(password)
    with transaction.atomic():
        code = LogInCode.objects.select_for_update().get(pk=code.pk)
        _require_usable(code, at)
        teacher = code.teacher
        if teacher is None:
            raise WrongCode
        mine = LogInCode.objects.filter(teacher=teacher, used_at=None, expires_at__gt=at)
        mine.exclude(pk=code.pk).update(expires_at=at)
        mine.update(used_at=at)
        return _set_password(teacher, hashed, "people.password-chosen", at)


def change_password(teacher: Teacher, password: str, *, at: datetime) -> Teacher:
    """Set another password; all other log-ins of `teacher` end.

    With the password of before it only ends the other log-ins, because its hash is made anew.
    """
    same = teacher.check_password(password)
    hashed = make_password(password)
    with transaction.atomic():
        verb = "people.other-log-ins-ended" if same else "people.password-changed"
        return _set_password(teacher, hashed, verb, at)


def _set_password(teacher: Teacher, hashed: str, verb: str, at: datetime) -> Teacher:
    # Hashing takes longer than the write lock may be held, so it comes here done.
    teacher.password = hashed
    teacher.save(update_fields=["password"])
    trail.record(teacher, verb, teacher, at=at)
    return teacher
