"""The tags draw what pages need, escaped and readable without seeing."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.test import RequestFactory

from yanxiu.ui.tones import TONE_OF, tone_of


class TrialForm(forms.Form):
    theme = forms.CharField(label="主题", help_text="写清问题")
    shape = forms.ChoiceField(
        label="形式",
        widget=forms.RadioSelect,
        choices=[("a", "备课")],
        required=False,
    )


def drawn(source: str, **context: Any) -> str:
    request = RequestFactory().get("/list/?group=3&page=4&q=a%26b")
    return Template("{% load ui %}" + source).render(Context({"request": request, **context}))


def test_an_icon_comes_from_the_sprite() -> None:
    assert '.svg#home"' in drawn('{% icon "home" %}')
    assert 'aria-label="首页"' in drawn('{% icon "home" "首页" %}')


def test_a_ring_reads_itself_out() -> None:
    ring = drawn('{% ring value 72 "本学年学时" "blue" %}', value=Decimal("52.5000"))
    assert 'aria-label="本学年学时：52.5 / 72，72%"' in ring
    assert "ring-blue" in ring
    assert "style=" not in ring


def test_a_ring_refuses_an_unknown_colour() -> None:
    with pytest.raises(TemplateSyntaxError):
        drawn('{% ring 1 2 "x" "pink" %}')


def test_a_state_wears_its_colour() -> None:
    assert 'state-green">已认定<' in drawn('{% state_badge "recognised" "已认定" %}')
    assert 'state-red">缺席<' in drawn('{% state_badge "缺席" %}')
    assert 'state-grey">&lt;b&gt;<' in drawn("{% state_badge state %}", state="<b>")


def test_a_word_wears_one_colour_only() -> None:
    assert tone_of("待认定", "recognised") == "gold"
    assert len(set(TONE_OF.values())) == 5


class EmptyForm(forms.Form):
    """Each way in which a field is filled, and one with a sentence of its own."""

    theme = forms.CharField(label="主题")
    shape = forms.ChoiceField(label="形式", choices=[("a", "备课")])
    proof = forms.FileField(label="证明")
    sure = forms.BooleanField(label="看过了")
    reason = forms.CharField(label="原因", error_messages={"required": "请写明原因。"})


@pytest.mark.parametrize("name", ["theme", "shape", "proof", "sure"])
def test_an_empty_field_is_named_with_what_to_do_wherever_it_is_said(name: str) -> None:
    form = EmptyForm({})
    sentence = f"“{form[name].label}”还没有"

    assert sentence in drawn(f"{{% field form.{name} %}}", form=form)
    assert sentence in render_to_string("ui/_form_errors.html", {"form": form})


def test_no_page_says_that_a_field_is_required_in_the_words_of_the_framework() -> None:
    form = EmptyForm({})
    shown = str(render_to_string("ui/_form_errors.html", {"form": form}))
    shown += "".join(drawn(f"{{% field form.{name} %}}", form=form) for name in form.fields)

    assert "字段" not in shown
    assert "必填项" not in shown
    assert shown.count("请写明原因。") == 2


def test_a_field_ties_label_help_and_error_together() -> None:
    shown = drawn("{% field form.theme %}", form=TrialForm({}))
    assert '<label class="form-label" for="id_theme">主题' in shown
    assert 'aria-describedby="id_theme_helptext id_theme_error"' in shown
    assert 'id="id_theme_error"' in shown
    assert 'aria-invalid="true"' in shown


def test_choices_are_a_group_with_a_legend() -> None:
    shown = drawn("{% field form.shape %}", form=TrialForm())
    assert "<fieldset" in shown
    assert '<legend class="form-label">形式' in shown


def test_a_list_without_an_empty_line_is_not_said_to_be_optional() -> None:
    preset = forms.ChoiceField(label="周期", choices=[("term", "学期")], required=False)
    free = forms.ChoiceField(label="周期", choices=[("", "—"), ("a", "甲")], required=False)
    form = type("Two", (forms.Form,), {"preset": preset, "free": free})()

    assert "可不填" not in drawn("{% field form.preset %}", form=form)
    assert "可不填" in drawn("{% field form.free %}", form=form)


def test_a_page_address_keeps_the_filters() -> None:
    assert drawn("{% page_url 5 %}") == "?group=3&amp;q=a%26b&amp;page=5"
    assert drawn("{% page_url 1 %}") == "?group=3&amp;q=a%26b"


def test_lines_are_escaped_before_they_are_broken() -> None:
    assert drawn("{{ text|lines }}", text="<b>一\r\n二") == "&lt;b&gt;一<br>二"


def test_the_pager_names_the_place_and_both_ways() -> None:
    page = Paginator(range(240), 12).get_page(3)
    request = RequestFactory().get("/list/?page=3")
    shown = render_to_string("ui/_pager.html", {"page": page}, request)
    assert "共 240 条，第 3 / 20 页" in shown
    assert 'href="?page=2" rel="prev"' in shown
    assert 'href="?page=4" rel="next"' in shown


def test_a_refusal_page_shows_the_sentence_escaped() -> None:
    shown = render_to_string(
        "ui/refusal.html",
        {"sentence": "签到<已关闭>。"},
        RequestFactory().get("/"),
    )
    assert "签到&lt;已关闭&gt;。" in shown
    assert "data-problem" in shown


@pytest.mark.parametrize(
    ("last", "said"),
    [(date(2027, 1, 23), "2027年1月23日（周六）"), (date(2026, 12, 5), "12月5日（周六）")],
)
def test_the_last_day_has_its_year_where_that_is_another(last: date, said: str) -> None:
    assert drawn("{{ last|last_day:first }}", first=date(2026, 9, 1), last=last) == said
