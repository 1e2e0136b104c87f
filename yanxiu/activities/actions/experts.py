"""The registry of experts and trainers, and asking them to a session."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from yanxiu.activities.actions.planning import give_part
from yanxiu.activities.models import Expert, ExpertKind, ExpertVisit, Part, Session, Tag
from yanxiu.activities.permissions import may_manage_expert, may_manage_session
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Organisation, Teacher
from yanxiu.places.writing import tell_written

MOST_MINUTES = 720


@transaction.atomic
def add_expert(
    organisation: Organisation,
    *,
    kind: ExpertKind,
    name: str = "",
    teacher: Teacher | None = None,
    workplace: str = "",
    topics: str = "",
    contact: str = "",
    tags: Sequence[Tag] = (),
    by: Teacher,
    at: datetime,
) -> Expert:
    """Register an outside expert, or a teacher of the school as a trainer.

    Raises:
        NotAllowed: `by` does not manage the sessions of `organisation`.
        BadInput: no name, the person is registered already, or the kind does not fit.
    """
    require_right(by, "manage_sessions", organisation)
    name = teacher.name if teacher else name.strip()
    if not name:
        raise BadInput("没有写姓名，没有登记。请写专家的姓名。")
    if bool(teacher) != kind.is_internal:
        raise BadInput("校内类别要从本校名册里选老师，校外类别不选。没有登记，请核对类别。")
    _refuse_twice(organisation, name, teacher, workplace.strip())
    expert = Expert.objects.create(
        organisation=organisation,
        kind=kind,
        name=name,
        teacher=teacher,
        workplace=workplace.strip() or (organisation.name if teacher else ""),
        topics=topics.strip(),
        contact=contact.strip(),
        made_at=at,
    )
    expert.tags.set(tags)
    trail.record(by, "activities.expert-added", expert, at=at, detail={"name": name})
    return expert


def _refuse_twice(
    organisation: Organisation, name: str, teacher: Teacher | None, workplace: str
) -> None:
    rows = Expert.objects.filter(organisation=organisation, ends_on=None)
    same = (
        rows.filter(teacher=teacher)
        if teacher
        else rows.filter(name=name, workplace=workplace, teacher=None)
    )
    if same.exists():
        raise BadInput(f"{name}已经登记过了，没有重复登记。请在名单里找到后直接邀请。")


@transaction.atomic
def change_expert(
    expert: Expert,
    *,
    kind: ExpertKind,
    name: str,
    workplace: str,
    topics: str,
    contact: str,
    tags: Sequence[Tag],
    ends_on: date | None,
    by: Teacher,
    at: datetime,
) -> Expert:
    """Correct what is known of an expert, or say that the expert is asked no more.

    Raises:
        NotAllowed: `by` does not manage the sessions of its organisation.
        BadInput: no name, or the kind does not fit.
    """
    require(may_manage_expert, by, expert)
    if bool(expert.teacher_id) != kind.is_internal:
        raise BadInput("校内老师用校内类别，校外专家用校外类别。没有改动，请重选类别。")
    if not name.strip():
        raise BadInput("没有写姓名，没有改动。请写专家的姓名。")
    expert.kind, expert.name, expert.workplace = kind, name.strip(), workplace.strip()
    expert.topics, expert.contact, expert.ends_on = topics.strip(), contact.strip(), ends_on
    expert.save()
    expert.tags.set(tags)
    trail.record(by, "activities.expert-changed", expert, at=at, detail={"name": expert.name})
    return expert


@transaction.atomic
def invite_expert(
    session: Session,
    expert: Expert,
    *,
    role: str = ExpertVisit.Role.LECTURE,
    topic: str = "",
    minutes: int = 0,
    fee: Decimal | None = None,
    by: Teacher,
    at: datetime,
) -> ExpertVisit:
    """Ask an expert to a session, before it or afterwards for the record.

    A trainer of the own school becomes main speaker of the session as well, so that the lecture
    is recorded and counted for that teacher like any other; after closing the part stays as it
    was, for attendance is final then.

    Args:
        session: one sitting.
        expert: whom.
        role: what the expert does there.
        topic: about what, the session's title if nothing is said.
        minutes: how long, the length of the session if nothing is said.
        fee: what it costs, in yuan, if anything.
        by: who asks.
        at: when, aware.

    Raises:
        NotAllowed: `by` does not manage the session.
        BadInput: asked already, called off, or an amount that cannot be meant.
    """
    require(may_manage_session, by, session)
    if session.cancelled_at:
        raise BadInput("这一场已经取消，没有邀请。请另选一场。")
    if not 0 <= minutes <= MOST_MINUTES or (fee is not None and fee < 0):
        raise BadInput("时长应在0到720分钟之间，费用不能是负数。没有保存，请核对。")
    if ExpertVisit.objects.filter(session=session, expert=expert).exists():
        raise BadInput(f"{expert.name}已经在这一场的邀请里，没有重复邀请。")
    visit = ExpertVisit.objects.create(
        session=session,
        expert=expert,
        role=role,
        topic=topic.strip() or session.title,
        minutes=minutes or session.minutes,
        fee=fee,
        made_at=at,
        made_by_uid=by.uid,
    )
    if expert.teacher and not session.closed_at:
        give_part(session, expert.teacher, Part.Role.MAIN_SPEAKER, by=by, at=at)
    trail.record(
        by, "activities.expert-invited", session, at=at, detail={"expert": str(expert.uid)}
    )
    return visit


@transaction.atomic
def note_visit(visit: ExpertVisit, *, came: bool, by: Teacher, at: datetime) -> ExpertVisit:
    """Note whether an expert came after all; who did not come is not counted.

    Raises:
        NotAllowed: `by` does not manage the session.
    """
    require(may_manage_session, by, visit.session)
    visit.came = came
    visit.save(update_fields=["came"])
    trail.record(
        by, "activities.expert-visit-noted", visit.session, at=at,
        detail={"expert": str(visit.expert.uid), "came": came},
    )  # fmt: skip
    return visit


@transaction.atomic
def uninvite_expert(visit: ExpertVisit, *, by: Teacher, at: datetime) -> None:
    """Take an invitation back; the part of a trainer of the own school goes with it.

    Raises:
        NotAllowed: `by` does not manage the session.
        BadInput: the session is closed; `note_visit` says that somebody did not come.
    """
    require(may_manage_session, by, visit.session)
    if visit.session.closed_at:
        raise BadInput("这一场已经关闭，邀请留作记录。没有来的，请标为“没有到校”。")
    trail.record(
        by, "activities.expert-uninvited", visit.session, at=at,
        detail={"expert": str(visit.expert.uid)},
    )  # fmt: skip
    if visit.expert.teacher_id:
        visit.session.parts.filter(
            teacher=visit.expert.teacher_id, role=Part.Role.MAIN_SPEAKER
        ).delete()
        tell_written([visit.session])
    visit.delete()
