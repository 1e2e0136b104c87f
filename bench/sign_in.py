"""The busiest minute of the week: teachers who are logged in sign in to a session by a scan."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from bench.cast import add_teachers, log_in, make_school
from bench.requests import Case, Prepared, once, post
from yanxiu.activities import actions as activities
from yanxiu.activities import codes
from yanxiu.activities.models import ActivityKind, Session
from yanxiu.people.models import Teacher

TEACHERS = 64
PAGE = "activities:sign_in"


def prepare(case: Case) -> Prepared:
    """Make so many open sessions of the whole school that no teacher signs in to one twice."""
    now = timezone.now()
    school, office = make_school(now)
    teachers = add_teachers(school, TEACHERS, now)
    kind = ActivityKind.objects.order_by("order")[0]
    needed = ((case.rounds + 1) * case.requests + 1) // TEACHERS + 1
    sessions = []
    for number in range(needed):
        session = activities.plan_session(
            school, title=f"第 {number + 1} 次集中研修", kind=kind, starts_at=now,
            ends_at=now + timedelta(minutes=80), by=office, at=now,
        )  # fmt: skip
        sessions.append(activities.open_sign_in(session, by=office, at=now))
    people = list(zip(teachers, log_in(teachers), strict=True))
    return Prepared({"sign_in": once(case, scans(sessions, people), status=303)})


def scans(sessions: list[Session], people: list[tuple[Teacher, str]]) -> Iterator[str]:
    """Yield each teacher's sign-in to each session."""
    for session in sessions:
        for teacher, key in people:
            fields = {"proof": codes.ticket(session, teacher.pk)}
            yield post(reverse(PAGE, args=[session.uid]), fields, session=key)
