"""Reading summaries: as they stand, and what has changed since they were approved."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from yanxiu.kernel.sources import Source
from yanxiu.people.models import Organisation, Post, Teacher
from yanxiu.people.models.teacher import today
from yanxiu.places.table import links
from yanxiu.reports.documents.term_summary.blocks import DATA
from yanxiu.reports.documents.term_summary.data import (
    Linked,
    Row,
    Section,
    Stated,
    Table,
    TermSummary,
)
from yanxiu.reports.documents.term_summary.earlier import ReadSummary, from_kept, of_document
from yanxiu.reports.documents.term_summary.filling import filled
from yanxiu.reports.documents.term_summary.freezing import thaw
from yanxiu.reports.documents.term_summary.outline import kept
from yanxiu.reports.documents.term_summary.reckoning import Reckoner
from yanxiu.reports.models import Summary


def approvers(organisation: Organisation, right: str = "approve_summaries") -> list[Teacher]:
    """Return who approves summaries of `organisation`: its own people, else the next superior's."""
    upwards = organisation.lineage
    posts = (
        Post.objects.on(today())
        .filter(organisation__in=upwards)
        .select_related("role", "teacher", "organisation")
        .order_by("id")
    )
    approving = [post for post in posts if right in post.role.rights]
    if not approving:
        return []
    nearest = max(len(post.organisation.path) for post in approving)
    found = {
        post.teacher_id: post.teacher
        for post in approving
        if len(post.organisation.path) == nearest
    }
    return list(found.values())


def receivers(summary: Summary, by: Teacher) -> list[Teacher]:
    """Return who decides about a summary that `by` hands in.

    Those of a unit or a person go to the research office, all others to who approves.
    """
    if summary.unit_id is not None or summary.teacher_id is not None:
        office = [
            one for one in approvers(summary.organisation, "manage_summaries") if one.pk != by.pk
        ]
        if office:
            return office
    return approvers(summary.organisation)


def previous(summary: Summary) -> Summary | None:
    """Return the last summary of the same subject and period, one year before if there is one."""
    rows = Summary.objects.filter(
        organisation=summary.organisation_id,
        unit=summary.unit_id,
        teacher=summary.teacher_id,
        period=summary.period,
        starts_on__lt=summary.span.start,
    ).select_related("organisation", "unit", "teacher", "term")
    found = list(rows.exclude(pk=summary.pk).order_by("-starts_on")[:4])
    half = summary.term.half if summary.term is not None else None
    same = [one for one in found if one.term is not None and one.term.half == half]
    return next(iter(same or found), None)


def earlier_texts(summary: Summary) -> ReadSummary | None:
    """Return last time's words: from the file that was read, else from the last summary."""
    if summary.before:
        return from_kept(summary.before)
    last = previous(summary)
    if last is None:
        return None
    if last.is_approved:
        return of_document(thaw(last.frozen), str(last))
    reckoner = Reckoner(last, last.made_at)
    sections = tuple(
        Section(part.key, part.title, reckoner.prose(part), part.role)
        for part in kept(last.outline)
    )
    return of_document(TermSummary(last.title, "", "", sections), str(last))


@dataclass(frozen=True)
class Changes:
    """What the figures say today where an approved summary says otherwise.

    Attributes:
        numbers: the present number by the key of the frozen one.
        cells: the present text by table, row and column of the frozen one.
        gone: the table rows that are no longer there.
        added: how many rows each table has gained.
    """

    numbers: dict[tuple[str, str], Stated] = field(default_factory=dict)
    cells: dict[tuple[str, str, int], str] = field(default_factory=dict)
    gone: frozenset[tuple[str, str]] = frozenset()
    added: dict[str, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """In how many places the document differs."""
        return len(self.numbers) + len(self.cells) + len(self.gone) + sum(self.added.values())


def changes(frozen: TermSummary, fresh: TermSummary) -> Changes:
    """Compare a frozen document with one reckoned now; numbers and table rows, not the prose."""
    present = fresh.numbers
    numbers = {
        key: present[key]
        for key, one in frozen.numbers.items()
        if key in present and present[key].value != one.value
    }
    now = _tables(fresh)
    cells: dict[tuple[str, str, int], str] = {}
    gone: set[tuple[str, str]] = set()
    added = {}
    for name, before in _tables(frozen).items():
        after = now.get(name, {})
        # A figure that becomes nought leaves the table for the sentence below it.
        if name != DATA:
            added[name] = len(after.keys() - before.keys())
            gone |= {(name, key) for key in before.keys() - after.keys()}
        for key in before.keys() & after.keys():
            for column, text in _changed_texts(before[key], after[key]).items():
                cells[name, key, column] = text
    return Changes(
        numbers, cells, frozenset(gone), {name: count for name, count in added.items() if count}
    )


def _changed_texts(before: Row, after: Row) -> dict[int, str]:
    """Return the present text of the cells that differ, numbers of the table of figures apart."""
    pairs = enumerate(zip(before.cells, after.cells, strict=False))
    return {
        column: str(new)
        for column, (old, new) in pairs
        if not isinstance(old, Stated) and str(old) != str(new)
    }


def _tables(document: TermSummary) -> dict[str, dict[str, Row]]:
    return {
        block.key: {row.key: row for row in block.rows}
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Table)
    }


@dataclass(frozen=True)
class Standing:
    """A summary with its document: frozen words and numbers once approved, else reckoned now."""

    summary: Summary
    document: TermSummary
    changes: Changes
    reckoner: Reckoner


def standing(summary: Summary, at: datetime) -> Standing:
    """Return the document of `summary` as a reader sees it at `at`."""
    reckoner = Reckoner(summary, at)
    fresh = filled(reckoner)
    if not summary.is_approved:
        return Standing(summary, fresh, Changes(), reckoner)
    frozen = thaw(summary.frozen)
    return Standing(summary, frozen, changes(frozen, fresh), reckoner)


def addresses(document: TermSummary, reader: Teacher) -> dict[str, str]:
    """Return the address of each thing named in `document` that `reader` may open, by uid."""
    sources = {
        Source(piece.kind, UUID(piece.uid))
        for piece in document.pieces()
        if isinstance(piece, Linked)
    }
    return {str(source.uid): link.url for source, link in links(sources, reader).items()}
