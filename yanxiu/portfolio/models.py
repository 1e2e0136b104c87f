"""The growth file: its categories, what is put in by hand, and what came from elsewhere."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation


class Category(models.Model):
    """档案类别: one section of the growth files of a school, and of the schools below it.

    A school that changes nothing has those that are shipped (`categories.yaml`); once it changes
    one, the whole set is its own. `kinds` are codes of leaves that fall here rather than where
    they fall by themselves. What is asked for and still empty is told to the person first.
    """

    SOURCE_KIND: ClassVar[str] = "portfolio.category"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="file_categories"
    )
    code = models.CharField(max_length=40)
    name = models.CharField(_("名称"), max_length=40)
    order = models.PositiveSmallIntegerField(_("次序"), default=0)
    is_asked = models.BooleanField(_("每学期都要有"), default=False)
    kinds = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code"], name="a category of files is named once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Arrival(models.Model):
    """转入档案: one archive that came with a teacher, where it came from and how it was checked."""

    SOURCE_KIND: ClassVar[str] = "portfolio.arrival"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="file_arrivals"
    )
    origin = models.CharField(max_length=120)
    person_name = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    files_checked = models.PositiveIntegerField(default=0)
    arrived_at = models.DateTimeField()
    by_name = models.CharField(max_length=40)

    class Meta:
        ordering = ["-arrived_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["teacher", "sha256"], name="an archive arrives once for a teacher"
            ),
        ]

    def __str__(self) -> str:
        return self.origin


class Piece(models.Model):
    """档案材料: what a teacher put into the own file by hand, or what arrived from elsewhere.

    It is declared, never recognised: it gives no record and no hours. `key` names it across
    installations, so that what arrives a second time is known. `told` keeps the facts, texts and
    tables of what arrived as they were.
    """

    SOURCE_KIND: ClassVar[str] = "portfolio.piece"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="file_pieces"
    )
    arrival = models.ForeignKey(
        Arrival, on_delete=models.PROTECT, null=True, blank=True, related_name="pieces"
    )
    key = models.UUIDField(default=new_uid, editable=False)
    category = models.CharField(_("类别"), max_length=40)
    on = models.DateField(_("日期"))
    title = models.CharField(_("标题"), max_length=200)
    text = models.TextField(_("内容"), blank=True)
    part = models.CharField(max_length=40, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    amount = models.CharField(max_length=120, blank=True)
    told = models.JSONField(default=dict, blank=True)
    put_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["teacher", "key"],
                condition=Q(removed_at=None),
                name="a piece stands in a file once",
            ),
        ]
        indexes = [models.Index(fields=["teacher", "on"], name="portfolio_piece_by_teacher")]

    def __str__(self) -> str:
        return self.title
