"""How many hours of an outside training are recognised today."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from yanxiu.ledger.models import Record
from yanxiu.training.models import OutsideTraining


def with_hours_now(rows: "QuerySet[OutsideTraining]") -> "QuerySet[OutsideTraining]":
    """Return `rows`, each with `hours_now`: what is recognised, with every later correction.

    `hours_recognised` stays what the school first found right; None where nothing was recognised.
    """
    record = Record.objects.filter(
        source_kind=OutsideTraining.SOURCE_KIND, source_id=OuterRef("uid"), withdrawn_at=None
    ).order_by("-pk")
    found = [Subquery(record.values(name)[:1]) for name in ("recognised", "stated")]
    return rows.annotate(hours_now=Coalesce(*found, "hours_recognised"))
