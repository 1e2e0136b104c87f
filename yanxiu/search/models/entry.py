"""What can be found, and what has changed since it was last read."""

from typing import ClassVar

from django.db import models

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation, Teacher


class Entry(models.Model):
    """检索条目: one row of a kind with text, as a search shows it.

    Made of its source and made again at any time; who may see it is asked of the source itself.
    Its words lie in a table of the engine, under the same key.
    """

    SOURCE_KIND: ClassVar[str] = "search.entry"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    source_kind = models.CharField(max_length=60)
    source_id = models.UUIDField()
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, db_index=False, related_name="+"
    )
    # An entry holds nobody fast: a list of persons that is taken back takes its entries along.
    person = models.ForeignKey(
        Teacher,
        on_delete=models.CASCADE,
        null=True,
        db_index=False,
        db_constraint=False,
        related_name="+",
    )
    day = models.DateField(null=True)
    title = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_kind", "source_id"], name="a source is one entry of the search"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Changed(models.Model):
    """待检索: a source that was written in this transaction, and is to be read again after it."""

    source_kind = models.CharField(max_length=60)
    source_id = models.UUIDField()

    def __str__(self) -> str:
        return f"{self.source_kind} {self.source_id}"
