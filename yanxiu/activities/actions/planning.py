"""Setting sessions up, moving them and calling them off."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from yanxiu.activities.models import (
    Activity,
    ActivityKind,
    Attendance,
    Part,
    Session,
    SessionMove,
    Theme,
)
from yanxiu.activities.permissions import may_manage_session, may_plan_for_unit
from yanxiu.activities.queries import expected_teachers
from yanxiu.activities.refusals import ReasonMissing, SessionAlreadyClosed, SessionCancelled
from yanxiu.agenda import actions as agenda
from yanxiu.agenda.models import Occasion
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.notices import actions as notices
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.places.writing import tell_written
from yanxiu.planning import actions as planning
from yanxiu.planning.models import PlanItem
from yanxiu.terms.queries import term_on
from yanxiu.ui.wording import moment_text

AGREE_TIME = "agree_time"
"""The task of a leader whose group has no fixed time and has not met for a month."""

LONGEST_HOURS = 12
FARTHEST = timedelta(days=366)
"""How far from now a session can be meant; beyond it the year is a slip."""


def check_times(starts_at: datetime, ends_at: datetime) -> None:
    """Refuse times that cannot be meant.

    Raises:
        BadInput: it ends before it starts, or lasts longer than a day's work.
    """
    hours = (ends_at - starts_at).total_seconds() / 3600
    if not 0 < hours <= LONGEST_HOURS:
        raise BadInput(
            f"结束时间应晚于开始时间，且一场不超过{LONGEST_HOURS}小时，没有保存。请核对时间。"
        )


def occasion_of(session: Session) -> Occasion:
    """Return the unsaved occasion that mirrors `session`."""
    return Occasion(
        organisation_id=session.organisation_id,
        unit_id=session.unit_id,
        title=session.title,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        place=session.place,
        source_kind=Session.SOURCE_KIND,
        source_id=session.uid,
    )


@transaction.atomic
def plan_session(
    organisation: Organisation,
    *,
    title: str,
    kind: ActivityKind,
    starts_at: datetime,
    ends_at: datetime,
    by: Teacher,
    at: datetime,
    place: str = "",
    unit: Unit | None = None,
    plan_item: PlanItem | None = None,
    mode: str = Activity.Mode.ON_SITE,
    form: str = "",
    level: str = "",
    link: str = "",
    needs_note: bool = False,
    research_theme: Theme | None = None,
) -> Session:
    """Set up an activity with one session, for `unit` or for everybody in `organisation`.

    Who plans it becomes its host. Without a `form` a unit meets in groups and a school as a
    whole; without a `level` a school's activity is the school's, a superior's the central one.

    Raises:
        NotAllowed: `by` neither leads `unit` nor manages the sessions of `organisation`.
        BadInput: the times cannot be meant, the title is empty, or no term is set up for the day.
    """
    if unit is None:
        require_right(by, "manage_sessions", organisation)
    else:
        require(may_plan_for_unit, by, unit)
    check_times(starts_at, ends_at)
    title = title.strip()
    if not title:
        raise BadInput("没有写主题，场次没有建立。请用一句话写明这次研什么。")
    if abs(starts_at - at) > FARTHEST:
        raise BadInput(
            f"开始时间是{day_of(starts_at).year}年，离现在超过一年，场次没有建立。请核对年份。"
        )
    term = term_on(organisation, day_of(starts_at))
    if term is None:
        raise BadInput("这一天不在任何学期之内，场次没有建立。请先请管理员在“学期”里设好学期。")
    activity = Activity.objects.create(
        organisation=organisation,
        unit=unit,
        term=term,
        kind=kind,
        theme=title,
        mode=mode,
        form=form or (Activity.Form.GROUP if unit else Activity.Form.WHOLE),
        level=level or usual_level(organisation),
        subject=unit.subject if unit else "",
        needs_note=needs_note,
        research_theme=research_theme,
        plan_item=plan_item,
        made_at=at,
        made_by_uid=by.uid,
    )
    session = Session.objects.create(
        activity=activity,
        organisation=organisation,
        unit=unit,
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place.strip(),
        link=link.strip(),
    )
    Part.objects.create(session=session, teacher=by, role=Part.Role.HOST)
    agenda.plan_occasions([occasion_of(session)])
    if unit:
        agenda.finish_tasks(source_of(unit), kind=AGREE_TIME, at=at)
    if plan_item:
        planning.mark_scheduled(plan_item, source=source_of(session), on=day_of(starts_at))
    trail.record(by, "activities.session-planned", session, at=at, detail={"title": title})
    return session


def usual_level(organisation: Organisation) -> str:
    """Return the level of what `organisation` sets up: a school's own, or the central one."""
    return Activity.Level.SCHOOL if organisation.is_school else Activity.Level.CENTRAL_SCHOOL


def tell(session: Session, title: str, *, by: Teacher, at: datetime, text: str = "") -> None:
    """Tell everybody who is expected at `session`, save who did it, that something changed."""
    notices.notify(
        expected_teachers(session).exclude(pk=by.pk),
        kind="change",
        title=title,
        text=text,
        source=source_of(session),
        organisation=session.organisation,
        at=at,
    )


def locked(session: Session) -> Session:
    """Return `session` read again under an exclusive lock.

    Raises:
        SessionAlreadyClosed, SessionCancelled: it can no longer be changed.
    """
    found = (
        Session.objects.select_for_update(of=("self",))
        .select_related(
            "activity__kind",
            "activity__plan_item",
            "activity__research_theme",
            "organisation",
            "unit",
        )
        .get(pk=session.pk)
    )
    if found.closed_at:
        raise SessionAlreadyClosed(found.closed_at)
    if found.cancelled_at:
        raise SessionCancelled(found.cancelled_because)
    return found


@transaction.atomic
def move_session(
    session: Session,
    *,
    starts_at: datetime,
    ends_at: datetime,
    by: Teacher,
    at: datetime,
    title: str = "",
    place: str | None = None,
    mode: str | None = None,
    link: str | None = None,
    because: str = "",
) -> Session:
    """Give an open session another time, place, title, mode or link.

    Old times and places stay in its history, and everybody concerned is told; a new title alone
    changes nobody's day and is not announced.

    Raises:
        NotAllowed: `by` does not manage the session.
        SessionAlreadyClosed, SessionCancelled: it can no longer be changed.
        BadInput: the times cannot be meant.
    """
    require(may_manage_session, by, session)
    session = locked(session)
    check_times(starts_at, ends_at)
    before = {
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
        "place": session.place,
        "title": session.title,
    }
    move = SessionMove(
        session=session,
        from_starts_at=session.starts_at,
        from_ends_at=session.ends_at,
        from_place=session.place,
        because=because.strip()[:200],
        at=at,
        by_uid=by.uid,
        by_name=by.name,
    )
    was_held = (session.mode or session.activity.mode, session.link)
    session.starts_at, session.ends_at = starts_at, ends_at
    session.title = title.strip() or session.title
    session.place = session.place if place is None else place.strip()
    session.mode = session.mode if mode is None else mode
    session.link = session.link if link is None else link.strip()
    session.save(update_fields=["starts_at", "ends_at", "title", "place", "mode", "link"])
    _keep_move(move, session, by, at)
    if was_held != (session.mode or session.activity.mode, session.link):
        words = f"{session.title}：改为{session.mode_label}"
        tell(session, words, by=by, at=at, text=session.link)
    agenda.move_occasion(
        source_of(session),
        title=session.title,
        starts_at=starts_at,
        ends_at=ends_at,
        place=session.place,
    )
    item = session.activity.plan_item
    if item:
        planning.mark_scheduled(item, source=source_of(session), on=day_of(starts_at))
    trail.record(by, "activities.session-moved", session, at=at, detail={"before": before})
    return session


def _keep_move(move: SessionMove, session: Session, by: Teacher, at: datetime) -> None:
    """Keep the change if time or place are others now, and tell everybody concerned."""
    move.to_starts_at, move.to_ends_at = session.starts_at, session.ends_at
    move.to_place = session.place
    later = (move.to_starts_at, move.to_ends_at) != (move.from_starts_at, move.from_ends_at)
    if not later and move.to_place == move.from_place:
        return
    move.save()
    new = f"{moment_text(session.starts_at)} {session.place}".strip()
    old = f"{moment_text(move.from_starts_at)} {move.from_place}".strip()
    why = f"（{move.because}）" if move.because else ""
    tell(session, f"{session.title}改到{new}", by=by, at=at, text=f"原为{old}{why}")


@transaction.atomic
def cancel_session(session: Session, *, because: str, by: Teacher, at: datetime) -> Session:
    """Call an open session off; nobody is recorded, and the plan shows it as not held.

    Raises:
        NotAllowed: `by` does not manage the session.
        SessionAlreadyClosed, SessionCancelled: it can no longer be changed.
        ReasonMissing: there is no reason.
    """
    require(may_manage_session, by, session)
    session = locked(session)
    if not because.strip():
        raise ReasonMissing("取消场次")
    session.cancelled_at, session.cancelled_because = at, because.strip()
    session.save(update_fields=["cancelled_at", "cancelled_because"])
    agenda.end_occasion(source_of(session), Occasion.State.CANCELLED)
    item = session.activity.plan_item
    if item:
        planning.mark_missed(item, source=source_of(session), on=day_of(session.starts_at))
    words = f"{session.title}取消：{moment_text(session.starts_at)}"
    tell(session, words, by=by, at=at, text=session.cancelled_because)
    trail.record(
        by,
        "activities.session-cancelled",
        session,
        at=at,
        detail={"reason": because, "signed_in": Attendance.objects.filter(session=session).count()},
    )
    return session


@transaction.atomic
def give_part(session: Session, teacher: Teacher, role: str, *, by: Teacher, at: datetime) -> Part:
    """Make somebody host, main speaker, recorder, or a participant from outside the unit.

    Raises:
        NotAllowed: `by` does not manage the session.
        SessionAlreadyClosed, SessionCancelled: it can no longer be changed.
    """
    require(may_manage_session, by, session)
    session = locked(session)
    part, fresh = Part.objects.get_or_create(session=session, teacher=teacher, role=role)
    if fresh:
        tell_written([session])
        agenda.invite(source_of(session), [teacher])
        trail.record(
            by,
            "activities.part-given",
            session,
            at=at,
            detail={"teacher": str(teacher.uid), "role": role},
        )
    return part


@transaction.atomic
def take_part_away(part: Part, *, by: Teacher, at: datetime) -> None:
    """Take a part back before closing.

    Raises:
        NotAllowed: `by` does not manage the session.
        SessionAlreadyClosed, SessionCancelled: it can no longer be changed.
    """
    require(may_manage_session, by, part.session)
    session = locked(part.session)
    trail.record(
        by,
        "activities.part-taken-away",
        session,
        at=at,
        detail={"teacher": str(part.teacher.uid), "role": part.role},
    )
    part.delete()


def next_number(activity: Activity) -> int:
    """Return the number of the next session of `activity`."""
    last = Session.objects.filter(activity=activity).aggregate(last=Max("number"))["last"]
    return int(last or 0) + 1
