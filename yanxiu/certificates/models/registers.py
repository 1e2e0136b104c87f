"""What other systems have registered, as their exports told, and registers of a place's own."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.spans import Span
from yanxiu.kernel.uids import new_uid
from yanxiu.ledger.models import amount_field
from yanxiu.people.models import Organisation, Teacher


class OwnRegister(models.Model):
    """自定上报表: a register in the columns of a place, by an officer; kept when replaced."""

    SOURCE_KIND: ClassVar[str] = "certificates.own_register"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    code = models.CharField(max_length=60)
    text = models.TextField()
    made_at = models.DateTimeField()
    made_by_uid = models.UUIDField(null=True)
    made_by_name = models.CharField(max_length=80)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["code", "-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code"],
                condition=Q(replaced_at=None),
                name="a register of an organisation is written once at a time",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class RegisterImport(models.Model):
    """对账导入: one export of another system, as it was read.

    `heads` are its columns, `columns` says which of them (by index) tells what; the same heads are
    read the same way next time. The file itself is not kept.
    """

    SOURCE_KIND: ClassVar[str] = "certificates.register_import"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    register = models.CharField(max_length=60)
    scheme = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField()
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    heads = models.JSONField(default=list)
    heads_key = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    made_by_uid = models.UUIDField(null=True)
    made_by_name = models.CharField(max_length=80)

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(
                fields=["organisation", "register", "heads_key"], name="certificates_same_heads"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def span(self) -> Span:
        """The days that were compared."""
        return Span(self.starts_on, self.ends_on)


class RegisterRow(models.Model):
    """对账行: one row of an export, and what it was found to mean.

    `cells` are its values as texts; `key` is the record (or, where a row stands for a person, the
    teacher) that it tells of. Who is meant by a name of several is settled by a person.
    """

    class Outcome(models.TextChoices):
        REGISTERED = "registered", _("已登记")
        DIFFERS = "differs", _("不一致")
        AMBIGUOUS = "ambiguous", _("待辨认")
        UNKNOWN = "unknown", _("没有这个人")
        EXTRA = "extra", _("这边没有")
        IGNORED = "ignored", _("不管")

    of_import = models.ForeignKey(RegisterImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    teacher = models.ForeignKey(
        Teacher, on_delete=models.PROTECT, null=True, blank=True, related_name="register_rows"
    )
    key = models.UUIDField(null=True, blank=True)
    is_settled = models.BooleanField(default=False)
    settled_by_uid = models.UUIDField(null=True, blank=True)
    settled_by_name = models.CharField(max_length=80, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["of_import", "number"], name="a row of an export is kept once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of_import_id}: {self.number}"


class Registered(models.Model):
    """那边已登记: a record, or a person's days, as it stands in the other system."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    register = models.CharField(max_length=60)
    key = models.UUIDField()
    starts_on = models.DateField()
    teacher = models.ForeignKey(Teacher, on_delete=models.PROTECT, related_name="registered")
    hours = amount_field(null=True)
    credits = amount_field(null=True)
    on = models.DateField()
    row = models.ForeignKey(RegisterRow, on_delete=models.SET_NULL, null=True, related_name="marks")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "register", "key", "starts_on"],
                name="a thing is registered once in a register",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.key}"
