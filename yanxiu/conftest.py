"""The cast that never changes, and what every test stands on."""

import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.test import Client
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from yanxiu.activities.models import ActivityKind, Session
from yanxiu.cast import EVENING, MORNING, NOON, Cast, LogIn
from yanxiu.config.ground import lay_ground
from yanxiu.kernel.sources import Source
from yanxiu.kernel.spans import moment_at
from yanxiu.kernel.uids import new_uid
from yanxiu.ledger import actions as ledger
from yanxiu.ledger.models import Record
from yanxiu.people import actions as people
from yanxiu.people.models import Membership, Organisation, Role, Teacher, Unit, UnitKind
from yanxiu.search.engines import engine
from yanxiu.terms import actions as terms

__all__ = ["MORNING", "NOON", "Cast"]

ELSEWHERE = frozenset({"house", "transactional_db", "live_server"})
"""Fixtures of tests whose database is another one, or is emptied after them."""


@pytest.fixture(autouse=True)
def _quick_and_apart(settings: Settings, tmp_path: Path) -> None:
    """Use a fast hasher, and a data folder that no other test sees."""
    # Otherwise each client reads the names of all static files before its first page.
    settings.WHITENOISE_AUTOREFRESH = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real input beside the checkout."""
    return Path(__file__).resolve().parents[2] / "shared" / "samples"


def _teacher(name: str, number: int, school: Organisation, *roles: str) -> Teacher:
    phone = f"139{number:08d}"
    teacher = people.add_teacher(name=name, phone=phone, by=None, at=MORNING)
    for role in (*roles, "teacher"):
        people.give_post(
            teacher,
            school,
            Role.objects.get(code=role),
            starts_on=date(2020, 9, 1),
            by=None,
            at=MORNING,
            job_number=f"{number:04d}" if role == "teacher" else "",
        )
    return teacher


def _teachers(school: Organisation, other: Organisation) -> dict[str, Teacher]:
    found = {
        "shen": _teacher("沈校长", 1, school, "principal"),
        "zhou": _teacher("周主任", 2, school, "research_office"),
        "li": _teacher("李组长", 3, school),
        "wang": _teacher("王老师", 4, school),
        "zhao": _teacher("赵老师", 5, school),
        "guan": _teacher("关管理", 6, school, "administrator"),
    }
    found["qian"] = people.add_teacher(name="钱老师", phone="13800000001", by=None, at=MORNING)
    people.give_post(
        found["qian"],
        other,
        Role.objects.get(code="research_office"),
        starts_on=date(2020, 9, 1),
        by=None,
        at=MORNING,
    )
    people.give_post(
        found["qian"],
        other,
        Role.objects.get(code="teacher"),
        starts_on=date(2020, 9, 1),
        by=None,
        at=MORNING,
        job_number="0001",
    )
    return found


def _join(maths: Unit, chinese: Unit, names: dict[str, Teacher]) -> None:
    for unit, name, duty in (
        (maths, "li", Membership.Duty.LEADER),
        (maths, "wang", Membership.Duty.MEMBER),
        (chinese, "zhao", Membership.Duty.LEADER),
    ):
        people.join_unit(
            unit, names[name], starts_on=date(2020, 9, 1), by=None, at=MORNING, duty=duty
        )


def new_database(template: str = "template0") -> str:
    """Make a PostgreSQL database beside the one in use and return its name."""
    name = f"yanxiu_{uuid4().hex[:12]}"
    connections["default"].close()
    with _beside() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return name


def drop_database(name: str) -> None:
    """Drop a PostgreSQL database, whoever is still connected to it."""
    with _beside() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def _beside() -> Iterator[CursorWrapper]:
    """Yield a cursor in the server's own database: nobody can copy or drop the one one is in."""
    with connections["default"]._nodb_cursor() as cursor:  # noqa: SLF001 (there is no public way)
        yield cursor


@dataclass(frozen=True)
class StandingCast:
    """A copy of the empty test database in which the cast stands, and the cast to be copied."""

    connection: BaseDatabaseWrapper
    written: bytes = b""

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Have everything look into this database."""
        given, before = connections.settings["default"], connections["default"]
        name, given["NAME"] = given["NAME"], self.connection.settings_dict["NAME"]
        connections["default"] = self.connection
        try:
            yield
        finally:
            given["NAME"] = name
            connections["default"] = before


def _copy_of_the_empty_one() -> BaseDatabaseWrapper:
    """Return a connection to a copy of the database in use."""
    standing: Any = connections["default"]
    if standing.vendor == "sqlite":
        name = f"file:{uuid4().hex}?mode=memory&cache=shared"
    else:
        name = new_database(str(standing.settings_dict["NAME"]))
    made: Any = connections.create_connection("default")
    made.settings_dict = {**standing.settings_dict, "NAME": name}
    made.ensure_connection()
    if standing.vendor == "sqlite":
        standing.ensure_connection()
        standing.connection.backup(made.connection)
    copy: BaseDatabaseWrapper = made
    return copy


@pytest.fixture(scope="session")
def standing_cast(
    django_db_setup: None,  # noqa: ARG001
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[StandingCast]:
    """The cast, made once; each test takes back what it does to it."""
    with django_db_blocker.unblock():
        place = StandingCast(_copy_of_the_empty_one())
        with place.in_use(), transaction.atomic():
            written = pickle.dumps(make_cast())
            # As in a test, where nothing is ever committed, and nothing done after it.
            connection.run_on_commit.clear()
    yield StandingCast(place.connection, written)
    with django_db_blocker.unblock():
        place.connection.close()
        if place.connection.vendor == "postgresql":
            drop_database(str(place.connection.settings_dict["NAME"]))


def stands(test: pytest.Item) -> bool:
    """Tell whether a test finds the cast in its database when it begins."""
    asked = frozenset(getattr(test, "fixturenames", ()))
    return (
        "cast" in asked
        and asked.isdisjoint(ELSEWHERE)
        and test.get_closest_marker("django_db") is None
    )


@pytest.fixture(autouse=True)
def _where_the_cast_stands(request: pytest.FixtureRequest) -> Iterator[None]:
    """Begin in the database of the cast, before the transaction that is rolled back at the end."""
    if not stands(request.node):
        yield
        return
    with request.getfixturevalue("standing_cast").in_use():
        yield


@pytest.fixture(autouse=True)
def _no_word_left(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Empty the words of the search after a test whose rows were committed.

    Django empties its own tables then, and does not know of the engine's.
    """
    mark = request.node.get_closest_marker("django_db")
    yield
    if "transactional_db" in request.fixturenames or (mark and mark.kwargs.get("transaction")):
        with django_db_blocker.unblock():
            engine().empty()


@pytest.fixture
def cast(db: None, request: pytest.FixtureRequest) -> Cast:  # noqa: ARG001 - asked for by name
    """沈校长, 周主任, 李组长, 王老师, 赵老师 and, at another school, 钱老师."""
    if not stands(request.node):
        return make_cast()
    found: Cast = pickle.loads(request.getfixturevalue("standing_cast").written)  # noqa: S301
    return found


def make_cast() -> Cast:
    """Make the cast in the database that is in use."""
    lay_ground()
    central = people.add_organisation(
        None, "清河中心校", by=None, at=MORNING, level_name="中心校", is_school=False
    )
    school = people.add_organisation(central, "清河小学", by=None, at=MORNING)
    other = people.add_organisation(central, "柳林小学", by=None, at=MORNING)
    names = _teachers(school, other)
    group = UnitKind.objects.get(code="teaching_research_group")
    maths = people.add_unit(school, "数学教研组", group, by=None, at=MORNING, subject="数学")
    chinese = people.add_unit(school, "语文教研组", group, by=None, at=MORNING, subject="语文")
    _join(maths, chinese, names)
    term = terms.set_term(
        school,
        school_year=2026,
        half=1,
        starts_on=date(2026, 9, 1),
        ends_on=date(2027, 1, 23),
        by=None,
        at=MORNING,
    )
    ledger.adopt_scheme(
        school, "cn-central-school-handbook", starts_on=date(2025, 9, 1), by=None, at=MORNING
    )
    return Cast(school, other, maths, chinese, term, names)


@pytest.fixture
def shen(cast: Cast) -> Teacher:
    return cast.people["shen"]


@pytest.fixture
def zhou(cast: Cast) -> Teacher:
    return cast.people["zhou"]


@pytest.fixture
def li(cast: Cast) -> Teacher:
    return cast.people["li"]


@pytest.fixture
def wang(cast: Cast) -> Teacher:
    return cast.people["wang"]


@pytest.fixture
def zhao(cast: Cast) -> Teacher:
    return cast.people["zhao"]


@pytest.fixture
def guan(cast: Cast) -> Teacher:
    return cast.people["guan"]


@pytest.fixture
def qian(cast: Cast) -> Teacher:
    return cast.people["qian"]


@pytest.fixture
def log_in() -> LogIn:
    """Give a browser of its own to a teacher."""

    def enter(teacher: Teacher) -> Client:
        client = Client()
        client.force_login(teacher)
        return client

    return enter


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands still, at the evening of 15 October 2026 until a test moves it."""
    with time_machine.travel(EVENING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def session(cast: Cast, li: Teacher) -> Session:
    """A session of the maths group, 15 October 2026, 10:00 to 11:30, hosted by 李组长."""
    from yanxiu.activities import actions  # noqa: PLC0415 (kept apart from the imports of rows)

    return actions.plan_session(
        cast.school,
        title="分数的意义：怎样让错误成为资源",
        by=li,
        at=MORNING,
        kind=ActivityKind.objects.get(code="research_activity"),
        unit=cast.maths,
        starts_at=moment_at(date(2026, 10, 15), time(10)),
        ends_at=moment_at(date(2026, 10, 15), time(11, 30)),
        place="录播教室",
    )


@pytest.fixture
def take_part(cast: Cast) -> Callable[..., Record]:
    """Write the record of one person's part in something that happened at the school."""

    def take(
        teacher: Teacher, on: date = date(2026, 10, 12), by: Teacher | None = None, **more: Any
    ) -> Record:
        given = {
            "kind": "research_activity",
            "role": "attendee",
            "title": "单元整体设计",
            "minutes": 90,
            "assurance": Record.Assurance.OWN_CODE,
            "source": Source("made.up", new_uid()),
            **more,
        }
        new = ledger.NewRecord(
            teacher=teacher,
            organisation=cast.school,
            happened_at=moment_at(on, time(15)),
            **given,
        )
        return ledger.submit([new], by=by, at=NOON)[0]

    return take
