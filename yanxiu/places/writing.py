"""Telling that rows were written by the batch, of which no `save` tells."""

from collections.abc import Iterable
from typing import Any

from django.dispatch import Signal

written_together = Signal()
"""Sent with `rows`, in the transaction that wrote them."""


def tell_written(rows: Iterable[Any]) -> None:
    """Tell whoever keeps an index of sources that `rows` were written.

    Call it in the transaction of the deed, after `bulk_create`, `bulk_update` and `update`; `save`
    and `delete` tell by themselves.
    """
    written_together.send(sender=tell_written, rows=list(rows))
