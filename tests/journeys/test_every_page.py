"""Every page is without fault: axe, the console, no sideways scroll, on both devices.

One walk for each device goes through all roles. Each kind of page is looked at once, with whoever
comes to it first. On the phone axe looks at each kind, at the desk, in the dark and in traditional
script, at each that has a piece not seen before: an element of a class. A walk goes on after a
fault and tells all of them at its end.
"""

from collections import Counter

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import House, Visitor, visiting
from tests.journeys.school import speaks
from tests.journeys.ways import ROLES, Ways, new_on, pattern

pytestmark = pytest.mark.browser

PIECES = """() => [...new Set([...document.querySelectorAll("main, main *")].map(
    each => `${each.tagName} ${each.className?.baseVal ?? each.className}`))]"""


class Walk:
    """All roles on one device, what has been looked at so far, and what was wrong."""

    def __init__(self, *, thorough: bool) -> None:
        """Begin with nothing seen; a `thorough` walk shows every kind of page to axe."""
        self.thorough = thorough
        self.checked: Counter[str] = Counter()
        self.pieces: set[str] = set()
        self.faults: list[str] = []

    def of(self, role: str, ways: list[str], visitor: Visitor) -> None:
        """Lead `role` to each kind of page that nobody has looked at."""
        visitor.logs_in(role)
        try:
            if not self.thorough:
                speaks(visitor, "zh-hant")
            for _kind, path in new_on(ways, self.checked):
                self.looks_at(path, role, visitor)
        finally:
            if not self.thorough:
                speaks(visitor, "zh-hans")

    def looks_at(self, path: str, role: str, visitor: Visitor) -> None:
        """Check the page at `path`."""
        answer = visitor.page.goto(f"{visitor.house.url}{path}")
        assert answer is not None
        if answer.status != 200:
            self.faults.append(f"{role} {path}: {answer.status}")
            return
        pieces = set(visitor.page.evaluate(PIECES))
        try:
            visitor.finds_no_fault(axe=self.thorough or not pieces <= self.pieces)
        except AssertionError as fault:
            self.faults.append(str(fault).splitlines()[0])
            visitor.faults.clear()
        self.pieces |= pieces


def test_every_link_opens_for_whoever_sees_it(found_ways: tuple[Ways, list[str]]) -> None:
    ways, faults = found_ways

    assert not faults, "\n".join(faults)
    assert all(len({pattern(path) for path in ways[role]}) >= 8 for role in ROLES)


@pytest.mark.parametrize("device", ["phone", "desk"])
def test_every_kind_of_page(
    device: str, untouched_house: House, found_ways: tuple[Ways, list[str]], browser: Browser
) -> None:
    ways, _faults = found_ways
    phone = device == "phone"
    walk = Walk(thorough=phone)
    # Whoever comes first is looked at: on the phone a teacher, at the desk those who manage.
    for role in ROLES if phone else reversed(ROLES):
        with visiting(browser, untouched_house, phone=phone, dark=not phone) as visitor:
            walk.of(role, ways[role], visitor)
    assert not walk.faults, "\n".join(walk.faults)
    assert {"/sessions/<uid>/", "/plans/<uid>/", "/summaries/<uid>/"} <= set(walk.checked)


def test_the_pages_before_the_log_in(untouched_house: House, browser: Browser) -> None:
    for phone in (True, False):
        with visiting(browser, untouched_house, phone=phone) as visitor:
            for path in ("/log-in/", "/code/", "/privacy/"):
                visitor.goes(path)
                visitor.finds_no_fault()
