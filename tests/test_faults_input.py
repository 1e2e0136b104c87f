"""Whatever stands in an address or a form, the answer is a sentence: never a broken server."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import test_urls_by_role as by_role
from tests.stage import Stage
from yanxiu.activities import codes

db, stage, cookies = by_role.db, by_role.stage, by_role.cookies
_quick_and_apart, _nothing_remains = by_role._quick_and_apart, by_role._nothing_remains

ROLES = ("周主任", "关管理", "李组长")
NUL, FULL_WIDTH = "\x00", "１２３４５６"

QUERIES: list[tuple[str, str, dict[str, str]]] = [
    ("people:teachers", "", {"page": "x", "unit": "1", "q": NUL, "school": "y"}),
    ("people:teachers", "", {"page": "999", "unit": "x"}),
    ("people:units", "", {"organisation": "x", "q": NUL}),
    ("people:organisations", "", {"q": NUL}),
    ("people:slips", "", {"unit": "x", "school": NUL}),
    ("terms:terms", "", {"organisation": "x", "school": "x"}),
    ("planning:plans", "", {"term": "x", "page": "-1", "unit": NUL}),
    ("activities:sessions", "", {"page": "x", "unit": "x", "state": "zz", "q": NUL, "term": "x"}),
    ("activities:new", "", {"day": "xx", "unit": "q"}),
    ("activities:roll", "数学组正在签到的场次", {"since": "9" * 30}),
    ("activities:parts", "数学组正在签到的场次", {"q": NUL, "role": "zz"}),
    ("activities:make_up", "数学组正在签到的场次", {"teacher": "x", "q": NUL}),
    ("activities:amend", "数学组的场次", {"teacher": "x", "q": NUL}),
    ("activities:sign_in", "数学组正在签到的场次", {"proof": "zz:zz:" + NUL}),
    ("activities:sessions", "", {"month": "9999-12"}),
    ("activities:sessions", "", {"month": "0001-01"}),
    ("people:tiers", "", {"year": "0000", "level": NUL}),
    ("portfolio:records", "", {"term": "x", "page": "q", "year": "x"}),
    ("portfolio:overview", "", {"unit": "x", "page": "x", "q": NUL}),
    ("reports:summaries", "", {"term": NUL, "page": "x"}),
    ("dashboard:figures", "", {"q": NUL}),
    ("dashboard:figure", "", {"term": "x", "unit": NUL, "organisation": "q", "page": "zz"}),
]

FORMS: list[tuple[str, str, dict[str, str]]] = [
    ("account_login", "", {"login": NUL, "password": "x"}),
    ("people:code", "", {"login": NUL, "code": NUL}),
    ("people:code", "", {"pass": "zz", "password": "abc"}),
    ("people:language", "", {"language": "zh-hans", "next": "no-such-page"}),
    ("people:slips", "", {"teacher": "x"}),
    ("people:unit_members", "数学教研组", {"teacher": "x", "member": NUL}),
    ("people:unit_leader", "数学教研组", {"teacher": "x", "leader": NUL}),
    (
        "people:teacher_post",
        "王老师",
        {"role": "x", "organisation": NUL, "starts_on": "2026-13-40"},
    ),
    ("terms:term", "本学期", {"starts_on": "10000-01-01", "ends_on": NUL}),
    ("ledger:schemes", "", {"scheme": "x", "school": NUL, "organisation": "x"}),
    ("planning:read", "", {"organisation": "x", "unit": NUL}),
    ("planning:add", "起草中的学校计划", {"text": NUL, "month": "13"}),
    ("planning:remove", "起草中的学校计划", {"kind": "item", "part": "x"}),
    ("planning:proposal", "计划草案", {"term": "x", "keep-1": NUL}),
    ("activities:new", "", {"title": NUL, "unit": "x", "starts_at": "25:61", "day": "x"}),
    ("activities:parts", "数学组正在签到的场次", {"teacher": "x", "role": "host"}),
    ("activities:sign_in", "数学组正在签到的场次", {"code": NUL}),
    ("activities:sign_in", "数学组正在签到的场次", {"code": FULL_WIDTH, "proof": "zz"}),
    ("activities:minutes", "数学组正在签到的场次", {"process": NUL, "version": "x"}),
    ("activities:make_up", "数学组正在签到的场次", {"teacher": "x", "reason": NUL, "state": "zz"}),
    ("activities:amend", "数学组的场次", {"teacher": "x", "reason": NUL, "state": "zz"}),
    ("reports:start", "", {"term": NUL}),
    ("reports:prose", "起草中的总结", {"place": NUL, "text": NUL, "version": "x"}),
]

BROKEN_ADDRESSES = [
    ("planning:add", "起草中的学校计划", "goal", "nonsense"),
    ("planning:month", "起草中的学校计划", "2026-10", "2026-13"),
    ("planning:month", "起草中的学校计划", "2026-10", "9999-99"),
    ("planning:week", "起草中的学校计划", "2026-10-15", "9999-12-31"),
    ("planning:schedule_month", "", "2026-10", "9999-12"),
    ("activities:scan", "数学组正在签到的场次", "000000", "%EF%BC%91%EF%BC%92"),
    ("people:set_up", "", "no-such-link", "%00"),
    ("dashboard:figures", "", "figures/", "figures/none/"),
]


def answer(cookie: str, method: str, path: str, data: dict[str, str] | None = None) -> Any:
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    return client.get(path, data) if method == "GET" else client.post(path, data)


def named(row: tuple[Any, ...]) -> str:
    return f"{row[0]} {row[2]!r}"


@pytest.mark.parametrize("query", QUERIES, ids=named)
def test_a_nonsensical_question_is_answered(
    stage: Stage, cookies: dict[str, str], query: tuple[str, str, dict[str, str]]
) -> None:
    name, thing, data = query
    path = by_role.path_of(name, stage.things.get(thing), stage)

    statuses = {role: answer(cookies[role], "GET", path, data).status_code for role in ROLES}

    assert 500 not in statuses.values(), statuses


@pytest.mark.parametrize("form", FORMS, ids=named)
def test_a_nonsensical_form_is_answered(
    stage: Stage, cookies: dict[str, str], form: tuple[str, str, dict[str, str]]
) -> None:
    name, thing, data = form
    path = by_role.path_of(name, stage.things.get(thing), stage)

    statuses = {role: answer(cookies[role], "POST", path, data).status_code for role in ROLES}

    assert 500 not in statuses.values(), statuses


@pytest.mark.parametrize(("name", "thing", "right", "wrong"), BROKEN_ADDRESSES)
def test_a_nonsensical_address_is_answered(
    stage: Stage, cookies: dict[str, str], name: str, thing: str, right: str, wrong: str
) -> None:
    path = by_role.path_of(name, stage.things.get(thing), stage)
    assert right in path

    shown = answer(cookies["周主任"], "GET", path.replace(right, wrong))

    assert shown.status_code in {200, 302, 404, 422}


def test_digits_of_a_chinese_keyboard_are_digits(stage: Stage, cookies: dict[str, str]) -> None:
    session: Any = stage.things["数学组正在签到的场次"]
    path = reverse("activities:sign_in", args=[session.uid])
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    code = codes.code_at(session, timezone.now()).translate(wide)

    assert answer(cookies["李组长"], "POST", path, {"code": code}).status_code == 303
