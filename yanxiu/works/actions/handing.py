"""Handing a work in, taking it back, its versions, and putting a draft away."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from yanxiu.audit import trail
from yanxiu.people.access import require
from yanxiu.people.models import Teacher
from yanxiu.works.actions.draft import locked, still_written
from yanxiu.works.actions.neighbours import compare
from yanxiu.works.actions.writing import save
from yanxiu.works.models import Work, WorkVersion
from yanxiu.works.permissions import may_own_work, may_write_work
from yanxiu.works.queries.sections import headings_of
from yanxiu.works.refusals import NothingWritten, NoTitle, WrongWorkState

State = Work.State
Why = WorkVersion.Why


@transaction.atomic
def hand_in(work: Work, *, by: Teacher, at: datetime) -> Work:
    """Hand it in to the leader of the own group and the office; what was written is kept.

    Raises:
        NotAllowed: `by` is not the first author.
        WrongWorkState: it is handed in already.
        NoTitle, NothingWritten: title or text is missing.
    """
    require(may_own_work, by, work)
    work = locked(work)
    still_written(work)
    if not work.title:
        raise NoTitle
    _require_text(work)
    keep_version(work, Why.HANDED_IN, by=by, at=at)
    work.state, work.handed_in_at = State.HANDED_IN, at
    work.save(update_fields=["state", "handed_in_at"])
    compare(work, at=at)
    trail.record(by, "works.handed-in", work, at=at)
    return work


def _require_text(work: Work) -> None:
    texts = {row.code: row.text.strip() for row in work.texts.all()}
    for heading in headings_of(work.kind, work.organisation):
        if heading.is_required and not texts.get(heading.code):
            raise NothingWritten(heading.name)
    if not any(texts.values()) and not work.has_file:
        raise NothingWritten


@transaction.atomic
def withdraw(work: Work, *, by: Teacher, at: datetime) -> Work:
    """Take it back as a draft; possible until somebody has read it.

    Raises:
        NotAllowed: `by` is not the first author.
        WrongWorkState: it is not handed in, or was read already.
    """
    require(may_own_work, by, work)
    work = locked(work)
    if work.state != State.HANDED_IN:
        remedy = "没有人审阅之前可以撤回；已经审阅的，请审阅的人退回修改。"
        raise WrongWorkState(str(work.get_state_display()), remedy)
    work.state, work.handed_in_at = State.DRAFT, None
    work.save(update_fields=["state", "handed_in_at"])
    compare(work, at=at)
    trail.record(by, "works.withdrawn", work, at=at)
    return work


def keep_version(work: Work, why: str, *, by: Teacher, at: datetime) -> WorkVersion:
    """Keep title and texts as they are now; the same twice in a row is kept once."""
    texts = [
        {"code": row.code, "name": row.name, "text": row.text, "private": row.is_private}
        for row in work.texts.all()
    ]
    last = work.versions.first()
    if last and (last.title, last.texts) == (work.title, texts):
        return last
    number = (work.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    return WorkVersion.objects.create(
        work=work,
        number=number,
        why=why,
        title=work.title,
        texts=texts,
        characters=work.characters,
        made_at=at,
        made_by_name=by.name,
    )


@transaction.atomic
def restore_version(work: Work, version: WorkVersion, *, by: Teacher, at: datetime) -> Work:
    """Write on from an earlier version; what stood there until now is kept as a version too.

    Raises:
        NotAllowed: `by` is none of its authors.
        WrongWorkState: it is handed in.
    """
    require(may_write_work, by, work)
    work = locked(work)
    still_written(work)
    keep_version(work, Why.RESTORED, by=by, at=at)
    return save(
        work,
        edition=work.edition,
        title=version.title,
        texts={
            **dict.fromkeys(work.texts.values_list("code", flat=True), ""),
            **{row["code"]: row["text"] for row in version.texts},
        },
        by=by,
        at=at,
    )


@transaction.atomic
def drop(work: Work, *, by: Teacher, at: datetime) -> Work:
    """Put a draft away; it can be taken out again.

    Raises:
        NotAllowed: `by` is not the first author.
        WrongWorkState: it is handed in.
    """
    require(may_own_work, by, work)
    work = locked(work)
    still_written(work)
    work.dropped_at = at
    work.save(update_fields=["dropped_at"])
    compare(work, at=at)
    trail.record(by, "works.dropped", work, at=at)
    return work


@transaction.atomic
def take_out(work: Work, *, by: Teacher, at: datetime) -> Work:
    """Take a draft that was put away out again.

    Raises:
        NotAllowed: `by` is not the first author.
    """
    require(may_own_work, by, work)
    work = locked(work)
    work.dropped_at = None
    work.save(update_fields=["dropped_at"])
    compare(work, at=at)
    trail.record(by, "works.taken-out", work, at=at)
    return work
