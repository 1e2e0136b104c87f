"""Who looked at somebody's hours is told to that person, once a day and kind, and to no other."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from yanxiu.audit.models import TrailLine
from yanxiu.cast import EVENING, Cast, LogIn, statements
from yanxiu.ledger.actions.looking import note_look
from yanxiu.ledger.queries import looks
from yanxiu.people.models import Teacher
from yanxiu.portfolio.tests.conftest import TakePart

LOOKS = reverse("portfolio:looks")


def page(log_in: LogIn, teacher: Teacher) -> str:
    answer = log_in(teacher).get(LOOKS)
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_kind_of_look_is_told_once_a_day(
    log_in: LogIn, zhou: Teacher, wang: Teacher, take_part: TakePart
) -> None:
    record = take_part(wang)
    client = log_in(zhou)
    for _twice in range(2):
        client.get(reverse("portfolio:teacher", args=[wang.uid]))
        client.get(reverse("portfolio:record", args=[record.uid]))
        client.get(reverse("portfolio:file_of", args=[wang.uid]))

    text = page(log_in, wang)

    for what in ("打开了您的学时", "打开了您的研修记录", "打开了您的成长档案"):
        assert text.count(what) == 1


def test_each_reader_is_told_apart(zhou: Teacher, shen: Teacher, wang: Teacher) -> None:
    for reader in (zhou, shen):
        note_look([wang], looks.HOURS, by=reader, at=EVENING)

    told = {line.actor_name for line in looks.looks_at(wang)}
    assert told == {"周主任", "沈校长"}


def test_the_next_day_is_told_again(zhou: Teacher, wang: Teacher) -> None:
    note_look([wang], looks.CERTIFICATE, by=zhou, at=EVENING)
    with time_machine.travel(EVENING + timedelta(days=1), tick=False):
        note_look([wang], looks.CERTIFICATE, by=zhou, at=EVENING + timedelta(days=1))

    assert TrailLine.objects.filter(verb=looks.CERTIFICATE).count() == 2


def test_ones_own_looks_leave_nothing(log_in: LogIn, wang: Teacher, take_part: TakePart) -> None:
    record = take_part(wang)
    client = log_in(wang)
    client.get(reverse("portfolio:hours"))
    client.get(reverse("portfolio:record", args=[record.uid]))

    assert "还没有别人看过" in page(log_in, wang)


def test_nobody_reads_the_looks_of_others(log_in: LogIn, zhou: Teacher, wang: Teacher) -> None:
    note_look([wang], looks.HOURS, by=zhou, at=EVENING)

    assert "还没有别人看过" in page(log_in, zhou)


def test_an_unknown_kind_is_a_bug(zhou: Teacher, wang: Teacher) -> None:
    with pytest.raises(KeyError):
        note_look([wang], "made.up", by=zhou, at=EVENING)


def test_looking_at_many_takes_two_statements(
    cast: Cast, zhou: Teacher, django_assert_num_queries: Any
) -> None:
    many = list(cast.people.values())
    with django_assert_num_queries(2):
        assert note_look(many, looks.LIST, by=zhou, at=EVENING) == len(many) - 1


def test_its_statements_do_not_grow(log_in: LogIn, zhou: Teacher, wang: Teacher) -> None:
    client = log_in(wang)
    note_look([wang], looks.HOURS, by=zhou, at=EVENING)
    few = statements(client, LOOKS)
    for day in range(1, 70):
        note_look([wang], looks.HOURS, by=zhou, at=EVENING + timedelta(days=day))

    assert statements(client, LOOKS) == few <= 6
