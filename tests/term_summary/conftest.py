"""A November with three sessions, a plan, and the summary of its term."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection

from yanxiu.activities import actions as activities
from yanxiu.activities.models import ActivityKind, Session
from yanxiu.conftest import MORNING, Cast
from yanxiu.kernel.spans import moment_at
from yanxiu.people.models import Teacher
from yanxiu.planning import actions as planning
from yanxiu.planning.models import Plan, Rhythm
from yanxiu.reports.actions import summaries as actions
from yanxiu.reports.documents.term_summary.data import Table, TermSummary
from yanxiu.reports.documents.term_summary.filling import fill
from yanxiu.reports.models import Summary

LATER = datetime.fromisoformat("2026-11-20T01:00:00+00:00")
"""20 November 2026, 09:00 in Shanghai."""

HELD_ON = [date(2026, 9, 17), date(2026, 10, 15), date(2026, 11, 12)]


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


def hold(cast: Cast, day: date, *came: str, title: str, group: str = "maths") -> Session:
    """Plan, attend and close a session of a group."""
    unit, leader = (cast.maths, "li") if group == "maths" else (cast.chinese, "zhao")
    by = cast.people[leader]
    session = activities.plan_session(
        cast.school,
        title=title,
        by=by,
        at=MORNING,
        kind=ActivityKind.objects.get(code="research_activity"),
        unit=unit,
        starts_at=moment_at(day, time(14)),
        ends_at=moment_at(day, time(15, 30)),
    )
    states = {cast.people[name]: "present" for name in came}
    activities.call_roll(session, states, by=by, at=LATER)
    return activities.close_session(session, by=by, at=LATER)


@pytest.fixture
def sessions(cast: Cast) -> list[Session]:
    """Three held sessions; 王老师 missed the second one."""
    who = [("li", "wang"), ("li",), ("li", "wang")]
    titles = ["估算从哪里开始", "错题怎样再用", "图形的运动"]
    return [
        hold(cast, day, *came, title=title)
        for day, came, title in zip(HELD_ON, who, titles, strict=True)
    ]


@pytest.fixture
def plan(cast: Cast, zhou: Teacher) -> Plan:
    """A confirmed plan: a goal, a quota, a rhythm, and items of September and December."""
    made: dict[str, Any] = {"by": zhou, "at": MORNING}
    plan = planning.start_plan(cast.school, cast.term, "第一学期校本研修计划", **made)
    planning.add_goal(plan, text="让每次研讨都有可用的结论", **made)
    amount = Decimal(15)
    planning.add_quota(plan, name="跟岗学习", amount=amount, unit_of_measure="节", **made)
    planning.add_rhythm(plan, unit=cast.maths, weekday=4, half_day=Rhythm.HalfDay.AFTERNOON, **made)
    planning.add_item(plan, text="新教师亮相课", month=9, **made)
    planning.add_item(plan, text="期末小结会", month=12, **made)
    return planning.confirm_plan(plan, **made)


@pytest.fixture
def summary(cast: Cast, zhou: Teacher, plan: Plan, sessions: list[Session]) -> Summary:
    assert plan.pk
    assert sessions
    return actions.start_summary(cast.school, cast.term, by=zhou, at=LATER)


def close_gaps(summary: Summary, by: Teacher) -> Summary:
    """Write something at every gap; what sections need, and an open statement elsewhere."""
    for gap in fill(summary, LATER).gaps:
        section = gap.key.startswith("section:")
        place = gap.key if section else f"gap:{gap.key}"
        text = "讨论的结论还没有及时回到课堂。" if section else "本学期未开展，原因是时间不够。"
        summary = actions.save_prose(summary, place, text, version=0, by=by, at=LATER)
    return summary


@pytest.fixture
def approved(summary: Summary, zhou: Teacher, shen: Teacher) -> Summary:
    submitted = actions.submit_summary(close_gaps(summary, zhou), by=zhou, at=LATER)
    return actions.approve(submitted, by=shen, at=LATER)


def count(statement: str) -> Decimal:
    """Ask the database itself."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return Decimal(str(cursor.fetchone()[0] or 0))


def rows_of(document: TermSummary, key: str) -> list[list[str]]:
    """Return the rows of one table as texts."""
    tables = [b for s in document.sections for b in s.blocks if isinstance(b, Table)]
    return [
        [str(c) for c in row.cells] for table in tables if table.key == key for row in table.rows
    ]


def squeezed(text: str) -> str:
    """Return `text` without spaces and without the dividers of table cells."""
    return re.sub(r"[\s｜]", "", text)


def words_of(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        xml = package.read("word/document.xml").decode()
    return squeezed("".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", xml)))
