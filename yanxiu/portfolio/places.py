"""The kinds of source that the growth file owns."""

from django.urls import reverse

from yanxiu.places.table import Place
from yanxiu.portfolio.models import Piece
from yanxiu.portfolio.permissions import may_see_piece

PLACES = [
    Place(
        kind=Piece.SOURCE_KIND,
        name="档案材料",
        rows=lambda: Piece.objects.filter(removed_at=None).select_related("teacher"),
        title=lambda row: row.title,
        url=lambda row: reverse("portfolio:piece", args=[row.uid]),
        seen_by=may_see_piece,
        text=lambda row: f"{row.title} {row.text}",
        person=lambda row: row.teacher_id,
        day=lambda row: row.on,
    ),
]
