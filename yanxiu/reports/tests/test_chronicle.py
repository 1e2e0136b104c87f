"""The chronicle of a group is made of what happened, and says what is lacking."""

import io
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from docx import Document

from yanxiu.cast import NOON, Cast
from yanxiu.figures.table import Scope, all_figures
from yanxiu.people.models import Teacher
from yanxiu.reports.documents import chronicle

LATER = NOON + timedelta(hours=2)
LIST = reverse("reports:chronicles")


def close(session: Any, by: Teacher, at: datetime = LATER) -> None:
    """Close through the same door as the page does."""
    client = Client()
    client.force_login(by)
    with time_machine.travel(at, tick=False):
        answer = client.post(reverse("activities:close", args=[session.uid]), {"sure": "on"})
    session.refresh_from_db()
    assert session.closed_at, answer.status_code


def made(cast: Cast, reader: Teacher) -> chronicle.Chronicle:
    return chronicle.chronicle_of(
        cast.maths, span=cast.term.span, period="本学期", reader=reader, on=date(2026, 10, 15)
    )


def text_of(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_a_closed_session_is_in_it_with_its_attendance_and_the_gap_of_its_minutes(
    cast: Cast, session: Any, li: Teacher
) -> None:
    close(session, li)

    text = text_of(chronicle.document(made(cast, li)))

    assert "分数的意义：怎样让错误成为资源" in text
    assert "应到 2 人，实到" in text
    assert "【待补：活动过程与发言要点】" in text


def test_every_number_of_the_head_is_that_of_its_figure(
    cast: Cast, session: Any, li: Teacher
) -> None:
    close(session, li)
    scope = Scope(cast.school.pk, cast.school.path, cast.term.span, unit=cast.maths.pk)

    numbers = dict(made(cast, li).figures)

    assert numbers["举行的场次"] == "1 场"
    for code in chronicle.data.FIGURES:
        figure = all_figures()[code]
        assert numbers[figure.name].split(" ")[0] == f"{figure.value(scope).normalize():f}"


def test_without_sessions_it_says_so(cast: Cast, li: Teacher) -> None:
    assert "还没有已经关闭的活动" in text_of(chronicle.document(made(cast, li)))


def test_the_same_chronicle_gives_the_same_bytes(cast: Cast, session: Any, li: Teacher) -> None:
    close(session, li)

    assert chronicle.document(made(cast, li)) == chronicle.document(made(cast, li))


@pytest.mark.parametrize(
    ("name", "status"), [("li", 200), ("wang", 200), ("zhou", 200), ("zhao", 404), ("qian", 404)]
)
def test_it_opens_for_the_group_and_the_office(cast: Cast, name: str, status: int) -> None:
    client = Client()
    client.force_login(cast.people[name])

    answer = client.get(reverse("reports:chronicle", args=[cast.maths.uid]))

    assert answer.status_code == status
    assert ("数学教研组" in client.get(LIST).content.decode()) == (status == 200)
