"""Calling for papers: opening, changing, closing, cancelling."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from secrets import SystemRandom

from django.db import transaction

from yanxiu.agenda import actions as agenda
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.notices.actions import notify
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Organisation, Post, Role, Teacher
from yanxiu.works.calls.refusals import CallNotOpen
from yanxiu.works.models import CallForPapers, Criterion, Level, WorkKind
from yanxiu.works.permissions import may_manage_call

State = CallForPapers.State
Way = CallForPapers.Way
MOST_CRITERIA = 12
MOST_POINTS = 100
REVIEW = "review"
"""The task of whoever is given papers to review."""


@dataclass(frozen=True)
class CallFacts:
    """What a call says."""

    title: str
    closes_on: date
    text: str = ""
    way: str = Way.REVIEW
    level: str = Level.SCHOOL
    subject: str = ""
    destination: str = ""
    sends_on: date | None = None
    sends_level: str = Level.COUNTY
    most_each: int = 1
    reviewers_each: int = 2
    kinds: Sequence[WorkKind] = ()
    criteria: Mapping[str, int] = field(default_factory=dict)


_OWN = {"kinds", "criteria"}


@transaction.atomic
def open_call(
    organisation: Organisation, facts: CallFacts, *, by: Teacher, at: datetime
) -> CallForPapers:
    """Call for papers in a school, or from above in all schools below.

    The teachers of the school are told; from above, the offices of the schools, who know how to
    pass it on.

    Raises:
        NotAllowed: `by` does not manage the works there.
        BadInput: something is missing, or the days do not fit.
    """
    require_right(by, "manage_works", organisation)
    _check(facts, at)
    call = CallForPapers(organisation=organisation, made_at=at, made_by_name=by.name)
    _fill(call, facts)
    trail.record(by, "works.call-opened", call, at=at)
    _tell(call, by, at)
    return call


def _check(facts: CallFacts, at: datetime) -> None:
    if not facts.title.strip():
        raise BadInput("没有写名称，没有保存。请写这次征集叫什么。")
    if facts.closes_on < day_of(at):
        raise BadInput("交稿截止在今天以前，没有保存。请改日期。")
    if facts.sends_on and facts.sends_on < facts.closes_on:
        raise BadInput("对方的截止在校内截止以前，没有保存。校内要早几天，留出评审的时间。")
    if facts.way == Way.REVIEW:
        points = facts.criteria.values()
        if not points or len(points) > MOST_CRITERIA:
            raise BadInput("匿名评审要有评审项目，没有保存。请每行写一项和满分，例如“选题 20”。")
        if any(not 1 <= most <= MOST_POINTS for most in points):
            raise BadInput("每个评审项目的满分在1到100之间，没有保存。请改分数。")


def _fill(call: CallForPapers, facts: CallFacts) -> None:
    for name in CallFacts.__dataclass_fields__:
        if name not in _OWN:
            value = getattr(facts, name)
            setattr(call, name, value.strip() if isinstance(value, str) else value)
    call.save()
    call.kinds.set(facts.kinds)
    given = facts.criteria if facts.way == Way.REVIEW else {}
    call.criteria.exclude(name__in=given).delete()
    for order, (name, most) in enumerate(given.items()):
        Criterion.objects.update_or_create(
            call=call, name=name[:60], defaults={"most": most, "order": order}
        )


def _tell(call: CallForPapers, by: Teacher, at: datetime) -> None:
    organisation = call.organisation
    if organisation.is_school:
        posts = Post.objects.on(day_of(at)).filter(organisation=organisation)
        told = Teacher.objects.filter(pk__in=posts.values("teacher"), is_active=True)
    else:
        roles = [role.pk for role in Role.objects.all() if "manage_works" in role.rights]
        posts = Post.objects.on(day_of(at)).filter(
            organisation__path__startswith=organisation.path, role__in=roles
        )
        told = Teacher.objects.filter(pk__in=posts.values("teacher"), is_active=True)
    notify(
        told.exclude(pk=by.pk),
        kind="request",
        title=f"征集：{call.title}，{call.closes_on.month}月{call.closes_on.day}日截止",
        source=source_of(call),
        organisation=organisation,
        at=at,
    )


@transaction.atomic
def change_call(
    call: CallForPapers, facts: CallFacts, *, by: Teacher, at: datetime
) -> CallForPapers:
    """Change a call while it is open.

    Raises:
        NotAllowed: `by` does not manage it.
        CallNotOpen: it is closed.
        BadInput: something is missing, or the days do not fit.
    """
    require(may_manage_call, by, call)
    call = locked(call)
    if call.state != State.OPEN:
        raise CallNotOpen(str(call.get_state_display()), "截稿以后不再改要求和评审项目。")
    _check(facts, at)
    _fill(call, facts)
    trail.record(by, "works.call-changed", call, at=at)
    return call


@transaction.atomic
def close_call(call: CallForPapers, *, by: Teacher, at: datetime) -> CallForPapers:
    """End the taking in of papers, and draw the number of each by lot.

    Raises:
        NotAllowed: `by` does not manage it.
        CallNotOpen: it is closed already.
        BadInput: nothing was entered.
    """
    require(may_manage_call, by, call)
    call = locked(call)
    if call.state != State.OPEN:
        raise CallNotOpen(str(call.get_state_display()), "已经截稿了。")
    entries = list(call.entries.filter(withdrawn_at=None).select_for_update())
    if not entries:
        raise BadInput("还没有人报作品，没有截稿。要停办的话请用“取消”。")
    SystemRandom().shuffle(entries)
    call.entries.update(number=None)
    for number, entry in enumerate(entries, 1):
        entry.number = number
        entry.save(update_fields=["number"])
    call.state, call.closed_at = State.REVIEWING, at
    call.save(update_fields=["state", "closed_at"])
    trail.record(by, "works.call-closed", call, at=at, detail={"entries": len(entries)})
    return call


@transaction.atomic
def reopen_call(
    call: CallForPapers, *, closes_on: date, by: Teacher, at: datetime
) -> CallForPapers:
    """Take papers in again until `closes_on`; possible until one was given to a reviewer.

    Raises:
        NotAllowed: `by` does not manage it.
        CallNotOpen: it is open, or papers are with reviewers.
        BadInput: the day has passed.
    """
    require(may_manage_call, by, call)
    call = locked(call)
    given = call.entries.filter(reviews__isnull=False).exists()
    if call.state != State.REVIEWING or given:
        remedy = "还没有分给评委的才能重新开放。"
        raise CallNotOpen(str(call.get_state_display()), remedy)
    if closes_on < day_of(at):
        raise BadInput("新的截止在今天以前，没有开放。请改日期。")
    call.state, call.closes_on, call.closed_at = State.OPEN, closes_on, None
    call.save(update_fields=["state", "closes_on", "closed_at"])
    call.entries.update(number=None)
    trail.record(by, "works.call-reopened", call, at=at)
    return call


@transaction.atomic
def cancel_call(call: CallForPapers, *, by: Teacher, at: datetime) -> CallForPapers:
    """Call it off; authors and reviewers are told, each about the call alone.

    Raises:
        NotAllowed: `by` does not manage it.
        CallNotOpen: the results are announced.
    """
    require(may_manage_call, by, call)
    call = locked(call)
    if call.state in {State.ANNOUNCED, State.CANCELLED}:
        raise CallNotOpen(str(call.get_state_display()), "已经结束的不能取消。")
    call.state = State.CANCELLED
    call.save(update_fields=["state"])
    agenda.finish_tasks(source_of(call), kind=REVIEW, at=at)
    concerned = Teacher.objects.filter(
        pk__in=[
            *call.entries.filter(withdrawn_at=None).values_list("teacher", flat=True),
            *call.panel.values_list("teacher", flat=True),
        ]
    )
    notify(
        concerned.exclude(pk=by.pk),
        kind="change",
        title=f"已取消：{call.title}",
        source=source_of(call),
        organisation=call.organisation,
        at=at,
    )
    trail.record(by, "works.call-cancelled", call, at=at)
    return call


def locked(call: CallForPapers) -> CallForPapers:
    """Return the row of `call` locked."""
    rows = CallForPapers.objects.select_for_update(of=("self",))
    return rows.select_related("organisation").get(pk=call.pk)
