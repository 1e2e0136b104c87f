"""Lessons are counted as they were given, each number opens, and nobody is ranked."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.documents.tables import read_tables
from yanxiu.lessons import actions
from yanxiu.lessons.models import Lesson
from yanxiu.lessons.queries.counts import counts
from yanxiu.lessons.queries.quotas import Progress, progress, schools_progress
from yanxiu.people.models import Organisation, Teacher, Tier, TierHolding
from yanxiu.planning import actions as planning
from yanxiu.terms import actions as terms

Arrange = Callable[..., Lesson]
Ceiling = Any
LATER = NOON + timedelta(days=30)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOON)


@pytest.fixture
def give(arrange: Arrange, zhou: Teacher) -> Arrange:
    """Arrange and give a lesson on the day, the first at eight o'clock and so on."""
    hours = iter(range(8, 20))

    def given(teacher: Teacher, code: str = "open_lesson", **facts: Any) -> Lesson:
        hour = next(hours)
        lesson = arrange(
            teacher, zhou, code, on=date(2026, 10, 14), begins=time(hour), ends=time(hour, 40),
            even_so=True, **facts,
        )  # fmt: skip
        return actions.give(lesson, by=zhou, at=NOON)

    return given


def asked(
    cast: Cast, by: Teacher, at: datetime = MORNING, lasting: str = "term", **more: Any
) -> None:
    plan = planning.start_plan(cast.school, cast.term, "计划", by=by, at=at, period=lasting)
    given = {"name": "公开课", "amount": Decimal(1), "unit_of_measure": "节", **more}
    planning.add_quota(plan, by=by, at=at, **given)
    planning.confirm_plan(plan, by=by, at=at)


def only(
    cast: Cast, reader: Teacher, among: set[int] | None = None, on: date = date(2026, 10, 15)
) -> Progress:
    found = progress(cast.school, on, reader=reader, among=among)
    assert len(found) == 1
    return found[0]


def test_counts_by_kind_level_subject_and_group(
    cast: Cast, give: Arrange, shen: Teacher, wang: Teacher, zhao: Teacher
) -> None:
    give(wang, level="group")
    give(wang, "study_lesson", level="group")
    give(zhao, level="school")

    found = counts(shen, cast.school, cast.term.span)

    assert found.levels == [("group", "教研组级"), ("school", "校级")]
    assert [(line.name, line.numbers) for line in found.by_kind] == [
        ("公开课", (1, 1)), ("研究课", (1, 0)),
    ]  # fmt: skip
    assert {line.name: line.total for line in found.by_subject} == {"数学": 2, "语文": 1}
    assert {line.name: line.total for line in found.by_unit} == {"数学教研组": 2, "语文教研组": 1}


def test_what_was_not_confirmed_is_not_counted(
    cast: Cast, arrange: Arrange, shen: Teacher, wang: Teacher
) -> None:
    arrange(wang, wang)

    found = counts(shen, cast.school, cast.term.span)
    assert (found.total, found.planned) == (0, 1)


def test_a_number_opens_to_as_many_lessons(
    client: Client, cast: Cast, give: Arrange, shen: Teacher, wang: Teacher, zhao: Teacher
) -> None:
    for teacher in (wang, wang, zhao):
        give(teacher, level="group")
    client.force_login(shen)
    said = client.get(reverse("lessons:counts")).content.decode()
    assert "已上 3 节" in said

    query: dict[str, Any] = {
        "unit": cast.maths.uid,
        "level": "group",
        "state": "given",
        "term": cast.term.uid,
    }
    assert client.get(reverse("lessons:lessons"), query).context["page"].paginator.count == 2


def test_the_workbook_says_the_same(
    client: Client, give: Arrange, shen: Teacher, wang: Teacher
) -> None:
    give(wang)
    client.force_login(shen)

    answer = client.get(reverse("lessons:counts_sheet"))
    tables = read_tables(answer.content, name="节数.xlsx")
    assert [table.sheet for table in tables] == ["按类别", "按学科", "按教研组", "按学校"]
    assert ("类别", "合计（节）") in [(row[0], row[-1]) for row in tables[0].rows]
    assert any("公开课" in row for row in tables[0].rows)


def test_a_quota_of_each_teacher_counts_given_lessons(
    cast: Cast, give: Arrange, zhou: Teacher, wang: Teacher
) -> None:
    asked(cast, zhou)
    give(wang)
    give(wang, "routine_lesson")

    found = only(cast, wang)
    assert found.mine == 1
    assert "王老师" not in [share.name for share in found.lacking]
    assert "赵老师" in [share.name for share in found.lacking]


@pytest.mark.parametrize(("period", "later"), [("term", 0), ("year", 1)])
def test_a_plan_for_a_year_asks_anew_in_the_second_term_what_it_asks_each_term(
    cast: Cast, give: Arrange, zhou: Teacher, wang: Teacher, period: str, later: int
) -> None:
    terms.set_term(
        cast.school.parent or cast.school, school_year=2026, half=2, starts_on=date(2027, 2, 22),
        ends_on=date(2027, 7, 3), by=None, at=MORNING,
    )  # fmt: skip
    asked(cast, zhou, lasting="school_year", period=period)
    give(wang)

    assert only(cast, wang).mine == 1
    assert only(cast, wang, on=date(2027, 3, 15)).mine == later


def test_a_tier_means_those_above_it_too(
    cast: Cast, zhou: Teacher, wang: Teacher, zhao: Teacher
) -> None:
    city, district = (
        Tier.objects.create(
            organisation=cast.school, name=f"{level}级骨干教师", ladder="骨干教师", level=level
        )
        for level in ("市", "区")
    )
    TierHolding.objects.create(tier=city, teacher=wang, starts_on=date(2025, 9, 1))
    asked(cast, zhou, tier=district)

    assert [share.name for share in only(cast, zhou).shares] == ["王老师"]


def test_a_quota_of_the_school_counts_lessons_with_a_record_alone(
    cast: Cast, give: Arrange, zhou: Teacher, wang: Teacher, zhao: Teacher
) -> None:
    asked(cast, zhou, name="研究课", amount=Decimal(4), per="school")
    heard = give(wang, "study_lesson")
    give(wang, "study_lesson")
    actions.note_listener(heard, zhao, at=NOON)

    assert [(share.name, share.done) for share in only(cast, zhou).shares] == [("清河小学", 1)]


def test_an_office_sees_each_school_in_the_order_of_schools(
    cast: Cast, give: Arrange, zhou: Teacher, wang: Teacher, zhao: Teacher, guan: Teacher
) -> None:
    from yanxiu.people import actions as people  # noqa: PLC0415 (for this one test)
    from yanxiu.people.models import Role  # noqa: PLC0415
    from yanxiu.terms import actions as terms  # noqa: PLC0415

    central = Organisation.objects.get(name="清河中心校")
    for role in ("research_office", "researcher"):
        people.give_post(
            guan, central, Role.objects.get(code=role), starts_on=date(2020, 9, 1), by=None,
            at=MORNING,
        )  # fmt: skip
    term = terms.set_term(
        central, school_year=2026, half=1, starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 23),
        by=None, at=MORNING,
    )  # fmt: skip
    guan = Teacher.objects.get(pk=guan.pk)
    plan = planning.start_plan(central, term, "中心校计划", by=guan, at=MORNING)
    planning.add_quota(
        plan, name="研究课", amount=Decimal(4), unit_of_measure="节", per="school", by=guan,
        at=MORNING,
    )  # fmt: skip
    planning.confirm_plan(plan, by=guan, at=MORNING)
    actions.note_listener(give(wang, "study_lesson"), zhao, at=NOON)

    ((_asked, shares),) = schools_progress(central, date(2026, 10, 15), guan)
    assert [(share.organisation.name, share.done) for share in shares] == [
        ("清河小学", 1), ("柳林小学", 0),
    ]  # fmt: skip


def test_a_teacher_sees_the_own_number_and_no_name(
    client: Client, cast: Cast, zhou: Teacher, wang: Teacher, li: Teacher
) -> None:
    asked(cast, zhou)
    pages = {}
    for reader in (wang, li, zhou):
        client.force_login(reader)
        pages[reader.name] = client.get(reverse("lessons:quotas")).content.decode()

    assert "您已上 0 节" in pages["王老师"]
    assert "赵老师" not in pages["王老师"]
    assert "赵老师" not in pages["李组长"]
    assert "王老师" in pages["李组长"]
    assert "赵老师" in pages["周主任"]


@pytest.mark.parametrize("name", ["counts", "quotas"])
def test_many_lessons_ask_no_more(
    client: Client, cast: Cast, give: Arrange, zhou: Teacher, wang: Teacher, name: str,
    django_assert_max_num_queries: Ceiling,
) -> None:  # fmt: skip
    asked(cast, zhou)
    for _each in range(10):
        give(wang)
    client.force_login(zhou)
    with django_assert_max_num_queries(10):
        answer = client.get(reverse(f"lessons:{name}"))
    assert len(answer.content) < 60_000
