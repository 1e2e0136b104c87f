"""Two officers at the same record: one decision stands, and the other is told whose it is.

Threads that really write side by side, on either database; see `test_faults_closing`.
"""

from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from django.db.models import Sum

from tests.test_faults_closing import ROUNDS, together
from yanxiu.cast import NOON, Cast
from yanxiu.kernel.sources import Source
from yanxiu.kernel.spans import moment_at
from yanxiu.kernel.uids import new_uid
from yanxiu.ledger import chain
from yanxiu.ledger.actions import decide, return_, reverse_and_redo
from yanxiu.ledger.actions.submitting import DECLARED, NewRecord, submit
from yanxiu.ledger.models import Entry, RecognitionStep, Record
from yanxiu.ledger.refusals import AlreadyDecided
from yanxiu.people.models import Teacher


@pytest.fixture
def db(house: Path) -> Path:
    """Let the cast live in a database that threads can open."""
    return house


def declared(cast: Cast, teacher: Teacher) -> Record:
    new = NewRecord(
        teacher=teacher, organisation=cast.school, kind="paper", role="author", title="一篇",
        happened_at=moment_at(date(2026, 10, 10), time(8)), items=Decimal(1), claimed=Decimal(1),
        assurance=Record.Assurance.DECLARED, source=Source("made.up", new_uid()),
    )  # fmt: skip
    return submit([new], by=teacher, at=NOON, step=DECLARED)[0]


def test_of_two_decisions_at_once_one_stands(cast: Cast) -> None:
    zhou, shen, wang = (cast.people[name] for name in ("zhou", "shen", "wang"))
    for _ in range(ROUNDS):
        record = declared(cast, wang)
        seen = [Record.objects.get(pk=record.pk) for _ in range(2)]

        answers = together(
            lambda: decide([seen[0]], by=zhou, at=NOON),  # noqa: B023 (done before the next)
            lambda: return_([seen[1]], reason="缺封面", by=shen, at=NOON),  # noqa: B023
        )

        refused = [one for one in answers if isinstance(one, AlreadyDecided)]
        told = RecognitionStep.objects.filter(record=record).exclude(decision="claimed")
        assert (len(refused), told.count()) == (1, 1)
        assert Entry.objects.filter(record=record).count() == (told.get().decision == "accepted")
        assert told.get().by_name in str(refused[0])
    assert chain.faults() == []


def test_two_corrections_at_once_reverse_once(cast: Cast) -> None:
    zhou, shen, wang = (cast.people[name] for name in ("zhou", "shen", "wang"))
    (record,) = decide([declared(cast, wang)], by=zhou, at=NOON)
    seen = [Record.objects.get(pk=record.pk) for _ in range(2)]

    answers = together(
        *(
            lambda by=by, row=row: reverse_and_redo(
                row, reason="非本人", amount=Decimal(0), level="school", by=by, at=NOON
            )
            for by, row in zip((zhou, shen), seen, strict=True)
        )
    )

    assert [isinstance(one, AlreadyDecided) for one in answers].count(True) == 1
    assert Entry.objects.filter(record=record, reverses__isnull=False).count() == 1
    assert Entry.objects.aggregate(total=Sum("amount"))["total"] == 0
    assert chain.faults() == []
