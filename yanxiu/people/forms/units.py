"""What is asked about a unit."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from yanxiu.people.models import Organisation, Teacher, UnitKind
from yanxiu.people.models.organisation import lineage_of
from yanxiu.ui.days import DayField


def offered_kinds(schools: "QuerySet[Organisation]") -> "QuerySet[UnitKind]":
    """Return the kinds that `schools` may use: shipped ones, and those of their own and above.

    A kind that one of them has made its own hides the shipped one of the same code.
    """
    above = {pk for path in schools.values_list("path", flat=True) for pk in lineage_of(path)}
    own = UnitKind.objects.filter(organisation__in=above)
    shipped = UnitKind.objects.filter(organisation=None).exclude(code__in=own.values("code"))
    return UnitKind.objects.filter(
        Q(pk__in=own.values("pk")) | Q(pk__in=shipped.values("pk")), retired=False
    )


class UnitForm(forms.Form):
    """A unit's name and subject."""

    name = forms.CharField(label=_("名称"), max_length=60, help_text=_("如 数学教研组。"))
    subject = forms.CharField(label=_("学科"), max_length=40, required=False)


class NewUnitForm(UnitForm):
    """A new unit with its school and kind."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("学校（组织）"), to_field_name="uid", empty_label=None
    )
    kind = forms.ModelChoiceField(UnitKind.objects.none(), label=_("类别"), empty_label=None)

    def __init__(self, *args: Any, schools: "QuerySet[Organisation]", **kwargs: Any) -> None:
        """Offer `schools` and the kinds that they have."""
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = schools  # type: ignore[attr-defined]
        self.fields["kind"].queryset = offered_kinds(schools)  # type: ignore[attr-defined]


class MembersForm(forms.Form):
    """Teachers who join a unit."""

    teachers = forms.ModelMultipleChoiceField(
        Teacher.objects.none(),
        label=_("谁加入"),
        to_field_name="uid",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("还没有勾选任何人。")},
    )
    starts_on = DayField(label=_("从哪天起"))

    def __init__(self, *args: Any, teachers: "QuerySet[Teacher]", **kwargs: Any) -> None:
        """Offer `teachers`."""
        super().__init__(*args, **kwargs)
        self.fields["teachers"].queryset = teachers  # type: ignore[attr-defined]


class LeaderForm(forms.Form):
    """Who leads a unit."""

    teacher = forms.ModelChoiceField(
        Teacher.objects.none(), label=_("组长"), to_field_name="uid", empty_label=None
    )

    def __init__(self, *args: Any, teachers: "QuerySet[Teacher]", **kwargs: Any) -> None:
        """Offer `teachers`."""
        super().__init__(*args, **kwargs)
        self.fields["teacher"].queryset = teachers  # type: ignore[attr-defined]
