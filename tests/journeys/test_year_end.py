"""The end of a year at a school of sixty-four is closed by one person in a few taps.

What it costs is counted by the browser, and what was closed is verified from outside.
"""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import House, command, done, visiting
from tests.journeys.counted import Counted
from tests.journeys.school import follow, says

pytestmark = pytest.mark.browser

MOST_TAPS = 4
MOST_LOADS = 3
CLOSE = re.compile(r"^登记 64 位教师$")


def test_one_person_closes_the_year_and_opens_it_again_with_a_reason(
    browser: Browser, demo_house: House
) -> None:
    with visiting(browser, demo_house) as visitor:
        officer = Counted(visitor.logs_in("校长"))
        page = officer.page
        officer.follows("年度登记与核验")
        officer.follows("登记年度")
        expect(page.get_by_role("heading", name="还差的教师")).to_be_visible()
        officer.taps(page.get_by_role("button", name=CLOSE))
        officer.taps(page.get_by_role("dialog").get_by_role("button", name=CLOSE))
        officer.sees("#messages", "64 位教师的情况已封存")
        cost = officer.cost()
        visitor.finds_no_fault()

    assert cost.taps <= MOST_TAPS
    assert cost.characters == 0
    assert cost.loads <= MOST_LOADS
    with visiting(browser, demo_house, phone=True) as visitor:
        page = visitor.logs_in("教师")
        visitor.goes("/verification/mine/")
        page.get_by_role("link", name=re.compile("年度$")).first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("年度快照")
        visitor.finds_no_fault()
    assert "全部相符" in done(command("verify", data=demo_house.data, demo=True))
    with visiting(browser, demo_house) as visitor:
        opens_it_again(visitor.logs_in("校长"))


def opens_it_again(page: Page) -> None:
    """Open the year again, which asks for a reason, and close it once more."""
    page.goto(page.url + "verification/")
    page.get_by_role("link", name=re.compile(r"\d年度$")).first.click()
    follow(page, "重开")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("原因").fill("补登两条外出培训")
    dialog.get_by_role("button", name="重开").click()
    says(page, "已重开")
    page.get_by_role("button", name=CLOSE).click()
    page.get_by_role("dialog").get_by_role("button", name=CLOSE).click()
    says(page, "已封存")
    expect(page.locator("main")).to_contain_text("补登两条外出培训")
