"""How a session takes sign-ins: the rule, the desk, who waits, spot checks and rolls."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.activities.models.activity import ActivityKind, Session
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation


class SignInRule(models.Model):
    """签到办法: how sessions of an organisation, or of one kind there, establish who came.

    A rule of the kind goes before that of the whole organisation, and a school's own before its
    superior's. `confirmed_levels` names the assurance levels that count only once a host has
    confirmed them; the house's default stands in assurance.yaml.
    """

    SOURCE_KIND: ClassVar[str] = "activities.sign_in_rule"

    class Way(models.TextChoices):
        CODE = "code", _("扫码签到，也可点名")
        ROLL = "roll", _("只点名，不扫码")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="sign_in_rules"
    )
    kind = models.ForeignKey(ActivityKind, on_delete=models.CASCADE, null=True, blank=True)
    way = models.CharField(_("怎样签到"), max_length=10, choices=Way.choices, default=Way.CODE)
    signs_out = models.BooleanField(_("按在场分钟计学时（签到并签退）"), default=False)
    confirmed_levels = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind"], name="a kind has one sign-in rule in a school"
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(kind=None),
                name="a school has one general sign-in rule",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.way}"


class SignInDesk(models.Model):
    """签到台: what one session does otherwise than its rule, and whether it takes sign-outs now.

    A session without a desk follows its rule in everything.
    """

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="desk")
    way = models.CharField(max_length=10, choices=SignInRule.Way.choices, blank=True)
    signs_out = models.BooleanField(null=True, blank=True)
    sign_out_key = models.CharField(max_length=64, blank=True)
    sign_out_opened_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.session_id} {self.way}"


class EarlyScan(models.Model):
    """候签: a right scan made before sign-in was opened; opening turns it into attendance."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="early_scans")
    teacher = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    expected = models.BooleanField(default=True)
    device = models.CharField(max_length=32, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "teacher"], name="a person waits for a session once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.at}"


class SpotCheck(models.Model):
    """抽点: a few of those who signed in, drawn by chance, whom the host looks for in the room.

    The draw can be done again by anybody: those in `pool` (uids), ordered by the digest of `seed`
    and uid, the first so many.
    """

    SOURCE_KIND: ClassVar[str] = "activities.spot_check"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="spot_checks")
    seed = models.CharField(max_length=64)
    pool = models.JSONField(default=list)
    drawn = models.JSONField(default=list)
    results = models.JSONField(default=dict)
    at = models.DateTimeField()
    by_uid = models.UUIDField(null=True)
    by_name = models.CharField(max_length=40)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.session_id} {len(self.drawn)}"


class RollBatch(models.Model):
    """点名批次: one deed that marks several people, known by its key, to be undone as a whole.

    `states` and `before` hold, by the person's uid, the mark that was set and the mark that stood
    before (None for no mark).
    """

    SOURCE_KIND: ClassVar[str] = "activities.roll_batch"

    uid = models.UUIDField(default=new_uid, unique=True)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="roll_batches")
    states = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    at = models.DateTimeField()
    by_uid = models.UUIDField(null=True)
    by_name = models.CharField(max_length=40)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.session_id} {len(self.states)}"
