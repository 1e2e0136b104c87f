"""Each school sees which rules it must have, and a superior which school lacks one."""

from datetime import date

from pytest_django import DjangoAssertNumQueries

from yanxiu.cast import MORNING, Cast
from yanxiu.ledger.tests.conftest import TakePart
from yanxiu.people import actions as people
from yanxiu.people.models import Organisation, Teacher
from yanxiu.regulations import actions, queries
from yanxiu.regulations.models import Regulation
from yanxiu.regulations.tests.conftest import SEPTEMBER, TEXT, kind

OCTOBER = date(2026, 10, 16)


def names(organisation: Organisation) -> set[str]:
    return {one.kind.name for one in queries.mechanisms(organisation, OCTOBER) if one.is_missing}


def test_the_three_rules_are_asked_for_from_the_first_day(cast: Cast) -> None:
    assert names(cast.school) == {"研修管理制度", "考核评价制度", "学时认定办法"}


def test_a_rule_in_force_fills_its_kind(cast: Cast, regulation: Regulation) -> None:
    assert "研修管理制度" not in names(cast.school)


def test_a_draft_fills_nothing(cast: Cast, drafted: Regulation) -> None:
    assert "研修管理制度" in names(cast.school)


def test_a_rule_from_above_fills_it_too(cast: Cast, central: Organisation, sun: Teacher) -> None:
    new = actions.NewRule(title="学时办法", text=TEXT, starts_on=SEPTEMBER)
    rule = actions.register(central, kind("hour_recognition"), new, by=sun, at=MORNING)
    actions.publish(rule.versions.get(), by=sun, at=MORNING)

    assert "学时认定办法" not in names(cast.school)


def test_a_superiors_document_is_no_rule_of_the_school(
    cast: Cast, central: Organisation, sun: Teacher
) -> None:
    new = actions.NewRule(title="省文件", text=TEXT, starts_on=SEPTEMBER, is_superior=True)
    rule = actions.register(central, kind("hour_recognition"), new, by=sun, at=MORNING)
    actions.publish(rule.versions.get(), by=sun, at=MORNING)

    assert "学时认定办法" in names(cast.school)


def test_the_superior_says_what_is_required(
    cast: Cast, central: Organisation, sun: Teacher
) -> None:
    actions.require_kinds(central, [kind("lesson_observation")], by=sun, at=MORNING)

    assert names(cast.school) == {"听评课制度"}


def test_a_school_may_ask_more_of_itself_and_follow_again(
    cast: Cast, central: Organisation, sun: Teacher, zhou: Teacher
) -> None:
    actions.require_kinds(central, [kind("lesson_observation")], by=sun, at=MORNING)
    both = [kind("lesson_observation"), kind("handbook")]
    actions.require_kinds(cast.school, both, by=zhou, at=MORNING)
    assert names(cast.school) == {"听评课制度", "研修手册"}

    actions.require_kinds(cast.school, [], by=zhou, at=MORNING)

    assert names(cast.school) == {"听评课制度"}


def test_the_last_run_is_the_latest_record_that_the_rule_governs(
    cast: Cast, regulation: Regulation, wang: Teacher, take_part: TakePart
) -> None:
    take_part(wang, date(2026, 10, 12))
    take_part(wang, date(2026, 10, 14))

    (mechanism,) = [
        one for one in queries.mechanisms(cast.school, OCTOBER) if one.regulation == regulation
    ]

    assert mechanism.last_on == date(2026, 10, 14)


def test_the_superior_sees_which_school_lacks_what(cast: Cast, regulation: Regulation) -> None:
    gaps = queries.schools_without([cast.school, cast.other_school], OCTOBER)

    assert [(one.organisation, one.filed, len(one.missing)) for one in gaps] == [
        (cast.school, 1, 2),
        (cast.other_school, 0, 3),
    ]


def test_many_schools_cost_no_more_statements(
    cast: Cast, central: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        people.add_organisation(central, f"第{number}小学", by=None, at=MORNING)
    schools = list(Organisation.objects.filter(is_school=True))

    with django_assert_num_queries(3):
        assert len(queries.schools_without(schools, OCTOBER)) == 14
