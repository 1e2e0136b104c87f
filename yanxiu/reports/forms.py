"""The shape of what people type about summaries; a form never saves."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ProseForm(forms.Form):
    """The words at one place of a summary, with the version the writer saw."""

    place = forms.CharField(max_length=120, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = forms.CharField(required=False, strip=False, widget=forms.Textarea)


class ReasonForm(forms.Form):
    """Why something is sent back."""

    because = forms.CharField(
        label=_("原因"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("起草人和以后的查阅者都能看到。"),
    )


class StartForm(forms.Form):
    """For which school and term a summary is begun."""

    term = forms.ChoiceField(label=_("学期"))

    def __init__(self, *args: Any, choices: Iterable[tuple[str, str]], **options: Any) -> None:
        """Offer `choices` of organisation and term."""
        super().__init__(*args, **options)
        self.fields["term"].choices = list(choices)  # type: ignore[attr-defined]
