"""The file of a roster."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yanxiu.people.models import Organisation


class RosterForm(forms.Form):
    """A staff list and the school it is for."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("给哪个学校（组织）"),
        to_field_name="uid",
        empty_label=None,
    )
    file = forms.FileField(
        label=_("花名册文件"),
        help_text=_("xlsx、xls 或 csv，现成的表就行，不用改格式。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.tsv,.txt"}),
        error_messages={
            "required": _("还没有选择文件。"),
            "empty": _("这个文件是空的，请检查是否选错了。"),
        },
    )

    def __init__(self, *args: Any, schools: "QuerySet[Organisation]", **kwargs: Any) -> None:
        """Offer `schools`; a single one is not asked for."""
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.queryset = schools  # type: ignore[attr-defined]
        only = list(schools[:2])
        if len(only) == 1:
            field.initial, field.widget = str(only[0].uid), forms.HiddenInput()
