"""The trail: one line per deed, written in the transaction of the deed."""

from django.db import models

from yanxiu.kernel.uids import new_uid


class TrailLine(models.Model):
    """操作记录: who did what to which thing, and when.

    The actor and the thing are named by uid and not by foreign key, so that a line outlives them
    and reads the same after a move to another installation. Lines are added, never changed.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    at = models.DateTimeField(db_index=True)
    actor_uid = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=80)
    verb = models.CharField(max_length=60)
    source_kind = models.CharField(max_length=40)
    source_id = models.UUIDField()
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["source_kind", "source_id"], name="audit_by_source")]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.verb}"
