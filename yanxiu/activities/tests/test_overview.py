"""A term in numbers: counted by kind, level and subject; forms compared; gaps named; one sheet."""

from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from yanxiu.activities import actions
from yanxiu.activities.models import ActivityKind, Session
from yanxiu.cast import MORNING, Cast, LogIn
from yanxiu.documents.tables import read_tables
from yanxiu.figures.table import Scope, figure
from yanxiu.kernel.spans import moment_at
from yanxiu.people.models import Teacher
from yanxiu.planning import actions as planning

AFTER = moment_at(date(2026, 11, 20), time(10))


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(AFTER, tick=False):
        yield


def held(
    cast: Cast, day: date, kind: str, *, whole: bool = False, level: str = "", came: str = "wang"
) -> Session:
    by = cast.people["zhou" if whole else "li"]
    made = actions.plan_session(
        cast.school, title=f"{day}", kind=ActivityKind.objects.get(code=kind),
        unit=None if whole else cast.maths, starts_at=moment_at(day, time(10)),
        ends_at=moment_at(day, time(11, 20)), level=level, by=by, at=MORNING,
    )  # fmt: skip
    actions.call_roll(made, {cast.people[came]: "present"}, by=by, at=made.starts_at)
    return actions.close_session(made, by=by, at=made.ends_at)


def page(client: object, name: str = "overview") -> str:
    return str(client.get(reverse(f"activities:{name}")).content.decode())  # type: ignore[attr-defined]


def test_it_counts_by_kind_level_and_subject(cast: Cast, shen: Teacher, log_in: LogIn) -> None:
    for day in (5, 6, 7):
        held(cast, date(2026, 10, day), "theme_seminar", level="central")
    held(cast, date(2026, 10, 8), "theme_seminar")

    text = page(log_in(shen))

    row = text[text.index('<th scope="row">主题研讨</th><td data-label="大类">') :][:700]
    assert "中心校级" in row
    assert "数学" in row
    assert '<td class="num" data-label="已举行">3</td>' in row


def test_it_hints_when_lectures_dominate(cast: Cast, zhou: Teacher, log_in: LogIn) -> None:
    sessions = [held(cast, date(2026, 10, day), "lecture") for day in (12, 13, 14)]
    held(cast, date(2026, 10, 15), "theme_seminar")

    assert "举行的 4 场里有 3 场（75%）以讲授为主" in page(log_in(zhou))
    for session in sessions[:2]:
        actions.save_minutes(
            session, process="讨论", conclusions="", next_steps="", version=0,
            interactions=["group_task"], by=zhou, at=AFTER,
        )  # fmt: skip

    assert "以讲授为主、没有互动" not in page(log_in(zhou))
    scope = Scope(cast.school.pk, cast.school.path, cast.term.span)
    assert figure("activities.lectures_only").value(scope) == 1


def test_forms_are_compared_and_nobody_is_named(
    cast: Cast, zhou: Teacher, li: Teacher, wang: Teacher, log_in: LogIn
) -> None:
    session = held(cast, date(2026, 10, 12), "lecture")
    agreed = actions.agree(session, text="试一次", owner=wang, by=li, at=AFTER)
    actions.end_resolution(agreed, state="done", word="", by=wang, at=AFTER)

    text = page(log_in(zhou))

    effect = text[text.index("哪种形式效果好") : text.index("集中、分组、分散</h2>")]
    assert 'data-label="出勤率">100%' in effect
    assert 'data-label="议定的事办成">1 / 1' in effect
    assert 'data-label="觉得有用">—' in effect
    assert "王老师" not in effect


def test_leaders_are_counted_apart(cast: Cast, shen: Teacher, log_in: LogIn) -> None:
    held(cast, date(2026, 10, 12), "school_theme_training", whole=True, came="shen")

    text = page(log_in(shen))

    line = text[text.index('<th scope="row">沈校长</th>') :][:300]
    assert 'data-label="参加">1 场' in line
    scope = Scope(cast.school.pk, cast.school.path, cast.term.span)
    assert figure("activities.leaders_came").value(scope) == 2  # 沈校长, and 周主任 who hosted


def test_weeks_without_a_session_are_named(cast: Cast, zhou: Teacher, log_in: LogIn) -> None:
    plan = planning.start_plan(cast.school, cast.term, "计划", by=zhou, at=MORNING)
    planning.add_rhythm(plan, unit=cast.maths, weekday=4, half_day="", by=zhou, at=MORNING)
    planning.confirm_plan(plan, by=zhou, at=MORNING)
    held(cast, date(2026, 9, 4), "research_activity")
    held(cast, date(2026, 9, 23), "research_activity")

    text = page(log_in(zhou), "gaps")

    assert "应有活动的 11 周里有 9 周没有：第2周、第3周、第5周" in text


def test_called_off_ones_are_listed_with_the_reason(
    session: Session, li: Teacher, zhou: Teacher, log_in: LogIn
) -> None:
    actions.cancel_session(session, because="停电", by=li, at=MORNING)

    text = page(log_in(zhou), "gaps")

    assert session.title in text
    assert "停电" in text


def test_a_leader_sees_the_own_group_and_a_member_nothing(
    cast: Cast, zhao: Teacher, wang: Teacher, log_in: LogIn
) -> None:
    held(cast, date(2026, 10, 12), "lecture")

    assert "专题讲座" not in page(log_in(zhao))
    assert log_in(wang).get(reverse("activities:overview")).status_code == 404
    assert log_in(wang).get(reverse("activities:gaps")).status_code == 404


def test_the_sheet_has_every_teacher_against_every_session(
    cast: Cast, zhou: Teacher, log_in: LogIn
) -> None:
    held(cast, date(2026, 10, 12), "lecture")
    held(cast, date(2026, 10, 13), "lecture", came="li")

    answer = log_in(zhou).get(reverse("activities:term_sheet"))

    total, grid = read_tables(answer.content, name="term.xlsx")
    rows = {row[0]: row for row in total.rows}
    assert rows["王老师"][1:4] == (2, 1, 0)
    lines = {row[0]: row[1:] for row in grid.rows}
    assert lines["王老师"] == ("出席", "缺席")
    assert lines["李组长"] == ("出席", "出席")


def test_one_gets_no_more_than_one_may_see(
    cast: Cast, wang: Teacher, zhao: Teacher, log_in: LogIn
) -> None:
    held(cast, date(2026, 10, 12), "lecture")
    address = reverse("activities:term_sheet")

    own = str(read_tables(log_in(wang).get(address).content, name="x.xlsx")[0].rows)
    none = str(read_tables(log_in(zhao).get(address).content, name="x.xlsx")[0].rows)

    assert "王老师" in own
    assert "李组长" not in own
    assert "王老师" not in none


@pytest.mark.parametrize(("name", "most"), [("overview", 19), ("gaps", 13), ("term_sheet", 10)])
def test_it_asks_the_same_for_few_and_many(
    cast: Cast,
    zhou: Teacher,
    log_in: LogIn,
    name: str,
    most: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = log_in(zhou)
    for step in range(6):
        held(cast, date(2026, 10, 12) + timedelta(days=step), "lecture")

    with django_assert_max_num_queries(most):
        client.get(reverse(f"activities:{name}"))
