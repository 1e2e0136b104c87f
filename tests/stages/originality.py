"""What stands on the stage of originality: a text that the school knows."""

from datetime import datetime

from django.db.models import Model

from yanxiu.cast import Cast
from yanxiu.originality import actions

BESIDES: dict[str, dict[str, str]] = {}
FORMS: dict[str, dict[str, str]] = {}


def fill(cast: Cast, things: dict[str, Model], at: datetime) -> dict[str, Model]:
    """Return the things of originality by the words that the tables of permissions use."""
    known = actions.add_known_text(
        cast.school,
        sort="template",
        title="网上的范文",
        text="今天的课上我发现孩子们对分数的意义理解得并不牢固，下次准备用折纸的办法。",
        by=cast.people["zhou"],
        at=at,
    )
    return {"本校的范文": known}
