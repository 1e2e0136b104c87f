"""Keeping how a plan stood before it was changed, and telling those whom it concerns."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db.models import Q, QuerySet

from yanxiu.audit import trail
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.notices import actions as notices
from yanxiu.notices.models import Notice
from yanxiu.people.models import Membership, Post, Role, Teacher
from yanxiu.planning.freezing import content_of
from yanxiu.planning.models import Plan, PlanEvent, PlanVersion
from yanxiu.planning.refusals import PlanHandedIn, ReasonMissing

REASON = 200


@contextmanager
def revising(plan: Plan, because: str, *, by: Teacher, at: datetime) -> Iterator[Plan]:
    """Let the body change `plan`; where it is in force, its versions tell what and why.

    While a plan is being written, nothing is kept. Changes of one day, by one person and for one
    reason are one version: people correct in small steps.

    Raises:
        PlanHandedIn: it waits for its approval.
        ReasonMissing: it is in force and no reason is given.
    """
    locked = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if locked.state == Plan.State.SUBMITTED:
        raise PlanHandedIn
    if locked.is_in_hand:
        yield plan
        return
    reason = because.strip()[:REASON]
    if not reason:
        raise ReasonMissing
    if not locked.versions.exists():
        keep_version(locked, "", by=by, at=at)
    yield plan
    plan.refresh_from_db()
    _keep_change(plan, reason, by, at)


def _keep_change(plan: Plan, reason: str, by: Teacher, at: datetime) -> None:
    last = plan.versions.last()
    same = (
        last is not None
        and last.number > 1
        and (last.made_by_uid, last.reason) == (by.uid, reason)
        and day_of(last.made_at) == day_of(at)
        and not last.is_approved
    )
    if last is not None and same:
        last.content, last.made_at = content_of(plan), at
        last.save(update_fields=["content", "made_at"])
        return
    version = keep_version(plan, reason, by=by, at=at)
    log(plan, PlanEvent.Kind.REVISED, by=by, at=at, text=reason, version=version.number)
    trail.record(by, "planning.plan-revised", plan, at=at, detail={"reason": reason})
    tell(plan, f"《{plan.title}》有修订", reason, by=by, at=at)


def keep_version(
    plan: Plan, reason: str, *, by: Teacher, at: datetime, approved: bool = False
) -> PlanVersion:
    """Freeze `plan` as its next version."""
    plan.version = (plan.versions.count() or 0) + 1
    plan.save(update_fields=["version"])
    return PlanVersion.objects.create(
        plan=plan,
        number=plan.version,
        content=content_of(plan),
        reason=reason,
        is_approved=approved,
        made_at=at,
        made_by_uid=by.uid,
        made_by_name=by.name,
    )


def log(
    plan: Plan, kind: str, *, by: Teacher, at: datetime, text: str = "", version: int | None = None
) -> PlanEvent:
    """Add a line to what happened to `plan`."""
    return PlanEvent.objects.create(
        plan=plan,
        kind=kind,
        on=day_of(at),
        at=at,
        by_uid=by.uid,
        by_name=by.name,
        text=text,
        version=version,
    )


# ---- whom it concerns ----
def concerned_by(plan: Plan, at: datetime) -> "QuerySet[Teacher]":
    """Return whom a change of `plan` concerns.

    The teacher of a personal plan, the members of a unit, all teachers of a school; of a superior
    body those who write or approve the plans of the schools below.
    """
    day = day_of(at)
    if plan.teacher_id:
        return Teacher.objects.filter(pk=plan.teacher_id)
    if plan.unit_id:
        members = Membership.objects.on(day).filter(unit=plan.unit_id)
        return Teacher.objects.filter(pk__in=members.values("teacher"), is_active=True)
    posts = Post.objects.on(day)
    if plan.organisation.is_school:
        posts = posts.filter(organisation=plan.organisation_id)
    else:
        wanted = {"manage_plans", "approve_plans"}
        roles = [role.pk for role in Role.objects.all() if wanted & set(role.rights)]
        posts = posts.filter(organisation__path__startswith=plan.organisation.path, role__in=roles)
    return Teacher.objects.filter(Q(pk__in=posts.values("teacher")), is_active=True)


def tell(plan: Plan, title: str, text: str, *, by: Teacher, at: datetime) -> None:
    """Tell those whom `plan` concerns what became of it; not the doer."""
    notices.notify(
        concerned_by(plan, at).exclude(pk=by.pk),
        kind=Notice.Kind.CHANGE,
        title=title,
        source=source_of(plan),
        organisation=plan.organisation,
        at=at,
        text=text,
    )
