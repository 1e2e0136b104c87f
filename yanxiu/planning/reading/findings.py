"""What reading a plan or a summary yields: documents, sections, findings.

The shapes of `Finding.value` by kind; what the source leaves open is None:

- goal, rule, form, content, outcome, problem, award, project: the text itself.
- content: also the number in a formula of numbers (两个服务).
- rhythm, also: once each time (每周集中学习) or as many as moments are listed, then `inferred`.
- quota, rhythm, quantity, target: the number; `unit` and `qualifier` belong to it. `period` tells
  how often: day, week, two_weeks, half_month, month, two_months, quarter, term, half_year,
  school_year, year. A quota also says for whom it is in `per`: teacher, group, school, or the
  circle named (青年教师).
- slot: {"weekday": 1 to 7, "half_day": "morning|afternoon|evening" or None}, with "lesson" or
  "time" ("16:00") if one is named, "every_weeks" (with "from_week": 2 for 双周) or
  "times_a_month" if it is not weekly; None
  where the group has no fixed time. `name` is the group.
- schedule: {"month", "ordinal_in_month"} or {"week", "ordinal_in_week"}, with "to_month", "part"
  (中旬), "day" and "owner" where named. `period` is the month, "2022-03", if the year is known.
- role: {"post", "name", "duty"} for a leader or a body, {"names", "duty"} for members; text
  for the role "superior" and for units, schools and experts that are only named.
- credit: the number, a step of recognition as text, or for a conversion {"hours", "credits"} or
  {"minutes", "hours"}.
- theme: {"year", "content", "credits"}; the year is None for a theme that belongs to none.
- placeholder: always None.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from yanxiu.texts.days import Season

Kind = Literal[
    "goal", "quota", "slot", "schedule", "quantity", "rhythm", "role", "rule", "credit", "theme",
    "target", "project", "placeholder", "problem", "outcome", "form", "content", "award",
]  # fmt: skip
PeriodKind = Literal["term", "half_year", "school_year", "year", "multi_year"]
Value = str | int | Decimal | dict[str, object] | None

LABELS: dict[str, str] = {
    "goal": "目标",
    "quota": "定额",
    "slot": "固定时间",
    "schedule": "月度安排",
    "quantity": "数量",
    "rhythm": "频次",
    "role": "组织与分工",
    "rule": "制度与要求",
    "credit": "学分规则",
    "theme": "年度主题",
    "target": "比例指标",
    "project": "课题",
    "placeholder": "待补空缺",
    "problem": "存在问题",
    "outcome": "成果",
    "form": "研训形式",
    "content": "研训内容",
    "award": "奖励",
    "plan": "计划",
    "summary": "总结",
    "term": "学期",
    "half_year": "半年",
    "school_year": "学年",
    "year": "年度",
    "multi_year": "多年",
    "month": "月",
    "half_month": "半月",
    "two_months": "两个月",
    "quarter": "季度",
    "two_weeks": "两周",
    "week": "周",
    "day": "天",
    "spring": "春季学期",
    "autumn": "秋季学期",
    "exact": "恰好",
    "at_least": "至少",
    "at_most": "至多",
    "about": "约",
    "more_than": "多于",
    "teacher": "每位教师",
    "group": "每个教研组",
    "school": "每所学校",
    "superior": "上级",
    "morning": "上午",
    "afternoon": "下午",
    "evening": "晚上",
}


FACT_LABELS: dict[str, str] = {
    "subtitle": "副标题",
    "school": "学校",
    "place": "地区",
    "stage": "学段",
    "level": "学校层级",
    "published_at": "发布时间",
    "author": "作者",
    "views": "浏览量",
}
"""What the facts of `ReadDocument.metadata` are called."""


@dataclass(frozen=True, slots=True)
class Period:
    """The time a document covers; `inferred` if any part was concluded and not stated.

    `year` is the calendar year in which the period begins, `school_year` the one in which its
    school year did. `years` counts the years of a multi-year plan that names them.
    """

    kind: PeriodKind | None = None
    year: int | None = None
    season: Season | None = None
    school_year: int | None = None
    inferred: bool = False
    years: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading: its depth from 1, its number as printed ("" without one), and its title."""

    level: int
    number: str
    title: str
    line: int


def theme_of_no_year(text: str) -> dict[str, object]:
    """Return the value of a theme that belongs to no year of its own."""
    return {"year": None, "content": text, "credits": None}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a document says, with the source line and its text as written."""

    kind: Kind
    name: str
    value: Value
    line: int
    text: str
    unit: str | None = None
    qualifier: str | None = None
    period: str | None = None
    inferred: bool = False
    per: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something printed about a document and not in it: subtitle, school, author, views."""

    name: str
    value: str | int
    line: int
    text: str
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader should look at: a gap in the numbering, rules that contradict.

    `code` is stable; `sentence` says it to a person and quotes only what is in the document.
    """

    code: str
    sentence: str
    line: int


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One plan or summary as read; `lines` are its first and last source line."""

    kind: Literal["plan", "summary"]
    title: str
    lines: tuple[int, int]
    period: Period
    sections: tuple[Section, ...]
    findings: tuple[Finding, ...]
    metadata: tuple[Fact, ...] = ()
    notes: tuple[Note, ...] = ()
