"""Every page is without fault: axe, the console, no sideways scroll, on both devices.

One walk for each device goes through all roles. Each kind of page is checked once, by whoever
comes to it first; the others only fetch it, to see that it opens and where it leads.
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
FILES = (".xlsx", ".docx")


def pattern(path: str) -> str:
    """Return `path` with uids, months, codes and questions left out: the kind of page."""
    bare = re.split(r"[?#]", path.replace("&amp;", "&"), maxsplit=1)[0]
    bare = UID.sub("<uid>", bare)
    bare = re.sub(r"/months/\d{4}-\d\d/", "/months/<month>/", bare)
    return re.sub(r"^/figures/[^/]+/$", "/figures/<code>/", bare)


def links_of(text: str) -> list[str]:
    """Return the inner links of a page that lead to pages."""
    return [
        href
        for href in HREF.findall(text)
        if not href.startswith(("/files/", "/static/")) and not pattern(href).endswith(FILES)
    ]


class Walk:
    """All roles on one device, and what has been looked at so far."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self.checked: Counter[str] = Counter()

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
                waiting += links_of(self.fetches(path, visitor))
        return set(met)

    def looks_at(self, path: str, role: str, visitor: Visitor) -> str:
        """Check the page at `path` and return its text."""
        answer = visitor.page.goto(f"{visitor.house.url}{path}")
        assert answer is not None
        assert answer.status == 200, f"{role} {path}: {answer.status}"
        visitor.finds_no_fault()
        return answer.text()

    @staticmethod
    def fetches(path: str, visitor: Visitor) -> str:
        """Fetch the page at `path` without drawing it and return its text."""
        answer = visitor.page.context.request.get(f"{visitor.house.url}{path}")
        assert answer.status == 200, f"{path}: {answer.status}"
        return answer.text()


@pytest.mark.parametrize("device", ["phone", "desk"])
def test_every_kind_of_page(device: str, demo_house: House, browser: Browser) -> None:
    phone = device == "phone"
    walk = Walk()
    # Whoever comes first is looked at: on the phone a teacher, at the desk those who manage.
    for role in ROLES if phone else reversed(ROLES):
        with visiting(browser, demo_house, phone=phone, dark=not phone) as visitor:
            assert len(walk.of(role, visitor)) >= 8
    assert {"/sessions/<uid>/", "/plans/<uid>/", "/summaries/<uid>/"} <= set(walk.checked)


def test_the_pages_before_the_log_in(demo_house: House, browser: Browser) -> None:
    for phone in (True, False):
        with visiting(browser, demo_house, phone=phone) as visitor:
            for path in ("/log-in/", "/code/", "/privacy/"):
                visitor.goes(path)
                visitor.finds_no_fault()
