"""What people do on the pages, in the words of the pages."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.conftest import House, Visitor, command, done, visiting
from yanxiu.ui.languages import TAGS

PASSWORD = "山高水长-2718"
FILLING = "本学期情况见过程材料，下学期继续。"
MOST_TABS = 400


@dataclass(frozen=True)
class Slip:
    """What stands on one slip: who it is for, and how to get in."""

    name: str
    number: str
    code: str


def press(page: Page, name: str) -> None:
    """Press the button `name`; two words of two characters are spaced on some buttons."""
    page.get_by_role("button", name=name, exact=True).click()


def speaks(visitor: Visitor, language: str) -> None:
    """Choose a language by its button."""
    visitor.goes("/")
    visitor.page.locator(f"button.language[value='{language}']").evaluate("one => one.click()")
    visitor.page.wait_for_selector(f"html[lang='{TAGS[language]}']")


def explains_if_asked(page: Page) -> None:
    """Say how two lessons were observed at once, where another journey has left one."""
    asked = page.get_by_label("两节课是怎样听的")
    handed_in = page.locator("#messages").get_by_text("听课记录已经提交")
    expect(asked.or_(handed_in).first).to_be_visible(timeout=60_000)
    if asked.count():
        asked.fill("各听半节")
        press(page, "提交听课记录")


def follow(page: Page, name: str) -> None:
    """Follow the link `name` in the body of the page."""
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def says(page: Page, text: str | re.Pattern[str]) -> None:
    """Wait until the page tells `text` after a deed."""
    expect(page.locator("#messages")).to_contain_text(text)


def tab_to(page: Page, wanted: Locator) -> None:
    """Come to `wanted` with the Tab key alone."""
    element = wanted.element_handle()
    for _step in range(MOST_TABS):
        if page.evaluate("wanted => document.activeElement === wanted", element):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key does not lead to {wanted}")


# ---- the administrator ----
def founds_school(visitor: Visitor) -> None:
    """Found the school with the link that the console prints."""
    printed = done(command("set-up-link", data=visitor.house.data, url=visitor.house.url))
    link = re.search(r"https?://\S+", printed)
    assert link, printed
    page = visitor.page
    page.goto(link[0])
    page.get_by_label("学校全称").fill("空港实验小学")
    page.get_by_label("您的姓名").fill("温管理")
    page.get_by_label("手机号").fill("19911110000")
    page.get_by_label("新密码").fill(PASSWORD)
    visitor.finds_no_fault()
    press(page, "建好并登录")
    expect(page.get_by_role("heading", name="从这里开始")).to_be_visible()
    visitor.finds_no_fault()


def sets_term(visitor: Visitor, year: int, half: str, first: date, last: date) -> None:
    """Set up a term and adopt the scheme of the school year."""
    page = visitor.goes("/terms/new/")
    page.get_by_label("学年从哪一年开始").fill(str(year))
    page.get_by_label("学期", exact=True).select_option(label=half)
    page.get_by_label("开学日期").fill(first.isoformat())
    page.get_by_label("最后一天").fill(last.isoformat())
    press(page, "保存")
    says(page, "学期已设好")
    follow(page, "学时方案")
    page.get_by_label("从哪天起").fill(first.isoformat())
    press(page, "采用")
    says(page, "已采用")
    visitor.finds_no_fault()


def imports_roster(visitor: Visitor, file: str, people: int) -> None:
    """Upload a roster, look at every row, and apply it."""
    page = visitor.goes("/people/roster/")
    page.get_by_label("花名册文件").set_input_files(file)
    press(page, "上传并查看结果")
    says(page, "读完了")
    visitor.finds_no_fault()
    press(page, f"导入 {people} 人")
    says(page, f"新增 {people} 人")


def prints_slips(visitor: Visitor, unit: str) -> dict[str, Slip]:
    """Print the slips of one unit and read them."""
    page = visitor.goes("/people/slips/")
    with page.expect_navigation():
        page.get_by_label("单位").select_option(label=unit)
    press(page, "打印勾选的")
    expect(page.get_by_role("heading", name="登录条（")).to_be_visible()
    visitor.finds_no_fault()
    slips = [
        Slip(
            slip.locator("strong").inner_text(),
            slip.locator("dd .num").inner_text(),
            slip.locator(".slip-code").inner_text(),
        )
        for slip in page.locator(".slip").all()
    ]
    return {slip.name: slip for slip in slips}


# ---- getting in ----
@contextmanager
def first_log_in(
    browser: Browser, house: House, slip: Slip, *, phone: bool = False
) -> Iterator[Visitor]:
    """Let somebody come in with a slip and choose a password."""
    with visiting(browser, house, phone=phone) as visitor:
        page = visitor.goes("/code/")
        page.get_by_label("手机号或工号").fill(slip.number)
        page.get_by_label("登录码").fill(slip.code)
        press(page, "下一步")
        page.get_by_label("新密码").fill(PASSWORD)
        visitor.finds_no_fault()
        press(page, "保存并登录")
        says(page, "密码已设好")
        yield visitor


def types_log_in(page: Page, number: str) -> None:
    """Log in on the page at hand with the keyboard alone."""
    tab_to(page, page.get_by_label("手机号或工号"))
    page.keyboard.type(number)
    tab_to(page, page.get_by_label("密码", exact=True))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


# ---- the summary ----
def fills_gaps(page: Page) -> int:
    """Write something in the place of every gap and return how many there were."""
    links = page.locator(".summary-side a[href$='-text']")
    filled = 0
    while links.count():
        left = links.count()
        place = links.first.get_attribute("href") or ""
        links.first.click()
        field = page.locator(place)
        if not field.is_visible():
            page.locator("details", has=field).locator("summary").click()
        field.fill(FILLING)
        page.locator("form", has=field).get_by_role("button", name="保存").click()
        expect(links).to_have_count(left - 1)
        filled += 1
    return filled
