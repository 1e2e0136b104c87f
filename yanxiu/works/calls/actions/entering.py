"""Entering a work for a call: it is set anew without the names, and stays as it was entered."""

from datetime import datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import require
from yanxiu.people.models import Organisation, Post, Teacher
from yanxiu.people.models.organisation import lineage_of
from yanxiu.works.actions import hand_in, import_work
from yanxiu.works.actions.draft import locked as locked_work
from yanxiu.works.calls.actions.calling import locked
from yanxiu.works.calls.blinding import Blinded, Known, blind
from yanxiu.works.calls.refusals import (
    AuthorReviews,
    CallNotOpen,
    KindNotAsked,
    NothingToRead,
    TooManyEntries,
)
from yanxiu.works.models import CallEntry, CallForPapers, Work, WorkAuthor, WorkKind
from yanxiu.works.permissions import may_enter_call, may_own_work, may_withdraw_entry

State = CallForPapers.State
TITLE = 160


@transaction.atomic
def enter(call: CallForPapers, work: Work, *, by: Teacher, at: datetime) -> CallEntry:
    """Enter a work; entered again while the call is open, it is taken as it is now.

    A draft is handed in by the same deed. What its authors wrote for themselves does not go along.

    Args:
        call: an open one that reaches the author's school.
        work: what is entered.
        by: its first author.
        at: when, aware.

    Raises:
        NotAllowed: `by` is not the first author, or the call is not for this school.
        CallNotOpen: the call is closed, or its last day has passed.
        AuthorReviews: one of the authors is on the panel.
        KindNotAsked, TooManyEntries: the call does not take it.
        NothingToRead: there is no text yet.
    """
    require(may_own_work, by, work)
    call = locked(call)
    if call.panel.filter(teacher__in=work.authors.values("teacher")).exists():
        raise AuthorReviews
    require(may_enter_call, by, call)
    _still_open(call, at)
    work = locked_work(work)
    _is_asked_for(call, work, by)
    title, text = blind_copy(work)
    if not text.text.strip():
        raise NothingToRead
    if work.state in Work.WRITTEN:
        work = hand_in(work, by=by, at=at)
    entry, _made = CallEntry.objects.update_or_create(
        call=call,
        work=work,
        withdrawn_at=None,
        defaults={
            "organisation": work.organisation,
            "teacher": by,
            "title": work.title,
            "blind_title": title.text[:TITLE],
            "blind_text": text.text,
            "hidden": title.hidden + text.hidden,
            "entered_at": at,
        },
    )
    trail.record(by, "works.entered", entry, at=at)
    return entry


@transaction.atomic
def enter_file(
    call: CallForPapers, kind: WorkKind, data: bytes, *, name: str, by: Teacher, at: datetime
) -> CallEntry:
    """Make a work of a file and enter it by the same deed; refused, neither stays.

    Args:
        call: an open one that reaches the author's school.
        kind: what the file is.
        data: a file that is read at once; one that takes patience is imported first.
        name: its name; nobody but the author sees it.
        by: its author.
        at: when, aware.

    Raises:
        NotAllowed: `by` works nowhere, or the call is not for this school.
        Refusal: what `import_work` and `enter` refuse.
    """
    if by.organisation is None:
        raise NotAllowed
    work = import_work(kind, data, name=name, organisation=by.organisation, by=by, at=at)
    return enter(call, work, by=by, at=at)


def _still_open(call: CallForPapers, at: datetime) -> None:
    if call.state != State.OPEN:
        raise CallNotOpen(str(call.get_state_display()), "已经截稿，不再收新的，也不能更换。")
    if day_of(at) > call.closes_on:
        raise CallNotOpen("已过截止日期", "请和主办的老师说一声，由他们决定是否延期。")


def _is_asked_for(call: CallForPapers, work: Work, by: Teacher) -> None:
    asked = list(call.kinds.all())
    if asked and work.kind not in asked:
        raise KindNotAsked(work.kind.name, "、".join(kind.name for kind in asked))
    others = call.entries.filter(teacher=by, withdrawn_at=None).exclude(work=work)
    if others.count() >= call.most_each:
        raise TooManyEntries(call.most_each)


def blind_copy(work: Work) -> tuple[Blinded, Blinded]:
    """Return title and text of a work as reviewers will read them."""
    known = known_of(work)
    parts = [
        f"{row.name}\n{row.text}" if row.name else row.text
        for row in work.texts.all()
        if row.text.strip() and not row.is_private
    ]
    return blind(work.title, known), blind("\n\n".join(parts), known)


def known_of(work: Work) -> Known:
    """Return who is behind a work: authors, schools and superiors, numbers, and colleagues."""
    authors = list(WorkAuthor.objects.filter(work=work).select_related("teacher"))
    teachers = [author.teacher for author in authors if author.teacher]
    posts = Post.objects.filter(teacher__in=teachers).select_related("organisation")
    lineages = {pk for post in posts for pk in lineage_of(post.organisation.path)}
    lineages.update(work.organisation.lineage)
    schools = Organisation.objects.filter(pk__in=lineages).values_list("name", flat=True)
    others = [
        value
        for teacher in teachers
        for value in (teacher.phone, *teacher.pinyin.split("/"), teacher.pinyin.replace(" ", ""))
        if value
    ]
    others += [post.job_number for post in posts if len(post.job_number) > len("0000")]
    names = [author.name for author in authors] + [teacher.name for teacher in teachers]
    at = {work.organisation_id, *(post.organisation_id for post in posts)}
    beside = Post.objects.filter(organisation__in=at).exclude(teacher__in=teachers)
    colleagues = beside.order_by().values_list("teacher__name", flat=True).distinct()
    return Known(
        tuple(dict.fromkeys(names)), tuple(schools), tuple(dict.fromkeys(others)),
        tuple(colleagues),
    )  # fmt: skip


@transaction.atomic
def withdraw_entry(entry: CallEntry, *, by: Teacher, at: datetime) -> CallEntry:
    """Take an entry back while the call is open; the work stays where it is.

    Raises:
        NotAllowed: `by` is not the first author.
        CallNotOpen: the call is closed.
    """
    require(may_withdraw_entry, by, entry)
    call = locked(entry.call)
    if call.state != State.OPEN:
        raise CallNotOpen(str(call.get_state_display()), "截稿以后要退出，请和主办的老师说一声。")
    entry.withdrawn_at = at
    entry.save(update_fields=["withdrawn_at"])
    trail.record(by, "works.entry-withdrawn", entry, at=at)
    return entry
