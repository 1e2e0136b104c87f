"""What the side bar and the phone's bottom bar offer to this reader."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yanxiu.notices.queries import on_bell
from yanxiu.people.models import Teacher
from yanxiu.people.permissions import ANSWERING
from yanxiu.people.wording import word_for


@dataclass(frozen=True)
class Item:
    """One entry of the navigation; `right` is needed to see it, "" means everybody."""

    label: str
    name: str
    icon: str
    right: str = ""
    besides: tuple[str, ...] = ()
    """Pages of this entry whose address does not begin with that of `name`."""


@dataclass(frozen=True)
class Shown:
    """One entry as a template shows it."""

    name: str
    label: str
    url: str
    icon: str
    active: bool


def _of(sentence: str, default: str, word: str, organisation: Any) -> str:
    """Say an entry with the school's own word; the untouched one keeps its own translation."""
    said = word_for(word, organisation)
    return default if said == word_for(word, None) else sentence % {"word": said}


def _work(organisation: Any) -> list[Item]:
    """What everybody does with it."""
    activities = _of(_("%(word)s活动"), _("研修活动"), "pd", organisation)
    records = _of(_("%(word)s记录"), _("研修记录"), "pd", organisation)
    return [
        Item(_("工作台"), "dashboard:home", "home"),
        Item(activities, "activities:sessions", "calendar-event"),
        Item(_("日历"), "agenda:calendar", "calendar"),
        Item(_("培训"), "training:home", "school"),
        Item(_("我的学时"), "portfolio:hours", "clipboard-check"),
        Item(records, "portfolio:records", "list-check"),
        Item(_("我的申报"), "recognition:mine", "file-text", "", ("recognition:declare",)),
        Item(_("我的核验"), "verification:mine", "circle-check"),
        Item(_("学时证明"), "certificates:home", "certificate"),
        Item(_("成长档案"), "portfolio:file", "books"),
        Item(_("后台任务"), "jobs:jobs", "clock"),
    ]


def _teaching() -> list[Item]:
    """Lessons, and what is prepared, observed, written and read around them."""
    return [
        Item(_("课"), "lessons:home", "school"),
        Item(_("备课"), "preparation:home", "users-group"),
        Item(_("听课"), "observation:home", "ear"),
        Item(_("作品"), "works:home", "edit"),
        Item(_("征集与评审"), "works:calls:home", "flag"),
        Item(_("读书"), "books:home", "book"),
        Item(_("命题"), "question_setting:home", "pencil-check"),
        Item(_("原创核对"), "originality:home", "copy"),
    ]


def _school(teacher: Teacher) -> list[Item]:
    """What the school has in common."""
    # Remarks are for those who make them and for those who answer them.
    concerned = {"supervise", *ANSWERING}
    remarks = [Item(_("监督意见"), "people:supervision", "message-2")]
    return [
        Item(_("计划"), "planning:plans", "target"),
        Item(_("制度"), "regulations:regulations", "books"),
        Item(_("总结"), "reports:summaries", "file-text"),
        Item(_("教师学时"), "portfolio:overview", "users", "see_hours"),
        Item(
            _("待认定"),
            "recognition:queue",
            "pencil-check",
            "recognise_hours",
            ("recognition:objections", "recognition:publications"),
        ),
        Item(_("年度登记与核验"), "verification:home", "lock", "recognise_hours"),
        Item(
            _("证明与上报"),
            "certificates:school",
            "file-spreadsheet",
            "recognise_hours",
            ("certificates:issued", "certificates:registers"),
        ),
        Item(_("活动纪实"), "reports:chronicles", "clipboard-list"),
        Item(_("各校档案"), "portfolio:files", "building", "see_hours"),
        Item(_("数据项"), "dashboard:figures", "chart-bar"),
        *(remarks if any(concerned.intersection(one.rights) for one in teacher.holdings) else []),
    ]


def _administration(teacher: Teacher) -> list[Item]:
    # Whoever holds any right may give it to a deputy, or holds it as one.
    carries = any(holding.rights for holding in teacher.holdings)
    deputies = [Item(_("代理"), "people:delegations", "user-check")] if carries else []
    return [
        Item(_("教师名册"), "people:teachers", "users", "see_people"),
        Item(_("组织与单位"), "people:organisations", "building", "see_people"),
        Item(_("导入花名册"), "people:roster", "upload", "manage_people"),
        Item(_("登录码"), "people:slips", "key", "manage_people"),
        Item(_("学期与方案"), "terms:terms", "books", "manage_terms", ("ledger:schemes",)),
        Item(_("岗位与权限"), "people:roles", "lock", "see_people", ("people:access",)),
        Item(_("起草助手"), "drafting:settings", "edit", "manage_people"),
        *deputies,
    ]


def _tabs() -> list[Item]:
    return [
        Item(_("工作台"), "dashboard:home", "home"),
        Item(_("活动"), "activities:sessions", "calendar-event"),
        Item(_("计划"), "planning:plans", "target"),
        Item(_("学时"), "portfolio:hours", "clipboard-check"),
        Item(_("记录"), "portfolio:records", "list-check"),
    ]


def _shown(items: list[Item], teacher: Teacher, path: str) -> list[Shown]:
    """Return the entries this teacher may use; the longest address that fits is the active one."""
    mine = [item for item in items if not item.right or teacher.holds(item.right)]
    urls = {item.name: reverse(item.name) for item in mine}
    led = [(reverse(name), item.name) for item in mine for name in (item.name, *item.besides)]
    fitting = [
        (url, name) for url, name in led if path == url or (url != "/" and path.startswith(url))
    ]
    active = max(fitting, key=lambda each: len(each[0]), default=("", ""))[1]
    return [
        Shown(item.name, item.label, urls[item.name], item.icon, item.name == active)
        for item in mine
    ]


def _languages() -> dict[str, Any]:
    """Return what the switch of languages needs."""
    return {"languages": settings.LANGUAGES, "language_now": get_language()}


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return the navigation for the reader of `request`; nothing for somebody not logged in."""
    teacher: Teacher | None = getattr(request, "teacher", None)
    if teacher is None or not teacher.is_authenticated:
        return {"demo": settings.DEMO, **_languages()}
    offered = {
        "": _work(teacher.organisation),
        _("教学"): _teaching(),
        _("学校"): _school(teacher),
        _("管理"): _administration(teacher),
    }
    mine = _shown([item for items in offered.values() for item in items], teacher, request.path)
    by_name = {shown.name: shown for shown in mine}
    groups = [
        {"label": label, "items": [by_name[item.name] for item in items if item.name in by_name]}
        for label, items in offered.items()
    ]
    return {
        "demo": settings.DEMO,
        **_languages(),
        "teacher": teacher,
        "organisation": teacher.organisation,
        "navigation": [group for group in groups if group["items"]],
        "tabs": _shown(_tabs(), teacher, request.path),
        "unread_notices": on_bell(teacher),
    }
