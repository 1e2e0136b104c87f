"""What is asked about terms and days without school."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yanxiu.people.models import Organisation
from yanxiu.terms.actions import FIRST, LAST
from yanxiu.terms.holidays import Suggestion
from yanxiu.terms.models import DayOff, Term
from yanxiu.ui.days import DayField

WEEKDAYS = (
    ("", _("与当天相同")),
    (1, _("周一")),
    (2, _("周二")),
    (3, _("周三")),
    (4, _("周四")),
    (5, _("周五")),
)


class _ForSchool(forms.Form):
    """A form that first asks for which school, unless there is only one."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("学校（组织）"), to_field_name="uid", empty_label=None
    )

    def __init__(self, *args: Any, schools: "QuerySet[Organisation]", **kwargs: Any) -> None:
        """Offer `schools`."""
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.queryset = schools  # type: ignore[attr-defined]
        only = list(schools[:2])
        if len(only) == 1:
            field.initial, field.widget = str(only[0].uid), forms.HiddenInput()


class TermForm(_ForSchool):
    """The days of a term; people name the last day, rows hold the day after."""

    school_year = forms.IntegerField(
        label=_("学年从哪一年开始"),
        min_value=2000,
        max_value=2100,
        help_text=_("2026—2027 学年填 2026。"),
    )
    half = forms.TypedChoiceField(label=_("学期"), choices=Term.Half.choices, coerce=int)
    starts_on = DayField(first=FIRST, last=LAST, label=_("开学日期"))
    last_on = DayField(first=FIRST, last=LAST, label=_("最后一天"))

    def clean(self) -> dict[str, Any]:
        """Turn the last day into the day after; a term begins within its school year."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        year, start = cleaned.get("school_year"), cleaned.get("starts_on")
        if year and start and start.year not in {year, year + 1}:
            self.add_error("starts_on", _("开学日期不在所填的学年里，请核对年份。"))
        if cleaned.get("last_on"):
            cleaned["ends_on"] = cleaned.pop("last_on") + timedelta(days=1)
        return cleaned


class NewTermForm(TermForm):
    """The same for a term that may be there already."""

    replacing = forms.BooleanField(
        label=_("改掉原来的日期"),
        required=False,
        help_text=_("只在这个学期已经设过、确要改日期时勾选。"),
    )


class HolidaysForm(_ForSchool):
    """Which of the suggested holidays to take over, and what is taught on make-up days."""

    def __init__(self, *args: Any, offered: list[Suggestion], **kwargs: Any) -> None:
        """Offer `offered`, all of them chosen."""
        super().__init__(*args, **kwargs)
        self.offered = offered
        for one in offered:
            self.fields[f"take-{one.key}"] = forms.BooleanField(
                label=one.name, required=False, initial=True
            )
            if one.kind == DayOff.Kind.MAKE_UP:
                self.fields[f"taught-{one.key}"] = forms.TypedChoiceField(
                    label=_("按星期几上课"), choices=WEEKDAYS, coerce=int, empty_value=None,
                    required=False, initial=one.taught_as or "",
                )  # fmt: skip

    def rows(self) -> list[tuple[Suggestion, forms.BoundField, forms.BoundField | None]]:
        """Return each suggestion with its fields."""
        return [
            (
                one,
                self[f"take-{one.key}"],
                self[f"taught-{one.key}"] if f"taught-{one.key}" in self.fields else None,
            )
            for one in self.offered
        ]

    def accepted(self) -> list[Suggestion]:
        """Return the suggestions that were chosen, as they were changed."""
        data = self.cleaned_data
        return [
            replace(one, taught_as=data.get(f"taught-{one.key}"))
            for one in self.offered
            if data.get(f"take-{one.key}")
        ]


class DayOffForm(_ForSchool):
    """Days without school, or make-up days."""

    name = forms.CharField(label=_("名称"), max_length=40, help_text=_("如 国庆节、秋季运动会。"))
    kind = forms.ChoiceField(label=_("类别"), choices=DayOff.Kind.choices)
    starts_on = DayField(first=FIRST, last=LAST, label=_("从"))
    last_on = DayField(first=FIRST, last=LAST, label=_("到"))
    taught_as = forms.TypedChoiceField(
        label=_("调休上课时按星期几上"),
        choices=WEEKDAYS,
        coerce=int,
        empty_value=None,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Turn the last day into the day after."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("last_on"):
            cleaned["ends_on"] = cleaned.pop("last_on") + timedelta(days=1)
        return cleaned
