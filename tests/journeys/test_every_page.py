"""Every page is without fault: axe, the console, no sideways scroll, on both devices.

One walk for each device goes through all roles. Each kind of page is drawn once, by whoever
comes to it first; the others only fetch it, to see that it opens and where it leads. On the phone
axe looks at each kind, at the desk, in the dark, at each that has a piece not seen before: an
element of a class. A walk goes on after a fault and tells all of them at its end.
"""

import re
from collections import Counter, deque

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import UID, House, Visitor, visiting

pytestmark = pytest.mark.browser

ROLES = ("教师", "教研组长", "教科室", "校长", "管理员", "中心校教研员")
FIGURES = 3
"""Figures all look alike: so many are looked at."""

HREF = re.compile(r'<a [^>]*?href="(/[^"]*)"')
FILES = (".xlsx", ".docx", ".ics", ".pdf", ".zip", ".html", ".yaml")
PIECES = """() => [...new Set([...document.querySelectorAll("main, main *")].map(
    each => `${each.tagName} ${each.className?.baseVal ?? each.className}`))]"""


def pattern(path: str) -> str:
    """Return `path` with uids, numbers, days, codes and questions left out: the kind of page."""
    bare = re.split(r"[?#]", path.replace("&amp;", "&"), maxsplit=1)[0]
    bare = UID.sub("<uid>", bare)
    # Each month, week and day leads to the next one: without this the walk would not end.
    bare = re.sub(r"(?<=/)\d[\dW-]*(?=/|$)", "<number>", bare)
    bare = re.sub(r"(?<=/responsible/)[^/]+", "<code>", bare)
    return re.sub(r"^/figures/[^/]+/$", "/figures/<code>/", bare)


def links_of(text: str) -> list[str]:
    """Return the inner links of a page that lead to pages."""
    return [
        href
        for href in HREF.findall(text)
        if not href.startswith(("/files/", "/static/")) and not pattern(href).endswith(FILES)
    ]


class Walk:
    """All roles on one device, what has been looked at so far, and what was wrong."""

    def __init__(self, *, thorough: bool) -> None:
        """Begin with nothing seen; a `thorough` walk shows every kind of page to axe."""
        self.thorough = thorough
        self.checked: Counter[str] = Counter()
        self.pieces: set[str] = set()
        self.faults: list[str] = []

    def of(self, role: str, visitor: Visitor) -> set[str]:
        """Lead `role` to each kind of page it finds a link to; return these kinds."""
        visitor.logs_in(role)
        waiting, met = deque(["/"]), Counter[str]()
        while waiting:
            path = waiting.popleft()
            kind = pattern(path)
            most = FIGURES if kind == "/figures/<code>/" else 1
            if met[kind] >= most:
                continue
            met[kind] += 1
            if kind == "/" or self.checked[kind] < most:
                self.checked[kind] += 1
                waiting += links_of(self.looks_at(path, role, visitor))
            else:
                waiting += links_of(self.fetches(path, role, visitor))
        return set(met)

    def looks_at(self, path: str, role: str, visitor: Visitor) -> str:
        """Check the page at `path` and return its text."""
        answer = visitor.page.goto(f"{visitor.house.url}{path}")
        assert answer is not None
        if answer.status != 200:
            self.faults.append(f"{role} {path}: {answer.status}")
            return ""
        pieces = set(visitor.page.evaluate(PIECES))
        try:
            visitor.finds_no_fault(axe=self.thorough or not pieces <= self.pieces)
        except AssertionError as fault:
            self.faults.append(str(fault).splitlines()[0])
            visitor.faults.clear()
        self.pieces |= pieces
        return answer.text()

    def fetches(self, path: str, role: str, visitor: Visitor) -> str:
        """Fetch the page at `path` without drawing it and return its text."""
        answer = visitor.page.context.request.get(f"{visitor.house.url}{path}")
        if answer.status != 200:
            self.faults.append(f"{role} {path}: {answer.status}")
            return ""
        return answer.text()


@pytest.mark.parametrize("device", ["phone", "desk"])
def test_every_kind_of_page(device: str, demo_house: House, browser: Browser) -> None:
    phone = device == "phone"
    walk = Walk(thorough=phone)
    # Whoever comes first is looked at: on the phone a teacher, at the desk those who manage.
    for role in ROLES if phone else reversed(ROLES):
        with visiting(browser, demo_house, phone=phone, dark=not phone) as visitor:
            assert len(walk.of(role, visitor)) >= 8
    assert not walk.faults, "\n".join(walk.faults)
    assert {"/sessions/<uid>/", "/plans/<uid>/", "/summaries/<uid>/"} <= set(walk.checked)


def test_the_pages_before_the_log_in(demo_house: House, browser: Browser) -> None:
    for phone in (True, False):
        with visiting(browser, demo_house, phone=phone) as visitor:
            for path in ("/log-in/", "/code/", "/privacy/"):
                visitor.goes(path)
                visitor.finds_no_fault()
