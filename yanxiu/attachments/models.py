"""Files kept with the things they belong to."""

from typing import ClassVar

from django.db import models

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation


class Attachment(models.Model):
    """附件: one file of one thing; the bytes lie under their SHA-256 in the data folder."""

    SOURCE_KIND: ClassVar[str] = "attachments.attachment"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    source_kind = models.CharField(max_length=40)
    source_id = models.UUIDField()
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField()
    added_by_uid = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["source_kind", "source_id"], name="attachments_by_source"),
        ]

    def __str__(self) -> str:
        return self.name
