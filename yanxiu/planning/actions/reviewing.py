"""What a person decides about each value that was read, and taking such a step back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.spans import Span
from yanxiu.people.access import NotAllowed, allowed, require, require_right
from yanxiu.people.models import Teacher, Unit
from yanxiu.planning.models import Finding, Proposal
from yanxiu.planning.permissions import may_see_proposal
from yanxiu.planning.refusals import NothingToUndo, ProposalEnded
from yanxiu.terms.models import Term

Decision = Finding.Decision
State = Proposal.State
IN_HAND = (State.FOUND, State.OPEN)
GAPS = {"placeholder"}
"""Kinds of value that never become part of a plan: they say where something is missing."""
TITLE = 200


@dataclass(frozen=True)
class Owner:
    """Whose plan it shall be: the unit's, or with None the school's."""

    unit: Unit | None


@dataclass(frozen=True)
class Head:
    """What a person says about the document as a whole; None leaves it as it is."""

    owner: Owner | None = None
    term: Term | None = None
    title: str | None = None
    span: Span | None = None


@dataclass(frozen=True)
class Decided:
    """What was decided about one value: taken or not, as read or with what differs."""

    decision: str
    changed: Mapping[str, Any]


def open_proposal(proposal: Proposal, by: Teacher) -> Proposal:
    """Return `proposal` locked and checked to be open; one that was only found is taken by it.

    Raises:
        NotAllowed: `by` does not manage the plans of the organisation.
        ProposalEnded: it was confirmed or dropped before.
    """
    require(may_see_proposal, by, proposal)
    found = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("organisation", "unit", "term")
        .defer("prints")
        .get(pk=proposal.pk)
    )
    if found.state not in IN_HAND:
        raise ProposalEnded(str(found.get_state_display()))
    if found.state == State.FOUND:
        found.state = State.OPEN
        found.save(update_fields=["state"])
    return found


@transaction.atomic
def take_proposals(proposals: Iterable[Proposal], *, by: Teacher, at: datetime) -> list[Proposal]:
    """Take those of the documents of a file that are wanted; the others wait to be taken.

    Raises:
        NotAllowed, ProposalEnded: as `open_proposal`.
    """
    taken = []
    for proposal in proposals:
        taken.append(open_proposal(proposal, by))
        trail.record(by, "planning.document-taken", proposal, at=at)
    return taken


@transaction.atomic
def decide(
    proposal: Proposal,
    decisions: Mapping[int, Mapping[str, Any] | Decided | None],
    *,
    by: Teacher,
    at: datetime,
    term: Term | None = None,
    head: Head | None = None,
) -> Proposal:
    """Keep what a person decided about the values of a proposal; `undo_decisions` takes it back.

    Args:
        proposal: an open proposal.
        decisions: for each finding's primary key None (not taken), the values that differ from
            what was read ({} where it is taken as read), or a `Decided` that says all.
        by: who decides.
        at: when, aware.
        term: the chosen term, where nothing else about the document is said.
        head: what is said about the document as a whole.

    Raises:
        NotAllowed, ProposalEnded: as `open_proposal`; also where `by` does not manage the plans of
            the unit or the school that shall own it.
    """
    proposal = open_proposal(proposal, by)
    head = head or Head(term=term)
    if head.owner:
        _keep_owner(proposal, head.owner.unit, by)
    _keep_head(proposal, head)
    rows, before = [], {}
    for finding in proposal.findings.filter(pk__in=decisions):
        decided = _decided(decisions[finding.pk])
        if (finding.decision, finding.changed) == (decided.decision, dict(decided.changed)):
            continue
        before[str(finding.uid)] = [finding.decision, finding.changed]
        finding.decision, finding.changed = decided.decision, dict(decided.changed)
        rows.append(finding)
    _keep(proposal, rows, before)
    trail.record(by, "planning.values-decided", proposal, at=at, detail={"values": len(rows)})
    return proposal


def _decided(answer: Mapping[str, Any] | Decided | None) -> Decided:
    if isinstance(answer, Decided):
        return answer
    if answer is None:
        return Decided(Decision.DROPPED, {})
    return Decided(Decision.CHANGED if answer else Decision.ACCEPTED, answer)


def _keep_owner(proposal: Proposal, unit: Unit | None, by: Teacher) -> None:
    """Give the document to another unit of its school, or to the school itself."""
    if proposal.unit_id == (unit.pk if unit else None):
        return
    if unit and unit.organisation_id != proposal.organisation_id:
        raise NotAllowed
    if unit is None or unit.pk not in by.leads:
        require_right(by, "manage_plans", proposal.organisation)
    proposal.unit = unit
    proposal.save(update_fields=["unit"])


def _keep_head(proposal: Proposal, head: Head) -> None:
    proposal.term = head.term
    if head.title and head.title.strip():
        proposal.title = head.title.strip()[:TITLE]
    if proposal.is_summary:
        proposal.starts_on = head.span.start if head.span else None
        proposal.ends_on = head.span.end if head.span else None
    proposal.save(update_fields=["term", "title", "starts_on", "ends_on"])


def _keep(proposal: Proposal, rows: list[Finding], before: dict[str, Any]) -> None:
    """Save decisions together with what they were, so that the step can be taken back."""
    if rows:
        Finding.objects.bulk_update(rows, ["decision", "changed"])
        proposal.undo = before
        proposal.save(update_fields=["undo"])


@transaction.atomic
def accept_rest(proposal: Proposal, *, by: Teacher, at: datetime) -> int:
    """Take all values about which nothing was decided; return how many, and let it be undone.

    Raises:
        NotAllowed, ProposalEnded: as `open_proposal`.
    """
    proposal = open_proposal(proposal, by)
    rows = list(undecided(proposal))
    before = {str(row.uid): [row.decision, row.changed] for row in rows}
    for row in rows:
        row.decision = Decision.CHANGED if row.changed else Decision.ACCEPTED
    _keep(proposal, rows, before)
    trail.record(by, "planning.rest-accepted", proposal, at=at, detail={"values": len(rows)})
    return len(rows)


def undecided(proposal: Proposal) -> Any:
    """Return the values of `proposal` about which nobody decided; gaps are none."""
    return proposal.findings.filter(decision=Decision.PENDING).exclude(kind__in=GAPS)


@transaction.atomic
def undo_decisions(proposal: Proposal, *, by: Teacher, at: datetime) -> int:
    """Take the last step of deciding back; return how many values it was about.

    Raises:
        NotAllowed, ProposalEnded: as `open_proposal`.
        NothingToUndo: there is no such step.
    """
    proposal = open_proposal(proposal, by)
    if not proposal.undo:
        raise NothingToUndo
    rows = []
    for finding in proposal.findings.filter(uid__in=[UUID(uid) for uid in proposal.undo]):
        finding.decision, finding.changed = proposal.undo[str(finding.uid)]
        rows.append(finding)
    Finding.objects.bulk_update(rows, ["decision", "changed"])
    proposal.undo = {}
    proposal.save(update_fields=["undo"])
    trail.record(by, "planning.values-undone", proposal, at=at, detail={"values": len(rows)})
    return len(rows)


@transaction.atomic
def settle_alike(proposal: Proposal, other: Proposal, *, by: Teacher, at: datetime) -> Proposal:
    """Say that a document is no copy of another one in spite of what they share.

    Raises:
        NotAllowed, ProposalEnded: as `open_proposal`.
    """
    proposal = open_proposal(proposal, by)
    proposal.alike = [
        {**each, "settled": each["settled"] or each["uid"] == str(other.uid)}
        for each in proposal.alike
    ]
    proposal.save(update_fields=["alike"])
    detail = {"other": str(other.uid)}
    trail.record(by, "planning.likeness-settled", proposal, at=at, detail=detail)
    return proposal


Alike = tuple[Proposal, int, bool]
"""Another document, the share that is alike in percent, and whether a person settled it."""


def alike_to(proposals: Iterable[Proposal], teacher: Teacher) -> dict[int, list[Alike]]:
    """Return the documents like each of `proposals` that `teacher` may see; one statement."""
    told = {row.pk: {each["uid"]: each for each in row.alike} for row in proposals}
    wanted = {uid for each in told.values() for uid in each}
    if not wanted:
        return {}
    rows = Proposal.objects.filter(uid__in=wanted).exclude(state=State.DROPPED)
    rows = rows.defer("prints", "source_lines", "slips")
    seen = {str(row.uid): row for row in allowed(may_see_proposal, teacher, rows)}
    return {
        pk: sorted(
            ((seen[uid], each["share"], each["settled"]) for uid, each in known.items()
             if uid in seen),
            key=lambda each: -each[1],
        )
        for pk, known in told.items()
    }  # fmt: skip


@transaction.atomic
def drop_proposal(proposal: Proposal, *, by: Teacher, at: datetime) -> Proposal:
    """Give a proposal up; the document can be read in again.

    Raises:
        NotAllowed, ProposalEnded: as `open_proposal`.
    """
    proposal = open_proposal(proposal, by)
    proposal.state = State.DROPPED
    proposal.save(update_fields=["state"])
    trail.record(by, "planning.proposal-dropped", proposal, at=at)
    return proposal
