"""What colleagues say about a plan, and the questions it leaves."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.activities.models import Problem
from yanxiu.kernel.uids import new_uid
from yanxiu.preparation.models.plan import LessonPlan


class PlanComment(models.Model):
    """备课意见: what a colleague says about one paragraph of a plan, or about all of it.

    `paragraph` is the id of the paragraph, "" for the whole; `quote` is how it read then, for the
    paragraph may change or go. With a `proposal` it says how the paragraph should read instead.
    """

    SOURCE_KIND: ClassVar[str] = "preparation.comment"

    class State(models.TextChoices):
        OPEN = "open", _("待议")
        ADOPTED = "adopted", _("已采纳")
        PARTLY = "partly", _("部分采纳")
        KEPT = "kept", _("保留原稿")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    plan = models.ForeignKey(LessonPlan, on_delete=models.CASCADE, related_name="comments")
    paragraph = models.CharField(max_length=12, blank=True)
    section = models.CharField(max_length=40, blank=True)
    quote = models.TextField(blank=True)
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="plan_comments"
    )
    text = models.TextField(_("意见"), blank=True)
    proposal = models.TextField(_("建议改成"), blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.CharField(_("议定的话"), max_length=300, blank=True)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by_name = models.CharField(max_length=40, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["plan", "paragraph"], name="preparation_said"),
            models.Index(fields=["plan", "state"], name="preparation_open_said"),
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} on {self.plan_id}"

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return {"adopted": "green", "partly": "green"}.get(str(self.state), "grey")


class PlanQuestion(models.Model):
    """备课问题: a difficulty met in preparing, on the group's list of problems, with an owner."""

    SOURCE_KIND: ClassVar[str] = "preparation.question"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    plan = models.ForeignKey(LessonPlan, on_delete=models.CASCADE, related_name="questions")
    problem = models.OneToOneField(Problem, on_delete=models.PROTECT, related_name="question")
    owner = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="plan_questions",
        verbose_name=_("谁来弄清楚"),
    )  # fmt: skip
    due_on = models.DateField(_("期限"), null=True, blank=True)
    answer = models.TextField(_("弄清楚了什么"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None) | ~Q(answer=""),
                name="an answered question has its answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.problem_id}"
