"""A file that takes long to read blocks no page: a job reads it, and tells when that is done."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from yanxiu.cast import Cast
from yanxiu.jobs.models import Job
from yanxiu.jobs.running import run_waiting
from yanxiu.notices.models import Notice
from yanxiu.people.models import Teacher
from yanxiu.planning.models import Proposal
from yanxiu.planning.tests.conftest import TEXT
from yanxiu.planning.views import listing

READ = "/plans/read/"


@pytest.fixture(autouse=True)
def _everything_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "takes_patience", lambda _data: True)


def upload(client: Client, cast: Cast, data: bytes, name: str = "计划.txt") -> str:
    file = SimpleUploadedFile(name, data)
    answer = client.post(READ, {"owner": f"school-{cast.school.pk}", "file": file})
    return answer.headers.get("Location", "")


def waiting(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "files" / "waiting"
    return list(folder.iterdir()) if folder.exists() else []


def test_the_page_answers_at_once_and_the_job_reads(
    office: Client, cast: Cast, zhou: Teacher, tmp_path: Path
) -> None:
    there = upload(office, cast, TEXT.encode())

    assert there == reverse("jobs:job", args=[Job.objects.get().uid])
    assert not Proposal.objects.exists()
    run_waiting()
    told = Notice.objects.get(teacher=zhou)
    assert told.source_id == Proposal.objects.get().uid
    assert "读好了" in told.title
    assert waiting(tmp_path) == []


def test_what_was_read_before_needs_no_job(office: Client, cast: Cast) -> None:
    upload(office, cast, TEXT.encode())
    run_waiting()
    there = upload(office, cast, TEXT.encode())

    assert there == reverse("planning:proposal", args=[Proposal.objects.get().uid])
    assert Job.objects.count() == 1


def test_what_cannot_be_read_is_said_and_nothing_stays(
    office: Client, cast: Cast, tmp_path: Path
) -> None:
    upload(office, cast, b"%PDF-1.7 nothing of the kind", "计划.pdf")
    run_waiting()

    job = Job.objects.get()
    assert job.state == Job.State.FAILED
    assert job.message
    assert waiting(tmp_path) == []
    assert not Proposal.objects.exists()


def test_a_file_that_is_gone_is_asked_for_again(office: Client, cast: Cast, tmp_path: Path) -> None:
    upload(office, cast, TEXT.encode())
    for path in waiting(tmp_path):
        path.unlink()
    run_waiting()

    assert "请在“读入文档”页重新上传" in Job.objects.get().message
