"""Lesson kinds of a school, and what it sets about its lessons."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db import transaction

from yanxiu import own_kinds
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.lessons.models import LessonKind, LessonSetting
from yanxiu.lessons.permissions import may_manage_kind
from yanxiu.lessons.refusals import KindTaken
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Organisation, Teacher

MOST_PERIODS = 14


def _free_name(organisation: Organisation, name: str, leave_out: int | None = None) -> str:
    return own_kinds.free_name(
        own_kinds.near(LessonKind, organisation),
        name,
        missing="没有写名称，没有保存。请写这一类课的名称，例如“青年教师展示课”。",
        taken=KindTaken,
        leave_out=leave_out,
    )


@transaction.atomic
def add_kind(
    organisation: Organisation,
    *,
    name: str,
    record_kind: str,
    is_open: bool = True,
    tells_before: bool = True,
    rule: str = "",
    by: Teacher,
    at: datetime,
) -> LessonKind:
    """Add a lesson kind of the school; `record_kind` says as what the schemes count it.

    Raises:
        NotAllowed: `by` does not manage the lessons of `organisation`.
        BadInput: it has no name. KindTaken: the name is taken.
    """
    require_right(by, "manage_lessons", organisation)
    name = _free_name(organisation, name)
    kind = LessonKind.objects.create(
        organisation=organisation,
        code=own_kinds.own_code(LessonKind, organisation),
        name=name,
        record_kind=record_kind,
        is_open=is_open,
        tells_before=tells_before,
        rule=rule.strip(),
        order=own_kinds.next_order(LessonKind),
    )
    trail.record(by, "lessons.kind-added", organisation, at=at, detail={"name": name})
    return kind


@transaction.atomic
def change_kind(
    kind: LessonKind,
    *,
    name: str,
    is_open: bool,
    tells_before: bool,
    rule: str,
    by: Teacher,
    at: datetime,
) -> LessonKind:
    """Rename a kind of the school or arrange it otherwise; what was given keeps its record kind.

    Raises:
        NotAllowed: it is shipped, or `by` does not manage the lessons of its school.
        BadInput: it has no name. KindTaken: the name is taken.
    """
    require(may_manage_kind, by, kind)
    assert kind.organisation is not None  # noqa: S101 (what is shipped was refused above)
    before = kind.name
    kind.name = _free_name(kind.organisation, name, kind.pk)
    kind.is_open, kind.tells_before, kind.rule = is_open, tells_before, rule.strip()
    kind.save()
    detail = {"before": before, "after": kind.name}
    trail.record(by, "lessons.kind-changed", kind.organisation, at=at, detail=detail)
    return kind


@transaction.atomic
def retire_kind(kind: LessonKind, *, on: date | None, by: Teacher, at: datetime) -> LessonKind:
    """Offer a kind no more from `on`, or again where `on` is None; what was given keeps it.

    Raises:
        NotAllowed: it is shipped, or `by` does not manage the lessons of its school.
        KindTaken: another kind has its name now.
    """
    require(may_manage_kind, by, kind)
    assert kind.organisation is not None  # noqa: S101 (what is shipped was refused above)
    if on is None:
        _free_name(kind.organisation, kind.name, kind.pk)
    return own_kinds.retire(kind, "lessons.kind-retired", on=on, by=by, at=at)


@transaction.atomic
def set_up(
    organisation: Organisation,
    *,
    periods: Sequence[tuple[time, time]],
    protected: Sequence[tuple[int, int]],
    visits_often: int,
    by: Teacher,
    at: datetime,
) -> LessonSetting:
    """Say when the lessons of a day begin and end, and when nobody is to be visited.

    Args:
        organisation: the school.
        periods: beginning and end of each lesson of the day, in order.
        protected: cells of the week, as weekday (1 Monday) and number of the lesson.
        visits_often: from how many lessons a term on the planner says "often".
        by: who says so.
        at: when, aware.

    Raises:
        NotAllowed: `by` does not manage the lessons of `organisation`.
        BadInput: a lesson ends before it begins, or begins before the last one ended.
    """
    require_right(by, "manage_lessons", organisation)
    if not 1 <= len(periods) <= MOST_PERIODS:
        raise BadInput(f"一天要有1到{MOST_PERIODS}节课，没有保存。请核对节次时间。")
    last = time.min
    for number, (begins, ends) in enumerate(periods, 1):
        if not last <= begins < ends:
            raise BadInput(
                f"第{number}节的时间不对：要在上一节之后开始，并且先上课后下课。没有保存，请核对。"
            )
        last = ends
    setting, _fresh = LessonSetting.objects.update_or_create(
        organisation=organisation,
        defaults={
            "periods": [[f"{begins:%H:%M}", f"{ends:%H:%M}"] for begins, ends in periods],
            "protected": sorted([list(cell) for cell in protected]),
            "visits_often": visits_often,
        },
    )
    trail.record(by, "lessons.set-up", organisation, at=at)
    return setting
