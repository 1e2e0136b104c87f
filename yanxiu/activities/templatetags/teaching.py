"""What a session page says about content and experts."""

from typing import Any

from django import template

from yanxiu.activities.content import tags_of
from yanxiu.activities.models import Session

register = template.Library()


@register.inclusion_tag("activities/_teaching.html")
def content_and_experts(session: Session, *, manages: bool = False) -> dict[str, Any]:
    """Draw the tags and the experts of `session`; two statements."""
    return {
        "session": session,
        "manages": manages,
        "tags": tags_of(session),
        "visits": session.visits.select_related("expert"),
    }
