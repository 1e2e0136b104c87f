"""A course that was told of on one page is not stored a second time from another one."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.cast import NOON, Cast
from yanxiu.ledger.models import RecognitionStep
from yanxiu.people.models import Teacher
from yanxiu.places.told import ToldBefore
from yanxiu.recognition import actions
from yanxiu.recognition.models import Declaration
from yanxiu.recognition.tests.conftest import COURSE

SENT = {
    "title": "暑期数学研修", "happened_on": "2026-10-12", "amount": "16", "reference": "证字 7 号",
    "delivery_mode": "distance",
}  # fmt: skip


@pytest.fixture
def first(cast: Cast, sun: Teacher, wang: Teacher) -> Declaration:
    return actions.declare(cast.school, "course", COURSE, by=wang, at=NOON)


def test_the_page_names_the_first_one_and_stores_nothing(
    first: Declaration, client: Client, wang: Teacher
) -> None:
    client.force_login(wang)

    answer = client.post(f"{reverse('recognition:declare')}?kind=course", SENT)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert reverse("recognition:declaration", args=[first.uid]) in page
    assert all(word in page for word in ("好像已经报过", "证字 7 号", 'name="not_the_same"'))
    assert Declaration.objects.count() == 1


def test_who_says_in_what_it_differs_is_believed_and_the_decider_reads_it(
    first: Declaration, client: Client, wang: Teacher, zhou: Teacher
) -> None:
    client.force_login(wang)
    sent = {**SENT, "not_the_same": "这是第二阶段的线上课"}

    client.post(f"{reverse('recognition:declare')}?kind=course", sent)

    made = Declaration.objects.exclude(pk=first.pk).get()
    step = RecognitionStep.objects.get(record=made.record, decision="claimed")
    assert step.reason == "这是第二阶段的线上课"
    client.force_login(zhou)
    assert "这是第二阶段的线上课" in client.get(reverse("recognition:queue")).content.decode()


def test_the_same_day_and_title_opens_what_is_there(
    first: Declaration, client: Client, wang: Teacher
) -> None:
    client.force_login(wang)
    sent = {**SENT, "title": COURSE["title"], "happened_on": "2026-10-10", "not_the_same": "再报"}

    answer = client.post(f"{reverse('recognition:declare')}?kind=course", sent)

    assert answer.status_code == 422
    assert reverse("recognition:declaration", args=[first.uid]) in answer.content.decode()


@pytest.mark.parametrize(
    ("title", "day"),
    [("暑期数学研修班", date(2026, 9, 20)), ("班主任工作坊", date(2026, 10, 10))],
)
def test_another_time_or_another_title_is_another_course(
    first: Declaration, cast: Cast, wang: Teacher, title: str, day: date
) -> None:
    facts = {**COURSE, "title": title, "happened_on": day}

    assert actions.declare(cast.school, "course", facts, by=wang, at=NOON).pk != first.pk


def test_what_was_taken_back_or_is_another_persons_does_not_count(
    first: Declaration, cast: Cast, wang: Teacher, li: Teacher
) -> None:
    facts = {**COURSE, "title": "暑期数学研修", "amount": Decimal(8)}
    actions.declare(cast.school, "course", facts, by=li, at=NOON)
    with pytest.raises(ToldBefore):
        actions.declare(cast.school, "course", facts, by=wang, at=NOON)

    actions.withdraw_declaration(first, by=wang, at=NOON)

    assert actions.declare(cast.school, "course", facts, by=wang, at=NOON).amount == 8
