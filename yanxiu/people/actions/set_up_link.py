"""The one-time link with which the first administrator founds the school."""

import secrets
from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.urls import reverse

from yanxiu.people.actions.codes import VALID_FOR, digest_of
from yanxiu.people.actions.ground import lay_ground
from yanxiu.people.actions.organisations import establish_school
from yanxiu.people.models import LogInCode, Organisation, Teacher
from yanxiu.people.refusals.log_in import LinkSpent, SchoolStandsAlready

SET_UP = LogInCode.Purpose.SET_UP


@transaction.atomic
def make(at: datetime) -> str:
    """Return the address of a set-up page that works once, for a day; older ones stop working.

    Raises:
        SchoolStandsAlready: there is an organisation.
    """
    if Organisation.objects.exists():
        raise SchoolStandsAlready
    token = secrets.token_urlsafe(24)
    LogInCode.objects.filter(purpose=SET_UP, used_at=None, expires_at__gt=at).update(expires_at=at)
    LogInCode.objects.create(
        purpose=SET_UP,
        digest=digest_of(SET_UP, token),
        made_at=at,
        expires_at=at + VALID_FOR[SET_UP],
    )
    return settings.PUBLIC_URL + reverse("people:set_up", args=[token])


def find(token: str, *, at: datetime) -> LogInCode:
    """Return the living link of `token`.

    Raises:
        LinkSpent: it is unknown, used or expired, or a school exists.
    """
    link = LogInCode.objects.filter(
        purpose=SET_UP, digest=digest_of(SET_UP, token), used_at=None, expires_at__gt=at
    ).first()
    if link is None or Organisation.objects.exists():
        raise LinkSpent
    return link


def use(
    token: str, *, name: str, administrator_name: str, phone: str, password: str, at: datetime
) -> Teacher:
    """Found the school and return its first administrator, who can log in with `password`.

    Raises:
        LinkSpent: it is unknown, used or expired, or a school exists.
        BadInput: a name or the phone cannot be used.
    """
    hashed = make_password(password)
    with transaction.atomic():
        link = find(token, at=at)
        if not LogInCode.objects.filter(pk=link.pk, used_at=None).update(used_at=at):
            raise LinkSpent
        lay_ground()
        _school, teacher = establish_school(
            name=name, administrator_name=administrator_name, phone=phone, at=at
        )
        teacher.password = hashed
        teacher.save(update_fields=["password"])
        return teacher
