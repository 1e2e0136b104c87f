"""Putting something into the own growth file by hand, and taking it out again."""

from datetime import date, datetime

from django.db import transaction

from yanxiu.attachments import actions as attachments
from yanxiu.audit import trail
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.kernel.sources import source_of
from yanxiu.people.access import require
from yanxiu.people.models import Teacher
from yanxiu.portfolio.models import Piece
from yanxiu.portfolio.permissions import may_change_piece
from yanxiu.portfolio.refusals import NoSchoolYet


@transaction.atomic
def put_piece(
    teacher: Teacher,
    *,
    category: str,
    on: date,
    title: str,
    text: str = "",
    file: tuple[str, bytes] | None = None,
    by: Teacher,
    at: datetime,
) -> Piece:
    """Put something into one's own file; it is declared and gives no hours.

    Args:
        teacher: whose file it is.
        category: the code of a category of the school.
        on: the day it belongs to.
        title: what it is.
        text: what was written, "" where only a file is given.
        file: name and bytes of a file, if there is one.
        by: the same person.
        at: when, aware.

    Raises:
        NotAllowed: `by` is somebody else.
        NoSchoolYet: a file is given, and the person has no post today.
        FileTooLarge: the file is larger than the installation allows.
        UnknownFile: the file is of no kind that is kept.
    """
    if by.pk != teacher.pk:
        raise NotAllowed
    if file and teacher.organisation is None:
        raise NoSchoolYet(teacher.name)
    piece = Piece.objects.create(
        teacher=teacher, category=category, on=on, title=title, text=text, put_at=at
    )
    if file:
        name, data = file
        attachments.keep(
            source_of(piece), data, name=name, organisation=teacher.organisation, by=by, at=at
        )
    trail.record(by, "portfolio.piece-put", piece, at=at)
    return piece


@transaction.atomic
def remove_piece(piece: Piece, *, by: Teacher, at: datetime) -> Piece:
    """Take out of one's own file what was put in by hand; the row stays, out of sight.

    Raises:
        NotAllowed: it is another's, came with an archive, or is out already.
    """
    require(may_change_piece, by, piece)
    piece.removed_at = at
    piece.save(update_fields=["removed_at"])
    trail.record(by, "portfolio.piece-removed", piece, at=at)
    return piece
