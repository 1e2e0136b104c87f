"""The way of a plan: offered, agreed, made one's own, handed in."""

from datetime import datetime

from django.db import transaction

from yanxiu.activities.models import Attendance
from yanxiu.activities.queries import CAME
from yanxiu.audit import trail
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.ledger import actions as ledger
from yanxiu.ledger.models import Record
from yanxiu.notices.actions import notify
from yanxiu.people.access import NotAllowed, require
from yanxiu.people.models import Membership, Teacher
from yanxiu.preparation import content, records
from yanxiu.preparation.actions.dropping import restore
from yanxiu.preparation.actions.writing import expect, keep_version, locked
from yanxiu.preparation.commons import let_be_quoted
from yanxiu.preparation.models import LessonPlan, PlanComment, PlanVersion
from yanxiu.preparation.permissions import may_adapt_plan, may_own_plan, may_settle_plan
from yanxiu.preparation.refusals import AlreadyOwn, NothingWritten
from yanxiu.terms.queries import term_on

Kind, State, Moment = LessonPlan.Kind, LessonPlan.State, PlanVersion.Moment


def _group(plan: LessonPlan, at: datetime, *besides: Teacher) -> list[Teacher]:
    """Return the members of the plan's group on the day, without `besides`."""
    members = Membership.objects.on(day_of(at)).filter(unit=plan.unit_id)
    left_out = [one.pk for one in besides]
    return list(
        Teacher.objects.filter(pk__in=members.values("teacher"), is_active=True).exclude(
            pk__in=left_out
        )
    )


@transaction.atomic
def offer(plan: LessonPlan, *, by: Teacher, at: datetime) -> LessonPlan:
    """Offer the lead preparer's draft to the group, which is told and may comment from now on.

    Raises:
        NotAllowed: `by` neither drafted it nor leads the group.
        WrongState: it was offered before, or is nobody's group's.
        NothingWritten: there is nothing in it.
    """
    require(may_settle_plan, by, plan)
    plan = locked(plan)
    expect(plan, State.DRAFT, State.RETURNED, remedy="已经在研讨或已经定稿，不用再发。")
    if content.is_empty(plan.content):
        raise NothingWritten
    keep_version(plan, Moment.OFFERED, by=by, at=at)
    plan.state = State.DISCUSSED
    plan.save(update_fields=["state"])
    trail.record(by, "preparation.plan-offered", plan, at=at)
    notify(
        _group(plan, at, by),
        kind="request",
        title=f"主备稿请大家提意见：{plan.title}",
        source=source_of(plan),
        organisation=plan.organisation,
        at=at,
    )
    return plan


@transaction.atomic
def agree(plan: LessonPlan, *, by: Teacher, at: datetime) -> LessonPlan:
    """Make the plan the agreed one of the group; open comments stay open for the next time.

    Raises:
        NotAllowed: `by` neither drafted it nor leads the group.
        WrongState: it is not being discussed.
        NothingWritten: there is nothing in it.
    """
    require(may_settle_plan, by, plan)
    plan = locked(plan)
    expect(plan, State.DRAFT, State.DISCUSSED, remedy="要再改，先点“重新研讨”。")
    if content.is_empty(plan.content):
        raise NothingWritten
    keep_version(plan, Moment.AGREED, by=by, at=at)
    plan.state, plan.agreed_at, plan.agreed_by_name = State.AGREED, at, by.name
    plan.save(update_fields=["state", "agreed_at", "agreed_by_name"])
    trail.record(by, "preparation.plan-agreed", plan, at=at)
    let_be_quoted(plan, at=at)
    credit_lead(plan, by=by, at=at)
    notify(
        _group(plan, at, by),
        kind="decision",
        title=f"共案已定稿，可以改成自己的个案：{plan.title}",
        source=source_of(plan),
        organisation=plan.organisation,
        at=at,
    )
    return plan


@transaction.atomic
def reopen(plan: LessonPlan, *, by: Teacher, at: datetime) -> LessonPlan:
    """Discuss an agreed plan again; the agreed version stays among the versions.

    Raises:
        NotAllowed: `by` neither drafted it nor leads the group.
        WrongState: it is not agreed.
    """
    require(may_settle_plan, by, plan)
    plan = locked(plan)
    expect(plan, State.AGREED, State.CHECKED, remedy="还没有定稿，直接改就可以。")
    plan.state = State.DISCUSSED
    plan.save(update_fields=["state"])
    trail.record(by, "preparation.plan-reopened", plan, at=at)
    return plan


def credit_lead(plan: LessonPlan, *, by: Teacher, at: datetime) -> list[Record]:
    """Write the lead preparer's record, once the plan is agreed and its session closed.

    It belongs to the same event as what the session itself recorded of the person, so that a
    scheme lets only one of the two roles count.
    """
    session = plan.session
    if plan.kind != Kind.SHARED or plan.agreed_at is None or session is None:
        return []
    came = Attendance.objects.filter(session=session, teacher=plan.author_id, state__in=CAME)
    written = Record.objects.filter(
        teacher=plan.author_id,
        role=records.LEAD_PREPARER,
        source_kind=session.SOURCE_KIND,
        source_id=session.uid,
        withdrawn_at=None,
    )
    if session.closed_at is None or written.exists() or not came.exists():
        return []
    return ledger.submit([records.of_lead(plan, session)], by=by, at=at)


@transaction.atomic
def make_own(plan: LessonPlan, *, by: Teacher, at: datetime) -> LessonPlan:
    """Begin an own plan from the newest version of an agreed one or of an example.

    One that was thrown away is taken out of the bin, with what was written in it.

    Raises:
        NotAllowed: `by` may not see it, or it is not agreed yet.
        AlreadyOwn: the own plan exists.
    """
    require(may_adapt_plan, by, plan)
    plan = locked(plan)
    version = plan.versions.order_by("-number").first()
    if version is None:
        raise NothingWritten
    school = by.organisation or plan.organisation
    own = LessonPlan.everything.filter(author=by, base=version, kind=Kind.PERSONAL).first()
    if own is not None and own.state == State.DROPPED:
        return restore(own, by=by, at=at)
    if own is not None:
        raise AlreadyOwn
    own = LessonPlan.objects.create(
        organisation=school,
        unit=plan.unit if plan.unit_id in by.units else None,
        term=term_on(school, day_of(at)),
        kind=Kind.PERSONAL,
        author=by,
        base=version,
        content=version.content,
        last_paragraph=plan.last_paragraph,
        made_at=at,
        edited_at=at,
        edited_by_name=by.name,
        **{
            name: getattr(plan, name)
            for name in ("title", "subject", "grade", "textbook_unit", "periods", "topic")
        },
    )
    keep_version(own, Moment.OWN, by=by, at=at)
    trail.record(by, "preparation.own-started", own, at=at, detail={"from": str(plan.uid)})
    credit_lead(plan, by=by, at=at)
    return own


@transaction.atomic
def hand_in(plan: LessonPlan, *, by: Teacher, at: datetime) -> LessonPlan:
    """Hand an own plan in to be checked; until somebody has checked it, it can be taken back.

    Raises:
        NotAllowed: it is somebody else's.
        WrongState: it is shared, or was handed in before.
        NothingWritten: there is nothing in it.
    """
    require(may_own_plan, by, plan)
    plan = locked(plan)
    if plan.is_shared:
        raise NotAllowed
    expect(
        plan, State.DRAFT, State.RETURNED, State.CHECKED,
        remedy="已经交了，检查的人会看到。",
    )  # fmt: skip
    if content.is_empty(plan.content):
        raise NothingWritten
    keep_version(plan, Moment.HANDED_IN, by=by, at=at)
    plan.state, plan.handed_in_at = State.HANDED_IN, at
    plan.save(update_fields=["state", "handed_in_at"])
    trail.record(by, "preparation.plan-handed-in", plan, at=at)
    return plan


@transaction.atomic
def take_back(plan: LessonPlan, *, by: Teacher, at: datetime) -> LessonPlan:
    """Take an own plan back that nobody has checked yet, or a draft that nobody commented on.

    Raises:
        NotAllowed: it is somebody else's.
        WrongState: somebody has acted on it.
    """
    require(may_own_plan, by, plan)
    plan = locked(plan)
    if plan.is_shared:
        said = PlanComment.objects.filter(plan=plan).exclude(teacher=by)
        states = (State.DISCUSSED,) if not said.exists() else ()
        expect(plan, *states, remedy="组里已经有人提了意见，接着研讨吧。")
    else:
        expect(plan, State.HANDED_IN, remedy="已经有人检查过；要改就直接改，改好再交。")
    plan.state, plan.handed_in_at = State.DRAFT, None
    plan.save(update_fields=["state", "handed_in_at"])
    trail.record(by, "preparation.plan-taken-back", plan, at=at)
    return plan
