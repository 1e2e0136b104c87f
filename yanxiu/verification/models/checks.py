"""Checking a sample of handbooks and records, with what was found."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.spans import Span
from yanxiu.kernel.uids import new_uid
from yanxiu.ledger.models import amount_field
from yanxiu.people.models import Organisation, Teacher


class SampleCheck(models.Model):
    """抽查: one sample of the teachers of an organisation and all below it, drawn once.

    `words` were announced beforehand, `seed` is what was drawn with: the words, the day and the
    state of the ledger on that day; whoever has it draws the same from `candidates`, which lists
    uid, name, stratum, number and earlier samples of everybody on that day. What was drawn is never
    drawn anew; a sample that was a mistake is called off with a reason and stays to be seen.
    """

    SOURCE_KIND: ClassVar[str] = "verification.sample_check"

    class Method(models.TextChoices):
        RANDOM = "random", _("随机抽取")
        TAIL_DIGIT = "tail_digit", _("按编号尾数")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    title = models.CharField(_("名称"), max_length=80)
    starts_on = models.DateField(_("查哪些天：从"))
    last_on = models.DateField(_("到"))
    method = models.CharField(_("抽取办法"), max_length=10, choices=Method.choices)
    percent = amount_field()
    strata = models.JSONField(default=list)
    digit = models.CharField(_("尾数"), max_length=1, blank=True)
    words = models.CharField(_("公布的种子"), max_length=80)
    seed = models.CharField(max_length=240)
    spares = models.BooleanField(default=False)
    on_fail = models.CharField(max_length=10, default="redo")
    redo_days = models.PositiveSmallIntegerField(default=15)
    source = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(_("完成期限"))
    population = models.PositiveIntegerField(default=0)
    candidates = models.JSONField(default=list)
    unnumbered = models.PositiveIntegerField(default=0)
    drawn_at = models.DateTimeField()
    drawn_by_name = models.CharField(max_length=80)
    called_off_at = models.DateTimeField(null=True, blank=True)
    called_off_by_name = models.CharField(max_length=80, blank=True)
    called_off_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-drawn_at", "-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def span(self) -> Span:
        """The days that are checked."""
        return Span(self.starts_on, self.last_on + timedelta(days=1))


class Sampled(models.Model):
    """抽中的教师: one teacher of a sample, who checks, and where it stands."""

    SOURCE_KIND: ClassVar[str] = "verification.sampled"

    class State(models.TextChoices):
        WAITING = "waiting", _("待查")
        REDO = "redo", _("待整改")
        ANSWERED = "answered", _("待复查")
        PASSED = "passed", _("通过")
        FAILED = "failed", _("未通过")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    check_of = models.ForeignKey(SampleCheck, on_delete=models.PROTECT, related_name="drawn")
    teacher = models.ForeignKey(Teacher, on_delete=models.PROTECT, related_name="sampled")
    school = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    stratum = models.CharField(max_length=200, blank=True)
    place = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    mark = models.CharField(max_length=64)
    before = models.PositiveSmallIntegerField(default=0)
    checker = models.ForeignKey(
        Teacher, on_delete=models.PROTECT, null=True, blank=True, related_name="to_check"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    redo_by = models.DateField(null=True, blank=True)
    answer = models.CharField(_("整改说明"), max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["stratum", "place", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["check_of", "teacher"], name="a teacher is in a sample once"
            ),
            models.CheckConstraint(
                condition=~models.Q(checker=models.F("teacher")), name="nobody checks oneself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.check_of_id}"

    @property
    def tone(self) -> str:
        """The colour of the state."""
        state = Sampled.State
        tones = {state.WAITING: "gold", state.REDO: "red", state.ANSWERED: "blue"}
        return tones.get(state(self.state), "green" if self.state == state.PASSED else "red")


class CheckMark(models.Model):
    """检查意见: what a checker found when looking, in one round; only added, never changed."""

    sampled = models.ForeignKey(Sampled, on_delete=models.PROTECT, related_name="marks")
    passed = models.BooleanField()
    comment = models.CharField(_("意见"), max_length=300, blank=True)
    by_uid = models.UUIDField()
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.sampled_id} {self.passed}"
