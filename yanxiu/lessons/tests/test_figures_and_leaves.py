"""Figures and leaves of lessons tell what was given, and nothing that is still hidden."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from yanxiu.cast import NOON, Cast
from yanxiu.figures.table import Scope, all_figures, figure
from yanxiu.kernel.spans import Span
from yanxiu.lessons import actions
from yanxiu.lessons.leaves import LEAVES
from yanxiu.lessons.models import Lesson
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher

Arrange = Callable[..., Lesson]
TERM = Span(date(2026, 9, 1), date(2027, 1, 23))


@pytest.fixture
def scope(cast: Cast) -> Scope:
    return Scope(cast.school.pk, cast.school.path, TERM)


def value(code: str, scope: Scope) -> Decimal:
    return figure(f"lessons.{code}").value(scope)


def test_only_what_was_confirmed_counts(
    scope: Scope, lesson: Lesson, li: Teacher, zhao: Teacher
) -> None:
    assert value("open_lesson", scope) == value("given_open", scope) == 0

    actions.give(lesson, by=li, at=NOON)
    assert value("open_lesson", scope) == value("given_open", scope) == 1
    assert value("recorded", scope) == 0

    actions.note_listener(lesson, zhao, at=NOON)
    assert value("recorded", scope) == value("presenters", scope) == 1


def test_group_level_and_school_level_are_told_apart(
    scope: Scope, arrange: Arrange, wang: Teacher, li: Teacher
) -> None:
    actions.give(arrange(wang, li, "seminar_lesson", level="group"), by=li, at=NOON)

    assert value("of_group", scope) == 1
    assert value("shown_by_school", scope) == 0


def test_a_lesson_of_a_leader_counts_as_such(scope: Scope, arrange: Arrange, shen: Teacher) -> None:
    actions.give(arrange(shen, shen), by=shen, at=NOON)

    assert value("by_leaders", scope) == 1


def test_each_number_is_that_of_the_rows_it_opens_to(
    scope: Scope, lesson: Lesson, li: Teacher, shen: Teacher
) -> None:
    actions.give(lesson, by=li, at=NOON)
    for code, one in all_figures().items():
        if code.startswith("lessons."):
            rows = allowed(one.seen_by, shen, one.opened(one.rows(scope)))
            assert len({tuple(cell.text for cell in one.cells(row)) for row in rows}) == one.value(
                scope
            )


def test_a_surprise_is_in_nobodys_leaves_before_it_was_given(
    arrange: Arrange, zhou: Teacher, wang: Teacher
) -> None:
    lesson = arrange(wang, zhou, "push_door_lesson")
    kind = LEAVES[0]
    assert not kind.rows(TERM).exists()

    actions.give(lesson, by=zhou, at=NOON)

    leaf = next(iter(kind.tell(list(allowed(kind.seen_by, wang, kind.rows(TERM))))))
    assert (leaf.title, leaf.part) == ("分数的初步认识", "上课")
