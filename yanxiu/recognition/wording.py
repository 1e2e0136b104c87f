"""What codes and measures are called on the pages of this app."""

from functools import cache

from django.utils.translation import gettext as _

from yanxiu.ledger.rules.loading import shipped
from yanxiu.ledger.rules.schemes import Scheme


@cache
def _shipped_kinds() -> dict[str, str]:
    found: dict[str, str] = {}
    for scheme in shipped().values():
        for name, words in scheme.labels:
            if name == "kind":
                found = {**dict(words), **found}
    return found


def kind_word(scheme: Scheme | None, code: str) -> str:
    """Return what a kind of record is called: by its own scheme, else by any that is shipped."""
    own = scheme.label("kind", code) if scheme else code
    if own != code:
        return own
    return _shipped_kinds().get(code) or (_("外出培训") if code == "outside_training" else code)


def measure_word(measure: str) -> str:
    """Return the word after an amount in a record's own measure."""
    return {
        "hour": _("学时"),
        "lesson": _("节"),
        "day": _("天"),
        "character": _("字"),
    }.get(measure, _("份"))


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
