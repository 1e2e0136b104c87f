"""Reading one book together: opening a round, its parts, its readers, its story."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction

from yanxiu.agenda import actions as agenda
from yanxiu.agenda.models import Attendee, Occasion
from yanxiu.audit import trail
from yanxiu.books.actions.ground import book_for, check_days, in_charge, tidy, typed
from yanxiu.books.models import CommonRound, ReadingClub, RoundPart, RoundReader
from yanxiu.books.permissions import may_manage_club, may_manage_round, may_see_round
from yanxiu.books.refusals import RoundOver, RoundWrittenMeanwhile
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import Source, source_of
from yanxiu.kernel.spans import day_of, moment_at
from yanxiu.people.access import NotAllowed, require
from yanxiu.people.models import Membership, Organisation, Teacher, Unit

EVENING = time(20)
MOST_PARTS = 40
STORY = ("purpose", "practice", "effect", "pupil_activity")


@dataclass(frozen=True)
class PartPlan:
    """One part of the schedule of a round."""

    name: str
    due_on: date
    leader_name: str = ""


@transaction.atomic
def open_round(
    organisation: Organisation,
    *,
    title: str,
    starts_on: date,
    ends_on: date,
    by: Teacher,
    at: datetime,
    author: str = "",
    purpose: str = "",
    unit: Unit | None = None,
    club: ReadingClub | None = None,
    parts: Sequence[PartPlan] = (),
) -> CommonRound:
    """Open a round; the members of the unit or club read along, in a school who likes joins.

    Raises:
        NotAllowed: `by` leads neither unit nor club, nor manages the works.
        NoBookTitle, NotToBeMeant: no title, or days that cannot be meant.
        BadInput: a part lies outside the round, or there are too many.
    """
    if club is not None:
        if club.organisation_id != organisation.pk:
            raise NotAllowed
        require(may_manage_club, by, club)
    else:
        in_charge(by, organisation, unit)
    check_days(starts_on, ends_on)
    found = CommonRound.objects.create(
        organisation=organisation,
        unit=unit,
        club=club,
        book=book_for(organisation, title, author=author),
        leader=by,
        purpose=tidy(purpose, 200),
        starts_on=starts_on,
        ends_on=ends_on,
        opened_at=at,
    )
    _add_readers(found, [by, *_members(found, day_of(at))], at)
    _set_parts(found, parts, at)
    trail.record(by, "books.round-opened", found, at=at)
    return found


def _members(found: CommonRound, on: date) -> Iterable[Teacher]:
    if found.club:
        rows = found.club.members.filter(left_on=None).select_related("teacher")
        return [row.teacher for row in rows]
    if found.unit:
        members = Membership.objects.on(on).filter(unit=found.unit).select_related("teacher")
        return [row.teacher for row in members]
    return []


def _add_readers(found: CommonRound, teachers: Iterable[Teacher], at: datetime) -> None:
    known = {one.pk: one for one in teachers if one.is_active}
    RoundReader.objects.bulk_create(
        [
            RoundReader(reading_round=found, teacher=teacher, joined_at=at)
            for teacher in known.values()
        ],
        ignore_conflicts=True,
    )


def _locked(found: CommonRound) -> CommonRound:
    rows = CommonRound.objects.select_for_update(of=("self",))
    return rows.select_related("book", "organisation", "unit", "club", "leader").get(pk=found.pk)


def _managed(found: CommonRound, by: Teacher) -> CommonRound:
    require(may_manage_round, by, found)
    found = _locked(found)
    if found.ended_at:
        raise RoundOver
    return found


@transaction.atomic
def set_parts(
    found: CommonRound, parts: Sequence[PartPlan], *, by: Teacher, at: datetime
) -> CommonRound:
    """Set the schedule anew; the readers find the days in their calendars.

    Raises:
        NotAllowed: `by` does not manage the round.
        RoundOver: it has ended.
        BadInput: a part lies outside the round, or there are too many.
    """
    found = _managed(found, by)
    _set_parts(found, parts, at)
    trail.record(by, "books.round-scheduled", found, at=at, detail={"parts": len(parts)})
    return found


def _set_parts(found: CommonRound, parts: Sequence[PartPlan], at: datetime) -> None:
    if len(parts) > MOST_PARTS:
        raise BadInput(f"进度最多分 {MOST_PARTS} 段，没有保存。请把相邻的几段并成一段。")
    outside = [one for one in parts if not found.starts_on <= one.due_on < found.ends_on]
    if outside:
        raise BadInput(f"“{outside[0].name}”的日期不在这次共读的日期之内，没有保存。请核对日期。")
    standing = {row.order: row for row in found.parts.all()}
    gone = [row.uid for order, row in standing.items() if order > len(parts)]
    agenda.drop_occasions(RoundPart.SOURCE_KIND, gone)
    found.parts.filter(uid__in=gone).delete()
    fresh = []
    for order, one in enumerate(parts, 1):
        row = standing.get(order) or RoundPart(reading_round=found, order=order)
        row.name, row.due_on = tidy(one.name, 60), one.due_on
        row.leader_name = tidy(one.leader_name, 40)
        row.save()
        if order in standing:
            starts_at, ends_at = _evening(row.due_on)
            agenda.move_occasion(
                source_of(row), title=_told(found, row), starts_at=starts_at, ends_at=ends_at,
                place="", at=at,
            )  # fmt: skip
        else:
            fresh.append(row)
    _into_calendars(found, fresh)
    # A day that was called off with an earlier end, moved ahead now, is on again.
    _plan_again(standing.values(), at)


def _plan_again(parts: Iterable[RoundPart], at: datetime) -> None:
    """Bring back those parts that lie ahead and were called off when the round ended."""
    ahead = [part.uid for part in parts if part.due_on >= day_of(at)]
    rows = Occasion.objects.filter(source_kind=RoundPart.SOURCE_KIND, source_id__in=ahead)
    for row in rows.exclude(state=Occasion.State.PLANNED):
        agenda.end_occasion(Source(row.source_kind, row.source_id), Occasion.State.PLANNED, at=at)


def _evening(day: date) -> tuple[datetime, datetime]:
    begins = moment_at(day, EVENING)
    return begins, begins + timedelta(minutes=30)


def _told(found: CommonRound, part: RoundPart) -> str:
    return f"共读{found.book.named}：读到{part.name}"[:120]


def _into_calendars(found: CommonRound, parts: Sequence[RoundPart]) -> None:
    """Put new parts into the calendars of the readers, and of nobody else."""
    occasions = []
    for part in parts:
        starts_at, ends_at = _evening(part.due_on)
        occasions.append(
            Occasion(
                organisation=found.organisation,
                unit=None,
                title=_told(found, part),
                starts_at=starts_at,
                ends_at=ends_at,
                only_invited=True,
                source_kind=RoundPart.SOURCE_KIND,
                source_id=part.uid,
            )
        )
    agenda.plan_occasions(occasions)
    readers = [row.teacher for row in found.readers.select_related("teacher")]
    for part in parts:
        agenda.invite(source_of(part), readers)


@transaction.atomic
def join_round(found: CommonRound, *, by: Teacher, at: datetime) -> CommonRound:
    """Read along; the days come into the own calendar.

    Raises:
        NotAllowed: the round is not for `by`.
        RoundOver: it has ended.
    """
    require(may_see_round, by, found)
    found = _locked(found)
    if found.ended_at:
        raise RoundOver
    _add_readers(found, [by], at)
    for part in found.parts.all():
        agenda.invite(source_of(part), [by])
    trail.record(by, "books.round-joined", found, at=at)
    return found


@transaction.atomic
def leave_round(found: CommonRound, *, by: Teacher, at: datetime) -> None:
    """Read along no more; what was shared stays, and so does the own record."""
    found.readers.filter(teacher=by).delete()
    parts = found.parts.values_list("uid", flat=True)
    Attendee.objects.filter(
        teacher=by,
        occasion__source_kind=RoundPart.SOURCE_KIND,
        occasion__source_id__in=list(parts),
    ).delete()
    trail.record(by, "books.round-left", found, at=at)


@transaction.atomic
def tell_story(
    found: CommonRound, *, edition: int, texts: Mapping[str, str], by: Teacher, at: datetime
) -> CommonRound:
    """Say what was tried in lessons and what it did for pupils; also after the round has ended.

    Raises:
        NotAllowed: `by` does not manage the round.
        RoundWrittenMeanwhile: somebody saved since `edition`; nothing is overwritten.
    """
    require(may_manage_round, by, found)
    found = _locked(found)
    most = {"purpose": 200, "pupil_activity": 200}
    given = {
        name: tidy(text, most[name]) if name in most else typed(text)[:20_000]
        for name, text in texts.items()
        if name in STORY
    }
    if all(getattr(found, name) == text for name, text in given.items()):
        return found
    if edition != found.edition:
        raise RoundWrittenMeanwhile(found)
    for name, text in given.items():
        setattr(found, name, text)
    found.edition += 1
    found.save()
    trail.record(by, "books.round-told", found, at=at)
    return found


@transaction.atomic
def end_round(found: CommonRound, *, by: Teacher, at: datetime) -> CommonRound:
    """End a round, or open it again: what lies ahead comes back into the calendars.

    Raises:
        NotAllowed: `by` does not manage the round.
    """
    require(may_manage_round, by, found)
    found = _locked(found)
    found.ended_at = None if found.ended_at else at
    found.save(update_fields=["ended_at"])
    if found.ended_at:
        _end_occasions(found, at)
    else:
        _plan_again(found.parts.all(), at)
    trail.record(by, "books.round-ended", found, at=at)
    return found


def _end_occasions(found: CommonRound, at: datetime) -> None:
    """What lies ahead is called off; the days behind stay as they were."""
    for part in found.parts.all():
        ahead = part.due_on > day_of(at)
        state = Occasion.State.CANCELLED if ahead else Occasion.State.HELD
        agenda.end_occasion(source_of(part), state, at=at)
