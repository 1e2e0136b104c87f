"""A school for measurements, made through the actions, and people who are logged in."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction
from django.utils import timezone

from yanxiu.people import actions as people
from yanxiu.people.models import Organisation, Role, Teacher
from yanxiu.terms import actions as terms

BEGAN = date(2020, 9, 1)


def make_school(now: datetime) -> tuple[Organisation, Teacher]:
    """Return a school with a term that lasts now, and somebody of its research office."""
    school = people.add_organisation(None, "量尺小学", by=None, at=now)
    today = timezone.localdate(now)
    terms.set_term(
        school, school_year=today.year, half=1, starts_on=today - timedelta(days=60),
        ends_on=today + timedelta(days=60), by=None, at=now,
    )  # fmt: skip
    office = add_teachers(school, 1, now, role="research_office", first=90_000_000)[0]
    return school, office


def make_county(now: datetime, starts_on: date, ends_on: date) -> tuple[Organisation, Teacher]:
    """Return a county office with a term, and its researcher."""
    office = people.add_organisation(
        None, "量尺县教研室", by=None, at=now, level_name="县", is_school=False
    )
    (researcher,) = add_teachers(office, 1, now, role="researcher", first=90_000_000)
    terms.set_term(
        office, school_year=2026, half=1, starts_on=starts_on, ends_on=ends_on, by=None, at=now
    )
    return office, researcher


@transaction.atomic
def add_teachers(
    school: Organisation, count: int, now: datetime, *, role: str = "teacher", first: int = 0
) -> list[Teacher]:
    """Return `count` new teachers of `school`, who cannot log in with a password."""
    post = Role.objects.get(code=role)
    made = []
    for number in range(first, first + count):
        name = f"量{chr(0x4E00 + number % 6000)}{chr(0x5E00 + number % 977)}"
        teacher = people.add_teacher(name=name, phone=f"130{number:08d}", by=None, at=now)
        people.give_post(
            teacher, school, post, starts_on=BEGAN, by=None, at=now, job_number=f"B{number:08d}"
        )
        made.append(teacher)
    return made


def log_in(teachers: Sequence[Teacher]) -> list[str]:
    """Return a session key for each of `teachers`, as a log-in would have made it."""
    engine = import_module(settings.SESSION_ENGINE)
    keys = []
    with transaction.atomic():
        for teacher in teachers:
            session = engine.SessionStore()
            session[SESSION_KEY] = str(teacher.pk)
            session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
            session[HASH_SESSION_KEY] = teacher.get_session_auth_hash()
            session.create()
            keys.append(str(session.session_key))
    return keys
