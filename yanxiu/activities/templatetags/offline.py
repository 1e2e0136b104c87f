"""What other pages show of the offline roll."""

from django import template

from yanxiu.activities.models import Session
from yanxiu.activities.offline.queries import to_settle

register = template.Library()


@register.simple_tag
def offline_waiting(session: Session) -> int:
    """Return how many taps of `session` wait for somebody's decision; one statement."""
    return session.offline_taps.filter(to_settle()).count()
