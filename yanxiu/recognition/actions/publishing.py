"""Putting up a public notice, taking it down early, and objecting to a line of it."""

from datetime import date, datetime, timedelta

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import Span, day_of
from yanxiu.ledger.queries.chains import Ladder
from yanxiu.ledger.refusals import WhyMissing
from yanxiu.ledger.rules.process import SCHOOL
from yanxiu.notices.actions import notify
from yanxiu.notices.models import Notice
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Organisation, Post, Teacher
from yanxiu.recognition.actions.asking import ask_to_answer
from yanxiu.recognition.models import Objection, Publication
from yanxiu.recognition.permissions import may_manage_publication, may_see_publication
from yanxiu.recognition.queries.publishing import Notice as Wanted
from yanxiu.recognition.queries.publishing import end_of, lines_of
from yanxiu.recognition.refusals import (
    BeginsBeforeToday,
    NothingToPublish,
    ObjectionOpen,
    WindowOver,
)

TOLD_WITHIN = timedelta(days=7)


@transaction.atomic
def publish(
    organisation: Organisation,
    notice: Wanted,
    span: Span,
    *,
    title: str,
    starts_on: date,
    by: Teacher,
    at: datetime,
) -> Publication:
    """Show what was recognised in `span` to the people of the school, for its working days.

    Args:
        organisation: whose people it is about.
        notice: the scheme, with the fields, the masks and the number of days.
        span: which days the hours were earned on.
        title: what the notice is called.
        starts_on: the first day on which it is up; today or later, for what nobody could read
            was not made public.
        by: who puts it up.
        at: when, aware.

    Raises:
        NotAllowed: `by` recognises no hours there.
        BeginsBeforeToday: the first day is over.
        NothingToPublish: nothing was recognised in those days.
    """
    made = draft(organisation, notice, span, title=title, starts_on=starts_on, by=by, at=at)
    made.save()
    trail.record(by, "recognition.published", made, at=at, detail={"lines": len(made.lines)})
    if made.is_up(day_of(at)):
        _tell_school(made, besides=by.pk, at=at)
    return made


def draft(
    organisation: Organisation,
    notice: Wanted,
    span: Span,
    *,
    title: str,
    starts_on: date,
    by: Teacher,
    at: datetime,
) -> Publication:
    """Return the notice as `publish` would put it up, not saved: to be looked at before.

    Raises:
        NotAllowed, BeginsBeforeToday, NothingToPublish: as in `publish`.
    """
    require_right(by, "recognise_hours", organisation)
    if starts_on < day_of(at):
        raise BeginsBeforeToday(starts_on, day_of(at))
    lines = lines_of(organisation, notice.scheme, span)
    if not lines:
        raise NothingToPublish
    days = notice.rules.days(starts_on)
    return Publication(
        organisation=organisation,
        title=title.strip()[:80],
        scheme=notice.scheme.id,
        basis=notice.rules.source[:120],
        span_from=span.start,
        span_to=span.end,
        starts_on=starts_on,
        ends_on=end_of(organisation, starts_on, days),
        working_days=days,
        fields=list(notice.rules.fields),
        mask=list(notice.rules.mask),
        lines=lines,
        unit=lines[0]["unit_word"],
        made_at=at,
        made_by_uid=by.uid,
        made_by_name=by.name,
    )


def tell_begun(at: datetime) -> None:
    """Tell each school of the notices that have begun; who was told is not told again.

    A house that is off on the first day tells of it when it is on again, within a week.
    """
    day = day_of(at)
    begun = Publication.objects.filter(
        starts_on__lte=day, starts_on__gt=day - TOLD_WITHIN, ends_on__gt=day, taken_down_at=None
    )
    told = Notice.objects.filter(source_kind=Publication.SOURCE_KIND).values("source_id")
    for made in begun.exclude(uid__in=told).select_related("organisation"):
        _tell_school(made, besides=None, at=at)


def _tell_school(made: Publication, *, besides: int | None, at: datetime) -> None:
    day = day_of(at)
    here = Post.objects.on(day).filter(organisation__path__startswith=made.organisation.path)
    people = Teacher.objects.filter(is_active=True, pk__in=here.values("teacher"))
    last = made.ends_on - timedelta(days=1)
    notify(
        people.exclude(pk=besides) if besides else people,
        kind="reminder",
        title=f"学时公示：{made.title}",
        source=source_of(made),
        organisation=made.organisation,
        at=at,
        text=f"公示到{last.month}月{last.day}日。请核对自己的学时，有出入的在那一行提出异议。",
    )


@transaction.atomic
def take_down(made: Publication, *, because: str, by: Teacher, at: datetime) -> Publication:
    """Take a notice down before its end, with the reason.

    Raises:
        NotAllowed: `by` recognises no hours there.
        WhyMissing: there is no reason.
    """
    require(may_manage_publication, by, made)
    if not because.strip():
        raise WhyMissing("提前撤下公示")
    made = Publication.objects.select_for_update(of=("self",)).get(pk=made.pk)
    if made.taken_down_at is None:
        made.taken_down_at, made.taken_down_because = at, because.strip()[:200]
        made.save(update_fields=["taken_down_at", "taken_down_because"])
        trail.record(by, "recognition.taken-down", made, at=at, detail={"why": because})
    return made


@transaction.atomic
def object_to_line(
    made: Publication, about: Teacher, *, text: str, level: str = SCHOOL, by: Teacher, at: datetime
) -> Objection:
    """Object to a line of a notice while it is up.

    Raises:
        NotAllowed: the notice is not for `by` to see.
        WindowOver: it is not up any more.
        ObjectionOpen: `by` has objected to this line, and no answer is given yet.
        WhyMissing: there is no text.
    """
    require(may_see_publication, by, made)
    if not text.strip():
        raise WhyMissing("提出异议")
    if not made.is_up(day_of(at)):
        raise WindowOver(made.working_days)
    Publication.objects.select_for_update(of=("self",)).get(pk=made.pk)
    same = Objection.objects.filter(publication=made, teacher=about, raised_by=by, record=None)
    if same.filter(state=Objection.State.OPEN).exists():
        raise ObjectionOpen
    place = Ladder.over([made.organisation]).place(made.organisation, level)
    objection = Objection.objects.create(
        organisation=made.organisation,
        teacher=about,
        raised_by=by,
        publication=made,
        text=text.strip()[:500],
        level=level,
        place=place,
        due_on=made.ends_on + timedelta(days=made.working_days),
        made_at=at,
    )
    trail.record(by, "recognition.objected", objection, at=at, detail={"publication": made.title})
    ask_to_answer(objection, at)
    return objection
