"""Who started a job sees how far it is; an administrator sees that there is one, and never what."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from yanxiu.attachments.models import Attachment
from yanxiu.cast import Cast
from yanxiu.jobs.models import Job
from yanxiu.jobs.running import Running, claim, run_waiting
from yanxiu.jobs.tests.conftest import Begin
from yanxiu.kernel.refusals import BadInput
from yanxiu.people.models import Teacher


def write(running: Running) -> None:
    """Keep a text."""
    running.keep("正文".encode(), name="手册.txt")


def test_it_is_asked_for_again_until_it_has_ended(
    begin: Begin, client: Client, wang: Teacher
) -> None:
    address = reverse("jobs:job", args=[begin(write).uid])
    client.force_login(wang)

    assert "hx-trigger" in client.get(address).content.decode()
    run_waiting()
    fragment = client.get(address, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in fragment
    assert "hx-trigger" not in fragment
    assert "手册.txt" in fragment
    kept = reverse("attachments:file", args=[Attachment.objects.get().uid])
    assert kept in fragment


def test_progress_and_failure_are_said(begin: Begin, client: Client, wang: Teacher) -> None:
    def refuse(running: Running) -> None:
        running.step(3, 9, "第 3 位：李某")
        page = client.get(address).content.decode()
        assert "3 / 9" in page
        assert "第 3 位：李某" in page
        raise BadInput("少了一份材料，请补上再来。")

    client.force_login(wang)
    address = reverse("jobs:job", args=[begin(refuse).uid])
    run_waiting()

    page = client.get(address).content.decode()
    assert "少了一份材料，请补上再来。" in page
    assert "重试" in page


@pytest.mark.parametrize(
    ("name", "status", "of_file"),
    [("wang", 200, 200), ("guan", 404, 404), ("li", 404, 404), ("qian", 404, 404)],
)
def test_only_who_started_it_sees_it_and_its_files(
    name: str, status: int, of_file: int, begin: Begin, client: Client, cast: Cast
) -> None:
    job = begin(write)
    run_waiting()
    client.force_login(cast.people[name])

    kept = reverse("attachments:file", args=[Attachment.objects.get().uid])
    assert client.get(reverse("jobs:job", args=[job.uid])).status_code == status
    assert client.get(kept).status_code == of_file


def test_an_administrator_sees_that_there_is_one_and_may_stop_it(
    begin: Begin, client: Client, cast: Cast, guan: Teacher
) -> None:
    job = begin(write, title="王老师的秘密合订本")
    client.force_login(guan)

    page = client.get(reverse("jobs:jobs")).content.decode()
    client.post(reverse("jobs:cancel", args=[job.uid]))

    assert "王老师" in page
    assert "编的任务" in page
    assert "秘密" not in page
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED


def test_others_see_nothing_and_stop_nothing(begin: Begin, client: Client, cast: Cast) -> None:
    job = begin(write)
    for name in ("li", "zhou", "qian"):
        client.force_login(cast.people[name])
        assert "编的任务" not in client.get(reverse("jobs:jobs")).content.decode()
        assert client.post(reverse("jobs:cancel", args=[job.uid])).status_code == 404


def test_the_list_costs_the_same_however_long(
    begin: Begin,
    client: Client,
    guan: Teacher,
    wang: Teacher,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(12):
        begin(write, detail={"number": number})
        begin(write, detail={"number": number}, by=guan)
    client.force_login(guan)
    with django_assert_max_num_queries(10):
        client.get(reverse("jobs:jobs"))


def test_retrying_from_the_page(begin: Begin, client: Client, wang: Teacher) -> None:
    job = begin(write)
    assert claim(job.uid, "w", now=job.made_at)
    Job.objects.update(state="failed", ended_at=job.made_at)
    client.force_login(wang)

    client.post(reverse("jobs:retry", args=[job.uid]))
    run_waiting()

    job.refresh_from_db()
    assert job.state == Job.State.DONE
