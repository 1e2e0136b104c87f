"""Make-up sessions: one click from the list of those who missed a training."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from yanxiu.activities import actions as activities
from yanxiu.activities.models import Activity, ActivityKind, Session, Tagging
from yanxiu.audit import trail
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.notices.actions import notify
from yanxiu.people.access import NotAllowed
from yanxiu.people.models import Membership, Organisation, Teacher, Unit, UnitKind
from yanxiu.training.models import MakeUp
from yanxiu.training.queries.coverage import Coverage
from yanxiu.training.refusals import NobodyMissing

UNIT_KIND = "make_up_list"
UNIT_LENGTH = 60


@transaction.atomic
def plan_make_up(
    organisation: Organisation,
    coverage: Coverage,
    *,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    place: str = "",
    kind: ActivityKind | None = None,
    by: Teacher,
    at: datetime,
) -> Session:
    """Set up a session for exactly those whom `coverage` finds untrained; `by` hosts it.

    Its audience is a list of its own: a unit that ended the day it was made, so that it stands in
    no list of groups. Who comes counts as trained; tags and plan item are those of the topic.

    Args:
        organisation: whose people.
        coverage: of a topic that is trained at sessions.
        title: of the session.
        starts_at: aware; `ends_at` likewise.
        ends_at: see above.
        place: where.
        kind: the kind of activity; that of the topic, or training of all, if nothing is said.
        by: who sets it up: the research office, or the leader of all who are on the list.
        at: when, aware.

    Raises:
        NotAllowed: `by` neither manages the sessions of `organisation` nor leads the people.
        NobodyMissing: everybody is trained.
        BadInput: the times cannot be meant.
    """
    missing = [line.teacher for line in coverage.missing]
    _require(by, organisation, missing, at)
    if not missing or not coverage.topic.has_sessions:
        raise NobodyMissing
    unit = _list_of(organisation, title, missing, by, at)
    by.__dict__.pop("units_today", None)
    session = activities.plan_session(
        organisation,
        title=title,
        kind=kind or _kind_of(coverage),
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        unit=unit,
        plan_item=coverage.topic.row if coverage.topic.kind == "item" else None,
        by=by,
        at=at,
    )
    _same_content(coverage, session)
    MakeUp.objects.create(
        session=session,
        subject=coverage.topic.code,
        invited=len(missing),
        made_at=at,
        made_by_uid=by.uid,
    )
    notify(
        [teacher for teacher in missing if teacher.pk != by.pk],
        kind="change",
        title=f"补训：{session.title}",
        source=source_of(session),
        organisation=organisation,
        at=at,
    )
    detail = {"subject": coverage.topic.code, "invited": len(missing)}
    trail.record(by, "training.make-up-planned", session, at=at, detail=detail)
    return session


def _require(
    by: Teacher, organisation: Organisation, missing: Sequence[Teacher], at: datetime
) -> None:
    """Let the research office do it, and a leader for the members of the own groups."""
    if any(organisation.path.startswith(path) for path in by.reach_paths("manage_sessions")):
        return
    led = set(
        Membership.objects.on(day_of(at))
        .filter(unit__in=by.leads)
        .values_list("teacher_id", flat=True)
    )
    if not led or any(teacher.pk not in led for teacher in missing):
        raise NotAllowed


def _list_of(
    organisation: Organisation, title: str, missing: Sequence[Teacher], by: Teacher, at: datetime
) -> Unit:
    """Make the list of who is expected: a unit that no list of living units shows."""
    # Retired from the start: nobody is offered the kind, and no check looks for its leaders.
    usual = {"name": "补训名单", "order": 99, "retired": True}
    kind, _fresh = UnitKind.objects.get_or_create(organisation=None, code=UNIT_KIND, defaults=usual)
    today = day_of(at)
    unit = Unit.objects.create(
        organisation=organisation, kind=kind, name=f"补训：{title}"[:UNIT_LENGTH], ends_on=today
    )
    members = {teacher.pk: Membership.Duty.MEMBER for teacher in missing}
    members[by.pk] = Membership.Duty.LEADER
    Membership.objects.bulk_create(
        Membership(unit=unit, teacher_id=pk, duty=duty, starts_on=today)
        for pk, duty in members.items()
    )
    return unit


def _kind_of(coverage: Coverage) -> ActivityKind:
    row = coverage.topic.row
    if isinstance(row, Activity):
        return row.kind
    return ActivityKind.objects.get(organisation=None, code="school_theme_training")


def _same_content(coverage: Coverage, session: Session) -> None:
    """Give the make-up session the tags of what it makes up for."""
    row = coverage.topic.row
    tags = [row.pk] if coverage.topic.kind == "tag" else []
    if isinstance(row, Activity):
        tags = list(row.taggings.filter(session=None).values_list("tag_id", flat=True))
    Tagging.objects.bulk_create(Tagging(tag_id=pk, activity_id=session.activity_id) for pk in tags)
