"""`{% load labels %}`: the words of the reader's own school, as `{% label "pd" %}`."""

from django import template
from django.template.context import Context

from yanxiu.people.models import Organisation
from yanxiu.people.wording import word_for

register = template.Library()


@register.simple_tag(takes_context=True)
def label(context: Context, word: str, of: Organisation | None = None) -> str:
    """Say `word`, one of LABELS, as the school `of`, or else the reader's own, calls it."""
    return word_for(word, of or context.get("organisation") or None)
