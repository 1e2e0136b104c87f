"""What a proposal page shows of each value, and what a person's answers to it mean."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from yanxiu.kernel.amounts import amount
from yanxiu.kernel.refusals import Refusal
from yanxiu.planning.actions.kept import Kept, fault_of
from yanxiu.planning.actions.reviewing import GAPS, Decided
from yanxiu.planning.models import Finding
from yanxiu.planning.reading.findings import LABELS
from yanxiu.planning.refusals import MonthOutsideTerm
from yanxiu.planning.sections import LEADING, SECTIONS
from yanxiu.planning.views.proposal_fields import (
    IN_VALUE,
    NUMBERS,
    Input,
    Surroundings,
    inputs_of,
)
from yanxiu.texts.keys import simplified
from yanxiu.texts.numerals import whole_number
from yanxiu.ui.wording import of_figure_text

Slips = Mapping[int, list[tuple[str, str, str]]]
"""What looks mistyped by line: as written, what may be meant, why."""
ACCEPT, DROP = "accept", "drop"
MOST_SLIPS = 20
CLOSE = 40
"""So many characters on each side of a value are shown with it."""
GROUPS = (
    ("superior", "building", ()),
    ("guiding", "flag", LEADING),
    ("goal", "target", ("goal",)),
    ("target", "chart-bar", ("target",)),
    ("quota", "hash", ("quota", "rhythm")),
    ("slot", "clock", ("slot",)),
    ("schedule", "calendar", ("schedule",)),
    ("theme", "calendar-event", ("theme",)),
    ("content", "books", ("content",)),
    ("form", "users-group", ("form",)),
    ("role", "id-badge-2", ("role",)),
    ("credit", "certificate", ("credit",)),
    ("project", "search", ("project",)),
    ("rule", "clipboard-list", ("rule", "safeguard")),
    ("award", "flag", ("award",)),
    ("outcome", "circle-check", ("outcome",)),
    ("problem", "alert-circle", ("problem",)),
    ("other", "list-check", ()),
)
"""The sections of the page: name, icon and the kinds of finding in it; the last takes the rest."""


def group_title(name: str) -> str:
    """Return the heading of a section."""
    titles = {
        "superior": _("上级单位"),
        "guiding": _("指导思想和原则"),
        "goal": _("目标"),
        "target": _("比例指标"),
        "quota": _("数量要求和频次"),
        "slot": _("每周固定时间"),
        "schedule": _("月度安排"),
        "theme": _("年度主题"),
        "content": _("内容"),
        "form": _("形式"),
        "role": _("领导小组与分工"),
        "credit": _("学分规则"),
        "project": _("课题"),
        "rule": _("制度、要求与保障"),
        "award": _("奖励"),
        "outcome": _("成果"),
        "problem": _("存在问题"),
        "other": _("其他"),
    }
    return titles[name]


@dataclass(frozen=True)
class Slip:
    """A word that looks mistyped, and what may have been meant; `field` is where it stands."""

    number: int
    field: str
    written: str
    suggested: str
    why: str


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
    slips: list[Slip] = field(default_factory=list)
    origin: tuple[str, str, str] = ("", "", "")

    @property
    def chosen(self) -> str:
        """What was decided: accept, drop, or "" while nothing is."""
        decision = Finding.Decision(self.finding.decision)
        if decision == Finding.Decision.PENDING:
            return ""
        return DROP if decision == Finding.Decision.DROPPED else ACCEPT

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


# ---- rows ----
def _notes(finding: Finding) -> list[str]:
    """Return what the line says besides."""
    value = finding.value if isinstance(finding.value, dict) else {}
    notes = []
    if finding.copy_of:
        notes.append(
            _("与第%(line)s行说的一样，只算一次，先定为“不要”；不是重复的请改成“采用”。")
            % {"line": finding.copy_of}
        )
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
        return _("%(month)s月不在所选学期内。请换学期、改月份，或定为“不要”。") % {"month": month}
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


def row_of(
    finding: Finding, around: Surroundings, slips: Slips | None = None, *, check: bool = False
) -> Row:
    """Return what the page shows of one value; `check` says what keeps it out of the plan."""
    inputs = inputs_of(finding, around)
    fault = fault_of(Kept(finding), around.term, around.span) if check and around.term else None
    shown = next((each.value for each in inputs if each.name in {"name", "value"}), "")
    is_open = finding.kind == "slot" and not (Kept(finding).get("value") or {}).get("weekday")
    gap = _("待商定：文中没有定星期几，可以先确认，以后由组长或教科室定。") if is_open else ""
    label = (
        _("上级单位")
        if finding.name == "superior"
        else str(SECTIONS[finding.kind])
        if finding.kind in LEADING
        else of_figure_text(LABELS.get(finding.kind, shown))
    )
    is_kept = finding.decision != Finding.Decision.DROPPED
    sentence = _sentence(fault, finding) if fault and is_kept else ""
    if sentence:
        inputs = _marked(inputs)
    return Row(
        finding, label, inputs, _notes(finding), sentence, gap, _inference(finding),
        slips_in(inputs, (slips or {}).get(finding.line, [])), origin_of(finding),
    )  # fmt: skip


def slips_by_line(slips: Iterable[Iterable[Any]]) -> Slips:
    """Return the suspicions kept with a proposal, by line."""
    found: dict[int, list[tuple[str, str, str]]] = {}
    for line, written, suggested, why in slips:
        found.setdefault(line, []).append((written, suggested, why))
    return found


def slips_in(inputs: Iterable[Input], told: Iterable[tuple[str, str, str]]) -> list[Slip]:
    """Return the suspicions about what the fields of a value say now, in their script."""
    found: list[Slip] = []
    for written, suggested, why in dict.fromkeys(told):
        for each in inputs:
            for old, new in ((written, suggested), (simplified(written), simplified(suggested))):
                if old != new and old in each.value and each.kind in {"text", "area"}:
                    found.append(Slip(len(found), each.name, old, new, why))
                    break
    return found


def origin_of(finding: Finding) -> tuple[str, str, str]:
    """Return the source line in three: before the value, the value, and after it.

    Of a long line only what stands close by; all of it stands in the document beside.
    """
    text, plain = finding.text, simplified(finding.text)
    if len(plain) != len(text):
        return text, "", ""
    value = finding.value if isinstance(finding.value, str) else ""
    for words in (value, finding.name, value[:12], value[-12:]):
        place = plain.find(words) if words else -1
        if place >= 0:
            end = place + len(words)
            return _end(text[:place]), text[place:end], _beginning(text[end:])
    return _beginning(text, 2 * CLOSE), "", ""


def _end(text: str) -> str:
    return text if len(text) <= CLOSE else f"…{text[-CLOSE:]}"


def _beginning(text: str, most: int = 0) -> str:
    most = most or CLOSE
    return text if len(text) <= most else f"{text[:most]}…"


def groups_of(
    findings: Iterable[Finding],
    around: Surroundings,
    slips: Slips | None = None,
    *,
    check: bool = False,
) -> list[Group]:
    """Return the values in the sections of the page, without the gaps."""
    section = {kind: name for name, _icon, kinds in GROUPS for kind in kinds}
    rows: dict[str, list[Row]] = {name: [] for name, _icon, _kinds in GROUPS}
    for finding in findings:
        if finding.kind not in GAPS:
            name = section.get(finding.kind, "other")
            name = "superior" if finding.name == "superior" else name
            rows[name].append(row_of(finding, around, slips, check=check))
    return [
        Group(name, group_title(name), icon, rows[name])
        for name, icon, _kinds in GROUPS
        if rows[name]
    ]


# ---- answers ----
def decisions_of(
    answers: Mapping[str, str], findings: Iterable[Finding], around: Surroundings
) -> dict[int, Decided]:
    """Return what the answers decide; a value that was changed needs no other word."""
    decisions: dict[int, Decided] = {}
    for finding in findings:
        prefix = f"f{finding.pk}"
        if finding.kind in GAPS or f"{prefix}-shown" not in answers:
            continue
        changed = _differences(answers, finding, around)
        asked = answers.get(f"{prefix}-do", "")
        if asked == DROP:
            decision = Finding.Decision.DROPPED
        elif changed:
            decision = Finding.Decision.CHANGED
        else:
            is_taken = asked == ACCEPT
            decision = Finding.Decision.ACCEPTED if is_taken else Finding.Decision.PENDING
        decisions[finding.pk] = Decided(decision, changed)
    return decisions


def _differences(
    answers: Mapping[str, str], finding: Finding, around: Surroundings
) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    inside: dict[str, Any] = {}
    for each in inputs_of(finding, around):
        typed = answers.get(f"f{finding.pk}-{each.name}", each.value)
        typed = _corrected(typed.replace("\r\n", "\n").strip(), answers, finding, each.name)
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


def _corrected(typed: str, answers: Mapping[str, str], finding: Finding, name: str) -> str:
    """Return `typed` with the suggestions in it that were ticked, each once."""
    for place in range(MOST_SLIPS):
        parts = answers.get(f"f{finding.pk}-fix-{place}", "").split("|")
        if len(parts) == 3 and parts[0] == name and parts[1]:  # noqa: PLR2004 - field, old, new
            typed = typed.replace(parts[1], parts[2], 1)
    return typed
