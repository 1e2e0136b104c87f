"""Leave, and going to another school."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.people import hearing
from yanxiu.people.access import require, require_right
from yanxiu.people.actions.teachers import give_post
from yanxiu.people.models import (
    Departure,
    Leave,
    Membership,
    Organisation,
    Post,
    Role,
    Teacher,
)
from yanxiu.people.permissions import may_manage_teacher


@transaction.atomic
def add_leave(
    teacher: Teacher,
    *,
    kind: str,
    starts_on: date,
    ends_on: date | None,
    by: Teacher,
    at: datetime,
) -> Leave:
    """Note that `teacher` is away from `starts_on` until before `ends_on` (open if None).

    Raises:
        NotAllowed: `by` does not manage the teacher.
        BadInput: it ends before it starts, or lies in another leave.
    """
    require(may_manage_teacher, by, teacher)
    if ends_on and ends_on <= starts_on:
        raise BadInput("结束的日子不在开始之后，没有保存。请核对日期。")
    overlapping = Leave.objects.filter(teacher=teacher).filter(
        Q(ends_on=None) | Q(ends_on__gt=starts_on)
    )
    if ends_on:
        overlapping = overlapping.filter(starts_on__lt=ends_on)
    if standing := overlapping.first():
        raise BadInput(
            f"{teacher.name}已有一段{standing.get_kind_display()}与这段时间重叠，没有重复登记。"
            "请先结束那一段，或改日期。"
        )
    leave = Leave.objects.create(
        teacher=teacher, kind=kind, starts_on=starts_on, ends_on=ends_on, noted_by_name=by.name
    )
    trail.record(by, "people.leave-noted", teacher, at=at, detail={"on": starts_on.isoformat()})
    return leave


@transaction.atomic
def end_leave(leave: Leave, *, on: date, by: Teacher, at: datetime) -> Leave | None:
    """Let a leave end before `on`; one that would never have begun is taken away.

    Raises:
        NotAllowed: `by` does not manage the teacher.
        BadInput: it ended before.
    """
    require(may_manage_teacher, by, leave.teacher)
    if leave.ends_on and leave.ends_on <= on:
        raise BadInput("这段离岗已经结束，没有改动。")
    trail.record(by, "people.leave-ended", leave.teacher, at=at, detail={"on": on.isoformat()})
    if on <= leave.starts_on:
        leave.delete()
        return None
    leave.ends_on = on
    leave.save(update_fields=["ends_on"])
    return leave


@transaction.atomic
def move_teacher(
    teacher: Teacher,
    organisation: Organisation,
    *,
    kind: str,
    on: date,
    by: Teacher,
    at: datetime,
    to: Organisation | None = None,
    to_text: str = "",
    job_number: str = "",
) -> Departure:
    """Let `teacher` leave `organisation` on a day: to another school, into retirement, away.

    Posts and memberships there end that day; everything before it stays as it was. With `to` the
    person begins there as a teacher the same day; who has no post left is taken off the roster.

    Raises:
        NotAllowed: `by` does not manage the people of both.
        BadInput: it is the own person, there is no post to leave, or it is the same school.
    """
    require_right(by, "manage_people", organisation)
    if teacher.pk == by.pk:
        raise BadInput("不能自己办理自己的去向，没有改动。请由另一位管理员来办。")
    if to and to.pk == organisation.pk:
        raise BadInput("调入和调出是同一所学校，没有改动。请核对去往哪里。")
    posts = Post.objects.filter(teacher=teacher, organisation=organisation, ends_on=None)
    if not posts.exists():
        raise BadInput(f"{teacher.name}在{organisation.name}没有在任的岗位，没有改动。")
    for post in posts:
        post.ends_on = max(on, post.starts_on)
        post.save(update_fields=["ends_on"])
    for seat in Membership.objects.filter(
        teacher=teacher, unit__organisation=organisation, ends_on=None
    ):
        seat.ends_on = max(on, seat.starts_on)
        seat.save(update_fields=["ends_on"])
    if to:
        give_post(
            teacher, to, Role.objects.get(code="teacher"), starts_on=on, job_number=job_number,
            by=by, at=at,
        )  # fmt: skip
        teacher.entered = on.isoformat()[:7]
    elif not Post.objects.filter(teacher=teacher, ends_on=None).exists():
        teacher.is_active = False
    teacher.save(update_fields=["entered", "is_active"])
    hearing.tell([teacher.pk], at)
    departure = Departure.objects.create(
        teacher=teacher, organisation=organisation, kind=kind, to=to, to_text=to_text, on=on,
        noted_by_name=by.name,
    )  # fmt: skip
    trail.record(by, "people.teacher-moved", teacher, at=at, detail={"kind": kind})
    return departure
