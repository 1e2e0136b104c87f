"""The shape of what people type about the comparison of texts; a form never saves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yanxiu.originality.actions import LONGEST
from yanxiu.originality.models import KnownText


class KnownTextForm(forms.Form):
    """A text that the school knows."""

    sort = forms.ChoiceField(
        label=_("这是什么"),
        choices=KnownText.Sort.choices,
        help_text=_("范文、模板：有人用了会提醒本人。可以引用的：大家都可以用，不算相同。"),
    )
    title = forms.CharField(label=_("名称"), max_length=120)
    origin = forms.CharField(
        label=_("出处"),
        max_length=200,
        required=False,
        help_text=_("如网站、书名或文件号，便于别人核实。"),
    )
    text = forms.CharField(
        label=_("全文"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"class": "tall"}),
        help_text=_("把原文粘贴进来，不用改格式。"),
    )


class CheckForm(forms.Form):
    """A text that its author wants to compare."""

    text = forms.CharField(
        label=_("您写的文字"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"class": "tall"}),
        help_text=_("只核对，不保存，别人不会知道您核对过。"),
    )
