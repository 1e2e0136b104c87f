"""What stands in a collection, as far as its reader may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from yanxiu.people.models import Teacher
from yanxiu.works.models import Work, WorkText
from yanxiu.works.permissions import may_see_whole_work
from yanxiu.works.queries.handed import as_handed_in, texts_in


@dataclass(frozen=True)
class Piece:
    """One work on paper: what stands above it, and its text under its headings."""

    title: str
    kind: str
    authors: str
    day: str
    about: str
    parts: tuple[tuple[str, str], ...]


def pieces_of(works: Iterable[Work], reader: Teacher) -> list[Piece]:
    """Return the works as `reader` may read them, in the order given; three statements.

    Of a returned one that is what was handed in; where there are such, two statements more.
    """
    given = list(works)
    keys = [work.pk for work in given]
    rows = Work.objects.filter(pk__in=keys)
    whole = set(rows.filter(may_see_whole_work(reader)).values_list("pk", flat=True))
    kept = as_handed_in(given, reader)
    live = WorkText.objects.filter(work__in=keys).exclude(work__in=kept)
    handed = chain.from_iterable(map(texts_in, kept.values()))
    texts: dict[int, list[WorkText]] = {}
    for text in chain(live.exclude(text=""), (one for one in handed if one.text)):
        if not text.is_private or text.work_id in whole:
            texts.setdefault(text.work_id, []).append(text)
    authors: dict[int, list[str]] = {}
    shares = rows.order_by("authors__order").values_list("pk", "authors__name")
    for pk, name in shares:
        authors.setdefault(pk, []).append(name or "")
    return [
        Piece(
            title=kept.get(work.pk, work).title or work.kind.name,
            kind=work.kind.name,
            authors="、".join(authors.get(work.pk, [])),
            day=f"{work.happened_on.year}年{work.happened_on.month}月{work.happened_on.day}日",
            about=work.about,
            parts=tuple((text.name, text.text) for text in texts.get(work.pk, [])),
        )
        for work in given
    ]
