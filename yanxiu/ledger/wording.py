"""What codes and measures of records are called on every page."""

from functools import cache
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yanxiu.ledger.rules.loading import shipped
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.ui.languages import in_script_of_reader

_HOUSE: Final = "cn-central-school-handbook"
"""The scheme whose words the pages use where places differ."""


@cache
def _words(dimension: str) -> dict[str, str]:
    """Return what the shipped schemes call the codes of `dimension`; the house's own first."""
    found: dict[str, str] = {}
    for scheme in sorted(shipped().values(), key=lambda each: (each.id != _HOUSE, each.id)):
        for name, words in scheme.labels:
            if name == dimension:
                found = {**dict(words), **found}
    return found


def _word(dimension: str, code: str) -> str:
    return in_script_of_reader(_words(dimension).get(code, ""))


def kind_word(code: str, scheme: Scheme | None = None) -> str:
    """Return what a kind of record is called: by `scheme`, else by the house, else by any place."""
    own = scheme.label("kind", code) if scheme else code
    if own != code:
        return in_script_of_reader(own)
    usual = {
        "transferred_in": _("外地转入"),
        "outside_training": _("外出培训"),
        "meeting": _("工作会议"),
    }
    return usual.get(code) or _word("kind", code) or _("其他活动")


def measure_word(measure: str, scheme: Scheme | None = None) -> str:
    """Return the word after an amount in a record's own measure: hours as `scheme` calls them."""
    own = scheme.unit_label(measure) if scheme and measure == "hour" else measure
    if own != measure:
        return in_script_of_reader(own)
    if measure == "credit":
        return in_script_of_reader(scheme.unit_label(measure)) if scheme else _("学分")
    return {
        "hour": _("学时"),
        "lesson": _("节"),
        "day": _("天"),
        "character": _("字"),
    }.get(measure, pgettext("计量", "份"))


def role_word(code: str) -> str:
    """Return what a part is called."""
    return _word("role", code) or _("参加")


def level_word(code: str) -> str:
    """Return what the level of an organiser is called."""
    return _word("organiser_level", code) or code


def attendance_word(code: str) -> str:
    """Return what an attendance is called."""
    return _word("attendance", code) or code
