"""A host takes the roll while the network is gone: over HTTPS all works, over HTTP nothing is lost.

The house answers under a second name, as it does in a school, and "no network" is a server that
is not there.
"""

import base64
import hashlib
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import (
    ARGUMENTS,
    PATIENCE,
    UID,
    House,
    Visitor,
    command,
    free_port,
    visiting,
)
from tests.journeys.school import press, says

pytestmark = pytest.mark.browser

NAME = "yanxiu.school.test"
TITLE = "停了电的一场"
SOON = 15_000
ALL_SENT = """async () => {
    const { openStore } = await import(document.querySelector("meta[name=house]").dataset.offline);
    return (await (await openStore()).all()).every(one => one.taken);
}"""


@dataclass
class Door:
    """The second door of the demo school, which can be shut and opened again."""

    house: House
    port: int
    certificate: Path | None
    server: subprocess.Popen[str] | None = None

    def opens(self) -> None:
        """Serve, and wait until somebody answers."""
        words = ["--port", str(self.port), "--public-url", self.house.url, "--workers", "1"]
        if self.certificate:
            key = self.certificate.with_name("key.pem")
            words += ["--tls-cert", str(self.certificate), "--tls-key", str(key)]
        self.server = command("serve", *words, data=self.house.data, demo=True, url=self.house.url)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            assert self.server.poll() is None, self.server.stdout and self.server.stdout.read()
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=5):
                return
            time.sleep(0.2)
        pytest.fail("the server did not answer in time")

    def shuts(self) -> None:
        """Be gone, as a network is."""
        if self.server:
            self.server.terminate()
            try:
                self.server.communicate(timeout=20)
            except subprocess.TimeoutExpired:
                self.server.kill()
        self.server = None


@contextmanager
def second_door(house: House, folder: Path | None) -> Iterator[Door]:
    """Serve the demo school under NAME; with a throw-away certificate if there is a `folder`."""
    port = free_port()
    url = f"{'https' if folder else 'http'}://{NAME}:{port}"
    certificate = folder / "cert.pem" if folder else None
    door = Door(House(url, house.data, house.logins), port, certificate)
    door.opens()
    try:
        yield door
    finally:
        door.shuts()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate for NAME."""
    folder = tmp_path_factory.mktemp("tls")
    leaf = trustme.CA().issue_cert(NAME)
    leaf.cert_chain_pems[0].write_to_path(folder / "cert.pem")
    leaf.private_key_pem.write_to_path(folder / "key.pem")
    return folder


@pytest.fixture(scope="module")
def far_browser(certificate: Path, browser: Browser) -> Iterator[Browser]:
    """A browser that knows NAME and trusts its certificate.

    Trust has to be the network's own: with errors merely ignored, Chromium allows no service
    worker.
    """
    leaf = x509.load_pem_x509_certificate((certificate / "cert.pem").read_bytes())
    spki = leaf.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    pin = base64.b64encode(hashlib.sha256(spki).digest()).decode()
    far = browser.browser_type.launch(
        executable_path=shutil.which("chromium"),
        args=[
            *ARGUMENTS,
            f"--host-resolver-rules=MAP {NAME} 127.0.0.1",
            f"--ignore-certificate-errors-spki-list={pin}",
        ],
    )
    yield far
    far.close()


def plans_session(visitor: Visitor, title: str) -> str:
    """Plan a session for the whole school that began a moment ago; return its address."""
    begin = datetime.now(ZoneInfo("Asia/Shanghai"))
    end = min(begin + timedelta(minutes=40), begin.replace(hour=23, minute=59))
    page = visitor.goes("/sessions/new/")
    page.get_by_label("参加范围").select_option(label="全校教师")
    page.get_by_role("textbox", name="主题", exact=True).fill(title)
    page.get_by_label("日期").fill(f"{begin:%Y-%m-%d}")
    page.get_by_label("开始").fill(f"{begin:%H:%M}")
    page.get_by_label("结束").fill(f"{end:%H:%M}")
    page.locator("main form").get_by_role("button").last.click()
    page.wait_for_url(UID)
    return page.url


def rows(page: Page) -> list[str]:
    """Return the names on the roll, the host's own first: closing counts the host in any case."""
    found = page.locator(".roll-row")
    names = [row.get_attribute("aria-label") or "" for row in found.all()]
    host = (page.locator(".side .who").text_content() or "").strip()
    return sorted(names, key=lambda name: not host.startswith(name))


def taps(page: Page, name: str, word: str) -> None:
    """Tap one mark of one name."""
    row = page.get_by_role("radiogroup", name=name, exact=True)
    row.locator("label", has_text=re.compile(f"^{word}$")).click()


def bar(page: Page, text: str | re.Pattern[str]) -> None:
    """Wait until the bar that is always visible says `text`."""
    expect(page.locator("[data-part=status]")).to_have_text(text, timeout=SOON)


def opens_roll(visitor: Visitor, session: str) -> Page:
    """Open the roll of the session and wait until it is ready."""
    visitor.page.goto(f"{session}offline/")
    expect(visitor.page.locator("#offline-roll[data-ready]")).to_be_visible()
    return visitor.page


def closes(visitor: Visitor, session: str, came: int) -> None:
    """Close the session: so many records are written."""
    page = visitor.page
    page.goto(f"{session}close/")
    press(page, "关闭场次")
    says(page, f"{came} 人的研修记录已经写好")


class WithoutNetwork(list[str]):
    """The faults of a page whose network is gone: that the browser notes each try is none."""

    def append(self, text: str) -> None:
        """Keep what is a fault of ours."""
        if "net::ERR_" not in text:
            super().append(text)


def test_over_https_a_dead_battery_costs_nothing(
    demo_house: House, far_browser: Browser, certificate: Path
) -> None:
    with (
        second_door(demo_house, certificate) as door,
        visiting(far_browser, door.house, phone=True) as host,
    ):
        host.logs_in("教科室")
        session = plans_session(host, TITLE)
        page = opens_roll(host, session)
        bar(page, "已同步，已记 0 人")
        expect(page.locator("[data-part=kept]")).to_contain_text("断网、关掉、没电")
        host.finds_no_fault()
        names = rows(page)

        host.faults = WithoutNetwork()
        door.shuts()
        for name in names[:20]:
            taps(page, name, "到")
        taps(page, names[20], "迟到")
        taps(page, names[21], "到")
        page.get_by_role("button", name="撤销上一下").click()
        page.get_by_label("按姓名或拼音找").fill("路过的客人")
        page.get_by_role("button", name=re.compile("名单以外")).click()
        for name in names[22:23]:
            taps(page, name, "公务")
        bar(page, "离线，已记 23 人")
        host.finds_no_fault()

        page.close()
        host.page = page = page.context.new_page()
        opens_roll(host, session)
        bar(page, "离线，已记 23 人")
        row = page.get_by_role("radiogroup", name=names[20], exact=True)
        expect(row.get_by_role("radio", name="迟到")).to_be_checked()
        page.goto(f"{door.house.url}/me/")
        expect(page.get_by_role("heading", name="现在没有网络")).to_be_visible()
        page.get_by_role("link", name=re.compile(TITLE)).click()
        page.wait_for_url(f"{session}offline/")

        door.opens()
        page.reload()
        bar(page, "已同步，已记 23 人")
        expect(page.locator("[data-part=settle]")).to_be_visible()
        closes(host, session, 21)


def test_after_a_log_out_nothing_of_the_roll_can_be_opened(
    demo_house: House, far_browser: Browser, certificate: Path
) -> None:
    with (
        second_door(demo_house, certificate) as door,
        visiting(far_browser, door.house) as host,
    ):
        host.logs_in("教科室")
        session = plans_session(host, "记在别人设备上的一场")
        page = opens_roll(host, session)
        expect(page.locator("[data-part=kept]")).to_contain_text("断网、关掉、没电")
        page.get_by_role("button", name="退出登录").click()
        page.wait_for_url(re.compile("/log-in/"))

        door.shuts()
        page.goto(f"{session}offline/")

        expect(page.get_by_role("heading", name="现在没有网络")).to_be_visible()
        expect(page.locator("#kept li")).to_have_count(0)


def test_over_http_an_open_page_loses_nothing_and_says_what_is_missing(
    demo_house: House, far_browser: Browser
) -> None:
    with (
        second_door(demo_house, None) as door,
        visiting(far_browser, door.house, phone=True) as host,
    ):
        host.logs_in("教科室")
        session = plans_session(host, "没有证书的一场")
        page = opens_roll(host, session)
        expect(page.locator("[data-part=plain]")).to_contain_text("不能重新打开")
        names = rows(page)
        host.faults = WithoutNetwork()

        door.shuts()
        for name in names[:23]:
            taps(page, name, "到")
        bar(page, "离线，已记 23 人")
        # The phone dies: what was tapped is in the browser, and any page sends it.
        page.close()
        host.page = page = page.context.new_page()
        door.opens()
        host.goes("/")
        page.wait_for_function(ALL_SENT)
        closes(host, session, 23)


def test_the_ordinary_roll_goes_on_where_its_network_broke(
    demo_house: House, far_browser: Browser
) -> None:
    with (
        second_door(demo_house, None) as door,
        visiting(far_browser, door.house) as host,
    ):
        host.logs_in("教科室")
        session = plans_session(host, "半路断网的一场")
        page = host.goes(session.removeprefix(door.house.url))
        names = rows(page)[:3]
        host.faults = WithoutNetwork()
        door.shuts()
        for name in names:
            taps(page, name, "到")
        line = page.locator("#roll-taken-over")
        expect(line).to_contain_text("离线，已记 3 人", timeout=SOON)

        door.opens()

        expect(line).to_have_text("已同步，已记 3 人", timeout=PATIENCE * 1000)
        closes(host, session, 3)
