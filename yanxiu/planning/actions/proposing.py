"""From a document to a proposal, and what a person decides about each value."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from yanxiu.attachments import actions as attachments
from yanxiu.attachments.refusals import UnknownFile
from yanxiu.audit import trail
from yanxiu.documents.outline import Outline
from yanxiu.documents.reading import read
from yanxiu.kernel.sources import source_of
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.planning.models import Finding, Proposal
from yanxiu.planning.permissions import may_see_proposal
from yanxiu.planning.reading import ReadDocument, read_documents
from yanxiu.planning.refusals import NothingToRead, ProposalEnded, ReadElsewhere
from yanxiu.terms.models import Term
from yanxiu.terms.queries import terms_of


@transaction.atomic
def read_proposals(
    organisation: Organisation,
    data: bytes,
    *,
    name: str,
    by: Teacher,
    at: datetime,
    unit: Unit | None = None,
) -> list[Proposal]:
    """Read the plans in a document as proposals; nothing becomes a plan before it is confirmed.

    A document that was read before gives the proposals of then: nothing is created twice. Those
    that were given up are read anew.

    Args:
        organisation: whose plan it is.
        data: the file.
        name: its name.
        by: who reads it in.
        at: when, aware.
        unit: the group whose plan it is, None for the school's.

    Raises:
        NotAllowed: `by` does not manage the plans of `organisation`.
        NothingToRead: there is no plan in it.
        ReadElsewhere: somebody whose plans `by` does not see read it before.
        Refusal: the file cannot be read (`documents.reading`).
    """
    if unit is None or unit.pk not in by.leads:
        require_right(by, "manage_plans", organisation)
    digest = hashlib.sha256(data).hexdigest()
    known = Proposal.objects.filter(organisation=organisation, sha256=digest)
    standing = {row.first_line: row for row in known.exclude(state=Proposal.State.DROPPED)}
    if standing and not known.filter(may_see_proposal(by)).exists():
        raise ReadElsewhere(name)
    given_up, _rows = known.filter(state=Proposal.State.DROPPED).delete()
    if standing and not given_up:
        return [standing[line] for line in sorted(standing)]
    outline = read(data, name=name)
    plans = [each for each in read_documents(outline) if each.kind == "plan" and each.findings]
    if not plans:
        raise NothingToRead(name)
    origin = {
        "organisation": organisation,
        "unit": unit,
        "file_name": Path(name).name[:200],
        "sha256": digest,
        "made_at": at,
        "made_by_uid": by.uid,
    }
    terms = terms_of(organisation)
    made = []
    for document in plans:
        proposal = standing.get(document.lines[0])
        if proposal is None:
            proposal = _propose(document, outline, terms, origin)
            trail.record(by, "planning.document-read", proposal, at=at, detail={"file": name})
        made.append(proposal)
    if not standing:
        _keep_original(made[0], data, name, by, at)
    return made


def _propose(
    document: ReadDocument, outline: Outline, terms: list[Term], origin: Mapping[str, Any]
) -> Proposal:
    """Save one plan of a document with its findings; `origin` tells whose and whence it is."""
    first, last = document.lines
    period = document.period
    proposal = Proposal.objects.create(
        **origin,
        title=document.title[:200],
        first_line=first,
        last_line=last,
        term=_fitting_term(period.year, period.season, terms),
        period={
            "kind": period.kind,
            "year": period.year,
            "season": period.season,
            "inferred": period.inferred,
        },
        sections=[[each.level, each.number, each.title, each.line] for each in document.sections],
        source_lines={
            str(line.number): line.text
            for line in outline.lines
            if first <= line.number <= last and line.text.strip()
        },
    )
    _save_findings(proposal, document)
    return proposal


def _fitting_term(year: int | None, season: str | None, terms: list[Term]) -> Term | None:
    """Return the term of the named half year, if the school has set it up."""
    half = {"autumn": Term.Half.FIRST, "spring": Term.Half.SECOND}.get(season or "")
    for term in terms:
        begins = term.school_year if half == Term.Half.FIRST else term.school_year + 1
        if half == term.half and begins == year:
            return term
    return None


def _save_findings(proposal: Proposal, document: ReadDocument) -> None:
    Finding.objects.bulk_create(
        Finding(
            proposal=proposal,
            order=order,
            kind=found.kind,
            name=found.name[:300],
            value=_storable(found.value),
            unit=found.unit or "",
            per=found.per or "",
            qualifier=found.qualifier or "",
            period=found.period or "",
            line=found.line,
            text=found.text,
            inferred=found.inferred,
        )
        for order, found in enumerate(document.findings)
    )


def _storable(value: object) -> Any:
    """Return `value` as JSON can hold it; a Decimal as text, which keeps every digit."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return {name: _storable(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(each) for each in value]
    return value


def _keep_original(proposal: Proposal, data: bytes, name: str, by: Teacher, at: datetime) -> None:
    """Keep the document beside the proposal, where it is of a kind that is kept."""
    try:
        attachments.keep(
            source_of(proposal), data, name=name, organisation=proposal.organisation, by=by, at=at
        )
    except UnknownFile:
        return


def open_proposal(proposal: Proposal, by: Teacher) -> Proposal:
    """Return `proposal` locked and checked to be open.

    Raises:
        NotAllowed: `by` does not manage the plans of the organisation.
        ProposalEnded: it was confirmed or dropped before.
    """
    require(may_see_proposal, by, proposal)
    found = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("organisation", "unit", "term")
        .get(pk=proposal.pk)
    )
    if found.state != Proposal.State.OPEN:
        raise ProposalEnded(str(found.get_state_display()))
    return found


@transaction.atomic
def decide(
    proposal: Proposal,
    decisions: Mapping[int, Mapping[str, Any] | None],
    *,
    term: Term | None,
    by: Teacher,
    at: datetime,
) -> Proposal:
    """Keep what a person decided about the values of a proposal.

    Args:
        proposal: an open proposal.
        decisions: for each finding's primary key None (not taken) or the values that differ from
            what was read ({} where it is taken as read).
        term: the chosen term, if any.
        by: who decides.
        at: when, aware.

    Raises:
        NotAllowed, ProposalEnded: as `open_proposal`.
    """
    proposal = open_proposal(proposal, by)
    proposal.term = term
    proposal.save(update_fields=["term"])
    rows = []
    for finding in proposal.findings.filter(pk__in=decisions):
        changed = decisions[finding.pk]
        finding.changed = dict(changed or {})
        if changed is None:
            finding.decision = Finding.Decision.DROPPED
        else:
            kept = Finding.Decision.CHANGED if changed else Finding.Decision.ACCEPTED
            finding.decision = kept
        rows.append(finding)
    Finding.objects.bulk_update(rows, ["decision", "changed"])
    trail.record(by, "planning.values-decided", proposal, at=at, detail={"values": len(rows)})
    return proposal


@transaction.atomic
def drop_proposal(proposal: Proposal, *, by: Teacher, at: datetime) -> Proposal:
    """Give a proposal up; the document can be read in again.

    Raises:
        NotAllowed, ProposalEnded: as `open_proposal`.
    """
    proposal = open_proposal(proposal, by)
    proposal.state = Proposal.State.DROPPED
    proposal.save(update_fields=["state"])
    trail.record(by, "planning.proposal-dropped", proposal, at=at)
    return proposal
