"""What a central school asks of its schools, and what they answer."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from yanxiu.agenda import actions as agenda
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.notices import actions as notices
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Organisation, Teacher
from yanxiu.regulations.models import Regulation, Requirement, RequirementAnswer
from yanxiu.regulations.permissions import (
    RIGHT,
    may_answer,
    may_judge_answer,
    may_manage_requirement,
)
from yanxiu.regulations.queries import keepers
from yanxiu.regulations.refusals import NobodyAsked, NothingAnswered, Withdrawn, WrongState

TASK = "answer_requirement"
State = RequirementAnswer.State


@transaction.atomic
def issue_requirement(
    organisation: Organisation,
    schools: Iterable[Organisation],
    *,
    title: str,
    due_on: date,
    by: Teacher,
    at: datetime,
    text: str = "",
    regulation: Regulation | None = None,
) -> Requirement:
    """Ask something of schools below `organisation`; each gets an answer to fill and a task.

    Raises:
        NotAllowed: `by` does not write the rules of `organisation`, or a school is not below it.
        NobodyAsked: there are no schools.
        BadInput: there is no title.
    """
    require_right(by, RIGHT, organisation)
    asked = list(schools)
    if not asked:
        raise NobodyAsked
    if not title.strip():
        raise BadInput("没有写要求的名称，没有下发。请用一句话写清要做什么。")
    if any(not school.path.startswith(organisation.path) for school in asked):
        raise NotAllowed
    requirement = Requirement.objects.create(
        organisation=organisation,
        title=title.strip(),
        text=text.strip(),
        regulation=regulation,
        due_on=due_on,
        issued_at=at,
        issued_by_uid=by.uid,
        issued_by_name=by.name,
    )
    RequirementAnswer.objects.bulk_create(
        RequirementAnswer(requirement=requirement, organisation=school) for school in asked
    )
    for given in requirement.answers.select_related("organisation"):
        _ask(given, requirement, by=by, at=at)
    detail = {"title": requirement.title, "schools": [school.name for school in asked]}
    trail.record(by, "regulations.requirement-issued", requirement, at=at, detail=detail)
    return requirement


def _ask(given: RequirementAnswer, requirement: Requirement, *, by: Teacher, at: datetime) -> None:
    people = [one for one in keepers(given.organisation, day_of(at)) if one != by]
    title = _("答复要求：%(title)s") % {"title": requirement.title}
    agenda.assign_task(
        source_of(given),
        people,
        kind=TASK,
        title=title[:120],
        due_on=requirement.due_on,
        organisation=given.organisation,
        at=at,
    )
    notices.notify(
        people,
        kind="request",
        title=title[:120],
        source=source_of(given),
        organisation=given.organisation,
        at=at,
    )


def _locked(given: RequirementAnswer) -> RequirementAnswer:
    found = (
        RequirementAnswer.objects.select_for_update(of=("self",))
        .select_related("requirement", "organisation")
        .get(pk=given.pk)
    )
    if found.requirement.withdrawn_at:
        raise Withdrawn(found.requirement.withdrawn_because)
    return found


def _refuse_unless(given: RequirementAnswer, *states: str) -> None:
    if given.state not in states:
        raise WrongState(given.get_state_display())


@transaction.atomic
def receive(given: RequirementAnswer, *, by: Teacher, at: datetime) -> RequirementAnswer:
    """Note that the school has seen the requirement; a second time keeps the first.

    Raises:
        NotAllowed: `by` does not answer for the school.
        Withdrawn: the requirement was taken back.
    """
    require(may_answer, by, given)
    given = _locked(given)
    if given.state == State.SENT:
        given.state, given.received_at, given.received_by_name = State.RECEIVED, at, by.name
        given.save(update_fields=["state", "received_at", "received_by_name"])
        trail.record(by, "regulations.requirement-received", given, at=at)
    return given


@transaction.atomic
def answer(
    given: RequirementAnswer, text: str, *, by: Teacher, at: datetime, has_file: bool = False
) -> RequirementAnswer:
    """Say how the school has met the requirement; evidence is attached to the answer, if any.

    Raises:
        NotAllowed: `by` does not answer for the school.
        Withdrawn: the requirement was taken back.
        NothingAnswered: there are neither words nor a file.
        WrongState: it is judged already.
    """
    require(may_answer, by, given)
    given = _locked(given)
    _refuse_unless(given, State.SENT, State.RECEIVED, State.RETURNED, State.ANSWERED)
    if not text.strip() and not has_file:
        raise NothingAnswered
    given.received_at = given.received_at or at
    given.received_by_name = given.received_by_name or by.name
    given.state, given.text = State.ANSWERED, text.strip()
    given.answered_at, given.answered_by_uid, given.answered_by_name = at, by.uid, by.name
    given.save()
    agenda.finish_tasks(source_of(given), kind=TASK, at=at)
    trail.record(by, "regulations.requirement-answered", given, at=at)
    return given


@transaction.atomic
def judge(
    given: RequirementAnswer, *, met: bool, words: str, by: Teacher, at: datetime
) -> RequirementAnswer:
    """Find that the school has met the requirement, or return the answer with what is missing.

    Raises:
        NotAllowed: `by` does not write the rules of the organisation that asks.
        Withdrawn: the requirement was taken back.
        WrongState: there is no answer yet.
        BadInput: it is returned without a word.
    """
    require(may_judge_answer, by, given)
    given = _locked(given)
    _refuse_unless(given, State.ANSWERED)
    if not met and not words.strip():
        raise BadInput("退回时没有写还缺什么，没有退回。请写一句，学校才知道补什么。")
    given.state = State.MET if met else State.RETURNED
    given.judged_at, given.judged_by_name, given.judgement = at, by.name, words.strip()
    given.save(update_fields=["state", "judged_at", "judged_by_name", "judgement"])
    if not met:
        agenda.reopen_tasks(source_of(given), kind=TASK)
    notices.notify(
        keepers(given.organisation, day_of(at)),
        kind="decision",
        title=(_("已落实：%(title)s") if met else _("请补充：%(title)s"))
        % {"title": given.requirement.title[:100]},
        text=given.judgement,
        source=source_of(given),
        organisation=given.organisation,
        at=at,
    )
    trail.record(by, "regulations.requirement-judged", given, at=at, detail={"state": given.state})
    return given


@transaction.atomic
def withdraw_requirement(
    requirement: Requirement, *, because: str, by: Teacher, at: datetime
) -> Requirement:
    """Take a requirement back; answers that came stay to be read, tasks go.

    Raises:
        NotAllowed: `by` does not write the rules of the organisation that asks.
        Withdrawn: it was taken back.
        BadInput: no reason is given.
    """
    require(may_manage_requirement, by, requirement)
    requirement = Requirement.objects.select_for_update().get(pk=requirement.pk)
    if requirement.withdrawn_at:
        raise Withdrawn(requirement.withdrawn_because)
    if not because.strip():
        raise BadInput("没有写撤回的原因，没有撤回。请写一句，学校才知道为什么。")
    requirement.withdrawn_at, requirement.withdrawn_because = at, because.strip()
    requirement.save(update_fields=["withdrawn_at", "withdrawn_because"])
    for given in requirement.answers.all():
        agenda.finish_tasks(source_of(given), kind=TASK, at=at, state="dropped")
    trail.record(by, "regulations.requirement-withdrawn", requirement, at=at)
    return requirement
