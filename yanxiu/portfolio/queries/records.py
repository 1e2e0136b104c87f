"""The records of a teacher with what each earned."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from yanxiu.kernel.spans import Span
from yanxiu.ledger.models import Award, Record
from yanxiu.ledger.queries import TeacherStanding, with_entries
from yanxiu.ledger.queries.schemes import scheme_of
from yanxiu.ledger.telling import why_nothing
from yanxiu.ledger.wording import kind_word, role_word
from yanxiu.people.models import Teacher


@dataclass(frozen=True)
class Amount:
    """What one record earned by one scheme.

    `state` is posted, pending, returned, void or reversed. `counted` is what of it counts together
    with all other records, None where nobody asked. `why` says why it is void or 0.
    """

    amount: Decimal
    unit: str
    scheme: str
    state: str
    counted: Decimal | None = None
    why: str = ""

    @property
    def is_cut(self) -> bool:
        """Whether less counts than was earned."""
        return self.state == "posted" and self.counted is not None and self.counted < self.amount


@dataclass
class Line:
    """One record of a list."""

    record: Record
    amounts: list[Amount] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """What the kind is called."""
        return kind_word(self.record.kind)

    @property
    def role(self) -> str:
        """What the part is called."""
        return role_word(self.record.role)


def own_records(
    teacher: Teacher, *, span: Span | None = None, kind: str = ""
) -> "QuerySet[Record]":
    """Return the records of `teacher`, newest first, withdrawn ones too."""
    rows = Record.objects.filter(teacher=teacher)
    if span:
        rows = rows.filter(happened_on__gte=span.start, happened_on__lt=span.end)
    if kind:
        rows = rows.filter(kind=kind)
    return rows.order_by("-happened_on", "-id")


def kinds_of(rows: Iterable[Record]) -> list[tuple[str, str]]:
    """Return the kinds of `rows`, with their words."""
    codes = {row.kind for row in rows}
    return sorted(((code, kind_word(code)) for code in codes), key=lambda one: one[1])


def awards_of(rows: Iterable[Record]) -> "QuerySet[Any]":
    """Return the awards of `rows`, of each scheme the latest round first, with their entries."""
    awards = Award.objects.filter(record__in=[row.pk for row in rows])
    return with_entries(awards).order_by("scheme", "-round")


Counting = dict[tuple[str, UUID], Decimal]
"""What counts of a record under a scheme, by the scheme's id and the record's uid."""


def counts_in(found: Iterable[TeacherStanding]) -> Counting:
    """Return what counts of each record by each scheme."""
    return {
        (each.scheme.id, uid): one.counted
        for each in found
        for uid, one in each.standing.counted.items()
    }


def lines(rows: Sequence[Record], counted: Counting | None = None) -> list[Line]:
    """Return a page of records with what each earned and what of it counts; one statement."""
    known = counted or {}
    found = {row.pk: Line(row) for row in rows}
    by_record: defaultdict[int, dict[str, Award]] = defaultdict(dict)
    for award in awards_of(rows):
        by_record[award.record_id].setdefault(award.scheme, award)
    for pk, awards in by_record.items():
        record = found[pk].record
        found[pk].amounts = [
            amount_of(award, record, known.get((award.scheme, record.uid)))
            for award in awards.values()
        ]
    return list(found.values())


def amount_of(award: Any, record: Record, counted: Decimal | None = None) -> Amount:
    """Say what `award` (of `awards_of`) came to."""
    scheme = scheme_of(award.scheme, award.version, award.digest)
    posted: Decimal | None = award.posted
    if record.withdrawn_at or award.is_reversed:
        state = "reversed"
    elif not award.valid:
        state = "void"
    elif posted is not None:
        state = "posted"
    else:
        state = "returned" if record.state == Record.State.RETURNED else "pending"
    return Amount(
        amount=award.amount if posted is None else posted,
        unit=scheme.unit_label(award.unit),
        scheme=scheme.title,
        state=state,
        counted=counted,
        why="" if award.valid and award.amount else why_nothing(award),
    )
