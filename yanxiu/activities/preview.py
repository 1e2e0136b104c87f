"""What scheduling a plan would make, before anything is written."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count

from yanxiu.activities.actions.scheduling import days_to_fill
from yanxiu.activities.models import SchedulingBatch, Session
from yanxiu.activities.queries import touched
from yanxiu.agenda.models import Occasion
from yanxiu.agenda.queries import Clash, Diary
from yanxiu.kernel.spans import day_of, moment_at
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Membership, Teacher
from yanxiu.people.models.organisation import held_on
from yanxiu.planning.models import Plan, Rhythm
from yanxiu.planning.rhythms import start_of
from yanxiu.terms.models import DayOff, Term
from yanxiu.terms.queries import SchoolDays, school_days

NO_EXCEPTIONS = SchoolDays(frozenset(), {})
MOST_NAMED = 3


@dataclass(frozen=True)
class Slot:
    """One day of a rhythm: a session to make, or why there is none; `why` is a code."""

    day: date
    why: str = ""
    name: str = ""
    clashes: tuple[Clash, ...] = ()


@dataclass
class Row:
    """One rhythm with the days it would fill and the days it would leave out."""

    rhythm: Rhythm
    slots: list[Slot] = field(default_factory=list)
    leader: str = ""

    @property
    def new(self) -> list[Slot]:
        """The days that get a session."""
        return [slot for slot in self.slots if not slot.why]

    @property
    def clashing(self) -> list[Slot]:
        """The new days on which something else is set."""
        return [slot for slot in self.slots if slot.clashes]

    @property
    def off(self) -> list[Slot]:
        """The days without school."""
        return [slot for slot in self.slots if slot.why == "off"]

    @property
    def past(self) -> list[Slot]:
        """The days before the chosen first one."""
        return [slot for slot in self.slots if slot.why == "past"]

    @property
    def taken(self) -> list[Slot]:
        """The days that have their session already."""
        return [slot for slot in self.slots if slot.why == "taken"]


def preview(plan: Plan, term: Term, since: date, at: datetime) -> list[Row]:
    """Return each fixed rhythm of `plan` with its days in `term`; nine statements for any number.

    Clashes are for people to weigh: the session is made all the same.
    """
    rhythms = list(plan.rhythms.select_related("unit").exclude(unit=None).exclude(weekday=None))
    calendar, names = school_days(plan.organisation), names_of_days_off(plan)
    taken = _taken(term, rhythms)
    diary = Diary.of([plan.organisation_id], term.span)
    leaders = _leaders(rhythms, at)
    rows = []
    for rhythm in rhythms:
        row = Row(rhythm, leader=leaders.get(rhythm.unit_id or 0, ""))
        kept = days_to_fill(rhythm, plan, term, calendar)
        for day in kept:
            if (rhythm.unit_id, day) in taken:
                row.slots.append(Slot(day, "taken"))
            elif day < since:
                row.slots.append(Slot(day, "past"))
            else:
                row.slots.append(_new_slot(rhythm, plan, day, diary))
        meant = set(days_to_fill(rhythm, plan, term, NO_EXCEPTIONS))
        row.slots += [
            Slot(day, "off", names.get(day, ""))
            for day in sorted(meant - set(kept))
            if calendar.weekday(day) != rhythm.weekday
        ]
        rows.append(row)
    return rows


def _new_slot(rhythm: Rhythm, plan: Plan, day: date, diary: Diary) -> Slot:
    """Return the new slot with what clashes, and remember it for the rhythms that follow."""
    starts_at = moment_at(day, start_of(rhythm))
    meant = Occasion(
        organisation_id=plan.organisation_id,
        unit_id=rhythm.unit_id,
        title=f"{rhythm.unit}教研活动",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=rhythm.minutes),
        place=rhythm.place,
        source_kind=Session.SOURCE_KIND,
        source_id=new_uid(),
    )
    found = tuple(diary.clashes(meant))
    diary.add(meant)
    return Slot(day, clashes=found)


def _taken(term: Term, rhythms: Iterable[Rhythm]) -> set[tuple[int | None, date | None]]:
    units = {rhythm.unit_id for rhythm in rhythms}
    rows = Session.objects.filter(unit__in=units, activity__term=term)
    return set(rows.exclude(slot_on=None).values_list("unit_id", "slot_on"))


def _leaders(rhythms: Iterable[Rhythm], at: datetime) -> dict[int, str]:
    rows = Membership.objects.filter(
        held_on(day_of(at)),
        unit__in={rhythm.unit_id for rhythm in rhythms},
        duty=Membership.Duty.LEADER,
    )
    return dict(rows.values_list("unit_id", "teacher__name"))


def names_of_days_off(plan: Plan) -> dict[date, str]:
    """Return what each day without school, or taught otherwise, is called."""
    line = plan.organisation.lineage
    found: dict[date, str] = {}
    for row in DayOff.objects.filter(organisation__in=line):
        for day in row.span.days():
            found[day] = row.name
    return found


def names_of_people(clashes: Iterable[Clash]) -> dict[int, str]:
    """Return the names of those whom `clashes` concern; one statement."""
    pks = {pk for clash in clashes for pk in clash.people}
    return dict(Teacher.objects.filter(pk__in=pks).values_list("pk", "name"))


@dataclass(frozen=True)
class BatchLine:
    """One batch of sessions that was made before, and whether it can still be undone."""

    batch: SchedulingBatch
    standing: int
    used: int

    @property
    def may_be_undone(self) -> bool:
        """Whether it stands, and nothing happened in it."""
        return self.batch.undone_at is None and not self.used and bool(self.standing)


def batches_of(plan: Plan) -> list[BatchLine]:
    """Return the batches made from `plan`, the newest first; two statements."""
    rows = list(SchedulingBatch.objects.filter(plan=plan).annotate(standing=Count("sessions"))[:10])
    used = dict(
        touched(Session.objects.filter(batch__in=rows))
        .order_by()
        .values_list("batch")
        .annotate(count=Count("pk"))
    )
    return [BatchLine(row, row.standing, used.get(row.pk, 0)) for row in rows]
