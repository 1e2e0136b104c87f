"""A house that is really open, and a browser in front of it."""

import fcntl
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

if TYPE_CHECKING:
    from tests.journeys.ways import Ways

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120
PATIENCE_OF_A_PAGE = 20_000
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The rows of a list are all alike: six of them stand for the others. A bar that stays in view
# covers whatever is scrolled under it just now.
RUN_AXE = """async tags => {
    for (const bar of document.querySelectorAll(".sticky-save")) bar.style.position = "static";
    const found = await axe.run({exclude: [".rows tbody tr:nth-child(n+7)"]}, {
        runOnly: {type: "tag", values: tags},
        resultTypes: ["violations"],
        preload: false,
        iframes: false,
    });
    return found.violations.flatMap(each => each.nodes.map(
        node => `${each.id}: ${node.target} ${node.html.slice(0, 120)} ${node.failureSummary}`));
}"""
UID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
LOGIN = re.compile(r"^\s*(\S+)　(\S+)　手机号 (\d+)　密码 (\S+)$")


@dataclass(frozen=True)
class House:
    """A running installation: where it answers, where its data lies, who can log in."""

    url: str
    data: Path
    logins: dict[str, tuple[str, str]]


def command(*words: str, data: Path, demo: bool = False, url: str = "") -> subprocess.Popen[str]:
    """Start one command of the house on the folder `data`, which answers at `url`."""
    environment = {
        **os.environ,
        "YANXIU_DATA": str(data),
        "YANXIU_DEMO": "1" if demo else "0",
        "DJANGO_SETTINGS_MODULE": "yanxiu.config.settings",
    }
    environment.pop("YANXIU_DATABASE", None)
    if url:
        environment["YANXIU_PUBLIC_URL"] = url
    return subprocess.Popen(
        [sys.executable, "-m", "yanxiu", *words, "--data", str(data)],
        cwd=ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def done(process: subprocess.Popen[str]) -> str:
    """Wait for a command and return what it printed; a failure fails the test with it."""
    printed, _nothing = process.communicate(timeout=PATIENCE * 3)
    assert process.returncode == 0, printed
    return printed


def free_port() -> int:
    """Return a port of the loopback that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def opened(data: Path, *, demo: bool) -> Iterator[str]:
    """Serve the folder `data` and yield the address; the server ends with the block."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    server = command(
        "serve", "--port", str(port), "--public-url", url, "--workers", "1", data=data, demo=demo
    )
    try:
        _wait_for(url, server)
        yield url
    finally:
        server.terminate()
        try:
            server.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()


def _wait_for(url: str, server: subprocess.Popen[str]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert server.poll() is None, server.stdout.read() if server.stdout else ""
        try:
            urllib.request.urlopen(f"{url}/log-in/", timeout=5)  # noqa: S310 (loopback)
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    pytest.fail("the server did not answer in time")


def _loaded(data: Path) -> Path:
    done(command("migrate", data=data, demo=True))
    done(command("demo", data=data, demo=True))
    return data


def demo_folder(factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the demo school for this worker alone.

    Loading takes long: where several workers run, the first one loads and the others copy.
    """
    own = factory.mktemp("demo")
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return _loaded(own)
    shared = factory.getbasetemp().parent / "demo-school"
    with (shared.parent / "demo-school.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not shared.exists():
            _loaded(own).rename(shared)
    return shutil.copytree(shared, own, dirs_exist_ok=True)


@contextmanager
def demo_opened(factory: pytest.TempPathFactory) -> Iterator[House]:
    """Serve a demo school of one's own, loaded by its command."""
    data = demo_folder(factory)
    rows = (data / "demo-logins.txt").read_text(encoding="utf-8").splitlines()
    found = [LOGIN.match(row) for row in rows]
    logins = {row[1]: (row[3], row[4]) for row in found if row}
    with opened(data, demo=True) as url:
        yield House(url, data, logins)


@pytest.fixture(scope="session")
def demo_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The demo school, in which journeys write as they like."""
    with demo_opened(tmp_path_factory) as house:
        yield house


@pytest.fixture(scope="session")
def untouched_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The demo school as it was loaded: whoever visits it reads, and writes nothing."""
    with demo_opened(tmp_path_factory) as house:
        yield house


@pytest.fixture(scope="session")
def found_ways(
    tmp_path_factory: pytest.TempPathFactory, untouched_house: House, browser: Browser
) -> "tuple[Ways, list[str]]":
    """The way to each kind of page for each role, and links that did not open."""
    from tests.journeys import ways  # noqa: PLC0415 (it stands on this file)

    if "PYTEST_XDIST_WORKER" not in os.environ:
        return ways.find(untouched_house, browser)
    path = tmp_path_factory.getbasetemp().parent / "ways.json"
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            ways.keep(path, ways.find(untouched_house, browser))
        return ways.kept(path)


@pytest.fixture
def empty_house(tmp_path: Path) -> Iterator[House]:
    """A new installation in which nobody has done anything yet."""
    done(command("migrate", data=tmp_path))
    with opened(tmp_path, demo=False) as url:
        yield House(url, tmp_path, {})


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    program = shutil.which("chromium")
    assert program, "chromium is missing; `python3 run.py test` installs it"
    # Playwright's loop would make Django refuse its own database in this thread.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        expect.set_options(timeout=PATIENCE_OF_A_PAGE)
        yield chromium
        chromium.close()


def is_our_fault(text: str) -> bool:
    """Tell whether a line of the console is a fault of a page; an answer of 4xx is none."""
    return not re.match(
        r"Failed to load resource: the server responded with a status of 4\d\d", text
    )


@dataclass
class Visitor:
    """One person at one device, with everything that went wrong on the way."""

    page: Page
    house: House
    device: str
    faults: list[str] = field(default_factory=list)

    def goes(self, path: str) -> Page:
        """Open an address of the house."""
        self.page.goto(f"{self.house.url}{path}")
        return self.page

    def logs_in(self, role: str) -> Page:
        """Log in with the account of a role of the demo school."""
        phone, password = self.house.logins[role]
        self.goes("/log-in/")
        self.page.get_by_label("手机号或工号").fill(phone)
        self.page.get_by_label("密码", exact=True).fill(password)
        self.page.get_by_role("button", name=re.compile("登\\s*录")).click()
        self.page.wait_for_url(f"{self.house.url}/")
        return self.page

    def keeps_picture(self) -> None:
        """Keep a picture where YANXIU_SCREENSHOTS names a folder, for somebody to look at."""
        folder = os.environ.get("YANXIU_SCREENSHOTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            path = UID.sub("uid", urlsplit(self.page.url).path).strip("/").replace("/", "_")
            number = len(list(Path(folder).iterdir())) + 1
            picture = Path(folder) / f"{self.device}-{path or 'home'}-{number:03}.png"
            self.page.screenshot(path=picture, full_page=True)

    def finds_no_fault(self, *, axe: bool = True) -> None:
        """Check the page at hand: axe, the console, and no sideways scroll."""
        self.keeps_picture()
        if axe:
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
            found = self.page.evaluate(RUN_AXE, RULES)
            assert found == [], f"{self.page.url}: {found}"
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, f"{self.page.url} scrolls sideways by {wide} px"
        assert self.faults == [], f"{self.page.url}: {self.faults}"


@contextmanager
def visiting(
    browser: Browser,
    house: House,
    *,
    phone: bool = False,
    dark: bool = False,
    script: bool = True,
) -> Iterator[Visitor]:
    """Give one person a device of its own."""
    context: BrowserContext = browser.new_context(
        viewport=PHONE if phone else DESK,  # type: ignore[arg-type]
        device_scale_factor=2 if phone and "YANXIU_SCREENSHOTS" in os.environ else 1,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
        color_scheme="dark" if dark else "light",
        java_script_enabled=script,
    )
    context.set_default_timeout(PATIENCE_OF_A_PAGE)
    visitor = Visitor(context.new_page(), house, "phone" if phone else "desk")
    visitor.page.on("pageerror", lambda error: visitor.faults.append(str(error)))
    visitor.page.on(
        "console",
        lambda line: (
            visitor.faults.append(line.text)
            if line.type == "error" and is_our_fault(line.text)
            else None
        ),
    )
    try:
        yield visitor
    finally:
        context.close()


@dataclass(frozen=True)
class Observing(House):
    """The school of `tests.journeys.observing`, and the keys of what is in it.

    The leader has begun `observations` of the first three `lessons`; `own` is the leader's.
    `free` are names of colleagues who give no lesson.
    """

    observations: list[str]
    lessons: list[str]
    own: str
    free: list[str]

    def at(self, url: str) -> "Observing":
        """Return the same school under another address."""
        return replace(self, url=url)


@pytest.fixture(scope="session")
def observing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Observing]:
    """A school in which lessons are being given, opened."""
    data = tmp_path_factory.mktemp("observing")
    done(command("migrate", data=data))
    settings = {"YANXIU_DATA": str(data), "DJANGO_SETTINGS_MODULE": "yanxiu.config.settings"}
    program = [sys.executable, "-m", "tests.journeys.observing"]
    subprocess.run(program, cwd=ROOT, env={**os.environ, **settings}, check=True, timeout=120)
    known = json.loads((data / "observing.json").read_text(encoding="utf-8"))
    with opened(data, demo=False) as url:
        yield Observing(url, data, **known)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate for the second name of the house."""
    from tests.journeys.doors import make_certificate  # noqa: PLC0415 (it stands on this file)

    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="session")
def far_browser(certificate: Path, browser: Browser) -> Iterator[Browser]:
    """A browser that knows the second name of the house and trusts its certificate."""
    from tests.journeys.doors import browsing_from_afar  # noqa: PLC0415

    with browsing_from_afar(certificate, browser) as far:
        yield far
