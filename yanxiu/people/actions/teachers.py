"""Teachers and what they hold: posts, memberships, tiers."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from secrets import token_hex
from typing import Any, cast

from django.contrib.auth.hashers import (
    UNUSABLE_PASSWORD_PREFIX,
    UNUSABLE_PASSWORD_SUFFIX_LENGTH,
)
from django.db import transaction
from django.db.models import Q

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.people import hearing
from yanxiu.people.access import require, require_own_right, require_right
from yanxiu.people.actions.resolving import resolve_around
from yanxiu.people.models import (
    Membership,
    Organisation,
    Post,
    Role,
    Teacher,
    Tier,
    TierHolding,
    Unit,
)
from yanxiu.people.permissions import may_manage_teacher
from yanxiu.texts.keys import key
from yanxiu.texts.spoken import spoken

PHONE = re.compile(r"1\d{10}")


def new_teacher(*, name: str, phone: str = "", facts: Mapping[str, Any] | None = None) -> Teacher:
    """Return an unsaved teacher without a password; imports save many at once.

    Args:
        name: as the person writes it.
        phone: eleven digits, or empty.
        facts: born, education, title, subjects, grade, started_work, cycle_from, retires.

    Raises:
        BadInput: the name is empty or the phone is no phone number.
    """
    name = name.strip()
    if not name:
        raise BadInput("没有写姓名，教师没有添加。请填写姓名后再提交。")
    if phone and not PHONE.fullmatch(phone):
        raise BadInput(f"手机号“{phone}”不是11位数字，没有保存。请核对后重新填写，或先留空。")
    teacher = Teacher(
        name=name,
        name_key=key(name),
        pinyin=spoken(name)[:80],
        phone=phone or None,
        **dict(facts or {}),
    )
    teacher.password = UNUSABLE_PASSWORD_PREFIX + token_hex(UNUSABLE_PASSWORD_SUFFIX_LENGTH // 2)
    return teacher


@transaction.atomic
def add_teacher(
    *,
    name: str,
    by: Teacher | None,
    at: datetime,
    phone: str = "",
    facts: Mapping[str, Any] | None = None,
) -> Teacher:
    """Add one person; posts are given by `give_post`.

    Raises:
        BadInput: as `new_teacher`, or the phone belongs to somebody else.
    """
    teacher = new_teacher(name=name, phone=phone, facts=facts)
    if phone and Teacher.objects.filter(phone=phone).exists():
        sentence = (
            f"手机号“{phone}”已经登记在别人名下，没有重复添加。请核对号码；同一个人请直接加任职。"
        )
        raise BadInput(sentence)
    teacher.save()
    trail.record(by, "people.teacher-added", teacher, at=at, detail={"name": teacher.name})
    return teacher


@transaction.atomic
def give_post(
    teacher: Teacher,
    organisation: Organisation,
    role: Role,
    *,
    starts_on: date,
    by: Teacher | None,
    at: datetime,
    job_number: str = "",
    title: str = "",
) -> Post:
    """Give `teacher` a post from a day on.

    Raises:
        NotAllowed: `by` does not manage the people of `organisation`.
        BadInput: the teacher holds it already, or the job number is another's.
    """
    if by:
        # A post that carries rights passes them on; a plain teacher's post does not.
        (require_own_right if role.rights else require_right)(by, "manage_people", organisation)
    if role.retired or role.organisation_id not in {None, *organisation.lineage}:
        raise BadInput(f"“{role.name}”岗位在{organisation.name}不能用，没有添加。请另选岗位。")
    living = Post.objects.filter(organisation=organisation, ends_on=None)
    if living.filter(teacher=teacher, role=role).exists():
        raise BadInput(f"{teacher.name}在{organisation.name}已有“{role.name}”岗位，没有重复添加。")
    if job_number and living.filter(job_number=job_number).exists():
        raise BadInput(f"工号“{job_number}”在{organisation.name}已有人使用，没有保存。请核对工号。")
    post = Post.objects.create(
        teacher=teacher,
        organisation=organisation,
        role=role,
        starts_on=starts_on,
        job_number=job_number,
        title=title,
    )
    trail.record(
        by,
        "people.post-given",
        teacher,
        at=at,
        detail={"role": role.code, "organisation": str(organisation.uid)},
    )
    hearing.tell([teacher.pk], at)
    resolve_around(organisation)
    return post


@transaction.atomic
def end_post(post: Post, *, on: date, by: Teacher, at: datetime) -> Post:
    """End a post; its rights end with that day's start, the records stay.

    Raises:
        NotAllowed: `by` does not manage the people of the organisation.
        BadInput: the post ended before, or would end before it began.
    """
    require_right(by, "manage_people", post.organisation)
    post = Post.objects.select_for_update().get(pk=post.pk)
    if post.ends_on or on < post.starts_on:
        raise BadInput("这个岗位已经结束，或结束日期早于开始日期，没有改动。请核对日期。")
    post.ends_on = on
    post.save(update_fields=["ends_on"])
    trail.record(by, "people.post-ended", post, at=at, detail={"on": on.isoformat()})
    hearing.tell([post.teacher_id], at)
    resolve_around(post.organisation)
    return post


@transaction.atomic
def join_unit(
    unit: Unit,
    teacher: Teacher,
    *,
    starts_on: date,
    by: Teacher | None,
    at: datetime,
    duty: str = Membership.Duty.MEMBER,
    ends_on: date | None = None,
) -> Membership:
    """Make `teacher` a member or the leader of `unit`; a change of duty ends the old membership.

    Args:
        unit: the unit to join.
        teacher: who joins.
        starts_on: the first day.
        by: who lets the teacher join.
        at: when, aware.
        duty: member, leader or deputy.
        ends_on: the day on which the term of office is over; None is open.

    Raises:
        NotAllowed: `by` does not manage the people of the unit's organisation, or only for
            somebody else while the unit gives rights.
        BadInput: the term would end before it starts.
    """
    if by:
        check = require_own_right if unit.kind.governs else require_right
        check(by, "manage_people", unit.organisation)
    if ends_on and ends_on <= starts_on:
        raise BadInput("任期的结束日期不晚于开始日期，没有保存。请核对日期。")
    unit.memberships.filter(teacher=teacher).exclude(rule=None).delete()
    after = Q(ends_on=None) | Q(ends_on__gt=starts_on)
    for standing in unit.memberships.filter(after, teacher=teacher):
        if (standing.duty, standing.ends_on) == (duty, ends_on):
            resolve_around(unit.organisation)
            return cast("Membership", standing)
        if standing.starts_on >= starts_on:
            standing.delete()
        else:
            standing.ends_on = starts_on
            standing.save(update_fields=["ends_on"])
    membership = Membership.objects.create(
        unit=unit, teacher=teacher, duty=duty, starts_on=starts_on, ends_on=ends_on
    )
    trail.record(
        by, "people.unit-joined", unit, at=at, detail={"teacher": str(teacher.uid), "duty": duty}
    )
    resolve_around(unit.organisation)
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, on: date, by: Teacher, at: datetime) -> Membership:
    """Let a teacher leave a unit on a day.

    Raises:
        NotAllowed: `by` does not manage the people of the unit's organisation.
        BadInput: the membership follows from a rule.
    """
    require_right(by, "manage_people", membership.unit.organisation)
    if membership.rule_id:
        raise BadInput("这位成员是按规则自动加入的，不能单独离开。请改成员规则，或改其所任的职。")
    membership.ends_on = max(on, membership.starts_on)
    membership.save(update_fields=["ends_on"])
    trail.record(
        by,
        "people.unit-left",
        membership.unit,
        at=at,
        detail={"teacher": str(membership.teacher.uid)},
    )
    resolve_around(membership.unit.organisation)
    return membership


@transaction.atomic
def hold_tier(
    teacher: Teacher,
    tier: Tier,
    *,
    starts_on: date,
    by: Teacher | None,
    at: datetime,
    about: Mapping[str, str] | None = None,
) -> TierHolding:
    """Put `teacher` into `tier` from a day on; tiers overlap.

    `about` says for a selected title: subject, grade, round, grounds.

    Raises:
        NotAllowed: `by` manages the people of no organisation in which the teacher holds a post.
    """
    if by:
        require(may_manage_teacher, by, teacher)
    holding, fresh = TierHolding.objects.get_or_create(
        tier=tier,
        teacher=teacher,
        ends_on=None,
        defaults={"starts_on": starts_on, **(about or {})},
    )
    if fresh:
        hearing.tell([teacher.pk], at)
        trail.record(by, "people.tier-held", teacher, at=at, detail={"tier": tier.name})
    return holding
