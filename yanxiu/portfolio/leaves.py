"""What stands in a growth file because the person put it in, or brought it along."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from yanxiu.figures.leaves import Leaf, LeafKind, LeafTable
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import Span
from yanxiu.portfolio.models import Piece
from yanxiu.portfolio.permissions import may_see_piece


def _pieces(span: Span) -> "QuerySet[Any]":
    rows = Piece.objects.filter(on__gte=span.start, on__lt=span.end, removed_at=None)
    return rows.select_related("arrival")


def _tell(rows: Sequence[Any]) -> Iterable[Leaf]:
    for row in rows:
        told = row.told
        facts = tuple((str(name), str(text)) for name, text in told.get("facts", ()))
        texts = tuple((str(name), str(text)) for name, text in told.get("texts", ()))
        if row.arrival:
            facts = (("来自", f"{row.arrival.origin}（转入的档案，本人申报，不计学时）"), *facts)
        yield Leaf(
            on=row.on,
            title=row.title,
            part=row.part,
            minutes=row.minutes,
            amount=row.amount,
            facts=facts,
            texts=(*((("内容", row.text),) if row.text else ()), *texts),
            tables=tuple(_table(one) for one in told.get("tables", ())),
            source=source_of(row),
            files_of=(source_of(row),),
            category=row.category,
        )


def _table(told: dict[str, Any]) -> LeafTable:
    rows = tuple(tuple(str(cell) for cell in row) for row in told["rows"])
    return LeafTable(tuple(str(one) for one in told["head"]), rows, str(told.get("name", "")))


LEAVES = [
    LeafKind(
        code="portfolio.pieces",
        name="放入和转入的材料",
        meaning="本人放入档案的材料，和从别处带来的档案；只是申报，不计学时。",
        category="",
        supplier="本人，在成长档案页放入",
        rows=_pieces,
        tell=_tell,
        seen_by=may_see_piece,
        teacher="teacher",
        order=("on", "pk"),
        counted_in="category",
    ),
]
