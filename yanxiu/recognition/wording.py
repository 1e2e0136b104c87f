"""What the levels of recognition are called on the pages of this app."""

from django.utils.translation import gettext as _


def level_word(level: str) -> str:
    """Return for whom a step is taken."""
    return {
        "self": _("本人"),
        "host": _("主持人"),
        "group_leader": _("组长"),
        "school": _("学校"),
        "central_school": _("中心校"),
        "county": _("区县"),
    }.get(level, level)
