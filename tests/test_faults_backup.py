"""A backup made while people sign in is the school as it was at one moment, and comes back so."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.models import Sum

from tests.conftest import Group, close, make_group, sign_in
from yanxiu.activities.models import Attendance, Session
from yanxiu.attachments import actions as attachments
from yanxiu.attachments.models import Attachment
from yanxiu.audit.models import TrailLine
from yanxiu.config import backup
from yanxiu.conftest import MORNING, Cast, drop_database, new_database
from yanxiu.figures.table import Scope, all_figures
from yanxiu.kernel.sources import source_of
from yanxiu.ledger import chain
from yanxiu.ledger.models import Entry, Record

AT = datetime(2026, 10, 15, 4, 0, tzinfo=UTC)


@pytest.fixture
def db(house: Path) -> Path:
    """Let the cast live in a database that can be backed up."""
    return house


@pytest.fixture
def group(cast: Cast) -> Group:
    return make_group(cast, 12)


@pytest.fixture(autouse=True)
def _files_in_the_house(house: Path, _quick_and_apart: None, settings: Any) -> None:
    settings.DATA, settings.MEDIA_ROOT = house, house / "files"


@pytest.fixture
def files(group: Group) -> list[Attachment]:
    """Some files of one session, of the kinds that people add."""
    source = source_of(group.session())
    return [
        attachments.keep(
            source, f"第{number}份记录\n".encode() * 400, name=f"记录{number}.txt",
            organisation=group.cast.school, by=group.leader, at=MORNING,
        )
        for number in range(3)
    ]  # fmt: skip


# ---- what a school amounts to ----
Sums = tuple[int, int, int, int, Decimal]


def sums() -> Sums:
    """Return what changes with every deed: who came, who is recorded, what was earned."""
    return (
        Attendance.objects.count(),
        TrailLine.objects.count(),
        Session.objects.exclude(closed_at=None).count(),
        Record.objects.count(),
        Entry.objects.aggregate(total=Sum("amount"))["total"] or Decimal(0),
    )


def figures(cast: Cast) -> dict[str, Decimal]:
    """Return every figure of the school in its term."""
    scope = Scope(cast.school.pk, cast.school.path, cast.term.span)
    return {code: figure.value(scope) for code, figure in all_figures().items()}


def assert_sound(house: Path) -> None:
    """Assert that chains, records and files of the school in `house` agree with each other."""
    assert chain.faults() == []
    for session in Session.objects.exclude(closed_at=None):
        came = session.attendances.filter(state=Attendance.State.PRESENT)
        records = Record.objects.filter(source_id=session.uid)
        assert sorted(came.values_list("teacher", flat=True)) == sorted(
            records.values_list("teacher", flat=True)
        )
    for row in Attachment.objects.all():
        content = (house / "files" / row.sha256[:2] / row.sha256).read_bytes()
        assert hashlib.sha256(content).hexdigest() == row.sha256
        assert len(content) == row.size


@contextmanager
def brought_back(archive: Path, folder: Path) -> Iterator[Path]:
    """Restore `archive` into the new `folder`, and point everything at what came out."""
    given = connections.settings["default"]
    standing = given["NAME"]
    lite = connection.vendor == "sqlite"
    name = str(folder / "yanxiu.sqlite3") if lite else new_database()
    backup.restore(archive, folder, {**given, "NAME": name})
    connection.close()
    given["NAME"] = name
    try:
        yield folder
    finally:
        connection.close()
        given["NAME"] = standing
        if not lite:
            drop_database(name)


# ---- somebody who writes all the while ----
@dataclass
class Office:
    """Signs one after the other in and closes, noting what the school amounts to after each."""

    group: Group
    sessions: list[Session]
    moments: list[Sums] = field(default_factory=list)
    underway: threading.Event = field(default_factory=threading.Event)
    enough: threading.Event = field(default_factory=threading.Event)

    def work(self) -> None:
        """Write until it is enough."""
        try:
            for session in self.sessions:
                for one in self.group.members:
                    sign_in(session, one)
                    self.moments.append(sums())
                    if self.enough.is_set():
                        return
                close(session, self.group.leader)
                self.moments.append(sums())
                self.underway.set()
        finally:
            connection.close()


@contextmanager
def busy(office: Office) -> Iterator[None]:
    """Let the office work as long as the block lasts."""
    thread = threading.Thread(target=office.work)
    thread.start()
    assert office.underway.wait(30)
    try:
        yield
    finally:
        office.enough.set()
        thread.join(30)


@pytest.mark.usefixtures("files")
def test_a_backup_while_people_sign_in_is_the_school_of_one_moment(
    group: Group, house: Path, tmp_path: Path
) -> None:
    office = Office(group, [group.session() for _number in range(60)])
    with busy(office):
        before = len(office.moments)
        made = backup.back_up(house, connection.settings_dict, tmp_path / "b.tar.gz", at=AT)
        after = len(office.moments)

    assert after > before, "nobody wrote while the backup was made"
    with brought_back(made, tmp_path / "new") as restored:
        assert sums() in office.moments[before - 1 : after + 1]
        assert_sound(restored)


@pytest.mark.usefixtures("files")
def test_a_quiet_backup_gives_the_same_figures(
    group: Group, house: Path, cast: Cast, tmp_path: Path
) -> None:
    session = group.session()
    for one in group.members:
        sign_in(session, one)
    close(session, group.leader)
    expected = figures(cast), sums()
    assert any(expected[0].values())

    made = backup.back_up(house, connection.settings_dict, tmp_path / "b.tar.gz", at=AT)

    with brought_back(made, tmp_path / "new") as restored:
        assert (figures(cast), sums()) == expected
        assert Attachment.objects.count() == 3
        assert_sound(restored)


@pytest.mark.usefixtures("files")
def test_the_ledger_key_comes_back_too(house: Path, tmp_path: Path) -> None:
    made = backup.back_up(house, connection.settings_dict, tmp_path / "b.tar.gz", at=AT)

    with brought_back(made, tmp_path / "new") as restored:
        assert (restored / "keys" / "ledger").read_text("ascii") == settings.LEDGER_KEY
