"""Scheduling is shown before it is written, and can be undone as a whole while nothing happened."""

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from yanxiu.activities import actions
from yanxiu.activities.models import Activity, OfflineTap, SchedulingBatch, Session
from yanxiu.activities.refusals import BatchInUse, BatchUndone
from yanxiu.agenda.models import Occasion
from yanxiu.cast import MORNING, Cast, LogIn, Statements
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.kernel.spans import day_of
from yanxiu.kernel.uids import new_uid
from yanxiu.people import actions as people
from yanxiu.people.models import Membership, Teacher
from yanxiu.planning import actions as planning
from yanxiu.planning.models import Plan, Rhythm
from yanxiu.terms import actions as terms


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def plan(cast: Cast, zhou: Teacher) -> Plan:
    plan = planning.start_plan(cast.school, cast.term, "计划", by=zhou, at=MORNING)
    planning.add_rhythm(
        plan, unit=cast.maths, weekday=4, half_day=Rhythm.HalfDay.AFTERNOON, by=zhou, at=MORNING
    )
    return planning.confirm_plan(plan, by=zhou, at=MORNING)


@pytest.fixture
def holiday(cast: Cast) -> None:
    terms.set_day_off(
        cast.school, name="国庆", starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 8),
        by=None, at=MORNING,
    )  # fmt: skip


def shown(client: object, plan: Plan, since: str = "term") -> str:
    address = reverse("activities:preview", args=[plan.uid])
    return str(client.get(address, {"since": since}).content.decode())  # type: ignore[attr-defined]


def test_it_shows_every_day_and_writes_nothing(
    plan: Plan, holiday: None, zhou: Teacher, log_in: LogIn
) -> None:
    text = shown(log_in(zhou), plan)

    assert "将排 <strong>20</strong> 场" in text
    assert "<time>9月3日（周四）</time>" in text
    assert '<time>10月1日（周四）</time><span class="soft">国庆</span>' in text
    assert not Session.objects.exists()


def test_from_today_leaves_out_what_is_past(plan: Plan, zhou: Teacher, log_in: LogIn) -> None:
    client = log_in(zhou)

    assert "已经过去，不排" in shown(client, plan, "today")
    client.post(reverse("activities:schedule", args=[plan.uid]), {"since": "today"})

    assert {day_of(row.starts_at) >= date(2026, 10, 15) for row in Session.objects.all()} == {True}


def test_it_says_who_is_expected_elsewhere(
    plan: Plan, cast: Cast, zhou: Teacher, wang: Teacher, log_in: LogIn
) -> None:
    people.join_unit(cast.chinese, wang, starts_on=date(2020, 9, 1), by=None, at=MORNING)
    plan.rhythms.create(
        plan=plan, unit=cast.chinese, name="语文", weekday=4, starts_at=time(15), half_day=""
    )

    text = shown(log_in(zhou), plan)

    assert "14:30—15:50 “数学教研组教研活动”，王老师也要参加" in text


def test_every_other_week_counts_from_the_term_even_from_today(plan: Plan, zhou: Teacher) -> None:
    plan.rhythms.update(every_weeks=2)
    whole = set(_days(actions.schedule_rhythms(plan, by=zhou, at=MORNING)))
    actions.undo_schedule(SchedulingBatch.objects.get(), by=zhou, at=MORNING)

    later = _days(actions.schedule_rhythms(plan, by=zhou, at=MORNING, since=date(2026, 10, 14)))

    assert set(later) == {day for day in whole if day >= date(2026, 10, 14)}


def _days(sessions: list[Session]) -> list[date]:
    return [day_of(session.starts_at) for session in sessions]


def test_a_batch_is_undone_as_a_whole(plan: Plan, zhou: Teacher, log_in: LogIn) -> None:
    actions.schedule_rhythms(plan, by=zhou, at=MORNING)
    batch = SchedulingBatch.objects.get()

    answer = log_in(zhou).post(reverse("activities:undo", args=[batch.uid]), follow=True)

    assert "已撤销这一批" in answer.content.decode()
    assert (Session.objects.count(), Occasion.objects.count(), Activity.objects.count()) == (0,) * 3
    with pytest.raises(BatchUndone, match="周主任"):
        actions.undo_schedule(batch, by=zhou, at=MORNING)
    assert len(actions.schedule_rhythms(plan, by=zhou, at=MORNING)) == 21


@pytest.mark.parametrize("deed", ["sign_in", "move", "cancel", "agenda", "part", "tap"])
def test_it_stays_once_anything_happened(
    plan: Plan, zhou: Teacher, li: Teacher, wang: Teacher, deed: str
) -> None:
    first = actions.schedule_rhythms(plan, by=zhou, at=MORNING)[0]
    later = first.starts_at + timedelta(hours=1)
    deeds: dict[str, Callable[[], object]] = {
        "sign_in": lambda: actions.call_roll(first, {wang: "present"}, by=li, at=MORNING),
        "move": lambda: actions.move_session(
            first, starts_at=later, ends_at=later + timedelta(hours=1), by=li, at=MORNING
        ),
        "cancel": lambda: actions.cancel_session(first, because="运动会", by=li, at=MORNING),
        "agenda": lambda: actions.set_agenda(first, [actions.Point("读题")], by=li, at=MORNING),
        "part": lambda: actions.give_part(first, wang, "recorder", by=li, at=MORNING),
        "tap": lambda: OfflineTap.objects.create(
            session=first,
            name="不在册",
            device=new_uid(),
            order=1,
            claimed_ms=0,
            tapped_at=MORNING,
            received_at=MORNING,
            by_uid=li.uid,
            by_name=li.name,
        ),
    }
    deeds[deed]()

    with pytest.raises(BatchInUse, match=first.title):
        actions.undo_schedule(SchedulingBatch.objects.get(), by=zhou, at=MORNING)
    assert Session.objects.count() == 21


def test_a_leader_cannot_undo_it(plan: Plan, zhou: Teacher, li: Teacher) -> None:
    actions.schedule_rhythms(plan, by=zhou, at=MORNING)

    with pytest.raises(NotAllowed):
        actions.undo_schedule(SchedulingBatch.objects.get(), by=li, at=MORNING)


def more_groups(plan: Plan, cast: Cast, count: int) -> None:
    for number in range(count):
        unit = people.add_unit(
            cast.school, f"第{number}备课组", cast.maths.kind, by=None, at=MORNING
        )
        people.join_unit(
            unit, cast.people["li"], starts_on=date(2020, 9, 1), by=None, at=MORNING,
            duty=Membership.Duty.LEADER,
        )  # fmt: skip
        plan.rhythms.create(plan=plan, unit=unit, name=unit.name, weekday=number % 5 + 1)


def test_more_groups_cost_no_more_questions(plan: Plan, cast: Cast, zhou: Teacher) -> None:
    counted = []
    for count, name in ((1, "甲"), (12, "乙")):
        for number in range(count):
            unit = people.add_unit(
                cast.school, f"{name}{number}组", cast.maths.kind, by=None, at=MORNING
            )
            plan.rhythms.create(plan=plan, unit=unit, name="组", weekday=number % 5 + 1)
        with Statements() as seen:
            actions.schedule_rhythms(plan, by=zhou, at=MORNING)
        counted.append([sql for sql in seen.sql if not sql.startswith("INSERT")])

    # Rows are written some fifty at a time; nothing is asked group by group.
    assert len(counted[1]) == len(counted[0])


def test_the_preview_asks_little_however_many_groups(
    plan: Plan,
    cast: Cast,
    zhou: Teacher,
    log_in: LogIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    more_groups(plan, cast, 20)
    client = log_in(zhou)
    shown(client, plan)

    with django_assert_max_num_queries(16):
        shown(client, plan)
