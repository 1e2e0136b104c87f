"""Entering texts into the comparison, and taking them out."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction
from django.db.models import CharField, Count, QuerySet, UUIDField

from yanxiu.audit import kept
from yanxiu.kernel.sources import Source
from yanxiu.originality.models import CommonGram, Document, Mark
from yanxiu.people.models import Organisation, Teacher
from yanxiu.texts.keys import key
from yanxiu.texts.passages import kept_grams

Sort = Document.Sort

LONGEST = 300_000
"""Letters of a text that is compared; a longer one is no work but a collection."""

ENOUGH = 64
"""So many documents are marked with a gram; who shares it with all of them tells little."""

LOOK = 16
"""One document in so many looks whether its grams have become common."""

AT_ONCE = 2_000
"""So many grams are asked for in one statement."""

IN_ONE = 400
"""So many marks are written by one statement."""

log = logging.getLogger(__name__)


def _of_source() -> QuerySet[Document]:
    """Return the document of one source, locked."""
    return Document.objects.filter(
        source_kind=kept.Slot("kind", CharField()), source_id=kept.Slot("uid", UUIDField())
    ).select_for_update(of=("self",))


DOCUMENT = kept.KeptSelect(_of_source)


@transaction.atomic
def enter(
    source: Source,
    *,
    title: str,
    text: str,
    organisation: Organisation,
    author: Teacher | None,
    common: bool = False,
    at: datetime,
    sort: str = "",
) -> Document:
    """Have the text of `source` compared with others from now on, or its new text.

    Enter what others know of, when it is handed in or shared, never a private draft: a passage that
    somebody else shares with it will be told. `alike` needs nothing entered for the text it is
    asked about. A text that cannot be read is kept out and noted; nothing is refused.

    Args:
        source: whose text it is.
        title: what people call it.
        text: as its author wrote it.
        organisation: the school in which it is compared.
        author: whose work it is; None for what belongs to a group.
        common: an agreed plan or the like, which everybody may take over.
        at: when, aware.
        sort: one of `Document.Sort`, for the texts of this app.
    """
    wanted = sort or (Sort.COMMON if common else Sort.WORK)
    document = DOCUMENT.first(kind=source.kind, uid=source.uid) or Document(
        source_kind=source.kind, source_id=source.uid
    )
    before = _grams_of(document) if document.pk else set()
    document.organisation, document.author = organisation, author
    document.sort, document.title, document.entered_at = wanted, title[:200], at
    document.text = text
    now = _read(document)
    if document.pk:
        document.save()
    else:
        kept.insert(document)
    _mark(document, before, now)
    return document


@transaction.atomic
def remove(source: Source) -> None:
    """Have the text of `source` compared with nothing any more; nothing happens if it is not."""
    for document in Document.objects.filter(source_kind=source.kind, source_id=source.uid):
        _unmark(document, _grams_of(document))
        document.delete()


@transaction.atomic
def mark_again(document: Document) -> Document:
    """Mark `document` anew, as when the rules of marking have changed."""
    before = _grams_of(document)
    now = _read(document)
    document.save(update_fields=["folded", "trouble"])
    _unmark(document, before | now)
    _mark(document, set(), now)
    return document


def _grams_of(document: Document) -> set[int]:
    """Return the grams that it was marked with, and those that were left out as common."""
    return kept_grams(document.folded)


def _read(document: Document) -> set[int]:
    """Fold the text and return its grams; what cannot be read is noted on it."""
    document.folded, document.trouble = "", ""
    if len(document.text) > LONGEST:
        document.trouble = f"全文超过 {LONGEST // 10_000} 万字，没有参加核对。"
        return set()
    try:
        document.folded = key(document.text)
        return kept_grams(document.folded)
    except Exception:
        # Whatever is wrong with one text, the deed it came with and all other texts go on.
        log.exception("the text of %s %s is not read", document.source_kind, document.source_id)
        document.folded, document.trouble = "", "这份文字读不了，没有参加核对。"
        return set()


def _mark(document: Document, before: set[int], now: set[int]) -> None:
    """Write the marks that are new, and remove those that are gone."""
    _unmark(document, before - now)
    fresh = sorted(now - before)
    for start in range(0, len(fresh), IN_ONE):
        some = fresh[start : start + IN_ONE]
        _insert(some, document)
        if document.pk % LOOK == 0:
            _note_common(some)


def _insert(some: list[int], document: Document) -> None:
    """Write marks of grams that are not common, as numbers: objects cost more than the index."""
    quoted = connection.ops.quote_name
    marks, common = (quoted(model._meta.db_table) for model in (Mark, CommonGram))
    places = ", ".join(["(%s)"] * len(some))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {marks} (gram, document_id) SELECT column1, %s "  # noqa: S608 (our names)
            f"FROM (VALUES {places}) AS fresh "
            f"WHERE NOT EXISTS (SELECT 1 FROM {common} WHERE gram = column1)",
            [document.pk, *some],
        )


def _note_common(some: list[int]) -> None:
    """Note which grams have enough marks, so that no more are written."""
    counted = Mark.objects.filter(gram__in=some).values("gram").annotate(marks=Count("pk"))
    full = counted.filter(marks__gte=ENOUGH).values_list("gram", flat=True)
    CommonGram.objects.bulk_create([CommonGram(gram=gram) for gram in full], ignore_conflicts=True)


def _unmark(document: Document, gone: set[int]) -> None:
    """Remove marks, found by gram and document: there is no index by document alone."""
    each = sorted(gone)
    for start in range(0, len(each), AT_ONCE):
        some = each[start : start + AT_ONCE]
        Mark.objects.filter(gram__in=some, document=document).delete()


def mark_all(
    step: Callable[[int, int, str], None] = lambda _done, _of, _what: None,
    organisation: Organisation | None = None,
) -> tuple[int, list[tuple[str, str]]]:
    """Mark every document anew, each in its own transaction; one that fails blocks no other.

    Args:
        step: is told how many are done, of how many, and what comes now.
        organisation: only those of this one and below it.

    Returns:
        How many are compared now, and title and trouble of the others.
    """
    rows = Document.objects.order_by("pk")
    if organisation is not None:
        rows = rows.filter(organisation__path__startswith=organisation.path)
    pks = list(rows.values_list("pk", flat=True))
    failed: list[tuple[str, str]] = []
    for done, pk in enumerate(pks):
        document = Document.objects.filter(pk=pk).first()
        if document is None:
            continue
        step(done, len(pks), document.title)
        document = mark_again(document)
        if document.trouble:
            failed.append((document.title, document.trouble))
    step(len(pks), len(pks), "")
    return len(pks) - len(failed), failed
