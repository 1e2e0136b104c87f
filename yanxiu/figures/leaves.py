"""The table of leaves: dated texts, tables and files of one teacher or one unit over a span.

Handbook, growth file and chronicle are made of leaves. An app that declares a kind of leaf in its
`leaves.py` appears in all of them; nothing else is edited. Beside the leaves stand the gaps: what
a thing that happened still lacks, and who can supply it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, F, IntegerField, Q, QuerySet, Value

from yanxiu.kernel.sources import Source
from yanxiu.kernel.spans import Span


@dataclass(frozen=True)
class LeafTable:
    """A small table of a leaf; all cells are written as people read them."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    name: str = ""


@dataclass(frozen=True)
class Earned:
    """What a leaf came to by one rule book: the amount, its unit, and whether it still waits."""

    rule: str
    unit: str
    amount: Decimal
    waits: bool = False


@dataclass(frozen=True)
class Leaf:
    """叶: one dated piece of a person's or a unit's work, as it is told on pages and on paper.

    Attributes:
        on: the day it belongs to.
        title: what it is.
        part: the part the person had in it, in words (主讲人, 参加).
        minutes: how long it took, None where nobody says.
        amount: what it came to, in words with its unit (2 学时).
        earned: the same as figures, to be added up under a chapter.
        facts: short facts, each with its name.
        texts: longer texts, each with its heading.
        tables: tables.
        source: where it opens.
        files_of: the things whose attached files belong to this person's file.
        category: the category where it differs from that of its kind.
        kind: the code of its kind; filled in by `leaves_of`.
    """

    on: date
    title: str
    part: str = ""
    minutes: int | None = None
    amount: str = ""
    earned: tuple[Earned, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    tables: tuple[LeafTable, ...] = ()
    source: Source | None = None
    files_of: tuple[Source, ...] = ()
    category: str = ""
    kind: str = ""


@dataclass(frozen=True)
class LeafKind:
    """One kind of leaf, declared in the `leaves.py` of the app that owns the rows.

    Attributes:
        code: the stable name, `app.what`.
        name: what people call it.
        meaning: one sentence that says what it is made of.
        category: the code of the category into which it falls by itself.
        supplier: who supplies it, for the sentence about what is missing.
        rows: the rows of a span, with everything joined that `tell` needs.
        tell: the leaves of those rows, one for each, in their order.
        seen_by: which rows a reader may see, a function from a teacher to `Q`.
        teacher: the lookup from a row to the person, "" for leaves of units alone.
        unit: the lookup from a row to the unit, "" for leaves of persons alone.
        order: the lookups that put the rows in the order in which they are read.
        counted_in: the lookup of the category where a row says its own.
    """

    code: str
    name: str
    meaning: str
    category: str
    supplier: str
    rows: Callable[[Span], "QuerySet[Any]"]
    tell: Callable[[Sequence[Any]], Iterable[Leaf]]
    seen_by: Callable[[Any], Q]
    teacher: str = ""
    unit: str = ""
    order: tuple[str, ...] = ("pk",)
    counted_in: str = ""


@dataclass(frozen=True)
class Gap:
    """缺项: what one thing lacks, and who can supply it."""

    on: date
    title: str
    what: str
    supplier: str
    source: Source | None = None


@dataclass(frozen=True)
class GapKind:
    """One kind of gap, declared beside the leaves of its app.

    Attributes:
        code: the stable name, `app.what`.
        name: what people call it.
        meaning: one sentence that says when something counts as missing.
        rows: the things of a span that lack it.
        tell: the gaps of those rows, one for each, in their order.
        seen_by: which of them a reader may see.
        mine: which of them the reader is asked to supply.
        organisation: the lookup from a row to its organisation.
        order: the lookups that put the rows in their order.
    """

    code: str
    name: str
    meaning: str
    rows: Callable[[Span], "QuerySet[Any]"]
    tell: Callable[[Sequence[Any]], Iterable[Gap]]
    seen_by: Callable[[Any], Q]
    mine: Callable[[Any], Q]
    organisation: str = "organisation"
    order: tuple[str, ...] = ("pk",)


_KINDS: dict[str, LeafKind] = {}
_GAPS: dict[str, GapKind] = {}


def register(kind: LeafKind) -> None:
    """Add `kind` to the table; a code is declared once."""
    if _KINDS.setdefault(kind.code, kind) is not kind:
        message = f"the leaf {kind.code!r} is declared twice"
        raise ValueError(message)


def register_gap(kind: GapKind) -> None:
    """Add `kind` to the table of gaps; a code is declared once."""
    if _GAPS.setdefault(kind.code, kind) is not kind:
        message = f"the gap {kind.code!r} is declared twice"
        raise ValueError(message)


def leaf_kinds() -> Mapping[str, LeafKind]:
    """Return every kind of leaf by its code."""
    return dict(_KINDS)


def gap_kinds() -> Mapping[str, GapKind]:
    """Return every kind of gap by its code."""
    return dict(_GAPS)


def leaves_of(
    kind: LeafKind, span: Span, teachers: Any, reader: Any, *, most: int | None = None
) -> dict[int, list[Leaf]]:
    """Return what `kind` tells of each of `teachers` within `span`, as far as `reader` may see it.

    Args:
        kind: a kind that has a person.
        span: the days.
        teachers: primary keys, or a queryset of them.
        reader: the teacher who will read it.
        most: how many rows at most, the newest; None is all.

    Returns:
        The leaves by the primary key of the person, in the order of the kind; whoever has none is
        not in it.
    """
    rows = kind.rows(span).filter(kind.seen_by(reader), **{f"{kind.teacher}__in": teachers})
    rows = rows.annotate(leaf_owner=F(kind.teacher)).order_by(*kind.order)
    if most is not None:
        rows = rows.reverse()[:most]
    shown = list(rows)
    found: defaultdict[int, list[Leaf]] = defaultdict(list)
    for row, leaf in zip(shown, kind.tell(shown), strict=True):
        found[row.leaf_owner].append(_of(kind, leaf))
    return dict(found)


def leaves_of_unit(kind: LeafKind, span: Span, unit: int, reader: Any) -> list[Leaf]:
    """Return what `kind` tells of the unit within `span`, as far as `reader` may see it."""
    rows = kind.rows(span).filter(kind.seen_by(reader), **{kind.unit: unit})
    shown = list(rows.order_by(*kind.order))
    return [_of(kind, leaf) for leaf in kind.tell(shown)]


def _of(kind: LeafKind, leaf: Leaf) -> Leaf:
    return replace(leaf, kind=kind.code, category=leaf.category or kind.category)


Counted = dict[tuple[int, str, str], int]
"""How many leaves there are, by person, kind and category."""


def counts_of(kinds: Iterable[LeafKind], span: Span, teachers: Any, reader: Any) -> Counted:
    """Return how many leaves each of `teachers` has of each kind; one statement for all kinds."""
    return counts_and_gaps(kinds, (), span, teachers, reader)[0]


def counts_and_gaps(
    kinds: Iterable[LeafKind], gaps: Iterable[GapKind], span: Span, teachers: Any, reader: Any
) -> tuple[Counted, dict[str, int]]:
    """Return the counts of leaves, and of what `reader` is asked to supply; one statement."""
    parts = [_counts(kind, span, teachers, reader) for kind in kinds if kind.teacher]
    parts += [_gap_counts(kind, span, reader, "") for kind in gaps]
    leaves: Counted = {}
    missing: dict[str, int] = {}
    for who, code, category, count in _together(parts):
        if category == _GAP:
            missing[code] = count
        else:
            leaves[who, code, category] = count
    return leaves, missing


def gap_counts(kinds: Iterable[GapKind], span: Span, reader: Any, *, path: str) -> dict[str, int]:
    """Return how much is missing of each kind in the schools below `path`; one statement."""
    parts = [_gap_counts(kind, span, reader, path) for kind in kinds]
    return {code: count for _who, code, _category, count in _together(parts)}


_GAP = "/gap"


def _together(parts: Sequence["QuerySet[Any]"]) -> Iterator[tuple[int, str, str, int]]:
    """Yield what was counted; of a kind that stands under one name alone, nothing counts as 0."""
    if not parts:
        return
    first, *others = parts
    for row in first.union(*others, all=True) if others else first:
        if row[3]:
            yield row


def _gap_counts(kind: GapKind, span: Span, reader: Any, path: str) -> "QuerySet[Any]":
    nobody = Value(0, output_field=IntegerField())
    grouped: QuerySet[Any] = (
        _lacking(kind, span, reader, path)
        .order_by()
        .annotate(leaf_owner=nobody, leaf_kind=_word(kind.code), leaf_category=_word(_GAP))
        .values("leaf_owner", "leaf_kind", "leaf_category")
        .annotate(leaf_count=Count("pk", distinct=True))
        .values_list("leaf_owner", "leaf_kind", "leaf_category", "leaf_count")
    )
    return grouped


def _counts(kind: LeafKind, span: Span, teachers: Any, reader: Any) -> "QuerySet[Any]":
    rows = kind.rows(span).filter(kind.seen_by(reader), **{f"{kind.teacher}__in": teachers})
    category: Any = F(kind.counted_in) if kind.counted_in else _word(kind.category)
    grouped: QuerySet[Any] = (
        rows.order_by()
        .annotate(leaf_owner=F(kind.teacher), leaf_kind=_word(kind.code), leaf_category=category)
        .values("leaf_owner", "leaf_kind", "leaf_category")
        .annotate(leaf_count=Count("pk"))
        .values_list("leaf_owner", "leaf_kind", "leaf_category", "leaf_count")
    )
    return grouped


def _word(word: str) -> Value:
    return Value(word, output_field=CharField())


def gaps_of(
    kind: GapKind, span: Span, reader: Any, *, path: str = "", most: int | None = None
) -> list[Gap]:
    """Return what is missing; below `path` for a list of a school, else what `reader` supplies."""
    rows = _lacking(kind, span, reader, path).order_by(*kind.order)
    shown = list(rows[:most] if most is not None else rows)
    return list(kind.tell(shown))


def _lacking(kind: GapKind, span: Span, reader: Any, path: str) -> "QuerySet[Any]":
    rows = kind.rows(span)
    if not path:
        return rows.filter(kind.mine(reader))
    below = {f"{kind.organisation}__path__startswith": path}
    return rows.filter(kind.seen_by(reader), **below)
