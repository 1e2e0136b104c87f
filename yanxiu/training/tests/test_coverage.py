"""Target people ÷ trained ones; a make-up session expects exactly those who are missing."""

from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from yanxiu.activities import actions as activities
from yanxiu.activities.actions.tagging import tag_session
from yanxiu.activities.models import Attendance, Tag
from yanxiu.activities.queries import expected_teachers
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.kernel.spans import moment_at
from yanxiu.people import actions as people
from yanxiu.people.models import Role, Teacher, Unit
from yanxiu.planning import actions as planning
from yanxiu.training import actions
from yanxiu.training.models import OutsideTraining
from yanxiu.training.queries.audiences import ALL, choices, people_of
from yanxiu.training.queries.coverage import Coverage, Line, coverage, progress
from yanxiu.training.queries.topics import Topic
from yanxiu.training.refusals import NobodyMissing
from yanxiu.training.tests.conftest import Hold

DAY = date(2026, 10, 15)
SLOT: dict[str, Any] = {
    "starts_at": moment_at(date(2026, 10, 20), time(14)),
    "ends_at": moment_at(date(2026, 10, 20), time(15)),
}


def names(lines: Iterable[Line]) -> list[str]:
    return [line.teacher.name for line in lines]


def trained(found: Coverage) -> set[str]:
    """Who is, but for 周主任, who hosts every session here."""
    return {line.teacher.name for line in found.lines if line.state == "done"} - {"周主任"}


def test_the_list_names_who_was_not_there(
    cast: Cast, hold: Hold, wang: Teacher, li: Teacher
) -> None:
    held = hold(wang, li)

    found = coverage(Topic("activity", held.activity), cast.school, "role:teacher", DAY)

    # 周主任 hosted it, and was there.
    assert found.target == found.done + len(found.missing) == 6
    assert names(found.missing) == ["关管理", "沈校长", "赵老师"]


@pytest.mark.parametrize(
    ("audience", "expected"),
    [("leaders", ["李组长", "赵老师"]), ("subject:数学", ["李组长", "王老师"]),
     ("role:principal", ["沈校长"]), ("title:班主任", ["王老师"]), ("nonsense:1", [])],
)  # fmt: skip
def test_an_audience_is_all_a_role_a_title_or_a_subject(
    cast: Cast, wang: Teacher, audience: str, expected: list[str]
) -> None:
    wang.posts.update(title="班主任")

    found = people_of(cast.school, audience, DAY)

    assert [teacher.name for teacher in found] == expected


def test_a_form_offers_the_audiences_of_the_school(cast: Cast, wang: Teacher) -> None:
    wang.posts.update(title="班主任")

    offered = [name for _code, name in choices(cast.school, DAY)]

    assert {"全体教师", "班主任", "数学教师", "数学教研组"} <= set(offered)


def test_a_tag_covers_whatever_session_carries_it_or_one_below_it(
    cast: Cast, hold: Hold, zhou: Teacher, wang: Teacher, li: Teacher
) -> None:
    technology = Tag.objects.get(code="technology")
    tag_session(hold(wang), [Tag.objects.get(name="微课设计与制作")], by=zhou, at=NOON)
    hold(li, title="没有标签的一场")

    found = coverage(Topic("tag", technology), cast.school, ALL, DAY)

    assert trained(found) == {"王老师"}


def test_a_make_up_session_expects_exactly_the_missing_and_its_host(
    cast: Cast, hold: Hold, zhou: Teacher, wang: Teacher, li: Teacher
) -> None:
    held = hold(wang, li)
    found = coverage(Topic("activity", held.activity), cast.school, ALL, DAY)

    session = actions.plan_make_up(
        cast.school, found, title="补训：新常规", by=zhou, at=MORNING, **SLOT
    )

    due = [teacher.name for teacher in expected_teachers(session)]
    assert due == ["关管理", "沈校长", "赵老师", "周主任"], "周主任 hosts"
    assert not Unit.objects.filter(ends_on=None, name__startswith="补训").exists()


def test_who_comes_to_the_make_up_session_counts_as_trained(
    cast: Cast, hold: Hold, zhou: Teacher, wang: Teacher, zhao: Teacher
) -> None:
    topic = Topic("activity", hold(wang).activity)
    found = coverage(topic, cast.school, ALL, DAY)
    session = actions.plan_make_up(cast.school, found, title="补训", by=zhou, at=MORNING, **SLOT)
    Attendance.objects.create(
        session=session, teacher=zhao, state="present", method="roll_call", at=NOON
    )
    activities.close_session(session, by=zhou, at=moment_at(date(2026, 10, 20), time(16)))

    again = coverage(topic, cast.school, ALL, DAY)

    assert trained(again) == {"王老师", "赵老师"}


def test_a_make_up_session_keeps_the_tags_and_the_plan_item(
    cast: Cast, zhou: Teacher, ethics: Tag
) -> None:
    plan = planning.start_plan(cast.school, cast.term, "计划", by=zhou, at=MORNING)
    item = planning.add_item(plan, text="新常规全体培训", month=10, by=zhou, at=MORNING)
    planning.confirm_plan(plan, by=zhou, at=MORNING)

    by_item = coverage(Topic("item", item), cast.school, "leaders", DAY)
    session = actions.plan_make_up(cast.school, by_item, title="甲", by=zhou, at=MORNING, **SLOT)
    by_tag = coverage(Topic("tag", ethics), cast.school, "leaders", DAY)
    other = actions.plan_make_up(cast.school, by_tag, title="乙", by=zhou, at=MORNING, **SLOT)

    assert session.activity.plan_item == item
    assert other.activity.taggings.get().tag == ethics


def test_a_leader_makes_up_for_the_own_group_alone(
    cast: Cast, hold: Hold, li: Teacher, shen: Teacher
) -> None:
    topic = Topic("activity", hold(shen).activity)
    own = coverage(topic, cast.school, f"unit:{cast.maths.uid}", DAY)
    everybody = coverage(topic, cast.school, ALL, DAY)

    session = actions.plan_make_up(cast.school, own, title="组内补训", by=li, at=MORNING, **SLOT)

    assert {one.name for one in expected_teachers(session)} == {"李组长", "王老师"}
    with pytest.raises(NotAllowed):
        actions.plan_make_up(cast.school, everybody, title="全校", by=li, at=MORNING, **SLOT)


def test_there_is_no_make_up_session_for_nobody(
    cast: Cast, hold: Hold, zhou: Teacher, shen: Teacher
) -> None:
    found = coverage(Topic("activity", hold(shen).activity), cast.school, "role:principal", DAY)

    with pytest.raises(NobodyMissing):
        actions.plan_make_up(cast.school, found, title="无人", by=zhou, at=MORNING, **SLOT)


def test_a_series_of_sessions_is_complete_after_all_of_them(
    cast: Cast, hold: Hold, wang: Teacher, li: Teacher
) -> None:
    first, second = hold(wang, li), hold(wang)
    second.activity_id, second.number = first.activity_id, 2
    second.save()

    found = coverage(Topic("activity", first.activity), cast.school, ALL, DAY)

    states = {line.teacher.name: (line.state, line.times) for line in found.lines}
    assert (found.needed, states["王老师"], states["李组长"]) == (2, ("done", 2), ("begun", 1))


def test_a_series_is_complete_when_group_instruction_and_self_study_both_are(
    cast: Cast, hold: Hold, zhou: Teacher, wang: Teacher, li: Teacher
) -> None:
    series = actions.start_series(
        cast.school, name="续航工程", audience=f"unit:{cast.maths.uid}",
        starts_on=date(2026, 9, 1), last_on=date(2027, 1, 20), by=zhou, at=MORNING,
    )  # fmt: skip
    lecture = hold(wang, li).activity
    actions.add_part(series, kind="activity", target=lecture, by=zhou, at=MORNING)
    reading = actions.add_part(series, kind="self_study", title="读一本书", by=zhou, at=MORNING)
    note = actions.send_study(
        cast.school, title="读书", note="要点", happened_on=DAY, minutes=60, part=reading,
        by=wang, at=NOON,
    )  # fmt: skip
    actions.accept_study(note, by=zhou, at=NOON)

    found = progress(series, DAY)

    assert {one.teacher.name: list(one.states) for one in found.people} == {
        "李组长": ["done", "open"], "王老师": ["done", "done"],
    }  # fmt: skip
    assert found.complete == 1


def test_a_course_is_covered_by_those_who_reported(cast: Cast, reported: OutsideTraining) -> None:
    found = coverage(Topic("course", reported.course), cast.school, "subject:数学", DAY)

    assert [(line.teacher.name, line.state) for line in found.lines] == [
        ("李组长", "open"), ("王老师", "done"),
    ]  # fmt: skip


def test_the_list_costs_the_same_for_few_and_many(
    cast: Cast, hold: Hold, django_assert_max_num_queries: Any
) -> None:
    held = hold()
    for number in range(30):
        teacher = people.add_teacher(name=f"新{number}", by=None, at=MORNING)
        people.give_post(
            teacher, cast.school, Role.objects.get(code="teacher"),
            starts_on=date(2026, 9, 1), by=None, at=MORNING,
        )  # fmt: skip

    with django_assert_max_num_queries(6):
        found = coverage(Topic("activity", held.activity), cast.school, ALL, DAY)
    assert found.target == 36


def test_a_skill_check_says_who_masters_it_in_percent(
    cast: Cast, zhou: Teacher, wang: Teacher, li: Teacher, zhao: Teacher
) -> None:
    check = actions.start_skill_check(
        cast.school, name="同屏技术", audience=ALL, levels=["未掌握", "会用", "熟练"], passing=2,
        held_on=DAY, by=zhou, at=MORNING,
    )  # fmt: skip
    actions.rate_oneself(check, 3, by=wang, at=MORNING)
    actions.enter_results(
        check, {wang.pk: (2, None), li.pk: (3, Decimal(90)), zhao.pk: (1, None)}, by=zhou, at=NOON
    )

    found = coverage(Topic("skill", check), cast.school, ALL, DAY)

    assert (found.done, found.target) == (2, 6)
    assert check.results.get(teacher=wang).own_level == 3
    with pytest.raises(NotAllowed):
        actions.enter_results(check, {wang.pk: (3, None)}, by=li, at=NOON)
