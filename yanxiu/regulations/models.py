"""Rules with their versions and articles, who has read them, and what is asked of schools."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation


class RegulationKind(models.Model):
    """制度类别: data that a school adds to; `governs` names the record kinds that it rules."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True)
    code = models.CharField(max_length=40)
    name = models.CharField(_("名称"), max_length=40)
    is_required = models.BooleanField(_("要求备齐"), default=False)
    governs = models.JSONField(default=list, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code"], name="a kind of regulation is named once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RequiredKind(models.Model):
    """必备制度: a kind that an organisation, and every school below it, must have in force.

    An organisation without rows follows its superior; at the top the shipped kinds hold.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="required_kinds"
    )
    kind = models.ForeignKey(RegulationKind, on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind"], name="a kind is required once by an organisation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.kind_id}"


class Regulation(models.Model):
    """制度: one rule of an organisation, or a superior's document that it has registered."""

    SOURCE_KIND: ClassVar[str] = "regulations.regulation"

    class Scope(models.TextChoices):
        BELOW = "below", _("本组织和所有下级")
        OWN = "own", _("只在本组织")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="regulations"
    )
    kind = models.ForeignKey(RegulationKind, on_delete=models.PROTECT)
    title = models.CharField(_("名称"), max_length=120)
    issuer = models.CharField(_("发文单位"), max_length=80, blank=True)
    document_number = models.CharField(_("文号"), max_length=60, blank=True)
    issued_on = models.DateField(_("发文日期"), null=True, blank=True)
    is_superior = models.BooleanField(_("上级文件"), default=False)
    scope = models.CharField(
        _("适用范围"), max_length=10, choices=Scope.choices, default=Scope.BELOW
    )
    derived_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="derived"
    )
    owner = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    retired_on = models.DateField(null=True, blank=True)
    retired_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["kind__order", "title", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "title"],
                condition=Q(retired_on=None),
                name="a regulation in use has its own title",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RegulationVersion(models.Model):
    """制度版本: the text of a regulation over a time; published ones are never changed."""

    SOURCE_KIND: ClassVar[str] = "regulations.version"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    regulation = models.ForeignKey(Regulation, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField(_("施行日期"))
    ends_on = models.DateField(null=True, blank=True)
    change_note = models.CharField(_("修订说明"), max_length=200, blank=True)
    asks_acknowledgement = models.BooleanField(_("请教师确认已阅"), default=False)
    acknowledge_by = models.DateField(_("确认期限"), null=True, blank=True)
    review_on = models.DateField(_("下次复核"), null=True, blank=True)
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by_uid = models.UUIDField(null=True, blank=True)
    published_by_name = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["regulation", "number"], name="a version has its number in the regulation"
            ),
            models.UniqueConstraint(
                fields=["regulation"],
                condition=Q(published_at=None),
                name="a regulation has one draft at a time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.regulation_id} v{self.number}"

    def in_force(self, day: date) -> bool:
        """Whether this is the text that holds on `day`."""
        return (
            self.published_at is not None
            and self.starts_on <= day
            and (self.ends_on is None or day < self.ends_on)
        )


class Article(models.Model):
    """条款: one article of a version; `source` is the superior's article that it carries out."""

    version = models.ForeignKey(
        RegulationVersion, on_delete=models.CASCADE, related_name="articles"
    )
    order = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    source = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="carried_out_by"
    )

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return f"{self.label} {self.text[:20]}"


class Acknowledgement(models.Model):
    """已阅: one teacher has read one version, and when."""

    version = models.ForeignKey(
        RegulationVersion, on_delete=models.PROTECT, related_name="acknowledgements"
    )
    teacher = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "teacher"], name="a teacher acknowledges a version once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.teacher_id}"


class Requirement(models.Model):
    """要求: what an organisation asks of schools below it, by a day."""

    SOURCE_KIND: ClassVar[str] = "regulations.requirement"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    title = models.CharField(_("要求"), max_length=120)
    text = models.TextField(_("具体内容"), blank=True)
    regulation = models.ForeignKey(
        Regulation, on_delete=models.PROTECT, null=True, blank=True, related_name="requirements"
    )
    due_on = models.DateField(_("期限"))
    issued_at = models.DateTimeField()
    issued_by_uid = models.UUIDField(null=True)
    issued_by_name = models.CharField(max_length=40, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-issued_at", "-id"]

    def __str__(self) -> str:
        return self.title


class RequirementAnswer(models.Model):
    """答复: where one school stands with one requirement."""

    SOURCE_KIND: ClassVar[str] = "regulations.answer"

    class State(models.TextChoices):
        SENT = "sent", _("未签收")
        RECEIVED = "received", _("已签收")
        ANSWERED = "answered", _("已答复")
        RETURNED = "returned", _("退回补充")
        MET = "met", _("已落实")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="answers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENT)
    text = models.TextField(_("落实情况"), blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    received_by_name = models.CharField(max_length=40, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_uid = models.UUIDField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=40, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_by_name = models.CharField(max_length=40, blank=True)
    judgement = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["organisation__path"]
        constraints = [
            models.UniqueConstraint(
                fields=["requirement", "organisation"], name="a school is asked once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requirement_id} {self.organisation_id} {self.state}"
