"""`{% load activities %}`: how a clash is told."""

from collections.abc import Mapping

from django import template
from django.utils.translation import gettext as _

from yanxiu.agenda.queries import Clash
from yanxiu.ui.wording import clock_text

register = template.Library()

MOST_NAMED = 5


@register.simple_tag
def clash_words(clash: Clash, names: Mapping[int, str]) -> str:
    """Say what is set at the same time, and for whom or in which room."""
    what = _("%(from)s—%(to)s “%(title)s”") % {
        "from": clock_text(clash.starts_at),
        "to": clock_text(clash.ends_at),
        "title": clash.title,
    }
    people = sorted(names[pk] for pk in clash.people if pk in names)
    whose = "、".join(people[:MOST_NAMED])
    if len(people) > MOST_NAMED:
        whose = _("%(names)s等%(count)d人") % {"names": whose, "count": len(people)}
    if clash.same_place and whose:
        return _("%(what)s占着同一地点，%(who)s也要参加") % {"what": what, "who": whose}
    if clash.same_place:
        return _("%(what)s占着同一地点") % {"what": what}
    return _("%(what)s，%(who)s也要参加") % {"what": what, "who": whose}
