"""Who looked at somebody's hours: what each kind of look is called, and the lines of it."""

from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yanxiu.audit.models import TrailLine
from yanxiu.people.models import Teacher

HOURS: Final = "portfolio.hours-viewed"
RECORD: Final = "ledger.record-viewed"
FILE: Final = "portfolio.file-viewed"
TAKEN: Final = "portfolio.file-taken"
CERTIFICATE: Final = "ledger.certificate-viewed"
DECIDING: Final = "ledger.claim-viewed"
LIST: Final = "ledger.list-taken"
LISTED: Final = "ledger.list-viewed"
CHECKING: Final = "ledger.records-checked"

LOOKS: Final = {
    HOURS: _("打开了您的学时"),
    RECORD: _("打开了您的研修记录"),
    FILE: _("打开了您的成长档案"),
    TAKEN: _("下载了您的材料"),
    CERTIFICATE: _("打开了您的学时证明"),
    DECIDING: _("认定时打开了您的记录"),
    LIST: _("下载了有您在内的学时名单"),
    LISTED: _("查看了有您在内的学时名单"),
    CHECKING: _("抽查时翻看了您的研修记录"),
}
"""Each kind of look by its verb in the trail, as the person reads it."""


def looks_at(teacher: Teacher) -> "QuerySet[TrailLine]":
    """Return the lines of everybody else's looks at the hours of `teacher`, newest first."""
    return TrailLine.objects.filter(
        source_kind=Teacher.SOURCE_KIND, source_id=teacher.uid, verb__in=list(LOOKS)
    ).order_by("-at", "-id")


def look_word(verb: str) -> str:
    """Return what a kind of look is called."""
    return str(LOOKS.get(verb, verb))
