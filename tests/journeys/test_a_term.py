"""A term is lived through by hand: from an empty house to an approved summary with true numbers.

The plan names the months March to June, so the term is laid so that it holds these months and
today, whatever day it is.
"""

import re
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

from tests.journeys import school
from tests.journeys.conftest import House, Visitor, visiting
from tests.journeys.school import Slip, first_log_in, follow, press, says

pytestmark = pytest.mark.browser

GROUP = "综合教研组"
OFFICE, LEADER, PRINCIPAL = "欧阳雨桐", "余丹", "张喆"
BY_CODE, BY_SCAN, ON_LEAVE, LATE = "黄丹", "叶勇", "覃丽涵", "潘春子"
PEOPLE = 64
MINUTES = "两位老师说了项目化作业的做法，组内约定先在四年级试用，下次带学生作品来看。"
CHANGED = "，每月检查一次"


@dataclass(frozen=True)
class Term:
    """The term of this journey."""

    year: int
    half: str
    first: date
    last: date


def now() -> datetime:
    """Return the moment on the school's clock."""
    return datetime.now(ZoneInfo("Asia/Shanghai"))


def term_around(day: date) -> Term:
    """Return a term with `day`, March, April, May and June in it."""
    if date(day.year, 6, 2) <= day <= date(day.year, 9, 30):
        return Term(day.year - 1, "第二学期", date(day.year, 3, 31), date(day.year, 9, 30))
    year = day.year if day.month >= 10 else day.year - 1
    return Term(year, "第一学期", date(year, 10, 1), date(year + 1, 6, 1))


# ---- the plan ----
def confirms_plan(visitor: Visitor, samples: Path) -> None:
    """Read the document, and confirm its first plan with the keyboard alone."""
    page = visitor.goes("/plans/read/")
    page.get_by_label("谁的计划").select_option(label="全校")
    document = samples / "documents" / "term-plans-traditional.txt"
    page.get_by_label("计划文件").set_input_files(document)
    press(page, "读入")
    expect(page.get_by_role("heading", name="这份文件里有")).to_be_visible()
    page.locator(".todo a").first.click()
    page.get_by_label("学期", exact=True).select_option(index=1)
    visitor.finds_no_fault()
    for key in ("j", "x", "u", "e", "End"):
        page.keyboard.press(key)
    page.keyboard.insert_text(CHANGED)
    page.keyboard.press("Escape")
    school.tab_to(page, page.get_by_role("button", name="确认，写入计划"))
    page.keyboard.press("Enter")
    says(page, "计划已确认并写入")
    expect(page.locator("#goals")).to_contain_text(CHANGED)
    expect(page.locator("#goals li")).to_have_count(4)
    expect(page.locator("#items li")).to_have_count(11)
    expect(page.locator("#rhythms")).to_contain_text(f"时间待{LEADER}（组长）定")
    visitor.finds_no_fault()


def settles_time(visitor: Visitor) -> None:
    """The leader settles the time that the plan left open: today, a moment ago."""
    page = visitor.goes("/plans/")
    page.get_by_role("main").get_by_role("row").nth(1).get_by_role("link").click()
    page.get_by_role("link", name=re.compile("^定时间")).click()
    begin = max(now() - timedelta(minutes=2), now().replace(hour=0, minute=0))
    page.get_by_label("星期").select_option(str(begin.isoweekday()))
    page.get_by_label("开始时间").fill(f"{begin:%H:%M}")
    page.get_by_label("地点").fill("录播教室")
    press(page, "保存")
    says(page, "时间已定好")


def schedules_term(visitor: Visitor) -> None:
    """The office lays out all sessions of the term from the plan."""
    page = visitor.goes("/sessions/schedule/")
    page.get_by_role("main").locator(".todo a").click()
    follow(page, "排好整学期")
    visitor.finds_no_fault()
    whole = page.get_by_role("link", name="整个学期")
    if whole.count():
        whole.click()
    page.get_by_role("button", name=re.compile("^排这")).click()
    says(page, re.compile(rf"新排 \d+ 场：.*{GROUP} \d+ 场"))
    visitor.finds_no_fault()


# ---- the session ----
def opens_sign_in(visitor: Visitor) -> str:
    """The leader finds the session of today, opens the screen; return its address."""
    page = visitor.goes("/")
    follow(page, "主持这一场")
    visitor.finds_no_fault()
    address = page.url
    press(page, "开始签到")
    expect(page.locator(".digits")).to_have_text(re.compile(r"^\d{3} \d{3}$"))
    visitor.finds_no_fault()
    return address


def digits_on(screen: Page) -> str:
    """Return what the screen shows right now."""
    screen.reload()
    return screen.locator(".digits").inner_text()


def signs_in_by_code(visitor: Visitor, screen: Page) -> None:
    """A teacher finds the session on the phone and types the six digits."""
    page = visitor.goes("/")
    visitor.finds_no_fault()
    follow(page, "签到")
    page.get_by_label("六位签到码").fill("000 000" if digits_on(screen) != "000 000" else "1")
    press(page, "签到")
    expect(page.locator(".error")).to_be_visible()
    page.get_by_label("六位签到码").fill(digits_on(screen))
    visitor.finds_no_fault()
    press(page, "签到")
    expect(page.locator("#own")).to_contain_text("已签到")
    visitor.finds_no_fault()


def signs_in_by_scan(visitor: Visitor, slip: Slip, screen: Page, session: str) -> None:
    """A teacher who is not logged in scans the picture, logs in, and presses the one button."""
    page = visitor.page
    page.goto(f"{session}scan/{digits_on(screen).replace(' ', '')}/")
    school.types_log_in(page, slip.number)
    expect(page.get_by_text(f"以{slip.name}的名义签到")).to_be_visible()
    visitor.finds_no_fault()
    press(page, "签到")
    expect(page.locator("#own")).to_contain_text("已签到")


def calls_roll(visitor: Visitor, session: str) -> None:
    """The host marks three more by one tap each, writes the minutes and closes."""
    page = visitor.page
    page.goto(session)
    counts = page.locator("#roll-counts")
    expect(counts).to_contain_text(re.compile(r"实到\s*2"))
    with page.expect_response(re.compile("/roll/")):
        page.get_by_role("radiogroup", name=ON_LEAVE).get_by_role("radio", name="请假").check()
    page.get_by_role("radiogroup", name=LATE).get_by_role("radio", name="迟到").check()
    page.get_by_role("radiogroup", name=LEADER).get_by_role("radio", name="到", exact=True).check()
    expect(counts).to_contain_text(re.compile(r"实到\s*4"))
    page.get_by_label("活动过程与发言要点").fill(MINUTES)
    press(page, "保存活动记录")
    says(page, "活动记录已保存")
    visitor.finds_no_fault()
    follow(page, "关闭场次")
    page.get_by_role("dialog").get_by_role("button", name="关闭场次").click()
    says(page, "4 人的研修记录已经写好")
    expect(page.locator("#attendance")).to_contain_text(ON_LEAVE)
    visitor.finds_no_fault()


def amends(visitor: Visitor) -> None:
    """The host corrects a name after closing; who, when and why stay to be read."""
    page = visitor.page
    follow(page, "更正考勤（写明原因）")
    page.get_by_label("姓名").select_option(label=f"{ON_LEAVE}（请假）")
    page.get_by_label("出席").check()
    page.get_by_label("原因").fill("带队比赛提前回来，听完了全场。")
    visitor.finds_no_fault()
    press(page, "更正")
    says(page, f"{ON_LEAVE}已更正为出席")
    expect(page.get_by_role("main")).to_contain_text(f"{LEADER}把{ON_LEAVE}改为“出席”")


def opens_why(visitor: Visitor, session: str) -> None:
    """The teacher sees the hours that the session gave, and how they were reckoned."""
    page = visitor.page
    page.goto(session)
    expect(page.locator("#own")).to_contain_text(re.compile(r"这一场记了\s*\d"))
    follow(page, "看这条记录和学时的来历")
    expect(page.get_by_role("main")).to_contain_text("80 分钟")
    visitor.finds_no_fault()
    visitor.goes("/me/")
    expect(page.get_by_role("main")).to_contain_text("还差")
    visitor.finds_no_fault()


# ---- the summary ----
def hands_in(visitor: Visitor) -> str:
    """The office starts the summary, fills its gaps, and hands it in; return its address."""
    page = visitor.goes("/summaries/")
    press(page, "起草本学期总结")
    says(page, "已起草")
    visitor.finds_no_fault()
    expect(page.get_by_role("button", name="提交审定")).to_have_count(0)
    assert school.fills_gaps(page) >= 3
    press(page, "提交审定")
    says(page, "已提交审定")
    return page.url


def approves(visitor: Visitor, summary: str) -> None:
    """The principal reads the summary and approves it."""
    page = visitor.goes("/")
    visitor.finds_no_fault()
    page.goto(summary)
    press(page, "审定")
    page.get_by_role("dialog").get_by_role("button", name="审定").click()
    says(page, "已审定")
    visitor.finds_no_fault()


def numbers_of(word: Path) -> dict[str, int]:
    """Return the whole numbers of the Word document's table of figures, by name."""
    tables = Document(str(word)).tables
    data = next(table for table in tables if table.cell(0, 0).text.strip() == "数据项")
    found = {row.cells[0].text: re.match(r"\d+(?!\.)", row.cells[1].text) for row in data.rows[1:]}
    return {name: int(number[0]) for name, number in found.items() if number}


def counted(data: Path) -> dict[str, int]:
    """Count the same from the rows themselves, past everything that the house does to count."""
    with closing(sqlite3.connect(data / "yanxiu.sqlite3")) as database:
        sessions = database.execute(
            "SELECT closed_at IS NOT NULL, cancelled_at IS NOT NULL FROM activities_session"
        ).fetchall()
        marks = database.execute(
            "SELECT state, expected FROM activities_attendance WHERE session_id IN"
            " (SELECT id FROM activities_session WHERE closed_at IS NOT NULL)"
        ).fetchall()
        rows = {
            table: database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in ("people_teacher", "planning_planitem", "activities_minutes")
        }
    states = Counter(state for state, _expected in marks)
    due = Counter(state for state, expected in marks if expected)
    return {
        "安排的场次": len(sessions),
        "举行的场次": sum(closed for closed, _cancelled in sessions),
        "取消的场次": sum(cancelled for _closed, cancelled in sessions),
        "有活动记录的场次": rows["activities_minutes"],
        "参加人次": states["present"] + states["late"],
        "应到人次": due.total(),
        "应到并到场的人次": due["present"] + due["late"],
        "迟到人次": states["late"],
        "请假人次": states["leave"],
        "缺席人次": states["absent"],
        "在册教师": rows["people_teacher"],
        "计划事项": rows["planning_planitem"],
    }


def opens_number(visitor: Visitor, summary: str, name: str) -> int:
    """Open a number of the summary and return what the figure's own page says."""
    page = visitor.page
    page.goto(summary)
    row = page.locator(".paper-data tr", has=page.get_by_role("rowheader", name=name, exact=True))
    row.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    visitor.finds_no_fault()
    return int(page.locator(".stat-value").inner_text().split()[0])


# ---- all of it ----
def prepares(visitor: Visitor, samples: Path) -> dict[str, Slip]:
    """The administrator makes the house ready; return the slips."""
    term = term_around(now().date())
    school.founds_school(visitor)
    school.sets_term(visitor, term.year, term.half, term.first, term.last)
    school.imports_roster(visitor, str(samples / "rosters" / "school-64.xlsx"), PEOPLE)
    slips = school.prints_slips(visitor, GROUP) | school.prints_slips(visitor, "语文教研组")
    assert {OFFICE, LEADER, PRINCIPAL, BY_CODE, BY_SCAN} <= slips.keys()
    return slips


def holds_session(browser: Browser, house: House, slips: dict[str, Slip], host: Visitor) -> None:
    """Everybody comes to the session of today, each in the own way, until it is closed."""
    with first_log_in(browser, house, slips[BY_SCAN], phone=True):
        pass
    session = opens_sign_in(host)
    with first_log_in(browser, house, slips[BY_CODE], phone=True) as teacher:
        signs_in_by_code(teacher, host.page)
        with visiting(browser, house, phone=True) as scanning:
            signs_in_by_scan(scanning, slips[BY_SCAN], host.page, session)
        calls_roll(host, session)
        amends(host)
        opens_why(teacher, session)


def test_a_term_is_lived_through(
    empty_house: House, browser: Browser, samples: Path, tmp_path: Path
) -> None:
    with visiting(browser, empty_house) as administrator:
        slips = prepares(administrator, samples)
    with first_log_in(browser, empty_house, slips[OFFICE]) as office:
        confirms_plan(office, samples)
        with first_log_in(browser, empty_house, slips[LEADER]) as leader:
            settles_time(leader)
            schedules_term(office)
            holds_session(browser, empty_house, slips, leader)
        summary = hands_in(office)
        with first_log_in(browser, empty_house, slips[PRINCIPAL]) as principal:
            approves(principal, summary)
            with principal.page.expect_download() as download:
                follow(principal.page, "下载Word")
            download.value.save_as(tmp_path / "summary.docx")
            said, true = numbers_of(tmp_path / "summary.docx"), counted(empty_house.data)
            assert {name: said[name] for name in true} == true
            assert true["参加人次"] == 5
            assert opens_number(principal, summary, "参加人次") == 5
