"""The kinds of work that every installation starts with."""

from pathlib import Path
from typing import Any

from yanxiu.kernel.shipped import shipped
from yanxiu.laying import lay
from yanxiu.works.models import WorkKind, WorkSection

HERE = Path(__file__).resolve().parent.parent
FIELDS = (
    "name", "work_class", "is_long", "of_lesson", "act", "record_kind", "recorded", "order",
)  # fmt: skip


def lay_ground() -> None:
    """Add the shipped kinds and sections that are missing, and count the others as shipped now."""
    given = shipped(HERE / "kinds.yaml")
    lay(WorkKind, [_kind(row, order) for order, row in enumerate(given)], FIELDS)
    _lay_sections({row["code"]: row.get("sections", []) for row in given})


def _lay_sections(given: dict[str, list[dict[str, Any]]]) -> None:
    kinds = WorkKind.objects.filter(organisation=None, code__in=given)
    WorkSection.objects.bulk_create(
        [
            WorkSection(
                kind=kind,
                code=row["code"],
                name=row["name"],
                hint=row.get("hint", ""),
                is_private=row.get("private", False),
                order=order,
            )
            for kind in kinds
            for order, row in enumerate(given[kind.code])
        ],
        ignore_conflicts=True,
    )


def _kind(given: dict[str, Any], order: int) -> WorkKind:
    return WorkKind(
        code=given["code"],
        name=given["name"],
        work_class=given["class"],
        is_long=given.get("long", False),
        of_lesson=given.get("of_lesson", False),
        act=given.get("act", ""),
        record_kind=given.get("record_kind", ""),
        recorded=given.get("recorded", WorkKind.Recorded.READ),
        order=order,
    )
