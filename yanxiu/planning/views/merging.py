"""The page on which a document that was read comes into a plan that stands, place by place."""

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from yanxiu.kernel.refusals import Refusal
from yanxiu.people.access import TeacherRequest
from yanxiu.people.models import Unit
from yanxiu.people.models.teacher import today
from yanxiu.planning import actions
from yanxiu.planning.actions.confirming import tiers_of
from yanxiu.planning.actions.kept import Kept, months_of
from yanxiu.planning.actions.matching import (
    Compared,
    Comparison,
    Standing,
    Why,
    compare,
    usual_choice,
)
from yanxiu.planning.actions.merging import Chosen
from yanxiu.planning.actions.pairing import (
    Pair,
    happened,
    held_fast,
    spoken,
    stands_in_calendar,
)
from yanxiu.planning.freezing import kind_of, values_of
from yanxiu.planning.models import Finding, Plan, PlanItem, PlanNote, PlanPart, Proposal, Rhythm
from yanxiu.planning.refusals import ProposalEnded
from yanxiu.planning.sections import section_label
from yanxiu.planning.views.proposal import (
    NO_CONTENT,
    original_uid_of,
    seen_proposal,
    source_lines,
)
from yanxiu.planning.views.proposal_fields import Surroundings
from yanxiu.planning.views.proposal_rows import (
    ACCEPT,
    DROP,
    Row,
    decisions_of,
    row_of,
    slips_by_line,
)
from yanxiu.planning.views.shown import managed_plan, read_or_post
from yanxiu.planning.wording import when_words
from yanxiu.texts.differences import Change, runs
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

BOTH = "both"
LONG = 8
"""From so many characters on, what differs inside of a text is marked, not the whole of it."""
WHEN = {"weekday", "half_day", "starts_at", "times_a_month"}
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
def _rows(
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


def _others(found: Comparison, proposal: Proposal) -> list[Other]:
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


# ---- pages ----
@login_required
@read_or_post
def merge(request: TeacherRequest, uid: UUID, into: UUID) -> HttpResponse:
    """Show what a document would change in a plan; bring it in, or take that back."""
    one, plan = seen_proposal(request, uid), managed_plan(request.teacher, into)
    whose = (one.organisation_id, one.unit_id, None)
    if one.is_summary or whose != (plan.organisation_id, plan.unit_id, plan.teacher_id):
        raise Http404
    if one.merged_into_id == plan.pk:
        return _done(request, one, plan)
    if one.state == Proposal.State.CONFIRMED:
        return redirect("planning:proposal", uid=one.uid)
    if one.state == Proposal.State.DROPPED:
        raise ProposalEnded(str(one.get_state_display()))
    if request.method == "POST":
        return _answered(request, one, plan)
    return _shown(request, one, plan)


def _done(request: TeacherRequest, one: Proposal, plan: Plan) -> HttpResponse:
    """Show what came of it; take it back."""
    if request.POST.get("do") == "undo_merge":
        merged = actions.undo_merge(one, by=request.teacher, at=timezone.now())
        messages.success(request, _("已撤回并入，计划回到并入以前；文档还在，可以重新核对。"))
        if merged.left:
            said = _("有 %(count)s 处后来又改过或已经排出活动，没有动，请自己看一下。")
            messages.warning(request, said % {"count": merged.left})
        return redirect("planning:plan", uid=plan.uid)
    done = one.merge.get("done", {})
    counts = {name: len(done.get(name, ())) for name in ("added", "changed", "removed")}
    counts["changed"] += len(done.get("head", {}).get("after", {}))
    context = {"proposal": one, "plan": plan, "original": original_uid_of(one), "done": True}
    return show(request, "planning/merged.html", {**context, **counts})


def _answered(request: TeacherRequest, one: Proposal, plan: Plan) -> HttpResponse:
    asked, teacher, now = request.POST.get("do", ""), request.teacher, timezone.now()
    if asked == "undo":
        actions.undo_decisions(one, by=teacher, at=now)
        return redirect("planning:merge", uid=one.uid, into=plan.uid)
    _keep_choices(request, one, plan)
    if asked == "keep":
        return HttpResponse(status=NO_CONTENT)
    if asked != "merge":
        messages.success(request, _("已保存，随时可以回来继续。"))
        return redirect("planning:merge", uid=one.uid, into=plan.uid)
    because, seen = request.POST.get("because", ""), request.POST.get("seen", "")
    try:
        merged = actions.merge_proposal(one, plan, by=teacher, at=now, because=because, seen=seen)
    except Refusal as refusal:
        return _shown(request, seen_proposal(request, one.uid), plan, refusal, because)
    if merged.total:
        said = _(
            "已并入：新增 %(added)s 处，改动 %(changed)s 处，去掉 %(removed)s 处。"
            "不对的话，从计划页的“并入过的文档”可以撤回。"
        )
        told = {"added": merged.added, "changed": merged.changed, "removed": merged.removed}
        messages.success(request, said % told)
    else:
        messages.success(request, _("这份文档已经记下；没有要改的，计划原样不动。"))
    return redirect("planning:plan", uid=plan.uid)


def _keep_choices(request: TeacherRequest, one: Proposal, plan: Plan) -> None:
    answers = request.POST.copy()
    findings = list(one.findings.all())
    apart = tuple(str(each.uid) for each in findings if answers.get(f"f{each.pk}-do", "") == BOTH)
    for each in findings:
        if str(each.uid) in apart:
            answers[f"f{each.pk}-do"] = ACCEPT
    remove = tuple(
        name.removeprefix("p-")
        for name, value in answers.items()
        if name.startswith("p-") and value == DROP
    )
    actions.choose_for_merge(
        one,
        plan,
        decisions_of(answers, findings, _around(plan)),
        Chosen(remove, apart),
        by=request.teacher,
        at=timezone.now(),
    )


def _around(plan: Plan) -> Surroundings:
    units = Unit.objects.filter(organisation=plan.organisation, ends_on=None)
    span = plan.span
    return Surroundings(list(units), months_of(span), plan.term, span, tiers_of(plan.organisation))


def _shown(
    request: TeacherRequest,
    one: Proposal,
    plan: Plan,
    refusal: Refusal | None = None,
    because: str | None = None,
) -> HttpResponse:
    prefetch_related_objects([one], "findings")
    found, around = compare(one, plan), _around(plan)
    changed, new = (
        _rows(found, standing, one, around) for standing in (Standing.CHANGED, Standing.NEW)
    )
    others = _others(found, one)
    usual = _("并入“%(file)s”") % {"file": one.file_name}
    context = {
        "proposal": one,
        "plan": plan,
        "changed": changed,
        "new": new,
        "others": others,
        "same": [_same(each) for each in found.of(Standing.SAME)],
        "history": sum(row.compared.why == Why.HAPPENED for row in changed),
        "pending": sum(not row.chosen for row in (*changed, *new)),
        "in_force": not plan.is_in_hand and plan.state != Plan.State.SUBMITTED,
        "waits": plan.state == Plan.State.SUBMITTED,
        "because": usual[:200] if because is None else because,
        "seen": found.token,
        "refusal": refusal,
        "source": source_lines(one, list(one.findings.all())),
        "original": original_uid_of(one),
    }
    status = UNPROCESSABLE if refusal else 200
    return show(request, "planning/merge.html", context, status=status)


def _same(each: Compared) -> tuple[str, str, int]:
    parts: Iterable[PlanPart] = each.existing
    first = next(iter(parts), None)
    if first is None:
        return (_("上级单位"), Kept(each.finding).text, each.finding.line)
    return (label_of(first), _words_of(first), each.finding.line)
