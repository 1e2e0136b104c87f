"""The pages of the comparison: known texts, and a text of one's own."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.cast import MORNING, Cast
from yanxiu.originality import actions
from yanxiu.originality.models import Document, KnownText
from yanxiu.people.models import Teacher

TEXT = "今天的数学课上，我发现学生对分数的意义理解得并不牢固，很多孩子只会背定义。"


@pytest.fixture
def known(cast: Cast, zhou: Teacher) -> KnownText:
    return actions.add_known_text(
        cast.school, sort="template", title="网上的范文", text=TEXT, by=zhou, at=MORNING
    )


def test_the_office_loads_a_text_and_what_is_too_short_stays_typed(
    client: Client, zhou: Teacher, wang: Teacher
) -> None:
    client.force_login(zhou)
    typed = {"sort": "quotation", "title": "课标", "origin": "", "text": "太短"}

    refused = client.post(reverse("originality:new"), typed)
    client.post(reverse("originality:new"), {**typed, "text": TEXT})

    assert refused.status_code == 422
    assert "太短" in refused.content.decode()
    assert KnownText.objects.get().title == "课标"
    client.force_login(wang)
    assert client.get(reverse("originality:new")).status_code == 404


def test_everybody_of_the_school_reads_it_and_no_other_school(
    client: Client, known: KnownText, cast: Cast, wang: Teacher
) -> None:
    page = reverse("originality:known_text", args=[known.uid])
    client.force_login(wang)
    assert TEXT in client.get(page).content.decode()
    assert client.post(reverse("originality:remove", args=[known.uid])).status_code == 404
    client.force_login(cast.people["qian"])
    assert client.get(page).status_code == 404


def test_ones_own_text_is_compared_and_not_kept(
    client: Client, known: KnownText, wang: Teacher
) -> None:
    client.force_login(wang)
    before = Document.objects.count()

    page = client.post(reverse("originality:check"), {"text": f"开头。{TEXT}结尾。"})

    body = page.content.decode()
    assert "流传的范文" in body
    assert "网上的范文" in body
    assert body.count("<mark>") == 2
    assert Document.objects.count() == before


def test_a_text_that_is_nobodys_is_told_so(client: Client, known: KnownText, wang: Teacher) -> None:
    client.force_login(wang)

    page = client.post(reverse("originality:check"), {"text": "运动会那天下着小雨，接力赛改期了。"})

    assert "没有找到相同的段落" in page.content.decode()


def test_the_office_takes_a_text_out_again(client: Client, known: KnownText, zhou: Teacher) -> None:
    client.force_login(zhou)

    client.post(reverse("originality:remove", args=[known.uid]))

    assert not KnownText.objects.exists()
    assert not Document.objects.exists()


def test_the_list_takes_few_statements(
    client: Client, cast: Cast, zhou: Teacher, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        actions.add_known_text(
            cast.school, sort="template", title=f"{number}", text=TEXT, by=zhou, at=MORNING
        )
    client.force_login(zhou)

    with django_assert_max_num_queries(10):
        page = client.get(reverse("originality:home"))

    assert page.status_code == 200
