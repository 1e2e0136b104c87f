"""Series of trainings: setting one up, and its parts."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from yanxiu.agenda import actions as agenda
from yanxiu.agenda.models import Task
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Organisation, Teacher
from yanxiu.training.models import SelfStudy, SeriesPart, TrainingSeries
from yanxiu.training.permissions import may_manage_series
from yanxiu.training.queries.audiences import people_of

HAND_IN = "hand_in_study"
"""The task of everybody in a series to hand in the note of a part of self-study."""

TARGETS = {
    SeriesPart.Kind.ACTIVITY: "activity",
    SeriesPart.Kind.TAG: "tag",
    SeriesPart.Kind.ITEM: "item",
    SeriesPart.Kind.COURSE: "course",
    SeriesPart.Kind.SKILL: "skill",
}
"""In which column a part of each kind keeps what it is done in."""


@transaction.atomic
def start_series(
    organisation: Organisation,
    *,
    name: str,
    audience: str,
    starts_on: date,
    last_on: date,
    organiser: str = "",
    purpose: str = "",
    by: Teacher,
    at: datetime,
) -> TrainingSeries:
    """Set up a series of trainings for `audience`; its parts are added afterwards.

    Raises:
        NotAllowed: `by` does not manage the sessions of `organisation`.
        BadInput: no name, days that cannot be meant, or it is there already.
    """
    require_right(by, "manage_sessions", organisation)
    name = name.strip()
    if not name or last_on < starts_on:
        raise BadInput("请写名称，并使结束日期不早于开始日期。没有保存。")
    if TrainingSeries.objects.filter(
        organisation=organisation, name=name, starts_on=starts_on
    ).exists():
        raise BadInput(f"“{name}”已经建过了，没有重复建立。请打开原来的那一个。")
    series = TrainingSeries.objects.create(
        organisation=organisation,
        name=name,
        audience=audience,
        organiser=organiser.strip(),
        purpose=purpose.strip(),
        starts_on=starts_on,
        last_on=last_on,
        made_at=at,
        made_by_uid=by.uid,
    )
    trail.record(by, "training.series-started", series, at=at, detail={"name": name})
    return series


@transaction.atomic
def add_part(
    series: TrainingSeries,
    *,
    kind: str,
    title: str = "",
    target: Any = None,
    due_on: date | None = None,
    by: Teacher,
    at: datetime,
) -> SeriesPart:
    """Add a part; everybody of the series owes a part of self-study until it is handed in.

    Args:
        series: to which.
        kind: how the part is done.
        title: what it is called; the name of `target` if nothing is said.
        target: the activity, tag, plan item, course or skill check it is done in.
        due_on: until when.
        by: who adds it.
        at: when, aware.

    Raises:
        NotAllowed: `by` does not manage the series.
        BadInput: neither a title nor something to do it in.
    """
    require(may_manage_series, by, series)
    column = TARGETS.get(SeriesPart.Kind(kind))
    title = title.strip() or (str(target) if target else "")
    if (column and target is None) or not title:
        raise BadInput("请选这一项在哪里完成；自学和作业要写清做什么。没有添加。")
    last = series.parts.aggregate(last=Max("order"))["last"]
    part = SeriesPart.objects.create(
        series=series,
        kind=kind,
        title=title[:120],
        due_on=due_on,
        order=(last or 0) + 1,
        **({column: target} if column else {}),
    )
    if kind == SeriesPart.Kind.SELF_STUDY:
        _owe(series, part, people_of(series.organisation, series.audience, day_of(at)), at)
    trail.record(by, "training.part-added", series, at=at, detail={"title": title})
    return part


def _owe(series: TrainingSeries, part: SeriesPart, people: Iterable[Teacher], at: datetime) -> None:
    agenda.assign_task(
        source_of(part),
        people,
        kind=HAND_IN,
        title=f"{series.name}：{part.title}"[:120],
        due_on=part.due_on or series.last_on,
        organisation=series.organisation,
        at=at,
    )


@transaction.atomic
def remove_part(part: SeriesPart, *, by: Teacher, at: datetime) -> None:
    """Take a part out of its series; what was done for it stays where it was done.

    Raises:
        NotAllowed: `by` does not manage the series.
        BadInput: notes were handed in for it.
    """
    require(may_manage_series, by, part.series)
    if SelfStudy.objects.filter(part=part).exists():
        raise BadInput("已经有人为这一项交了记录，没有去掉。可以把期限改后，或另加一项。")
    agenda.finish_tasks(source_of(part), kind=HAND_IN, at=at, state=Task.State.DROPPED)
    trail.record(by, "training.part-removed", part.series, at=at, detail={"title": part.title})
    part.delete()
