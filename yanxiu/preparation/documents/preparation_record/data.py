"""What stands on the record of preparing a lesson together."""

from dataclasses import dataclass

from yanxiu.activities.documents.attendance_sheet.data import sheet_of
from yanxiu.kernel.spans import day_of
from yanxiu.preparation import content
from yanxiu.preparation.models import LessonPlan, PlanComment, PlanQuestion
from yanxiu.ui.wording import day_text

MOST = 200
KEY_SECTIONS = ("textbook", "learners", "objectives", "key_points", "methods")
"""What the form of a school's record asks for beside the talk; the rest stands in the plan."""


@dataclass(frozen=True)
class RecordPaper:
    """集体备课记录: who, when, what was said by whom, and what was agreed."""

    organisation: str
    title: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, str], ...]
    talk: tuple[tuple[str, str, str, str], ...]
    questions: tuple[tuple[str, str, str], ...]
    left_out: int
    own_versions: int


def paper_of(plan: LessonPlan, shown: content.Content) -> RecordPaper:
    """Return the record of `plan`, with the attendance of its session where it has one."""
    comments = PlanComment.objects.filter(plan=plan, withdrawn_at=None)
    talk = list(comments.select_related("teacher").order_by("id")[:MOST])
    texts = content.texts_of(shown)
    names = {section["code"]: section["name"] for section in shown}
    questions = PlanQuestion.objects.filter(plan=plan).select_related("problem", "owner")
    return RecordPaper(
        organisation=plan.organisation.name,
        title=plan.title,
        facts=_facts(plan),
        sections=tuple((names[code], texts[code]) for code in KEY_SECTIONS if texts.get(code)),
        talk=tuple(
            (
                one.quote[:60] or "整篇",
                one.text or f"建议改成：{one.proposal}",
                one.teacher.name,
                _came_of(one),
            )
            for one in talk
        ),
        questions=tuple((one.problem.text, one.owner.name, one.answer) for one in questions),
        left_out=max(0, comments.count() - len(talk)),
        own_versions=LessonPlan.objects.filter(
            base__plan=plan, state__in=["handed_in", "checked"]
        ).count(),
    )


def _came_of(one: PlanComment) -> str:
    state = str(one.get_state_display())
    return f"{state}：{one.answer}" if one.answer else state


def _facts(plan: LessonPlan) -> tuple[tuple[str, str], ...]:
    session = plan.session
    sheet = sheet_of(session) if session else None
    facts = (
        ("备课组", plan.unit.name if plan.unit else ""),
        ("学科年级", f"{plan.subject} {plan.grade}".strip()),
        ("课题与课时", f"{plan.title}（{plan.periods} 课时）"),
        ("主备人", plan.author.name),
        ("时间", sheet.when if sheet else ""),
        ("地点", sheet.place if sheet else ""),
        ("主持人", sheet.hosts if sheet else ""),
        ("出勤", f"应到 {sheet.expected} 人，实到 {sheet.came} 人" if sheet else ""),
        ("缺席及原因", sheet.absences or "无" if sheet else ""),
        (
            "定稿",
            f"{day_text(day_of(plan.agreed_at))} {plan.agreed_by_name}" if plan.agreed_at else "",
        ),
    )
    return tuple((name, text) for name, text in facts if text)
