"""What the forms of plans choose from, and the fields that several of them share."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.figures.table import all_figures
from yanxiu.people.models import Organisation, Tier
from yanxiu.planning.models import Goal, Plan, PlanItem
from yanxiu.ui.days import DayField

A_YEAR = 12


def above(organisation: Organisation) -> list[int]:
    """Return the primary keys of an organisation and of all above it."""
    return organisation.lineage


def tiers_of(organisation: Organisation) -> Any:
    """Return the tiers that an organisation knows."""
    return Tier.objects.filter(Q(organisation=None) | Q(organisation__in=above(organisation)))


def figure_choices() -> list[tuple[str, str]]:
    """Return the figures that can measure a goal."""
    found = sorted(all_figures().values(), key=lambda each: each.code)
    return [("", _("没有对应的数据项")), *((f.code, f"{f.name}（{f.unit}）") for f in found)]


def month_choices(months: list[date], empty: str = "") -> list[tuple[str, str]]:
    """Return months as a form offers them: by number within a year, else by year and month."""
    found = [(month_code(day, months), f"{day.year}年{day.month}月") for day in months]
    return [("", empty), *found] if empty else found


def month_code(day: date, months: list[date]) -> str:
    """Return by what a form names the month of `day` among `months`."""
    return str(day.month) if len(months) <= A_YEAR else f"{day:%Y-%m}"


def month_of(text: str) -> int | date:
    """Return the month that such a choice stands for."""
    if "-" not in text:
        return int(text)
    year, month = text.split("-")
    return date(int(year), int(month), 1)


def choose(form: forms.Form, name: str, rows: Any) -> None:
    """Let the field `name` of `form` choose from `rows`."""
    form.fields[name].queryset = rows  # type: ignore[attr-defined]


def offer(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let the field `name` of `form` offer `choices`."""
    form.fields[name].choices = list(choices)  # type: ignore[attr-defined]


def row_field(label: Any, model: Any, empty: Any, help_text: Any = "") -> Any:
    """Return a field that chooses one row, or none."""
    return forms.ModelChoiceField(
        model.objects.none(), label=label, required=False, empty_label=empty, help_text=help_text
    )


def day_field(label: Any, help_text: Any = "", *, required: bool = False) -> DayField:
    """Return a field for a day, with the browser's own calendar."""
    return DayField(label=label, help_text=help_text, required=required)


def name_field(label: Any, help_text: Any = "") -> forms.CharField:
    """Return a field for a teacher's name, completed from the list on the page."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=40,
        help_text=help_text or gettext_lazy("姓名或工号。"),
        widget=forms.TextInput(attrs={"list": "names"}),
    )


def upper_goals(plan: Plan) -> Any:
    """Return the goals above that a goal of `plan` may serve.

    Those of the plan it follows, of the guidelines its school keeps, and of the plans in force of
    the bodies above.
    """
    superior = [pk for pk in above(plan.organisation) if pk != plan.organisation_id]
    common = Q(plan__teacher=None, plan__state=Plan.State.CONFIRMED)
    wanted = Q(plan__organisation__in=superior, plan__unit=None) & common
    wanted |= Q(plan__organisation=plan.organisation, plan__kind=Plan.Kind.GUIDELINE)
    if plan.parent_id:
        wanted |= Q(plan=plan.parent_id)
    if plan.unit_id or plan.teacher_id:
        wanted |= Q(plan__organisation=plan.organisation, plan__unit=None) & common
    rows = Goal.objects.filter(wanted).exclude(plan=plan)
    return rows.select_related("plan").order_by("plan", "order", "id")


def upper_items(plan: Plan) -> Any:
    """Return the items above that an item of `plan` may carry out."""
    superior = [pk for pk in above(plan.organisation) if pk != plan.organisation_id]
    common = Q(plan__teacher=None, plan__state=Plan.State.CONFIRMED, plan__unit=None)
    wanted = Q(plan__organisation__in=superior) & common
    if plan.unit_id or plan.teacher_id:
        wanted |= Q(plan__organisation=plan.organisation) & common
    if plan.parent_id:
        wanted |= Q(plan=plan.parent_id)
    return PlanItem.objects.filter(wanted).exclude(plan=plan).order_by("month", "order", "id")


class TitledChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Chooses a part of another plan and names that plan too."""

    def label_from_instance(self, obj: Any) -> str:
        """Write the part with its plan."""
        text = obj.name or obj.text if isinstance(obj, Goal) else obj.text
        return f"{text[:40]}（{obj.plan.title[:30]}）"
