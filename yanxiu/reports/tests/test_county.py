"""All schools in one table: the same figures, few statements, no ranking, every number opens."""

import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from python_calamine import CalamineWorkbook

from yanxiu.cast import MORNING, Cast
from yanxiu.figures.table import Scope, all_figures
from yanxiu.kernel.spans import Span
from yanxiu.people import actions as people
from yanxiu.people.models import Organisation, Role, Teacher
from yanxiu.reports.documents.county import DEFAULT, MOST, fill, offered, to_word, to_workbook

Ceiling = Callable[[int], AbstractContextManager[Any]]
TERM = Span(date(2026, 9, 1), date(2027, 1, 23))


@pytest.fixture
def central(cast: Cast) -> Organisation:
    return Organisation.objects.get(parent=None)


@pytest.fixture
def sun(cast: Cast, central: Organisation) -> Teacher:
    teacher = people.add_teacher(name="孙教研员", by=None, at=MORNING)
    role = Role.objects.get(code="researcher")
    people.give_post(
        teacher, central, role, starts_on=date(2020, 9, 1), by=None, at=MORNING, job_number="S1"
    )
    return teacher


def address(**more: str) -> str:
    query = "&".join(f"{key}={value}" for key, value in more.items())
    return f"{reverse('reports:county')}?since=2026-09-01&until=2027-01-22&{query}"


def test_the_schools_stand_in_the_order_of_the_tree(cast: Cast, central: Organisation) -> None:
    table = fill(central, TERM, ["people.teachers"])

    assert [(row.name, int(row.values[0])) for row in table.rows] == [
        ("清河小学", 6),
        ("柳林小学", 1),
    ]


def test_a_department_is_part_of_its_school(cast: Cast, central: Organisation) -> None:
    people.add_organisation(cast.school, "初中部", by=None, at=MORNING)

    assert len(fill(central, TERM, ["people.teachers"]).rows) == 2


def test_the_total_is_the_figure_of_the_superior_and_counts_nobody_twice(
    cast: Cast, central: Organisation, qian: Teacher
) -> None:
    role = Role.objects.get(code="teacher")
    people.give_post(
        qian, cast.school, role, starts_on=date(2026, 9, 1), by=None, at=MORNING, job_number="9"
    )

    table = fill(central, TERM, ["people.teachers"])

    whole = all_figures()["people.teachers"].value(Scope(central.pk, central.path, TERM))
    assert table.totals == (whole,)
    assert sum(row.values[0] for row in table.rows) == whole + 1


def test_sixty_schools_cost_as_many_statements_as_two(
    client: Client,
    central: Organisation,
    sun: Teacher,
    django_assert_max_num_queries: Ceiling,
) -> None:
    for number in range(58):
        people.add_organisation(central, f"第{number}小学", by=None, at=MORNING)
    client.force_login(sun)

    with django_assert_max_num_queries(2 * 15):
        first, last = (client.get(address(page=page)).content for page in ("1", "5"))

    assert "第57小学" in last.decode()
    assert "第57小学" not in first.decode()
    assert "全部 60 所合计" in first.decode()
    assert len(first) <= 60 * 1024
    for code in (one.code for one in offered()):
        with django_assert_max_num_queries(1 + 1):
            fill(central, TERM, [code])


def test_every_number_opens_to_its_rows(
    client: Client, central: Organisation, sun: Teacher
) -> None:
    client.force_login(sun)
    text = client.get(address(figure="people.teachers")).content.decode()

    urls = [one.replace("&amp;", "&") for one in re.findall(r'href="(/figures/[^"]+)"', text)]
    assert len(urls) == 3
    opened = client.get(urls[0]).content.decode()
    assert "在册教师" in opened
    assert "2026年9月1日" in opened


def test_it_knows_at_most_so_many_figures(
    client: Client, sun: Teacher, central: Organisation
) -> None:
    client.force_login(sun)
    every = "&".join(f"figure={one.code}" for one in offered()[: MOST + 1])

    text = client.get(f"{address()}&{every}").content.decode()

    assert f"一次最多看 {MOST} 个数据项" in text


def test_changed_days_go_before_the_term_that_was_shown(
    client: Client, cast: Cast, sun: Teacher
) -> None:
    client.force_login(sun)
    term = f"term={cast.term.uid}&was={cast.term.uid}"

    changed = client.get(f"{reverse('reports:county')}?{term}&since=2026-10-01&until=2026-10-31")
    chosen = client.get(f"{reverse('reports:county')}?term={cast.term.uid}&since=2020-10-01")

    assert "2026年10月1日（周四）—2026年10月31日（周六）" in changed.content.decode()
    assert "2026年9月1日（周二）—2027年1月22日（周五）" in chosen.content.decode()


def test_a_half_typed_span_is_told(client: Client, sun: Teacher) -> None:
    client.force_login(sun)

    text = client.get(f"{reverse('reports:county')}?since=2026-09-01").content.decode()

    assert "起止日期没有写全" in text


def test_who_has_no_school_below_finds_no_such_page(client: Client, zhou: Teacher) -> None:
    client.force_login(zhou)

    assert client.get(address()).status_code == 404


def test_page_workbook_and_word_say_the_same(cast: Cast, central: Organisation) -> None:
    table = fill(central, TERM, DEFAULT)

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(to_workbook(table))).get_sheet_by_index(0)
    rows = {str(row[1]): row[2:] for row in sheet.to_python() if row[1] in {"清河小学", "合计"}}
    assert [float(str(one)) for one in rows["合计"][: len(table.totals)]] == [
        float(one) for one in table.totals
    ]
    words = [[c.text for c in r.cells] for r in Document(io.BytesIO(to_word(table))).tables[0].rows]
    assert words[-1][0] == "合计"
    assert [float(one) for one in words[1][1:]] == [float(one) for one in table.rows[0].values]


def test_the_same_table_gives_the_same_bytes(central: Organisation) -> None:
    table = fill(central, TERM, DEFAULT)

    assert to_word(table) == to_word(table)
    assert to_workbook(table) == to_workbook(table)
