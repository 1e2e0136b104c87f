"""The agenda tells each person what is on and what is owed, and nothing of others."""

from datetime import date, timedelta
from typing import Any

import pytest

from yanxiu.agenda import actions, queries
from yanxiu.agenda.models import Occasion, Task
from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.sources import Source, source_of
from yanxiu.kernel.spans import Span
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Teacher, Unit

WEEK = Span(date(2026, 10, 12), date(2026, 10, 19))


def occasion(cast: Cast, unit: Unit | None) -> Source:
    source = Source("activities.session", new_uid())
    actions.plan_occasions(
        [
            Occasion(
                organisation=cast.school,
                unit=unit,
                title="研讨",
                starts_at=MORNING,
                ends_at=MORNING + timedelta(hours=1),
                source_kind=source.kind,
                source_id=source.uid,
            )
        ]
    )
    return source


def titles(teacher: Teacher) -> int:
    return queries.occasions_of(teacher, WEEK).count()


def test_a_unit_meets_and_only_its_members_see_it(cast: Cast, wang: Teacher, zhao: Teacher) -> None:
    occasion(cast, cast.maths)
    assert (titles(wang), titles(zhao)) == (1, 0)


def test_the_whole_school_meets_without_the_next_school(
    cast: Cast, zhao: Teacher, qian: Teacher
) -> None:
    occasion(cast, None)
    assert (titles(zhao), titles(qian)) == (1, 0)


def test_the_invited_see_it_too(cast: Cast, qian: Teacher) -> None:
    actions.invite(occasion(cast, cast.maths), [qian])
    assert titles(qian) == 1


def test_what_is_called_off_is_gone(cast: Cast, wang: Teacher) -> None:
    actions.end_occasion(occasion(cast, cast.maths), Occasion.State.CANCELLED)
    assert titles(wang) == 0


def test_a_task_is_owed_once_and_done_for_all(cast: Cast, li: Teacher, wang: Teacher) -> None:
    source = source_of(cast.maths)
    for _time in range(2):
        actions.assign_task(
            source,
            [li, wang],
            kind="write",
            title="写",
            due_on=None,
            organisation=cast.school,
            at=MORNING,
        )
    assert Task.objects.count() == 2

    actions.finish_tasks(source, kind="write", at=MORNING)

    assert not queries.open_tasks(li).exists()
    assert not queries.open_tasks(wang).exists()


@pytest.mark.parametrize(("due", "days"), [(date(2026, 10, 12), 3), (date(2026, 10, 20), 0)])
def test_overdue_is_counted_in_days(cast: Cast, due: date, days: int) -> None:
    assert queries.overdue_days(Task(due_on=due), date(2026, 10, 15)) == days


def test_a_room_is_taken_once(cast: Cast) -> None:
    source = occasion(cast, None)
    Occasion.objects.filter(source_id=source.uid).update(place="报告厅")
    end = MORNING + timedelta(minutes=30)

    assert queries.clashes(MORNING, end, "报告厅", organisation=cast.school.pk).count() == 1
    assert not queries.clashes(
        MORNING, end, "报告厅", organisation=cast.school.pk, leave_out=source.uid
    ).exists()


def test_who_is_asked_again_owes_it_and_nobody_else_does(
    cast: Cast, li: Teacher, wang: Teacher, zhao: Teacher
) -> None:
    source, due = source_of(cast.maths), date(2026, 10, 20)
    same: Any = {"kind": "write", "title": "写", "organisation": cast.school, "at": MORNING}
    actions.assign_task(source, [li, wang], due_on=None, **same)
    actions.finish_tasks(source, kind="write", at=MORNING)

    actions.ask_again(source, [li, zhao], due_on=due, **same)
    left = actions.ask_no_others(source, [zhao], kind="write", at=MORNING)

    assert left == {zhao.pk}
    assert [queries.open_tasks(one).count() for one in (li, wang, zhao)] == [0, 0, 1]
    assert queries.open_tasks(zhao).get().due_on == due
