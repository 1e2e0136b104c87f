"""The shape of what people give about templates; a form never saves."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.kernel.spans import Span
from yanxiu.people.models import Organisation, Unit
from yanxiu.reports.models import DocumentTemplate
from yanxiu.terms.models import Term
from yanxiu.ui.days import DayField

MOST_WORDS = 2000


class VersionForm(forms.Form):
    """A file, and what is new in it."""

    file = forms.FileField(
        label=gettext_lazy("模板文件（docx）"),
        help_text=gettext_lazy("在 Word 或 WPS 里把要填的地方写成“{{ 名称 }}”，存为 docx。"),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )
    note = forms.CharField(
        label=gettext_lazy("说明"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("如“按县里新发的格式改”。"),
    )


class TemplateForm(VersionForm):
    """A new template."""

    field_order = ("organisation", "name", "kind", "file", "note")

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("哪里的模板"),
        to_field_name="uid",
        empty_label=None,
        help_text=gettext_lazy("下面各校都能用。"),
    )
    name = forms.CharField(label=gettext_lazy("名称"), max_length=60)
    kind = forms.ChoiceField(label=gettext_lazy("用来做"), choices=DocumentTemplate.Kind.choices)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        """Offer the organisations whose summaries the person writes."""
        super().__init__(*args, **kwargs)
        chosen = self.fields["organisation"]
        chosen.queryset = organisations  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """Leave out blanks at both ends."""
        return str(self.cleaned_data["name"]).strip()


OTHERWISE = "-"
"""What a list sends for “none of these”; an empty value would be marked as “need not be filled”."""


class FillForm(forms.Form):
    """For which days and unit a template is filled, and the words that are asked for."""

    term = forms.ChoiceField(label=gettext_lazy("学期"), required=False)
    since = DayField(label=gettext_lazy("从"), required=False)
    until = DayField(label=gettext_lazy("到（含）"), required=False)
    unit = forms.ChoiceField(label=gettext_lazy("教研组"), required=False)

    def __init__(
        self, *args: Any, terms: list[Term], units: Iterable[Unit], asked: list[str], **kwargs: Any
    ) -> None:
        """Offer the terms and units, and ask for the words that the template wants."""
        super().__init__(*args, **kwargs)
        self.terms = {str(one.uid): one for one in terms}
        self.units = {str(one.uid): one for one in units}
        term, unit = self.fields["term"], self.fields["unit"]
        term.choices = [  # type: ignore[attr-defined]
            *((uid, str(one)) for uid, one in self.terms.items()),
            (OTHERWISE, _("按下面的日期")),
        ]
        unit.choices = [  # type: ignore[attr-defined]
            (OTHERWISE, _("全校")),
            *((uid, one.name) for uid, one in self.units.items()),
        ]
        self.asked = {f"words-{at}": name for at, name in enumerate(asked)}
        for field, name in self.asked.items():
            self.fields[field] = forms.CharField(
                label=name,
                required=False,
                max_length=MOST_WORDS,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("不写就在文件里标成“待补”。"),
            )

    def clean(self) -> dict[str, Any]:
        """Find the days."""
        cleaned = super().clean() or self.cleaned_data
        term = self.terms.get(cleaned.get("term", ""))
        first, last = cleaned.get("since"), cleaned.get("until")
        if term is not None:
            cleaned["span"] = term.span
        elif first and last and first <= last:
            cleaned["span"] = Span(first, last + timedelta(days=1))
        elif not self.errors:
            self.add_error(
                "until" if first else "since",
                _("没有选学期时，请写明从哪天到哪天，结束不早于开始。"),
            )
        cleaned["term_found"] = term
        cleaned["words"] = {name: cleaned.get(field, "") for field, name in self.asked.items()}
        return cleaned
