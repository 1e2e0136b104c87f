"""What stands on a printed lesson plan."""

from collections.abc import Iterable
from dataclasses import dataclass

from yanxiu.preparation import content
from yanxiu.preparation.models import LessonPlan, PostLessonNote
from yanxiu.ui.wording import day_text


@dataclass(frozen=True)
class PlanPaper:
    """教案 of one topic; texts are as they were written."""

    organisation: str
    title: str
    kind: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    notes: tuple[tuple[str, str], ...]


def paper_of(
    plan: LessonPlan, shown: content.Content, notes: Iterable[PostLessonNote] = ()
) -> PlanPaper:
    """Return `plan` as it reads in `shown`, with the notes that the reader may see."""
    facts = (
        ("学科", plan.subject),
        ("年级", plan.grade),
        ("教材单元", plan.textbook_unit),
        ("课时数", str(plan.periods)),
        ("主备人" if plan.is_shared else "执教", plan.author.name),
        ("备课组", plan.unit.name if plan.unit else ""),
        ("用了哪些新理念", plan.new_ideas),
        ("用了哪些教改做法", plan.reform),
        ("结合的课题", plan.project.name if plan.project else ""),
    )
    return PlanPaper(
        organisation=plan.organisation.name,
        title=plan.title,
        kind="集体备课教案" if plan.is_shared else "教案",
        facts=tuple((name, text) for name, text in facts if text),
        sections=tuple(
            (section["name"], tuple(one["text"] for one in section["paragraphs"]))
            for section in shown
            if section["paragraphs"]
        ),
        notes=tuple((day_text(note.taught_on), note.text) for note in notes),
    )
