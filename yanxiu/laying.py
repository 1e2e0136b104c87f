"""Rows that are shipped with the code, brought to what is shipped now."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model


def lay(model: type[Model], rows: Sequence[Any], fields: Sequence[str]) -> None:
    """Add those of `rows` that are missing, and set `fields` of the others as they are shipped.

    A school cannot change what is shipped, so nothing of its own is overwritten.

    Args:
        model: one with `code` and `organisation`, which is empty for what is shipped.
        rows: instances as they are shipped, not saved.
        fields: what an older installation takes over.
    """
    manager: Any = model._default_manager
    standing = {row.code: row for row in manager.filter(organisation=None)}
    manager.bulk_create(row for row in rows if row.code not in standing)
    changed = []
    for row in rows:
        old = standing.get(row.code)
        if old and any(getattr(old, name) != getattr(row, name) for name in fields):
            for name in fields:
                setattr(old, name, getattr(row, name))
            changed.append(old)
    manager.bulk_update(changed, fields)
