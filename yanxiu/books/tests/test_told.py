"""What reading tells figures, growth file and pages: with ceilings, and nothing private."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.activities import actions as activities
from yanxiu.activities.models import ActivityKind
from yanxiu.books import actions
from yanxiu.books.actions import PartPlan
from yanxiu.books.leaves import LEAVES
from yanxiu.books.models import ReadingRecord
from yanxiu.books.tests.conftest import Read
from yanxiu.cast import NOON, Cast
from yanxiu.figures.leaves import leaves_of
from yanxiu.figures.table import Scope, figure
from yanxiu.kernel.spans import day_of
from yanxiu.people.models import Teacher

TODAY = day_of(NOON)
Queries = Callable[..., Any]


def test_the_growth_file_tells_of_what_was_read_without_notes(
    cast: Cast, read: Read, wang: Teacher
) -> None:
    record = read(wang, done=True)
    facts = {"notes": "心里话", "pages": "1—86 页"}
    record = actions.save_record(record, edition=record.edition, facts=facts, by=wang, at=NOON)
    actions.add_excerpt(record, text="给人看的", is_shared=True, page="3", by=wang, at=NOON)
    actions.add_excerpt(record, text="留给自己的", by=wang, at=NOON)

    told = str(leaves_of(LEAVES[0], cast.term.span, [wang.pk], wang))

    assert "用心做教研" in told
    assert "给人看的" in told
    assert "1—86 页" in told
    assert "心里话" not in told
    assert "留给自己的" not in told


def test_figures_leave_out_what_is_told_to_nobody(cast: Cast, read: Read, wang: Teacher) -> None:
    scope = Scope(cast.school.pk, cast.school.path, cast.term.span)
    record = read(wang, done=True)
    assert figure("books.read").value(scope) == 1

    actions.tell_record(record, "nobody", by=wang, at=NOON)

    assert figure("books.read").value(scope) == 0
    assert figure("books.readers").value(scope) == 0


def test_a_figure_opens_to_the_office_and_not_to_a_colleague(
    client: Client, read: Read, wang: Teacher, zhou: Teacher, zhao: Teacher
) -> None:
    read(wang, done=True)
    address = reverse("dashboard:figure", args=["books.read"])
    client.force_login(zhou)
    assert "用心做教研" in client.get(address).content.decode()
    client.force_login(zhao)

    assert "用心做教研" not in client.get(address).content.decode()


@pytest.fixture
def busy(cast: Cast, read: Read, zhou: Teacher, li: Teacher, wang: Teacher) -> dict[str, Any]:
    """Many of everything."""
    span: dict[str, Any] = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=60)}
    given = actions.make_list(cast.school, name="荐读", by=zhou, at=NOON, **span)
    parts = [PartPlan(f"第{n}章", TODAY + timedelta(days=n)) for n in range(1, 12)]
    together = actions.open_round(
        cast.school, title="共读的书", unit=cast.maths, parts=parts, by=li, at=NOON, **span
    )
    club = actions.found_club(cast.school, name="读书会", by=wang, at=NOON)
    for number in range(12):
        actions.add_to_list(given, title=f"书单{number}号", by=zhou, at=NOON)
        actions.recommend(cast.school, title=f"推荐{number}号", reason="好", by=li, at=NOON)
        actions.share(reading_round=together, text=f"第{number}句", by=wang, at=NOON)
        for teacher in (li, wang, zhou):
            record = read(teacher, f"{teacher.name}的{number}号", done=bool(number % 2))
            actions.tell_record(record, "school", by=teacher, at=NOON)
        actions.add_excerpt(record, text=f"摘录{number}", by=zhou, at=NOON)
    session = activities.plan_session(
        cast.school, title="读书交流", by=li, at=NOON, unit=cast.maths,
        kind=ActivityKind.objects.get(code="reading_exchange"),
        starts_at=NOON + timedelta(hours=1), ends_at=NOON + timedelta(hours=2),
    )  # fmt: skip
    actions.tie_meeting(session, form="exchange", reading_round=together, by=li, at=NOON)
    for number in range(12):
        share = actions.share(session=session, text=f"会上第{number}句", by=wang, at=NOON)
    found = {"list": given, "round": together, "club": club, "record": record}
    return found | {"meeting": session, "share": share}


def test_pages_of_many_rows_cost_at_most_ten_statements(
    client: Client, busy: dict[str, Any], django_assert_max_num_queries: Queries, zhou: Teacher
) -> None:
    client.force_login(zhou)
    pages = [
        reverse(f"books:{name}")
        for name in (
            "home", "mine", "open", "school", "coverage", "lists", "recommendations", "rounds",
            "clubs", "meetings", "library",
        )
    ]  # fmt: skip
    pages += [reverse(f"books:{name}", args=[row.uid]) for name, row in busy.items()]
    pages.append(reverse("books:book", args=[ReadingRecord.objects.latest("pk").book.uid]))
    for address in pages:
        with django_assert_max_num_queries(10, info=address):
            answer = client.get(address)
        assert answer.status_code == 200, address
        assert len(answer.content) < 60_000
