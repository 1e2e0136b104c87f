"""`{% load drafting %}`: `{% drafting_button summary %}` inside the form of a paragraph."""

from typing import Any

from django import template

from yanxiu.reports.models import DraftingSetting, Summary

register = template.Library()


@register.inclusion_tag("reports/_drafting.html", takes_context=True)
def drafting_button(context: dict[str, Any], summary: Summary) -> dict[str, Any]:
    """Show the way to the help with drafting where the school has switched it on.

    One statement a page, however many paragraphs it has.
    """
    kept = context["request"].META.setdefault("yanxiu.drafting", {})
    school = summary.organisation_id
    if school not in kept:
        rows = DraftingSetting.objects.filter(organisation=school, is_on=True)
        kept[school] = rows.exists()
    return {"summary": summary, "drafting_is_on": kept[school]}
