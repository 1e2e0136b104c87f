"""`{% load ui %}`: icons, rings, states, fields, and how amounts and days are written."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from django import template
from django.core.paginator import Page
from django.forms import (
    BoundField,
    CheckboxInput,
    ChoiceField,
    Field,
    FileInput,
    ModelChoiceField,
    Select,
    Textarea,
)
from django.forms.widgets import CheckboxSelectMultiple, RadioSelect
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from yanxiu.ui.drawing import CIRCUMFERENCE, page_numbers_around, ring_of
from yanxiu.ui.errors import sentences
from yanxiu.ui.languages import in_script_of_reader, tag_now
from yanxiu.ui.tones import tone_of
from yanxiu.ui.wording import (
    amount_text,
    clock_text,
    day_text,
    figure_text,
    moment_text,
    of_figure_text,
    span_text,
)

register = template.Library()

COUNTED = 2000
"""A limit of more characters than this is not worth a word at the field."""

RING_COLOURS = {"green", "blue", "gold", "brown", "red"}


@register.simple_tag
def language() -> str:
    """Say in which language the page is, for its `lang`."""
    return tag_now()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of the sprite; without `label` it is decoration and hidden from readers."""
    return _icon(str(name), str(label))


# A page draws some thirty icons, and looking up the hashed address each time costs more than they.
@lru_cache(maxsize=512)
def _icon(name: str, label: str) -> SafeString:
    address = static("vendor/icons.svg")
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>',
            label,
            address,
            name,
        )
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>',
        address,
        name,
    )


@register.simple_tag
def ring(
    value: Decimal | float | None,
    total: Decimal | float | None,
    label: str,
    colour: str = "green",
    size: str = "",
) -> SafeString:
    """Draw how much of `total` is reached; `size` may be "large"."""
    if colour not in RING_COLOURS:
        raise template.TemplateSyntaxError(f"ring knows no colour {colour!r}")
    drawn = ring_of(value, total)
    spoken = _("%(label)s：%(value)s / %(total)s，%(percent)s") % {
        "label": label,
        "value": amount_text(value),
        "total": amount_text(total),
        "percent": drawn.text,
    }
    arc = (
        format_html(
            '<circle class="ring-arc" cx="50" cy="50" r="42" stroke-dasharray="{} {}"'
            ' transform="rotate(-90 50 50)"/>',
            drawn.dash,
            CIRCUMFERENCE,
        )
        if drawn.dash
        else ""
    )
    return format_html(
        '<svg class="ring ring-{}{}" viewBox="0 0 100 100" role="img" aria-label="{}">'
        '<circle class="ring-track" cx="50" cy="50" r="42"/>{}<text x="50" y="50">{}</text></svg>',
        colour,
        f" ring-{size}" if size else "",
        spoken,
        arc,
        drawn.text,
    )


@register.simple_tag
def bar(value: Decimal | float, total: Decimal | float, label: str) -> SafeString:
    """Draw a progress bar that reads itself out."""
    return format_html(
        '<progress class="bar" value="{}" max="{}" aria-label="{}">{}</progress>',
        float(value),
        float(total) or 1,
        label,
        ring_of(value, total).text,
    )


@register.simple_tag
def state_badge(state: Any, label: str = "", tone: str = "") -> SafeString:
    """Draw a state as a coloured word; the colour comes from `tones.py` unless `tone` is given."""
    words = str(label or getattr(state, "label", "") or state)
    code = str(getattr(state, "value", state))
    return format_html(
        '<span class="state state-{}">{}</span>',
        tone or tone_of(words, code),
        words,
    )


@register.simple_tag
def face(name: str) -> SafeString:
    """Draw the family name in a circle instead of a portrait."""
    return format_html('<span class="face" aria-hidden="true">{}</span>', name[:1])


def _widget_class(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "form-check-input"
    return "form-select" if isinstance(widget, Select) else "form-control"


def _is_optional(bound: BoundField) -> bool:
    """Tell whether a field may be left empty: a list without an empty line never is.

    Nor is one that the form wants on a condition, which its widget says with `data-needed`.
    """
    if bound.field.required or "data-needed" in bound.field.widget.attrs:
        return False
    if isinstance(bound.field, ModelChoiceField):
        return bound.field.empty_label is not None or not isinstance(bound.field.widget, Select)
    if not isinstance(bound.field, ChoiceField) or type(bound.field.widget) is not Select:
        return True
    choices: Any = bound.field.choices
    return any(value in {"", None} for value, _label in choices)


class Said(NamedTuple):
    """What is wrong with one field; `is_missing` where the sentence names the field itself."""

    text: str
    is_missing: bool = False


@register.filter
def said(bound: BoundField) -> list[Said]:
    """Return what is wrong with a field, in our words; that it is empty is said with its name.

    A field that has a sentence of its own keeps it.
    """
    usual = bound.field.error_messages["required"] == Field.default_error_messages["required"]
    found = []
    for error in bound.errors.as_data():
        if error.code == "required" and usual:
            found.append(Said(_missing(bound), is_missing=True))
        else:
            found += [Said(text) for text in sentences(error)]
    return found


def _missing(bound: BoundField) -> str:
    """Return that a field is empty and what to do, as fits how it is filled."""
    widget, named = bound.field.widget, {"label": bound.label}
    if isinstance(widget, CheckboxInput):
        return _("“%(label)s”还没有勾选，请勾上再提交。") % named
    if isinstance(widget, FileInput):
        return _("“%(label)s”还没有选文件，请选一个。") % named
    if isinstance(widget, Select | RadioSelect | CheckboxSelectMultiple):
        return _("“%(label)s”还没有选，请选一项。") % named
    return _("“%(label)s”还没有填，请填上。") % named


@register.inclusion_tag("ui/_field.html")
def field(bound: BoundField, icon: str = "") -> dict[str, Any]:
    """Draw one field of a form with label, help and errors tied together for screen readers."""
    kind = _widget_class(bound)
    own = bound.field.widget.attrs.get("class", "")
    return {
        "field": bound,
        "kind": kind,
        "icon": icon,
        "widget": bound.as_widget(attrs={"class": f"{kind} {own}".strip()}),
        "grouped": kind == "choices",
        "optional": _is_optional(bound),
        "most": _most(bound),
    }


def _most(bound: BoundField) -> int | None:
    """Return how many characters a long field takes; None where nobody reaches the end."""
    most = getattr(bound.field, "max_length", None)
    return most if isinstance(bound.field.widget, Textarea) and most and most <= COUNTED else None


@register.simple_tag(takes_context=True)
def page_url(context: Context, number: int, name: str = "page") -> str:
    """Return the address of another page of the same list, its filters kept."""
    query = context["request"].GET.copy()
    query.pop(name, None)
    if number > 1:
        query[name] = str(number)
    return escape(f"?{query.urlencode()}")


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int | None]:
    """Return the page numbers worth showing, None for a gap."""
    return page_numbers_around(page.number, page.paginator.num_pages)


@register.filter
def amount(value: Decimal | float | None) -> str:
    """Write an amount without useless zeros."""
    return amount_text(value)


@register.filter
def figure(value: Decimal) -> str:
    """Write the number of a figure."""
    return figure_text(value)


@register.filter
def of_figure(text: str) -> str:
    """Say the name, unit, meaning or a heading of a figure in the reader's language."""
    return of_figure_text(text)


@register.filter
def day(value: date | None, form: str = "") -> str:
    """Write a day as 10月15日（周四）; `|day:"year"` puts the year in front."""
    return day_text(value, year=form == "year")


@register.filter
def last_day(value: date | None, first: date | None) -> str:
    """Write the last of the days that began on `first`, with its year where that is another."""
    return day_text(value, year=bool(value and first and value.year != first.year))


@register.filter
def days(value: Any) -> str:
    """Write a span, or a day or two as papers keep them (2026-09-01), without weekdays."""
    return span_text(value)


@register.filter
def in_script(word: Any) -> str:
    """Write a word of a scheme (a unit, a kind, a period) in the script of the reader."""
    return in_script_of_reader(str(word))


@register.filter
def clock(value: datetime | None) -> str:
    """Write the time of day in Shanghai."""
    return clock_text(value)


@register.filter
def moment(value: datetime | None, form: str = "") -> str:
    """Write day and time in Shanghai; `|moment:"year"` puts the year in front."""
    return moment_text(value, year=form == "year")


@register.filter
def lines(value: Any) -> SafeString:
    """Escape what a person wrote and keep the line breaks."""
    text = escape(str(value)).replace("\r\n", "\n").replace("\n", "<br>")
    return mark_safe(text)  # noqa: S308  escaped on the line above
