"""Deciding from the queue, and telling the persons concerned."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from yanxiu.kernel.amounts import plain
from yanxiu.kernel.sources import source_of
from yanxiu.ledger import actions as ledger
from yanxiu.ledger.actions.recognising import LeftOut, acted_on_since
from yanxiu.ledger.models import Record
from yanxiu.notices.actions import notify
from yanxiu.people.models import Teacher

ALONE = 1
"""So many records are told by their own title."""


@transaction.atomic
def recognise(
    records: Sequence[Record],
    *,
    amount: Decimal | None = None,
    reason: str = "",
    by: Teacher,
    at: datetime,
    turns: Mapping[UUID, int] | None = None,
) -> list[Record]:
    """Take the step of each of `records`, and tell each teacher what is settled, once.

    Raises:
        Refusal: see `ledger.decide`.
    """
    rows = ledger.decide(records, amount=amount, reason=reason, by=by, at=at, turns=turns)
    settled = [row for row in rows if row.state == Record.State.RECOGNISED or reason.strip()]
    for mine in _by_teacher(settled):
        first = mine[0]
        if len(mine) > ALONE:
            title = f"学时认定完成：{first.title}等{len(mine)}项"
        elif first.state == Record.State.RECOGNISED:
            title = f"学时认定完成：{first.title}"
        else:
            title = f"认定有调整：{first.title}"
        text = reason.strip()
        if amount is not None and text:
            claimed = first.claimed
            before = "" if claimed is None else f"申报 {plain(claimed)}，"
            text = f"{before}认定 {plain(amount)}。{text}"
        _tell(mine, title, text, at)
    return rows


@transaction.atomic
def recognise_unchanged(
    records: Sequence[Record], *, by: Teacher, at: datetime, turns: Mapping[UUID, int]
) -> tuple[list[Record], list[LeftOut]]:
    """Take the step of those of `records` that stand as `by` saw them; return the others too.

    What somebody withdrew or decided meanwhile keeps nobody else waiting.

    Raises:
        Refusal: one of the rest is not for `by` to decide, see `ledger.decide`; then none is.
    """
    left = acted_on_since(records, by=by, turns=turns)
    gone = {one.record.pk for one in left}
    rest = [record for record in records if record.pk not in gone]
    return recognise(rest, by=by, at=at, turns=turns) if rest else [], left


@transaction.atomic
def give_back(
    records: Sequence[Record],
    *,
    reason: str,
    by: Teacher,
    at: datetime,
    turns: Mapping[UUID, int] | None = None,
) -> list[Record]:
    """Return `records` with a reason, and tell each teacher what is wanted.

    Raises:
        Refusal: see `ledger.return_`.
    """
    rows = ledger.return_(records, reason=reason, by=by, at=at, turns=turns)
    for mine in _by_teacher(rows):
        more = f"等{len(mine)}项" if len(mine) > ALONE else ""
        _tell(mine, f"请补充后再交：{mine[0].title}{more}", reason.strip(), at)
    return rows


@transaction.atomic
def correct(
    record: Record,
    *,
    amount: Decimal,
    reason: str,
    level: str,
    turn: int,
    by: Teacher,
    at: datetime,
) -> Record:
    """Correct what was recognised to the end, without an objection.

    Raises:
        Refusal: see `ledger.reverse_and_redo`.
    """
    row = ledger.reverse_and_redo(
        record, reason=reason, amount=amount, level=level, turn=turn, by=by, at=at
    )
    _tell([row], f"认定已更正：{row.title}", f"更正为 {plain(amount)}。{reason.strip()}", at)
    return row


def _by_teacher(rows: Sequence[Record]) -> list[list[Record]]:
    found: dict[int, list[Record]] = defaultdict(list)
    for row in rows:
        found[row.teacher_id].append(row)
    return list(found.values())


def _tell(rows: Sequence[Record], title: str, text: str, at: datetime) -> None:
    first = rows[0]
    notify(
        [first.teacher],
        kind="decision",
        title=title,
        source=source_of(first),
        organisation=first.organisation,
        at=at,
        text=text,
    )
