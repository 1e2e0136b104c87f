"""What a teacher notes after teaching."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.lessons.models import Lesson
from yanxiu.preparation.models.plan import LessonPlan


class PostLessonNote(models.Model):
    """教后记: what the teacher notes after a lesson; the teacher's alone unless shared."""

    SOURCE_KIND: ClassVar[str] = "preparation.note"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    plan = models.ForeignKey(LessonPlan, on_delete=models.CASCADE, related_name="notes")
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="post_lesson_notes"
    )
    lesson = models.ForeignKey(
        Lesson, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    taught_on = models.DateField(_("哪天上的"))
    class_name = models.CharField(_("班级"), max_length=40, blank=True)
    text = models.TextField(_("教后记"))
    is_shared = models.BooleanField(_("给本组的人看"), default=False)
    edition = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    edited_at = models.DateTimeField()

    class Meta:
        ordering = ["-taught_on", "-id"]
        indexes = [models.Index(fields=["teacher", "taught_on"], name="preparation_notes_of")]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.taught_on}"
