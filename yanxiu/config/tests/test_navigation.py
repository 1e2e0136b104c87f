"""Every entry of the navigation leads to a page that opens."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.cast import MORNING, Cast
from yanxiu.config import navigation
from yanxiu.people import actions as people
from yanxiu.people.models import Role, Teacher
from yanxiu.people.rights import RIGHTS

IDLE: Any = SimpleNamespace(holdings=())
"""Somebody who holds nothing yet: the entries are asked for before there is a database."""

ENTRIES = {
    item.name: item.right
    for items in (
        navigation._work(None),
        navigation._school(IDLE),
        navigation._administration(IDLE),
        navigation._tabs(),
    )
    for item in items
}


@pytest.fixture
def master(cast: Cast) -> Teacher:
    """Somebody who holds every right at 清河小学."""
    role = Role.objects.create(code="of-all-rights", name="全部权限", rights=list(RIGHTS))
    teacher = people.add_teacher(name="全老师", by=None, at=MORNING)
    people.give_post(teacher, cast.school, role, starts_on=date(2020, 9, 1), by=None, at=MORNING)
    return teacher


@pytest.mark.parametrize("name", ENTRIES)
def test_it_opens_for_whoever_holds_all_rights(client: Client, master: Teacher, name: str) -> None:
    client.force_login(master)

    assert client.get(reverse(name), follow=True).status_code == 200


def test_each_entry_is_offered_to_whoever_holds_all_rights(client: Client, master: Teacher) -> None:
    client.force_login(master)

    shown = client.get("/").content.decode()

    assert [name for name in ENTRIES if f'href="{reverse(name)}"' not in shown] == []


def test_an_entry_that_needs_a_right_is_not_offered_without(client: Client, wang: Teacher) -> None:
    client.force_login(wang)

    shown = client.get("/").content.decode()

    needing = [name for name, right in ENTRIES.items() if right]
    assert [name for name in needing if f'href="{reverse(name)}"' in shown] == []


@pytest.mark.parametrize(
    ("page", "entry"),
    [("people:access", "people:roles"), ("ledger:schemes", "terms:terms")],
)
def test_a_page_of_another_address_lights_the_entry_it_belongs_to(
    client: Client, master: Teacher, page: str, entry: str
) -> None:
    client.force_login(master)

    groups = client.get(reverse(page)).context["navigation"]

    lit = [item.name for group in groups for item in group["items"] if item.active]
    assert lit == [entry]


def test_it_is_grouped_and_one_entry_at_most_is_the_active_one(
    client: Client, master: Teacher
) -> None:
    client.force_login(master)

    shown = client.get(reverse("people:roster"))

    groups = shown.context["navigation"]
    assert [group["label"] for group in groups] == ["", "教学", "学校", "管理"]
    active = [item.name for group in groups for item in group["items"] if item.active]
    assert active == ["people:roster"]


def test_nobody_gets_a_group_without_entries(client: Client, wang: Teacher) -> None:
    client.force_login(wang)

    groups = client.get("/").context["navigation"]

    assert [group["label"] for group in groups] == ["", "教学", "学校"]


def test_remarks_are_offered_to_those_who_answer_them(
    client: Client, shen: Teacher, zhou: Teacher, wang: Teacher
) -> None:
    offered = {}
    for teacher in (shen, zhou, wang):
        client.force_login(teacher)
        shown = client.get("/").content.decode()
        offered[teacher.name] = f'href="{reverse("people:supervision")}"' in shown

    assert offered == {"沈校长": True, "周主任": True, "王老师": False}
