"""What the side bar and the phone's bottom bar offer to this reader."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from yanxiu.people.models import Teacher


@dataclass(frozen=True)
class Item:
    """One entry of the navigation; `right` is needed to see it, "" means everybody."""

    label: str
    name: str
    icon: str
    right: str = ""


@dataclass(frozen=True)
class Shown:
    """One entry as a template shows it."""

    label: str
    url: str
    icon: str
    active: bool


def _work() -> list[Item]:
    return [
        Item(_("工作台"), "dashboard:home", "home"),
        Item(_("研修活动"), "activities:sessions", "calendar-event"),
        Item(_("我的学时"), "portfolio:hours", "clipboard-check"),
        Item(_("研修记录"), "portfolio:records", "list-check"),
        Item(_("计划"), "planning:plans", "target"),
        Item(_("总结"), "reports:summaries", "file-text", "see_summaries"),
        Item(_("教师学时"), "portfolio:overview", "users", "see_hours"),
        Item(_("数据项"), "dashboard:figures", "chart-bar"),
    ]


def _administration() -> list[Item]:
    return [
        Item(_("教师名册"), "people:teachers", "users", "see_people"),
        Item(_("组织与单位"), "people:organisations", "building", "see_people"),
        Item(_("导入花名册"), "people:roster", "upload", "manage_people"),
        Item(_("登录码"), "people:slips", "key", "manage_people"),
        Item(_("学期与方案"), "terms:terms", "books", "manage_terms"),
        Item(_("岗位与权限"), "people:roles", "lock", "see_people"),
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
    fitting = [url for url in urls.values() if path == url or (url != "/" and path.startswith(url))]
    active = max(fitting, key=len, default="")
    return [
        Shown(item.label, urls[item.name], item.icon, urls[item.name] == active) for item in mine
    ]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return the navigation for the reader of `request`; nothing for somebody not logged in."""
    teacher: Teacher | None = getattr(request, "teacher", None)
    if teacher is None or not teacher.is_authenticated:
        return {"demo": settings.DEMO}
    work = _shown(_work(), teacher, request.path)
    administration = _shown(_administration(), teacher, request.path)
    groups = [{"label": "", "items": work}]
    if administration:
        groups.append({"label": _("管理"), "items": administration})
    return {
        "demo": settings.DEMO,
        "teacher": teacher,
        "organisation": teacher.organisation,
        "navigation": groups,
        "tabs": _shown(_tabs(), teacher, request.path),
    }
