"""Hours from elsewhere become records of their own, by a hand that is not the person's."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.agenda.models import Task
from yanxiu.cast import NOON, Cast
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.ledger import chain
from yanxiu.ledger.actions import transferring
from yanxiu.ledger.actions.transferring import NewLine
from yanxiu.ledger.models import Entry, Record, SchemeAdoption, Transfer
from yanxiu.ledger.queries import schemes_on, standings
from yanxiu.ledger.queries.changes import changes, within
from yanxiu.ledger.refusals import OwnAffair
from yanxiu.ledger.rules.loading import loads
from yanxiu.ledger.rules.taking import taken
from yanxiu.ledger.rules.tests.test_auditing import SMALL
from yanxiu.people.models import Teacher

LINE = NewLine(
    "县级集中培训",
    "centralised",
    "county",
    date(2026, 9, 3),
    date(2026, 9, 5),
    Decimal(6),
    "credit",
)


def brought(cast: Cast, wang: Teacher, by: Teacher) -> Transfer:
    return transferring.bring(
        wang,
        cast.school,
        issuer="松岭县",
        document="学分证明2026-18号",
        lines=[LINE],
        by=by,
        at=NOON,
    )


def test_it_counts_in_its_year_and_says_where_it_is_from(
    cast: Cast, zhou: Teacher, wang: Teacher
) -> None:
    transfer = brought(cast, wang, wang)
    assert Entry.objects.count() == 0

    transferring.accept_transfer(transfer, by=zhou, at=NOON)

    record = Record.objects.get()
    assert (record.kind, record.stated, record.happened_on) == ("transferred_in", 6, LINE.last_on)
    assert "松岭县" in record.title
    [reached] = standings(wang, cast.school, date(2026, 10, 15))
    assert reached.standing.year.credits == 6
    assert chain.faults() == []


def test_nobody_accepts_the_own_paper(cast: Cast, zhou: Teacher, li: Teacher) -> None:
    transfer = brought(cast, zhou, zhou)

    with pytest.raises(OwnAffair):
        transferring.accept_transfer(transfer, by=zhou, at=NOON)
    with pytest.raises(NotAllowed):
        transferring.accept_transfer(transfer, by=li, at=NOON)


def test_it_is_decided_once(cast: Cast, zhou: Teacher, wang: Teacher) -> None:
    transfer = brought(cast, wang, zhou)
    transferring.return_transfer(transfer, because="请附原件", by=zhou, at=NOON)

    with pytest.raises(BadInput, match="周主任办理"):
        transferring.accept_transfer(transfer, by=zhou, at=NOON)


def test_the_table_of_the_scheme_converts_and_says_so() -> None:
    scheme = loads(SMALL)

    worth = taken(
        scheme, Decimal(35), "hour", on=date(2026, 10, 1), issuer="松岭县", row="from-hours"
    )

    assert worth is not None
    assert (worth.amount, worth.unit) == (Decimal("3.5"), "credit")
    assert worth.steps[-1].text == "外县学时折成学分：× 0.1 → 3.5 学分"
    wrong = taken(scheme, Decimal(3), "credit", on=date(2026, 10, 1), issuer="", row="from-hours")
    assert wrong is None


def test_what_was_taken_over_by_mistake_is_reversed(
    cast: Cast, zhou: Teacher, wang: Teacher
) -> None:
    transfer = transferring.accept_transfer(brought(cast, wang, wang), by=zhou, at=NOON)

    transferring.undo_transfer(transfer, because="证明是别人的", by=zhou, at=NOON)

    assert [entry.amount for entry in Entry.objects.order_by("number")] == [6, -6]
    [reached] = standings(wang, cast.school, date(2026, 10, 15))
    assert reached.standing.year.credits == 0


def test_a_new_reckoning_leaves_it_as_it_was_taken(
    cast: Cast, zhou: Teacher, wang: Teacher
) -> None:
    transferring.accept_transfer(brought(cast, wang, wang), by=zhou, at=NOON)
    scheme = schemes_on(cast.school, date(2026, 10, 15))[0]

    rows = within(cast.school, scheme.id, date(2025, 9, 1))

    found = [one for part in changes(rows, scheme) for one in part.changes]
    assert found == []


def test_who_can_decide_is_asked_and_the_task_ends_with_any_decision(
    cast: Cast, zhou: Teacher, wang: Teacher
) -> None:
    transfer = brought(cast, wang, wang)
    task = Task.objects.get(source_id=transfer.uid, teacher=zhou)
    assert (task.state, task.title) == ("open", "核对转入学时：王老师")

    transferring.return_transfer(transfer, because="请附原件", by=zhou, at=NOON)

    assert set(Task.objects.filter(source_id=transfer.uid).values_list("state", flat=True)) == {
        "done"
    }


def test_nothing_is_taken_over_for_days_on_which_no_scheme_was_in_force(
    cast: Cast, zhou: Teacher, wang: Teacher
) -> None:
    SchemeAdoption.objects.update(starts_on=date(2026, 10, 1))
    transfer = brought(cast, wang, wang)

    with pytest.raises(BadInput, match="那天学校还没有采用学时方案"):
        transferring.accept_transfer(transfer, by=zhou, at=NOON)

    assert Record.objects.count() == 0


def test_one_line_over_more_than_a_year_is_refused_with_what_to_do(
    cast: Cast, wang: Teacher
) -> None:
    long = replace(LINE, starts_on=date(2025, 9, 3))

    with pytest.raises(BadInput, match="一年填一行"):
        transferring.bring(
            wang, cast.school, issuer="松岭县", document="18号", lines=[LINE, long], by=wang,
            at=NOON,
        )  # fmt: skip

    assert not Transfer.objects.exists()


def test_the_trail_of_the_record_keeps_the_unit_of_the_paper(
    cast: Cast, client: Client, zhou: Teacher, wang: Teacher
) -> None:
    transferring.accept_transfer(brought(cast, wang, wang), by=zhou, at=NOON)
    client.force_login(wang)

    page = client.get(reverse("portfolio:record", args=[Record.objects.get().uid]))

    assert '<b class="num">6 学分</b>' in page.content.decode()


def test_a_paper_that_is_sent_twice_is_there_once(cast: Cast, zhou: Teacher, wang: Teacher) -> None:
    once, again = brought(cast, wang, wang), brought(cast, wang, wang)

    assert (again.pk, Transfer.objects.count()) == (once.pk, 1)
    transferring.return_transfer(once, because="请附原件", by=zhou, at=NOON)
    assert brought(cast, wang, wang).pk != once.pk
