"""What stands in the chronicle: the leaves of the unit, and figures about all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from yanxiu.figures.leaves import Leaf, LeafKind, leaf_kinds, leaves_of_unit
from yanxiu.figures.table import Scope, all_figures
from yanxiu.kernel.spans import Span
from yanxiu.people.models import Membership, Teacher, Unit
from yanxiu.ui.wording import figure_text

FIGURES: Final = (
    "activities.sessions_held",
    "activities.session_hours",
    "activities.expected",
    "activities.attendances",
    "activities.expected_who_came",
    "activities.minutes_written",
    "activities.agreed",
    "activities.agreed_done",
)
"""The numbers of the head; each opens on the page of its figure."""


@dataclass(frozen=True)
class Chronicle:
    """活动纪实 of one unit; `figures` are names and amounts, `parts` the leaves by their kind."""

    organisation: str
    unit: str
    period: str
    made_on: date
    leaders: str
    members: str
    figures: list[tuple[str, str]]
    parts: list[tuple[LeafKind, list[Leaf]]]


def chronicle_of(unit: Unit, *, span: Span, period: str, reader: Teacher, on: date) -> Chronicle:
    """Return the chronicle of `unit` over `span`, as far as `reader` may see its sessions."""
    parts = [
        (kind, leaves_of_unit(kind, span, unit.pk, reader))
        for kind in leaf_kinds().values()
        if kind.unit
    ]
    people = list(
        Membership.objects.on(min(span.last, on))
        .filter(unit=unit)
        .select_related("teacher")
        .order_by("teacher__pinyin", "id")
    )
    leading = {Membership.Duty.LEADER, Membership.Duty.DEPUTY}
    return Chronicle(
        organisation=unit.organisation.name,
        unit=unit.name,
        period=period,
        made_on=on,
        leaders=_names([one for one in people if one.duty in leading]),
        members=_names(people),
        figures=_figures(unit, span),
        parts=[(kind, leaves) for kind, leaves in parts if leaves],
    )


def _names(people: Sequence[Membership]) -> str:
    return "、".join(one.teacher.name for one in people)


def _figures(unit: Unit, span: Span) -> list[tuple[str, str]]:
    scope = Scope(unit.organisation_id, unit.organisation.path, span, unit=unit.pk)
    known = all_figures()
    return [
        (known[code].name, f"{figure_text(known[code].value(scope))} {known[code].unit}")
        for code in FIGURES
        if code in known
    ]
