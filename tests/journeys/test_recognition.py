"""A course of 16 hours: halved by the school, confirmed above, objected to and corrected.

Every step and every amount stays to be read by the teacher.
"""

import dataclasses
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import House, visiting
from tests.journeys.steps_school import furnish

pytestmark = pytest.mark.browser
COURSE = "小学数学单元整体设计研修班"
OTHERS = ("作业设计工作坊", "阅读教学沙龙", "实验操作集训", "心理健康通识课")
STEPS = (
    ("王老师", "自报", "16"),
    ("学校认定", "周主任", "8", "只认面授"),
    ("中心校确认", "孙教研员", "8"),
    ("冲销", "沈校长", "8"),
    ("异议处理", "沈校长", "16"),
    ("中心校确认", "孙教研员", "16"),
)
"""What the page of the declaration tells at the end, in its order."""


def declare(page: Page, proof: Path, title: str = COURSE) -> str:
    """Declare a course with its certificate; return the address of its page."""
    page.get_by_role("link", name="申报", exact=True).click()
    page.get_by_role("link", name="外出课程").click()
    page.get_by_label("名称").fill(title)
    page.get_by_label("日期").fill((timezone.localdate() - timedelta(days=3)).isoformat())
    page.get_by_label("学时数").fill("16")
    page.get_by_label("方式").select_option(label="集中")
    page.get_by_label("证书、文件或刊物编号").fill("县培〔2026〕18号")
    page.get_by_label("证明材料").set_input_files(str(proof))
    page.get_by_role("button", name="提交").click()
    page.wait_for_url(re.compile("/recognition/declarations/"))
    return re.sub("^https?://[^/]+", "", page.url)


def told(page: Page) -> list[str]:
    """Return the steps that the page tells."""
    return page.locator("section", has_text="认定经过").locator(".trail > li").all_inner_texts()


def halve(browser: Browser, house: House) -> None:
    """周主任 recognises half of it by keyboard and word."""
    with visiting(browser, house) as zhou:
        desk = zhou.logs_in("周主任")
        expect(desk.get_by_text("认定研修记录：清河小学")).to_be_visible()
        zhou.goes("/recognition/")
        zhou.finds_no_fault()
        expect(desk.get_by_text("证书.pdf")).to_be_visible()
        desk.keyboard.press("e")
        desk.keyboard.type("8")
        desk.keyboard.press("Enter")
        # What is missing is said at its field, and the typing goes on there.
        reason = desk.get_by_label("原因（本人看得到）")
        expect(reason).to_be_focused()
        expect(reason).to_have_accessible_description(re.compile("要写明原因"))
        zhou.finds_no_fault()
        desk.keyboard.type("通知写明只认面授")
        desk.keyboard.press("Enter")
        expect(desk.get_by_text("现在没有等您认定的")).to_be_visible()
        zhou.finds_no_fault()


def confirm(browser: Browser, house: House) -> None:
    """孙教研员 confirms with one key."""
    with visiting(browser, house) as sun:
        desk = sun.logs_in("孙教研员")
        sun.goes("/recognition/")
        expect(desk.get_by_text("周主任 · 认定 8")).to_be_visible()
        desk.keyboard.press("Enter")
        expect(desk.get_by_text("现在没有等您认定的")).to_be_visible()


def uphold(browser: Browser, house: House) -> None:
    """沈校长, who has not decided before, finds the objection right."""
    with visiting(browser, house) as shen:
        desk = shen.logs_in("沈校长")
        shen.goes("/recognition/objections/?state=open")
        shen.finds_no_fault()
        desk.get_by_role("link", name=COURSE).click()
        desk.get_by_label("异议成立，更正").check()
        expect(desk.get_by_label("更正为")).to_have_value("16")
        desk.get_by_label("答复").fill("核对了签到表，全部面授。")
        desk.get_by_role("button", name="提交答复").click()
        expect(desk.get_by_text("成立，已更正")).to_be_visible()
        shen.finds_no_fault()


def decide_one_of_several(browser: Browser, house: House) -> None:
    """周主任 decides one: the page stays where it is, with what was begun beside the others."""
    with visiting(browser, house, phone=True) as zhou:
        desk = zhou.logs_in("周主任")
        zhou.goes("/recognition/")
        rows = desk.locator("[data-row]")
        expect(rows).to_have_count(4)
        rows.nth(3).get_by_role("checkbox").check()
        rows.nth(0).get_by_text("改数量或退回").click()
        rows.nth(0).get_by_label("原因（本人看得到）").fill("还没有看完")
        button = rows.nth(1).get_by_role("button", name="认定", exact=True)
        button.scroll_into_view_if_needed()
        desk.wait_for_function("window.scrollY > 100")
        before = desk.evaluate("window.scrollY")
        button.click()
        expect(rows).to_have_count(3)
        expect(rows.nth(2).get_by_role("checkbox")).to_be_checked()
        expect(rows.nth(0).get_by_label("原因（本人看得到）")).to_have_value("还没有看完")
        most = desk.evaluate("document.documentElement.scrollHeight - window.innerHeight")
        assert desk.evaluate("window.scrollY") == min(before, most)


def walk(browser: Browser, house: House, proof: Path) -> None:
    """Go the whole way, each person at a device of their own."""
    with visiting(browser, house, phone=True) as wang:
        page = wang.logs_in("王老师")
        wang.goes("/recognition/mine/")
        wang.finds_no_fault()
        address = declare(page, proof)
        wang.finds_no_fault()
        halve(browser, house)
        confirm(browser, house)

        wang.goes(address)
        page.get_by_role("link", name="对认定有异议").click()
        page.get_by_label("哪里不对，依据是什么").fill("十六学时都是面授，签到表在附件里。")
        page.get_by_label("您认为应是多少").fill("16")
        page.get_by_role("button", name="提交异议").click()
        page.wait_for_url(re.compile("/recognition/objections/"))
        wang.finds_no_fault()
        uphold(browser, house)
        confirm(browser, house)

        wang.goes(address)
        wang.finds_no_fault()
        steps = told(page)
        for number, words in enumerate(STEPS):
            assert all(word in steps[number] for word in words), steps

        for title in OTHERS:
            wang.goes("/recognition/mine/")
            declare(page, proof, title)
        decide_one_of_several(browser, house)


def test_it_is_halved_confirmed_objected_to_and_corrected(
    browser: Browser, empty_house: House, tmp_path: Path
) -> None:
    logins = furnish(empty_house.data)
    proof = tmp_path / "证书.pdf"
    proof.write_bytes(b"%PDF-1.4 a made-up certificate")

    walk(browser, dataclasses.replace(empty_house, logins=logins), proof)
