"""What stands on the record sheet."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from yanxiu.kernel.spans import Span
from yanxiu.people.models import Teacher
from yanxiu.portfolio.queries import Line, lines, own_records


@dataclass(frozen=True)
class Column:
    """One scheme: its title, its word for the unit, and the sum of what is recognised."""

    scheme: str
    unit: str
    total: Decimal


@dataclass(frozen=True)
class Row:
    """One record; `amounts` stand in the order of the columns, None where a scheme is silent."""

    on: date
    kind: str
    title: str
    role: str
    minutes: int | None
    amounts: list[Decimal | None]
    assurance: str
    note: str


@dataclass(frozen=True)
class RecordSheet:
    """个人研修记录表 of one teacher over one period."""

    name: str
    organisation: str
    period: str
    made_on: date
    columns: list[Column]
    rows: list[Row]


def sheet_of(
    teacher: Teacher, *, organisation: str, span: Span | None, period: str, on: date
) -> RecordSheet:
    """Return the sheet of `teacher`, the oldest record first; withdrawn ones stay, at nothing."""
    found = lines(list(own_records(teacher, span=span).reverse()))
    schemes = sorted({(one.scheme, one.unit) for line in found for one in line.amounts})
    rows = [_row(line, schemes) for line in found]
    return RecordSheet(
        name=teacher.name,
        organisation=organisation,
        period=period,
        made_on=on,
        columns=[
            Column(scheme, unit, sum((row.amounts[at] or Decimal(0) for row in rows), Decimal(0)))
            for at, (scheme, unit) in enumerate(schemes)
        ],
        rows=rows,
    )


def _row(line: Line, schemes: list[tuple[str, str]]) -> Row:
    record = line.record
    found = {(one.scheme, one.unit): one for one in line.amounts if one.state == "posted"}
    return Row(
        on=record.happened_on,
        kind=line.kind,
        title=record.title,
        role=line.role,
        minutes=record.minutes,
        amounts=[found[key].amount if key in found else None for key in schemes],
        assurance=str(record.get_assurance_display()),
        note=_note(line),
    )


def _note(line: Line) -> str:
    record = line.record
    if record.withdrawn_at:
        return _("已撤回：%(reason)s") % {"reason": record.withdrawn_because}
    if any(one.state == "pending" for one in line.amounts):
        return _("待认定")
    if any(one.state == "returned" for one in line.amounts):
        return _("已退回")
    return ""
