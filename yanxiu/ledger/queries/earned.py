"""What records earned, as leaves tell it: by scheme, with what still waits."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from yanxiu.figures.leaves import Earned
from yanxiu.ledger.models import Award
from yanxiu.ledger.queries.entries import with_entries
from yanxiu.ledger.queries.schemes import scheme_of

if TYPE_CHECKING:
    from django.db.models import QuerySet


def earned_in(awards: "QuerySet[Award]") -> dict[int, tuple[Earned, ...]]:
    """Return what each record of `awards` earned by its primary key; one statement.

    Of each scheme the latest round tells; what was taken back, or is not valid, tells nothing.
    """
    found: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    rows = with_entries(awards.filter(valid=True)).defer("steps").order_by("scheme", "-round")
    for award in rows:
        found[award.record_id].setdefault(award.scheme, award)
    return {
        pk: tuple(_earned(one) for one in own.values() if not one.is_reversed)
        for pk, own in found.items()
    }


def earned_by_sources(kind: str, uids: Iterable[UUID]) -> dict[UUID, tuple[Earned, ...]]:
    """Return what the living records of things of one kind earned, by the things; two statements.

    Of a thing with records of several people it is what all of them earned.
    """
    awards = Award.objects.filter(
        record__source_kind=kind, record__source_id__in=list(uids), record__withdrawn_at=None
    )
    things = dict(awards.values_list("record_id", "record__source_id"))
    found: defaultdict[UUID, tuple[Earned, ...]] = defaultdict(tuple)
    for pk, own in earned_in(awards).items():
        found[things[pk]] += own
    return dict(found)


def _earned(award: Any) -> Earned:
    scheme = scheme_of(award.scheme, award.version, award.digest)
    waits = award.posted is None
    amount: Decimal = award.amount if waits else award.posted
    return Earned(scheme.title, scheme.unit_label(award.unit), amount, waits=waits)
