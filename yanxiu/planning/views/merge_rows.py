"""What the page of a merge says about each place: old beside new, and what there is to know."""

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass

from django.utils.translation import gettext as _

from yanxiu.people.models.teacher import today
from yanxiu.planning.actions.kept import Kept
from yanxiu.planning.actions.matching import Compared, Comparison, Standing, Why, usual_choice
from yanxiu.planning.actions.pairing import (
    Pair,
    happened,
    held_fast,
    spoken,
    stands_in_calendar,
)
from yanxiu.planning.freezing import kind_of, values_of
from yanxiu.planning.models import Finding, Plan, PlanItem, PlanNote, PlanPart, Proposal, Rhythm
from yanxiu.planning.sections import section_label
from yanxiu.planning.views.proposal_fields import Surroundings
from yanxiu.planning.views.proposal_rows import ACCEPT, DROP, Row, row_of, slips_by_line
from yanxiu.planning.wording import when_words
from yanxiu.texts.differences import Change, runs

BOTH = "both"
LONG = 8
"""From so many characters on, what differs inside of a text is marked, not the whole of it."""
WHEN = {"weekday", "half_day", "starts_at", "every_weeks", "from_week", "times_a_month"}
Piece = tuple[str, bool]


@dataclass(frozen=True)
class Cell:
    """One column, old and new, in pieces of which those are marked that differ."""

    label: str
    before: list[Piece]
    after: list[Piece]


@dataclass(frozen=True)
class MergeRow:
    """One place at which document and plan differ."""

    compared: Compared
    row: Row
    label: str
    title: str
    cells: list[Cell]
    notes: list[str]
    chosen: str

    @property
    def finding(self) -> Finding:
        """The value of the document."""
        return self.compared.finding

    @property
    def prefix(self) -> str:
        """The beginning of the names of its fields."""
        return self.row.prefix


@dataclass(frozen=True)
class Other:
    """A part of the plan of which the document says nothing."""

    part: PlanPart
    label: str
    words: str
    note: str
    is_fixed: bool
    chosen: str


# ---- words ----
def label_of(part: PlanPart) -> str:
    """Return what a part is called."""
    if isinstance(part, PlanNote):
        return section_label(part.kind)
    labels = {
        "goal": _("目标"),
        "quota": _("数量要求"),
        "rhythm": _("固定时间"),
        "year": _("年度安排"),
        "item": _("月度安排"),
    }
    return labels[kind_of(part)]


def _words_of(part: PlanPart) -> str:
    if isinstance(part, PlanNote):
        return part.text
    if isinstance(part, PlanItem):
        return _("%(month)s月：%(text)s") % {"month": part.month.month, "text": part.text}
    return str(part)


def _day_of(part: PlanPart) -> str:
    """Return the day on which an item was held or done, as it is written here."""
    if not isinstance(part, PlanItem):
        return ""
    held = [event.happens_on for event in part.events.all() if event.state == "held"]
    day = part.done_on or min(held, default=None)
    return _("%(month)s月%(day)s日") % {"month": day.month, "day": day.day} if day else ""


def _notes(compared: Compared, plan: Plan) -> list[str]:
    """Return what there is to know before it is decided; what has happened goes first."""
    found = []
    changed = [pair.existing for pair in compared.pairs if pair.changes and pair.existing]
    for part in changed:
        if happened(part):
            said = _("这一项%(day)s已经办过，先定为保留；改了也只改计划上的字，活动和记录不变。")
            found.append(said % {"day": _day_of(part)})
        elif stands_in_calendar(part):
            found.append(_("这一项已经排出场次；改了计划，场次不会跟着动，要改期请到那一场办理。"))
        if getattr(part, "dropped_because", ""):
            found.append(_("计划里这一项已经取消，不会因此恢复。"))
    if not plan.is_in_hand and plan.span.start <= today():
        kinds = {kind_of(part) for part in changed}
        if "rhythm" in kinds:
            found.append(_("已经排出的场次不变，新的时间要重新排期。"))
        if "quota" in kinds:
            found.append(_("已经做的照样算，进度从此按新的数量看。"))
    reasons = {
        Why.CHANGED_HERE: _("文档这一行和以前一样，是计划后来改过，先定为保留。"),
        Why.CHANGED_ON_BOTH_SIDES: _("文档和计划两边都改过，先定为保留，请看一眼。"),
        Why.LEFT_OUT_BEFORE: _("以前读入时就有，没有采用或后来从计划里去掉了，先定为不要。"),
    }
    if compared.why in reasons:
        found.append(reasons[compared.why])
    return found


# ---- old and new ----
def _cells(compared: Compared, plan: Plan) -> list[Cell]:
    cells = []
    for pair in compared.pairs:
        cells += list(_cells_of(pair, compared.finding))
    if compared.head:
        after = copy(plan)
        for name, value in compared.head.items():
            setattr(after, name, value)
        names = tuple(compared.head)
        cells += list(_side_by_side(values_of(plan, names), values_of(after, names)))
    return list({(cell.label, str(cell.after)): cell for cell in cells}.values())


def _cells_of(pair: Pair, finding: Finding) -> Iterator[Cell]:
    if pair.existing is None:
        names = [name for name in spoken(Kept(finding), pair.part) if name not in _told(pair.part)]
        yield from _side_by_side({}, _values(pair.part, names))
        return
    after = copy(pair.existing)
    for name, value in pair.changes.items():
        setattr(after, name, value)
    names = [name for name in pair.existing.CONTENT if name in pair.changes]
    yield from _side_by_side(_values(pair.existing, names), _values(after, names))


def _told(part: PlanPart) -> set[str]:
    """Return the columns that the title of a row says already."""
    return {"text", "month"} if isinstance(part, PlanItem | PlanNote) else set()


def _values(part: PlanPart, names: Iterable[str]) -> dict[str, str]:
    """Return columns in words; those that say when a unit meets are one."""
    found = values_of(part, tuple(name for name in names if name not in WHEN))
    if isinstance(part, Rhythm) and WHEN & set(names):
        found[_("时间")] = when_words(part)
    return found


def _side_by_side(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Cell]:
    for label in [*after, *(label for label in before if label not in after)]:
        old, new = before.get(label, ""), after.get(label, "")
        if min(len(old), len(new)) < LONG:
            yield Cell(label, [(old, True)] if old else [], [(new, bool(before))] if new else [])
            continue
        both = runs(old, new)
        yield Cell(
            label,
            [(run.text, run.change == Change.REMOVED) for run in both if run.change != "added"],
            [(run.text, run.change == Change.ADDED) for run in both if run.change != "removed"],
        )


# ---- rows ----
def merge_rows(
    found: Comparison, standing: Standing, proposal: Proposal, around: Surroundings
) -> list[MergeRow]:
    slips = slips_by_line(proposal.slips)
    apart = set(proposal.merge.get("apart", ()))
    rows = []
    for each in found.of(standing):
        choice = usual_choice(each, proposal, found.plan)
        chosen = {Finding.Decision.DROPPED: DROP, Finding.Decision.PENDING: ""}.get(
            Finding.Decision(choice), ACCEPT
        )
        is_apart = chosen == ACCEPT and str(each.finding.uid) in apart
        parts = each.existing or [pair.part for pair in each.pairs]
        is_wanted = standing == Standing.NEW and chosen != DROP
        row = row_of(each.finding, around, slips, check=is_wanted)
        rows.append(
            MergeRow(
                each,
                row,
                label_of(parts[0]) if parts else row.label,
                _words_of(parts[0]) if parts else each.finding.name,
                _cells(each, found.plan),
                _notes(each, found.plan),
                BOTH if is_apart else chosen,
            )
        )
    return rows


def other_parts(found: Comparison, proposal: Proposal) -> list[Other]:
    remove = set(proposal.merge.get("remove", ()))
    rows, held = [], held_fast(found.others)
    for part in found.others:
        fixed = stands_in_calendar(part) or part in held
        note = _why_fixed(part) if fixed else ""
        chosen = DROP if str(part.uid) in remove and not fixed else ACCEPT
        rows.append(Other(part, label_of(part), _words_of(part), note, fixed, chosen))
    return rows


def _why_fixed(part: PlanPart) -> str:
    if isinstance(part, PlanItem):
        return _("已经办过或排出场次，不去掉；不办了的，请在计划里“取消”。")
    return _("已经照它排出了活动，不去掉；要改时间的，请直接改这一项。")


def same_place(each: Compared) -> tuple[str, str, int]:
    parts: Iterable[PlanPart] = each.existing
    first = next(iter(parts), None)
    if first is None:
        return (_("上级单位"), Kept(each.finding).text, each.finding.line)
    return (label_of(first), _words_of(first), each.finding.line)
