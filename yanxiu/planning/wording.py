"""How values that were read, and the weekly times of a plan, are written for people."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from yanxiu.kernel.amounts import amount, plain
from yanxiu.planning.reading.findings import LABELS
from yanxiu.ui.wording import weekday_text

TO_BE_AGREED = gettext_lazy("待商定")
OFTEN = {
    "day": "每天",
    "week": "每周",
    "two_weeks": "每两周",
    "half_month": "每半月",
    "month": "每月",
    "two_months": "每两个月",
    "quarter": "每季度",
    "term": "每学期",
    "half_year": "每半年",
    "school_year": "每学年",
    "year": "每年",
}


def words_of(finding: Any) -> str:
    """Return the value of a finding as one text that leaves nothing out."""
    value, name = finding.value, str(finding.name)
    if name == "superior":
        return str(value or "")
    if isinstance(value, dict):
        return _of_parts(name, value)
    if value is None or value in ("", name):
        return name
    text = str(value)
    return f"{name}：{_number(text, finding)}" if _is_number(text) else _labelled(name, text)


def _labelled(name: str, text: str) -> str:
    return text if not name or text.startswith(name) else f"{name}：{text}"


def _is_number(text: str) -> bool:
    try:
        amount(text)
    except ValueError:
        return False
    return True


def _number(text: str, finding: Any) -> str:
    said = str(finding.name).startswith("每")
    often = "" if said else OFTEN.get(finding.period or "", "")
    most = {"at_least", "at_most", "about", "more_than"}
    qualifier = LABELS[finding.qualifier] if finding.qualifier in most else ""
    return f"{often}{qualifier}{plain(amount(text))}{finding.unit or ''}"


def _of_parts(name: str, value: Mapping[str, Any]) -> str:
    if "hours" in value and "credits" in value:
        return f"{name}：{value['hours']}学时折合{value['credits']}学分"
    if "minutes" in value and "hours" in value:
        return f"{name}：{value['minutes']}分钟折合{value['hours']}学时"
    if "content" in value:
        credits_ = f"（{value['credits']}学分）" if value.get("credits") else ""
        return f"{name}：{value['content']}{credits_}"
    names = [each for each in value.get("names") or [] if each]
    parts = [value.get("post"), value.get("name"), *names, value.get("duty")]
    return "：".join(each for each in (name, "，".join(str(p) for p in parts if p)) if each)


def when_words(rhythm: Any) -> str:
    """Write when a unit meets: 每周三下午 14:30; without a weekday it is to be agreed."""
    if not rhythm.weekday:
        return str(TO_BE_AGREED)
    about: dict[str, Any] = {"day": weekday_text(rhythm.weekday), "weeks": rhythm.every_weeks}
    often = _("每%(day)s") if rhythm.every_weeks == 1 else _("每%(weeks)d周的%(day)s")
    if rhythm.from_week > 1:
        often, about["first"] = _("每%(weeks)d周的%(day)s（从第%(first)d周起）"), rhythm.from_week
    if rhythm.times_a_month:
        often, about["times"] = _("每月%(times)d次，%(day)s"), rhythm.times_a_month
    gap = " " if get_language() == "en" and rhythm.half_day else ""
    half = rhythm.get_half_day_display() if rhythm.half_day else ""
    clock = f" {rhythm.starts_at:%H:%M}" if rhythm.starts_at else ""
    return f"{often % about}{gap}{half}{clock}"
