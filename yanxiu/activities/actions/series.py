"""Activities of several sessions, and those that several schools share."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from yanxiu.activities.actions.planning import check_times, next_number, occasion_of
from yanxiu.activities.models import Activity, Part, Partner, Session, Theme
from yanxiu.activities.permissions import may_manage_activity
from yanxiu.agenda import actions as agenda
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.notices import actions as notices
from yanxiu.people.access import require
from yanxiu.people.models import Membership, Organisation, Post, Teacher, Unit
from yanxiu.people.models.organisation import held_on

MOST_SESSIONS = 60


@transaction.atomic
def add_session(
    activity: Activity,
    *,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    by: Teacher,
    at: datetime,
    place: str = "",
    link: str = "",
) -> Session:
    """Add one more sitting to an activity; who adds it hosts it, and the invited are asked too.

    Raises:
        NotAllowed: `by` does not manage the activity.
        BadInput: the times cannot be meant, it has no title, or there are sessions enough.
    """
    require(may_manage_activity, by, activity)
    check_times(starts_at, ends_at)
    number = next_number(activity)
    if number > MOST_SESSIONS:
        raise BadInput(f"一个活动最多{MOST_SESSIONS}场，没有添加。请另建一个活动。")
    if not title.strip():
        raise BadInput("没有写这一场的主题，没有添加。请用一句话写明。")
    session = Session.objects.create(
        activity=activity,
        organisation=activity.organisation,
        unit=activity.unit,
        number=number,
        title=title.strip()[:120],
        starts_at=starts_at,
        ends_at=ends_at,
        place=place.strip(),
        link=link.strip(),
    )
    Part.objects.create(session=session, teacher=by, role=Part.Role.HOST)
    agenda.plan_occasions([occasion_of(session)])
    for partner in activity.partners.select_related("organisation", "unit"):
        if partner.organisation_id != activity.organisation_id or partner.unit_id:
            _ask(partner, [session])
    trail.record(by, "activities.session-planned", session, at=at, detail={"title": title})
    return session


@transaction.atomic
def shape_activity(
    activity: Activity,
    *,
    theme: str,
    form: str,
    level: str,
    guests: str,
    needs_note: bool,
    sessions_to_complete: int | None,
    research_theme: Theme | None,
    by: Teacher,
    at: datetime,
) -> Activity:
    """Say what kind of event the activity is; its sessions keep their own titles.

    Raises:
        NotAllowed: `by` does not manage the activity.
        BadInput: it would have no theme.
    """
    require(may_manage_activity, by, activity)
    if not theme.strip():
        raise BadInput("活动没有主题，没有保存。请用一句话写明。")
    activity.theme, activity.form, activity.level = theme.strip()[:120], form, level
    activity.guests, activity.needs_note = guests.strip()[:200], needs_note
    activity.sessions_to_complete = sessions_to_complete
    activity.research_theme = research_theme
    activity.save()
    trail.record(by, "activities.activity-shaped", activity, at=at, detail={"theme": theme})
    return activity


@transaction.atomic
def add_partner(
    activity: Activity,
    organisation: Organisation,
    *,
    capacity: str,
    by: Teacher,
    at: datetime,
    unit: Unit | None = None,
) -> Partner:
    """Let a unit or a whole school organise, host or be invited to an activity.

    Its people are asked to every session that is still open. People of another school are
    recorded in their own school, once it has recognised them.

    Raises:
        NotAllowed: `by` does not manage the activity.
        BadInput: it takes part already, or it is whose activity this is.
    """
    require(may_manage_activity, by, activity)
    if unit is None and organisation.pk == activity.organisation_id and activity.unit_id is None:
        raise BadInput("这本来就是本校全体的活动，不用再请，没有添加。")
    if activity.partners.filter(organisation=organisation, unit=unit).exists():
        raise BadInput(f"{unit or organisation}已经在参与单位里，没有再加。")
    partner = Partner.objects.create(
        activity=activity, organisation=organisation, unit=unit, capacity=capacity
    )
    if unit is None or unit.pk != activity.unit_id:
        _ask(partner, activity.sessions.filter(closed_at=None, cancelled_at=None))
        _tell(partner, by, at)
    trail.record(
        by,
        "activities.partner-added",
        activity,
        at=at,
        detail={"organisation": str(organisation.uid), "unit": str(unit.uid) if unit else ""},
    )
    return partner


def people_of(partner: Partner, session: Session) -> list[Teacher]:
    """Return whom `partner` sends to `session`: its people of that day."""
    day = day_of(session.starts_at)
    if partner.unit_id:
        home = Membership.objects.filter(held_on(day), unit=partner.unit_id).values("teacher")
    else:
        posts = Post.objects.filter(held_on(day), organisation=partner.organisation_id)
        home = posts.values("teacher")
    return list(Teacher.objects.filter(pk__in=home, is_active=True))


def _ask(partner: Partner, sessions: Iterable[Session]) -> None:
    """Give the people of `partner` the part of participants, each with the own school."""
    abroad = partner.organisation_id != partner.activity.organisation_id
    for session in sessions:
        people = people_of(partner, session)
        Part.objects.bulk_create(
            [
                Part(
                    session=session,
                    teacher=teacher,
                    role=Part.Role.ATTENDEE,
                    home_id=partner.organisation_id if abroad else None,
                )
                for teacher in people
            ],
            ignore_conflicts=True,
        )
        agenda.invite(source_of(session), people)


def _tell(partner: Partner, by: Teacher, at: datetime) -> None:
    """Tell the invited of the first session that they can still come to."""
    first = partner.activity.sessions.filter(closed_at=None, cancelled_at=None).first()
    if first:
        notices.notify(
            [one for one in people_of(partner, first) if one.pk != by.pk],
            kind="request",
            title=f"请您参加：{first.title}",
            source=source_of(first),
            organisation=partner.organisation,
            at=at,
        )


@transaction.atomic
def remove_partner(partner: Partner, *, by: Teacher, at: datetime) -> None:
    """Take an invitation back; who signed in before keeps the mark.

    Raises:
        NotAllowed: `by` does not manage the activity.
        BadInput: people of the partner have come to one of the sessions.
    """
    require(may_manage_activity, by, partner.activity)
    abroad = partner.organisation_id != partner.activity.organisation_id
    asked = Part.objects.filter(
        session__activity=partner.activity,
        role=Part.Role.ATTENDEE,
        home=partner.organisation_id if abroad else None,
    )
    if partner.unit_id:
        seats = Membership.objects.filter(unit=partner.unit_id, ends_on=None)
        asked = asked.filter(teacher__in=seats.values("teacher"))
    came = partner.activity.sessions.filter(attendances__teacher__in=asked.values("teacher"))
    if came.exists():
        raise BadInput("这个单位已经有老师到场，不能去掉，没有改动。之后的场次可以逐人去掉。")
    if abroad or partner.unit_id:
        asked.delete()
    trail.record(by, "activities.partner-removed", partner.activity, at=at)
    partner.delete()
