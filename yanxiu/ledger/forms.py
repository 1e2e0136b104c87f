"""Which scheme a school adopts, and from when."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yanxiu.people.models import Organisation


class EndForm(forms.Form):
    """From which day a scheme is not used any more."""

    ends_on = forms.DateField(
        label=_("从哪天起停用"),
        help_text=_("这一天以前的记录照旧按它认定。"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class AdoptionForm(forms.Form):
    """A shipped scheme for a school from a day on."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("学校（组织）"), to_field_name="uid", empty_label=None
    )
    scheme = forms.ChoiceField(label=_("方案"))
    starts_on = forms.DateField(
        label=_("从哪天起"),
        help_text=_("这一天以前的记录不按它认定；通常填本学年的9月1日。"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self,
        *args: Any,
        schools: "QuerySet[Organisation]",
        schemes: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        """Offer `schools` and `schemes`."""
        super().__init__(*args, **kwargs)
        self.fields["scheme"].choices = schemes  # type: ignore[attr-defined]
        field = self.fields["organisation"]
        field.queryset = schools  # type: ignore[attr-defined]
        only = list(schools[:2])
        if len(only) == 1:
            field.initial, field.widget = str(only[0].uid), forms.HiddenInput()
