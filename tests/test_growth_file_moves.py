"""A growth file leaves one installation and arrives, declared, in another with its own database."""

from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from tests.conftest import database_of_its_own
from yanxiu import conftest
from yanxiu.attachments.models import Attachment
from yanxiu.config.cli import main
from yanxiu.config.ground import lay_ground
from yanxiu.kernel.spans import day_of
from yanxiu.ledger.models import Entry, Record
from yanxiu.people import actions as people
from yanxiu.people.models import Role
from yanxiu.portfolio.actions import put_piece
from yanxiu.portfolio.models import Arrival, Piece


@pytest.fixture
def db(django_db_setup: None) -> None:
    """The test database; pytest-django makes it only where a test asks for this name."""


def leave(path: Path) -> None:
    """Take 王老师's file out of 清河小学."""
    cast = conftest.make_cast()
    now, wang = timezone.now(), cast.people["wang"]
    put_piece(
        wang, category="papers", on=day_of(now), title="追问要等得起", text="三十秒。",
        file=("原稿.txt", "三十秒。".encode()), by=wang, at=now,
    )  # fmt: skip
    assert main(["growth-file", "export", "王老师", str(path)]) == 0


def arrive(path: Path) -> None:
    """Bring it, twice, to a school that has never heard of her."""
    now = timezone.now()
    lay_ground()
    school = people.add_organisation(None, "柳林小学", by=None, at=now)
    newcomer = people.add_teacher(name="王老师", by=None, at=now)
    people.give_post(
        newcomer, school, Role.objects.get(code="teacher"), starts_on=day_of(now), by=None, at=now
    )
    for _time in range(2):
        assert main(["growth-file", "import", "王老师", str(path)]) == 0


def test_it_leaves_one_database_and_arrives_in_another(
    db: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
) -> None:
    path = tmp_path / "wang.zip"
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    with django_db_blocker.unblock(), database_of_its_own(tmp_path / "one"):
        leave(path)
    with django_db_blocker.unblock(), database_of_its_own(tmp_path / "other"):
        arrive(path)

        assert Arrival.objects.get().origin == "清河小学"
        piece = Piece.objects.get(title="追问要等得起")
        assert piece.told["texts"] == [["内容", "三十秒。"]]
        assert Attachment.objects.get(source_id=piece.uid).name == "原稿.txt"
        assert (Record.objects.count(), Entry.objects.count()) == (0, 0)
