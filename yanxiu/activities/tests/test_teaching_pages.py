"""The pages of content tags and experts."""

from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from yanxiu.activities.actions.experts import add_expert
from yanxiu.activities.actions.tagging import add_tag
from yanxiu.activities.models import Classification, Expert, ExpertKind, ExpertVisit, Session, Tag
from yanxiu.cast import MORNING, Cast
from yanxiu.people.models import Teacher


def page(client: Client, teacher: Teacher, name: str, *args: Any, **query: str) -> str:
    client.force_login(teacher)
    answer = client.get(reverse(f"activities:{name}", args=args), query)
    assert answer.status_code == 200, name
    return answer.content.decode()


def test_the_tree_of_tags_is_open_to_all_and_changed_by_the_office(
    client: Client, zhou: Teacher, wang: Teacher
) -> None:
    assert "教材教法" in page(client, wang, "tags")
    assert client.get(reverse("activities:tag_new")).status_code == 404

    client.force_login(zhou)
    client.post(
        reverse("activities:tag_new"),
        {"classification": Classification.objects.get(code="reform").pk, "name": "六型课堂",
         "starts_on": "2026-09-01"},
    )  # fmt: skip

    assert "六型课堂" in page(client, wang, "tags", q="六型")


def test_a_campaign_that_ended_is_found_by_name(client: Client, cast: Cast, zhou: Teacher) -> None:
    add_tag(
        cast.school, classification=Classification.objects.get(code="reform"), name="荣辱观",
        starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1), by=zhou, at=MORNING,
    )  # fmt: skip

    assert "荣辱观" not in page(client, zhou, "tags")
    assert "荣辱观" in page(client, zhou, "tags", old="1")
    assert "荣辱观" in page(client, zhou, "tags", q="荣辱")


def test_a_session_is_given_its_tags_and_found_under_them(
    client: Client, session: Session, li: Teacher
) -> None:
    tag = Tag.objects.get(code="homework")
    page(client, li, "session_tags", session.uid)

    client.post(reverse("activities:session_tags", args=[session.uid]), {"tag": [str(tag.pk)]})

    assert session.title in page(client, li, "tag", tag.uid)


def test_an_expert_is_registered_and_asked_to_a_session(
    client: Client, session: Session, zhou: Teacher, wang: Teacher
) -> None:
    client.force_login(zhou)
    kind = ExpertKind.objects.get(code="frontline_master")
    client.post(
        reverse("activities:expert_new"),
        {"kind": kind.pk, "name": "乔名师", "topics": "作业设计", "contact": "办公室电话"},
    )
    expert = Expert.objects.get()
    client.post(
        reverse("activities:session_experts", args=[session.uid]),
        {"expert": expert.pk, "role": "lecture", "topic": "", "minutes": "", "fee": "300"},
    )

    assert ExpertVisit.objects.get().minutes == 90
    assert "乔名师" in page(client, zhou, "session_experts", session.uid)
    assert "办公室电话" not in page(client, wang, "expert", expert.uid)
    assert "分数的意义" in page(client, wang, "expert", expert.uid)


def test_the_list_of_experts_costs_the_same_for_few_and_many(
    client: Client, cast: Cast, zhou: Teacher, django_assert_max_num_queries: Any
) -> None:
    kind = ExpertKind.objects.get(code="hired_expert")
    for number in range(30):
        add_expert(cast.school, kind=kind, name=f"专家{number}", by=zhou, at=MORNING)
    client.force_login(zhou)

    with django_assert_max_num_queries(10):
        answer = client.get(reverse("activities:experts"))
    assert len(answer.content) < 60_000
    assert client.get(reverse("activities:experts_sheet")).content.startswith(b"PK")


def test_another_school_sees_neither_tags_nor_experts_of_this_one(
    client: Client, cast: Cast, zhou: Teacher, qian: Teacher
) -> None:
    kind = ExpertKind.objects.get(code="hired_expert")
    expert = add_expert(cast.school, kind=kind, name="乔教授", by=zhou, at=MORNING)

    client.force_login(qian)

    assert client.get(reverse("activities:expert", args=[expert.uid])).status_code == 404
