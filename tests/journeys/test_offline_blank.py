"""A lesson that somebody walks into is observed from nothing, where there never was a network.

The phone has kept a blank sheet. Nothing of what is written on it is lost, be it that the tab is
killed, that it is sent twice, that a second device wrote too, or that the house refuses it.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Observing, Visitor, visiting
from tests.journeys.doors import Door, WithoutNetwork, second_door
from tests.journeys.school import explains_if_asked, press, says
from tests.journeys.test_offline_observation import (
    AS_IF_NO_ANSWER_CAME,
    bar,
    is_saved,
    noted,
    writes,
)

pytestmark = pytest.mark.browser

STRENGTHS = "第6分钟学生自己找到了第二种摆法。"
SOON = 20_000


def keeps_sheet(visitor: Visitor, who: str) -> list[str]:
    """Come to the home page, by which the phone keeps the sheet; return the teachers on it."""
    page = visitor.logs_in(who)
    expect(page.locator("[data-keep-offline=kept]")).to_be_attached(timeout=SOON)
    page.goto(f"{visitor.house.url}/observation/new/offline/")
    expect(page.locator("#blank[data-ready=new]")).to_be_attached()
    names = page.locator("#blank-about [name=teacher] option").all_inner_texts()
    visitor.goes("/")
    return names[1:]


def walks_in(visitor: Visitor, teacher: str) -> Page:
    """Open what leads to an observation, choose whose lesson it is, and begin."""
    page = visitor.page
    page.goto(f"{visitor.house.url}/observation/new/")
    expect(page.locator("#blank[data-ready=new]")).to_be_attached()
    page.get_by_label("授课教师").select_option(label=teacher)
    page.get_by_label(re.compile("^班级")).fill("二（1）班")
    press(page, "开始记")
    is_sheet(page)
    return page


def is_sheet(page: Page) -> None:
    """Wait until the page is the sheet of a lesson."""
    expect(page.locator("#blank[data-ready=sheet]")).to_be_attached()
    expect(page.locator("#observe-written[data-draft-ready]")).to_be_visible()


def test_a_lesson_from_nothing_is_handed_in_when_the_network_returns(
    observing: Observing, far_browser: Browser, certificate: Path
) -> None:
    with (
        second_door(observing, certificate, demo=False) as door,
        visiting(far_browser, door.house, phone=True) as observer,
    ):
        teacher = observing.free[0]
        assert teacher in keeps_sheet(observer, "guest")
        before_it = mine(observer)
        observer.faults = WithoutNetwork()
        door.shuts()

        page = walks_in(observer, teacher)
        observer.finds_no_fault()
        press(page, "导入")
        writes(page, "出示两块积木", "记教师")
        writes(page, "有人先数后摆", "记学生")
        page.get_by_label(re.compile("^优点")).fill(STRENGTHS)
        page.locator("#observe-written .pick").first.click()
        bar(page, "没有网络，3 条都在这台设备上")
        observer.finds_no_fault()
        before = noted(page)

        page.close()
        observer.page = page = page.context.new_page()
        page.goto(f"{door.house.url}/observation/new/")
        is_sheet(page)
        bar(page, "没有网络，3 条都在这台设备上")
        assert noted(page) == before
        expect(page.get_by_label(re.compile("^优点"))).to_have_value(STRENGTHS)
        press(page, "提交听课记录")
        bar(page, "没有网络，3 条都在这台设备上")

        door.opens()
        page.reload()
        bar(page, "已同步，记了 3 条")
        is_saved(page)
        expect(page.locator("#blank-sent")).to_contain_text("已经送到")
        page.evaluate(AS_IF_NO_ANSWER_CAME)
        page.reload()
        bar(page, "已同步，记了 3 条")
        observer.finds_no_fault()
        press(page, "提交听课记录")
        explains_if_asked(page)
        says(page, "听课记录已经提交")
        expect(page.locator("main")).to_contain_text(teacher)
        assert mine(observer) == before_it + 1


def mine(visitor: Visitor) -> int:
    """Return how many observations the person has."""
    visitor.goes("/observation/records/")
    return visitor.page.locator("table.rows tbody tr, ul.todo > li").count()


def test_two_phones_that_began_the_same_lesson_make_one_record(
    observing: Observing, far_browser: Browser, certificate: Path
) -> None:
    with (
        second_door(observing, certificate, demo=False) as door,
        visiting(far_browser, door.house, phone=True) as phone,
        visiting(far_browser, door.house) as tablet,
    ):
        teacher = observing.free[1]
        for device in (phone, tablet):
            assert teacher in keeps_sheet(device, "leader")
        for device in (phone, tablet):
            device.faults = WithoutNetwork()
        door.shuts()
        for device, word in ((phone, "手机"), (tablet, "平板")):
            page = walks_in(device, teacher)
            writes(page, f"{word}上记的", "记教师")
            page.get_by_label(re.compile("^优点")).fill(f"{word}上写的优点")
            bar(page, "没有网络，1 条都在这台设备上")

        # Whoever sends second is asked: that shall be the tablet.
        tablet.page.context.set_offline(True)
        door.opens()
        phone.page.reload()
        bar(phone.page, "已同步，记了 1 条")
        is_saved(phone.page)
        tablet.page.context.set_offline(False)
        tablet.page.reload()
        sent = tablet.page.locator("#blank-sent")
        expect(sent).to_contain_text("都并到了那一份里", timeout=SOON)
        choice = tablet.page.locator("#observe-written .draft-choice")
        expect(choice).to_contain_text("手机上写的优点", timeout=SOON)
        tablet.finds_no_fault()
        choice.get_by_role("button", name="两段都留下").click()
        is_saved(tablet.page)

        sent.get_by_role("link").click()
        expect(tablet.page.locator("#observation[data-ready]")).to_be_visible()
        assert set(noted(tablet.page)) == {"手机上记的", "平板上记的"}
        text = tablet.page.get_by_label(re.compile("^优点")).input_value()
        assert text.split("\n\n") == ["手机上写的优点", "平板上写的优点"]


def test_what_the_house_refuses_is_told_and_stays_until_it_is_put_right(
    observing: Observing, far_browser: Browser, certificate: Path
) -> None:
    with (
        second_door(observing, certificate, demo=False) as door,
        visiting(far_browser, door.house, phone=True) as observer,
    ):
        teacher, gone = observing.free[2:4]
        assert {teacher, gone} <= set(keeps_sheet(observer, "presenter"))
        observer.faults = WithoutNetwork()
        door.shuts()
        page = walks_in(observer, teacher)
        # As if the school had taken this teacher out of its list meanwhile.
        option = page.locator("#blank-about [name=teacher] option", has_text=gone)
        option.evaluate("one => { one.value = crypto.randomUUID(); }")
        change_teacher(page, gone)
        writes(page, "写给离开的人", "记教师")
        page.get_by_label(re.compile("^优点")).fill(STRENGTHS)
        bar(page, "没有网络，1 条都在这台设备上")

        door.opens()
        bar(page, re.compile("没有收下；1 条都在这台设备上"))
        expect(page.locator("[data-part=refused]")).to_contain_text("还不知道听的是哪节课")
        observer.finds_no_fault()
        change_teacher(page, teacher)
        bar(page, "已同步，记了 1 条")
        is_saved(page)
        expect(page.locator("#blank-sent")).to_contain_text("已经送到")
        assert fresh(observer, far_browser, door) == (["写给离开的人"], STRENGTHS)


def change_teacher(page: Page, name: str) -> None:
    """Say that it is another teacher's lesson."""
    lesson = page.locator("#blank-lesson")
    if not lesson.evaluate("part => part.open"):
        lesson.locator("> summary").click()
    page.get_by_label("授课教师").select_option(label=name)


def fresh(visitor: Visitor, browser: Browser, door: Door) -> tuple[list[str], str]:
    """Return what the house has, as another device shows it."""
    there = visitor.page.locator("#blank-sent a").get_attribute("href") or ""
    with visiting(browser, door.house) as other:
        other.logs_in("presenter")
        page = other.goes(there)
        expect(page.locator("#observation[data-ready]")).to_be_visible()
        return noted(page), page.get_by_label(re.compile("^优点")).input_value()
