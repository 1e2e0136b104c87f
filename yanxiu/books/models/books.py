"""What there is to read: books and articles, lists of them, and who recommends them."""

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation, Unit


class Book(models.Model):
    """读物: a book, an article or a periodical, known once in an organisation.

    The title stands as it was typed, angle brackets and book marks included; `key` is the form
    by which the same title typed again is known for the same. A row says nothing of who reads.
    """

    SOURCE_KIND: ClassVar[str] = "books.book"

    class Kind(models.TextChoices):
        BOOK = "book", _("书")
        ARTICLE = "article", _("文章")
        JOURNAL = "journal", _("刊物")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices, default=Kind.BOOK)
    title = models.CharField(_("书名"), max_length=160)
    author = models.CharField(_("作者"), max_length=80, blank=True)
    key = models.CharField(max_length=160, editable=False)

    class Meta:
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key"], name="a book is known once in a place"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def named(self) -> str:
        """The title as it is told in a sentence, in book marks."""
        return self.title if "《" in self.title else f"《{self.title}》"


class BookList(models.Model):
    """书单: what a school, a group, or a superior for its schools gives to read in a time."""

    SOURCE_KIND: ClassVar[str] = "books.list"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    name = models.CharField(_("名称"), max_length=60)
    starts_on = models.DateField(_("从"))
    ends_on = models.DateField(_("到"))
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=40)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-starts_on", "-id"]
        indexes = [
            models.Index(fields=["organisation", "-starts_on"], name="books_lists_by_school"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")),
                name="a book list ends after it starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def last_on(self) -> date:
        """Its last day."""
        return self.ends_on - timedelta(days=1)


class BookListItem(models.Model):
    """书单条目: one book of a list, and what it is there for."""

    class Way(models.TextChoices):
        REQUIRED = "required", _("必读")
        SUGGESTED = "suggested", _("荐读")
        COMMON = "common", _("共读")

    book_list = models.ForeignKey(BookList, on_delete=models.CASCADE, related_name="items")
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="items")
    way = models.CharField(_("怎样读"), max_length=10, choices=Way.choices, default=Way.SUGGESTED)
    reason = models.CharField(_("一句话"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["book_list", "book"], name="a list names a book once"),
        ]

    def __str__(self) -> str:
        return f"{self.book_list_id} {self.book_id}"


class Recommendation(models.Model):
    """读物推荐: somebody puts a book, an article, a link or a file before colleagues, and says why.

    Without `unit` it is for everybody of the organisation and below it.
    """

    SOURCE_KIND: ClassVar[str] = "books.recommendation"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    teacher = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="+")
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="recommendations")
    link = models.URLField(_("链接"), max_length=300, blank=True)
    reason = models.CharField(_("为什么值得读"), max_length=400)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(fields=["organisation", "-made_at"], name="books_tips_by_school"),
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.book_id}"
