"""Reading what was handed in: a word, a grade, or back with a word."""

from datetime import datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.ledger import actions as ledger
from yanxiu.ledger.models import Record
from yanxiu.notices.actions import notify
from yanxiu.people.access import holds_at, require
from yanxiu.people.models import Teacher
from yanxiu.works import records
from yanxiu.works.actions.draft import locked
from yanxiu.works.models import Reading, Work
from yanxiu.works.permissions import may_read_work
from yanxiu.works.refusals import WrongWorkState

CLOSING = "closing"
"""The deed of a leader: where a scheme wants the school to look too, it still waits for that."""
State = Work.State
Decision = Reading.Decision
OPEN = (State.HANDED_IN, State.READ, State.RATED)
"""States in which a work is read, graded and returned; later ones are past that."""


@transaction.atomic
def read_work(work: Work, *, comment: str = "", grade: str = "", by: Teacher, at: datetime) -> Work:
    """Say that it was read, with a word and a grade if one likes; the first time it is recorded.

    Args:
        work: what was handed in.
        comment: a word to the author.
        grade: one of `Work.Grade`, "" for none.
        by: who read it.
        at: when, aware.

    Raises:
        NotAllowed: `by` neither leads the author nor manages the works, or is an author.
        WrongWorkState: it is past being read.
        BadInput: there is no such grade.
    """
    require(may_read_work, by, work)
    work = locked(work)
    _still_read(work)
    if grade and grade not in Work.Grade.values:
        raise BadInput("没有这个等次，没有保存。请从列表里选一项，也可以不评等。")
    decision = Decision.RATED if grade else Decision.READ
    _add(work, decision, comment, grade, by, at)
    work.state = State.RATED if grade or work.grade else State.READ
    work.grade = grade or work.grade
    work.save(update_fields=["state", "grade"])
    _record(work, by, at)
    trail.record(by, "works.read", work, at=at, detail={"grade": grade})
    title = f"《{work.title}》有人看过了"
    _tell(work, title, comment.strip(), by, at)
    return work


@transaction.atomic
def return_work(work: Work, *, comment: str, by: Teacher, at: datetime) -> Work:
    """Give it back to be worked on, with a word on what.

    Raises:
        NotAllowed: as above.
        BadInput: there is no word.
        WrongWorkState: it is past being read.
    """
    require(may_read_work, by, work)
    work = locked(work)
    _still_read(work)
    if not comment.strip():
        raise BadInput("退回需要写一句意见，没有退回。请写明希望怎样修改。")
    _add(work, Decision.RETURNED, comment, "", by, at)
    work.state = State.RETURNED
    work.save(update_fields=["state"])
    trail.record(by, "works.returned", work, at=at)
    _tell(work, f"《{work.title}》请再改一改", comment.strip(), by, at)
    return work


def _still_read(work: Work) -> None:
    if work.dropped_at or work.state not in OPEN:
        remedy = "只有交来的、还没有推荐出去的可以审阅。"
        raise WrongWorkState(str(work.get_state_display()), remedy)


def _add(  # noqa: PLR0917 - one place, one row
    work: Work, decision: str, comment: str, grade: str, by: Teacher, at: datetime
) -> None:
    Reading.objects.create(
        work=work, reader=by, decision=decision, grade=grade, comment=comment.strip(), at=at
    )


def _record(work: Work, by: Teacher, at: datetime) -> None:
    """Write the records once, whoever reads it later or again."""
    source = source_of(work)
    standing = set(
        Record.objects.filter(
            source_kind=source.kind, source_id=source.uid, withdrawn_at=None
        ).values_list("teacher_id", flat=True)
    )
    news = [new for new in records.of_work(work) if new.teacher.pk not in standing]
    step = "school" if holds_at(by, "manage_works", work.organisation) else CLOSING
    ledger.submit(news, by=by, at=at, step=step)


def _tell(work: Work, title: str, text: str, by: Teacher, at: datetime) -> None:
    authors = [row.teacher for row in work.authors.select_related("teacher")]
    notify(
        [one for one in authors if one is not None and one.pk != by.pk],
        kind="decision",
        title=title,
        source=source_of(work),
        organisation=work.organisation,
        at=at,
        text=text,
    )
