"""A reader's own records: beginning, writing, copying out, telling, making a note of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from yanxiu.audit import trail
from yanxiu.books.actions.ground import TITLE, book_for, tidy, typed, works_in
from yanxiu.books.actions.quoting import let_be_quoted
from yanxiu.books.models import Book, Excerpt, ReadingRecord
from yanxiu.books.permissions import may_own_record
from yanxiu.books.refusals import BookInHand, NoBookTitle, NothingCopied, RecordWrittenMeanwhile
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.originality import actions as originality
from yanxiu.people.access import require
from yanxiu.people.models import Organisation, Teacher
from yanxiu.places.writing import tell_written
from yanxiu.texts.keys import key
from yanxiu.works import actions as works
from yanxiu.works.models import Work, WorkKind

State = ReadingRecord.State
FACTS = ("mode", "pages", "started_on", "finished_on", "notes")
NOTE_KINDS = ("reading_notes", "reading_essay")
"""The kinds of work that a record makes with one tap: 读书笔记 and 读书心得."""
LONGEST = 200_000
MOST_EXCERPTS = 2000


@transaction.atomic
def start_reading(
    organisation: Organisation,
    *,
    by: Teacher,
    at: datetime,
    book: Book | None = None,
    title: str = "",
    author: str = "",
    kind: str = Book.Kind.BOOK,
    state: str = State.READING,
    uid: UUID | None = None,
) -> ReadingRecord:
    """Begin to read, or want to; who has the book in hand already goes on with that record.

    Args:
        organisation: the reader's school.
        by: the reader.
        at: when, aware.
        book: what is read; without it `title` says so.
        title: a title as it was typed.
        author: who wrote the book, if it is new here.
        kind: what it is, if it is new here.
        state: `reading` or `want`.
        uid: the uid under which a device began it; it is begun once.

    Raises:
        NotAllowed: `by` has no post in `organisation`.
        NoBookTitle: there is neither book nor title.
    """
    works_in(by, organisation)
    book = book or book_for(organisation, title, author=author, kind=kind)
    standing = ReadingRecord.objects.filter(teacher=by, book=book, dropped_at=None).first()
    if standing:
        goes_on = standing.state != State.READ and state == State.READING
        return change_state(standing, State.READING, by=by, at=at) if goes_on else standing
    state = State.WANT if state == State.WANT else State.READING
    record = ReadingRecord(
        organisation=organisation,
        teacher=by,
        book=book,
        state=state,
        started_on=day_of(at) if state == State.READING else None,
        begun_at=at,
        saved_at=at,
    )
    if uid:
        record.uid = uid
    record.save()
    trail.record(by, "books.started", record, at=at)
    return record


def _own(record: ReadingRecord, by: Teacher) -> ReadingRecord:
    require(may_own_record, by, record)
    rows = ReadingRecord.objects.select_for_update(of=("self",))
    return rows.select_related("book", "organisation", "teacher").get(pk=record.pk)


@transaction.atomic
def save_record(
    record: ReadingRecord,
    *,
    edition: int,
    facts: Mapping[str, Any],
    title: str | None = None,
    by: Teacher,
    at: datetime,
) -> ReadingRecord:
    """Save what was typed, if nothing else was saved since `edition`; the same again is no change.

    Raises:
        NotAllowed: `by` is not the reader.
        RecordWrittenMeanwhile: another device saved since `edition`; nothing is overwritten.
        NoBookTitle, BookInHand: the title is empty, or that of another record of the reader's.
        BadInput: a value cannot be meant.
    """
    record = _own(record, by)
    given = {name: value for name, value in facts.items() if name in FACTS}
    _check(record, given)
    same_title = _same_title(record, title)
    if same_title and all(getattr(record, name) == value for name, value in given.items()):
        return record
    if edition != record.edition:
        raise RecordWrittenMeanwhile(record)
    left = None if same_title else _rename(record, title or "", by)
    for name, value in given.items():
        setattr(record, name, value)
    record.edition += 1
    record.saved_at = at
    record.save()
    if left:
        left.delete()
    return record


def _check(record: ReadingRecord, given: dict[str, Any]) -> None:
    """Bring `given` into the form in which it is kept, and refuse what cannot be meant."""
    if "notes" in given:
        given["notes"] = typed(given["notes"])
        if len(given["notes"]) > LONGEST:
            raise BadInput("札记超过20万字，没有保存。请分到摘录里，或另写一篇读书笔记。")
    if "pages" in given:
        given["pages"] = tidy(given["pages"], 60)
    if "mode" in given and given["mode"] not in ReadingRecord.Mode.values:
        raise BadInput("没有这种读法，没有保存。请从列表里选一项。")
    started = given.get("started_on", record.started_on)
    finished = given.get("finished_on", record.finished_on)
    if started and finished and finished < started:
        raise BadInput("读完的日期早于开始的日期，没有保存。请核对日期。")
    if record.state == State.READ and not finished:
        raise BadInput("读完的书要有读完的日期，没有保存。还在读的请点“还在读”。")


def _same_title(record: ReadingRecord, title: str | None) -> bool:
    """Tell whether `title` says nothing new: marks and script of a known book stay as they are."""
    if title is None or tidy(title, TITLE) == record.book.title:
        return True
    return key(title)[:TITLE] == record.book.key and _told_elsewhere(record)


def _rename(record: ReadingRecord, title: str, by: Teacher) -> Book | None:
    """Give the record another title; return the book that nobody has to do with any more.

    What is saved while somebody types is no book yet, so a book that only this record knows is
    called otherwise where it stands.
    """
    known_by, old = key(title)[:TITLE], record.book
    if not known_by:
        raise NoBookTitle
    own = old.organisation_id == record.organisation_id and not _told_elsewhere(record)
    same = Book.objects.filter(key=known_by, organisation__in=record.organisation.lineage)
    if own and not same.exclude(pk=old.pk).exists():
        old.title, old.key = tidy(title, TITLE), known_by
        old.save(update_fields=["title", "key"])
        return None
    book = book_for(record.organisation, title)
    others = ReadingRecord.objects.filter(teacher=by, book=book, dropped_at=None)
    if others.exclude(pk=record.pk).exists():
        raise BookInHand(book.named)
    record.book = book
    return old if own else None


def _told_elsewhere(record: ReadingRecord) -> bool:
    """Tell whether others have to do with the book too, whose title is not one reader's to mend."""
    book = record.book
    return (
        book.records.exclude(pk=record.pk).exists()
        or book.items.exists()
        or book.recommendations.exists()
        or book.rounds.exists()
        or book.meetings.exists()
    )


@transaction.atomic
def change_state(record: ReadingRecord, state: str, *, by: Teacher, at: datetime) -> ReadingRecord:
    """Say how far one is: wanting, reading, read (today, if no day is said yet), put aside.

    Raises:
        NotAllowed: `by` is not the reader.
        BadInput: there is no such state.
    """
    record = _own(record, by)
    if state not in State.values:
        raise BadInput("没有这一步，没有改动。请从按钮里选一个。")
    today = day_of(at)
    if state == State.READING:
        record.started_on, record.finished_on = record.started_on or today, None
    elif state == State.READ:
        record.started_on = record.started_on or today
        record.finished_on = record.finished_on or max(today, record.started_on)
    else:
        record.finished_on = None
    record.state, record.saved_at = state, at
    record.edition += 1
    record.save()
    _note_excerpts(record, at)
    trail.record(by, "books.state-changed", record, at=at, detail={"state": state})
    return record


@transaction.atomic
def tell_record(record: ReadingRecord, told_to: str, *, by: Teacher, at: datetime) -> ReadingRecord:
    """Say who may see that one reads it; the notes stay one's own in any case.

    Raises:
        NotAllowed: `by` is not the reader.
        BadInput: there is no such audience.
    """
    record = _own(record, by)
    if told_to not in ReadingRecord.ToldTo.values:
        raise BadInput("没有选给谁看，没有改动。请从列表里选一项。")
    record.told_to = told_to
    record.save(update_fields=["told_to"])
    _note_excerpts(record, at)
    trail.record(by, "books.told", record, at=at, detail={"to": told_to})
    return record


def _note_excerpts(record: ReadingRecord, at: datetime) -> None:
    """Tell who finds the excerpts that their readers follow from the record, which was changed."""
    excerpts = list(record.excerpts.all())
    tell_written(excerpts)
    for excerpt in excerpts:
        let_be_quoted(excerpt, at=at)


@transaction.atomic
def drop_record(record: ReadingRecord, *, by: Teacher, at: datetime) -> ReadingRecord:
    """Put a record away; it can be taken out again.

    Raises:
        NotAllowed: `by` is not the reader.
    """
    record = _own(record, by)
    record.dropped_at = at
    record.save(update_fields=["dropped_at"])
    _note_excerpts(record, at)
    trail.record(by, "books.dropped", record, at=at)
    return record


@transaction.atomic
def take_out_record(record: ReadingRecord, *, by: Teacher, at: datetime) -> ReadingRecord:
    """Take a record that was put away out again.

    Raises:
        NotAllowed: `by` is not the reader.
        BookInHand: the reader began the book anew meanwhile.
    """
    record = _own(record, by)
    record.dropped_at = None
    try:
        with transaction.atomic():
            record.save(update_fields=["dropped_at"])
    except IntegrityError as taken:
        raise BookInHand(record.book.named) from taken
    _note_excerpts(record, at)
    trail.record(by, "books.taken-out", record, at=at)
    return record


# ---- copied out ----
@transaction.atomic
def add_excerpt(
    record: ReadingRecord,
    *,
    text: str,
    page: str = "",
    thought: str = "",
    is_shared: bool = False,
    by: Teacher,
    at: datetime,
    uid: UUID | None = None,
) -> Excerpt:
    """Copy something out, with its page; what a device sends twice stands once.

    Raises:
        NotAllowed: `by` is not the reader.
        NothingCopied: there is neither an excerpt nor a thought.
        BadInput: there are very many, or it is a whole book.
    """
    record = _own(record, by)
    standing = record.excerpts.filter(uid=uid).first() if uid else None
    if standing:
        return standing
    text, thought = typed(text).strip(), typed(thought).strip()
    if not text and not thought:
        raise NothingCopied
    if len(text) + len(thought) > LONGEST or record.excerpts.count() >= MOST_EXCERPTS:
        raise BadInput("摘录太长或太多，没有保存。一段最长20万字，一本书最多2000段。")
    excerpt = Excerpt(
        record=record,
        page=tidy(page, 20),
        text=text,
        thought=thought,
        is_shared=is_shared,
        made_at=at,
    )
    if uid:
        excerpt.uid = uid
    excerpt.save()
    let_be_quoted(excerpt, at=at)
    record.saved_at = at
    record.save(update_fields=["saved_at"])
    return excerpt


@transaction.atomic
def share_excerpt(excerpt: Excerpt, *, is_shared: bool, by: Teacher, at: datetime) -> Excerpt:
    """Let those who may see the record read this excerpt, or nobody any more.

    Raises:
        NotAllowed: `by` is not the reader.
    """
    record = _own(excerpt.record, by)
    excerpt.is_shared = is_shared
    excerpt.save(update_fields=["is_shared"])
    let_be_quoted(excerpt, at=at)
    trail.record(by, "books.excerpt-shared", record, at=at, detail={"shared": is_shared})
    return excerpt


@transaction.atomic
def remove_excerpt(excerpt: Excerpt, *, by: Teacher) -> None:
    """Take an excerpt out of the record.

    Raises:
        NotAllowed: `by` is not the reader.
    """
    _own(excerpt.record, by)
    originality.remove(source_of(excerpt))
    excerpt.delete()


# ---- the note ----
@transaction.atomic
def write_note(record: ReadingRecord, code: str, *, by: Teacher, at: datetime) -> Work:
    """Begin a 读书心得 or 读书笔记 about the book; a draft that stands already is gone on with.

    A 读书笔记 begins with what was copied out, so that nothing is typed twice.

    Raises:
        NotAllowed: `by` is not the reader.
        BadInput: it is no kind of note.
    """
    record = _own(record, by)
    kind = WorkKind.objects.filter(organisation=None, code=code).first()
    if kind is None or code not in NOTE_KINDS:
        raise BadInput("没有这一类，没有新建。请选读书心得或读书笔记。")
    source = source_of(record)
    drafts = Work.objects.filter(
        teacher=by, kind=kind, source_kind=source.kind, source_id=source.uid, dropped_at=None
    )
    standing = drafts.filter(state__in=Work.WRITTEN).first()
    if standing:
        return standing
    copied = _copied(record) if code == "reading_notes" else ""
    return works.start(
        kind,
        organisation=record.organisation,
        title=f"{record.book.named}{kind.name}",
        about=f"{record.book.named} {record.book.author}".strip(),
        texts={"": copied} if copied else None,
        source=source,
        by=by,
        at=at,
    )


def _copied(record: ReadingRecord) -> str:
    """Return the excerpts as the beginning of a note."""
    parts = []
    for row in record.excerpts.all():
        page = f"（{row.page}）" if row.page else ""
        parts.append(
            "\n".join(filter(None, [f"{row.text}{page}" if row.text else "", row.thought]))
        )
    return "\n\n".join(parts)
