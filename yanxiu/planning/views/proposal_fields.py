"""The fields in which a value that was read can be changed, by its kind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from yanxiu.kernel.spans import Span
from yanxiu.people.models import Tier, Unit
from yanxiu.planning.actions.confirming import chosen_tier, chosen_unit
from yanxiu.planning.actions.kept import MEANT, Kept
from yanxiu.planning.forms import weekday_choices
from yanxiu.planning.models import Finding, Quota, Rhythm
from yanxiu.planning.reading.findings import LABELS
from yanxiu.terms.models import Term
from yanxiu.ui.wording import of_figure_text

Choices = list[tuple[str, str]]
LONG = 20
QUALIFIERS = ("exact", "at_least", "more_than", "at_most", "about")


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
class Surroundings:
    """What the fields of all rows choose from."""

    units: list[Unit]
    months: list[date]
    term: Term | None
    span: Span | None = None
    tiers: list[Tier] = field(default_factory=list)

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
    return _("文中写的是“%(word)s”，请选最接近的") % {
        "word": of_figure_text(LABELS.get(word, word))
    }


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
        part("every_weeks", _("每几周一次"), "number"),
        part("from_week", _("从第几周起"), "number"),
        part("times_a_month", _("每月几次"), "number"),
        part("place", _("地点"), "text"),
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


def _target(kept: Kept, around: Surroundings) -> list[Input]:
    finding = kept.finding
    fitting = chosen_tier(Kept(Finding(name=finding.name)), around.tiers)
    read = fitting.name if fitting else ""
    chosen = str(finding.changed.get("tier", read))
    tiers = [("", _("不分层级")), *((tier.name, tier.name) for tier in around.tiers)]
    return [
        Input("name", _("指标"), "text", _now(kept, "name"), finding.name, width="wide"),
        Input("value", _("目标值"), "number", _now(kept, "value"), _plain(finding.value)),
        Input("unit", _("单位"), "text", _now(kept, "unit"), finding.unit, width="short"),
        Input("tier", _("层级"), "select", chosen, read, tiers),
    ]


def _rhythm(kept: Kept, around: Surroundings) -> list[Input]:
    finding = kept.finding
    if not isinstance(finding.value, int | str) or not MEANT["period"].get(finding.period):
        return _text(kept, around)
    fields = {each.name: each for each in _quota(kept, around) if each.name != "qualifier"}
    per = fields["per"]
    whom = [(code, str(label)) for code, label in Quota.Per.choices]
    as_text: Choices = [("", _("不作数量要求，记成文字")), *whom]
    fields["per"] = replace(per, choices=as_text, note="")
    return list(fields.values())


def _quantity(kept: Kept, around: Surroundings) -> list[Input]:
    finding = kept.finding
    if isinstance(finding.value, dict):
        return _text(kept, around)
    read, now = finding.qualifier or "exact", _now(kept, "qualifier") or "exact"
    choices = [(code, of_figure_text(LABELS[code])) for code in QUALIFIERS]
    return [
        Input("name", _("事项"), "text", _now(kept, "name"), finding.name, width="wide"),
        Input("qualifier", _("文中说"), "select", now, read, _open(choices, now)),
        Input("value", _("数量"), "number", _now(kept, "value"), _plain(finding.value)),
        Input("unit", _("单位"), "text", _now(kept, "unit"), finding.unit, width="short"),
    ]


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


FIELDS = {
    "goal": _goal,
    "quota": _quota,
    "slot": _slot,
    "schedule": _schedule,
    "target": _target,
    "rhythm": _rhythm,
    "quantity": _quantity,
}
IN_VALUE = {
    "weekday", "half_day", "time", "every_weeks", "from_week", "times_a_month", "place",
    "month", "to_month", "day", "owner",
}  # fmt: skip
"""Fields that stand inside `Finding.value`."""
NUMBERS = {"weekday", "every_weeks", "from_week", "times_a_month", "month", "to_month", "day"}


def inputs_of(finding: Finding, around: Surroundings) -> list[Input]:
    """Return the fields in which one value can be changed."""
    if finding.name == "superior":
        return _text(Kept(finding), around)
    return FIELDS.get(finding.kind, _text)(Kept(finding), around)
