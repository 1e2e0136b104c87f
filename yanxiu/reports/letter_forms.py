"""The shape of what people type about notices; a form never saves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_ATTACHMENTS = 20


class LetterForm(forms.Form):
    """The words of a notice; only the title is needed for a draft."""

    title = forms.CharField(
        label=_("标题"), max_length=120, help_text=_("如：关于举办研究课展示的通知")
    )
    to = forms.CharField(
        label=_("主送机关"), max_length=200, required=False,
        help_text=_("写全称或统称，如：各小学、教学点。不用写冒号。"),
    )  # fmt: skip
    body = forms.CharField(
        label=_("正文"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14, "class": "tall"}),
        help_text=_("一行一段。以“一、”“（一）”开头的短行按标题排。"),
    )  # fmt: skip
    attachments = forms.CharField(
        label=_("附件说明"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("一行一个附件的名称，没有就不填。"),
    )  # fmt: skip
    signed_by = forms.CharField(label=_("署名"), max_length=80, required=False)
    code = forms.CharField(
        label=_("机关代字"), max_length=20, required=False,
        help_text=_("如“清小教”；年份和顺序号在印发时自动编。"),
    )  # fmt: skip
    day = forms.DateField(
        label=_("成文日期"), required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("不填就用印发的那一天。"),
    )  # fmt: skip
    copies = forms.CharField(label=_("抄送"), max_length=200, required=False)
    printed_by = forms.CharField(label=_("印发机关"), max_length=80, required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_attachments(self) -> list[str]:
        """Return the names, one a line."""
        lines = [one.strip() for one in self.cleaned_data["attachments"].splitlines()]
        return [one for one in lines if one][:MOST_ATTACHMENTS]

    def clean_to(self) -> str:
        """Return whom it is for, without the colon that the paper sets."""
        return str(self.cleaned_data["to"]).rstrip(":： ")

    def written(self) -> dict[str, Any]:
        """Return the columns that the answers mean."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class WithdrawLetterForm(forms.Form):
    """Why a notice is withdrawn."""

    because = forms.CharField(
        label=_("原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("看得到这份通知的人都能看到原因。"),
    )  # fmt: skip
