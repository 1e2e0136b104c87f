"""What is wrong with a field is said in our words: what happened and what to do."""

import pytest
from django import forms
from django.template import Context, Template


class Asked(forms.Form):
    hours = forms.DecimalField(
        min_value=0, max_value=1000, max_digits=8, decimal_places=2, required=False
    )
    number = forms.IntegerField(required=False)
    word = forms.CharField(max_length=5, required=False)
    kind = forms.ChoiceField(choices=[("a", "甲")], required=False)
    own = forms.IntegerField(required=False, error_messages={"invalid": "写第几节。"})


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("hours", "两节", "要填数字，例如 2 或 1.5，单位不用写。"),
        ("hours", "-1", "不能小于 0，请改一下。"),
        ("hours", "1001", "不能大于 1000，请核对。"),
        ("hours", "1.234", "最多写 2 位小数。"),
        ("number", "1.5", "要填整数，例如 2，单位不用写。"),
        ("word", "一二三四五六", "写了 6 个字，最多 5 个，请删去一些。"),
        ("kind", "乙", "选的这一项现在没有了，请重新选一项。"),
        ("own", "x", "写第几节。"),
    ],
)
def test_it_says_what_was_wanted(name: str, typed: str, sentence: str) -> None:
    bound = Asked({name: typed})[name]

    shown = Template("{% load ui %}{% field bound %}").render(Context({"bound": bound}))

    assert sentence in shown
