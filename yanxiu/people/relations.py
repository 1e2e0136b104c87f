"""Which rows of all apps point at the rows of a model."""

from typing import Any

from django.db.models import CASCADE, Model


def pointing_at(model: type[Model]) -> list[tuple[type[Model], str]]:
    """Return each model that points at `model`, with the name of its column.

    What has no way back (`related_name="+"`) is among them, because it holds a row as firmly as
    any other; only what would silently go with the row is left out then.
    """
    found: list[Any] = [
        field
        for field in model._meta.get_fields(include_hidden=True)
        if field.auto_created and not field.concrete
    ]
    return [
        (relation.related_model, relation.field.name)
        for relation in found
        if not (relation.hidden and relation.on_delete is CASCADE)
    ]
