"""Every figure equals an independent count, at the superior, a school, a group and a teacher."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given, settings

from tests.recount.asking import Question
from tests.recount.building import Builder, Ground, ground
from tests.recount.counts import COUNTS
from tests.recount.papers import NASTY_PAPERS, Papers, build_papers, papers
from tests.recount.school import NASTY, NOW, TERM, TODAY, School, schools
from tests.recount.teaching import TRICKY, Teaching, teachings
from tests.recount.teaching_building import TeachingBuilder, prepare, teach
from yanxiu.cast import MORNING, Cast
from yanxiu.figures.table import Figure, Scope, all_figures
from yanxiu.kernel.spans import Span
from yanxiu.people import actions as people
from yanxiu.people.models import Organisation

NOT_OF_ONE = (
    "people.", "planning.goals", "planning.rhythms", "preparation.requirements",
    "preparation.topics", "training.expert", "training.make_up", "training.tagged",
)  # fmt: skip
"""Figures that nobody asks of one person."""

MANY = settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow,
                           HealthCheck.data_too_large],
)  # fmt: skip
"""Without shrinking: the difference names figure and scope, and the search would take minutes."""


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def stand(cast: Cast) -> Ground:
    """The cast with a department inside its school: four places, three units, eight teachers."""
    department = people.add_organisation(cast.school, "初中部", by=None, at=MORNING)
    kind = cast.maths.kind
    people.add_unit(department, "初中数学组", kind, by=None, at=MORNING)
    central = Organisation.objects.get(parent=None)
    nobody = people.add_teacher(name="孙老师", by=None, at=MORNING)
    teachers = [*cast.people.values(), nobody]
    teach(cast)
    prepare(cast)
    return ground([cast.school, cast.other_school, department, central], teachers, cast.term)


def scopes(stand: Ground) -> Iterator[Scope]:
    span = Span(*TERM)
    school, other, department, central = stand.places
    for place in (central, school, other, department):
        yield Scope(place.pk, place.path, span)
    yield Scope(school.pk, school.path, Span(date(2026, 10, 15), date(2026, 11, 20)))
    whole = Scope(school.pk, school.path, span)
    for unit in stand.units[:2]:
        yield replace(whole, unit=unit.pk)
    for teacher in stand.teachers[:3]:
        yield replace(whole, teacher=teacher.pk)


def figures_for(scope: Scope) -> list[Figure]:
    every = [figure for _code, figure in sorted(all_figures().items())]
    if scope.teacher is None:
        return every
    return [figure for figure in every if not figure.code.startswith(NOT_OF_ONE)]


def differences(scope: Scope) -> dict[str, tuple[Decimal, Decimal]]:
    """Return what the figures say and what the count says, where the two differ."""
    question = Question(scope, NOW, TODAY)
    told = {
        figure.code: (figure.value(scope), COUNTS[figure.code](question))
        for figure in figures_for(scope)
    }
    return {code: both for code, both in told.items() if both[0] != both[1]}


@pytest.mark.django_db
def test_every_figure_has_an_independent_count() -> None:
    assert all_figures().keys() == COUNTS.keys()


@MANY
@given(school=schools, taught=teachings, written=papers)
@example(school=NASTY, taught=TRICKY, written=NASTY_PAPERS)
def test_figures_and_counts_agree_on_any_school(
    stand: Ground, school: School, taught: Teaching, written: Papers
) -> None:
    with transaction.atomic():
        Builder(stand).build(school)
        TeachingBuilder(stand).build(taught)
        build_papers(stand, written)
        found = [(scope, differences(scope)) for scope in scopes(stand)]
        transaction.set_rollback(True)

    wrong = [(scope, told) for scope, told in found if told]
    assert not wrong, wrong


@MANY
@given(school=schools, taught=teachings, written=papers)
@example(school=NASTY, taught=TRICKY, written=NASTY_PAPERS)
def test_all_schools_at_once_are_each_school_by_itself(
    stand: Ground, school: School, taught: Teaching, written: Papers
) -> None:
    central = stand.places[3]
    scope = Scope(central.pk, central.path, Span(*TERM))
    paths = [place.path for place in stand.places]
    with transaction.atomic():
        Builder(stand).build(school)
        TeachingBuilder(stand).build(taught)
        build_papers(stand, written)
        grouped = {code: one.values(scope, paths) for code, one in all_figures().items()}
        apart = {
            code: {path: one.value(replace(scope, path=path)) for path in paths}
            for code, one in all_figures().items()
        }
        transaction.set_rollback(True)

    wrong = {code: (grouped[code], apart[code]) for code in apart if grouped[code] != apart[code]}
    assert not wrong, wrong
