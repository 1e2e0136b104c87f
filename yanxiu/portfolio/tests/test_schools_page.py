"""The county sees how many of each school are there and how many are not, and ranks none."""

import io
from datetime import date

import pytest
from django.urls import reverse
from python_calamine import load_workbook

from yanxiu.audit.models import TrailLine
from yanxiu.cast import EVENING, MORNING, Cast, LogIn, statements
from yanxiu.kernel.spans import day_of
from yanxiu.ledger import actions as ledger
from yanxiu.ledger.actions.keeping import refresh
from yanxiu.ledger.models import StandingRow
from yanxiu.people import actions as people
from yanxiu.people.models import Organisation, Role, Teacher
from yanxiu.portfolio.queries.overview import Wanted, persons
from yanxiu.portfolio.tests.conftest import TakePart

SCHOOLS = reverse("portfolio:schools")
LIST = reverse("portfolio:list")


@pytest.fixture
def sun(cast: Cast) -> Teacher:
    """孙研究员 of the central school above both schools."""
    central = Organisation.objects.get(name="清河中心校")
    one = people.add_teacher(name="孙研究员", phone="13700000001", by=None, at=MORNING)
    role = Role.objects.get(code="researcher")
    people.give_post(one, central, role, starts_on=date(2020, 9, 1), by=None, at=MORNING)
    ledger.adopt_scheme(
        cast.other_school, "cn-central-school-handbook", starts_on=date(2025, 9, 1), by=None,
        at=MORNING,
    )  # fmt: skip
    return one


def test_each_school_stands_with_its_numbers_in_the_order_of_the_tree(
    log_in: LogIn, sun: Teacher, wang: Teacher, take_part: TakePart
) -> None:
    for day in range(1, 6):
        take_part(wang, on=date(2026, 10, day))
    refresh(at=EVENING)
    StandingRow.objects.filter(teacher=wang).update(state="met")

    lines = log_in(sun).get(SCHOOLS).context["lines"]

    told = [(one.organisation.name, one.people, one.met, one.missing) for one in lines]
    assert told == [("清河小学", 6, 1, 5), ("柳林小学", 1, 0, 1)]


def test_of_two_schemes_it_opens_on_the_one_adopted_first(
    cast: Cast, log_in: LogIn, zhou: Teacher
) -> None:
    ledger.adopt_scheme(cast.school, "cn-bj-2016", starts_on=date(2026, 9, 1), by=None, at=MORNING)
    refresh(at=EVENING)

    page = log_in(zhou).get(SCHOOLS)

    assert len(page.context["county"].schemes) == 2
    assert page.context["county"].scheme == "cn-central-school-handbook"


@pytest.mark.parametrize(
    ("name", "status"),
    [("zhou", 200), ("shen", 200), ("qian", 200), ("li", 404), ("wang", 404), ("guan", 404)],
)
@pytest.mark.parametrize("address", [SCHOOLS, LIST])
def test_it_is_for_those_who_may_see_hours(
    cast: Cast, log_in: LogIn, name: str, status: int, address: str
) -> None:
    assert log_in(cast.people[name]).get(address).status_code == status


def test_an_office_of_one_school_sees_that_school_alone(log_in: LogIn, qian: Teacher) -> None:
    lines = log_in(qian).get(SCHOOLS).context["lines"]

    assert [one.organisation.name for one in lines] == ["柳林小学"]


def test_another_schools_list_is_not_opened_by_its_address(
    cast: Cast, log_in: LogIn, qian: Teacher
) -> None:
    answer = log_in(qian).get(reverse("portfolio:overview"), {"school": str(cast.school.uid)})

    assert [line.teacher.name for line in answer.context["lines"]] == ["钱老师"]


def test_without_an_address_the_rights_alone_decide_whose_hours_are_listed(cast: Cast) -> None:
    refresh(at=EVENING)
    day, other = day_of(EVENING), cast.other_school
    wanted = Wanted(path="", reach=[other.path])

    assert [row.organisation for row in persons(wanted, day)] == [other]
    assert [post.organisation for post in wanted.posts(day)] == [other, other]


def test_before_the_year_ends_those_who_lack_something_are_pointed_out(
    log_in: LogIn, sun: Teacher
) -> None:
    assert "天，还差的有" not in log_in(sun).get(SCHOOLS).content.decode()
    StandingRow.objects.update(period_ends_on=date(2026, 12, 31))

    assert "还有 77 天，还差的有 7 人" in log_in(sun).get(SCHOOLS).content.decode()


def test_the_list_goes_out_with_the_missing_amounts_and_everybody_is_told(
    log_in: LogIn, sun: Teacher, wang: Teacher, take_part: TakePart
) -> None:
    take_part(wang)

    answer = log_in(sun).get(LIST, {"school": "all", "state": "missing"})

    rows = load_workbook(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[2] for row in rows if isinstance(row[0], float)] == [
        "关管理", "李组长", "沈校长", "王老师", "赵老师", "周主任", "钱老师",
    ]  # fmt: skip
    assert next(row for row in rows if row[2] == "王老师")[7:10] == [1, 0, 23]
    assert TrailLine.objects.filter(verb="ledger.list-taken").count() == 7


def test_as_many_statements_for_few_and_many(
    cast: Cast, log_in: LogIn, sun: Teacher, take_part: TakePart
) -> None:
    client = log_in(sun)
    refresh(at=EVENING)
    few = statements(client, SCHOOLS)
    central = Organisation.objects.get(name="清河中心校")
    role = Role.objects.get(code="teacher")
    for number in range(12):
        school = people.add_organisation(central, f"第{number}小学", by=None, at=MORNING)
        one = people.add_teacher(name=f"严{number}", phone=f"136{number:08d}", by=None, at=MORNING)
        people.give_post(one, school, role, starts_on=date(2026, 9, 1), by=None, at=MORNING)
    refresh(at=EVENING)

    assert statements(client, SCHOOLS) == few <= 10
