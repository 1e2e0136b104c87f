"""The ledger of a whole school equals a recount in SQL that knows nothing of its code.

Two recounts: the entries summed by the database against what standings say was earned, before
anything is capped; and, for a school invented at random, the records themselves reckoned in SQL
by the rule of the scheme, after withdrawals and after a reckoning with another version.
"""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from yanxiu.cast import NOON, Cast
from yanxiu.config.demo import load
from yanxiu.kernel.sources import Source
from yanxiu.kernel.spans import day_of, moment_at
from yanxiu.kernel.uids import new_uid
from yanxiu.ledger import actions, chain
from yanxiu.ledger.actions import reckoning
from yanxiu.ledger.models import SchemeAdoption
from yanxiu.ledger.queries import standings_of
from yanxiu.ledger.tests.written import GENEROUS, SCHEME
from yanxiu.people.models import Organisation, Teacher

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 1, tzinfo=UTC)
DAY = date(2026, 9, 1)
ROLES = ("attendee", "main_speaker")
Sums = dict[tuple[int, str, str], Decimal]

ENTRIES = """
    SELECT teacher_id, scheme, unit, SUM(amount) FROM ledger_entry
    WHERE earned_on <= %s GROUP BY teacher_id, scheme, unit
"""
HALVES = """
    SELECT teacher_id, SUM(
        minutes * %s * CASE role WHEN 'main_speaker' THEN 2 ELSE 1 END * 2 / 45
    )
    FROM ledger_record WHERE withdrawn_at IS NULL AND kind = 'research_activity'
    GROUP BY teacher_id
"""
"""Half hours, for whole numbers are divided without a remainder and so rounded down."""


def asked(sql: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def in_sql(on: date) -> Sums:
    rows = asked(ENTRIES, on)
    sums = {(teacher, scheme, unit): Decimal(str(total)) for teacher, scheme, unit, total in rows}
    return {key: total for key, total in sums.items() if total}


def in_standings(school: Organisation, teachers: list[Teacher], on: date) -> Sums:
    """Return what each standing says was earned by what is posted, before anything is cut."""
    sums: Sums = defaultdict(Decimal)
    for pk, found in standings_of(teachers, school, on).items():
        for each in found:
            for one in each.standing.counted.values():
                if not one.pending:
                    sums[pk, each.scheme.id, one.unit] += one.earned
    return {key: total for key, total in sums.items() if total}


@pytest.mark.once
def test_the_entries_of_the_demo_are_what_its_standings_say_was_earned() -> None:
    with time_machine.travel(NOW, tick=False):
        load(lambda _told: None, NOW)
        on = day_of(NOW)
        told: Sums = {}
        for school in Organisation.objects.filter(is_school=True):
            teachers = list(Teacher.objects.filter(posts__organisation=school).distinct())
            told |= in_standings(school, teachers, on)

    counted = in_sql(on)
    assert counted
    assert {key: total for key, total in counted.items() if key in told} == told
    assert set(told) == set(counted)


deeds = st.lists(
    st.tuples(
        st.sampled_from(["wang", "li", "zhao"]),
        st.sampled_from(ROLES),
        st.integers(1, 400),
        st.integers(0, 40),
        st.booleans(),
    ),
    max_size=12,
)


@settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(done=deeds, again=st.booleans())
def test_a_random_school_equals_its_records_reckoned_in_sql(
    cast: Cast, done: list[tuple[str, str, int, int, bool]], again: bool
) -> None:
    with transaction.atomic():
        adoption = _adopt(cast)
        for who, role, minutes, days, withdrawn in done:
            record = _take_part(cast, who, role, minutes, DAY + timedelta(days=days))
            if withdrawn:
                actions.withdraw(record, because="记错了", by=None, at=NOON)
        if again:
            _reckon_again(cast, adoption)
        expected = {
            teacher: Decimal(int(halves)) / 2
            for teacher, halves in asked(HALVES, 2 if again else 1)
            if halves
        }
        posted = {
            teacher: total
            for (teacher, scheme, _), total in in_sql(NOON.date()).items()
            if scheme == adoption.scheme
        }
        faults = chain.faults()
        transaction.set_rollback(True)

    assert posted == {teacher: total for teacher, total in expected.items() if total}
    assert faults == []


def _adopt(cast: Cast) -> SchemeAdoption:
    _publish(cast, SCHEME)
    return actions.adopt_scheme(cast.school, "made-up-county", starts_on=DAY, by=None, at=NOON)


def _publish(cast: Cast, text: str) -> None:
    file = actions.start_draft(cast.school, text, by=None, at=NOON)
    actions.publish_scheme(file, edition=1, by=None, at=NOON)


def _take_part(cast: Cast, who: str, role: str, minutes: int, on: date) -> Any:
    new = actions.NewRecord(
        teacher=cast.people[who], organisation=cast.school, kind="research_activity", role=role,
        title="研讨", happened_at=moment_at(on, time(15)), assurance="own_code", minutes=minutes,
        source=Source("made.up", new_uid()),
    )  # fmt: skip
    return actions.submit([new], by=None, at=NOON)[0]


def _reckon_again(cast: Cast, adoption: SchemeAdoption) -> None:
    """Give each hour double by another version, and post the difference."""
    guan, nothing = cast.people["guan"], (lambda *_: None)
    _publish(cast, GENEROUS)
    adoption = actions.adopt_scheme(
        cast.school, adoption.scheme, version="2027", starts_on=DAY, by=None, at=NOON
    )
    found = reckoning.start_reckoning(adoption, by=guan, at=NOON)
    found = reckoning.count_changes(found, at=NOON, told=nothing)
    found = reckoning.post_reckoning(found, by=guan, at=NOON)
    reckoning.post_lines(found, by=guan, at=NOON, told=nothing)
