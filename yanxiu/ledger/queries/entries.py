"""Reading records, awards and entries."""

from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from yanxiu.kernel.spans import Span
from yanxiu.ledger.models import Award, Entry, Record
from yanxiu.people.models import Teacher


def living_entries() -> "QuerySet[Entry]":
    """Return the entries that count: neither reversed nor counter-entries."""
    rows: QuerySet[Entry] = Entry.objects.filter(reverses=None, reversed_by=None)
    return rows


def waiting_awards() -> "QuerySet[Award]":
    """Return the awards of living records that no final step has posted.

    What was returned waits for the person, not for a step; of a record that is recognised anew
    the awards of earlier rounds are past.
    """
    rows = Award.objects.filter(
        valid=True, record__withdrawn_at=None, entry=None, round__gte=F("record__round")
    )
    return rows.exclude(record__state=Record.State.RETURNED)


def with_entries(awards: "QuerySet[Award]") -> "QuerySet[Any]":
    """Return `awards` with `posted`, the amount of the entry or None, and `is_reversed`.

    The posting is the first entry of its award. It is not sought by `reverses=None`, for then
    SQLite walks the index of all entries that reverse nothing once for every award.
    """
    own = Entry.objects.filter(award=OuterRef("pk"))
    return awards.annotate(
        posted=Subquery(own.order_by("number").values("amount")[:1]),
        is_reversed=Exists(own.filter(reverses__isnull=False)),
    )


def records_of(teacher: Teacher, span: Span) -> "QuerySet[Record]":
    """Return the records of `teacher` within `span`, newest first, withdrawn ones too."""
    return Record.objects.filter(
        teacher=teacher, happened_on__gte=span.start, happened_on__lt=span.end
    ).order_by("-happened_on", "-id")
