"""Activities that several schools or groups share."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.activities.models.activity import Activity, Session
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation, Unit


class Partner(models.Model):
    """参与单位: a unit or a school that organises, hosts or is invited to an activity."""

    class Capacity(models.TextChoices):
        ORGANISER = "organiser", _("主办")
        HOST = "host", _("承办")
        INVITED = "invited", _("受邀")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="partners")
    capacity = models.CharField(max_length=10, choices=Capacity.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["capacity", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "organisation", "unit"],
                name="a unit takes part in an activity once",
            ),
            models.UniqueConstraint(
                fields=["activity", "organisation"],
                condition=Q(unit=None),
                name="a school takes part in an activity once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.unit or ''}".strip()


class HomeRecognition(models.Model):
    """本校认定: whether an invited school has recognised its own people's part in a session."""

    SOURCE_KIND: ClassVar[str] = "activities.home_recognition"

    class State(models.TextChoices):
        WAITING = "waiting", _("待本校认定")
        RECOGNISED = "recognised", _("已认定")
        DECLINED = "declined", _("不认定")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="recognitions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    word = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(null=True, blank=True)
    by_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "organisation"], name="a school recognises a session once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.organisation_id} {self.state}"
