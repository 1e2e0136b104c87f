"""Two colleagues prepare a lesson together: from the draft to each one's own plan.

What it costs each of them stands in docs/burden.md.
"""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.burden import agrees
from tests.journeys.conftest import Observing, Visitor, visiting
from tests.journeys.counted import Counted
from tests.journeys.school import says

pytestmark = pytest.mark.browser

TITLE = "认识一个整体"
OPENING = "先出示一张饼，问怎样分给两个人。"
BETTER = "再分四块月饼。"
OWN = "我们班先折纸。"
AFTER = "折纸多用了五分钟，下次先发纸。"


def process(person: Counted) -> str:
    """Return what stands under the heading of the course of the lesson."""
    expect(person.page.locator("form[data-draft-ready]")).to_be_visible()
    return person.field("教学过程").input_value()


def at_the_end(person: Counted, label: str, text: str) -> None:
    """Tap a field and add to what stands in it."""
    person.taps(person.field(label))
    person.page.keyboard.press("Control+End")
    person.page.keyboard.type(text)


def test_from_the_draft_to_ones_own_plan(browser: Browser, observing: Observing) -> None:
    with (
        visiting(browser, observing) as desk,
        visiting(browser, observing, phone=True) as phone,
    ):
        lead = Counted(desk.logs_in("presenter"))
        drafts(desk, lead)

        other = Counted(phone.logs_in("guest"))
        proposes(phone, other)

        is_asked_why_at_the_field(desk)
        agrees_on_it(desk, lead)
        agrees("一起备一课，主备人：从主备稿到共案", lead.cost())

        makes_it_own(phone, other)
        agrees("一起备一课，组里的人：提一处改法，改成自己的个案", other.cost())

        notes_and_looks_back(phone, other)
        sees_who_proposed(desk)


def drafts(desk: Visitor, lead: Counted) -> None:
    """Write the draft and offer it to the group."""
    lead.follows("备课")
    lead.taps(lead.page.get_by_role("link", name="写主备稿").first)
    lead.types("课题", TITLE)
    lead.presses("开始写")
    expect(lead.page.locator("form[data-draft-ready]")).to_be_visible()
    desk.finds_no_fault()
    lead.types("教学过程", OPENING)
    lead.presses("写好了")
    expect(lead.page.get_by_role("button", name="发给大家提意见")).to_be_visible()
    desk.finds_no_fault()
    lead.presses("发给大家提意见")
    says(lead.page, "组里的人可以逐段提意见了")


def proposes(phone: Visitor, other: Counted) -> None:
    """Propose another wording of one paragraph."""
    other.follows("通知")
    told = other.page.get_by_role("listitem").filter(has_text=f"主备稿请大家提意见：{TITLE}")
    other.taps(told.get_by_role("button"))
    other.taps(other.page.get_by_role("link", name=re.compile("提意见$")))
    at_the_end(other, "建议改成", BETTER)
    phone.finds_no_fault()
    other.presses("发出")
    expect(other.page.locator("main")).to_contain_text(f"{OPENING}{BETTER}")
    phone.finds_no_fault()


def is_asked_why_at_the_field(desk: Visitor) -> None:
    """Keep the draft as it is without a word: asked for it on the spot, nothing is sent."""
    aside = desk.page.context.new_page()
    aside.goto(desk.page.url)
    aside.get_by_role("main").get_by_role("link", name="处理", exact=True).first.click()
    aside.get_by_role("button", name="保留原稿").click()
    expect(aside.get_by_role("alert")).to_contain_text("请写一句为什么")
    expect(aside.get_by_label("议定的话")).to_be_focused()
    aside.get_by_label("议定的话").fill("原来的更短")
    expect(aside.get_by_role("alert")).to_have_count(0)
    aside.close()


def agrees_on_it(desk: Visitor, lead: Counted) -> None:
    """Adopt what was proposed and make the plan the agreed one."""
    lead.page.reload()
    desk.finds_no_fault()
    lead.presses("采纳")
    expect(lead.page.locator("main")).to_contain_text(f"{OPENING}{BETTER}")
    lead.presses("定稿为共案")
    lead.taps(lead.page.locator("dialog").get_by_role("button", name="定稿为共案"))
    says(lead.page, "已定稿为共案")
    desk.finds_no_fault()


def makes_it_own(phone: Visitor, other: Counted) -> None:
    """Start the own plan from the agreed one and change it for one's own class."""
    other.page.reload()
    other.presses("改成我的个案")
    assert process(other) == f"{OPENING}{BETTER}"
    at_the_end(other, "教学过程", f"\n{OWN}")
    phone.finds_no_fault()
    other.presses("写好了")
    expect(other.page.locator("main")).to_contain_text(OWN)


def notes_and_looks_back(phone: Visitor, other: Counted) -> None:
    """Note something after teaching, and look at what differs from the agreed plan."""
    plan = other.page.url
    phone.finds_no_fault()
    other.page.locator("a[href$='/departure/']").click()
    expect(other.page.locator("ins")).to_contain_text([OWN])
    expect(other.page.locator("del")).to_have_count(1)
    phone.finds_no_fault()
    other.page.goto(f"{plan}notes/")
    other.field("教后记").fill(AFTER)
    other.presses("存下来")
    says(other.page, "教后记已存好")
    expect(other.page.locator("main")).to_contain_text(AFTER)
    phone.finds_no_fault()


def sees_who_proposed(desk: Visitor) -> None:
    """Whose proposal was adopted stands beside the agreed plan."""
    plan = desk.page.url
    desk.page.goto(f"{plan}contributions/")
    expect(desk.page.locator("main")).to_contain_text("说了 1 条")
    expect(desk.page.locator("main")).to_contain_text(BETTER)
    desk.finds_no_fault()
    desk.page.goto(f"{plan}versions/")
    expect(desk.page.locator("main")).to_contain_text("共案")
    desk.finds_no_fault()
