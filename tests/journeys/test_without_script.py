"""Everything of a session can be done where no script runs."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import House, Visitor, visiting
from tests.journeys.school import follow, press, says

pytestmark = pytest.mark.browser

TITLE = "没有脚本也能开的一场"


def plans_session(visitor: Visitor) -> None:
    """Plan a session that began a moment ago."""
    begin = datetime.now(ZoneInfo("Asia/Shanghai"))
    page = visitor.goes("/sessions/new/")
    page.get_by_role("textbox", name="主题", exact=True).fill(TITLE)
    page.get_by_label("日期").fill(f"{begin:%Y-%m-%d}")
    page.get_by_label("开始").fill(f"{begin:%H:%M}")
    page.get_by_label("结束").fill(f"{_later(begin):%H:%M}")
    page.locator("main form").get_by_role("button").last.click()
    says(page, "场次已排好")


def _later(begin: datetime) -> datetime:
    """Return an end on the same day."""
    return min(begin + timedelta(minutes=40), begin.replace(hour=23, minute=59))


def signs_in(visitor: Visitor, session: str, code: str) -> None:
    """Type the digits, first wrong ones: what was typed and why stay on the page."""
    page = visitor.page
    page.goto(session)
    follow(page, "签到")
    page.get_by_label("六位签到码").fill("12 34")
    press(page, "签到")
    expect(page.locator(".error")).to_be_visible()
    page.get_by_label("六位签到码").fill(code)
    press(page, "签到")
    expect(page.locator("#own")).to_contain_text("已签到")


def calls_roll(page: Page) -> str:
    """Mark the first name that has no mark, by the form's own button; return the name."""
    row = page.locator("#roll .roll-row", has=page.locator("input[type=hidden][value='']")).first
    name = row.get_attribute("aria-label") or ""
    row.get_by_role("radio", name="到", exact=True).check()
    press(page, "保存点名")
    expect(page.locator("#roll-counts")).to_contain_text(re.compile(r"实到\s*2"))
    return name


def test_a_session_from_code_to_closing(demo_house: House, browser: Browser) -> None:
    with (
        visiting(browser, demo_house, script=False) as leader,
        visiting(browser, demo_house, phone=True, script=False) as teacher,
    ):
        leader.logs_in("教研组长")
        teacher.logs_in("教师")
        plans_session(leader)
        session, page = leader.page.url, leader.page
        press(page, "开始签到")
        signs_in(teacher, session, page.locator(".digits").inner_text())
        follow(page, "返回场次")
        called = calls_roll(page)
        page.get_by_label("达成的共识").fill("下次各带一份作业设计来。")
        press(page, "保存活动记录")
        says(page, "活动记录已保存")
        follow(page, "关闭场次")
        press(page, "关闭场次")
        # Closing counts the host in any case.
        host = (page.locator(".side .who").text_content() or "").strip()
        came = 2 if host.startswith(called) else 3
        says(page, f"{came} 人的研修记录已经写好")
        expect(page.locator("#attendance")).to_contain_text(called)
