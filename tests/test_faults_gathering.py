"""Two who tell one person of like things at the same moment make one notice of it.

Threads that really write side by side, on either database; see `test_faults_closing`.
"""

from pathlib import Path

import pytest

from tests.test_faults_closing import ROUNDS, together
from yanxiu.books import actions as books
from yanxiu.books.models import ReadingClub
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.notices.models import Notice
from yanxiu.people.models import Membership, Teacher
from yanxiu.preparation import actions as preparation
from yanxiu.preparation.models import LessonPlan


@pytest.fixture
def db(house: Path) -> Path:
    """Let the cast live in a database that threads can open."""
    return house


def _plan(cast: Cast, li: Teacher) -> LessonPlan:
    facts = {"title": "分数的初步认识", "subject": "数学", "grade": "三年级"}
    drafted = preparation.start(
        cast.school, kind="shared", facts=facts, unit=cast.maths, by=li, at=MORNING,
        texts={"objectives": "能说出平均分。"},
    )  # fmt: skip
    return preparation.offer(drafted, by=li, at=MORNING)


def test_two_words_on_a_plan_at_once_are_one_notice_that_counts_both(cast: Cast) -> None:
    li, wang, zhao = (cast.people[name] for name in ("li", "wang", "zhao"))
    Membership.objects.create(unit=cast.maths, teacher=zhao, starts_on=cast.term.starts_on)
    for _ in range(ROUNDS):
        plan = _plan(cast, li)

        answers = together(
            lambda: preparation.comment(plan, text="太快", by=wang, at=NOON),  # noqa: B023
            lambda: preparation.comment(plan, text="太满", by=zhao, at=NOON),  # noqa: B023
        )

        assert not [one for one in answers if isinstance(one, Exception)]
        told = Notice.objects.filter(teacher=li, source_id=plan.uid)
        assert [one.title for one in told] == ["《分数的初步认识》有 2 条意见待议"]


def test_asking_twice_at_once_for_a_meeting_asks_each_officer_once(cast: Cast) -> None:
    wang, zhou = cast.people["wang"], cast.people["zhou"]
    for number in range(ROUNDS):
        club = books.found_club(cast.school, name=f"读书会{number}", by=wang, at=NOON)
        seen = [ReadingClub.objects.get(pk=club.pk) for _ in range(2)]

        answers = together(
            *(lambda one=one: books.ask_for_meeting(one, wish="", by=wang, at=NOON) for one in seen)
        )

        assert not [one for one in answers if isinstance(one, Exception)]
        assert Notice.objects.filter(teacher=zhou, source_id=club.uid).count() == 1
