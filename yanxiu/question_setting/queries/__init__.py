"""Reading across papers and deeds."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from yanxiu.people.models import Organisation, Teacher
from yanxiu.question_setting.models import (
    Nomination,
    PaperReading,
    PaperTask,
    QuestionDeed,
    QuestionSetting,
    SpecificationRow,
)
from yanxiu.question_setting.rules.specification import Checked, Question, check
from yanxiu.works.models import CallEntry, CallForPapers

QUESTION_PAPER = "question_paper"
"""The code of the kind of work under which papers enter contests."""


def setting_of(organisation: Organisation) -> QuestionSetting:
    """Return the nearest setting upwards, or the defaults."""
    rows = QuestionSetting.objects.filter(organisation__in=organisation.lineage)
    found = sorted(rows.select_related("organisation"), key=lambda row: len(row.organisation.path))
    return found[-1] if found else QuestionSetting(organisation=organisation)


def checked(task: PaperTask, rows: Iterable[SpecificationRow]) -> Checked:
    """Return what the specification table of `task` adds up to; one statement."""
    setting = setting_of(task.organisation)
    names = {value: str(label) for value, label in SpecificationRow.Ability.choices}
    questions = [
        Question(row.number, row.content, row.ability, row.form, row.points, row.difficulty)
        for row in rows
    ]
    bounds = (Decimal(setting.difficulty_from), Decimal(setting.difficulty_to))
    return check(questions, total=task.total, difficulty=bounds, names=names)


def overdue(tasks: "QuerySet[PaperTask]", day: date) -> "QuerySet[PaperTask]":
    """Return the papers whose day has come and that nobody has handed in."""
    unset = (PaperTask.State.PLANNED, PaperTask.State.RETURNED)
    return tasks.filter(dropped_at=None, state__in=unset, due_on__lt=day)


@dataclass(frozen=True)
class Missing:
    """A grade that sets papers of its own and has none in the term so far."""

    grade: str
    subject: str
    planned: int
    final: int


def unit_papers(organisation: Organisation, first: date, last: date) -> list[Missing]:
    """Return for each grade and subject how many unit papers are planned, and final; two."""
    grades = setting_of(organisation).grades
    rows = (
        PaperTask.objects.filter(
            organisation=organisation,
            kind=PaperTask.Kind.UNIT,
            dropped_at=None,
            used_on__gte=first,
            used_on__lt=last,
        )
        .values("grade", "subject")
        .annotate(planned=Count("pk"), final=Count("pk", filter=Q(state="approved")))
        .order_by("grade", "subject")
    )
    found = [Missing(**row) for row in rows]
    with_papers = {row.grade for row in found}
    return found + [Missing(one, "", 0, 0) for one in grades if one not in with_papers]


@dataclass(frozen=True)
class Experience:
    """What one teacher has done about questions: the record of one's own."""

    papers: list[PaperTask]
    read: int
    deeds: list[QuestionDeed]
    counts: list[tuple[str, int]] = field(default_factory=list)
    entries: list[CallEntry] = field(default_factory=list)
    nominations: list[Nomination] = field(default_factory=list)


MOST = 100


def experience(
    teacher: Teacher, deeds: "QuerySet[QuestionDeed]", nominations: "QuerySet[Nomination]"
) -> Experience:
    """Return what `teacher` has done, so far as it stands in what the reader may see."""
    papers = PaperTask.objects.filter(author=teacher, dropped_at=None).select_related("unit")
    entries = CallEntry.objects.filter(
        teacher=teacher,
        withdrawn_at=None,
        work__kind__code=QUESTION_PAPER,
        call__state=CallForPapers.State.ANNOUNCED,
    )
    shown = list(deeds.filter(teacher=teacher)[:MOST])
    return Experience(
        papers=list(papers.order_by("-used_on", "-id")[:MOST]),
        read=PaperReading.objects.filter(reader=teacher).count(),
        deeds=shown,
        counts=Counter(str(deed.get_kind_display()) for deed in shown).most_common(),
        entries=list(entries.select_related("call").order_by("-entered_at")[:MOST]),
        nominations=list(nominations.filter(teacher=teacher)[:MOST]),
    )
