"""Every address answers every role as `docs/permissions.md` says, and none is left out.

A cell is a status, or a word: 登录 is the way to the log-in page, 拒 the refusal "no right to".
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as house_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from tests.stage import ACTORS, Stage, set_stage
from tests.stages import told as told_by_apps
from tests.test_permissions import table
from yanxiu.audit.models import TrailLine
from yanxiu.figures.table import all_figures
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.kernel.sources import source_of
from yanxiu.places.table import all_places, links

pytestmark = pytest.mark.once

LOG_IN, REFUSED = "登录", "拒"
ROLES = ["未登录", *ACTORS]
ROWS = table("哪个地址怎样回答谁")

BESIDES = {
    "activities:answer": {"check": "抽点"},
    "activities:file_remove": {"file": "数学组场次的文件"},
    "activities:roll_undo": {"batch": "刚才的点名"},
    "activities:scan": {"code": "000000"},
    "activities:schedule_item": {"item": "已确认计划的事项"},
    "people:remark": {"kind": "people.unit"},
    "people:responsible": {"code": "research"},
    "people:absence_end": {"leave": "王老师的离岗"},
    "people:programme": {"programme": "培养方案"},
    "people:requirement": {"requirement": "称号的要求"},
    "people:staff_goal": {"goal": "队伍目标"},
    "people:staff_goal_drop": {"goal": "队伍目标"},
    "people:standing": {"tier": "校级称号"},
    "people:tier": {"tier": "校级称号"},
    "people:tier_review": {"tier": "校级称号"},
    "agenda:feed": {"token": "no-such-link"},
    "notices:confirm": {"word": "no-such-word"},
    "certificates:check": {"code": "no-such-code"},
    "certificates:settle": {"number": "2"},
    "recognition:object_to_line": {"number": "1"},
    "regulations:version": {"number": "1"},
    "people:set_up": {"token": "no-such-link"},
    "people:teacher_leave": {"unit": "数学教研组"},
    "people:teacher_post_end": {"post": "王老师的任职"},
    "people:unit_leave": {"teacher": "王老师"},
    "planning:add": {"kind": "goal"},
    "planning:alike": {"other": "计划草案"},
    "planning:claim_rows": {"code": "ledger.records"},
    "planning:edit": {"kind": "item", "part": "起草中计划的事项"},
    "planning:item": {"part": "起草中计划的事项"},
    "planning:merge": {"into": "起草中的学校计划"},
    "planning:month": {"text": "2026-10"},
    "planning:rhythm": {"part": "数学组的活动节奏"},
    "planning:schedule_month": {"text": "2026-10"},
    "planning:schedule_sheet": {"text": "2026-10"},
    "planning:week": {"text": "2026-10-15"},
    **told_by_apps("BESIDES"),
}
"""What stands in an address beside the thing it is about."""

FORMS = {
    "activities:parts": {"teacher": "王老师", "role": "recorder"},
    "activities:session_experts": {"expert": ""},
    "planning:decide": {"do": "return"},
    "drafting:preview": {"place": "section:next"},
    "planning:demand": {"do": "remind"},
    "planning:item": {"do": "drop"},
    "training:part_remove": {"part": "系列里的自学"},
    "planning:remove": {"kind": "item", "part": "起草中计划的事项"},
    **told_by_apps("FORMS"),
}
"""What a form must hold to say at all what is meant; all others are sent as good as empty."""


def addresses(
    resolver: URLResolver | None = None, space: str = "", above: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the name of every address and what it takes, by walking the whole tree."""
    resolver = resolver or get_resolver()
    for one in resolver.url_patterns:
        takes = (*above, *one.pattern.converters)
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from addresses(one, inner, takes)
        elif isinstance(one, URLPattern):
            assert one.name, f"{one} has no name"
            yield f"{space}{one.name}", takes


ADDRESSES = dict(addresses())
HANDLER = ClientHandler(enforce_csrf_checks=False)


@pytest.fixture(scope="module")
def db(django_db_setup: None) -> None:
    """The test database; pytest-django makes it only where a test asks for this name."""


@pytest.fixture(scope="module")
def stage(
    db: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stage]:
    with django_db_blocker.unblock(), set_stage(tmp_path_factory.mktemp("stage")) as made:
        yield made


@pytest.fixture(scope="module")
def cookies(stage: Stage) -> dict[str, str]:
    """The session cookie of each role, made once as a log-in makes it."""
    made = {"未登录": ""}
    for name, teacher in stage.actors.items():
        store = SessionStore()
        store[SESSION_KEY] = str(teacher.pk)
        store[BACKEND_SESSION_KEY] = house_settings.AUTHENTICATION_BACKENDS[0]
        store[HASH_SESSION_KEY] = teacher.get_session_auth_hash()
        store.create()
        made[name] = str(store.session_key)
    return made


@pytest.fixture(autouse=True)
def _quick_and_apart(settings: Settings, stage: Stage) -> None:
    """Look into the folder of the stage, and let nobody be limited for asking too often."""
    settings.DATA, settings.MEDIA_ROOT = stage.folder, stage.folder / "files"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


@pytest.fixture(autouse=True)
def _nothing_remains(stage: Stage) -> Iterator[None]:
    """Take back what a request has changed."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def path_of(name: str, thing: Any, stage: Stage) -> str:
    """Return the address `name` about `thing`, a row or a uid."""
    given: dict[str, Any] = {}
    for one in ADDRESSES[name]:
        besides = BESIDES.get(name, {}).get(one, "")
        if one == "uid":
            given[one] = getattr(thing, "uid", thing)
        elif one == "pk":
            given[one] = getattr(thing, "pk", thing)
        elif name == "dashboard:figure":
            given[one] = min(all_figures())
        else:
            beside = stage.things.get(besides)
            given[one] = getattr(beside, "uid", beside.pk) if beside else besides
    return reverse(name, kwargs=given)


def form_of(name: str, stage: Stage) -> dict[str, str]:
    """Return the form for the address `name`, with the token that every form carries."""
    form = {
        field: str(stage.things[word].uid) if word in stage.things else word  # type: ignore[attr-defined]
        for field, word in FORMS.get(name, {}).items()
    }
    return {"csrfmiddlewaretoken": "t" * 32, **form}


def asked(
    method: str, path: str, cookie: str, form: dict[str, str] | None = None
) -> HttpResponseBase:
    """Ask as a browser with this cookie."""
    # Making the chain of middleware anew for each request would cost as much as a small page.
    client = Client()
    client.handler = HANDLER
    if cookie:
        client.cookies[house_settings.SESSION_COOKIE_NAME] = cookie
    return client.get(path) if method == "GET" else client.post(path, form)


def body(answer: HttpResponseBase) -> str:
    """Return the page without what differs from request to request: tokens, and the address."""
    if not isinstance(answer, HttpResponse):
        return ""
    page = unescape(answer.content.decode("utf-8", "replace"))
    return re.sub(r"\b[A-Za-z0-9]{64}\b|[0-9a-f-]{36}|(?<=/)\d+(?=/)", "", page)


def told(answer: HttpResponseBase) -> str:
    """Return an answer as a cell of the table writes it."""
    where = answer.headers.get("Location", "")
    if where.startswith(reverse("account_login") + "?next="):
        return LOG_IN
    if answer.status_code == 422 and str(NotAllowed()) in body(answer):
        return REFUSED
    return str(answer.status_code)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['地址']} {row['方法']} {row['对象']}")
def test_every_cell_of_a_row_is_true(
    stage: Stage, cookies: dict[str, str], row: dict[str, str]
) -> None:
    name, method = row["地址"], row["方法"]
    path, form = path_of(name, stage.things.get(row["对象"]), stage), form_of(name, stage)
    found = {}
    for role in ROLES:
        # What one role changes, the next does not see.
        with transaction.atomic():
            found[role] = told(asked(method, path, cookies[role], form))
            transaction.set_rollback(True)

    assert found == {role: row[role] for role in ROLES}


def test_every_address_is_in_the_table() -> None:
    assert sorted({row["地址"] for row in ROWS}) == sorted(ADDRESSES)


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_a_method_that_is_not_in_the_table_is_405_or_changes_nothing(
    stage: Stage, cookies: dict[str, str], name: str
) -> None:
    written = {row["方法"]: row for row in reversed(ROWS) if row["地址"] == name}
    thing = stage.things.get(next(iter(written.values()))["对象"])
    path, before = path_of(name, thing, stage), TrailLine.objects.count()

    for method in {"GET", "POST"} - set(written):
        for role in ROLES:
            shown = written["GET"][role] if "GET" in written else "405"
            assert told(asked(method, path, cookies[role])) in {"405", LOG_IN, shown}
    assert TrailLine.objects.count() == before


ABOUT_THINGS = [row for row in ROWS if row["对象"]]


@pytest.mark.parametrize(
    "row", ABOUT_THINGS, ids=lambda row: f"{row['地址']} {row['方法']} {row['对象']}"
)
def test_a_stranger_cannot_tell_what_is_there_from_what_is_not(
    stage: Stage, cookies: dict[str, str], row: dict[str, str]
) -> None:
    name, method, stranger = row["地址"], row["方法"], cookies["钱老师"]
    nowhere = uuid4() if "uid" in ADDRESSES[name] else 10**6
    paths = [path_of(name, thing, stage) for thing in (stage.things[row["对象"]], nowhere)]

    there, missing = [asked(method, one, stranger, form_of(name, stage)) for one in paths]

    assert there.status_code == missing.status_code
    assert body(there) == body(missing)


@pytest.mark.parametrize("role", ACTORS)
def test_a_link_that_is_shown_opens(stage: Stage, cookies: dict[str, str], role: str) -> None:
    rows: list[Any] = list(stage.things.values())
    sources = [source_of(row) for row in rows if hasattr(row, "SOURCE_KIND")]
    shown = links([one for one in sources if one.kind in all_places()], stage.actors[role])

    closed = [one for one in shown.values() if told(asked("GET", one.url, cookies[role])) == "404"]

    assert closed == []
