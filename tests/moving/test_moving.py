"""A school moves to another installation with all it has, and arrives as it left."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from tests.conftest import database_of_its_own
from yanxiu import conftest as of_the_package
from yanxiu.activities.models import Session
from yanxiu.config.ground import lay_ground
from yanxiu.config.moving import Arrival, arrive, leave
from yanxiu.config.moving.archive import NotASchool
from yanxiu.config.moving.arriving import AlreadyHere, NameTaken, SchemeTaken, WhereTo
from yanxiu.config.moving.leaving import FileThere, LedgerDoesNotHold
from yanxiu.config.moving.table import RULES, Way, models_of_the_house
from yanxiu.conftest import MORNING, Cast
from yanxiu.ledger import chain
from yanxiu.ledger.actions import publishing
from yanxiu.ledger.models import Entry, Record
from yanxiu.ledger.tests import written
from yanxiu.people import actions as people
from yanxiu.people.models import Organisation, Teacher, UnitKind

ROOT = Path(__file__).resolve().parents[2]
SCHOOL = "清河小学"


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of another installation, on SQLite whatever this one runs on."""
    folder = tmp_path_factory.mktemp("old-house")
    in_the_old_house(folder, "-m", "tests.moving.make_school")
    return folder


@pytest.fixture(scope="session")
def archive(house: Path) -> Path:
    """The school as the old installation let it go, by the command."""
    target = house / "school.zip"
    in_the_old_house(house, "-m", "yanxiu", "export", SCHOOL, str(target))
    return target


def in_the_old_house(folder: Path, *words: str) -> str:
    environment = {key: value for key, value in os.environ.items() if key != "YANXIU_DATABASE"} | {
        "YANXIU_DATA": str(folder),
        "PYTHONPATH": f"{ROOT}:{os.environ.get('PYTHONPATH', '')}",
    }
    environment.setdefault("DJANGO_SETTINGS_MODULE", "yanxiu.config.settings")
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def county(db: None) -> Organisation:
    """An installation with another central school and a teacher of its own."""
    lay_ground()
    county = people.add_organisation(
        None, "东山县教育局", by=None, at=MORNING, level_name="县", is_school=False
    )
    people.add_organisation(county, "南屏小学", by=None, at=MORNING)
    people.add_teacher(name="何老师", phone="13600000001", by=None, at=MORNING)
    return county


def rows_of(archive: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of an archive by their file, those outside the school by their name."""
    with zipfile.ZipFile(archive) as file:
        found = {
            name: [json.loads(text) for text in file.read(name).splitlines()]
            for name in file.namelist()
            if name.startswith("rows/")
        }
    found["rows/others.jsonl"].sort(key=lambda row: (row["model"], row["ref"]))
    return found


def changed(archive: Path, change: Callable[[str, bytes], bytes], target: Path) -> Path:
    """Return a copy of `archive` in which `change` was made to each file."""
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            copy.writestr(name, change(name, source.read(name)))
    return target


def test_it_comes_back_out_of_a_county_as_it_left(
    archive: Path, county: Organisation, tmp_path: Path
) -> None:
    arrive(archive, into=county, at=MORNING)

    leave(Organisation.objects.get(name=SCHOOL), tmp_path / "again.zip", at=MORNING)

    left, came = rows_of(archive), rows_of(tmp_path / "again.zip")
    arrived = came["rows/audit.TrailLine.jsonl"].pop()
    assert arrived["verb"] == "config.school-arrived"
    assert left.keys() == came.keys()
    assert {name for name in left if left[name] != came[name]} == set()


def test_its_life_is_in_it(archive: Path) -> None:
    rows = rows_of(archive)

    assert len(rows["rows/people.Teacher.jsonl"]) >= 6
    for label in ("activities.Attendance", "ledger.Record", "ledger.Entry", "planning.PlanItem"):
        assert rows[f"rows/{label}.jsonl"], label


def test_it_stands_below_its_new_superior_with_a_ledger_that_holds(
    archive: Path, county: Organisation
) -> None:
    arrival = arrive(archive, into=county, at=MORNING)

    school = Organisation.objects.get(name=SCHOOL)
    assert arrival.organisation == school
    assert school.parent == county
    assert school.path.startswith(county.path)
    assert chain.faults() == []
    assert Entry.objects.count() == arrival.counts["ledger.Entry"] > 0
    assert Record.objects.filter(organisation=school).count() == arrival.counts["ledger.Record"]


def test_its_teachers_log_in_with_their_old_phones(archive: Path, county: Organisation) -> None:
    arrive(archive, into=county, at=MORNING)

    wang = Teacher.objects.get(name="王老师")
    assert (wang.phone, wang.organisation.name) == ("13900000004", SCHOOL)
    assert list(wang.posts.values_list("role__code", flat=True)) == ["teacher"]


def test_a_session_that_was_open_has_a_new_secret_to_make(
    archive: Path, county: Organisation
) -> None:
    arrive(archive, into=county, at=MORNING)

    assert Session.objects.exists()
    assert not Session.objects.exclude(sign_in_key="").exists()


def test_who_is_here_already_keeps_what_is_known_here(archive: Path, county: Organisation) -> None:
    row = next(
        row for row in rows_of(archive)["rows/people.Teacher.jsonl"] if row["name"] == "王老师"
    )
    here = Teacher.objects.create(uid=row["uid"], name="王老师（县里）")

    arrival = arrive(archive, into=county, at=MORNING)

    here.refresh_from_db()
    assert arrival.met == ["王老师（县里）"]
    assert here.name == "王老师（县里）"
    assert here.posts.get().organisation.name == SCHOOL
    assert here.records.exists()


def test_a_phone_that_somebody_has_is_asked_about_and_not_taken(
    archive: Path, county: Organisation
) -> None:
    people.add_teacher(name="另一人", phone="13900000004", by=None, at=MORNING)

    arrival = arrive(archive, into=county, at=MORNING)

    assert len(arrival.questions) == 1
    assert "王老师" in arrival.questions[0]
    assert Teacher.objects.get(name="王老师").phone is None


def test_a_kind_of_the_superiors_own_becomes_the_schools(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> None:
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    with django_db_blocker.unblock(), database_of_its_own(tmp_path / "old"):
        old = of_the_package.make_cast()
        kind = UnitKind.objects.create(organisation=old.school.parent, code="ours", name="名师坊")
        people.add_unit(old.school, "阅读坊", kind, by=None, at=MORNING)
        leave(old.school, tmp_path / "school.zip", at=MORNING)

    with django_db_blocker.unblock(), database_of_its_own(tmp_path / "new"):
        lay_ground()
        arrival = arrive(tmp_path / "school.zip", into=None, at=MORNING)

        assert arrival.organisation is not None
        unit = arrival.organisation.units.get(name="阅读坊")
        assert (unit.kind.name, unit.kind.organisation) == ("名师坊", arrival.organisation)


def test_a_trial_leaves_nothing(archive: Path, county: Organisation) -> None:
    arrival: Arrival = arrive(archive, into=county, at=MORNING, trial=True)

    assert arrival.counts["ledger.Entry"] > 0
    assert not Organisation.objects.filter(name=SCHOOL).exists()
    assert not Entry.objects.exists()


def test_it_arrives_once(archive: Path, county: Organisation) -> None:
    arrive(archive, into=county, at=MORNING)

    with pytest.raises(AlreadyHere, match=SCHOOL):
        arrive(archive, into=county, at=MORNING)


def test_another_school_of_the_name_is_in_the_way(archive: Path, county: Organisation) -> None:
    people.add_organisation(county, SCHOOL, by=None, at=MORNING)

    with pytest.raises(NameTaken, match="--into"):
        arrive(archive, into=county, at=MORNING)


def test_an_installation_with_schools_wants_to_know_where(
    archive: Path, county: Organisation
) -> None:
    with pytest.raises(WhereTo, match="东山县教育局"):
        arrive(archive, into=None, at=MORNING)


def test_a_scheme_of_the_same_name_with_another_text_is_in_the_way(
    archive: Path, county: Organisation
) -> None:
    file = publishing.start_draft(county, written.SCHEME, by=None, at=MORNING)
    publishing.publish_scheme(file, edition=file.edition, by=None, at=MORNING)
    with zipfile.ZipFile(archive) as packed:
        (name,) = (one for one in packed.namelist() if "schemefile" in one.casefold())
        told = [json.loads(line) for line in packed.read(name).splitlines()]
    assert [one["scheme"] for one in told if one["state"] != "draft"] == ["made-up-county"]

    with pytest.raises(SchemeTaken, match="made-up-county"):
        arrive(archive, into=county, at=MORNING)


def test_a_changed_archive_is_refused_and_nothing_stays(
    archive: Path, county: Organisation, tmp_path: Path
) -> None:
    def more(name: str, data: bytes) -> bytes:
        return data.replace(b'"amount":"', b'"amount":"9') if "ledger.Entry" in name else data

    with pytest.raises(NotASchool, match="内容与清单不符"):
        arrive(changed(archive, more, tmp_path / "more.zip"), into=county, at=MORNING)

    assert not Organisation.objects.filter(name=SCHOOL).exists()


def test_an_archive_of_a_newer_version_is_refused_by_name(
    archive: Path, county: Organisation, tmp_path: Path
) -> None:
    def newer(name: str, data: bytes) -> bytes:
        if name != "manifest.json":
            return data
        manifest = json.loads(data)
        manifest["columns"]["people.Teacher"].append("favourite_tea")
        return json.dumps(manifest).encode()

    with pytest.raises(NotASchool, match="favourite_tea"):
        arrive(changed(archive, newer, tmp_path / "newer.zip"), into=county, at=MORNING)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"name,phone\n"])
def test_another_file_is_refused(data: bytes, tmp_path: Path, county: Organisation) -> None:
    (tmp_path / "x.zip").write_bytes(data)

    with pytest.raises(NotASchool, match="yanxiu export"):
        arrive(tmp_path / "x.zip", into=county, at=MORNING)


def test_a_false_ledger_does_not_leave(cast: Cast, session: Session, tmp_path: Path) -> None:
    from tests.conftest import sign_in  # noqa: PLC0415 (only this test needs a closed session)
    from yanxiu.activities import actions as activities  # noqa: PLC0415

    li, wang = cast.people["li"], cast.people["wang"]
    sign_in(activities.open_sign_in(session, by=li, at=session.starts_at), wang)
    activities.close_session(session, by=li, at=session.ends_at)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_entry SET amount = 99")

    with pytest.raises(LedgerDoesNotHold, match="yanxiu verify"):
        leave(cast.school, tmp_path / "school.zip", at=MORNING)

    assert list(tmp_path.glob("*.zip")) == []


def test_an_older_archive_is_not_overwritten(cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "school.zip").write_bytes(b"old")

    with pytest.raises(FileThere):
        leave(cast.school, tmp_path / "school.zip", at=MORNING)


def test_passwords_stay_if_asked(cast: Cast, tmp_path: Path) -> None:
    leave(cast.school, tmp_path / "school.zip", at=MORNING, passwords=False)

    rows = rows_of(tmp_path / "school.zip")["rows/people.Teacher.jsonl"]
    assert rows
    assert not any("password" in row for row in rows)


def test_the_command_says_what_came_and_keeps_it_only_without_check(
    archive: Path, tmp_path: Path
) -> None:
    in_the_old_house(tmp_path, "-m", "tests.moving.make_nothing")

    tried = in_the_old_house(tmp_path, "-m", "yanxiu", "import", str(archive), "--check")
    done = in_the_old_house(tmp_path, "-m", "yanxiu", "import", str(archive))

    assert "什么都没有写入" in tried
    assert "“清河小学”已读入" in done
    assert "全部相符" in in_the_old_house(tmp_path, "-m", "yanxiu", "verify")


@pytest.mark.static
def test_every_model_has_its_way() -> None:
    assert set(RULES) == set(models_of_the_house())
    assert [
        label for label, rule in RULES.items() if rule.way is Way.STAYS and not rule.because
    ] == []
