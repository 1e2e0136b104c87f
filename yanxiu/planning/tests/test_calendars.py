"""A plan by month and by week, and the month across schools, on the page and as a workbook."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from yanxiu.cast import MORNING, Cast
from yanxiu.people.models import Teacher
from yanxiu.planning import actions
from yanxiu.planning.models import Plan

Ceiling = Callable[[int], AbstractContextManager[Any]]


def url(name: str, *parts: Any) -> str:
    return reverse(f"planning:{name}", args=[getattr(part, "uid", part) for part in parts])


def test_a_span_is_shown_in_each_of_its_months(office: Client, plan: Plan, zhou: Teacher) -> None:
    actions.add_item(plan, text="师徒结对", month=10, until=12, by=zhou, at=MORNING)

    for month, shown in (("2026-09", False), ("2026-10", True), ("2026-12", True)):
        page = office.get(url("month", plan, month)).content.decode()
        assert ("师徒结对" in page) is shown


def test_a_day_stands_in_its_week(office: Client, plan: Plan, zhou: Teacher) -> None:
    actions.add_item(plan, text="总结会", month=None, on=date(2026, 12, 4), by=zhou, at=MORNING)

    page = office.get(url("week", plan, "2026-12-02")).content.decode()
    for words in ("总结会", "12月4日（周五）", "第 14 周", "数学教研组 下午"):
        assert words in page
    assert "总结会" not in office.get(url("week", plan, "2026-12-09")).content.decode()


@pytest.mark.parametrize("text", ["2026-02-30", "x", "2025-01-01"])
def test_a_week_outside_of_the_plan_is_not_found(office: Client, plan: Plan, text: str) -> None:
    assert office.get(url("week", plan, text)).status_code == 404


def test_the_month_across_schools_shows_what_the_reader_may_see(
    client: Client, cast: Cast, plan: Plan, zhou: Teacher, qian: Teacher
) -> None:
    other = actions.start_plan(cast.other_school, cast.term, "柳林计划", by=qian, at=MORNING)
    actions.add_item(other, text="柳林的事", month=10, by=qian, at=MORNING)
    actions.confirm_plan(other, by=qian, at=MORNING)

    for teacher, seen, hidden in ((zhou, "课堂调研", "柳林的事"), (qian, "柳林的事", "课堂调研")):
        client.force_login(teacher)
        page = client.get("/plans/schedule/2026-10/").content.decode()
        assert seen in page
        assert hidden not in page


def test_items_are_kept_as_a_workbook(office: Client, plan: Plan) -> None:
    for there in (url("items_sheet", plan), url("schedule_sheet", "2026-10")):
        answer = office.get(there)
        sheet = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0)
        cells = {str(cell) for row in sheet.to_python() for cell in row}
        assert {"课堂调研", "清河小学"} <= cells


@pytest.mark.parametrize("number", [1, 60])
def test_many_items_cost_no_more_statements(
    office: Client, plan: Plan, zhou: Teacher, number: int,
    django_assert_max_num_queries: Ceiling,
) -> None:  # fmt: skip
    for each in range(number):
        actions.add_item(plan, text=f"事{each}", month=10, by=zhou, at=MORNING)

    with django_assert_max_num_queries(10):
        answer = office.get("/plans/schedule/2026-10/")
    assert len(answer.content) < 60_000
