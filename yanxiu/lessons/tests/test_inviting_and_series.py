"""Persons, groups, schools and researchers are asked to come; series end with a summary."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest

from yanxiu.agenda.models import Attendee
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.lessons import actions
from yanxiu.lessons.models import Lesson
from yanxiu.lessons.permissions import may_see_lesson
from yanxiu.lessons.refusals import KindTaken, WrongState
from yanxiu.notices.models import Notice
from yanxiu.people import actions as people
from yanxiu.people.access import allowed
from yanxiu.people.models import Organisation, Role, Teacher

Arrange = Callable[..., Lesson]


@pytest.fixture
def sun(cast: Cast) -> Teacher:
    """A researcher of the central school above."""
    central = Organisation.objects.get(name="清河中心校")
    found = people.add_teacher(name="孙教研员", by=None, at=MORNING)
    role = Role.objects.get(code="researcher")
    people.give_post(found, central, role, starts_on=date(2020, 9, 1), by=None, at=MORNING)
    return found


def coming(lesson: Lesson) -> set[str]:
    return set(
        Attendee.objects.filter(occasion__source_id=lesson.uid).values_list(
            "teacher__name", flat=True
        )
    )


def test_a_group_is_asked_once_and_has_it_in_the_calendar(
    cast: Cast, lesson: Lesson, li: Teacher, zhao: Teacher
) -> None:
    assert actions.invite(lesson, units=[cast.chinese], by=li, at=MORNING) == 1
    assert actions.invite(lesson, units=[cast.chinese], by=li, at=MORNING) == 0

    assert coming(lesson) == {"王老师", "赵老师"}
    assert Notice.objects.filter(teacher=zhao).count() == 1


def test_taking_an_invitation_back_leaves_those_who_said_to_come(
    cast: Cast, lesson: Lesson, li: Teacher, zhao: Teacher, zhou: Teacher
) -> None:
    actions.invite(lesson, teachers=[zhou, zhao], by=li, at=MORNING)
    actions.answer(lesson, coming=True, by=zhao, at=MORNING)

    for invitation in list(lesson.invitations.all()):
        actions.withdraw_invitation(invitation, by=li, at=MORNING)

    assert coming(lesson) == {"王老师", "赵老师"}


def test_another_school_sees_the_lesson_and_its_office_is_told(
    cast: Cast, lesson: Lesson, li: Teacher, qian: Teacher
) -> None:
    actions.invite(lesson, organisations=[cast.other_school], by=li, at=MORNING)

    assert allowed(may_see_lesson, qian, Lesson.objects.all()).get() == lesson
    assert Notice.objects.filter(teacher=qian).exists()


def test_to_a_surprise_only_persons_are_asked_and_never_its_teacher(
    cast: Cast, arrange: Arrange, zhou: Teacher, wang: Teacher, li: Teacher
) -> None:
    lesson = arrange(wang, zhou, "push_door_lesson")
    with pytest.raises(BadInput):
        actions.invite(lesson, units=[cast.maths], by=zhou, at=MORNING)

    actions.invite(lesson, teachers=[wang, li], by=zhou, at=MORNING)

    assert coming(lesson) == {"李组长"}
    assert not Notice.objects.filter(teacher=wang).exists()


def test_a_researcher_is_asked_for_and_noted(
    cast: Cast, lesson: Lesson, zhou: Teacher, wang: Teacher, sun: Teacher
) -> None:
    with pytest.raises(NotAllowed):
        actions.request_researcher(lesson, by=wang, at=MORNING)
    actions.request_researcher(lesson, by=zhou, at=MORNING)
    assert Notice.objects.get(teacher=sun).title == "清河小学请教研员听课：分数的初步认识"

    actions.note_researcher(lesson, came=True, name="孙教研员", by=zhou, at=NOON)
    assert Lesson.objects.get().researcher == "孙教研员"


def test_without_anybody_above_the_office_is_told_what_to_do(lesson: Lesson, zhou: Teacher) -> None:
    with pytest.raises(BadInput, match="还没有教研员"):
        actions.request_researcher(lesson, by=zhou, at=MORNING)


def test_a_festival_has_its_programme_and_ends_with_a_summary(
    cast: Cast, arrange: Arrange, zhou: Teacher, wang: Teacher, zhao: Teacher, li: Teacher
) -> None:
    with pytest.raises(NotAllowed):
        actions.start_series(
            cast.school, kind="festival", title="教学节", starts_on=date(2026, 10, 12), by=li,
            at=MORNING,
        )  # fmt: skip
    series = actions.start_series(
        cast.school, kind="festival", title="教学节", starts_on=date(2026, 10, 12), by=zhou,
        at=MORNING,
    )  # fmt: skip
    for teacher, hour in ((wang, 8), (zhao, 9)):
        arrange(
            teacher, zhou, "display_lesson", begins=time(hour), ends=time(hour, 40), series=series
        )

    actions.sum_up_series(series, summary="多留时间给学生问", ended=True, by=zhou, at=NOON)

    series.refresh_from_db()
    assert (series.lessons.count(), series.summary) == (2, "多留时间给学生问")
    assert series.ended_at == NOON


def test_trials_are_counted_and_a_given_one_stays_where_it_is(
    cast: Cast, arrange: Arrange, wang: Teacher
) -> None:
    series = actions.start_series(
        cast.school, unit=cast.maths, kind="polishing", title="磨课", starts_on=date(2026, 10, 1),
        by=wang, at=MORNING,
    )  # fmt: skip
    first = arrange(wang, wang, "trial_lesson", on=date(2026, 10, 13), series=series)
    second = arrange(wang, wang, "trial_lesson", on=date(2026, 10, 14))
    actions.put_into_series(second, series, by=wang, at=MORNING)
    actions.give(first, by=wang, at=NOON)

    assert Lesson.objects.get(pk=second.pk).number == 2
    with pytest.raises(WrongState):
        actions.put_into_series(first, None, by=wang, at=NOON + timedelta(days=1))


def test_a_kind_of_the_school_has_its_own_name_and_can_rest(cast: Cast, zhou: Teacher) -> None:
    with pytest.raises(KindTaken):
        actions.add_kind(cast.school, name="公开课", record_kind="", by=zhou, at=MORNING)

    kind = actions.add_kind(
        cast.school, name="晨间课", record_kind="", rule="听完当天聊五分钟", by=zhou, at=MORNING
    )
    assert actions.retire_kind(kind, on=date(2026, 10, 15), by=zhou, at=MORNING).retired_on
