"""A photo of the board can be kept with an observation, for those who may read it; none must be."""

import re

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.journeys.conftest import Observing, Visitor, visiting
from tests.journeys.school import press, says

pytestmark = pytest.mark.browser

HEAD = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
TOO_LARGE = HEAD + bytes(21 * 1024 * 1024)


def board(page: Page) -> FilePayload:
    """Take a picture, here of the page itself."""
    return {"name": "板书.jpg", "mimeType": "image/jpeg", "buffer": page.screenshot(type="jpeg")}


def sends(page: Page, file: FilePayload) -> None:
    """Choose a file and send it."""
    page.get_by_label("板书照片").set_input_files(files=[file])
    press(page, "留下")


def begins(visitor: Visitor, lesson: str) -> str:
    """Begin to observe a lesson, note something, and return the path of the observation."""
    page = visitor.goes(f"/lessons/{lesson}/")
    press(page, "开始听课")
    expect(page.locator("#observation[data-ready]")).to_be_visible()
    press(page, "导入")
    expect(page.locator("[data-part=status]")).to_have_text("已同步，记了 1 条")
    return re.sub(r"^https?://[^/]+|offline/$", "", page.url)


def test_a_photo_is_kept_for_those_who_may_read_it(browser: Browser, observing: Observing) -> None:
    with (
        visiting(browser, observing, phone=True) as guest,
        visiting(browser, observing) as presenter,
        visiting(browser, observing) as office,
    ):
        page = guest.logs_in("guest")
        path = begins(guest, observing.own)
        page.goto(f"{observing.url}{path}photo/")
        guest.finds_no_fault()

        for refused, sentence in (
            ({"name": "板书.jpg", "mimeType": "image/jpeg", "buffer": TOO_LARGE}, "超过20MB"),
            ({"name": "板书.jpg", "mimeType": "image/jpeg", "buffer": b"not one"}, "没有保存"),
            ({"name": "教案.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}, "不拍也"),
        ):
            sends(page, refused)  # type: ignore[arg-type]
            expect(page.locator(".form-errors, .invalid-feedback")).to_contain_text(sentence)
        guest.finds_no_fault()

        sends(page, board(page))
        says(page, "照片已留下")
        picture = page.locator("main a[href^='/files/'], main img[src^='/files/']").first
        address = picture.get_attribute("href") or picture.get_attribute("src") or ""
        guest.finds_no_fault()
        assert page.request.get(f"{observing.url}{address}").headers["content-type"] == "image/jpeg"

        for other, who in ((presenter, "leader"), (office, "presenter")):
            other.logs_in(who)
            assert other.page.request.get(f"{observing.url}{address}").status == 404
        page.goto(f"{observing.url}{path}offline/")
        expect(page.locator("#observation[data-ready]")).to_be_visible()
        expect(page.locator(f".observe-open img[src='{address}']")).to_be_visible()
        press(page, "提交听课记录")
        says(page, "已经提交")

        presenter.goes(path)
        expect(presenter.page.locator(f"main [href='{address}']").first).to_be_visible()
        assert presenter.page.request.get(f"{observing.url}{address}").status == 200
        presenter.finds_no_fault()
        assert office.page.request.get(f"{observing.url}{address}").status == 404
