"""The growth file of a teacher: what stands in it, and what is missing, kindly."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db.models import QuerySet

from yanxiu.attachments.models import Attachment
from yanxiu.audit.models import TrailLine
from yanxiu.figures.leaves import (
    Counted,
    Gap,
    GapKind,
    Leaf,
    LeafKind,
    counts_and_gaps,
    counts_of,
    gap_counts,
    gap_kinds,
    gaps_of,
    leaves_of,
)
from yanxiu.kernel.sources import Source
from yanxiu.kernel.spans import Span
from yanxiu.people.models import Organisation, Post, Teacher
from yanxiu.portfolio.models import Piece
from yanxiu.portfolio.queries.categories import (
    OTHERS,
    Section,
    Sections,
    personal_kinds,
    sections_for,
)
from yanxiu.terms.models import Term

FILE_VIEWED: Final = "portfolio.file-viewed"
FILE_TAKEN: Final = "portfolio.file-taken"
LONG_AGO: Final = date(1950, 1, 1)


def looks_at(teacher: Teacher) -> "QuerySet[TrailLine]":
    """Return who opened or took the growth file of `teacher`, newest first."""
    return TrailLine.objects.filter(
        source_kind=Teacher.SOURCE_KIND,
        source_id=teacher.uid,
        verb__in=[FILE_VIEWED, FILE_TAKEN],
    ).order_by("-at", "-id")


def whole_span(day: date) -> Span:
    """Return all days up to `day`."""
    return Span(LONG_AGO, date.fromordinal(day.toordinal() + 1))


# ---- what there is, and what is missing ----
@dataclass(frozen=True)
class CategoryLine:
    """One category of a file: how much stands in it, and who can supply what is missing."""

    section: Section
    count: int
    suppliers: list[str]

    @property
    def is_missing(self) -> bool:
        """Whether it is asked for and empty."""
        return self.section.is_asked and not self.count


@dataclass(frozen=True)
class Standing:
    """How one file stands: its categories, and of which kinds the person has to supply what."""

    lines: list[CategoryLine]
    kinds: dict[str, list[LeafKind]]
    waiting: list[tuple[GapKind, int]]

    @property
    def missing(self) -> list[CategoryLine]:
        """The categories that are asked for and empty."""
        return [one for one in self.lines if one.is_missing]


def standing_of(teacher: Teacher, sections: Sections, span: Span, reader: Teacher) -> Standing:
    """Return how the file of `teacher` stands; one statement.

    What waits for the person is told to the person alone.
    """
    gaps = gap_kinds().values() if reader.pk == teacher.pk else ()
    known = {kind.code: kind for kind in personal_kinds()}
    counted, missing = counts_and_gaps(known.values(), gaps, span, [teacher.pk], reader)
    own = _by_category(counted, sections, only={teacher.pk}).get(teacher.pk, Counter())
    kinds: defaultdict[str, list[LeafKind]] = defaultdict(list)
    for _who, code, category in counted:
        place = kinds[sections.place(code, category)]
        if known[code] not in place:
            place.append(known[code])
    return Standing(
        lines=[
            CategoryLine(one, own[one.code], sections.suppliers(one.code))
            for one in sections.all
            if one.code != OTHERS or own[OTHERS]
        ],
        kinds=dict(kinds),
        waiting=[(kind, missing[kind.code]) for kind in gaps if kind.code in missing],
    )


def _by_category(
    counted: Counted, sections: Sections, *, only: set[int]
) -> dict[int, Counter[str]]:
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for (who, kind, category), count in counted.items():
        if who in only:
            found[who][sections.place(kind, category)] += count
    return found


@dataclass(frozen=True)
class SchoolLine:
    """How the files of one school stand: persons by category, never a person by name."""

    school: Organisation
    teachers: int
    missing: list[tuple[Section, int]]


def school_lines(
    schools: Sequence[Organisation], span: Span, day: date, reader: Teacher
) -> list[SchoolLine]:
    """Return in how many files of each school each asked category is still empty.

    Three statements, however many schools and teachers there are.
    """
    posts = (
        Post.objects.on(day)
        .filter(organisation__in=[one.pk for one in schools], teacher__is_active=True)
        .order_by()
    )
    people: defaultdict[int, set[int]] = defaultdict(set)
    for teacher, school in posts.values_list("teacher_id", "organisation_id"):
        people[school].add(teacher)
    counted = counts_of(personal_kinds(), span, posts.values("teacher_id"), reader)
    found = []
    for school, sections in zip(schools, sections_for(schools).values(), strict=True):
        own = _by_category(counted, sections, only=people[school.pk])
        missing = [
            (one, len(people[school.pk]) - sum(1 for each in own.values() if each[one.code]))
            for one in sections.all
            if one.is_asked
        ]
        found.append(SchoolLine(school, len(people[school.pk]), missing))
    return found


# ---- what stands in it ----
def file_leaves(
    teachers: Sequence[int],
    span: Span,
    reader: Teacher,
    *,
    kinds: Iterable[LeafKind] | None = None,
) -> dict[int, list[Leaf]]:
    """Return the leaves of each of `teachers` by their day; a few statements for each kind."""
    found: defaultdict[int, list[Leaf]] = defaultdict(list)
    for kind in personal_kinds() if kinds is None else kinds:
        for who, leaves in leaves_of(kind, span, list(teachers), reader).items():
            found[who].extend(leaves)
    return {who: sorted(leaves, key=lambda leaf: leaf.on) for who, leaves in found.items()}


def by_section(leaves: Iterable[Leaf], sections: Sections) -> list[tuple[Section, list[Leaf]]]:
    """Return the leaves under their categories, in the order of the school; no empty ones."""
    found: defaultdict[str, list[Leaf]] = defaultdict(list)
    for leaf in leaves:
        found[sections.of(leaf)].append(leaf)
    return [(one, found[one.code]) for one in sections.all if found[one.code]]


def by_term(leaves: Iterable[Leaf], terms: Sequence[Term]) -> list[tuple[str, list[Leaf]]]:
    """Return the leaves by term, the newest first; what lies in no term stands under its year."""
    found: dict[tuple[date, str], list[Leaf]] = {}
    for leaf in leaves:
        term = next((one for one in terms if leaf.on in one.span), None)
        key = (term.starts_on, str(term)) if term else (date(leaf.on.year, 1, 1), _year(leaf.on))
        found.setdefault(key, []).append(leaf)
    return [(name, found[start, name]) for start, name in sorted(found, reverse=True)]


def _year(day: date) -> str:
    return f"{day.year}年"


def files_of(leaves: Iterable[Leaf]) -> dict[Source, list[Attachment]]:
    """Return the files that belong to the leaves; one statement."""
    wanted = {source for leaf in leaves for source in leaf.files_of}
    if not wanted:
        return {}
    rows = Attachment.objects.filter(
        source_kind__in={one.kind for one in wanted}, source_id__in={one.uid for one in wanted}
    ).order_by("id")
    found: dict[Source, list[Attachment]] = {}
    for row in rows:
        source = Source(row.source_kind, row.source_id)
        if source in wanted:
            found.setdefault(source, []).append(row)
    return found


def keys_of(leaves: Sequence[Leaf]) -> list[UUID]:
    """Return what names each leaf across installations, in their order; one statement."""
    pieces = [leaf.source.uid for leaf in leaves if _is_piece(leaf) and leaf.source]
    known = dict(Piece.objects.filter(uid__in=pieces).values_list("uid", "key"))
    return [
        known[leaf.source.uid] if _is_piece(leaf) and leaf.source else _key(leaf) for leaf in leaves
    ]


def _is_piece(leaf: Leaf) -> bool:
    return leaf.source is not None and leaf.source.kind == Piece.SOURCE_KIND


def _key(leaf: Leaf) -> UUID:
    thing = f"{leaf.source.kind}:{leaf.source.uid}" if leaf.source else "—"
    return uuid5(NAMESPACE_OID, f"{leaf.kind}|{thing}|{leaf.on.isoformat()}|{leaf.title}")


# ---- what things lack ----
@dataclass(frozen=True)
class Lacking:
    """What is missing: how much of each kind, and the first things of the kind that is shown."""

    counts: list[tuple[GapKind, int]]
    kind: GapKind | None
    gaps: list[Gap]


def lacking(
    span: Span, reader: Teacher, *, path: str = "", code: str = "", most: int = 100
) -> Lacking:
    """Return what is missing in the schools below `path`, or what `reader` is asked to supply.

    Two statements, and those that the kind needs; the first kind of which something is missing is
    shown unless `code` names one.
    """
    known = gap_kinds()
    if path:
        counts = gap_counts(known.values(), span, reader, path=path)
    else:
        counts = counts_and_gaps((), known.values(), span, [], reader)[1]
    found = [(kind, counts[kind.code]) for kind in known.values() if kind.code in counts]
    kinds = [kind for kind, _count in found]
    shown = next((one for one in kinds if one.code == code), next(iter(kinds), None))
    gaps = gaps_of(shown, span, reader, path=path, most=most) if shown else []
    return Lacking(found, shown, gaps)
