"""Two taps, or two observers, at the same moment: one lesson, one observation, one account.

Threads that really write side by side, on either database; see `test_faults_closing`.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.test_faults_closing import together
from yanxiu.cast import Cast
from yanxiu.lessons import actions as lessons
from yanxiu.lessons.models import Lesson
from yanxiu.observation import actions
from yanxiu.observation.models import LessonAccount, Observation
from yanxiu.observation.tests.conftest import BEGINS, ENDS, arrange

ROUNDS = 12


@pytest.fixture
def db(house: Path) -> Path:
    """Let the cast live in a database that threads can open."""
    return house


def _on(day: int, cast: Cast) -> Lesson:
    """Arrange the lesson of 王老师 so many days later."""
    later = timedelta(days=day)
    return arrange(
        cast, cast.people["wang"], cast.people["li"],
        starts_at=BEGINS + later, ends_at=ENDS + later,
    )  # fmt: skip


def test_who_taps_twice_begins_once(cast: Cast) -> None:
    li = cast.people["li"]
    lessons.lay_ground()
    for day in range(ROUNDS):
        lesson = _on(day, cast)

        begun = together(*[lambda one=lesson: actions.start(one, by=li, at=BEGINS)] * 2)

        assert begun == [Observation.objects.get(lesson=lesson)] * 2


def test_two_who_walk_in_at_the_same_moment_hear_one_lesson(cast: Cast) -> None:
    li, zhou, wang = (cast.people[name] for name in ("li", "zhou", "wang"))
    lessons.lay_ground()
    for day in range(ROUNDS):
        starts_at = BEGINS + timedelta(days=day)
        together(
            *(
                lambda by=by, begin=starts_at: actions.start_on_the_spot(
                    cast.school, teacher=wang, starts_at=begin,
                    ends_at=begin + timedelta(minutes=40), by=by, at=begin,
                    subject="数学", title="分数",
                )
                for by in (li, zhou)
            )
        )  # fmt: skip

        assert Lesson.objects.filter(starts_at=starts_at).count() == 1
        assert Observation.objects.filter(lesson__starts_at=starts_at).count() == 2


def test_an_account_saved_twice_at_once_stands_once(cast: Cast) -> None:
    wang = cast.people["wang"]
    lessons.lay_ground()
    for day in range(1, ROUNDS + 1):
        lesson = lessons.give(_on(-day, cast), by=wang, at=ENDS)

        answers = together(
            *[
                lambda one=lesson: actions.save_account(
                    one, texts={"goals": "会比大小"}, edition=0, by=wang, at=ENDS
                )
            ]
            * 2
        )

        assert answers == [LessonAccount.objects.get(lesson=lesson)] * 2
