"""The pages of rules and requirements say what holds and keep what was typed."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.people.models import Organisation, Teacher
from yanxiu.regulations import actions
from yanxiu.regulations.models import Regulation, Requirement
from yanxiu.regulations.tests.conftest import SEPTEMBER, TEXT, kind


def page(client: Client, reader: Teacher, address: str, status: int = 200) -> str:
    client.force_login(reader)
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def form(cast: Cast, **changed: str) -> dict[str, str]:
    return {
        "organisation": str(cast.school.uid), "kind": str(kind("assessment").pk),
        "title": "考核办法", "scope": "below", "starts_on": "2026-09-01", "text": TEXT, **changed,
    }  # fmt: skip


def test_a_teacher_reads_what_holds_and_is_asked_to_say_so(
    client: Client, regulation: Regulation, wang: Teacher
) -> None:
    shown = page(client, wang, f"/rules/{regulation.uid}/")

    assert "第一条" in shown
    assert "我已阅读" in shown
    assert "修订" not in shown.split("</nav>")[-1].replace("修订说明", "")

    answer = client.post(f"/rules/{regulation.uid}/acknowledge/", follow=True)

    assert "确认已阅" in answer.content.decode()
    assert regulation.versions.get().acknowledgements.filter(teacher=wang).exists()


def test_a_word_file_becomes_a_draft(client: Client, cast: Cast, zhou: Teacher) -> None:
    client.force_login(zhou)
    file = SimpleUploadedFile("考核办法.txt", TEXT.encode("gb18030"))

    answer = client.post("/rules/new/", {**form(cast, text=""), "file": file})

    made = Regulation.objects.get(title="考核办法")
    assert answer["Location"] == f"/rules/{made.uid}/"
    assert made.versions.get().articles.count() == 4


def test_a_refused_form_keeps_what_was_typed(client: Client, cast: Cast, zhou: Teacher) -> None:
    client.force_login(zhou)

    answer = client.post("/rules/new/", form(cast, text="", title="考核办法（试行）"))

    assert answer.status_code == 422
    assert "考核办法（试行）" in answer.content.decode()
    assert not Regulation.objects.exists()


def test_publishing_says_first_what_it_costs(
    client: Client, drafted: Regulation, zhou: Teacher
) -> None:
    shown = page(client, zhou, f"/rules/{drafted.uid}/publish/")

    assert "6 位教师" in shown
    assert "合计约 30 分钟" in shown


def test_a_change_shows_what_stood_there(
    client: Client, regulation: Regulation, zhou: Teacher
) -> None:
    version = actions.revise(
        regulation, TEXT.replace("每周活动一次", "两周活动一次"), starts_on=date(2026, 10, 1),
        change_note="减负", by=zhou, at=NOON,
    )  # fmt: skip
    actions.publish(version, by=zhou, at=NOON)

    shown = page(client, zhou, f"/rules/{regulation.uid}/versions/2/")

    assert "两周活动一次" in shown
    assert "<del>每周活动一次，由组长主持。</del>" in shown


def test_the_unread_are_listed_for_the_office_alone(
    client: Client, regulation: Regulation, zhou: Teacher, wang: Teacher
) -> None:
    assert "王老师" in page(client, zhou, f"/rules/{regulation.uid}/")
    client.force_login(zhou)
    assert client.get(f"/rules/{regulation.uid}/unread.xlsx").status_code == 200
    assert "还没有确认：" not in page(client, wang, f"/rules/{regulation.uid}/")
    page(client, wang, f"/rules/{regulation.uid}/unread.xlsx", 404)


def test_the_way_of_a_requirement_through_the_pages(
    client: Client, cast: Cast, central: Organisation, sun: Teacher, zhou: Teacher
) -> None:
    client.force_login(sun)
    client.post("/rules/requirements/new/", {
        "title": "制订研修计划", "due_on": "2026-10-31", "schools": [str(cast.school.uid)],
    })  # fmt: skip
    requirement = Requirement.objects.get()
    given = requirement.answers.get()
    assert "制订研修计划" in page(client, zhou, "/rules/requirements/")
    client.post(f"/rules/answers/{given.uid}/", {"text": "计划已经确认"})
    assert "计划已经确认" in page(client, sun, f"/rules/answers/{given.uid}/")
    client.post(f"/rules/answers/{given.uid}/judge/", {"met": "1"})

    given.refresh_from_db()
    assert given.state == "met"
    assert "1 / 1 已落实" in page(client, sun, f"/rules/requirements/{requirement.uid}/")


def test_the_neighbour_cannot_tell_that_it_is_there(
    client: Client, cast: Cast, central: Organisation, sun: Teacher, qian: Teacher
) -> None:
    requirement = actions.issue_requirement(
        central, [cast.school], title="自查", due_on=date(2026, 10, 31), by=sun, at=MORNING
    )

    page(client, qian, f"/rules/requirements/{requirement.uid}/", 404)


def test_required_kinds_are_set_on_a_page(client: Client, cast: Cast, zhou: Teacher) -> None:
    client.force_login(zhou)

    client.post("/rules/kinds/", {"required": "1", "kind": [kind("handbook").pk]})

    assert [one.kind.code for one in cast.school.required_kinds.all()] == ["handbook"]


def test_a_kind_is_added_once(client: Client, cast: Cast, zhou: Teacher) -> None:
    client.force_login(zhou)
    assert client.post("/rules/kinds/", {"name": "课题管理制度"}).status_code == 302

    answer = client.post("/rules/kinds/", {"name": "课题管理制度"})

    assert answer.status_code == 422
    assert "没有重复添加" in answer.content.decode()


@pytest.mark.parametrize("count", [2, 12])
def test_a_longer_list_costs_no_more(
    client: Client, cast: Cast, zhou: Teacher, count: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for number in range(count):
        new = actions.NewRule(title=f"制度{number}", text=TEXT, starts_on=SEPTEMBER)
        rule = actions.register(cast.school, kind("other"), new, by=zhou, at=MORNING)
        actions.publish(rule.versions.get(), by=zhou, at=MORNING)
    client.force_login(zhou)

    with django_assert_max_num_queries(18):
        client.get("/rules/")
