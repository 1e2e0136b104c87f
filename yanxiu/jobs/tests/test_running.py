"""What was started is done once, and ends in a state with its reason."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from yanxiu.attachments.actions import path_of
from yanxiu.attachments.models import Attachment
from yanxiu.cast import MORNING, NOON
from yanxiu.jobs import actions
from yanxiu.jobs.models import Job
from yanxiu.jobs.recovering import forget_old, results
from yanxiu.jobs.refusals import NotOpen, NotRetriable, TooManyJobs
from yanxiu.jobs.running import Interrupted, Running, run_waiting
from yanxiu.jobs.tests.conftest import Begin
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.notices.models import Notice
from yanxiu.people.models import Teacher


def nothing(running: Running) -> None:
    """Do nothing."""


def test_it_is_done_with_what_it_was_given_and_keeps_its_files(begin: Begin) -> None:
    def write(running: Running) -> None:
        running.step(1, 2, f"第 1 位：{running.by.name}")
        running.keep(running.detail["text"].encode(), name="说明.txt")
        running.step(2, 2)

    begin(write, detail={"text": "你好"})

    assert run_waiting() == 1
    job = Job.objects.get()
    assert (job.state, job.done, job.of, job.attempts) == (Job.State.DONE, 2, 2, 1)
    (kept,) = results(job)
    assert (kept.name, path_of(kept.sha256).read_text()) == ("说明.txt", "你好")
    assert run_waiting() == 0
    assert not DBTaskResult.objects.exists()


def test_a_file_on_the_disk_is_kept_whatever_its_size(
    begin: Begin, tmp_path: Path, settings: object
) -> None:
    settings.UPLOAD_LIMIT = 10  # type: ignore[attr-defined]
    made = tmp_path / "made.zip"
    made.write_bytes(b"PK\x03\x04" + b"0" * 100)
    begin(lambda running: running.keep(made, name="合订本.zip") and None)

    run_waiting()

    assert Attachment.objects.get().media_type == "application/zip"


def test_it_is_in_the_queue_only_if_the_deed_that_started_it_was_done(begin: Begin) -> None:
    def begin_and_fail() -> None:
        with transaction.atomic():
            begin(nothing)
            raise BadInput("没有办成。")

    with pytest.raises(BadInput):
        begin_and_fail()

    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_asking_twice_for_the_same_gives_the_same_job(begin: Begin) -> None:
    first, again = begin(nothing, detail={"a": 1}), begin(nothing, detail={"a": 1})
    other = begin(nothing, detail={"a": 2})

    assert first == again
    assert first != other
    assert run_waiting() == 2


def test_one_person_cannot_fill_the_queue(begin: Begin) -> None:
    for number in range(actions.MOST):
        begin(nothing, detail={"number": number})

    with pytest.raises(TooManyJobs, match="20"):
        begin(nothing)


def test_a_refusal_inside_is_told_as_it_is(begin: Begin) -> None:
    def refuse(running: Running) -> None:
        raise BadInput("这个学期还没有数据，请先选别的学期。")

    begin(refuse)
    run_waiting()

    job = Job.objects.get()
    assert (job.state, job.message) == (Job.State.FAILED, "这个学期还没有数据，请先选别的学期。")


def test_a_mistake_of_ours_is_told_politely_and_stops_nobody_else(
    begin: Begin, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(running: Running) -> None:
        if running.detail:
            raise ZeroDivisionError("secret of the house")

    begin(stumble, detail={"bad": True})
    begin(stumble, title="另一件")

    assert run_waiting() == 2
    bad, good = Job.objects.order_by("pk")
    assert (bad.state, good.state) == (Job.State.FAILED, Job.State.DONE)
    assert bad.number in bad.message
    assert "secret" not in bad.message
    assert bad.number in caplog.text


def test_an_absent_database_is_waited_for_but_not_for_ever(begin: Begin) -> None:
    def locked(running: Running) -> None:
        raise OperationalError("database is locked")

    begin(locked)
    for _number in range(5):
        DBTaskResult.objects.update(run_after=MORNING)
        run_waiting()

    job = Job.objects.get()
    assert (job.state, job.attempts) == (Job.State.FAILED, 3)


def test_what_waits_is_cancelled_at_once(begin: Begin, wang: Teacher) -> None:
    job = actions.cancel(begin(nothing), by=wang, at=NOON)

    run_waiting()

    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.CANCELLED, 0)
    with pytest.raises(NotOpen):
        actions.cancel(job, by=wang, at=NOON)


def test_what_runs_ends_at_its_next_step_and_leaves_nothing(begin: Begin, guan: Teacher) -> None:
    def long(running: Running) -> None:
        running.keep("半本".encode(), name="半本.txt")
        actions.cancel(running.job, by=guan, at=NOON)
        running.step(1, 1)
        raise AssertionError

    job = begin(long)
    run_waiting()

    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED
    assert results(job) == []


def test_a_worker_that_is_to_stop_puts_it_back(begin: Begin) -> None:
    seen = []

    def asked_to_stop(running: Running) -> None:
        seen.append(1)
        if len(seen) == 1:
            raise Interrupted

    job = begin(asked_to_stop)

    run_waiting()
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.WAITING, 0)
    run_waiting()
    job.refresh_from_db()
    assert job.state == Job.State.DONE


def test_what_failed_is_done_again_when_asked(begin: Begin, wang: Teacher, zhao: Teacher) -> None:
    def at_second(running: Running) -> None:
        if running.job.message == "" and not tried:
            tried.append(1)
            raise BadInput("没有。")

    tried: list[int] = []
    job = begin(at_second)
    with pytest.raises(NotRetriable):
        actions.retry(job, by=wang, at=NOON)
    run_waiting()

    with pytest.raises(NotAllowed):
        actions.retry(job, by=zhao, at=NOON)
    actions.retry(job, by=wang, at=NOON)
    run_waiting()

    job.refresh_from_db()
    assert (job.state, job.message) == (Job.State.DONE, "")


def test_whoever_waited_long_is_told_and_nobody_else(begin: Begin, wang: Teacher) -> None:
    begin(nothing, at=timezone.now(), title="很快的")
    begin(nothing, at=timezone.now() - timedelta(minutes=5), title="很慢的", detail={"a": 1})

    run_waiting()

    assert [(one.teacher, one.title) for one in Notice.objects.all()] == [(wang, "很慢的：做好了")]


def test_nothing_is_done_for_somebody_who_has_left(begin: Begin, wang: Teacher) -> None:
    job = begin(nothing)
    Teacher.objects.filter(pk=wang.pk).update(is_active=False)

    run_waiting()

    job.refresh_from_db()
    assert job.state == Job.State.FAILED


def test_files_are_removed_with_their_job_after_a_month(begin: Begin) -> None:
    begin(lambda running: running.keep(b"x", name="a.txt") and None)
    run_waiting()
    path = path_of(Attachment.objects.get().sha256)
    now = timezone.now()

    assert forget_old(now + timedelta(days=29)) == 0
    assert path.exists()
    assert forget_old(now + timedelta(days=31)) == 1

    assert not Job.objects.exists()
    assert not Attachment.objects.exists()
