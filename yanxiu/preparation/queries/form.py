"""The lesson plan of a school: its own words, or a superior's, or those it starts from."""

from functools import cache
from pathlib import Path
from typing import Any

from yanxiu.kernel.shipped import shipped
from yanxiu.people.models import Organisation
from yanxiu.preparation.models import PlanForm

HERE = Path(__file__).resolve().parent.parent


@cache
def _shipped() -> dict[str, Any]:
    found: dict[str, Any] = shipped(HERE / "plan_form.yaml")
    return found


def form_of(organisation: Organisation) -> PlanForm:
    """Return the form in force: the nearest upwards, or an unsaved one that a school starts from.

    One statement.
    """
    rows = PlanForm.objects.filter(organisation__in=organisation.lineage).select_related(
        "organisation"
    )
    found = max(rows, key=lambda row: len(row.organisation.path), default=None)
    return found or PlanForm(organisation=organisation, **_shipped())
