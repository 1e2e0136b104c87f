"""How the parts of a plan are said on its paper, so that reading it gives them again."""

from datetime import date

from yanxiu.kernel.amounts import plain
from yanxiu.planning.documents.plan.data import Line
from yanxiu.planning.documents.plan.gaps import line_of
from yanxiu.planning.models import Goal, Quota

UNMEASURED = "未设指标"
_DIGITS = "一二三四五六七八九十"


def ordinal(number: int) -> str:
    """Write a number up to ninety-nine as headings do: 三, 十二, 二十."""
    tens, ones = divmod(number, 10)
    front = f"{_DIGITS[tens - 1] if tens > 1 else ''}十" if tens else ""
    return front + (_DIGITS[ones - 1] if ones else "")


def day_words(day: date) -> str:
    """Write a day as official papers do: Arabic digits, no zeros in front."""
    return f"{day.year}年{day.month}月{day.day}日"


def goal_line(goal: Goal) -> Line:
    """Return a goal behind its name, its tier or its level."""
    name = goal.name or (goal.tier.name if goal.tier else "")
    if not name and goal.level != Goal.Level.SPECIFIC:
        name = str(goal.get_level_display())
    text = goal.text.strip()
    front = f"{name}：" if name and not text.startswith(name) else ""
    return line_of(f"{front}{text}{'' if text.endswith(tuple('。！？；')) else '。'}")


def goal_row(number: int, goal: Goal) -> tuple[str, ...]:
    """Return what tells if the goal was reached, and which goal above it serves."""
    upper = goal.upper
    return (
        f"第{number}条",
        goal.indicator or (UNMEASURED if not goal.is_measured else "由系统统计"),
        plain(goal.target) if goal.target is not None else "",
        day_words(goal.deadline) if goal.deadline else "",
        str(upper) if upper else "",
    )


def quota_line(quota: Quota) -> str:
    """Return a demand as one sentence, such as 听课：每位教师每学期不少于15节."""
    whom = str(quota.get_per_display())
    if quota.is_open:
        return f"{quota.name}：{whom}{quota.get_period_display()}数量自定。"
    least = "不少于" if quota.at_least else ""
    number = f"{plain(quota.amount)}{quota.unit_of_measure}"
    return f"{quota.name}：{whom}{quota.get_period_display()}{least}{number}。"
