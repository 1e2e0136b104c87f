"""Beginning a work, by itself or from a lesson."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from yanxiu.activities.models import Session
from yanxiu.activities.permissions import may_see_session
from yanxiu.audit import trail
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.kernel.sources import Source
from yanxiu.kernel.spans import day_of
from yanxiu.lessons.models import Lesson
from yanxiu.lessons.permissions import may_see_lesson
from yanxiu.people.access import require
from yanxiu.people.models import Organisation, Teacher
from yanxiu.works.actions.draft import TITLE, add_texts, count, tidy
from yanxiu.works.actions.neighbours import note
from yanxiu.works.models import Work, WorkAuthor, WorkKind
from yanxiu.works.permissions import may_own_work
from yanxiu.works.queries.sections import headings_of


@transaction.atomic
def start(
    kind: WorkKind,
    *,
    organisation: Organisation,
    by: Teacher,
    at: datetime,
    title: str = "",
    texts: Mapping[str, str] | None = None,
    happened_on: date | None = None,
    lesson: Lesson | None = None,
    session: Session | None = None,
    about: str = "",
    subject: str = "",
    source: Source | None = None,
    uid: UUID | None = None,
) -> Work:
    """Begin a work; from a lesson its title, class, subject and day come along.

    Args:
        kind: what it is.
        organisation: the school it belongs to.
        by: its author.
        at: when, aware.
        title: its title.
        texts: what is written already, by the code of its heading; "" is the one text.
        happened_on: the day it belongs to; the lesson's, the session's or today if None.
        lesson: the lesson it is about.
        session: the session for which it is meant.
        about: what it is about, in words.
        subject: the subject.
        source: what it came from, if neither lesson nor session.
        uid: the uid under which a device began it while offline; it is begun once.

    Raises:
        NotAllowed: `by` has no post in `organisation`, or may not see `lesson` or `session`.
    """
    if organisation.pk not in {post.organisation_id for post in by.posts_today}:
        raise NotAllowed
    if session is not None:
        require(may_see_session, by, session)
    if lesson is not None:
        require(may_see_lesson, by, lesson)
    standing = Work.objects.filter(uid=uid).first() if uid else None
    if standing is not None:
        require(may_own_work, by, standing)
        return standing
    work = Work(
        kind=kind,
        organisation=organisation,
        teacher=by,
        title=tidy(title)[:TITLE],
        subject=subject or (lesson.subject if lesson else ""),
        about=about[:160] or (_told(lesson) if lesson else ""),
        happened_on=happened_on or _day(lesson, session, at),
        lesson=lesson,
        session=session,
        source_kind=source.kind if source else "",
        source_id=source.uid if source else None,
        started_at=at,
        saved_at=at,
    )
    if uid:
        work.uid = uid
    work.save()
    WorkAuthor.objects.create(work=work, teacher=by, name=by.name, order=1)
    headings = headings_of(kind, organisation)
    given = texts or {}
    add_texts(work, headings, given)
    if any(given.values()):
        count(work)
        work.save(update_fields=["characters"])
    note(work)
    trail.record(by, "works.started", work, at=at)
    return work


def _told(lesson: Lesson) -> str:
    """Say which lesson it was, as it is told above a reflection."""
    named = f"《{lesson.title}》" if lesson.title and "《" not in lesson.title else lesson.title
    return " ".join(part for part in (named, lesson.class_name, lesson.subject) if part)[:160]


def _day(lesson: Lesson | None, session: Session | None, at: datetime) -> date:
    moment = lesson.starts_at if lesson else session.starts_at if session else at
    return min(day_of(moment), day_of(at))
