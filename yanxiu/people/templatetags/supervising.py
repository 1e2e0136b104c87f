"""`{% load supervising %}`: `{% supervision plan %}` under whatever can be supervised."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.context import Context

from yanxiu.people.access import allowed
from yanxiu.people.models import SupervisionNote
from yanxiu.people.permissions import ANSWERING, may_see_note

register = template.Library()


@register.inclusion_tag("people/_supervision.html", takes_context=True)
def supervision(context: Context, row: Any) -> dict[str, Any]:
    """Show the remarks about `row`, and to those who supervise there the way to add one.

    One statement; none for a reader who could neither remark upon it nor answer.
    """
    reader = context["request"].teacher
    may_remark = _reaches(reader.reach_paths("supervise"), row)
    answers = [path for right in ANSWERING for path in reader.reach_paths(right)]
    if not may_remark and not _reaches(answers, row):
        return {"notes": (), "may_remark": False}
    about = SupervisionNote.objects.filter(source_kind=row.SOURCE_KIND, source_id=row.uid)
    return {
        "kind": row.SOURCE_KIND,
        "uid": row.uid,
        "notes": allowed(may_see_note, reader, about).select_related("author", "answered_by"),
        "may_remark": may_remark,
    }


def _reaches(paths: Iterable[str], row: Any) -> bool:
    return any(row.organisation.path.startswith(path) for path in paths)
