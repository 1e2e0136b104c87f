"""The shape of what people type about the help with drafting; a form never saves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanxiu.reports.drafting.request import Wish

LONGEST_WORDS = 400
MOST_WORDS = 40
WISHES = [
    (Wish.SMOOTH, _("改得通顺")),
    (Wish.SHORT, _("写得精简")),
    (Wish.FROM_FIGURES, _("用数据写一段")),
]


class SettingForm(forms.Form):
    """Where a school has words phrased."""

    url = forms.CharField(
        label=_("接口地址"),
        max_length=300,
        help_text=_("与 OpenAI 兼容的接口，写到 /v1 为止，照服务商的说明填。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )
    model = forms.CharField(
        label=_("模型名"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    key = forms.CharField(
        label=_("密钥"),
        max_length=400,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-never-keep": ""}),
        help_text=_("不换就留空。保存后不再显示，也不会出现在导出和日志里。"),
    )
    private = forms.BooleanField(
        label=_("这是本校内网的机器"),
        required=False,
        help_text=_("学校自己运行模型时才勾选；勾选后只连内网，不连公网。"),
    )
    is_on = forms.BooleanField(
        label=_("启用"),
        required=False,
        help_text=_("启用后，写总结的人能请它润色；每次送出之前，先看到要送出的全文。"),
    )


class PreviewForm(forms.Form):
    """What is wished for, and what else is hidden."""

    place = forms.CharField(max_length=120, widget=forms.HiddenInput)
    wish = forms.ChoiceField(label=_("请它做什么"), choices=WISHES)
    words = forms.CharField(
        label=_("还要遮住的词"),
        max_length=LONGEST_WORDS,
        required=False,
        help_text=_("不想送出去的名字、课题等，用顿号或空格隔开。"),
    )

    def hidden(self) -> list[str]:
        """Return the words that the sender wants hidden besides."""
        typed: Any = self.cleaned_data.get("words", "")
        for sign in "、，,；;\n":
            typed = typed.replace(sign, " ")
        return list(dict.fromkeys(typed.split()))[:MOST_WORDS]
