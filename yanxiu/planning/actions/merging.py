"""Bringing a document that was read into a plan that stands, with the way back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction

from yanxiu.agenda import actions as agenda
from yanxiu.audit import trail
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.kernel.sources import source_of
from yanxiu.people.access import require
from yanxiu.people.models import Teacher
from yanxiu.planning.actions.adding import check_part
from yanxiu.planning.actions.items import CARE, give_task
from yanxiu.planning.actions.kept import Kept, refuse_faults
from yanxiu.planning.actions.matching import (
    Compared,
    Comparison,
    Standing,
    compare,
    is_chosen_for,
)
from yanxiu.planning.actions.pairing import Pair, held_fast, stands_in_calendar
from yanxiu.planning.actions.reviewing import Decided, Head, decide, open_proposal
from yanxiu.planning.actions.versions import revising
from yanxiu.planning.actions.ways_back import REASON, Merged, links_to, locked, written
from yanxiu.planning.freezing import kind_of
from yanxiu.planning.models import Finding, Plan, PlanItem, PlanPart, Proposal
from yanxiu.planning.permissions import may_manage_plan
from yanxiu.planning.refusals import PlanMovedOn, ValuesUndecided

Decision = Finding.Decision
SOURCE = ("source_line", "source_text")


@dataclass(frozen=True)
class Chosen:
    """What a person chose beside taking and keeping.

    `remove` are parts of the plan that the document no longer has; `apart` are values that only
    look like a part of the plan and come beside it. Both by uid.
    """

    remove: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


def _require_fitting(proposal: Proposal, plan: Plan, by: Teacher) -> None:
    """Make sure that `by` may bring `proposal` into `plan`, and that it is a plan of the same."""
    require(may_manage_plan, by, plan)
    whose = (proposal.organisation_id, proposal.unit_id, None)
    if proposal.is_summary or whose != (plan.organisation_id, plan.unit_id, plan.teacher_id):
        raise NotAllowed


@transaction.atomic
def choose_for_merge(
    proposal: Proposal,
    plan: Plan,
    decisions: Mapping[int, Decided],
    chosen: Chosen,
    *,
    by: Teacher,
    at: datetime,
) -> Proposal:
    """Keep what a person decided about the values of a document beside a plan; the plan stays.

    Raises:
        NotAllowed: `by` does not manage the plan, or it is not one of the same school or unit.
        ProposalEnded: as `open_proposal`.
    """
    _require_fitting(proposal, plan, by)
    proposal = decide(proposal, decisions, head=Head(term=proposal.term), by=by, at=at)
    proposal.merge = {
        "plan": str(plan.uid), "remove": [*chosen.remove], "apart": [*chosen.apart],
    }  # fmt: skip
    proposal.save(update_fields=["merge"])
    return proposal


@transaction.atomic
def merge_proposal(
    proposal: Proposal,
    plan: Plan,
    *,
    by: Teacher,
    at: datetime,
    because: str = "",
    seen: str = "",
) -> Merged:
    """Bring what was taken of a document into a plan that stands; `undo_merge` takes it back.

    What the document leaves open stays as it is, so does what it does not name and nobody chose to
    remove. A plan in force gets a version with its reason; where nothing differs it gets none.

    Args:
        proposal: an open proposal of a plan, decided about by `choose_for_merge`.
        plan: a plan of the same school or unit.
        by: who merges.
        at: when, aware.
        because: why; needed where the plan is in force and something changes.
        seen: the token of the comparison that was looked at.

    Raises:
        NotAllowed, ProposalEnded: as `choose_for_merge`.
        PlanMovedOn: the plan was changed after it was looked at.
        ValuesUndecided: nothing was decided about some that differ.
        MonthOutsideTerm, ValueUnreadable: a new value cannot go into the plan.
        BadInput, KeyFieldsFull: as when a part is added or changed.
        PlanHandedIn, ReasonMissing: as `revising`.
    """
    _require_fitting(proposal, plan, by)
    proposal = open_proposal(proposal, by)
    # The lock comes before the look: nobody changes the plan between the two.
    plan = locked(plan)
    found = compare(proposal, plan)
    if seen and seen != found.token:
        raise PlanMovedOn
    chosen = is_chosen_for(proposal, plan)
    waiting = [
        row for row in found.different if not chosen or row.finding.decision == Decision.PENDING
    ]
    if waiting:
        raise ValuesUndecided(len(waiting))
    work = _Work(found, proposal, by, at)
    refuse_faults(work.new, plan.term, plan.span)
    way_back: dict[str, Any] = {}
    if work.is_needed:
        with revising(plan, because, by=by, at=at):
            way_back = work.do(because.strip()[:REASON])
        plan.refresh_from_db()
    _end(proposal, plan, way_back)
    counts = {name: len(way_back.get(name, ())) for name in ("added", "changed", "removed")}
    counts["changed"] += len(way_back.get("head", {}).get("after", {}))
    detail = {"plan": str(plan.uid), "file": proposal.file_name, **counts}
    trail.record(by, "planning.proposal-merged", proposal, at=at, detail=detail)
    trail.record(by, "planning.document-merged", plan, at=at, detail=detail)
    return Merged(plan, **counts)


def _end(proposal: Proposal, plan: Plan, way_back: Mapping[str, Any]) -> None:
    proposal.state, proposal.merged_into = Proposal.State.CONFIRMED, plan
    proposal.merge = {**proposal.merge, "plan": str(plan.uid), "done": dict(way_back)}
    proposal.save(update_fields=["state", "merged_into", "merge"])


# ---- doing it, with the way back ----
class _Work:
    """What is to be written into one plan, and how each of it stood before."""

    def __init__(self, found: Comparison, proposal: Proposal, by: Teacher, at: datetime) -> None:
        self.plan, self.by, self.at = found.plan, by, at
        apart = set(proposal.merge.get("apart", ()))
        remove = set(proposal.merge.get("remove", ()))
        taken = [row for row in found.different if row.finding.decision != Decision.DROPPED]
        self.taken = [(row, str(row.finding.uid) in apart) for row in taken]
        gone = [part for part in found.others if str(part.uid) in remove]
        held = held_fast(gone)
        self.removed = [part for part in gone if not stands_in_calendar(part) and part not in held]
        self._next_order: dict[type[PlanPart], int] = {}
        self.in_force = not found.plan.is_in_hand

    @property
    def is_needed(self) -> bool:
        """Whether the plan changes at all."""
        return bool(self.taken or self.removed)

    @property
    def new(self) -> list[Kept]:
        """The values that become parts of their own."""
        return [
            Kept(row.finding)
            for row, is_apart in self.taken
            if (is_apart or row.standing == Standing.NEW) and not Kept(row.finding).is_superior
        ]

    def do(self, because: str) -> dict[str, Any]:
        """Write it; return the way back."""
        added, changed, head = [], [], self._write_head()
        for row, is_apart in self.taken:
            for pair in row.pairs:
                if pair.existing is None or is_apart:
                    added.append(self._add(pair.part))
                elif pair.changes:
                    changed.append(self._change(row, pair, pair.existing))
        links = links_to(self.removed)
        removed = [self._remove(part, links.get(part.uid, []), because) for part in self.removed]
        return {"added": added, "changed": changed, "removed": removed, "head": head}

    def _write_head(self) -> dict[str, dict[str, Any]]:
        said: dict[str, Any] = {}
        for row, _is_apart in self.taken:
            said |= row.head
        before = {name: written(self.plan, name) for name in said}
        for name, value in said.items():
            setattr(self.plan, name, value)
        if said:
            self.plan.save(update_fields=sorted(said))
        return {"before": before, "after": {name: written(self.plan, name) for name in said}}

    def _add(self, part: PlanPart) -> dict[str, Any]:
        check_part(part, self.plan)
        part.plan, part.order = self.plan, self._order_of(type(part))
        part.save()
        if isinstance(part, PlanItem) and self.in_force:
            give_task(part, self.at)
        return {"kind": kind_of(part), "uid": str(part.uid), "after": _content(part)}

    def _order_of(self, model: type[PlanPart]) -> int:
        """Return the place behind all of a kind; each call one further."""
        if model not in self._next_order:
            others = model._default_manager.filter(plan=self.plan)
            last = others.aggregate(last=models.Max("order"))["last"]
            self._next_order[model] = 0 if last is None else last + 1
        self._next_order[model] += 1
        return self._next_order[model] - 1

    def _change(self, row: Compared, pair: Pair, part: PlanPart) -> dict[str, Any]:
        names = [*pair.changes, *SOURCE]
        before = {name: written(part, name) for name in names}
        for name, value in pair.changes.items():
            setattr(part, name, value)
        part.source_line, part.source_text = row.finding.line, row.finding.text
        check_part(part, self.plan)
        part.save(update_fields=names)
        self._give(part, pair.changes.keys())
        after = {name: written(part, name) for name in names}
        return {"kind": kind_of(part), "uid": str(part.uid), "before": before, "after": after}

    def _give(self, part: PlanPart, changed: Iterable[str]) -> None:
        """Make an item of a plan in force the task of whom it was given to."""
        if isinstance(part, PlanItem) and self.in_force and "owner" in set(changed):
            agenda.finish_tasks(source_of(part), kind=CARE, at=self.at, state="dropped")
            give_task(part, self.at)

    def _remove(self, part: PlanPart, links: list[list[Any]], because: str) -> dict[str, Any]:
        """Take a part out; an item in force, or one with steps, is dropped and stays readable."""
        told: dict[str, Any] = {"kind": kind_of(part), "uid": str(part.uid)}
        if isinstance(part, PlanItem) and (self.in_force or part.steps.all()):
            part.dropped_because = because or "改稿里没有这一项"
            part.save(update_fields=["dropped_because"])
            agenda.finish_tasks(source_of(part), kind=CARE, at=self.at, state="dropped")
            return told | {"dropped": part.dropped_because}
        told |= {"row": _content(part), "links": links}
        part.delete()
        return told


def _content(part: PlanPart) -> dict[str, Any]:
    names = (*part.CONTENT, "order", "origin", *SOURCE)
    return {name: written(part, name) for name in names}
