"""A batch packs one file a teacher under readable names, and bears being done twice."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from yanxiu.attachments.actions import path_of
from yanxiu.attachments.models import Attachment
from yanxiu.cast import Cast, LogIn
from yanxiu.certificates import jobs
from yanxiu.certificates.models import Certificate
from yanxiu.certificates.names import apart, period_words
from yanxiu.certificates.tests.conftest import TakePart
from yanxiu.documents.tables import read_tables
from yanxiu.jobs.models import Job
from yanxiu.jobs.running import run_waiting
from yanxiu.kernel.spans import Span
from yanxiu.people.models import Teacher

FORM = {"scheme": "cn-central-school-handbook", "period": "2026-09-01_2027-09-01"}


@pytest.fixture
def taught(cast: Cast, take_part: TakePart) -> Cast:
    """Three with records, two of one name."""
    for name in ("wang", "li", "zhao"):
        take_part(cast.people[name])
    Teacher.objects.filter(pk=cast.people["zhao"].pk).update(name="王老师")
    return cast


def start(client: Client, **more: Any) -> Job:
    answer = client.post("/certificates/school/", {**FORM, **more})
    assert answer.status_code == 302, answer.content.decode()
    run_waiting()
    return Job.objects.latest("pk")


def package_of(job: Job) -> zipfile.ZipFile:
    kept = Attachment.objects.get(source_id=job.uid)
    return zipfile.ZipFile(io.BytesIO(path_of(kept.sha256).read_bytes()))


def test_each_gets_a_file_of_the_own_name_and_a_list_lies_beside(
    taught: Cast, zhou: Teacher, log_in: LogIn
) -> None:
    job = start(log_in(zhou))
    package = package_of(job)

    assert job.state == Job.State.DONE
    assert set(package.namelist()) == {
        "00 学时证明清单.xlsx",
        "李组长_2026—2027_学时证明.pdf",
        "王老师_2026—2027_学时证明.pdf",
        "王老师_2026—2027_学时证明（2）.pdf",
    }
    assert all(one.flag_bits & 0x800 for one in package.infolist()), "names are marked as UTF-8"
    rows = read_tables(package.read("00 学时证明清单.xlsx"), name="清单.xlsx")[0].rows
    cells = {str(cell) for row in rows for cell in row if cell is not None}
    assert {"2026年第0001号", "2026年第0003号", "沈校长", "没有已认定的学时，未出具"} <= cells
    assert taught.school.name in str(rows[0][0])


def test_doing_it_again_issues_nothing_twice(taught: Cast, zhou: Teacher, log_in: LogIn) -> None:
    assert taught.school
    first = package_of(start(log_in(zhou)))
    job = Job.objects.latest("pk")
    Job.objects.filter(pk=job.pk).update(title="再做一次")

    second = package_of(start(log_in(zhou)))

    assert Certificate.objects.count() == 3
    assert {one.filename: one.CRC for one in first.infolist()} == {
        one.filename: one.CRC for one in second.infolist()
    }


def test_what_was_broken_off_is_completed(
    taught: Cast, zhou: Teacher, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert taught.school

    def fails(path: Path, *_args: object) -> None:
        raise OSError(28, "no room", str(path))

    with monkeypatch.context() as broken:
        broken.setattr(jobs, "write_package", fails)
        job = start(log_in(zhou))
        assert job.state == Job.State.FAILED
        assert Certificate.objects.count() == 3

    log_in(zhou).post(f"/jobs/{job.uid}/retry/")
    run_waiting()

    assert Certificate.objects.count() == 3
    assert len(package_of(job).namelist()) == 4


def test_one_unit_alone(taught: Cast, zhou: Teacher, log_in: LogIn) -> None:
    job = start(log_in(zhou), unit=str(taught.maths.uid))

    assert Certificate.objects.count() == 2
    assert "数学教研组" in job.title


def test_who_does_not_recognise_hours_starts_none(
    taught: Cast, wang: Teacher, qian: Teacher, log_in: LogIn
) -> None:
    assert log_in(wang).post("/certificates/school/", FORM).status_code == 404
    log_in(qian).post("/certificates/school/", {**FORM, "school": str(taught.school.uid)})

    run_waiting()

    assert not Certificate.objects.exists()


def test_names_keep_apart() -> None:
    given = ["a.pdf", "A.pdf", "a（2）.pdf", "a.pdf"]

    assert len({one.casefold() for one in apart(given)}) == 4


@pytest.mark.parametrize(
    ("first", "end", "words"),
    [
        (date(2026, 1, 1), date(2027, 1, 1), "2026"),
        (date(2026, 9, 1), date(2027, 9, 1), "2026—2027"),
        (date(2026, 9, 1), date(2027, 1, 23), "20260901-20270122"),
    ],
)
def test_a_year_is_named_as_people_name_it(first: date, end: date, words: str) -> None:
    assert period_words(Span(first, end)) == words
