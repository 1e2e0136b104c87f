"""What people type to search; nothing is refused, what cannot be meant narrows nothing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yanxiu.places.table import all_places
from yanxiu.ui.languages import in_script_of_reader


def kinds() -> list[tuple[str, str]]:
    """Return the kinds that can be searched, with their names in the script of the reader."""
    found = [
        (one.kind, in_script_of_reader(str(one.name)))
        for one in all_places().values()
        if one.text is not None
    ]
    return sorted(found, key=lambda each: each[1])


class SearchForm(forms.Form):
    """Words, and what narrows them."""

    q = forms.CharField(
        label=_("找什么"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "class": "form-control"}),
    )
    person = forms.CharField(
        label=_("谁的"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    kind = forms.ChoiceField(label=_("类别"), required=False)
    term = forms.ChoiceField(label=_("学期"), required=False)

    def offer(self, terms: list[tuple[str, str]]) -> None:
        """Fill the two selects."""
        everything = [("", _("全部"))]
        self.fields["kind"].choices = [*everything, *kinds()]  # type: ignore[attr-defined]
        self.fields["term"].choices = [*everything, *terms]  # type: ignore[attr-defined]
        for name in ("kind", "term"):
            self.fields[name].widget.attrs["class"] = "form-select"
