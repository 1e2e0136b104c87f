"""What doing apps tell a plan item; planning never looks them up."""

from datetime import date

from yanxiu.kernel.sources import Source
from yanxiu.planning.models import ItemEvent, PlanItem


def mark_scheduled(item: PlanItem, *, source: Source, on: date) -> None:
    """Say that `source` is set for the day `on`."""
    _mark(item, source, ItemEvent.State.SCHEDULED, on)


def mark_held(item: PlanItem, *, source: Source, on: date) -> None:
    """Say that `source` took place on the day `on`."""
    _mark(item, source, ItemEvent.State.HELD, on)


def mark_missed(item: PlanItem, *, source: Source, on: date) -> None:
    """Say that `source`, set for the day `on`, did not take place."""
    _mark(item, source, ItemEvent.State.MISSED, on)


def _mark(item: PlanItem, source: Source, state: str, on: date) -> None:
    ItemEvent.objects.update_or_create(
        item=item,
        source_kind=source.kind,
        source_id=source.uid,
        defaults={"state": state, "happens_on": on},
    )
