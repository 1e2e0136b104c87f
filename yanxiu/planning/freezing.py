"""A plan as plain words, so that a version stays readable whatever becomes of its rows."""

from collections.abc import Callable, Iterator
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from yanxiu.kernel.amounts import plain
from yanxiu.planning.models import (
    Goal,
    Plan,
    PlanItem,
    PlanNote,
    PlanPart,
    Quota,
    Rhythm,
    YearRow,
)

PARTS: dict[str, type[PlanPart]] = {
    "note": PlanNote,
    "goal": Goal,
    "quota": Quota,
    "rhythm": Rhythm,
    "year": YearRow,
    "item": PlanItem,
}
"""The kinds of part by the word that addresses and versions use, in the order of a document."""

HEAD = (
    "title", "kind", "period", "starts_on", "ends_on", "superior", "project", "owner",
    "credits_total", "credits_least", "hours_yearly", "hours_per_credit",
)  # fmt: skip
HEAD_LABELS = {
    "owner": "负责人",
    "credits_total": "总学分",
    "credits_least": "每年最低学分",
    "hours_yearly": "每年学时",
    "hours_per_credit": "每学分折合学时",
    "ends_on": "到（不含）",
}


WRITTEN: dict[type, Callable[[Any], str]] = {
    bool: lambda value: "是" if value else "否",
    Decimal: plain,
    date: date.isoformat,
    time: lambda value: f"{value:%H:%M}",
    list: "、".join,
}
"""How values are written that are no text."""


def kind_of(part: PlanPart) -> str:
    """Return the word for the kind of `part`."""
    return next(word for word, model in PARTS.items() if isinstance(part, model))


def parts_of(plan: Plan) -> Iterator[tuple[str, PlanPart]]:
    """Yield every part of `plan` with the word for its kind; one statement per kind."""
    for word, model in PARTS.items():
        for part in rows_of(model, plan):
            yield word, part


def rows_of(model: type[PlanPart], plan: Plan) -> "QuerySet[PlanPart]":
    """Return the parts of one kind, with what their columns point to."""
    joined = [name for name in model.CONTENT if model._meta.get_field(name).many_to_one]
    rows = model._default_manager.filter(plan=plan)
    return rows.select_related(*joined) if joined else rows


def content_of(plan: Plan) -> dict[str, Any]:
    """Return all that people wrote into `plan`, in words."""
    return {
        "title": plan.title,
        "head": values_of(plan, HEAD),
        "parts": [
            {
                "kind": word,
                "uid": str(part.uid),
                "origin": str(part.origin) if part.origin else None,
                "name": str(part),
                "values": values_of(part, part.CONTENT),
            }
            for word, part in parts_of(plan)
        ],
    }


def values_of(row: Any, names: tuple[str, ...]) -> dict[str, str]:
    """Return the filled columns of `row` by their Chinese names."""
    found = {}
    for name in names:
        column = row._meta.get_field(name)
        label = HEAD_LABELS.get(name) or str(column.verbose_name)
        text = _text(row, name, column)
        if text:
            found[label] = text
    return found


def _text(row: Any, name: str, column: Any) -> str:
    value = getattr(row, name)
    if value is None:
        return ""
    if column.choices:
        return str(getattr(row, f"get_{name}_display")())
    if name == "month":
        return f"{value.year}年{value.month}月"
    for kind, write in WRITTEN.items():
        if isinstance(value, kind):
            return write(value)
    return str(value)
