"""What was done about one person's outside training, and by whom."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from yanxiu.audit.models import TrailLine
from yanxiu.ledger.models import Record
from yanxiu.training.models import OutsideTraining

REASONS = ("reason", "why")
"""Under which names the deeds of training keep why they were done."""


@dataclass(frozen=True)
class Deed:
    """One line of the way: when, who, what, how much, and why where a reason was given."""

    at: datetime
    name: str
    word: str
    reason: str
    hours: Decimal | None = None


def history(training: OutsideTraining, record: Record | None = None) -> list[Deed]:
    """Return what was done about `training` from the beginning, each deed kept.

    One statement, and one for what was done about its `record` since the school recognised it.
    """
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
            Decimal(row.detail["hours"]) if row.detail.get("hours") else None,
        )
        for row in found
    ]
    if record is not None and training.recognised_at:
        later = record.steps.filter(at__gt=training.recognised_at).order_by("at", "pk")
        deeds += [
            Deed(
                step.at, step.by_name, step.title or str(step.get_decision_display()),
                step.reason, step.amount,
            )
            for step in later
        ]  # fmt: skip
        deeds.sort(key=lambda deed: deed.at)
    if found and found[0].verb in begun:
        return deeds
    # Who was sent neither applied nor declared: the office wrote the list.
    return [Deed(training.applied_at, "", _("登记"), ""), *deeds]
