"""An officer writes the scheme of her place from the guide, and nobody is surprised by it.

Slips are shown where they are, the difference before it is published, and it counts from a day.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import House, Visitor, visiting
from tests.journeys.school import follow, press, says

pytestmark = pytest.mark.browser

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guides" / "writing-a-scheme.md"
LONG = 120_000
"""A comparison is done by a worker beside the pages, which has to start first."""


def smallest() -> str:
    """Return the first scheme of the guide, as somebody copies it from there."""
    found = re.search(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


def writes_with_a_slip(visitor: Visitor) -> Page:
    """Begin with nothing, paste the guide with one letter too many, and go to the line."""
    page = visitor.goes("/schemes/")
    follow(page, "写一份方案")
    visitor.finds_no_fault()
    press(page, "建草稿")
    page.get_by_label("方案的文字").fill(smallest().replace("per: hour", "per: hours", 1))
    press(page, "保存并检查")
    expect(page.get_by_text("是否想写“hour”").first).to_be_visible()
    link = page.get_by_role("link", name=re.compile(r"第 \d+ 行"))
    link.click()
    expect(page.locator(link.get_attribute("href") or "#")).to_be_in_viewport()
    visitor.finds_no_fault()
    return page


def repairs(visitor: Visitor, page: Page) -> None:
    """Write it as the page says; what is left are things to look at, not slips."""
    text = page.get_by_label("方案的文字")
    text.fill(text.input_value().replace("per: hours", "per: hour"))
    press(page, "保存并检查")
    expect(page.get_by_text("写法都对").first).to_be_visible()
    visitor.finds_no_fault()


def tries_one(visitor: Visitor, page: Page) -> None:
    """See why ninety minutes of speaking give three and not four."""
    follow(page, "试算一条")
    page.get_by_label("类别").select_option("research_activity")
    page.get_by_label("角色").select_option("main_speaker")
    page.get_by_label("时长（分钟）").fill("90")
    press(page, "试算")
    expect(page.get_by_text("单次上限 3 → 3")).to_be_visible()
    visitor.finds_no_fault()


def compares(visitor: Visitor, page: Page) -> None:
    """See how many would gain and lose, before anything is published."""
    follow(page, "比较")
    visitor.finds_no_fault()
    press(page, "开始比较")
    expect(page.get_by_text("只是比较，没有改动任何学时")).to_be_visible(timeout=LONG)
    expect(page.get_by_role("columnheader", name="新不达标")).to_be_visible()
    visitor.finds_no_fault()
    page.locator("a.back").click()


def publishes_and_adopts(visitor: Visitor, page: Page) -> None:
    """Publish it, and let the school reckon by it from a day on."""
    follow(page, "公布")
    page.get_by_role("button", name="公布", exact=True).click()
    says(page, "已公布")
    visitor.finds_no_fault()
    page = visitor.goes("/schemes/")
    page.get_by_label("方案", exact=True).select_option(label="虚构县学时办法 2026")
    page.get_by_label("从哪天起").fill("2026-09-01")
    press(page, "采用")
    says(page, "已采用")
    rows = page.get_by_role("row", name=re.compile("虚构县学时办法"))
    expect(rows.first).to_contain_text("2026年9月1日")
    visitor.finds_no_fault()


def test_a_scheme_is_written_from_the_guide_compared_and_published(
    demo_house: House, browser: Browser
) -> None:
    with visiting(browser, demo_house) as visitor:
        visitor.logs_in("管理员")
        page = writes_with_a_slip(visitor)
        repairs(visitor, page)
        tries_one(visitor, page)
        compares(visitor, page)
        publishes_and_adopts(visitor, page)


def test_a_scheme_is_read_and_tried_on_a_phone_in_the_dark(
    demo_house: House, browser: Browser
) -> None:
    with visiting(browser, demo_house, phone=True, dark=True) as visitor:
        visitor.logs_in("管理员")
        page = visitor.goes("/schemes/new/")
        page.get_by_label("从哪一份开始").select_option("cn-hours-40-credits-10")
        press(page, "建草稿")
        expect(page.get_by_text("两种读法").first).to_be_visible()
        visitor.finds_no_fault()
        follow(page, "试算一条")
        visitor.finds_no_fault()
