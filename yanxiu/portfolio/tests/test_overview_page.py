"""The office sees who may need help, ranks nobody, and is seen looking."""

from datetime import date

import pytest
from django.urls import reverse

from yanxiu.audit.models import TrailLine
from yanxiu.cast import EVENING, MORNING, Cast, LogIn, statements
from yanxiu.jobs.models import Job
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.ledger import actions as ledger
from yanxiu.ledger.actions.keeping import refresh, stale
from yanxiu.ledger.models import StandingRow
from yanxiu.ledger.tests.written import SCHEME
from yanxiu.people import actions as people
from yanxiu.people.models import Role, Teacher, Tier
from yanxiu.portfolio.actions import view_hours
from yanxiu.portfolio.tests.conftest import TakePart

OVERVIEW = reverse("portfolio:overview")


def names(log_in: LogIn, reader: Teacher, **asked: str) -> list[str]:
    answer = log_in(reader).get(OVERVIEW, asked)
    assert answer.status_code == 200
    return [line.teacher.name for line in answer.context["lines"]]


@pytest.mark.parametrize(
    ("name", "status"),
    [("zhou", 200), ("shen", 200), ("qian", 200), ("li", 404), ("wang", 404), ("zhao", 404),
     ("guan", 404)],
)  # fmt: skip
def test_it_is_for_those_who_may_see_hours(
    cast: Cast, log_in: LogIn, name: str, status: int
) -> None:
    assert log_in(cast.people[name]).get(OVERVIEW).status_code == status


def test_each_school_sees_its_own(log_in: LogIn, qian: Teacher) -> None:
    assert names(log_in, qian) == ["钱老师"]


def test_the_order_is_the_alphabet_whatever_the_hours(
    log_in: LogIn, zhou: Teacher, wang: Teacher, take_part: TakePart
) -> None:
    before = names(log_in, zhou)
    take_part(wang)

    assert names(log_in, zhou) == before
    assert names(log_in, zhou, sort="hours", order="-amount") == before
    assert before == ["关管理", "李组长", "沈校长", "王老师", "赵老师", "周主任"]


def test_it_finds_by_name_and_by_unit(cast: Cast, log_in: LogIn, zhou: Teacher) -> None:
    assert names(log_in, zhou, q="王") == ["王老师"]
    assert names(log_in, zhou, unit=str(cast.chinese.uid)) == ["赵老师"]
    assert names(log_in, zhou, q="不在", unit="x") == []


def test_who_keeps_pace_needs_no_help(
    log_in: LogIn, zhou: Teacher, wang: Teacher, take_part: TakePart
) -> None:
    for day in range(1, 6):
        take_part(wang, on=date(2026, 10, day))

    behind = names(log_in, zhou, help="1")

    assert "王老师" not in behind
    assert "赵老师" in behind


def add_teachers(cast: Cast, count: int) -> None:
    role = Role.objects.get(code="teacher")
    for number in range(count):
        one = people.add_teacher(name=f"严{number}", phone=f"136{number:08d}", by=None, at=MORNING)
        people.give_post(one, cast.school, role, starts_on=date(2026, 9, 1), by=None, at=MORNING)


@pytest.mark.parametrize("asked", ["", "?help=1"])
def test_fifty_a_page_with_the_same_few_statements(
    cast: Cast, log_in: LogIn, zhou: Teacher, wang: Teacher, take_part: TakePart, asked: str
) -> None:
    client = log_in(zhou)
    take_part(wang)
    refresh(at=EVENING)
    client.get(OVERVIEW + asked)  # the look of the day is written down
    few = statements(client, OVERVIEW + asked)
    add_teachers(cast, 60)
    refresh(at=EVENING)

    answer = client.get(OVERVIEW + asked)

    assert statements(client, OVERVIEW + asked) == few <= 11
    assert len(answer.context["lines"]) == 50
    assert len(answer.content) < 60 * 1024


def test_a_few_changes_are_reckoned_at_once(
    log_in: LogIn, zhou: Teacher, wang: Teacher, take_part: TakePart
) -> None:
    client = log_in(zhou)
    client.get(OVERVIEW)
    take_part(wang)

    text = client.get(OVERVIEW).content.decode()

    assert "1 / 24 学分" in text
    assert "刚有变动" not in text
    assert not Job.objects.exists()


def test_many_changes_are_said_and_reckoned_behind_the_page(
    cast: Cast, log_in: LogIn, zhou: Teacher
) -> None:
    add_teachers(cast, 60)
    client = log_in(zhou)

    text = client.get(OVERVIEW).content.decode()

    assert "16 人刚有变动，正在重算" in text
    assert Job.objects.get().kind == "ledger.refresh"
    assert "刚有变动" not in client.get(OVERVIEW).content.decode()


def test_a_page_never_shows_an_old_number(
    cast: Cast, log_in: LogIn, zhou: Teacher, wang: Teacher, take_part: TakePart
) -> None:
    add_teachers(cast, 60)
    refresh(at=EVENING)
    take_part(wang)
    stale(StandingRow.objects.values_list("teacher_id", flat=True), EVENING)

    text = log_in(zhou).get(OVERVIEW, {"q": "王"}).content.decode()

    assert "1 / 24 学分" in text


def test_a_tier_that_changed_is_seen(
    cast: Cast, log_in: LogIn, zhou: Teacher, wang: Teacher
) -> None:
    client = log_in(zhou)
    client.get(OVERVIEW)
    before = StandingRow.objects.get(teacher=wang).person
    tier = Tier.objects.create(name="区级骨干教师")
    people.hold_tier(wang, tier, starts_on=date(2026, 10, 1), by=None, at=EVENING)

    client.get(OVERVIEW)

    assert StandingRow.objects.get(teacher=wang).person != before


def test_it_narrows_to_those_who_lack_something(
    log_in: LogIn, zhou: Teacher, wang: Teacher, take_part: TakePart
) -> None:
    names(log_in, zhou)
    StandingRow.objects.filter(teacher=wang).update(state="met", missing=0)

    assert "王老师" not in names(log_in, zhou, state="missing")
    assert names(log_in, zhou, state="met") == ["王老师"]
    assert len(names(log_in, zhou, state="nonsense")) == 6


@pytest.mark.parametrize(
    ("name", "status"),
    [("zhou", 200), ("shen", 200), ("li", 404), ("zhao", 404), ("guan", 404), ("qian", 404)],
)
def test_one_teachers_hours_open_for_the_office(
    cast: Cast, log_in: LogIn, wang: Teacher, name: str, status: int
) -> None:
    address = reverse("portfolio:teacher", args=[wang.uid])

    assert log_in(cast.people[name]).get(address).status_code == status
    assert TrailLine.objects.filter(verb="portfolio.hours-viewed").exists() == (status == 200)


def test_who_looked_is_told_to_the_teacher_once_a_day(
    log_in: LogIn, zhou: Teacher, wang: Teacher, take_part: TakePart
) -> None:
    take_part(wang)
    address = reverse("portfolio:teacher", args=[wang.uid])
    client = log_in(zhou)
    assert "王老师会在自己的“我的学时”里看到" in client.get(address).content.decode()
    client.get(address)

    text = log_in(wang).get(reverse("portfolio:hours")).content.decode()

    assert text.count("周主任") == 1
    assert "10月15日（周四）20:00" in text


def test_ones_own_page_is_my_hours(log_in: LogIn, zhou: Teacher) -> None:
    answer = log_in(zhou).get(reverse("portfolio:teacher", args=[zhou.uid]))

    assert answer["Location"] == reverse("portfolio:hours")
    assert not TrailLine.objects.filter(verb="portfolio.hours-viewed").exists()


def test_looking_is_refused_without_the_right(zhao: Teacher, wang: Teacher) -> None:
    with pytest.raises(NotAllowed):
        view_hours(wang, by=zhao, at=EVENING)


def test_who_sees_hours_opens_the_scheme_behind_them(
    cast: Cast, log_in: LogIn, zhou: Teacher, wang: Teacher
) -> None:
    file = ledger.start_draft(cast.school, SCHEME, by=None, at=MORNING)
    ledger.publish_scheme(file, edition=file.edition, by=None, at=MORNING)
    ledger.adopt_scheme(
        cast.school, "made-up-county", version="2026", starts_on=date(2026, 9, 1),
        by=None, at=MORNING,
    )  # fmt: skip
    address = f'href="{reverse("ledger:scheme", args=[file.uid])}"'

    shown = log_in(zhou).get(reverse("portfolio:teacher", args=[wang.uid])).content.decode()
    assert address in shown
    assert address not in log_in(wang).get(reverse("portfolio:hours")).content.decode()
