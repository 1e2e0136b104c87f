"""What an empty school should do next, and the numbers people give."""

from datetime import date
from decimal import Decimal

from pytest_django import DjangoAssertNumQueries

from yanxiu.cast import MORNING, Cast
from yanxiu.figures.table import Scope, all_figures
from yanxiu.kernel.spans import Span
from yanxiu.people import actions as people
from yanxiu.people import queries
from yanxiu.people.actions import codes, roster_import
from yanxiu.people.models import Organisation, Teacher, UnitKind


def done(organisation: Organisation, *, term_set: bool, scheme_adopted: bool) -> list[str]:
    steps = queries.first_steps(organisation, term_set=term_set, scheme_adopted=scheme_adopted)
    return [step.code for step in steps if step.done]


def test_an_empty_school_has_only_its_name(db: None) -> None:
    people.lay_ground()
    school, _admin = people.establish_school(
        name="东山小学", administrator_name="孙一", phone="13700000001", at=MORNING
    )

    assert done(school, term_set=False, scheme_adopted=False) == ["school"]


def test_steps_are_done_one_by_one(
    db: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    people.lay_ground()
    school, admin = people.establish_school(
        name="东山小学", administrator_name="孙一", phone="13700000001", at=MORNING
    )
    data = "姓名,教研组,职务\n孙二,数学组,教研组长\n孙三,数学组,\n".encode()
    read = roster_import.read_file(school, data, "a.csv", by=admin, at=MORNING)
    roster_import.apply(read, by=admin, at=MORNING)
    codes.issue(Teacher.objects.exclude(pk=admin.pk), by=None, at=MORNING)

    with django_assert_max_num_queries(4):
        found = done(school, term_set=True, scheme_adopted=True)

    assert found == ["school", "term", "roster", "leaders", "scheme", "slips"]


def number(code: str, cast: Cast) -> Decimal:
    span = Span(date(2026, 9, 1), date(2027, 1, 23))
    scope = Scope(cast.school.pk, cast.school.path, span)
    return all_figures()[code].value(scope)


def test_people_give_their_numbers(cast: Cast) -> None:
    kind = UnitKind.objects.get(code="teaching_research_group")
    people.add_unit(cast.school, "科学教研组", kind, by=None, at=MORNING)
    Teacher.objects.filter(name="王老师").update(is_active=False)
    Teacher.objects.filter(name="李组长").update(last_login=MORNING)

    assert number("people.teachers", cast) == 5
    assert number("people.teaching_research_groups", cast) == 3
    assert number("people.groups_without_leader", cast) == 1
    assert number("people.never_logged_in", cast) == 4
