"""A host takes the roll while the network is gone: over HTTPS all works, over HTTP nothing is lost.

The house answers under a second name, as it does in a school, and "no network" is a server that
is not there.
"""

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import PATIENCE, UID, House, Visitor, visiting
from tests.journeys.doors import WithoutNetwork, second_door
from tests.journeys.school import press, says

pytestmark = pytest.mark.browser

TITLE = "停了电的一场"
SOON = 15_000
ALL_SENT = """async () => {
    const { openStore } = await import(document.querySelector("meta[name=house]").dataset.offline);
    return (await (await openStore()).all()).every(one => one.taken);
}"""


def plans_session(visitor: Visitor, title: str) -> str:
    """Plan a session for the whole school that began a moment ago; return its address."""
    begin = datetime.now(ZoneInfo("Asia/Shanghai"))
    end = min(begin + timedelta(minutes=40), begin.replace(hour=23, minute=59))
    page = visitor.goes("/sessions/new/")
    page.get_by_label("参加范围").select_option(label="全校教师")
    page.get_by_role("textbox", name="主题", exact=True).fill(title)
    page.get_by_label("日期").fill(f"{begin:%Y-%m-%d}")
    page.get_by_label("开始").fill(f"{begin:%H:%M}")
    page.get_by_label("结束").fill(f"{end:%H:%M}")
    page.locator("main form").get_by_role("button").last.click()
    page.wait_for_url(UID)
    return page.url


def rows(page: Page) -> list[str]:
    """Return the names on the roll, the host's own first: closing counts the host in any case."""
    found = page.locator(".roll-row")
    names = [row.get_attribute("aria-label") or "" for row in found.all()]
    host = (page.locator(".side .who").text_content() or "").strip()
    return sorted(names, key=lambda name: not host.startswith(name))


def taps(page: Page, name: str, word: str) -> None:
    """Tap one mark of one name."""
    row = page.get_by_role("radiogroup", name=name, exact=True)
    row.locator("label", has_text=re.compile(f"^{word}$")).click()


def bar(page: Page, text: str | re.Pattern[str]) -> None:
    """Wait until the bar that is always visible says `text`."""
    expect(page.locator("[data-part=status]")).to_have_text(text, timeout=SOON)


def opens_roll(visitor: Visitor, session: str) -> Page:
    """Open the roll of the session and wait until it is ready."""
    visitor.page.goto(f"{session}offline/")
    expect(visitor.page.locator("#offline-roll[data-ready]")).to_be_visible()
    return visitor.page


def closes(visitor: Visitor, session: str, came: int) -> None:
    """Close the session: so many records are written."""
    page = visitor.page
    page.goto(f"{session}close/")
    press(page, "关闭场次")
    says(page, f"{came} 人的研修记录已经写好")


def test_over_https_a_dead_battery_costs_nothing(
    demo_house: House, far_browser: Browser, certificate: Path
) -> None:
    with (
        second_door(demo_house, certificate) as door,
        visiting(far_browser, door.house, phone=True) as host,
    ):
        host.logs_in("教科室")
        session = plans_session(host, TITLE)
        page = opens_roll(host, session)
        bar(page, "已同步，已记 0 人")
        expect(page.locator("[data-part=kept]")).to_contain_text("断网、关掉、没电")
        host.finds_no_fault()
        names = rows(page)

        host.faults = WithoutNetwork()
        door.shuts()
        for name in names[:20]:
            taps(page, name, "到")
        taps(page, names[20], "迟到")
        taps(page, names[21], "到")
        page.get_by_role("button", name="撤销上一下").click()
        page.get_by_label("按姓名或拼音找").fill("路过的客人")
        page.get_by_role("button", name=re.compile("名单以外")).click()
        for name in names[22:23]:
            taps(page, name, "公务")
        bar(page, "离线，已记 23 人")
        host.finds_no_fault()

        page.close()
        host.page = page = page.context.new_page()
        opens_roll(host, session)
        bar(page, "离线，已记 23 人")
        row = page.get_by_role("radiogroup", name=names[20], exact=True)
        expect(row.get_by_role("radio", name="迟到")).to_be_checked()
        page.goto(f"{door.house.url}/me/")
        expect(page.get_by_role("heading", name="现在没有网络")).to_be_visible()
        page.get_by_role("link", name=re.compile(TITLE)).click()
        page.wait_for_url(f"{session}offline/")

        door.opens()
        page.reload()
        bar(page, "已同步，已记 23 人")
        expect(page.locator("[data-part=settle]")).to_be_visible()
        closes(host, session, 21)


def test_after_a_log_out_nothing_of_the_roll_can_be_opened(
    demo_house: House, far_browser: Browser, certificate: Path
) -> None:
    with (
        second_door(demo_house, certificate) as door,
        visiting(far_browser, door.house) as host,
    ):
        host.logs_in("教科室")
        session = plans_session(host, "记在别人设备上的一场")
        page = opens_roll(host, session)
        expect(page.locator("[data-part=kept]")).to_contain_text("断网、关掉、没电")
        page.get_by_role("button", name="退出登录").click()
        page.wait_for_url(re.compile("/log-in/"))

        door.shuts()
        page.goto(f"{session}offline/")

        expect(page.get_by_role("heading", name="现在没有网络")).to_be_visible()
        expect(page.locator("#kept li")).to_have_count(0)


def test_over_http_an_open_page_loses_nothing_and_says_what_is_missing(
    demo_house: House, far_browser: Browser
) -> None:
    with (
        second_door(demo_house, None) as door,
        visiting(far_browser, door.house, phone=True) as host,
    ):
        host.logs_in("教科室")
        session = plans_session(host, "没有证书的一场")
        page = opens_roll(host, session)
        expect(page.locator("[data-part=plain]")).to_contain_text("不能重新打开")
        names = rows(page)
        host.faults = WithoutNetwork()

        door.shuts()
        for name in names[:23]:
            taps(page, name, "到")
        bar(page, "离线，已记 23 人")
        # The phone dies: what was tapped is in the browser, and any page sends it.
        page.close()
        host.page = page = page.context.new_page()
        door.opens()
        host.goes("/")
        page.wait_for_function(ALL_SENT)
        closes(host, session, 23)


def test_the_ordinary_roll_goes_on_where_its_network_broke(
    demo_house: House, far_browser: Browser
) -> None:
    with (
        second_door(demo_house, None) as door,
        visiting(far_browser, door.house) as host,
    ):
        host.logs_in("教科室")
        session = plans_session(host, "半路断网的一场")
        page = host.goes(session.removeprefix(door.house.url))
        names = rows(page)[:3]
        host.faults = WithoutNetwork()
        door.shuts()
        for name in names:
            taps(page, name, "到")
        line = page.locator("#roll-taken-over")
        expect(line).to_contain_text("离线，已记 3 人", timeout=SOON)

        door.opens()

        expect(line).to_have_text("已同步，已记 3 人", timeout=PATIENCE * 1000)
        closes(host, session, 3)
