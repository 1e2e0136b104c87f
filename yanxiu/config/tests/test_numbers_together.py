"""Numbers that a page asks for together are those of the figures, each asked for by itself."""

from collections.abc import Callable
from datetime import date
from typing import Any

from yanxiu.activities import actions as activities
from yanxiu.activities.models import Session
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.figures.table import Scope, all_figures
from yanxiu.figures.together import values_together
from yanxiu.people.models import Organisation, Teacher


def test_numbers_asked_for_together_are_those_asked_for_one_by_one(
    cast: Cast, session: Session, take_part: Callable[..., Any], li: Teacher, wang: Teacher
) -> None:
    take_part(wang)
    take_part(wang, date(2026, 10, 13))
    activities.call_roll(session, {wang: "present", li: "present"}, by=li, at=MORNING)
    activities.close_session(session, by=li, at=NOON)
    scope = Scope(cast.school.pk, cast.school.path, cast.term.span)

    together = values_together(
        all_figures().values(), scope, Organisation.objects.filter(pk=cast.school.pk)
    )

    assert together == {code: one.value(scope) for code, one in all_figures().items()}
    assert together["activities.attendances"] == 2
    assert together["ledger.teachers_with_records"] == 2
