"""Summaries, as drafted, handed in and approved."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.spans import Span
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.terms.models import Term
from yanxiu.ui.languages import in_words_of_the_house

_OF_ALL = Q(unit=None, teacher=None)
_PERIOD = ["period", "starts_on", "ends_on"]


class Summary(models.Model):
    """总结: what an organisation, a unit or one person did in a term or another span of days.

    `term` is the term it is about or, for other spans, None. `starts_on` and `ends_on` (excluded)
    say the days; where an old row has none they are the term's.

    Until it is approved its numbers are read from the figures; approval freezes words and numbers
    in `frozen`, and the Word document of that moment is kept as an attachment.

    `outline` holds the sections, in order, with their paragraphs, and the shapes before (see
    `documents.term_summary.outline`). `prose` holds what people wrote, by place: a paragraph, an
    open statement about something the system could not fill, or why a claim stays. Each is a
    mapping of `text`, `version`, `by` and `at`. `before` is last time's text where that was read
    from a file: `name` and `sections`, each a title with its text.
    """

    SOURCE_KIND: ClassVar[str] = "reports.summary"

    class State(models.TextChoices):
        DRAFT = "draft", _("起草中")
        SUBMITTED = "submitted", _("待审定")
        APPROVED = "approved", _("已审定")

    class Period(models.TextChoices):
        TERM = "term", _("学期")
        HALF_YEAR = "half_year", _("半年")
        SCHOOL_YEAR = "school_year", _("学年")
        YEAR = "year", _("年度（1月到12月）")
        OTHER = "other", _("阶段（自定起止日期）")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    teacher = models.ForeignKey(
        Teacher, on_delete=models.PROTECT, null=True, blank=True, related_name="summaries"
    )
    term = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, blank=True)
    period = models.CharField(_("周期"), max_length=12, choices=Period.choices, default=Period.TERM)
    starts_on = models.DateField(_("从"), null=True, blank=True)
    ends_on = models.DateField(_("到（不含）"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    outline = models.JSONField(default=dict, blank=True)
    prose = models.JSONField(default=dict)
    before = models.JSONField(default=dict, blank=True)
    frozen = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    round = models.PositiveSmallIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by_uid = models.UUIDField(null=True, blank=True)
    submitted_by_name = models.CharField(max_length=40, blank=True)
    returned_because = models.CharField(max_length=200, blank=True)
    version = models.PositiveSmallIntegerField(default=0)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by_uid = models.UUIDField(null=True, blank=True)
    approved_by_name = models.CharField(max_length=40, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by_name = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        ordering = ["-starts_on", "-term__starts_on", "organisation__path", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "term"],
                condition=_OF_ALL & Q(period="term"),
                name="a term is summed up once",
            ),
            models.UniqueConstraint(
                fields=["organisation", *_PERIOD],
                condition=_OF_ALL,
                name="an organisation sums up a span once",
            ),
            models.UniqueConstraint(
                fields=["unit", *_PERIOD],
                condition=Q(unit__isnull=False),
                name="a unit sums up a span once",
            ),
            models.UniqueConstraint(
                fields=["teacher", "organisation", *_PERIOD],
                condition=Q(teacher__isnull=False),
                name="a teacher sums up a span once",
            ),
            models.CheckConstraint(
                condition=Q(unit=None) | Q(teacher=None), name="a summary has one subject"
            ),
            models.CheckConstraint(
                condition=Q(term__isnull=False) | Q(starts_on__isnull=False, ends_on__isnull=False),
                name="a summary has its days",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on__gt=F("starts_on")),
                name="a summary ends after it starts",
            ),
        ]

    def __str__(self) -> str:
        return self.title.replace("\n", "")

    @property
    def span(self) -> Span:
        """The days it is about."""
        if self.starts_on and self.ends_on:
            return Span(self.starts_on, self.ends_on)
        assert self.term is not None  # noqa: S101 - a constraint of the database
        return self.term.span

    @property
    def subject(self) -> str:
        """Whose summary it is, in words."""
        if self.teacher is not None:
            return self.teacher.name
        return self.unit.name if self.unit is not None else self.organisation.name

    @property
    def period_text(self) -> str:
        """The period in words, as it stands in the title."""
        if self.period == self.Period.TERM and self.term is not None:
            return str(self.term)
        return period_text(self.period, self.span)

    @property
    @in_words_of_the_house
    def title(self) -> str:
        """The title as it stands on the paper, in lines that fit its width."""
        word = f"校本{self.organisation.label('pd')}"
        kind = "阶段小结" if self.period == self.Period.OTHER else "工作总结"
        if self.teacher is not None:
            kind = "个人" + kind.replace("工作", "")
        who = self.subject if self.unit is None else f"{self.organisation.name}{self.unit.name}"
        return f"{who}\n{self.period_text}\n{word}{kind}"

    @property
    def is_personal(self) -> bool:
        """Whether it is one person's own."""
        return self.teacher_id is not None

    @property
    def is_approved(self) -> bool:
        """Whether words and numbers are frozen."""
        return self.state == self.State.APPROVED

    def written(self, place: str) -> dict[str, Any]:
        """Return what stands at `place`; a place nobody wrote at is version 0."""
        empty = {"text": "", "version": 0, "by": "", "at": ""}
        return {**empty, **self.prose.get(place, {})}

    def texts(self) -> dict[str, str]:
        """Return the written texts by place, empty ones left out."""
        return {place: one["text"] for place, one in self.prose.items() if one.get("text")}


def period_text(period: str, span: Span) -> str:
    """Return a span in the words of its period: 2026年度, 2026年上半年, 2026—2027学年."""
    first, last = span.start, span.last
    if period == Summary.Period.YEAR:
        return f"{first.year}年度"
    if period == Summary.Period.SCHOOL_YEAR:
        return f"{first.year}—{first.year + 1}学年"
    if period == Summary.Period.HALF_YEAR:
        return f"{first.year}年{'上' if first.month < 7 else '下'}半年"  # noqa: PLR2004
    return f"{_day(first)}至{_day(last, since=first)}"


def _day(day: date, since: date | None = None) -> str:
    year = "" if since is not None and since.year == day.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"
