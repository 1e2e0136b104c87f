"""What was done about one person's outside training, and by whom."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from yanxiu.audit.models import TrailLine
from yanxiu.training.models import OutsideTraining

REASONS = ("reason", "why")
"""Under which names the deeds of training keep why they were done."""


@dataclass(frozen=True)
class Deed:
    """One line of the way: when, who, what, and why where a reason was given."""

    at: datetime
    name: str
    word: str
    reason: str


def history(training: OutsideTraining) -> list[Deed]:
    """Return what was done about `training` from the beginning, each deed kept; one statement."""
    words = {
        "training.applied": _("申请"),
        "training.applied-again": _("改好后再次申请"),
        "training.declared": _("补报登记"),
        "training.approved": _("同意"),
        "training.returned": _("退回申请"),
        "training.reported": _("交汇报"),
        "training.report-returned": _("退回汇报"),
        "training.recognised": _("认定"),
        "training.recognition-taken-back": _("撤回认定"),
        "training.withdrawn": _("撤回"),
    }
    begun = {"training.applied", "training.declared"}
    rows = TrailLine.objects.filter(
        source_kind=OutsideTraining.SOURCE_KIND, source_id=training.uid, verb__in=words
    )
    found = list(rows.order_by("at", "pk"))
    deeds = [
        Deed(
            row.at,
            row.actor_name,
            words[row.verb],
            next((str(row.detail[name]) for name in REASONS if row.detail.get(name)), ""),
        )
        for row in found
    ]
    if found and found[0].verb in begun:
        return deeds
    # Who was sent neither applied nor declared: the office wrote the list.
    return [Deed(training.applied_at, "", _("登记"), ""), *deeds]
