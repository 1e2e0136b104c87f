"""An outside course told of before, here or elsewhere, is not stored a second time unasked."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.ledger.models import RecognitionStep
from yanxiu.people.models import Teacher
from yanxiu.places.told import ToldBefore, told_before
from yanxiu.training import actions
from yanxiu.training.models import OutsideCourse, OutsideTraining
from yanxiu.training.tests.conftest import FACTS

LIKE: dict[str, Any] = {
    **FACTS, "title": "小学数学新课标研修", "starts_on": date(2026, 10, 13),
    "last_on": date(2026, 10, 14), "mode": "on_site",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _in_october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOON)


def test_it_is_found_wherever_it_was_told(applied: OutsideTraining, wang: Teacher) -> None:
    day = date(2026, 10, 14)

    (found,) = told_before(wang, "2026年小学数学新课标研修班", day, day)

    assert found.url == reverse("training:training", args=[applied.uid])
    assert told_before(wang, "小学数学新课标研修班", date(2026, 11, 1), date(2026, 11, 1)) == []


def test_the_page_names_the_first_one_and_keeps_what_was_typed(
    applied: OutsideTraining, client: Client, wang: Teacher
) -> None:
    client.force_login(wang)

    answer = client.post(reverse("training:declare"), LIKE)

    page = answer.content.decode()
    assert (answer.status_code, 'value="小学数学新课标研修"' in page) == (422, True)
    assert reverse("training:training", args=[applied.uid]) in page
    assert (OutsideTraining.objects.count(), OutsideCourse.objects.count()) == (1, 1)


def test_who_says_in_what_it_differs_goes_on_and_the_decider_reads_it(
    applied: OutsideTraining, client: Client, wang: Teacher, zhou: Teacher
) -> None:
    client.force_login(wang)
    client.post(reverse("training:declare"), {**LIKE, "not_the_same": "这是线上的后续课"})

    made = OutsideTraining.objects.exclude(pk=applied.pk).get()
    client.force_login(zhou)
    page = client.get(reverse("training:training", args=[made.uid])).content.decode()
    assert "这是线上的后续课" in page
    actions.hand_in(made, hours=Decimal(4), report="好", by=wang, at=NOON)
    made.refresh_from_db()
    actions.recognise(made, hours=Decimal(4), by=zhou, at=NOON)
    assert RecognitionStep.objects.get(decision="claimed").reason == "这是线上的后续课"


def test_applying_is_warned_too_and_a_known_course_can_be_insisted_on(
    applied: OutsideTraining, cast: Cast, client: Client, wang: Teacher, zhou: Teacher
) -> None:
    other = actions.enter_course(cast.school, LIKE, by=zhou, at=MORNING)
    with pytest.raises(ToldBefore):
        actions.apply(cast.school, course=other, purpose="想学", by=wang, at=MORNING)
    client.force_login(wang)
    address = f"{reverse('training:declare')}?course={other.uid}"

    assert 'name="not_the_same"' in client.post(address).content.decode()
    client.post(address, {"not_the_same": "另一班"})

    assert OutsideTraining.objects.get(course=other).not_the_same == "另一班"
