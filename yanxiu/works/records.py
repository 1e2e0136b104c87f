"""Works, prizes and publications told as 研修记录 the ledger understands."""

import hashlib
from collections.abc import Iterable
from datetime import time
from decimal import Decimal

from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import moment_at
from yanxiu.ledger.actions import NewRecord
from yanxiu.ledger.models import Record
from yanxiu.texts.keys import key
from yanxiu.works.models import Outcome, Work, WorkAuthor, WorkKind

AUTHOR = "author"
PAPER = "paper"
PAPER_PRIZE = "paper_prize"
MORNING = time(8)


def of_work(work: Work) -> list[NewRecord]:
    """Return a record for each author of the house; none where no scheme counts the kind."""
    kind = work.kind
    if not kind.record_kind or kind.recorded != WorkKind.Recorded.READ:
        return []
    authors = WorkAuthor.objects.filter(work=work).select_related("teacher")
    return [
        NewRecord(
            teacher=author.teacher,
            organisation=work.organisation,
            kind=kind.record_kind,
            role=AUTHOR,
            title=work.title,
            happened_at=moment_at(work.happened_on, MORNING),
            items=Decimal(1),
            characters=Decimal(work.characters),
            author_order=author.order,
            grade=work.grade if work.grade == Work.Grade.EXCELLENT else "",
            content_key=key_of(work),
            delivery_mode="self_study",
            assurance=Record.Assurance.CHECKED,
            source=source_of(work),
        )
        for author in authors
        if author.teacher is not None
    ]


def key_of(work: Work) -> str:
    """Return the key by which one piece of writing counts once, read, printed and awarded."""
    return f"work:{work.uid}"


def of_outcome(outcome: Outcome, evidence: Iterable[str]) -> list[NewRecord]:
    """Return a record for each author of the house, in the order of the certificate."""
    return [
        NewRecord(
            teacher=author.teacher,
            organisation=outcome.organisation,
            kind=_kind_of(outcome),
            role=AUTHOR,
            title=outcome.title,
            happened_at=moment_at(outcome.happened_on, MORNING),
            items=Decimal(1),
            characters=Decimal(outcome.work.characters) if outcome.work else None,
            organiser_level=outcome.level,
            prize=outcome.prize,
            author_order=author.order,
            content_key=_key_of_outcome(outcome),
            delivery_mode="self_study",
            evidence=tuple(evidence),
            assurance=Record.Assurance.CHECKED,
            source=source_of(outcome),
        )
        for author in outcome.authors.select_related("teacher")
        if author.teacher is not None
    ]


def _kind_of(outcome: Outcome) -> str:
    kind = outcome.work.kind.record_kind if outcome.work else PAPER
    if kind not in {"", PAPER}:
        return kind
    return PAPER_PRIZE if outcome.kind == Outcome.Kind.PRIZE else PAPER


def _key_of_outcome(outcome: Outcome) -> str:
    if outcome.work:
        return key_of(outcome.work)
    digest = hashlib.blake2b(key(outcome.title).encode(), digest_size=12).hexdigest()
    return f"title:{digest}"
