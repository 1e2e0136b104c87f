"""Certificates of hours that were issued; what one of them says is never changed."""

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.spans import Span
from yanxiu.kernel.uids import new_uid
from yanxiu.ledger.models import amount_field
from yanxiu.people.models import Organisation


class CertificatesStay(TypeError):
    """Somebody tried to change or delete a certificate; a bug, never an answer to a person."""


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Certificates can be read, issued and revoked."""

    def update(self, **_changes: Any) -> NoReturn:
        """Refuse."""
        raise CertificatesStay

    def delete(self) -> NoReturn:
        """Refuse."""
        raise CertificatesStay


REVOKING = {"revoked_at", "revoked_because", "revoked_by_uid", "revoked_by_name"}
"""The only columns that are written after the issue."""


class Certificate(models.Model):
    """学时证明: what one teacher's ledger held for a span on the day of issue.

    `content` is all that is printed, `sha256` that of the file as it was handed out, `mark` that of
    the part that comes from the ledger, so that a later change of the ledger shows. `code` cannot
    be guessed and opens the public page; `number` is the running number of the issuer in a year.
    """

    SOURCE_KIND: ClassVar[str] = "certificates.certificate"

    class State(models.TextChoices):
        VALID = "valid", _("有效")
        REPLACED = "replaced", _("已换发")
        REVOKED = "revoked", _("已撤销")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="certificates"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="certificates"
    )
    issuer = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="certificates_issued"
    )
    code = models.CharField(max_length=40, unique=True)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    scheme = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    starts_on = models.DateField()
    ends_on = models.DateField()
    as_of = models.DateField()
    hours = amount_field(null=True)
    credits = amount_field(null=True)
    content = models.JSONField()
    mark = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by_uid = models.UUIDField(null=True)
    issued_by_name = models.CharField(max_length=80)
    is_own = models.BooleanField(default=False)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_because = models.CharField(max_length=200, blank=True)
    revoked_by_uid = models.UUIDField(null=True, blank=True)
    revoked_by_name = models.CharField(max_length=80, blank=True)

    objects: ClassVar[Any] = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "-id"]
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "year", "number"],
                name="a number is given once by an issuer in a year",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=models.F("starts_on")),
                name="a certificate covers at least a day",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | ~Q(revoked_because=""),
                name="a certificate is revoked for a reason",
            ),
        ]
        indexes = [
            models.Index(fields=["teacher", "-issued_at"], name="certificates_of_teacher"),
            models.Index(fields=["organisation", "-issued_at"], name="certificates_of_school"),
        ]

    def __str__(self) -> str:
        return self.shown_number

    def save(self, *args: Any, **options: Any) -> None:
        """Issue the certificate, or note that it is revoked; refuse any other change."""
        fields = set(options.get("update_fields") or ())
        if not self._state.adding and not (fields and fields <= REVOKING):
            raise CertificatesStay
        super().save(*args, **options)

    def get_absolute_url(self) -> str:
        """Return the address of its page for those who have logged in."""
        return reverse("certificates:certificate", args=[self.uid])

    def delete(self, *_args: Any, **_options: Any) -> NoReturn:
        """Refuse."""
        raise CertificatesStay

    @property
    def span(self) -> Span:
        """The days that it covers."""
        return Span(self.starts_on, self.ends_on)

    @property
    def shown_number(self) -> str:
        """The running number as it is printed."""
        return number_text(self.year, self.number)

    @property
    def shown_code(self) -> str:
        """The code in groups of four, to be read aloud and typed."""
        return grouped(self.code)

    @property
    def state(self) -> "Certificate.State":
        """Whether it holds. Reads `replaced_by` only if it is revoked."""
        if self.revoked_at is None:
            return self.State.VALID
        return self.State.REPLACED if hasattr(self, "replaced_by") else self.State.REVOKED


def number_text(year: int, number: int) -> str:
    """Return a running number as it is printed: 2026年第0001号."""
    return f"{year}年第{number:04d}号"


def grouped(code: str) -> str:
    """Return `code` in groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
