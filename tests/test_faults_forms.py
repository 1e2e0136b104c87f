"""Every form of the house takes whatever is typed, pasted or sent into it without breaking.

The addresses are those of `docs/permissions.md`, the fields those that stand on the pages. Most
fields are filled sensibly, so that what is odd in one of them gets past the first look.
"""

from collections.abc import Iterator
from html import escape, unescape
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounds
from hypothesis import strategies as st

from tests import test_urls_by_role as by_role
from tests.forms_on_pages import TYPED, FormField, PageForm, forms_of, merged
from tests.stage import Stage
from yanxiu.ui.incoming import cleaned, storable

pytestmark = pytest.mark.once
db, stage, cookies = by_role.db, by_role.stage, by_role.cookies
_quick_and_apart, _nothing_remains = by_role._quick_and_apart, by_role._nothing_remains

EXAMPLES = 2
"""How often each form is filled; three hundred forms in a minute allow no more."""

SHUT = {by_role.LOG_IN, by_role.REFUSED, "403", "404", "405"}
SCRIPT = "<script>研()</script>"
HALF_A_PAIR = b"\xed\xa0\x80"
ODD: list[str | bytes] = [
    "", " ", "\u3000\u3000", "a\0b", HALF_A_PAIR, b"\xff\xfe", "\x0b\x0c\x1b[31m",
    "研" * 3000, "9" * 5000, "😀👩‍🏫" * 20, "𠮷𫚭𬸪", "\u202eمرحبا\u202c\u200f", "e\u0301\u200b",
    SCRIPT, f'"\'>{SCRIPT}', '=HYPERLINK("http://x","y")', "@SUM(1)", "%(name)s {0} %s {{ 1 }}",
    "-1", "0", "99999999999999999999", "1e309", "NaN", "٣", "１２", "²", "½", "true", "null",
    "0001-01-01", "9999-12-31", "2026-02-30", "0000-00-00", "10000-01-01", "2026-13", "25:61",
    "00:00", "23:59:59", "00000000-0000-0000-0000-000000000000", "not-a-uuid",
    "../../etc/passwd", "http://[", "javascript:alert(1)", "people.teacher:x", "[]", "a,b;c\td\ne",
]  # fmt: skip
SENSIBLE = {
    "date": "2026-10-15", "time": "15:00", "month": "2026-10", "week": "2026-W42", "number": "2",
    "url": "https://example.org/a", "email": "wang@example.org", "tel": "13912345678",
}  # fmt: skip
FURTHEST = {
    "date": ("0001-01-01", "9999-12-31"), "month": ("0001-01", "9999-12"),
    "number": ("-1", "9" * 20), "select": ("0", "9" * 20), "hidden": ("0", "9" * 20),
    "checkbox": ("0", "9" * 20), "radio": ("-1", "9" * 20),
}  # fmt: skip
"""By the kind of field, what is further off than anybody means."""

FILES = [
    ("名单.csv", "姓名,工号\n孙一,0101\n".encode()),
    ("说明.txt", "一页说明。".encode()),
    ("空.xlsx", b""),
    ("坏.docx", b"PK\x03\x04 broken"),
    ("坏.pdf", b"%PDF-1.7"),
    ("页.html", SCRIPT.encode()),
]


# ---- which forms there are ----
def who_may(row: dict[str, str]) -> str:
    """Return a role that gets past the door of an address."""
    return next((role for role in by_role.ROLES if row[role] not in SHUT), "")


POSTS = [row for row in by_role.ROWS if row["方法"] == "POST" and who_may(row)]


def named(row: dict[str, str]) -> str:
    return f"{row['地址']} {row['对象']}"


@pytest.fixture(scope="module")
def forms(stage: Stage, cookies: dict[str, str]) -> dict[str, PageForm]:
    """Every form that somebody finds on any page, by the address it goes to."""
    found: list[PageForm] = []
    for row in by_role.ROWS:
        roles = [role for role in by_role.ROLES if row[role] == "200"]
        if row["方法"] != "GET" or not roles:
            continue
        path = by_role.path_of(row["地址"], stage.things.get(row["对象"]), stage)
        # The host and the office see forms on a page that others only read.
        for role in {roles[0], *(set(roles) & {"周主任", "关管理", "李组长"})}:
            answer = by_role.asked("GET", path, cookies[role])
            if isinstance(answer, HttpResponse) and "html" in answer.headers["Content-Type"]:
                found += forms_of(answer.content.decode(), path)
    return merged(found)


def form_for(row: dict[str, str], stage: Stage, forms: dict[str, PageForm]) -> tuple[str, PageForm]:
    """Return the address of a row of the table, and what a form that goes there holds."""
    path = by_role.path_of(row["地址"], stage.things.get(row["对象"]), stage)
    form = forms.get(path) or PageForm(path, keeps=False)
    given = by_role.form_of(row["地址"], stage)
    del given["csrfmiddlewaretoken"]
    extra = {name: FormField(name, "hidden", [value]) for name, value in given.items()}
    return path, PageForm(path, form.keeps, {**form.fields, **extra})


# ---- filling them ----
def sensible(one: FormField) -> st.SearchStrategy[Any]:
    """Return what somebody who means well gives in this field."""
    if one.kind == "file":
        return st.sampled_from(FILES).map(lambda file: SimpleUploadedFile(*file))
    if one.kind == "checkbox":
        return st.sampled_from([[], ["on"], one.offered[:1], one.offered])
    if one.offered:
        return st.sampled_from(one.offered)
    return st.just(SENSIBLE.get(one.kind, "大家各自算一遍"))


def odd(one: FormField) -> st.SearchStrategy[Any]:
    """Return what nobody means to give in this field: odd words, many at once, a file."""
    words = st.sampled_from(ODD)
    return st.one_of(
        words.map(lambda word: [word]),
        words.map(lambda word: [word]),
        st.lists(words, min_size=2, max_size=3),
        st.lists(sensible(one).filter(lambda value: isinstance(value, str)), min_size=2, max_size=2)
        if one.offered
        else words.map(lambda word: [word]),
        st.sampled_from(FILES).map(lambda file: SimpleUploadedFile(*file)),
        st.just([]),
    )


@st.composite
def filled(draw: st.DrawFn, form: PageForm) -> dict[str, Any]:
    """Fill a form: most of it sensibly, some of it not."""
    fields = list(form.fields.values())
    names = st.sampled_from([one.name for one in fields] or ["another"])
    wrong = draw(st.sets(names, max_size=3))
    sent = {one.name: draw(odd(one) if one.name in wrong else sensible(one)) for one in fields}
    return {**sent, "another": draw(st.sampled_from(ODD).map(lambda word: [word]))}


# ---- the promises ----
def client_of(cookie: str) -> Client:
    client = Client()
    client.handler = by_role.HANDLER
    if cookie:
        client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    return client


def assert_sound(answer: Any) -> None:
    """Assert that an answer is no breakdown, and that nothing typed has become a part of it."""
    assert answer.status_code < 500, answer.content.decode()
    if "html" in answer.headers.get("Content-Type", "") and not answer.streaming:
        assert SCRIPT.encode() not in answer.content


def answers(path: str, form: dict[str, Any], cookie: str) -> Iterator[Any]:
    """Yield the answer to a form, and the page that it leads to; then let it not have been."""
    client = client_of(cookie)
    with transaction.atomic():
        answer: Any = client.post(path, form)
        yield answer
        where = answer.headers.get("Location", "")
        if where.startswith("/"):
            yield client.get(where)
        transaction.set_rollback(True)


@pytest.mark.parametrize("row", POSTS, ids=named)
def test_whatever_is_sent_gets_a_sound_answer(
    stage: Stage, cookies: dict[str, str], forms: dict[str, PageForm], row: dict[str, str]
) -> None:
    path, form = form_for(row, stage, forms)
    cookie = cookies[who_may(row)]

    @bounds(
        max_examples=EXAMPLES, derandomize=True, database=None, deadline=None,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate],
    )  # fmt: skip
    @given(sent=filled(form))
    def holds(sent: dict[str, Any]) -> None:
        for answer in answers(path, sent, cookie):
            assert_sound(answer)

    holds()


@pytest.mark.parametrize("row", POSTS, ids=named)
def test_the_ends_of_time_and_of_numbers_are_answered(
    stage: Stage, cookies: dict[str, str], forms: dict[str, PageForm], row: dict[str, str]
) -> None:
    path, form = form_for(row, stage, forms)
    plain = {
        one.name: one.offered[0] if one.offered else SENSIBLE.get(one.kind, "大家各自算一遍")
        for one in form.fields.values()
    }

    for kind in {one.kind for one in form.fields.values()} & set(FURTHEST):
        names = [one.name for one in form.fields.values() if one.kind == kind]
        for furthest in FURTHEST[kind]:
            sent = {**plain, **dict.fromkeys(names, furthest)}
            for answer in answers(path, sent, cookies[who_may(row)]):
                assert_sound(answer)


@pytest.mark.parametrize("row", POSTS, ids=named)
def test_a_form_that_is_not_taken_keeps_what_was_typed(
    stage: Stage, cookies: dict[str, str], forms: dict[str, PageForm], row: dict[str, str]
) -> None:
    path, form = form_for(row, stage, forms)
    typed = {
        one.name: f"写好的<第{number}句>"
        for number, one in enumerate(form.fields.values())
        if one.kind in TYPED and one.name not in by_role.FORMS.get(row["地址"], {})
    }

    (answer, *_after) = answers(path, typed, cookies[who_may(row)])

    if answer.status_code == 422 and not form.keeps:
        page = unescape(answer.content.decode())
        assert [word for word in typed.values() if word not in page] == []
        assert escape("<第") in answer.content.decode() or not typed


# ---- what cannot be kept ----
def test_what_nobody_can_see_is_left_out_of_all_that_comes_in() -> None:
    assert storable("教\0研\x0b活动\ud800\uffff") == "教研\n活动"
    assert storable("𠮷😀\t\r\n\u202e") == "𠮷😀\t\r\n\u202e"


def test_a_form_without_it_is_left_as_it_is() -> None:
    form = QueryDict("text=教研&text=活动")

    assert cleaned(form) is form
    assert cleaned(QueryDict("a%00=%00b&a%00=c")).getlist("a") == ["b", "c"]
