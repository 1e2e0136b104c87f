"""A spring term, two more groups, and a plan that was read."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from yanxiu.cast import MORNING, Cast
from yanxiu.people import actions as people
from yanxiu.people.models import Teacher, UnitKind
from yanxiu.planning import actions
from yanxiu.planning.models import Plan, Proposal
from yanxiu.terms import actions as terms
from yanxiu.terms.models import Term

TEXT = """清河小学2026年秋季校本研修工作计划

一、工作目标

1.读书：每位教师每学期至少阅读1本教育专著。

2.课堂：人人上好研究课。

二、教研组活动时间

数学：周三下午

音乐组：自行商量决定

三、具体安排

九月份：

1.制订研修计划。

十月份：

1.课堂调研。

2.读书交流会。
"""


@pytest.fixture
def spring(cast: Cast) -> Term:
    """2025—2026 第二学期, March to June."""
    return terms.set_term(
        cast.school,
        school_year=2025,
        half=2,
        starts_on=date(2026, 3, 2),
        ends_on=date(2026, 6, 27),
        by=None,
        at=MORNING,
    )


@pytest.fixture
def groups(cast: Cast) -> None:
    """英语教研组 and 综合教研组."""
    kind = UnitKind.objects.get(code="teaching_research_group")
    for name, subject in (("英语教研组", "英语"), ("综合教研组", "")):
        people.add_unit(cast.school, name, kind, by=None, at=MORNING, subject=subject)


@pytest.fixture
def sample(samples: Path) -> bytes:
    """The collection of two real plans in traditional script."""
    return (samples / "documents" / "term-plans-traditional.txt").read_bytes()


@pytest.fixture
def proposal(cast: Cast, zhou: Teacher) -> Proposal:
    """A small plan of the autumn, read by 周主任."""
    data = TEXT.encode()
    return actions.read_proposals(cast.school, data, name="计划.txt", by=zhou, at=MORNING)[0]


@pytest.fixture
def plan(proposal: Proposal, zhou: Teacher) -> Plan:
    """The same, taken and confirmed as it was read."""
    actions.accept_rest(proposal, by=zhou, at=MORNING)
    return actions.confirm_proposal(proposal, by=zhou, at=MORNING)


@pytest.fixture
def office(client: Client, zhou: Teacher) -> Client:
    """周主任 at her computer."""
    client.force_login(zhou)
    return client
