"""A rule of the school, written and in force, and a researcher at the central school above."""

from datetime import date

import pytest

from yanxiu.cast import MORNING, Cast
from yanxiu.people import actions as people
from yanxiu.people.models import Organisation, Role, Teacher
from yanxiu.regulations import actions
from yanxiu.regulations.models import Regulation, RegulationKind

TEXT = """为了让研修落到课堂上，订立本制度。
第一条　每周活动一次，由组长主持。
第二条　每次活动都有记录：
一、谈了什么；
二、定了什么。
第三条　因事不能到会，事先说明。
"""
SEPTEMBER = date(2026, 9, 1)


def kind(code: str) -> RegulationKind:
    return RegulationKind.objects.get(code=code)


@pytest.fixture
def central(cast: Cast) -> Organisation:
    parent = cast.school.parent
    assert parent is not None
    return parent


@pytest.fixture
def sun(central: Organisation) -> Teacher:
    """孙教研员, researcher of the central school."""
    teacher = people.add_teacher(name="孙教研员", phone="13700000001", by=None, at=MORNING)
    people.give_post(
        teacher, central, Role.objects.get(code="researcher"), starts_on=date(2020, 9, 1),
        by=None, at=MORNING,
    )  # fmt: skip
    return teacher


@pytest.fixture
def drafted(cast: Cast, zhou: Teacher) -> Regulation:
    new = actions.NewRule(title="研修管理制度", text=TEXT, starts_on=SEPTEMBER)
    return actions.register(cast.school, kind("pd_management"), new, by=zhou, at=MORNING)


@pytest.fixture
def regulation(drafted: Regulation, zhou: Teacher) -> Regulation:
    version = actions.draft(drafted)
    assert version is not None
    actions.publish(
        version, by=zhou, at=MORNING, acknowledge_by=date(2026, 10, 31), review_on=date(2027, 8, 20)
    )
    return drafted
