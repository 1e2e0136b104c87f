"""Who is told something finds it on a page of one's own, and nobody else does."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.sources import Source, source_of
from yanxiu.notices import actions, queries
from yanxiu.notices.models import Notice
from yanxiu.people.models import Teacher


def tell(
    cast: Cast, *teachers: Teacher, title: str = "活动改到周五", source: Source | None = None
) -> None:
    actions.notify(
        teachers,
        kind="change",
        title=title,
        source=source or source_of(cast.maths),
        organisation=cast.school,
        at=MORNING,
    )


def test_each_is_told_once(cast: Cast, li: Teacher, wang: Teacher) -> None:
    tell(cast, li, wang, wang)

    assert sorted(Notice.objects.values_list("teacher__name", flat=True)) == ["李组长", "王老师"]


def test_it_costs_one_statement_for_a_whole_group(
    cast: Cast, li: Teacher, wang: Teacher, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with transaction.atomic(), django_assert_num_queries(1):
        tell(cast, li, wang)


def test_a_kind_that_does_not_exist_is_a_bug(cast: Cast, li: Teacher) -> None:
    with pytest.raises(ValueError, match="gossip"):
        actions.notify(
            [li], kind="gossip", title="x", source=source_of(cast.maths),
            organisation=cast.school, at=MORNING,
        )  # fmt: skip


def test_the_page_shows_ones_own_alone(
    client: Client, cast: Cast, wang: Teacher, zhao: Teacher
) -> None:
    tell(cast, wang, title="告诉王老师的")
    tell(cast, zhao, title="告诉赵老师的")
    client.force_login(wang)

    page = client.get("/notices/").content.decode()

    assert "告诉王老师的" in page
    assert "告诉赵老师的" not in page


def test_opening_marks_read_and_leads_there(
    client: Client, cast: Cast, wang: Teacher, session: Any
) -> None:
    tell(cast, wang, source=source_of(session))
    client.force_login(wang)

    answer = client.post(f"/notices/{Notice.objects.get().uid}/open/")

    assert str(session.uid) in answer.headers["Location"]
    assert queries.unread_count(wang) == 0


def test_another_persons_notice_cannot_be_opened(
    client: Client, cast: Cast, wang: Teacher, zhao: Teacher
) -> None:
    tell(cast, wang)
    client.force_login(zhao)

    assert client.post(f"/notices/{Notice.objects.get().uid}/open/").status_code == 404
    assert queries.unread_count(wang) == 1


def test_all_are_marked_read_and_only_ones_own(
    client: Client, cast: Cast, wang: Teacher, zhao: Teacher
) -> None:
    tell(cast, wang, zhao)
    client.force_login(wang)

    client.post("/notices/read/")

    assert (queries.unread_count(wang), queries.unread_count(zhao)) == (0, 1)


def test_the_bell_counts_what_is_unread(client: Client, cast: Cast, wang: Teacher) -> None:
    tell(cast, wang)
    client.force_login(wang)

    assert '<span class="count">1</span></a>' in client.get("/calendar/").content.decode()


def test_the_bell_costs_a_page_no_statement(client: Client, cast: Cast, wang: Teacher) -> None:
    for _number in range(120):
        tell(cast, wang)
    client.force_login(wang)

    with CaptureQueriesContext(connection) as captured:
        page = client.get("/calendar/").content.decode()

    asked = [one["sql"] for one in captured.captured_queries if "notices_notice" in one["sql"]]
    assert ["people_teacher" in sql for sql in asked] == [True]
    assert '<span class="count">99</span></a>' in page


def test_the_count_is_one_indexed_statement_and_stops_at_99(
    cast: Cast, wang: Teacher, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(120):
        tell(cast, wang)

    with django_assert_num_queries(1) as captured:
        assert queries.unread_count(wang) == 99

    assert "LIMIT 99" in captured.captured_queries[0]["sql"]


@pytest.mark.parametrize("number", [1, 60])
def test_the_page_costs_few_statements(
    client: Client,
    cast: Cast,
    wang: Teacher,
    session: Any,
    number: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for index in range(number):
        tell(cast, wang, source=source_of(session) if index % 2 else None)
    client.force_login(wang)

    with django_assert_max_num_queries(10):
        page = client.get("/notices/")

    assert len(page.content) < 60_000


def test_unread_ones_can_be_shown_alone(client: Client, cast: Cast, wang: Teacher) -> None:
    tell(cast, wang, title="旧的")
    actions.mark_read(Notice.objects.all(), by=wang, at=MORNING + timedelta(hours=1))
    tell(cast, wang, title="新的")
    client.force_login(wang)

    page = client.get("/notices/?state=unread").content.decode()

    assert ("新的" in page, "旧的" in page) == (True, False)
