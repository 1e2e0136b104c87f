"""Comparing one text with all that were entered."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.db.models import Q

from yanxiu.kernel.sources import Source
from yanxiu.originality.models import AreaComparison, Document, Mark
from yanxiu.people.models import Organisation, Teacher
from yanxiu.texts.passages import ONE_IN, Laid, Passage, Written, back, grams

Sort = Document.Sort

LIKELY = 200
"""So many documents with the rarest grams in common are looked at by where they belong."""

READ = 60
"""So many of them are read."""

AT_ONCE = 2_000

COVERED = 0.6
"""From this share on a passage counts as standing in a source that may be used."""

PHRASE = 60
CUSTOM = 12
EDGE = 3
"""A passage of fewer letters than PHRASE must mostly share what fewer than CUSTOM have."""


@dataclass(frozen=True)
class Match:
    """One source with which a text has passages in common.

    Attributes:
        source: the other text's.
        title: what the other is called; not for readers who may not open it, unless it is quoted.
        sort: "work" of somebody else, "own" for earlier work of the author, "common" for an agreed
            plan or the like, "quotation" for words of a book that somebody shared or that the
            school loaded, "template" for texts that circulate.
        passages: where they stand: `start`, `end` in the text asked about, `their_start`,
            `their_end` in the other, as written.
        text: the other text; not for readers who may not open it.
        organisation: the primary key of its school.
    """

    source: Source
    title: str
    sort: str
    passages: tuple[Passage, ...]
    text: str
    organisation: int

    @property
    def letters(self) -> int:
        """How many letters of the text asked about lie in its passages."""
        return sum(one.end - one.start for one in self.passages)

    @property
    def is_expected(self) -> bool:
        """Tell whether the likeness is as it should be."""
        return self.sort in {"own", Sort.COMMON, Sort.QUOTATION}


def alike(
    text: str,
    *,
    organisation: Organisation,
    besides: Source | Iterable[Source] | None = None,
    author: Teacher | None = None,
    reach: str = "school",
) -> list[Match]:
    """Return what was entered and has passages in common with `text`, the most alike first.

    Passages that also stand in an agreed plan, a quotation or an earlier work of the author are
    told of those alone. At most five statements.

    Args:
        text: as its author wrote it; it need not have been entered.
        organisation: the school it belongs to.
        besides: the source of the text itself, and others that are left out.
        author: whose text it is; other works of this teacher are "own".
        reach: "school", or "area" for all schools that an organisation above lets be compared;
            that is the school alone if none does.
    """
    written = Written(text)
    holders = _holders(grams(written.folded))
    found = _likely(holders)
    where = _within(organisation, reach)
    pks = _comparable(found, where, besides)
    laid = Laid(written.folded)
    matches = []
    for document in Document.objects.filter(pk__in=pks):
        common = [
            one
            for one in laid.passages(document.folded)
            if _says_something(written.folded[one.start : one.end], document.pk, holders)
        ]
        if common:
            matches.append(_match(document, common, written, author))
    return _without_expected(matches)


def _holders(wanted: set[int]) -> dict[int, list[int]]:
    """Return the documents that are marked with each gram."""
    holders: dict[int, list[int]] = defaultdict(list)
    each = sorted(wanted)
    for start in range(0, len(each), AT_ONCE):
        rows = Mark.objects.filter(gram__in=each[start : start + AT_ONCE])
        for gram, document in rows.values_list("gram", "document_id"):
            holders[gram].append(document)
    return holders


def _likely(holders: dict[int, list[int]]) -> list[int]:
    """Return the documents that share the rarest grams, the likeliest first."""
    weights: dict[int, float] = defaultdict(float)
    for documents in holders.values():
        weight = 1 / len(documents)
        for document in documents:
            weights[document] += weight
    return sorted(weights, key=lambda pk: (-weights[pk], pk))[:LIKELY]


def _says_something(passage: str, document: int, holders: dict[int, list[int]]) -> bool:
    """Tell whether a passage is long, or shares more than a set phrase and a word beside it."""
    if len(passage) >= PHRASE:
        return True
    common, rare = _weighed(grams(passage), document, holders)
    if rare > 1:
        return rare >= common
    _common, inside = _weighed(grams(passage[EDGE:-EDGE]), document, holders)
    return inside > 0 and inside >= common


def _weighed(wanted: set[int], document: int, holders: dict[int, list[int]]) -> tuple[int, int]:
    """Return how many grams many documents hold, and how many `document` and few others."""
    common = rare = 0
    for gram in wanted:
        held = holders.get(gram, ())
        # Every second gram is kept by short texts alone, so fewer hold it.
        if len(held) >= (CUSTOM if gram % (2 * ONE_IN) == 0 else CUSTOM // 4):
            common += 1
        elif document in held:
            rare += 1
    return common, rare


def _within(organisation: Organisation, reach: str) -> Q:
    """Return the condition that a document may be compared with one of `organisation`."""
    path = organisation.path
    if reach == "area":
        above = AreaComparison.objects.filter(organisation__in=organisation.lineage)
        paths = above.values_list("organisation__path", flat=True)
        path = min([*paths, path], key=len)
    from_above = Q(sort__in=[Sort.QUOTATION, Sort.TEMPLATE], organisation__in=organisation.lineage)
    return Q(organisation__path__startswith=path) | from_above


def _comparable(found: list[int], where: Q, besides: Source | Iterable[Source] | None) -> list[int]:
    """Return which of `found` are compared, at most READ, the likeliest first."""
    left_out = {besides} if isinstance(besides, Source) else set(besides or ())
    rows = Document.objects.filter(where, pk__in=found)
    may = {
        pk
        for pk, kind, uid in rows.values_list("pk", "source_kind", "source_id")
        if Source(kind, uid) not in left_out
    }
    return [pk for pk in found if pk in may][:READ]


def _match(
    document: Document, common: list[Passage], mine: Written, author: Teacher | None
) -> Match:
    theirs = Written(document.text)
    own = author is not None and document.author_id == author.pk
    return Match(
        source=Source(document.source_kind, document.source_id),
        title=document.title,
        sort="own" if own and document.sort == Sort.WORK else document.sort,
        passages=tuple(back(one, mine, theirs) for one in common),
        text=document.text,
        organisation=document.organisation_id,
    )


def _without_expected(matches: list[Match]) -> list[Match]:
    """Leave out of others' works what stands in sources that may be used; sort."""
    expected = [one for match in matches if match.is_expected for one in match.passages]
    kept = []
    for match in matches:
        if match.sort == Sort.WORK:
            left = tuple(one for one in match.passages if not _is_covered(one, expected))
            if not left:
                continue
            kept.append(replace(match, passages=left))
        else:
            kept.append(match)
    return sorted(kept, key=lambda match: (match.is_expected, -match.letters, match.title))


def _is_covered(passage: Passage, by: list[Passage]) -> bool:
    """Tell whether most of a passage lies in others."""
    covered = sum(_united(passage, by))
    return covered >= COVERED * (passage.end - passage.start)


def _united(passage: Passage, by: list[Passage]) -> Iterator[int]:
    """Yield the lengths of the parts of `passage` that lie in `by`, each letter once."""
    reached = passage.start
    for one in sorted(by, key=lambda each: each.start):
        start, end = max(one.start, reached), min(one.end, passage.end)
        if end > start:
            yield end - start
            reached = end
