"""From a document to what was read from it; nothing of it is in force before a person says so."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from yanxiu.attachments import actions as attachments
from yanxiu.attachments.refusals import UnknownFile
from yanxiu.audit import trail
from yanxiu.documents.outline import Outline
from yanxiu.documents.reading import read
from yanxiu.kernel.sources import source_of
from yanxiu.people.access import require_right
from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.planning.actions.leading_words import leading_words
from yanxiu.planning.alike import likenesses, prints_of
from yanxiu.planning.models import Finding, Proposal
from yanxiu.planning.permissions import may_see_proposal
from yanxiu.planning.reading import ReadDocument, read_documents
from yanxiu.planning.refusals import NothingToRead, ReadElsewhere
from yanxiu.planning.spans import span_named
from yanxiu.terms.models import Term
from yanxiu.terms.queries import terms_of
from yanxiu.texts.keys import key
from yanxiu.texts.suspicions import suspicions

State = Proposal.State
SAID_ONCE = {
    "goal", "quota", "quantity", "rhythm", "rule", "project", "problem", "outcome", "award",
    "content", "form", "target",
}  # fmt: skip
"""Kinds of value of which a second saying in one document is a copy, not another one."""


@dataclass(frozen=True)
class Text:
    """One plan or summary of a document, ready to be kept."""

    document: ReadDocument
    lines: dict[int, str]
    content_key: str


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
    """Read the plans and summaries in a document; nothing becomes a plan before it is confirmed.

    A document that was read before, or the same text in other bytes, gives what was read then:
    nothing is created twice. What was given up is read anew. Of several documents each is only
    found until `take_proposals` takes it.

    Args:
        organisation: whose document it is.
        data: the file.
        name: its name.
        by: who reads it in.
        at: when, aware.
        unit: the group whose document it is, None for the school's.

    Raises:
        NotAllowed: `by` does not manage the plans of `organisation`.
        NothingToRead: there is no plan and no summary in it.
        ReadElsewhere: somebody whose plans `by` does not see read it before.
        Refusal: the file cannot be read (`documents.reading`).
    """
    if unit is None or unit.pk not in by.leads:
        require_right(by, "manage_plans", organisation)
    digest = hashlib.sha256(data).hexdigest()
    texts = texts_in(read(data, name=name), name)
    keys = {text.content_key for text in texts}
    same = Proposal.objects.filter(Q(sha256=digest) | Q(content_key__in=keys))
    same = same.filter(organisation=organisation)
    standing = list(same.exclude(state=State.DROPPED))
    _require_seen(same, by, name)
    same.filter(state=State.DROPPED).delete()
    origin = {
        "organisation": organisation,
        "unit": unit,
        "file_name": Path(name).name[:200],
        "sha256": digest,
        "made_at": at,
        "made_by_uid": by.uid,
        "state": State.FOUND if len(texts) > 1 else State.OPEN,
    }
    found, made = _kept(texts, standing, origin)
    for proposal in made:
        trail.record(by, "planning.document-read", proposal, at=at, detail={"file": name})
    _keep_alike(made, organisation)
    if made and not any(row.sha256 == digest for row in standing):
        _keep_original(made[0], data, name, by, at)
    return found


def _kept(
    texts: list[Text], standing: list[Proposal], origin: Mapping[str, Any]
) -> tuple[list[Proposal], list[Proposal]]:
    """Return the proposals of `texts`, and those of them that did not stand before."""
    by_key = {row.content_key: row for row in standing}
    by_line = {row.first_line: row for row in standing if row.sha256 == origin["sha256"]}
    terms = terms_of(origin["organisation"])
    found, made = [], []
    for text in texts:
        proposal = by_key.get(text.content_key) or by_line.get(text.document.lines[0])
        if proposal is None:
            proposal = _propose(text, terms, origin)
            made.append(proposal)
        found.append(proposal)
    return found, made


def _require_seen(same: "QuerySet[Proposal]", by: Teacher, name: str) -> None:
    """Make sure that what was read before of the same is not somebody else's alone."""
    if same.exists() and not same.filter(may_see_proposal(by)).exists():
        raise ReadElsewhere(name)


def texts_in(outline: Outline, name: str) -> list[Text]:
    """Return the plans and summaries of an outline; one that stands in it twice counts once.

    Raises:
        NothingToRead: there is none.
    """
    found: dict[str, Text] = {}
    for document in read_documents(outline):
        if not document.findings:
            continue
        first, last = document.lines
        lines = {
            line.number: line.text
            for line in outline.lines
            if first <= line.number <= last and line.text.strip()
        }
        digest = hashlib.sha256(key("".join(lines.values())).encode()).hexdigest()
        found.setdefault(digest, Text(document, lines, digest))
    if not found:
        raise NothingToRead(name)
    return list(found.values())


def _propose(text: Text, terms: list[Term], origin: Mapping[str, Any]) -> Proposal:
    """Save one document with its values; `origin` tells whose and whence it is."""
    document, period = text.document, text.document.period
    first, last = document.lines
    term = _fitting_term(period.year, period.season, terms)
    span = span_named(period.kind, period.year, period.school_year, terms)
    is_summary = document.kind == "summary"
    proposal = Proposal.objects.create(
        **origin,
        kind=document.kind,
        title=document.title[:200],
        content_key=text.content_key,
        first_line=first,
        last_line=last,
        term=term,
        starts_on=span.start if is_summary and span else None,
        ends_on=span.end if is_summary and span else None,
        period={
            "kind": period.kind,
            "year": period.year,
            "season": period.season,
            "school_year": period.school_year,
            "inferred": period.inferred,
        },
        sections=[[each.level, each.number, each.title, each.line] for each in document.sections],
        source_lines={str(number): line for number, line in text.lines.items()},
        prints=prints_of(text.lines.values()),
        slips=list(_slips(text.lines)),
    )
    _save_findings(proposal, text)
    return proposal


def _fitting_term(year: int | None, season: str | None, terms: list[Term]) -> Term | None:
    """Return the term of the named half year, if the school has set it up."""
    half = {"autumn": Term.Half.FIRST, "spring": Term.Half.SECOND}.get(season or "")
    for term in terms:
        begins = term.school_year if half == Term.Half.FIRST else term.school_year + 1
        if half == term.half and begins == year:
            return term
    return None


def _slips(lines: Mapping[int, str]) -> Iterable[list[Any]]:
    """Return what looks mistyped, line by line; the whole text is looked at, as some show there."""
    starts, place = [], 0
    for number, line in lines.items():
        starts.append((place, number))
        place += len(line) + 1
    for each in suspicions("\n".join(lines.values())):
        number = max(start for start in starts if start[0] <= each.start)[1]
        yield [number, each.written, each.suggested, each.why]


def _save_findings(proposal: Proposal, text: Text) -> None:
    said: dict[tuple[str, ...], int] = {}
    leading = {each.line: each for each in leading_words(text.document, text.lines)}
    rows = [
        Finding(
            proposal=proposal, order=order, kind=each.kind, name=each.text[:300],
            value=each.text, line=line, text=text.lines[line],
        )
        for order, (line, each) in enumerate(leading.items())
    ]  # fmt: skip
    for order, found in enumerate(text.document.findings, start=len(rows)):
        whole = leading.get(found.line)
        if whole and found.kind == "content" and key(str(found.value)) in key(whole.text):
            continue  # the paragraph comes in as it stands
        value = _storable(found.value)
        same = (
            found.kind, key(found.name), key(str(value)), found.unit or "", found.period or "",
        )  # fmt: skip
        first = said.setdefault(same, found.line)
        is_copy = found.kind in SAID_ONCE and first != found.line
        rows.append(
            Finding(
                proposal=proposal,
                order=order,
                kind=found.kind,
                name=found.name[:300],
                value=value,
                unit=found.unit or "",
                per=found.per or "",
                qualifier=found.qualifier or "",
                period=found.period or "",
                line=found.line,
                text=found.text,
                inferred=found.inferred,
                copy_of=first if is_copy else None,
                decision=Finding.Decision.DROPPED if is_copy else Finding.Decision.PENDING,
            )
        )
    Finding.objects.bulk_create(rows)


def _storable(value: object) -> Any:
    """Return `value` as JSON can hold it; a Decimal as text, which keeps every digit."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return {name: _storable(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(each) for each in value]
    return value


def _keep_alike(made: list[Proposal], organisation: Organisation) -> None:
    """Note with each new document which others of the organisation say much of the same."""
    if not made:
        return
    new = [row.pk for row in made]
    others = Proposal.objects.filter(organisation=organisation).exclude(state=State.DROPPED)
    known = list(others.exclude(pk__in=new).only("uid", "prints"))
    for proposal in made:
        # A copy in the same file is noted with the later of the two.
        proposal.alike = likenesses(proposal, known)
        known.append(proposal)
    Proposal.objects.bulk_update([row for row in made if row.alike], ["alike"])


def _keep_original(proposal: Proposal, data: bytes, name: str, by: Teacher, at: datetime) -> None:
    """Keep the document beside the proposal, where it is of a kind that is kept."""
    try:
        attachments.keep(
            source_of(proposal), data, name=name, organisation=proposal.organisation, by=by, at=at
        )
    except UnknownFile:
        return
