"""What is compared: texts as their authors wrote them, and the marks by which they are found."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation, Teacher


class Document(models.Model):
    """核对文本: the text of one source, kept beside it so that others can be compared with it.

    It is made of the source and can always be made again; `folded` is its key, by which it is
    compared. A text with `trouble` is in no comparison and keeps no other from being in one.
    """

    SOURCE_KIND: ClassVar[str] = "originality.document"

    class Sort(models.TextChoices):
        WORK = "work", _("作品")
        COMMON = "common", _("共用材料")
        QUOTATION = "quotation", _("引文")
        TEMPLATE = "template", _("范本")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    source_kind = models.CharField(max_length=60)
    source_id = models.UUIDField()
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    author = models.ForeignKey(Teacher, on_delete=models.CASCADE, null=True, blank=True)
    sort = models.CharField(max_length=10, choices=Sort.choices, default=Sort.WORK)
    title = models.CharField(max_length=200)
    text = models.TextField()
    folded = models.TextField(blank=True, default="")
    entered_at = models.DateTimeField()
    trouble = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_kind", "source_id"], name="a source is compared by one text"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Mark(models.Model):
    """标记: one chosen gram of a document, as a signed number of 32 bits.

    No foreign key in the database: some hundred marks a document would each be checked, and
    `actions` removes them with their document.
    """

    gram = models.IntegerField()
    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, db_index=False, db_constraint=False
    )

    class Meta:
        indexes = [
            models.Index(fields=["gram", "document"], name="marks_by_gram"),
        ]

    def __str__(self) -> str:
        return f"{self.gram}"


class CommonGram(models.Model):
    """常见字串: a gram that so many texts hold that no more of them are marked with it.

    The first texts keep their marks, so that what everybody copies is still found.
    """

    gram = models.IntegerField(unique=True)

    def __str__(self) -> str:
        return f"{self.gram}"
