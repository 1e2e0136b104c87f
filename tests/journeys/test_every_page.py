"""Every page is without fault: axe, the console, no sideways scroll, on both devices.

One walk for each device goes through all roles. Each kind of page is looked at once, with whoever
comes to it first: on the phone in traditional script, with axe; at the desk in the dark and in
English, with axe where a piece was not seen before (an element of a class), and then once more as
narrow as a phone, for English is the widest. Other journeys read simplified script. A walk goes on
after a fault and tells all of them at its end.
"""

from collections import Counter

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import DESK, PHONE, House, Visitor, visiting
from tests.journeys.english import left_in_chinese, over_the_edge, written_by_people
from tests.journeys.school import speaks
from tests.journeys.ways import ROLES, Ways, new_on, pattern

pytestmark = pytest.mark.browser

PIECES = """() => [...new Set([...document.querySelectorAll("main, main *")].map(
    each => `${each.tagName} ${each.className?.baseVal ?? each.className}`))]"""


class Walk:
    """All roles on one device, what has been looked at so far, and what was wrong."""

    language = "zh-hant"

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self.checked: Counter[str] = Counter()
        self.faults: list[str] = []

    def of(self, role: str, ways: list[str], visitor: Visitor) -> None:
        """Lead `role` to each kind of page that nobody has looked at."""
        visitor.logs_in(role)
        try:
            speaks(visitor, self.language)
            for kind, path in new_on(ways, self.checked):
                answer = visitor.page.goto(f"{visitor.house.url}{path}")
                assert answer is not None
                if answer.status != 200:
                    self.faults.append(f"{role} {path}: {answer.status}")
                    continue
                self.looks_at(kind, visitor)
        finally:
            # Others go through the same school, and read simplified Chinese.
            speaks(visitor, "zh-hans")

    def looks_at(self, _kind: str, visitor: Visitor) -> None:
        """Check the page at hand."""
        self.finds_no_fault(visitor, axe=True)

    def finds_no_fault(self, visitor: Visitor, *, axe: bool) -> None:
        """Write down what a visitor sees at once."""
        try:
            visitor.finds_no_fault(axe=axe)
        except AssertionError as fault:
            self.faults.append(str(fault).splitlines()[0])
            visitor.faults.clear()


class WalkInEnglish(Walk):
    """The walk at the desk, which looks at each page in two widths."""

    language = "en"

    def __init__(self, theirs: str) -> None:
        """Begin with `theirs`, the words that people wrote."""
        super().__init__()
        self.theirs = theirs
        self.pieces: set[str] = set()

    def looks_at(self, kind: str, visitor: Visitor) -> None:
        """Check the page at hand, and that it is whole in English on a phone."""
        pieces = set(visitor.page.evaluate(PIECES))
        self.finds_no_fault(visitor, axe=not pieces <= self.pieces)
        self.pieces |= pieces
        self.faults += [f"{kind}: {one}" for one in left_in_chinese(visitor.page, self.theirs)]
        visitor.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        self.faults += [f"{kind}: {one}" for one in over_the_edge(visitor.page)]
        visitor.page.set_viewport_size(DESK)  # type: ignore[arg-type]


def found_whole(walk: Walk) -> None:
    """Fail with every fault of a walk, or where it did not go far."""
    assert not walk.faults, "\n".join(walk.faults)
    assert len(walk.checked) > 30
    assert {"/sessions/<uid>/", "/plans/<uid>/", "/summaries/<uid>/"} <= set(walk.checked)


def test_every_link_opens_for_whoever_sees_it(found_ways: tuple[Ways, list[str]]) -> None:
    ways, faults = found_ways

    assert not faults, "\n".join(faults)
    assert all(len({pattern(path) for path in ways[role]}) >= 8 for role in ROLES)


def test_every_kind_of_page_on_a_phone(
    untouched_house: House, found_ways: tuple[Ways, list[str]], browser: Browser
) -> None:
    ways, _faults = found_ways
    walk = Walk()
    for role in ROLES:
        with visiting(browser, untouched_house, phone=True) as visitor:
            walk.of(role, ways[role], visitor)
    found_whole(walk)


def test_every_kind_of_page_at_a_desk_in_english(
    untouched_house: House, found_ways: tuple[Ways, list[str]], browser: Browser
) -> None:
    ways, _faults = found_ways
    walk = WalkInEnglish(written_by_people(untouched_house.data))
    # Whoever comes first is looked at: at the desk those who manage.
    for role in reversed(ROLES):
        with visiting(browser, untouched_house, dark=True) as visitor:
            walk.of(role, ways[role], visitor)
    found_whole(walk)


def test_the_pages_before_the_log_in(untouched_house: House, browser: Browser) -> None:
    for phone in (True, False):
        with visiting(browser, untouched_house, phone=phone) as visitor:
            for path in ("/log-in/", "/code/", "/privacy/"):
                visitor.goes(path)
                visitor.finds_no_fault()
