"""Nobody changes an entry by any address of this app, whatever the form says."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from yanxiu.cast import NOON, Cast
from yanxiu.ledger import chain
from yanxiu.ledger.models import Entry, Record
from yanxiu.people.models import Teacher
from yanxiu.recognition import actions
from yanxiu.recognition.models import Declaration, Objection
from yanxiu.recognition.tests.conftest import COURSE
from yanxiu.recognition.urls import urlpatterns

WHAT_COULD_BE_MEANT = {
    "amount": "1", "amount_0": "1", "reason": "改", "reason_0": "改", "text": "改", "word": "改",
    "verdict": "upheld", "because": "改", "turn": "3", "title": "改", "wished": "1",
}  # fmt: skip


@pytest.fixture
def settled(cast: Cast, wang: Teacher, zhou: Teacher, sun: Teacher) -> Record:
    made = actions.declare(cast.school, "course", COURSE, by=wang, at=NOON)
    assert made.record is not None
    rows = actions.recognise([made.record], by=zhou, at=NOON)
    return actions.recognise(rows, by=sun, at=NOON)[0]


def told() -> list[dict[str, Any]]:
    return [dict(row) for row in Entry.objects.order_by("pk").values()]


def test_what_is_posted_stays_and_only_counter_entries_come(
    settled: Record, cast: Cast, sun: Teacher, client: Client
) -> None:
    at = NOON
    objection = Objection.objects.create(
        organisation=cast.school, teacher=settled.teacher, raised_by=settled.teacher,
        record=settled, text="多了", level="school", place=cast.school, made_at=at,
    )  # fmt: skip
    before = told()
    things = [settled.uid, Declaration.objects.get().uid, objection.uid]
    form = {"row": [f"{settled.uid}:{settled.turn}"], **WHAT_COULD_BE_MEANT}
    for who in (*cast.people.values(), sun):
        client.force_login(who)
        for pattern in urlpatterns:
            assert isinstance(pattern, URLPattern)
            for uid in things:
                takes: dict[str, Any] = dict.fromkeys(pattern.pattern.converters, uid)
                if "number" in takes:
                    takes["number"] = 1
                path = reverse(f"recognition:{pattern.name}", kwargs=takes)
                for deed in ("accept:0", "partial:0", "return:0", "rest"):
                    client.post(path, {**form, "do": deed, "turn": str(settled.turn)})
                    if pattern.name != "queue":
                        break

    assert told()[: len(before)] == before
    assert {entry.reverses_id for entry in Entry.objects.filter(amount__lt=0)} <= {
        row["id"] for row in told()
    }
    assert chain.faults() == []
    assert Decimal(0) <= sum(entry.amount for entry in Entry.objects.all()) <= Decimal(16)
