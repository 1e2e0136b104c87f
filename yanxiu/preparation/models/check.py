"""What a reviewer found in a plan."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.preparation.models.plan import LessonPlan, PlanVersion


class PlanReview(models.Model):
    """教案检查: what one reviewer found in one version of a plan.

    `criteria` are lists of `code`, `name` and `mark`, `checklist` of `code`, `name` and `seen`,
    both as the school's form stood that day. `missing` names wanted sections that were empty.
    """

    SOURCE_KIND: ClassVar[str] = "preparation.review"

    class Mark(models.TextChoices):
        EXCELLENT = "excellent", _("优")
        GOOD = "good", _("良")
        PASS = "pass", _("合格")
        REVISE = "revise", _("请修改")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    plan = models.ForeignKey(LessonPlan, on_delete=models.CASCADE, related_name="reviews")
    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="plan_reviews"
    )
    criteria = models.JSONField(default=list)
    checklist = models.JSONField(default=list)
    missing = models.JSONField(default=list)
    comment = models.TextField(_("意见"), blank=True)
    mark = models.CharField(_("总的看"), max_length=10, choices=Mark.choices)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["plan", "at"], name="preparation_reviews_of")]

    def __str__(self) -> str:
        return f"{self.reviewer_id} on {self.plan_id}"

    @property
    def told_criteria(self) -> list[tuple[str, str]]:
        """The criteria that were given a mark, in words."""
        words = dict(self.Mark.choices)
        return [(one["name"], str(words[one["mark"]])) for one in self.criteria if one.get("mark")]
