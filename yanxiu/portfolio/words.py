"""What codes of records are called on the pages of this app."""

from functools import cache
from typing import Final

from django.utils.translation import gettext as _

from yanxiu.ledger.rules.loading import shipped

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


def kind_word(code: str) -> str:
    """Return what a kind of record is called; a kind that no scheme knows earns nothing."""
    if code == "transferred_in":
        return _("外地转入")
    return _words("kind").get(code) or (_("工作会议") if code == "meeting" else _("其他活动"))


def role_word(code: str) -> str:
    """Return what a part is called."""
    return _words("role").get(code) or _("参加")


def level_word(code: str) -> str:
    """Return what the level of an organiser is called."""
    return _words("organiser_level").get(code, code)


def attendance_word(code: str) -> str:
    """Return what an attendance is called."""
    return _words("attendance").get(code, code)
