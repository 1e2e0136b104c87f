"""The one column for amounts."""

from typing import Any

from django.db import models


def amount_field(*, null: bool = False) -> "models.DecimalField[Any, Any]":
    """Return a column for hours, credits and other amounts: four places, never float."""
    return models.DecimalField(max_digits=11, decimal_places=4, null=null)
