"""Bringing a growth file along from another installation."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from yanxiu.attachments import actions as attachments
from yanxiu.attachments.models import Attachment
from yanxiu.audit import trail
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of, moment_at
from yanxiu.people.models import Teacher
from yanxiu.places.writing import tell_written
from yanxiu.portfolio.arrivals import Brought as Leaf
from yanxiu.portfolio.arrivals import Reader
from yanxiu.portfolio.models import Arrival, Piece
from yanxiu.portfolio.queries.files import file_leaves, keys_of, whole_span
from yanxiu.portfolio.refusals import NoSchoolYet, OtherName
from yanxiu.texts.keys import key


@dataclass(frozen=True)
class Brought:
    """What came of it: the arrival, how many pieces are new, how many were here already."""

    arrival: Arrival
    new: int
    known: int
    files: int


def bring(
    teacher: Teacher, path: Path, *, by: Teacher | None, at: datetime, is_own: bool = False
) -> Brought:
    """Read the archive `path` into the growth file of `teacher`, as declared earlier history.

    Nothing of it becomes a record, and no hours are recognised. What is here already, from this
    archive, an earlier one, or because it happened in this house, is not written again; so an
    import that broke off is finished by doing it once more.

    Args:
        teacher: whose file it is.
        path: the archive.
        by: the same person, or None for the console.
        at: when, aware.
        is_own: the person says that it is the own file though it bears another name.

    Raises:
        NotAllowed: `by` is somebody else.
        NoSchoolYet: the person has no post today.
        OtherName: it bears another name, and nobody has said that it is the person's own.
        NotAGrowthFile: it is no archive of a growth file.
        Tampered: a file in it is not what its checksum says.
    """
    if by is not None and by.pk != teacher.pk:
        raise NotAllowed
    if teacher.organisation is None:
        raise NoSchoolYet(teacher.name)
    reader = Reader(path)
    if by is not None and not is_own and key(reader.person_name) != key(teacher.name):
        raise OtherName(reader.person_name, teacher.name)
    leaves = reader.leaves()
    for one in leaves:
        for file in one.files:
            # All is read before anything is written, so that nothing is half there.
            reader.original(file)
    here = file_leaves([teacher.pk], whole_span(day_of(at)), teacher).get(teacher.pk, [])
    arrival, new = _write(teacher, reader, leaves, set(keys_of(here)), by=by, at=at)
    files = _keep_files(teacher, reader, leaves, by=by, at=at)
    return Brought(arrival, len(new), len(leaves) - len(new), files)


@transaction.atomic
def take_back(arrival: Arrival, *, by: Teacher, at: datetime) -> int:
    """Take out of one's own file all that came with one archive; return how many pieces.

    The archive can be brought again: then the pieces are written anew.

    Raises:
        NotAllowed: it is somebody else's file.
    """
    if arrival.teacher_id != by.pk:
        raise NotAllowed
    Teacher.objects.select_for_update(of=("self",)).get(pk=by.pk)
    pieces = list(arrival.pieces.filter(removed_at=None))
    for piece in pieces:
        piece.removed_at = at
    Piece.objects.bulk_update(pieces, ["removed_at"], batch_size=500)
    tell_written(pieces)
    if pieces:
        detail = {"origin": arrival.origin, "pieces": len(pieces)}
        trail.record(by, "portfolio.file-taken-back", by, at=at, detail=detail)
    return len(pieces)


@transaction.atomic
def _write(
    teacher: Teacher,
    reader: Reader,
    leaves: list[Leaf],
    here: set[UUID],
    *,
    by: Teacher | None,
    at: datetime,
) -> tuple[Arrival, list[Piece]]:
    Teacher.objects.select_for_update(of=("self",)).get(pk=teacher.pk)
    here |= set(
        Piece.objects.filter(teacher=teacher, removed_at=None).values_list("key", flat=True)
    )
    arrival, fresh = Arrival.objects.get_or_create(
        teacher=teacher,
        sha256=reader.sha256,
        defaults={
            "origin": reader.origin,
            "person_name": reader.person_name,
            "made_at": moment_at(reader.made_on()),
            "files_checked": reader.files_checked,
            "arrived_at": at,
            "by_name": by.name if by else "控制台",
        },
    )
    new = {
        one.key: Piece(
            teacher=teacher,
            arrival=arrival,
            key=one.key,
            category=one.category,
            on=one.on,
            title=one.title,
            part=one.part,
            minutes=one.minutes,
            amount=one.amount,
            told=one.told,
            put_at=at,
        )
        for one in leaves
        if one.key not in here
    }
    made = Piece.objects.bulk_create(new.values(), batch_size=500)
    tell_written(made)
    if fresh or made:
        detail = {"origin": arrival.origin, "pieces": len(made), "files": reader.files_checked}
        trail.record(by, "portfolio.file-brought", teacher, at=at, detail=detail)
    return arrival, made


def _keep_files(
    teacher: Teacher, reader: Reader, leaves: list[Leaf], *, by: Teacher | None, at: datetime
) -> int:
    pieces = {
        piece.key: piece
        for piece in Piece.objects.filter(teacher=teacher, removed_at=None).exclude(arrival=None)
    }
    kept = set(
        Attachment.objects.filter(
            source_kind=Piece.SOURCE_KIND, source_id__in=[one.uid for one in pieces.values()]
        ).values_list("source_id", "sha256")
    )
    count = 0
    for leaf in leaves:
        piece = pieces.get(leaf.key)
        for file in leaf.files:
            if piece is None or (piece.uid, file.sha256) in kept:
                continue
            attachments.keep(
                source_of(piece),
                reader.original(file),
                name=file.name,
                organisation=teacher.organisation,
                by=by,
                at=at,
            )
            count += 1
    return count
