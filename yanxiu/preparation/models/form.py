"""What a lesson plan of a school is made of, and what is looked at when it is checked."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation


class PlanForm(models.Model):
    """教案模板: the sections of a school's lesson plans, and what a check looks at.

    `sections` are lists of `code`, `name`, `help` and `wanted` (a check names plans without it);
    `criteria` and `checklist` are lists of `code` and `name`. A plan keeps the sections it was
    written with, so a change here touches no old plan. `steps` says which steps of preparing
    together the school goes through: talk, own, note.
    """

    SOURCE_KIND: ClassVar[str] = "preparation.form"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="plan_form"
    )
    sections = models.JSONField(default=list)
    criteria = models.JSONField(default=list)
    checklist = models.JSONField(default=list)
    steps = models.JSONField(default=list)
    saved_at = models.DateTimeField()
    saved_by_name = models.CharField(_("谁改的"), max_length=40)

    def __str__(self) -> str:
        return f"{self.organisation_id}"
