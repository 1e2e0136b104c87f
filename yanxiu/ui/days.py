"""Fields for days and times of day, as all forms of the house ask for them."""

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

FIRST: Final = date(1950, 1, 1)
LAST: Final = date(2100, 12, 31)
"""Days that somebody who works at a school can mean; year 1 and year 9999 are slips of typing."""


class DayField(forms.DateField):
    """A day, picked with the browser's own calendar, from `first` to `last`."""

    def __init__(self, *, first: date = FIRST, last: date = LAST, **kwargs: Any) -> None:
        """Tell the browser the bounds; it writes days in its own way."""
        self.first, self.last = first, last
        limits = {"min": first.isoformat(), "max": last.isoformat()}
        widget = forms.DateInput(attrs={"type": "date", **limits}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)

    def clean(self, value: Any) -> date | None:
        """Refuse a day outside the bounds."""
        found: date | None = super().clean(value)
        if found and not self.first <= found <= self.last:
            years = {"first": self.first.year, "last": self.last.year}
            raise forms.ValidationError(
                _("年份应在%(first)d年到%(last)d年之间，请核对是否打错。") % years
            )
        return found


def say_order(form: forms.Form, first: str = "starts_on", last: str = "last_on") -> None:
    """Say at the field of the last day that it lies before the first, beside all else."""
    begins, ends = form.cleaned_data.get(first), form.cleaned_data.get(last)
    if begins and ends and ends < begins:
        form.add_error(last, _("结束的一天不能早于开始的一天。"))


def time_field(label: Any, **kwargs: Any) -> forms.TimeField:
    """Return a field for a time of day, with the browser's own clock."""
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, widget=widget, **kwargs)
