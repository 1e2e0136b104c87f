"""Every page of every role is without fault: axe, console, no sideways scroll, both devices."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import House, Visitor, visiting

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

ROLES = ("教师", "教研组长", "教科室", "校长", "管理员", "中心校教研员")
AT_MOST = 45
"""Pages one role is led through; each pattern of address is visited once."""


def pattern(path: str) -> str:
    """Return `path` with uids and questions left out: one visit for each kind of page."""
    bare = path.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0]
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "<uid>", bare)


def links_of(visitor: Visitor) -> list[str]:
    """Return the inner links of the page at hand that lead to pages."""
    hrefs = visitor.page.eval_on_selector_all(
        "a[href]", "links => links.map(link => link.getAttribute('href'))"
    )
    return [
        href
        for href in hrefs
        if href.startswith("/")
        and not href.startswith(("/files/", "/static/"))
        and not pattern(href).endswith((".xlsx", ".docx"))
    ]


def keep_picture(visitor: Visitor, name: str) -> None:
    """Keep a picture where YANXIU_SCREENSHOTS names a folder, for somebody to look at."""
    folder = os.environ.get("YANXIU_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        visitor.page.screenshot(path=str(Path(folder) / f"{name}.png"))


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
@pytest.mark.parametrize("role", ROLES)
def test_the_pages_of(role: str, phone: bool, demo_house: House, browser: Browser) -> None:
    device = "phone" if phone else "desk"
    with visiting(browser, demo_house, phone=phone, dark=not phone) as visitor:
        visitor.logs_in(role)
        waiting, seen = ["/"], set()
        while waiting and len(seen) < AT_MOST:
            path = waiting.pop(0)
            if pattern(path) in seen:
                continue
            seen.add(pattern(path))
            answer = visitor.page.goto(f"{demo_house.url}{path}")
            assert answer is not None
            assert answer.status == 200, f"{path}: {answer.status}"
            visitor.finds_no_fault()
            keep_picture(visitor, f"{role}-{device}-{pattern(path).strip('/').replace('/', '_')}")
            waiting += links_of(visitor)
    assert len(seen) >= 8


def test_the_log_in_page(demo_house: House, browser: Browser) -> None:
    for phone in (True, False):
        with visiting(browser, demo_house, phone=phone) as visitor:
            for path in ("/log-in/", "/code/", "/privacy/"):
                visitor.goes(path)
                visitor.finds_no_fault()
