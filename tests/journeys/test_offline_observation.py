"""A lesson is observed while the network is gone, and no word is lost.

Neither by a reload, nor by a tab that is killed, nor by sending twice, nor by a second device.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import PATIENCE, Observing, Visitor, visiting
from tests.journeys.doors import Door, WithoutNetwork, second_door
from tests.journeys.school import explains_if_asked, press, says

pytestmark = pytest.mark.browser

SOON = 20_000
ALL_SENT = """async () => {
    const { openStore } = await import(document.querySelector("meta[name=house]").dataset.offline);
    return (await (await openStore()).all()).every(one => one.taken);
}"""
AS_IF_NO_ANSWER_CAME = """async () => {
    const { openStore } = await import(document.querySelector("meta[name=house]").dataset.offline);
    const store = await openStore();
    for (const { taken, ...item } of await store.all()) await store.put(item);
}"""
SEND_WHAT_WAS_TYPED = """async () => {
    const house = document.querySelector("meta[name=house]").dataset;
    const { sendDraftsOf } = await import(house.drafts);
    await sendDraftsOf(document.body.dataset.reader, house.now);
}"""
IS_SAVED = "form => form.draft && !form.draft.isDirty"


def opens_sheet(visitor: Visitor, uid: str) -> Page:
    """Open the sheet of an observation and wait until it is ready."""
    visitor.page.goto(f"{visitor.house.url}/observation/{uid}/offline/")
    expect(visitor.page.locator("#observation[data-ready]")).to_be_visible()
    expect(visitor.page.locator("#observe-written[data-draft-ready]")).to_be_visible()
    return visitor.page


def bar(page: Page, text: str | re.Pattern[str]) -> None:
    """Wait until the bar that is always visible says `text`."""
    expect(page.locator("[data-part=status]")).to_have_text(text, timeout=SOON)


def writes(page: Page, text: str, button: str) -> None:
    """Type what is seen or heard, and put it on one side."""
    page.locator("#observe-text").fill(text)
    press(page, button)
    expect(page.locator("#observe-text")).to_have_value("")


def noted(page: Page) -> list[str]:
    """Return what stands in the course of the lesson, without the moments."""
    rows = page.locator(".observe-open")
    return [re.sub(r"^\s*\d\d:\d\d\s*", "", row.inner_text()).strip() for row in rows.all()]


def is_saved(page: Page) -> None:
    """Wait until the house has all texts and ratings."""
    form = page.locator("#observe-written").element_handle()
    page.wait_for_function(IS_SAVED, arg=form, timeout=SOON)


def fresh_look(browser: Browser, door: Door, uid: str) -> tuple[list[str], str]:
    """Return what the house itself shows on another device: what was noted, and the strengths."""
    with visiting(browser, door.house) as other:
        other.logs_in("leader")
        page = opens_sheet(other, uid)
        return noted(page), page.get_by_label(re.compile("^优点")).input_value()


def hands_in_without_network(observer: Visitor, door: Door, strengths: str) -> None:
    """Hand in while the network is gone: it is said that nothing went, and done once it is back."""
    page = observer.page
    door.shuts()
    writes(page, "没写完的半句也记下了", "记教师")
    page.get_by_label(re.compile("^优点")).fill(f"{strengths}还让两人说了理由。")
    press(page, "提交听课记录")
    unsent = page.locator("[data-draft-unsent]")
    expect(unsent).to_contain_text("还没有提交", timeout=SOON)
    observer.finds_no_fault()
    # Whoever goes on writing hands in again by hand; whoever does not has it done.
    page.get_by_label(re.compile("^不足")).fill("时间紧")
    expect(unsent).to_be_hidden()
    press(page, "提交听课记录")
    expect(unsent).to_be_visible(timeout=SOON)
    door.opens()
    explains_if_asked(page)
    expect(page.get_by_text("听课记录已经提交").first).to_be_visible(timeout=PATIENCE * 1000)


def test_over_https_a_killed_tab_costs_no_word(
    observing: Observing, far_browser: Browser, certificate: Path
) -> None:
    uid = observing.observations[0]
    with (
        second_door(observing, certificate, demo=False) as door,
        visiting(far_browser, door.house, phone=True) as observer,
    ):
        observer.logs_in("leader")
        page = opens_sheet(observer, uid)
        bar(page, "已同步，记了 0 条")
        expect(page.locator("[data-part=kept]")).to_contain_text("断网、关掉、没电")
        press(page, "导入")
        bar(page, "已同步，记了 1 条")
        observer.finds_no_fault()

        observer.faults = WithoutNetwork()
        door.shuts()
        writes(page, "出示两张一样的饼，问怎么分", "记教师")
        writes(page, "有人说分得不一样大", "记学生")
        writes(page, "“不公平！”", "记原话")
        press(page, "提问")
        press(page, "小结")
        strengths = "第3分钟让学生先分后说，错的分法也留在黑板上。"
        page.get_by_label(re.compile("^优点")).fill(strengths)
        page.locator("#observe-written .pick").first.click()
        page.locator("#observe-text").fill("没写完的半")
        bar(page, "没有网络，6 条都在这台设备上")
        observer.finds_no_fault()
        before = noted(page)

        page.close()
        observer.page = page = page.context.new_page()
        opens_sheet(observer, uid)
        bar(page, "没有网络，6 条都在这台设备上")
        assert noted(page) == before
        expect(page.locator("#observe-text")).to_have_value("没写完的半")
        expect(page.get_by_label(re.compile("^优点"))).to_have_value(strengths)
        expect(page.locator("#observe-written .pick input").first).to_be_checked()
        expect(page.locator("[data-part=clock]")).to_be_visible()

        door.opens()
        page.reload()
        bar(page, "已同步，记了 6 条")
        is_saved(page)
        page.evaluate(AS_IF_NO_ANSWER_CAME)
        page.reload()
        bar(page, "已同步，记了 6 条")
        page.wait_for_function(ALL_SENT)
        words, text = fresh_look(far_browser, door, uid)
        assert [word.split(" ·")[0] for word in words] == [word.split(" ·")[0] for word in before]
        assert text == strengths

        hands_in_without_network(observer, door, strengths)


def test_two_devices_that_wrote_different_things_keep_both(
    observing: Observing, far_browser: Browser, certificate: Path
) -> None:
    uid = observing.observations[1]
    with (
        second_door(observing, certificate, demo=False) as door,
        visiting(far_browser, door.house, phone=True) as phone,
        visiting(far_browser, door.house) as desk,
    ):
        for device in (phone, desk):
            device.logs_in("leader")
        page = opens_sheet(phone, uid)
        writes(page, "三人举手", "记学生")
        bar(page, "已同步，记了 1 条")
        opens_sheet(desk, uid)
        door.shuts()
        for device, word in ((phone, "手机"), (desk, "电脑")):
            device.faults = WithoutNetwork()
            device.page.locator(".observe-open").click()
            device.page.get_by_label("改这一条").fill(f"三人举手，{word}上补的")
            press(device.page, "好")
            device.page.get_by_label(re.compile("^不足")).fill(f"{word}上写的不足")

        # Whoever sends second is asked: that shall be the desk.
        desk.page.context.set_offline(True)
        door.opens()
        phone.page.reload()
        bar(phone.page, "已同步，记了 1 条")
        is_saved(phone.page)
        desk.page.context.set_offline(False)
        desk.page.reload()

        choice = desk.page.locator("#observe-written .draft-choice")
        expect(choice).to_contain_text("手机上写的不足", timeout=SOON)
        expect(desk.page.get_by_label(re.compile("^不足"))).to_have_value("电脑上写的不足")
        desk.finds_no_fault()
        choice.get_by_role("button", name="两段都留下").click()
        is_saved(desk.page)
        choices = desk.page.locator("#choices")
        # A page opened after the house had heard of it shows both; another one leads there.
        if not choices.count():
            desk.page.get_by_role("link", name=re.compile("两台设备写得不一样")).click()
        expect(choices).to_contain_text("手机上补的")
        expect(choices).to_contain_text("电脑上补的")
        desk.finds_no_fault()
        press(desk.page, "两处都留")
        says(desk.page, "选好了")
        opens_sheet(desk, uid)
        [left] = noted(desk.page)
        assert "手机上补的" in left
        assert "电脑上补的" in left
        text = desk.page.get_by_label(re.compile("^不足")).input_value()
        assert text.split("\n\n") == ["手机上写的不足", "电脑上写的不足"]


def test_over_http_an_open_sheet_loses_nothing(observing: Observing, far_browser: Browser) -> None:
    uid = observing.observations[2]
    with (
        second_door(observing, None, demo=False) as door,
        visiting(far_browser, door.house, phone=True) as observer,
    ):
        observer.logs_in("leader")
        page = opens_sheet(observer, uid)
        expect(page.locator("[data-part=plain]")).to_contain_text("不能重新打开")
        observer.faults = WithoutNetwork()

        door.shuts()
        for number in range(12):
            writes(page, f"第{number}次提问", "记教师")
        page.get_by_label(re.compile("^优点")).fill("每次都等了三秒")
        bar(page, "没有网络，12 条都在这台设备上")
        page.close()
        observer.page = page = page.context.new_page()
        door.opens()
        observer.goes("/")
        page.wait_for_function(ALL_SENT, timeout=PATIENCE * 1000)
        page.evaluate(SEND_WHAT_WAS_TYPED)

        words, text = fresh_look(far_browser, door, uid)
        assert words == [f"第{number}次提问" for number in range(12)]
        assert text == "每次都等了三秒"
