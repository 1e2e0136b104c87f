"""Giving rights to a deputy while one is away, and taking them back."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import require
from yanxiu.people.actions.roles import in_order
from yanxiu.people.models import Delegation, Post, Teacher
from yanxiu.people.permissions import may_revoke_delegation
from yanxiu.people.refusals.rights import OnlyLent

LONGEST = timedelta(days=366)


@transaction.atomic
def delegate(
    post: Post,
    deputy: Teacher,
    *,
    rights: Collection[str],
    starts_on: date,
    ends_on: date,
    reason: str,
    by: Teacher,
    at: datetime,
) -> Delegation:
    """Give chosen rights of one's own post to another teacher for some days.

    Args:
        post: the post the rights come from; it must be held by `by`.
        deputy: a teacher of the same organisation, or of one below it.
        rights: some of those that the post carries.
        starts_on: the first day.
        ends_on: the day on which the rights go back.
        reason: why, for everybody to read.
        by: who is away.
        at: when, aware.

    Raises:
        NotAllowed: the post is not that of `by`.
        OnlyLent: a right is wanted that `by` holds by a delegation alone.
        BadInput: no right, no reason, days that cannot be, or somebody who cannot stand in.
    """
    if post.teacher_id != by.pk:
        raise NotAllowed
    post = Post.objects.select_for_update().select_related("role", "organisation").get(pk=post.pk)
    today = day_of(at)
    wanted = in_order(rights)
    if set(wanted) - set(post.role.rights):
        raise OnlyLent if all(by.holds(right) for right in wanted) else NotAllowed
    if not wanted or not reason.strip():
        raise BadInput("没有勾选权限，或没有写原因，没有保存。请补上再提交。")
    _require_days(post, starts_on, ends_on, today)
    near = Post.objects.on(today).filter(
        teacher=deputy, organisation__path__startswith=post.organisation.path
    )
    if deputy.pk == by.pk or not deputy.is_active or not near.exists():
        raise BadInput(
            f"只能请{post.organisation.name}的另一位在册教师代理，没有保存。请另选一位。"
        )
    made = Delegation.objects.create(
        post=post, deputy=deputy, rights=wanted, reason=reason.strip(),
        starts_on=starts_on, ends_on=ends_on, made_at=at,
    )  # fmt: skip
    detail = {
        "deputy": str(deputy.uid), "rights": wanted, "reason": made.reason,
        "from": starts_on.isoformat(), "until": ends_on.isoformat(),
    }  # fmt: skip
    trail.record(by, "people.rights-delegated", made, at=at, detail=detail)
    return made


def _require_days(post: Post, starts_on: date, ends_on: date, today: date) -> None:
    if starts_on < today or ends_on <= starts_on or ends_on - starts_on > LONGEST:
        raise BadInput("代理的日期要从今天或以后开始，先开始后收回，最长一年；没有保存。请改日期。")
    if post.ends_on and post.ends_on <= starts_on:
        raise BadInput("这个岗位到那时已经结束，没有权限可给，没有保存。请改日期。")


@transaction.atomic
def revoke_delegation(delegation: Delegation, *, by: Teacher, at: datetime) -> Delegation:
    """Take rights back, or give them back, at once.

    Raises:
        NotAllowed: `by` is neither of the two, nor manages the people of the organisation.
        BadInput: it was revoked before.
    """
    require(may_revoke_delegation, by, delegation)
    delegation = Delegation.objects.select_for_update().get(pk=delegation.pk)
    if delegation.revoked_at:
        raise BadInput("这项代理已经收回，没有改动。")
    delegation.revoked_at, delegation.revoked_by_name = at, by.name
    delegation.save(update_fields=["revoked_at", "revoked_by_name"])
    trail.record(by, "people.delegation-revoked", delegation, at=at)
    return delegation
