"""What a proposal page shows of each value, and what a person's answers to it mean."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from yanxiu.kernel.amounts import amount
from yanxiu.kernel.refusals import Refusal
from yanxiu.kernel.spans import Span
from yanxiu.people.models import Unit
from yanxiu.planning.actions.confirming import GAPS, chosen_unit
from yanxiu.planning.actions.kept import MEANT, Kept, fault_of
from yanxiu.planning.forms import weekday_choices
from yanxiu.planning.models import Finding, Quota, Rhythm
from yanxiu.planning.reading.findings import LABELS
from yanxiu.planning.refusals import MonthOutsideTerm
from yanxiu.terms.models import Term
from yanxiu.texts.numerals import whole_number

Choices = list[tuple[str, str]]
LONG = 26
GROUPS = (
    ("goal", "target", ("goal",)),
    ("quota", "hash", ("quota",)),
    ("slot", "clock", ("slot",)),
    ("schedule", "calendar", ("schedule",)),
    ("form", "users-group", ("form",)),
    ("content", "books", ("content",)),
    ("role", "id-badge-2", ("role",)),
    ("other", "list-check", ()),
)
"""The sections of the page: name, icon and the kinds of finding in it; the last takes the rest."""


def group_title(name: str) -> str:
    """Return the heading of a section."""
    titles = {
        "goal": _("目标"),
        "quota": _("数量要求"),
        "slot": _("每周固定时间"),
        "schedule": _("月度安排"),
        "form": _("形式"),
        "content": _("内容"),
        "role": _("分工"),
        "other": _("其他"),
    }
    return titles[name]


@dataclass(frozen=True)
class Input:
    """One field of a row: its name in the form, what it shows and what was read."""

    name: str
    label: str
    kind: str
    value: str
    read: str
    choices: Choices = field(default_factory=list)
    width: str = ""
    note: str = ""
    bad: bool = False


@dataclass(frozen=True)
class Row:
    """One value with its fields, where it stands in the document, and what is wrong with it."""

    finding: Finding
    label: str
    inputs: list[Input]
    notes: list[str]
    fault: str = ""
    gap: str = ""
    inference: str = ""

    @property
    def keep(self) -> bool:
        """Whether the value is taken."""
        return self.finding.decision != Finding.Decision.DROPPED

    @property
    def is_plain(self) -> bool:
        """Whether it is one text, which needs no label to be understood."""
        return len(self.inputs) == 1

    @property
    def prefix(self) -> str:
        """The beginning of the names of its fields."""
        return f"f{self.finding.pk}"


@dataclass(frozen=True)
class Group:
    """A section of the page."""

    name: str
    title: str
    icon: str
    rows: list[Row]

    @property
    def note(self) -> str:
        """How the marked values were concluded, where it is the same for all; said once."""
        reasons = {row.inference for row in self.rows if row.inference}
        return reasons.pop() if len(reasons) == 1 else ""


@dataclass(frozen=True)
class Surroundings:
    """What the fields of all rows choose from."""

    units: list[Unit]
    months: list[date]
    term: Term | None
    span: Span | None = None

    @property
    def month_numbers(self) -> list[int]:
        """The months of the term; all while no term is chosen."""
        return [day.month for day in self.months] if self.term else list(range(1, 13))

    @property
    def unit_choices(self) -> Choices:
        """The units, and the answer that none fits."""
        none = ("", _("没有对应的教研组"))
        return [none, *((str(unit.uid), unit.name) for unit in self.units)]


# ---- fields by kind ----
def _open(choices: Iterable[tuple[str, str]], value: str) -> Choices:
    """Put a question in front of `choices` as long as nothing is chosen."""
    found = [(str(code), str(label)) for code, label in choices]
    return found if value in {code for code, _label in found} else [("", _("请选择")), *found]


def _now(kept: Kept, name: str) -> str:
    value = kept.get(name)
    return "" if value is None else str(value)


def _text(kept: Kept, _around: Surroundings) -> list[Input]:
    read = Kept(Finding(kind=kept.finding.kind, **_as_read(kept.finding))).text
    long = "area" if max(len(read), len(kept.text)) > LONG else "text"
    return [Input("value", _("内容"), long, kept.text, read, width="full")]


def _as_read(finding: Finding) -> dict[str, Any]:
    fields = ("name", "value", "unit", "per", "qualifier", "period")
    return {name: getattr(finding, name) for name in fields}


def _goal(kept: Kept, around: Surroundings) -> list[Input]:
    finding = kept.finding
    if finding.name == finding.value:
        return _text(kept, around)
    name = Input("name", _("名称"), "text", _now(kept, "name"), finding.name)
    return [name, *_text(kept, around)]


def _quota(kept: Kept, _around: Surroundings) -> list[Input]:
    finding = kept.finding

    def choice(name: str, label: str, choices: Any) -> Input:
        read = str(MEANT[name].get(str(getattr(finding, name) or ""), ""))
        value = str(MEANT[name].get(_now(kept, name), ""))
        note = "" if read else _written(finding, name)
        return Input(name, label, "select", value, read, _open(choices, value), note=note)

    least = [("at_least", _("至少")), ("exact", _("正好"))]
    return [
        Input("name", _("事项"), "text", _now(kept, "name"), finding.name),
        choice("per", _("对象"), Quota.Per.choices),
        choice("period", _("周期"), Quota.Period.choices),
        choice("qualifier", _("要求"), least),
        Input("value", _("数量"), "number", _now(kept, "value"), str(finding.value)),
        Input("unit", _("单位"), "text", _now(kept, "unit"), finding.unit, width="short"),
    ]


def _written(finding: Finding, name: str) -> str:
    word = str(getattr(finding, name) or "")
    if not word:
        return _("文中没有写，请选")
    return _("文中写的是“%(word)s”，请选最接近的") % {"word": LABELS.get(word, word)}


def _slot(kept: Kept, around: Surroundings) -> list[Input]:
    finding = kept.finding
    read, now = (value or {} for value in (finding.value, kept.get("value")))
    fitting = chosen_unit(None, finding.name, around.units)
    unit = str(fitting.uid) if fitting else ""
    chosen = finding.changed.get("unit_uid", unit)

    def part(name: str, label: str, kind: str, choices: Choices | None = None) -> Input:
        value, was = (str(each.get(name) or "") for each in (now, read))
        return Input(name, label, kind, value, was, choices or [])

    halves: Choices = [("", _("没有定")), *((c, str(n)) for c, n in Rhythm.HalfDay.choices)]
    note = "" if chosen else _("没有认出是哪个教研组，请选")
    return [
        Input("name", _("对象"), "text", _now(kept, "name"), finding.name),
        Input("unit_uid", _("教研组"), "select", chosen, unit, around.unit_choices, note=note),
        part("weekday", _("星期"), "select", weekday_choices()),
        part("half_day", _("时段"), "select", halves),
        part("time", _("开始时间"), "time"),
        part("times_a_month", _("每月几次"), "number"),
    ]


def _schedule(kept: Kept, around: Surroundings) -> list[Input]:
    read, now = (value or {} for value in (kept.finding.value, kept.get("value")))
    value, was = (str(each.get("month") or "") for each in (now, read))
    choices = [(str(month), f"{month}月") for month in around.month_numbers]
    if value and value not in {code for code, _label in choices}:
        choices.insert(0, (value, _("%(month)s月（不在学期内）") % {"month": value}))
    if not value:
        week = _("第%(week)s周") % {"week": now["week"]} if now.get("week") else _("请选择")
        choices.insert(0, ("", week))
    return [
        Input("name", _("事项"), "text", _now(kept, "name"), kept.finding.name, width="wide"),
        Input("month", _("月份"), "select", value, was, choices),
        *_more_of_schedule(read, now, around),
    ]


def _more_of_schedule(
    read: Mapping[str, Any], now: Mapping[str, Any], around: Surroundings
) -> list[Input]:
    """Return the fields for what a line says besides: the last month, the day, who."""
    found = []
    if read.get("to_month"):
        value, was = (str(each.get("to_month") or "") for each in (now, read))
        months = [(str(month), f"{month}月") for month in around.month_numbers]
        if was not in {code for code, _label in months}:
            months.append((was, _("%(month)s月（不在学期内）") % {"month": was}))
        choices = [("", _("只在这个月")), *months]
        found.append(Input("to_month", _("到"), "select", value, was, choices))
    for name, label in (("day", _("日")), ("owner", _("负责人"))):
        if read.get(name):
            value, was = (str(each.get(name) or "") for each in (now, read))
            kind = "number" if name == "day" else "text"
            found.append(Input(name, label, kind, value, was, width="short"))
    return found


FIELDS = {"goal": _goal, "quota": _quota, "slot": _slot, "schedule": _schedule}
IN_VALUE = {
    "weekday", "half_day", "time", "times_a_month", "month", "to_month", "day", "owner"
}  # fmt: skip
"""Fields that stand inside `Finding.value`."""
NUMBERS = {"weekday", "times_a_month", "month", "to_month", "day"}


def inputs_of(finding: Finding, around: Surroundings) -> list[Input]:
    """Return the fields in which one value can be changed."""
    return FIELDS.get(finding.kind, _text)(Kept(finding), around)


# ---- rows ----
def _notes(finding: Finding) -> list[str]:
    """Return what the line says besides."""
    value = finding.value if isinstance(finding.value, dict) else {}
    notes = []
    if finding.kind == "schedule":
        if value.get("part"):
            notes.append(_("文中还写了：%(words)s，会一并写入。") % {"words": value["part"]})
        if value.get("owner"):
            notes.append(_("负责人与本校教师同名的会自动对上，对不上的照原文写。"))
    if value.get("lesson"):
        notes.append(_("文中写的是第%(lesson)s节。") % {"lesson": value["lesson"]})
    return notes


def _inference(finding: Finding) -> str:
    """Return what was concluded rather than read, and from what."""
    if not finding.inferred:
        return ""
    if finding.kind == "schedule" and finding.period:
        year = finding.period[:4]
        return _("月份是写明的；%(year)s年由标题推断，确认后按所选学期。") % {"year": year}
    return _("这一项不是原文直接写明的，是由上下文推断的，请核对。")


def _sentence(fault: Refusal, finding: Finding) -> str:
    if isinstance(fault, MonthOutsideTerm):
        month = Kept(finding).get("value")["month"]
        return _("%(month)s月不在所选学期内。请换学期、改月份，或去掉“采用”。") % {"month": month}
    return str(fault)


def _marked(inputs: list[Input]) -> list[Input]:
    """Return the fields of a value that cannot be used, with those marked that may be at fault."""
    suspect = [
        each.name in {"month", "time"}
        or (each.kind == "select" and each.choices[0] == ("", _("请选择")))
        or (each.kind == "number" and not _is_amount(each.value))
        or (each.name in {"name", "value"} and not each.value.strip())
        for each in inputs
    ]
    marks = suspect if any(suspect) else [True] * len(inputs)
    return [replace(each, bad=bad) for each, bad in zip(inputs, marks, strict=True)]


def _is_amount(text: str) -> bool:
    try:
        return amount(text.strip()) > 0
    except ValueError:
        return False


def row_of(finding: Finding, around: Surroundings, *, check: bool = False) -> Row:
    """Return what the page shows of one value; `check` says what keeps it out of the plan."""
    inputs = inputs_of(finding, around)
    fault = fault_of(Kept(finding), around.term, around.span) if check and around.term else None
    shown = next((each.value for each in inputs if each.name in {"name", "value"}), "")
    is_open = finding.kind == "slot" and not (Kept(finding).get("value") or {}).get("weekday")
    gap = _("待商定：文中没有定星期几，可以先确认，以后由组长或教科室定。") if is_open else ""
    label = _("上级单位") if finding.name == "superior" else LABELS.get(finding.kind, shown)
    is_kept = finding.decision != Finding.Decision.DROPPED
    sentence = _sentence(fault, finding) if fault and is_kept else ""
    if sentence:
        inputs = _marked(inputs)
    return Row(finding, label, inputs, _notes(finding), sentence, gap, _inference(finding))


def groups_of(
    findings: Iterable[Finding], around: Surroundings, *, check: bool = False
) -> list[Group]:
    """Return the values in the sections of the page, without the gaps."""
    section = {kind: name for name, _icon, kinds in GROUPS for kind in kinds}
    rows: dict[str, list[Row]] = {name: [] for name, _icon, _kinds in GROUPS}
    for finding in findings:
        if finding.kind not in GAPS:
            name = section.get(finding.kind, "other")
            rows[name].append(row_of(finding, around, check=check))
    return [
        Group(name, group_title(name), icon, rows[name])
        for name, icon, _kinds in GROUPS
        if rows[name]
    ]


# ---- answers ----
def decisions_of(
    answers: Mapping[str, str], findings: Iterable[Finding], around: Surroundings
) -> dict[int, dict[str, Any] | None]:
    """Return what the answers decide: None for a value not taken, else what differs."""
    decisions: dict[int, dict[str, Any] | None] = {}
    for finding in findings:
        prefix = f"f{finding.pk}"
        if finding.kind in GAPS or f"{prefix}-shown" not in answers:
            continue
        decisions[finding.pk] = (
            _differences(answers, finding, around) if f"{prefix}-keep" in answers else None
        )
    return decisions


def _differences(
    answers: Mapping[str, str], finding: Finding, around: Surroundings
) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    inside: dict[str, Any] = {}
    for each in inputs_of(finding, around):
        typed = answers.get(f"f{finding.pk}-{each.name}", each.value)
        typed = typed.replace("\r\n", "\n").strip()
        codes = {code for code, _label in each.choices}
        if typed == each.read.strip() or (each.kind == "select" and typed not in codes):
            continue
        if each.name in IN_VALUE:
            number = whole_number(typed) if each.name in NUMBERS else None
            inside[each.name] = (typed or None) if number is None else number
        else:
            changed[each.name] = typed
    if inside:
        changed["value"] = {**(finding.value or {}), **inside}
    return changed
