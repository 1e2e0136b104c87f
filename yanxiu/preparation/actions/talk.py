"""What colleagues say about a plan, what is adopted of it, and the questions it leaves."""

from datetime import date, datetime

from django.db import transaction

from yanxiu.activities.actions.agreeing import raise_problem
from yanxiu.activities.models import Problem
from yanxiu.agenda import actions as agenda
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.notices.actions import gather, notify
from yanxiu.people.access import allowed, require
from yanxiu.people.models import Teacher
from yanxiu.preparation import content
from yanxiu.preparation.actions.writing import expect, locked
from yanxiu.preparation.models import LessonPlan, PlanComment, PlanQuestion
from yanxiu.preparation.permissions import (
    may_answer_question,
    may_comment_plan,
    may_settle_plan,
    may_withdraw_comment,
)
from yanxiu.preparation.refusals import ParagraphGone, Settled

LONGEST = 2000
ANSWER = "answer_plan_question"
"""The task of whoever is to find out what a question of preparation asks."""

State, Comment = LessonPlan.State, PlanComment.State


@transaction.atomic
def comment(
    plan: LessonPlan,
    *,
    text: str = "",
    proposal: str = "",
    paragraph: str = "",
    by: Teacher,
    at: datetime,
) -> PlanComment:
    """Say something about a paragraph (or all) of a shared plan, or how it should read instead.

    Raises:
        NotAllowed: `by` does not belong to those who prepare together.
        WrongState: the plan is agreed; it has to be opened again first.
        BadInput: nothing was written, it is too long, or there is no such paragraph.
    """
    require(may_comment_plan, by, plan)
    plan = locked(plan)
    expect(plan, State.DISCUSSED, remedy="想再谈，请主备人或组长点“重新研讨”。")
    text, proposal = text.strip(), proposal.strip()
    place = next((one for one in content.paragraphs(plan.content) if one.id == paragraph), None)
    if place and proposal == place.text:
        # The page offers the paragraph to be changed; left as it was, nothing is proposed.
        proposal = ""
    if not text and not proposal:
        raise BadInput("没有写内容，没有发出。写一句意见，或者写出您建议的改法。")
    if max(len(text), len(proposal)) > LONGEST:
        raise BadInput(f"一条最多 {LONGEST} 字，没有发出；您写的还在框里，可以分两条。")
    if paragraph and place is None:
        raise BadInput("这一段刚刚被改动或删去了，没有发出；您写的还在框里，请另选一段。")
    if proposal and place is None:
        raise BadInput("建议改法要对着某一段写，没有发出。请在那一段下面写。")
    said = PlanComment.objects.create(
        plan=plan,
        paragraph=place.id if place else "",
        section=place.section if place else "",
        quote=place.text if place else "",
        teacher=by,
        text=text,
        proposal=proposal,
        made_at=at,
    )
    trail.record(by, "preparation.comment-made", said, at=at)
    if by.pk != plan.author_id:
        _tell_lead(plan, at=at)
    return said


def _tell_lead(plan: LessonPlan, *, at: datetime, is_news: bool = True) -> None:
    """Keep one notice of the lead preparer: how many words of others wait, and whose they are."""
    names = list(
        plan.comments.filter(state=Comment.OPEN, withdrawn_at=None)
        .exclude(teacher=plan.author_id)
        .values_list("teacher__name", flat=True)
    )
    gather(
        plan.author,
        kind="reminder",
        title=f"《{plan.title}》有 {len(names)} 条意见待议" if names else "",
        source=source_of(plan),
        organisation=plan.organisation,
        at=at,
        text="、".join(dict.fromkeys(names)),
        is_news=is_news,
    )


@transaction.atomic
def withdraw_comment(said: PlanComment, *, by: Teacher, at: datetime) -> None:
    """Take one's own comment back before it is settled.

    Raises:
        NotAllowed: it is somebody else's, or settled.
    """
    require(may_withdraw_comment, by, said)
    plan = locked(said.plan)
    said.withdrawn_at = at
    said.save(update_fields=["withdrawn_at"])
    trail.record(by, "preparation.comment-withdrawn", said, at=at)
    _tell_lead(plan, at=at, is_news=False)


@transaction.atomic
def settle(
    said: PlanComment, state: str, *, answer: str = "", by: Teacher, at: datetime
) -> PlanComment:
    """Say what became of a comment; a proposal that is adopted stands in the plan at once.

    Args:
        said: the comment.
        state: `adopted`, `partly` or `kept`.
        answer: what was agreed, in a sentence; keeping the draft asks for one.
        by: the lead preparer, a leader of the group, or the research office.
        at: when, aware.

    Raises:
        NotAllowed: `by` does not settle what is said of the plan.
        Settled: it was settled or withdrawn before.
        ParagraphGone: the paragraph no longer reads as it did when the proposal was made.
        BadInput: the draft is kept without a word.
    """
    require(may_settle_plan, by, said.plan)
    plan = locked(said.plan)
    said = (
        PlanComment.objects.select_for_update(of=("self",))
        .select_related("teacher")
        .get(pk=said.pk)
    )
    if said.state != Comment.OPEN or said.withdrawn_at:
        raise Settled
    if state not in {Comment.ADOPTED, Comment.PARTLY, Comment.KEPT}:
        raise BadInput("没有看懂要怎样处理，没有改动。请用意见下面的按钮。")
    if state == Comment.KEPT and not answer.strip():
        raise BadInput("保留原稿的话，请写一句为什么，提意见的人会看到。没有改动。")
    if state == Comment.ADOPTED and said.proposal:
        _put_in(plan, said, by, at)
    said.state, said.answer = state, answer.strip()[:300]
    said.settled_at, said.settled_by_name = at, by.name
    said.save(update_fields=["state", "answer", "settled_at", "settled_by_name"])
    trail.record(by, "preparation.comment-settled", said, at=at, detail={"state": state})
    _tell_lead(plan, at=at, is_news=False)
    if said.teacher_id != by.pk:
        notify(
            [said.teacher],
            kind="decision",
            title=f"您对《{plan.title}》的意见：{said.get_state_display()}",
            source=source_of(plan),
            organisation=plan.organisation,
            at=at,
            text=said.answer,
        )
    return said


def _put_in(plan: LessonPlan, said: PlanComment, by: Teacher, at: datetime) -> None:
    """Let the paragraph read as proposed, if it still reads as it did."""
    expect(plan, State.DISCUSSED, remedy="想再改，先点“重新研讨”。")
    now = next((one for one in content.paragraphs(plan.content) if one.id == said.paragraph), None)
    if now is None or now.text != said.quote:
        raise ParagraphGone
    found = content.replaced(plan.content, said.paragraph, said.proposal, plan.last_paragraph)
    if found is None:
        raise ParagraphGone
    plan.content, plan.last_paragraph = found
    plan.edition, plan.edited_at, plan.edited_by_name = plan.edition + 1, at, by.name
    plan.save(update_fields=["content", "last_paragraph", "edition", "edited_at", "edited_by_name"])


@transaction.atomic
def ask_question(
    plan: LessonPlan,
    *,
    text: str,
    owner: Teacher,
    due_on: date | None = None,
    by: Teacher,
    at: datetime,
) -> PlanQuestion:
    """Put a difficulty on the group's list of problems, and give it to somebody to find out.

    Raises:
        NotAllowed: `by` does not belong to those who prepare together.
        BadInput: nothing was written, or the owner cannot see the plan.
    """
    require(may_comment_plan, by, plan)
    if not allowed(may_comment_plan, owner, LessonPlan.objects.filter(pk=plan.pk)).exists():
        raise BadInput(f"{owner.name}不在一起备课的人里，没有保存。请从名单里选一位。")
    problem = raise_problem(
        plan.organisation, kind=Problem.Kind.DIFFICULT, text=text, unit=plan.unit, by=by, at=at
    )
    question = PlanQuestion.objects.create(plan=plan, problem=problem, owner=owner, due_on=due_on)
    agenda.assign_task(
        source_of(question),
        [owner],
        kind=ANSWER,
        title=f"弄清楚：{problem.text}"[:120],
        due_on=due_on,
        organisation=plan.organisation,
        at=at,
    )
    trail.record(by, "preparation.question-asked", question, at=at)
    return question


@transaction.atomic
def answer_question(
    question: PlanQuestion, *, answer: str, by: Teacher, at: datetime
) -> PlanQuestion:
    """Say what was found out; the problem stays on the group's list until it is concluded there.

    Raises:
        NotAllowed: it is neither theirs to find out nor to settle.
        BadInput: nothing was written.
    """
    require(may_answer_question, by, question)
    if not answer.strip():
        raise BadInput("没有写内容，没有保存。写一两句弄清楚了什么就行。")
    question.answer, question.answered_at = answer.strip(), at
    question.save(update_fields=["answer", "answered_at"])
    agenda.finish_tasks(source_of(question), kind=ANSWER, at=at)
    trail.record(by, "preparation.question-answered", question, at=at)
    return question
