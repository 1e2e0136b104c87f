"""A server killed in the middle of the busiest minute loses nothing that it has acknowledged.

The real server runs on a data folder of its own; `kill -9` reaches it and all its workers.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from tests.conftest import Group, make_group, sign_in
from yanxiu.activities import codes
from yanxiu.activities.models import Attendance, Session
from yanxiu.activities.queries import expected_teachers
from yanxiu.agenda.models import Occasion
from yanxiu.audit.models import TrailLine
from yanxiu.conftest import Cast
from yanxiu.ledger import chain
from yanxiu.ledger.models import Entry, Record
from yanxiu.people.models import Teacher

ROOT = Path(__file__).resolve().parent.parent
CROWD, PHONES = 40, 8
TOKEN = "t" * 32
FOUND, SEE_OTHER = 302, 303
PATIENCE = 90.0

pytestmark = pytest.mark.skipif(not hasattr(os, "killpg"), reason="Windows has no kill -9")


@pytest.fixture
def db(house: Path) -> Path:
    """Let the cast live in a database that a server can open."""
    return house


@pytest.fixture
def group(cast: Cast) -> Group:
    return make_group(cast, CROWD)


# ---- the server ----
@dataclass
class Server:
    """The real server on loopback, in a process group of its own."""

    house: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve the house, and wait until it answers."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        words = ["-m", "yanxiu", "serve", "--port", str(self.port), "--data", str(self.house)]
        with (self.house / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *words], cwd=ROOT, env=self.environment(),
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            try:
                assert Phone(self).get(reverse("account_login")) == http.HTTPStatus.OK
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError((self.house / "server.log").read_text("utf-8"))

    def environment(self) -> dict[str, str]:
        """Return the environment in which the server finds our database."""
        given = connection.settings_dict
        environment = {**os.environ, "YANXIU_DATA": str(self.house), "YANXIU_PUBLIC_URL": ""}
        environment.pop("YANXIU_DATABASE", None)
        if connection.vendor == "postgresql":
            host = quote(str(given["HOST"]), safe="")
            user, name = given["USER"], given["NAME"]
            environment["YANXIU_DATABASE"] = f"postgresql://{user}@/{name}?host={host}"
        return environment

    def kill(self) -> None:
        """End the server and its workers as `kill -9` does: at once and without a goodbye."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@pytest.fixture(scope="module")
def static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the static files are collected: once, by the first server, for all of them."""
    folder = tmp_path_factory.mktemp("static")
    (folder / "static").mkdir()
    return folder


@pytest.fixture
def server(house: Path, static: Path) -> Iterator[Server]:
    for name in ("static", "static.stamp"):
        (house / name).symlink_to(static / name)
    made = Server(house)
    yield made
    made.kill()


class Phone:
    """One browser that keeps its connection; without a teacher it is not logged in."""

    def __init__(self, server: Server, cookie: str = "") -> None:
        """Take the session's cookie."""
        self.line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        self.headers = {
            "Cookie": f"csrftoken={TOKEN}; sessionid={cookie}",
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def get(self, path: str) -> int:
        """Return the status of a page."""
        self.line.request("GET", path, headers=self.headers)
        return self._answered()

    def post(self, path: str, **fields: str) -> int:
        """Return the status of a form that was sent with its token."""
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **fields})
        self.line.request("POST", path, body, headers=self.headers)
        return self._answered()

    def _answered(self) -> int:
        answer = self.line.getresponse()
        answer.read()
        return answer.status


def logged_in(teacher: Teacher) -> str:
    """Return the cookie of a session made as a log-in makes it."""
    store = SessionStore()
    store[SESSION_KEY] = str(teacher.pk)
    store[BACKEND_SESSION_KEY] = "yanxiu.people.backends.PhoneOrJobNumber"
    store[HASH_SESSION_KEY] = teacher.get_session_auth_hash()
    store.create()
    return str(store.session_key)


# ---- the burst ----
@dataclass
class Burst:
    """Requests sent from many phones at once, and those that were acknowledged."""

    server: Server
    acknowledged: list[tuple[int, str]] = field(default_factory=list)
    others: list[int] = field(default_factory=list)

    def send(self, deeds: Sequence[tuple[Teacher, str, Session]], kill_after: int) -> None:
        """Send (who, what, session) and kill the server when so many were acknowledged."""
        cookies = {teacher.pk: logged_in(teacher) for teacher in {deed[0] for deed in deeds}}
        shares = [deeds[number::PHONES] for number in range(PHONES)]
        with ThreadPoolExecutor(PHONES + 1) as pool:
            killer = pool.submit(self._kill_when, lambda: len(self.acknowledged) >= kill_after)
            for share in shares:
                pool.submit(self._one_by_one, share, cookies)
            killer.result()

    def _kill_when(self, ripe: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE
        while not ripe() and time.monotonic() < until:
            time.sleep(0.001)
        self.server.kill()

    def _one_by_one(
        self, deeds: Sequence[tuple[Teacher, str, Session]], cookies: dict[int, str]
    ) -> None:
        for teacher, what, session in deeds:
            phone = Phone(self.server, cookies[teacher.pk])
            code = codes.code_at(session, timezone.now())
            path = reverse(f"activities:{what}", args=[session.uid])
            try:
                status = phone.post(path, code=code)
            except (OSError, http.client.HTTPException):
                return
            if status == (SEE_OTHER if what == "sign_in" else FOUND):
                self.acknowledged.append((teacher.pk if what == "sign_in" else 0, str(session.uid)))
            else:
                self.others.append(status)


def assert_whole(session: Session) -> bool:
    """Assert that `session` is closed with everything or open with nothing; tell which."""
    session = Session.objects.get(pk=session.pk)
    rows = Attendance.objects.filter(session=session)
    came = rows.filter(state=Attendance.State.PRESENT).values_list("teacher", flat=True)
    records = Record.objects.filter(source_id=session.uid)
    recorded = records.values_list("teacher", flat=True)
    closings = TrailLine.objects.filter(verb="activities.session-closed", source_id=session.uid)
    state = Occasion.objects.get(source_id=session.uid).state
    if session.closed_at:
        assert sorted(recorded) == sorted(came)
        assert Entry.objects.filter(record__in=records).count() == len(came)
        assert rows.filter(expected=True).count() == expected_teachers(session).count()
        assert (closings.count(), state) == (1, Occasion.State.HELD)
    else:
        assert not recorded
        assert not rows.filter(state=Attendance.State.ABSENT).exists()
        assert (closings.count(), state) == (0, Occasion.State.PLANNED)
    return bool(session.closed_at)


def test_no_acknowledged_sign_in_is_lost(server: Server, group: Group) -> None:
    sessions = [group.session() for _number in range(3)]
    deeds = [(one, "sign_in", session) for session in sessions for one in group.members]
    server.start()
    burst = Burst(server)

    burst.send(deeds, kill_after=45)

    assert 45 <= len(burst.acknowledged) < len(deeds)
    assert burst.others == []
    rows = Attendance.objects.filter(session__in=sessions, state=Attendance.State.PRESENT)
    kept = {(teacher, str(uid)) for teacher, uid in rows.values_list("teacher", "session__uid")}
    assert set(burst.acknowledged) <= kept
    # A row and its line in the trail stand or fall together.
    assert TrailLine.objects.filter(verb="activities.signed-in").count() == len(kept)


def test_no_session_is_left_half_closed(server: Server, group: Group) -> None:
    filled, at_the_door = [group.session() for _number in range(10)], group.session()
    for session in filled:
        for one in group.members[:20]:
            sign_in(session, one)
    closings = [(group.leader, "close", session) for session in filled]
    arrivals = [(one, "sign_in", at_the_door) for one in group.members]
    server.start()
    burst = Burst(server)

    burst.send([deed for pair in zip(arrivals, closings * 4, strict=True) for deed in pair], 8)

    acknowledged = {uid for who, uid in burst.acknowledged if not who}
    closed = {str(session.uid) for session in filled if assert_whole(session)}
    assert acknowledged <= closed
    assert not assert_whole(at_the_door)
    assert chain.faults() == []


def test_it_opens_again_and_goes_on(server: Server, group: Group) -> None:
    session = group.session()
    server.start()
    Burst(server).send([(one, "sign_in", session) for one in group.members], kill_after=10)
    late, leader = group.members[-1], group.leader

    server.start()

    path = reverse("activities:sign_in", args=[session.uid])
    code = codes.code_at(session, timezone.now())
    assert Phone(server, logged_in(late)).post(path, code=code) == SEE_OTHER
    path = reverse("activities:close", args=[session.uid])
    assert Phone(server, logged_in(leader)).post(path) == FOUND
    assert assert_whole(session)
    assert Record.objects.filter(source_id=session.uid, teacher=late).exists()
