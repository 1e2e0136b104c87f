"""A document becomes a plan value by value: by keyboard, by one thumb, and without script."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import House, Visitor, visiting
from tests.journeys.school import press

pytestmark = pytest.mark.browser

VALUES = 28
"""So many values stand in the first plan of the sample."""


def reads(visitor: Visitor, samples: Path, *, whose: int) -> Page:
    """Read the sample as a plan of one of the owners offered, and open its first plan.

    What was decided about a document stays decided, so each journey takes another owner.
    """
    page = visitor.goes("/plans/read/")
    page.get_by_label("谁的计划").select_option(index=whose)
    document = samples / "documents" / "term-plans-traditional.txt"
    page.get_by_label("计划文件").set_input_files(document)
    press(page, "读入")
    page.locator(".todo-text > a").first.click()
    return page


def left(page: Page) -> int:
    """Return how many values nobody decided about, as the page counts them."""
    return int(page.locator("[data-count]").get_attribute("data-count") or 0)


# Looking for faults takes the bar from its place, so the page is opened again after it.
def by_keyboard(visitor: Visitor, page: Page) -> None:
    """Decide about every value with one key each, and take some of it back."""
    visitor.finds_no_fault()
    page.reload()
    assert left(page) == VALUES
    page.keyboard.press("j")
    page.keyboard.press("k")
    for _value in range(VALUES):
        page.keyboard.press("Enter")
    expect(page.locator("[data-count]")).to_have_text("都定好了")
    assert page.evaluate("document.activeElement.value") == "confirm"
    for _value in range(VALUES):
        page.keyboard.press("u")
    assert left(page) == VALUES
    for key in ("x", "a", "u", "u"):
        page.keyboard.press(key)
    assert left(page) == VALUES
    page.keyboard.press("?")
    expect(page.get_by_text("其余都接受").first).to_be_visible()
    visitor.finds_no_fault()


def by_thumb(visitor: Visitor, page: Page) -> None:
    """Decide about every value by one button that stays where it is."""
    visitor.finds_no_fault()
    page.reload()
    button = page.locator("[data-act=enter]")
    button.click()
    assert left(page) == VALUES, "the first touch shows the value, it does not take it unseen"
    where = button.bounding_box()
    for value in range(VALUES):
        assert left(page) == VALUES - value
        if value:
            assert button.bounding_box() == where
        button.click()
    page.get_by_role("button", name="撤销").click()
    assert left(page) == 1
    page.locator(".current a[data-context]").click()
    expect(page.locator(".context .here")).to_be_visible()
    visitor.finds_no_fault()


def test_a_plan_is_decided_by_keyboard(demo_house: House, browser: Browser, samples: Path) -> None:
    with visiting(browser, demo_house) as visitor:
        visitor.logs_in("教科室")
        by_keyboard(visitor, reads(visitor, samples, whose=0))


def test_a_plan_is_decided_with_one_thumb(
    demo_house: House, browser: Browser, samples: Path
) -> None:
    with visiting(browser, demo_house, phone=True, dark=True) as visitor:
        visitor.logs_in("教科室")
        by_thumb(visitor, reads(visitor, samples, whose=1))


def test_a_plan_is_decided_without_script(
    demo_house: House, browser: Browser, samples: Path
) -> None:
    with visiting(browser, demo_house, script=False) as visitor:
        visitor.logs_in("教科室")
        page = reads(visitor, samples, whose=2)
        press(page, "其余都接受")
        expect(page.locator("[data-count]")).to_have_text("都定好了")
        press(page, "撤销")
        expect(page.locator("[data-count]")).to_have_text(re.compile("还有"))
