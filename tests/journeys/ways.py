"""The way to each kind of page, for each role of the demo school, found once for all walks.

Finding it needs every page that every role can reach, and looks at none of them; a walk then goes
straight to the pages it wants to look at.
"""

import json
import re
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser

from tests.journeys.conftest import UID, House, visiting

ROLES = ("教师", "教研组长", "教科室", "校长", "管理员", "中心校教研员")
FIGURES = 3
"""Figures all look alike: so many are looked at."""

HREF = re.compile(r'<a [^>]*?href="(/[^"]*)"')
FILES = (".xlsx", ".docx", ".ics", ".pdf", ".zip", ".html", ".yaml")

Ways = dict[str, list[str]]
"""The addresses a role can open, the nearest first; most kinds of page once."""


def pattern(path: str) -> str:
    """Return `path` with uids, numbers, days, codes and questions left out: the kind of page."""
    bare = re.split(r"[?#]", path.replace("&amp;", "&"), maxsplit=1)[0]
    bare = UID.sub("<uid>", bare)
    # Each month, week and day leads to the next one: without this the walk would not end.
    bare = re.sub(r"(?<=/)\d[\dW-]*(?=/|$)", "<number>", bare)
    bare = re.sub(r"(?<=/responsible/)[^/]+", "<code>", bare)
    return re.sub(r"^/figures/[^/]+/$", "/figures/<code>/", bare)


def most(kind: str) -> int:
    """Return how many pages of a kind are looked at."""
    return FIGURES if kind == "/figures/<code>/" else 1


def links_of(text: str) -> list[str]:
    """Return the inner links of a page that lead to pages."""
    return [
        href
        for href in HREF.findall(text)
        if not href.startswith(("/files/", "/static/")) and not pattern(href).endswith(FILES)
    ]


def new_on(ways: list[str], seen: Counter[str]) -> Iterator[tuple[str, str]]:
    """Yield kind and address of what stands in `ways` and was not seen; it counts as seen then.

    The first page is another one for each role.
    """
    for path in ways:
        kind = pattern(path)
        if kind == "/" or seen[kind] < most(kind):
            seen[kind] += 1
            yield kind, path


def find(house: House, browser: Browser) -> tuple[Ways, list[str]]:
    """Return the ways of all roles, and a line for each link that did not open."""
    found: Ways = {}
    faults: list[str] = []
    for role in ROLES:
        with visiting(browser, house) as visitor:
            visitor.logs_in(role)
            found[role] = []
            waiting, met = deque(["/"]), Counter[str]()
            while waiting:
                path = waiting.popleft()
                kind = pattern(path)
                if met[kind] >= most(kind):
                    continue
                met[kind] += 1
                answer = visitor.page.context.request.get(f"{house.url}{path}")
                if answer.status != 200:
                    faults.append(f"{role} {path}: {answer.status}")
                    continue
                found[role].append(path)
                waiting += links_of(answer.text())
    return found, faults


def kept(path: Path) -> tuple[Ways, list[str]]:
    """Return what `keep` wrote."""
    ways, faults = json.loads(path.read_text(encoding="utf-8"))
    return ways, faults


def keep(path: Path, found: tuple[Ways, list[str]]) -> None:
    """Write what was found where other workers read it."""
    path.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
