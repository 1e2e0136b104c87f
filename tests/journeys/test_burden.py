"""What everyday deeds cost is as docs/burden.md says, and not more than we allow ourselves.

Each deed starts where a person stands: the home page, or a picture that was just scanned.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Browser, expect

from tests.journeys.burden import AT_MOST, ROW, TABLE, agrees
from tests.journeys.conftest import (
    ROOT,
    House,
    Observing,
    Visitor,
    command,
    done,
    opened,
    visiting,
)
from tests.journeys.counted import Cost, Counted
from tests.journeys.forty import LOGINS
from tests.journeys.school import press

pytestmark = pytest.mark.browser

NEW_PEOPLE = 60


@dataclass(frozen=True)
class Forty(House):
    """The school of `tests.journeys.forty`, and what the deeds need to know of it."""

    members: list[str]
    absent: str
    unit: str
    session: str


@pytest.fixture(scope="module")
def forty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forty]:
    """The school whose deeds are counted, opened."""
    data = tmp_path_factory.mktemp("forty")
    done(command("migrate", data=data))
    settings = {"YANXIU_DATA": str(data), "DJANGO_SETTINGS_MODULE": "yanxiu.config.settings"}
    program = [sys.executable, "-m", "tests.journeys.forty"]
    subprocess.run(program, cwd=ROOT, env={**os.environ, **settings}, check=True, timeout=120)
    known = json.loads((data / LOGINS).read_text(encoding="utf-8"))
    with opened(data, demo=False) as url:
        yield Forty(url, data, **known)


@contextmanager
def at_home(browser: Browser, house: House, who: str, *, phone: bool) -> Iterator[Counted]:
    """Let somebody stand on the home page."""
    with visiting(browser, house, phone=phone) as visitor:
        yield Counted(visitor.logs_in(who))
        assert visitor.faults == []


def scanned(screen: Visitor, session: str) -> str:
    """Return the address in the picture on the screen right now."""
    page = screen.goes(f"/sessions/{session}/screen/")
    digits = page.locator(".digits").inner_text().replace(" ", "")
    return f"{screen.house.url}/sessions/{session}/scan/{digits}/"


@pytest.fixture(scope="module")
def screen(browser: Browser, forty: Forty) -> Iterator[Visitor]:
    """The screen of a session with sign-in open."""
    with visiting(browser, forty) as host:
        host.logs_in("screen")
        page = host.goes(f"/sessions/{forty.session}/")
        press(page, "开始签到")
        expect(page.locator(".digits")).to_be_visible()
        yield host


def test_every_row_of_the_table_is_counted() -> None:
    rows = ROW.findall(TABLE.read_text(encoding="utf-8"))
    assert [deed for deed, *_rest in rows] == list(AT_MOST)


def test_signing_in_while_logged_in(browser: Browser, forty: Forty, screen: Visitor) -> None:
    with at_home(browser, forty, "teacher", phone=True) as teacher:
        teacher.page.goto(scanned(screen, forty.session))
        teacher.presses("签到")
        teacher.sees("#own", "已签到")
        agrees("签到，已登录", teacher.cost())


def test_signing_in_while_logged_out(browser: Browser, forty: Forty, screen: Visitor) -> None:
    number, password = forty.logins["colleague"]
    with visiting(browser, forty, phone=True) as visitor:
        teacher = Counted(visitor.page)
        teacher.page.goto(scanned(screen, forty.session))
        teacher.types("手机号或工号", number)
        teacher.types("密码", password)
        teacher.presses("登录")
        teacher.presses("签到")
        teacher.sees("#own", "已签到")
        agrees("签到，没有登录", teacher.cost())


def test_taking_the_roll_of_forty(browser: Browser, forty: Forty) -> None:
    with at_home(browser, forty, "host", phone=True) as host:
        host.follows("主持这一场")
        for name, mark in zip(forty.members[-4:], ("迟到", "缺席", "缺席", "缺席"), strict=True):
            row = host.page.get_by_role("radiogroup", name=name, exact=True)
            host.taps(row.locator("label", has_text=re.compile(f"^{mark}$")))
        host.presses("其余 36 人都到")
        expect(host.page.locator("#roll-counts")).to_contain_text(re.compile(r"实到\s*37"))
        agrees("点 40 人的名，缺席 3 人、迟到 1 人", host.cost())


def corrects(host: Counted, absent: str) -> Cost:
    """Correct the attendance of one person on the page of a closed session."""
    host.taps(host.page.get_by_role("link", name=f"更正{absent}的考勤"))
    host.taps(host.page.get_by_label("出席", exact=True))
    host.types("原因", "到场了，漏签")
    host.presses("更正")
    host.sees("#messages", "已更正为出席")
    return host.cost()


def test_correcting_attendance_of_today(browser: Browser, forty: Forty) -> None:
    with at_home(browser, forty, "corrects", phone=True) as host:
        host.follows("已结束，看记录")
        agrees("更正一人的考勤，当天", corrects(host, forty.absent))


def test_correcting_attendance_of_last_week(browser: Browser, forty: Forty) -> None:
    with at_home(browser, forty, "corrects", phone=True) as host:
        host.follows("上周关闭的一场")
        agrees("更正一人的考勤，上周", corrects(host, forty.absent))


def test_setting_up_a_weekly_rhythm(browser: Browser, forty: Forty) -> None:
    with at_home(browser, forty, "office", phone=False) as office:
        office.follows("看计划")
        office.follows("添加固定时间")
        office.picks("教研组", forty.unit)
        office.picks("星期", "周四")
        office.taps(office.page.get_by_label("下午", exact=True))
        office.types("修订原因", "组里商定")
        office.presses("添加")
        office.follows("排期")
        office.follows("排好整学期")
        office.taps(office.page.get_by_role("button", name=re.compile(r"^排这 \d+ 场$")))
        office.sees("#messages", forty.unit)
        agrees("排一学期的每周教研", office.cost())


def test_importing_sixty_people(browser: Browser, forty: Forty, tmp_path: Path) -> None:
    with at_home(browser, forty, "administrator", phone=False) as office:
        # Until the first steps are done, they offer the same.
        menu = office.page.get_by_role("list", name="管理")
        office.taps(menu.get_by_role("link", name="导入花名册"))
        with office.page.expect_file_chooser() as chooser:
            office.taps(office.page.get_by_label("花名册文件"))
        chooser.value.set_files(roster(tmp_path / "roster.xlsx"))
        office.presses("上传并查看结果")
        office.presses(f"导入 {NEW_PEOPLE} 人")
        office.sees("#messages", f"新增 {NEW_PEOPLE} 人")
        agrees("导入 60 人", office.cost())


def opens_today(person: Counted, title: str) -> None:
    """Open the lesson of today from the home page."""
    person.taps(person.page.get_by_role("link", name=re.compile(f"^打开.*{title}")))
    expect(person.page.get_by_role("heading", name=title, level=1)).to_be_visible()


def test_opening_the_lesson_of_today(browser: Browser, observing: Observing) -> None:
    with at_home(browser, observing, "opener", phone=True) as teacher:
        opens_today(teacher, "三角形的高")
        agrees("打开今天的课，已登录", teacher.cost())


def test_opening_the_lesson_of_today_while_logged_out(
    browser: Browser, observing: Observing
) -> None:
    number, password = observing.logins["opener"]
    with visiting(browser, observing, phone=True) as visitor:
        teacher = Counted(visitor.page)
        teacher.page.goto(f"{observing.url}/")
        teacher.types("手机号或工号", number)
        teacher.types("密码", password)
        teacher.presses("登录")
        opens_today(teacher, "三角形的高")
        agrees("打开今天的课，没有登录", teacher.cost())
        assert visitor.faults == []


def test_observing_a_lesson(browser: Browser, observing: Observing) -> None:
    with at_home(browser, observing, "guest", phone=True) as guest:
        opens_today(guest, "找规律")
        guest.presses("开始听课")
        expect(guest.page.locator("#observation[data-ready]")).to_be_visible()
        guest.presses("导入")
        guest.presses("提问")
        guest.types("看到、听到", "两张饼怎样分才公平？")
        guest.presses("记原话")
        guest.presses("探究")
        guest.presses("讨论")
        guest.types("看到、听到", "三组各有一种分法，互相说服")
        guest.presses("记学生")
        guest.presses("练习")
        guest.presses("小结")
        guest.types("建议", "让第三组先说，再比较三种分法")
        guest.presses("提交听课记录")
        guest.sees("#messages", "已经提交")
        agrees("听一节 40 分钟的课，交听课记录", guest.cost())


def test_reflecting_on_a_lesson(browser: Browser, observing: Observing) -> None:
    with at_home(browser, observing, "presenter", phone=True) as teacher:
        opens_today(teacher, "分数的意义")
        teacher.presses("已上")
        teacher.presses("写反思")
        expect(teacher.page.locator("form[data-draft-ready]")).to_be_visible()
        teacher.types("成败之处", "先分后说这一步成了，三个组三种分法。")
        teacher.types("教学再设计", "下次先画再说。")
        teacher.presses("交给组长")
        teacher.sees("#messages", "已交")
        agrees("上完课写一篇反思，交上", teacher.cost())


def roster(path: Path) -> Path:
    """Write a list of new people as a school has it."""
    names = [f"{first}{second}" for first in "温良恭俭让礼义廉耻信" for second in "甲乙丙丁戊己"]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["姓名", "手机号", "工号", "教研组"])
        for row, name in enumerate(names, 1):
            sheet.write_row(row, 0, [name, f"1990001{row:04d}", f"N{row:03d}", "科学教研组"])
    return path


def test_getting_the_attendance_of_the_term(browser: Browser, forty: Forty) -> None:
    with at_home(browser, forty, "office", phone=False) as office:
        office.follows("研修活动")
        office.follows("活动情况")
        with office.page.expect_download() as download:
            office.follows("学期考勤表")
        assert download.value.suggested_filename.endswith(".xlsx")
        agrees("取本学期考勤表", office.cost())


def test_seeing_my_hours(browser: Browser, forty: Forty) -> None:
    with at_home(browser, forty, "teacher", phone=True) as teacher:
        teacher.follows("学时")
        expect(teacher.page.get_by_role("heading", name="我的学时", level=1)).to_be_visible()
        agrees("看我的学时", teacher.cost())
