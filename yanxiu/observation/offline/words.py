"""What a finger finds ready on the sheet: stages of a lesson, and what happens again and again."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yanxiu.observation.models import Mark

STAGES: tuple[Promise, ...] = (
    _("导入"), _("新授"), _("探究"), _("练习"), _("展示"), _("小结"), _("检测"),
)  # fmt: skip
"""The stages of most lessons; any other is typed."""


@dataclass(frozen=True)
class Quick:
    """One thing that is noted with one tap."""

    side: str
    word: Promise


QUICK = (
    *(
        Quick(Mark.Side.TEACHER, word)
        for word in (_("提问"), _("追问"), _("讲解"), _("示范"), _("巡视指导"), _("评价"))
    ),
    *(
        Quick(Mark.Side.PUPIL, word)
        for word in (_("齐答"), _("个别回答"), _("讨论"), _("动手做"), _("上台展示"), _("主动提问"))
    ),
)
