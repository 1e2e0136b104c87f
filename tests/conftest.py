"""What the tests of the whole house stand on: the cast, and a database of one's own."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from yanxiu import conftest as of_the_package
from yanxiu.activities import actions as activities
from yanxiu.activities import codes
from yanxiu.activities.models import ActivityKind, Attendance, Session
from yanxiu.conftest import MORNING, Cast, drop_database, new_database
from yanxiu.people import actions as people
from yanxiu.people.models import Role, Teacher

SINCE = date(2020, 9, 1)

# The cast lives with the package. A plugin may only be named by the outermost conftest, so its
# fixtures come in by name.
_quick_and_apart = of_the_package._quick_and_apart
samples = of_the_package.samples
standing_cast = of_the_package.standing_cast
_where_the_cast_stands = of_the_package._where_the_cast_stands
cast, session = of_the_package.cast, of_the_package.session
take_part = of_the_package.take_part
shen, zhou, li = of_the_package.shen, of_the_package.zhou, of_the_package.li
wang, zhao = of_the_package.wang, of_the_package.zhao
guan, qian = of_the_package.guan, of_the_package.qian
log_in = of_the_package.log_in


@contextmanager
def database_of_its_own(folder: Path) -> Iterator[None]:
    """Point everything at a fresh copy of the empty test database, to be seen by all threads.

    The test database of SQLite lies in memory and that of PostgreSQL in one long transaction;
    neither can be looked at from several threads or processes as a real one is.

    Args:
        folder: where the file lies if it is SQLite: the data folder of a house.
    """
    given = connections.settings["default"]
    standing, name = connections["default"], given["NAME"]
    made = _copied(folder)
    del connections["default"]
    given["NAME"] = made
    try:
        yield
    finally:
        connections.close_all()
        given["NAME"] = name
        connections["default"] = standing
        if standing.vendor == "postgresql":
            drop_database(made)
            standing.close()


def _copied(folder: Path) -> str:
    standing = connections["default"]
    if standing.vendor == "sqlite":
        path = folder / "yanxiu.sqlite3"
        standing.ensure_connection()
        with closing(sqlite3.connect(path)) as target:
            standing.connection.backup(target)
        return str(path)
    return new_database(str(standing.settings_dict["NAME"]))


@pytest.fixture
def house(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
) -> Iterator[Path]:
    """A data folder with a database that every thread and process can open."""
    folder = tmp_path / "house"
    (folder / "keys").mkdir(parents=True)
    # So that a server started in this folder knows the sessions and chains made here.
    (folder / "keys" / "secret").write_text(settings.SECRET_KEY, encoding="ascii")
    (folder / "keys" / "ledger").write_text(settings.LEDGER_KEY, encoding="ascii")
    with django_db_blocker.unblock(), database_of_its_own(folder):
        yield folder


@dataclass
class Group:
    """The maths group, large enough for a crowd at the door."""

    cast: Cast
    leader: Teacher
    members: list[Teacher]

    def session(self) -> Session:
        """Return a session that has begun five minutes ago and takes codes."""
        at = timezone.now()
        made = activities.plan_session(
            self.cast.school,
            title="计算教学：算理与算法",
            kind=ActivityKind.objects.get(code="research_activity"),
            unit=self.cast.maths,
            starts_at=at - timedelta(minutes=5),
            ends_at=at + timedelta(minutes=85),
            by=self.leader,
            at=at,
        )
        return activities.open_sign_in(made, by=self.leader, at=at)


def make_group(cast: Cast, size: int) -> Group:
    """Return the maths group with `size` more members."""
    role = Role.objects.get(code="teacher")
    members = []
    for number in range(size):
        one = people.add_teacher(name=f"组员{number}", by=None, at=MORNING)
        people.give_post(one, cast.school, role, starts_on=SINCE, by=None, at=MORNING)
        people.join_unit(cast.maths, one, starts_on=SINCE, by=None, at=MORNING)
        members.append(one)
    return Group(cast, cast.people["li"], members)


def sign_in(session: Session, teacher: Teacher) -> Attendance:
    """Sign in as a request does: the moment is that of its arrival."""
    at = timezone.now()
    code = codes.code_at(session, at)
    _session, row = activities.sign_in(session.uid, teacher, at=at, code=code)
    return row


def close(session: Session, by: Teacher) -> Session:
    """Close as a request does."""
    return activities.close_session(session, by=by, at=timezone.now())
