"""A document that was read, value by value against a plan that stands: same, changed, or new."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q, prefetch_related_objects

from yanxiu.kernel.refusals import Refusal
from yanxiu.planning.actions.confirming import credit_rules, parts_read
from yanxiu.planning.actions.kept import Kept, fault_of, number_of
from yanxiu.planning.actions.pairing import (
    Pair,
    changes_to,
    happened,
    is_of_kind,
    is_same,
    matched,
    plain_text,
)
from yanxiu.planning.actions.reviewing import GAPS
from yanxiu.planning.freezing import HEAD, parts_of, values_of
from yanxiu.planning.models import Finding, Plan, PlanItem, PlanPart, Proposal

Decision = Finding.Decision


class Standing(StrEnum):
    """How a value of the document stands to the plan."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"


class Why(StrEnum):
    """Why what the plan has is kept unless a person says otherwise, or why nothing is chosen."""

    NOTHING = ""
    HAPPENED = "happened"
    CHANGED_HERE = "changed_here"
    CHANGED_ON_BOTH_SIDES = "changed_on_both_sides"
    LEFT_OUT_BEFORE = "left_out_before"
    UNUSABLE = "unusable"


@dataclass(frozen=True)
class Compared:
    """One value against the plan: its parts, the columns of the head, what is best kept."""

    finding: Finding
    pairs: tuple[Pair, ...]
    head: Mapping[str, Any]
    standing: Standing
    why: Why = Why.NOTHING

    @property
    def usual(self) -> str:
        """What is chosen unless a person says otherwise; "" where it has to be said."""
        if self.why == Why.UNUSABLE:
            return Decision.PENDING
        return Decision.DROPPED if self.why else Decision.ACCEPTED

    @property
    def existing(self) -> list[PlanPart]:
        """The parts of the plan that it is compared with."""
        return [pair.existing for pair in self.pairs if pair.existing is not None]

    @property
    def may_be_another(self) -> bool:
        """Whether only its words are alike: then both may be meant."""
        found = [pair for pair in self.pairs if pair.changes]
        return bool(found) and not any(pair.is_named for pair in found)


@dataclass(frozen=True)
class Comparison:
    """All values against a plan, and the parts of the plan of which the document says nothing.

    `token` tells whether the plan is still the one that was looked at.
    """

    plan: Plan
    rows: list[Compared]
    others: list[PlanPart]
    token: str

    def of(self, standing: Standing) -> list[Compared]:
        """Return the values that stand so."""
        return [row for row in self.rows if row.standing == standing]

    @property
    def different(self) -> list[Compared]:
        """Return what has to be decided."""
        return [row for row in self.rows if row.standing != Standing.SAME]


# ---- what was said before ----
class Before:
    """What documents that came into the plan earlier said, and what was decided about it."""

    def __init__(self, plan: Plan, proposal: Proposal) -> None:
        """Look it up; one statement."""
        earlier = Q(proposal__plan=plan) | Q(proposal__merged_into=plan)
        rows = Finding.objects.filter(earlier).exclude(proposal=proposal).exclude(kind__in=GAPS)
        self._rows = list(rows)
        self._said = {_saying(row) for row in self._rows}
        taken = [Kept(row) for row in self._rows if row.decision != Decision.DROPPED]
        self._taken = [each for each in taken if is_usable(each, plan)]
        self._plan = plan
        self._parts: list[tuple[Kept, PlanPart]] | None = None

    def said(self, finding: Finding) -> bool:
        """Whether an earlier document said the same on the same line."""
        return _saying(finding) in self._said

    def is_as_read(self, existing: PlanPart) -> bool:
        """Whether a part still stands as a document said it; one written by hand has no such."""
        if not existing.source_text:
            return True
        if self._parts is None:
            self._parts = parts_read(self._plan, self._taken)
        return any(
            is_of_kind(part, existing) and not changes_to(existing, each, part)
            for each, part in self._parts
        )


def _saying(finding: Finding) -> tuple[str, ...]:
    value = json.dumps(finding.value, ensure_ascii=False, sort_keys=True)
    return (finding.kind, plain_text(finding.name), plain_text(value), plain_text(finding.text))


# ---- the comparison ----
def is_usable(each: Kept, plan: Plan) -> bool:
    """Tell whether a part can be made of a value; what a quota leaves open, the plan may know."""
    if each.finding.kind == "quota" and str(each.get("name") or "").strip():
        try:
            number_of(each)
        except Refusal:
            return False
        return True
    return fault_of(each, plan.term, plan.span) is None


def compare(proposal: Proposal, plan: Plan) -> Comparison:
    """Return how the values of `proposal` stand to `plan`; nothing is changed."""
    existing = [part for _word, part in parts_of(plan)]
    items = [part for part in existing if isinstance(part, PlanItem)]
    prefetch_related_objects(items, "events", "steps")
    kept = [
        Kept(row)
        for row in proposal.findings.all()
        if row.kind not in GAPS and not (row.copy_of and row.decision == Decision.DROPPED)
    ]
    made = parts_read(plan, [each for each in kept if is_usable(each, plan)])
    pairs, others = matched(made, existing)
    by_finding: dict[int, list[Pair]] = {}
    for (each, _part), pair in zip(made, pairs, strict=True):
        by_finding.setdefault(each.finding.pk, []).append(pair)
    before = Before(plan, proposal)
    rows = [
        _compared(each, tuple(by_finding.get(each.finding.pk, ())), plan, before) for each in kept
    ]
    return Comparison(
        plan, rows, [part for part in others if _is_living(part)], _token(plan, existing)
    )


def _is_living(part: PlanPart) -> bool:
    return not getattr(part, "dropped_because", "")


def _compared(each: Kept, pairs: tuple[Pair, ...], plan: Plan, before: Before) -> Compared:
    head = dict(_head_changes(each, plan))
    standing = _standing(each, pairs, head, plan)
    return Compared(each.finding, pairs, head, standing, _why(each, pairs, standing, plan, before))


def _standing(each: Kept, pairs: tuple[Pair, ...], head: Mapping[str, Any], plan: Plan) -> Standing:
    if each.is_superior:
        if not head:
            return Standing.SAME
        return Standing.CHANGED if plan.superior else Standing.NEW
    if not pairs or all(pair.existing is None for pair in pairs):
        return Standing.NEW
    is_other = head or any(pair.changes or pair.existing is None for pair in pairs)
    return Standing.CHANGED if is_other else Standing.SAME


def _head_changes(each: Kept, plan: Plan) -> Iterator[tuple[str, Any]]:
    """Yield what a value says of the head of the plan, where that says otherwise."""
    said: dict[str, Any] = {}
    if each.is_superior and each.text.strip():
        said["superior"] = each.text.strip()[:80]
    elif each.finding.kind == "credit":
        said |= credit_rules([each])
    for name, value in said.items():
        if not is_same(getattr(plan, name), value):
            yield name, value


def _why(
    each: Kept, pairs: tuple[Pair, ...], standing: Standing, plan: Plan, before: Before
) -> Why:
    if standing == Standing.NEW:
        if before.said(each.finding):
            return Why.LEFT_OUT_BEFORE
        wrong = not each.is_superior and fault_of(each, plan.term, plan.span)
        return Why.UNUSABLE if wrong else Why.NOTHING
    if standing == Standing.CHANGED:
        changed = [pair.existing for pair in pairs if pair.existing is not None and pair.changes]
        if any(happened(part) for part in changed):
            return Why.HAPPENED
        if before.said(each.finding):
            return Why.CHANGED_HERE
        if not all(before.is_as_read(part) for part in changed):
            return Why.CHANGED_ON_BOTH_SIDES
    return Why.NOTHING


def _token(plan: Plan, parts: Iterable[PlanPart]) -> str:
    """Return a short word for all that people wrote into `plan`; it changes with any of it."""
    content = [values_of(plan, HEAD)]
    content += [{"": str(part.uid), **values_of(part, part.CONTENT)} for part in parts]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def usual_choice(row: Compared, proposal: Proposal, plan: Plan) -> str:
    """Return what stands chosen: what was said here for this plan, else what is usual.

    What was taken on the page of the draft was not looked at beside the plan, and does not count;
    what was not wanted there is not wanted here either.
    """
    if row.finding.decision == Decision.DROPPED:
        return Decision.DROPPED
    if is_chosen_for(proposal, plan) and row.finding.decision != Decision.PENDING:
        return Decision.ACCEPTED
    return row.usual


def is_chosen_for(proposal: Proposal, plan: Plan) -> bool:
    """Tell whether the decisions about `proposal` were made beside `plan`."""
    return bool(proposal.merge.get("plan") == str(plan.uid))
