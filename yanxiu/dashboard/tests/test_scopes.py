"""A superior without terms of its own looks at its schools through theirs."""

from datetime import date

from django.http import QueryDict

from yanxiu.cast import MORNING, Cast
from yanxiu.dashboard.scopes import asked_by
from yanxiu.people import actions as people
from yanxiu.people.models import Role, Teacher


def test_a_researcher_asks_by_the_terms_below(cast: Cast) -> None:
    researcher: Teacher = people.add_teacher(
        name="顾教研", phone="13700000001", by=None, at=MORNING
    )
    people.give_post(
        researcher,
        cast.school.parent,  # type: ignore[arg-type]
        Role.objects.get(code="researcher"),
        starts_on=date(2020, 9, 1),
        by=None,
        at=MORNING,
    )

    asked = asked_by(researcher, QueryDict())

    assert asked is not None
    assert asked.term == cast.term
    assert cast.maths in asked.units
