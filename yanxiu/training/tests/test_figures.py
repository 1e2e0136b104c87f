"""The figures of training count what they say, and open to the rows behind them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from yanxiu.activities.actions.experts import add_expert, invite_expert, note_visit
from yanxiu.activities.actions.tagging import tag_session
from yanxiu.activities.models import ExpertKind, Tag
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.figures.table import Scope, figure
from yanxiu.kernel.spans import Span
from yanxiu.ledger.models import Record
from yanxiu.people.models import Membership, Teacher
from yanxiu.training import actions
from yanxiu.training.models import OutsideTraining
from yanxiu.training.tests.conftest import Hold


@pytest.fixture
def scope(cast: Cast) -> Scope:
    span = Span(date(2026, 9, 1), date(2027, 1, 23))
    return Scope(cast.school.pk, cast.school.path, span)


def value(code: str, scope: Scope) -> Decimal:
    return figure(f"training.{code}").value(scope)


def test_visits_of_outside_experts_are_counted_once_the_session_is_held(
    cast: Cast, hold: Hold, zhou: Teacher, wang: Teacher, scope: Scope
) -> None:
    kinds = {kind.code: kind for kind in ExpertKind.objects.all()}
    outside = add_expert(
        cast.school, kind=kinds["college_instructor"], name="唐老师", by=zhou, at=MORNING
    )
    own = add_expert(cast.school, kind=kinds["leader"], teacher=wang, by=zhou, at=MORNING)
    first, second = hold(wang), hold(wang)
    for expert, session, role in ((outside, first, "lecture"), (outside, second, "guidance"),
                                  (own, first, "lecture")):  # fmt: skip
        invite_expert(session, expert, role=role, by=zhou, at=NOON)

    assert value("expert_visits", scope) == 2
    assert value("expert_trainings", scope) == 1
    assert value("expert_hours", scope) == 3
    assert value("experts_invited", scope) == 1

    note_visit(outside.visits.get(session=second), came=False, by=zhou, at=NOON)
    assert value("expert_visits", scope) == 1


def test_a_group_counts_the_training_of_those_who_were_in_it_that_day(
    cast: Cast, reported: OutsideTraining, scope: Scope
) -> None:
    of_group = replace(scope, unit=cast.maths.pk)
    begins = reported.course.starts_on
    assert value("outside_trainings", of_group) == 1

    Membership.objects.filter(unit=cast.maths).update(ends_on=begins)

    assert value("outside_trainings", of_group) == 0
    assert value("outside_trainings", scope) == 1


def test_outside_training_is_counted_by_times_people_and_hours(
    cast: Cast, reported: OutsideTraining, zhou: Teacher, scope: Scope
) -> None:
    assert value("outside_trainings", scope) == 1
    assert value("outside_hours", scope) == 0

    actions.recognise(reported, hours=Decimal(8), because="半天", by=zhou, at=NOON)

    assert value("people_outside", scope) == 1
    assert value("outside_hours", scope) == 8

    Record.objects.filter(source_id=reported.uid).update(recognised=Decimal(6))
    assert value("outside_hours", scope) == 6, "a later correction counts"


def test_a_session_with_two_tags_is_one_session(
    hold: Hold, zhou: Teacher, scope: Scope, ethics: Tag, homework: Tag
) -> None:
    tag_session(hold(), [ethics, homework], by=zhou, at=NOON)
    hold()

    assert value("tagged_sessions", scope) == 1


@pytest.mark.parametrize(
    "code",
    ["expert_visits", "expert_trainings", "expert_hours", "experts_invited", "inside_lectures",
     "outside_trainings", "people_outside", "outside_hours", "self_studies", "self_study_hours",
     "tagged_sessions", "make_up_sessions"],
)  # fmt: skip
def test_every_figure_opens_and_is_narrowed_to_a_unit_and_a_person(
    cast: Cast, reported: OutsideTraining, zhou: Teacher, wang: Teacher, scope: Scope, code: str
) -> None:
    found = figure(f"training.{code}")
    narrow = Scope(scope.organisation, scope.path, scope.span, cast.maths.pk, wang.pk)

    for row in found.opened(found.rows(scope).filter(found.seen_by(zhou))):
        assert len(found.cells(row)) == len(found.columns)
    assert found.value(narrow) <= found.value(scope)
