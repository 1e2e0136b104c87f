"""A reflection is written while the network is gone, and no word is lost."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import UID, Observing, Visitor, visiting
from tests.journeys.doors import WithoutNetwork, second_door
from tests.journeys.school import press

pytestmark = pytest.mark.browser

SOON = 20_000
LEFT = """async () => {
    const house = document.querySelector("meta[name=house]").dataset;
    const { sendDraftsOf, draftsLeft } = await import(house.drafts);
    await sendDraftsOf(document.body.dataset.reader, house.now);
    return draftsLeft(document.body.dataset.reader);
}"""
FIRST = "先分后说的一步成了：三个小组用了三种分法。"
SECOND = "“一半”和“二分之一”一开始说混了，是我板书的顺序不对。\n下一次先画再写。"


def begins(visitor: Visitor, kind: str) -> str:
    """Begin a work about the leader's own lesson; return its address."""
    page = visitor.goes(f"/works/new/?lesson={visitor.house.own}")  # type: ignore[attr-defined]
    press(page, kind)
    page.wait_for_url(UID)
    is_ready(page)
    return page.url


def is_ready(page: Page) -> None:
    """Wait until what is typed is kept."""
    expect(page.locator("form[data-draft-ready]")).to_be_visible()


def says(page: Page, text: str) -> None:
    """Wait until the line about saving says `text`."""
    expect(page.locator("[data-draft-status]")).to_contain_text(text, timeout=SOON)


def box(page: Page, label: str) -> str:
    """Return what stands under a heading."""
    return page.get_by_label(re.compile(rf"^\s*{label}")).input_value()


def fills(page: Page, label: str, text: str) -> None:
    """Write under a heading."""
    page.get_by_label(re.compile(rf"^\s*{label}")).fill(text)


def test_over_https_a_killed_tab_and_a_second_device_cost_no_word(
    observing: Observing, far_browser: Browser, certificate: Path
) -> None:
    with (
        second_door(observing, certificate, demo=False) as door,
        visiting(far_browser, door.house, phone=True) as phone,
        visiting(far_browser, door.house) as desk,
    ):
        phone.logs_in("leader")
        desk.logs_in("leader")
        phone.house = desk.house = observing.at(door.house.url)
        address = begins(phone, "教学反思")
        page = phone.page
        fills(page, "成败之处", FIRST)
        says(page, "已保存")
        expect(page.locator("form[data-keep-offline=kept]")).to_be_visible()
        desk.page.goto(address)
        is_ready(desk.page)

        for each in (phone, desk):
            each.faults = WithoutNetwork()
        door.shuts()
        fills(page, "学生困惑", SECOND)
        says(page, "没有网络")
        phone.finds_no_fault()
        page.close()
        phone.page = page = page.context.new_page()
        page.goto(address)
        is_ready(page)
        assert (box(page, "成败之处"), box(page, "学生困惑")) == (FIRST, SECOND)
        fills(desk.page, "学生困惑", "在电脑上写的困惑")
        press(desk.page, "先存着")
        says(desk.page, "没有网络")

        # Whoever sends second is asked: that shall be the desk.
        desk.page.context.set_offline(True)
        door.opens()
        page.reload()
        says(page, "已保存")
        page.reload()
        assert (box(page, "成败之处"), box(page, "学生困惑")) == (FIRST, SECOND)
        desk.page.context.set_offline(False)
        desk.page.reload()
        choice = desk.page.locator(".draft-choice")
        expect(choice).to_contain_text("是我板书的顺序不对", timeout=SOON)
        desk.finds_no_fault()
        choice.get_by_role("button", name="两段都留下").click()
        says(desk.page, "已保存")
        press(desk.page, "先存着")
        expect(desk.page.locator("main")).to_contain_text("在电脑上写的困惑")
        expect(desk.page.locator("main")).to_contain_text("是我板书的顺序不对")
        assert desk.page.evaluate(LEFT) == 0


def test_over_http_what_was_written_is_saved_from_any_page(
    observing: Observing, far_browser: Browser
) -> None:
    with (
        second_door(observing, None, demo=False) as door,
        visiting(far_browser, door.house, phone=True) as phone,
    ):
        phone.logs_in("leader")
        phone.house = observing.at(door.house.url)
        address = begins(phone, "教学随笔")
        page = phone.page
        phone.faults = WithoutNetwork()
        door.shuts()
        fills(page, "正文", SECOND)
        says(page, "没有网络")
        page.close()
        phone.page = page = page.context.new_page()
        door.opens()
        phone.goes("/")
        assert page.evaluate(LEFT) == 0

        page.goto(address)
        is_ready(page)
        assert box(page, "正文") == SECOND
