"""Writing an invented school into the tables."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tests.recount.school import NOW, TODAY, Met, Person, Planned, Recorded, School, at
from yanxiu.activities.models import (
    Activity,
    ActivityKind,
    Attendance,
    Expert,
    ExpertKind,
    ExpertVisit,
    Minutes,
    Part,
    Remark,
    Resolution,
    Session,
    Tag,
    Tagging,
)
from yanxiu.kernel.uids import new_uid
from yanxiu.ledger.models import Award, Entry, Record
from yanxiu.people.models import (
    Leave,
    Membership,
    Organisation,
    Post,
    Role,
    Teacher,
    Tier,
    TierHolding,
    Unit,
)
from yanxiu.planning.models import Goal, ItemEvent, Plan, PlanItem, Rhythm
from yanxiu.terms.models import Term
from yanxiu.training.models import MakeUp, OutsideCourse, OutsideTraining, SelfStudy


@dataclass(frozen=True)
class Ground:
    """What stands before anything is invented."""

    places: list[Organisation]
    units: list[Unit]
    teachers: list[Teacher]
    experts: list[Expert]
    term: Term
    kinds: dict[tuple[bool, str], ActivityKind]
    tag: Tag
    tiers: dict[bool, Tier]


def ground(places: list[Organisation], teachers: list[Teacher], term: Term) -> Ground:
    """Return what every invented school stands on: kinds, experts, a tag, tiers."""
    kinds = {
        (one_way, code): ActivityKind.objects.create(
            code=f"{code}{one_way}", name=f"{code}{one_way}", record_kind="meeting",
            activity_class=code, is_one_way=one_way,
        )
        for one_way in (False, True)
        for code in ("theory", "observation", "exchange", "training")
    }  # fmt: skip
    kind = ExpertKind.objects.first() or ExpertKind.objects.create(code="any", name="专家")
    experts = [
        Expert.objects.create(
            organisation=places[0], kind=kind, name=f"专家{number}", made_at=NOW,
            teacher=teachers[0] if number == 2 else None,
        )
        for number in range(3)
    ]  # fmt: skip
    tag = Tag.objects.first() or Tag.objects.create(name="课堂")
    tiers = {
        honour: Tier.objects.create(name=f"称号{honour}", is_honour=honour)
        for honour in (False, True)
    }
    units = list(Unit.objects.filter(organisation__in=places).order_by("id"))
    return Ground(places, units, teachers, experts, term, kinds, tag, tiers)


class Builder:
    """Writes one school; what cannot stand (a second living membership) is left out."""

    def __init__(self, stand: Ground) -> None:
        """Stand on `stand`."""
        self.on = stand
        self.numbers: dict[int, int] = {}

    def build(self, school: School) -> None:
        """Write everything."""
        for person in school.people:
            self.person(person)
        for met in school.met:
            self.met(met)
        for recorded in school.recorded:
            self.recorded(recorded)
        for planned in school.planned:
            self.planned(planned)
        for teacher, place, day, state, hours in school.trained:
            self.trained(teacher, place, day, state, hours)
        for teacher, place, day, state, minutes in school.studied:
            SelfStudy.objects.create(
                teacher=self.on.teachers[teacher], organisation=self.on.places[place],
                title="自学", note="读了一章", happened_on=day, minutes=minutes,
                minutes_accepted=minutes if state == "accepted" else None, state=state,
                sent_at=at(day),
            )  # fmt: skip

    def person(self, told: Person) -> None:
        teacher = self.on.teachers[told.teacher]
        teacher.is_active, teacher.education = told.active, told.education
        teacher.entered, teacher.started_work = told.entered, told.began
        teacher.last_login = NOW if told.came_in else None
        teacher.save()
        for place, role, starts_on, ends_on in told.posts:
            same = {
                "teacher": teacher, "organisation": self.on.places[place],
                "role": Role.objects.get(code=role),
            }  # fmt: skip
            if ends_on is not None or not Post.objects.filter(ends_on=None, **same).exists():
                Post.objects.create(starts_on=starts_on, ends_on=ends_on, **same)
        if told.member:
            self._member(teacher, *told.member)
        if told.away:
            Leave.objects.create(teacher=teacher, starts_on=told.away[0], ends_on=told.away[1],
                                 kind=Leave.Kind.values[0])  # fmt: skip
        if told.honour:
            first, last, honour = told.honour
            TierHolding.objects.create(
                tier=self.on.tiers[honour], teacher=teacher, starts_on=first, ends_on=last
            )

    def _member(
        self, teacher: Teacher, unit: int, first: date, last: date | None, duty: str
    ) -> None:
        known = Membership.objects.filter(unit=self.on.units[unit], teacher=teacher, ends_on=None)
        if last is not None or not known.exists():
            Membership.objects.create(
                unit=self.on.units[unit], teacher=teacher, duty=duty, starts_on=first, ends_on=last
            )

    def met(self, told: Met) -> None:
        place = self.on.places[told.place]
        unit = None if told.unit is None else self.on.units[told.unit]
        starts = at(told.day, told.clock)
        activity = Activity.objects.create(
            organisation=place, unit=unit, term=self.on.term,
            kind=self.on.kinds[told.one_way, told.activity_class], theme="研讨", form=told.form,
            made_at=NOW,
        )  # fmt: skip
        session = Session.objects.create(
            activity=activity, organisation=place, unit=unit, title="研讨", starts_at=starts,
            ends_at=starts + timedelta(minutes=told.minutes), interactions=told.interactions,
            closed_at=NOW if told.end == "closed" else None,
            cancelled_at=NOW if told.end == "cancelled" else None,
        )  # fmt: skip
        self._came(session, told)
        self._written(session, told)
        for teacher, day, withdrawn in told.remarks:
            Remark.objects.create(
                activity=activity, teacher=self.on.teachers[teacher], text="有用", at=at(day),
                withdrawn_at=NOW if withdrawn else None,
            )  # fmt: skip
        if told.tagged:
            Tagging.objects.create(
                tag=self.on.tag, activity=activity,
                session=session if told.tagged == "session" else None,
            )  # fmt: skip
        if told.make_up:
            MakeUp.objects.create(session=session, subject="补训", made_at=NOW)

    def _came(self, session: Session, told: Met) -> None:
        homes = {}
        for mark in told.marks:
            teacher = self.on.teachers[mark.teacher]
            Attendance.objects.create(
                session=session, teacher=teacher, state=mark.state, expected=mark.expected,
                method=Attendance.Method.ROLL_CALL, at=NOW,
            )  # fmt: skip
            if mark.home is not None:
                home = homes[mark.teacher] = self.on.places[mark.home]
                Part.objects.create(
                    session=session, teacher=teacher, role=Part.Role.ATTENDEE, home=home
                )
        for speaker in told.speakers:
            Part.objects.create(
                session=session, teacher=self.on.teachers[speaker], role=Part.Role.MAIN_SPEAKER,
                home=homes.get(speaker),
            )  # fmt: skip

    def _written(self, session: Session, told: Met) -> None:
        if told.written:
            saved, due = told.written
            Minutes.objects.create(
                session=session, process="谈了", saved_at=at(saved, told.clock),
                first_saved_at=at(saved, told.clock), due_on=due,
            )  # fmt: skip
        for order, (owner, state) in enumerate(told.agreed):
            Resolution.objects.create(
                session=session, order=order, text="再试一次", state=state, made_at=NOW,
                owner=None if owner is None else self.on.teachers[owner],
            )  # fmt: skip
        for expert, role, minutes, came in told.visits:
            ExpertVisit.objects.create(
                session=session, expert=self.on.experts[expert], role=role, minutes=minutes,
                came=came, made_at=NOW,
            )  # fmt: skip

    def recorded(self, told: Recorded) -> None:
        teacher, place = self.on.teachers[told.teacher], self.on.places[told.place]
        record = Record.objects.create(
            teacher=teacher, organisation=place, kind="research_activity", role="attendee",
            title="研讨", happened_on=told.day, happened_at=at(told.day), written_at=NOW,
            assurance=Record.Assurance.values[0], source_kind="made.up", source_id=new_uid(),
            withdrawn_at=NOW if told.withdrawn else None,
        )  # fmt: skip
        for round_, (unit, amount, undone) in enumerate(told.earned, start=1):
            award = Award.objects.create(
                record=record, scheme="x", version="1", digest="x", round=round_, amount=amount,
                unit=unit, made_at=NOW,
            )  # fmt: skip
            entry = self._entry(record, award, amount, None)
            if undone:
                self._entry(record, award, -amount, entry)

    def _entry(self, record: Record, award: Award, amount: Decimal, undoes: Entry | None) -> Entry:
        number = self.numbers[record.teacher_id] = self.numbers.get(record.teacher_id, 0) + 1
        return Entry.objects.create(
            teacher=record.teacher, organisation=record.organisation, record=record, award=award,
            scheme="x", round=award.round, amount=amount, unit=award.unit,
            earned_on=record.happened_on, posted_at=NOW, number=number, previous="", chain="",
            reverses=undoes,
        )  # fmt: skip

    def planned(self, told: Planned) -> None:
        first, last = told.own_days or (None, None)
        plan = Plan.objects.create(
            organisation=self.on.places[told.place], term=self.on.term, title="计划",
            unit=None if told.unit is None else self.on.units[told.unit],
            teacher=None if told.teacher is None else self.on.teachers[told.teacher],
            kind=told.kind, state=told.state, starts_on=first, ends_on=last, made_at=NOW,
        )  # fmt: skip
        for indicator, figure in told.goals:
            Goal.objects.create(plan=plan, text="目标", indicator=indicator, figure=figure)
        for weekday in told.rhythms:
            Rhythm.objects.create(plan=plan, name="某组", weekday=weekday)
        for one in told.items:
            last_on = one.last_on if one.last_on and one.last_on >= one.month else None
            item = PlanItem.objects.create(
                plan=plan, text="事项", month=one.month, last_on=last_on,
                owner=None if one.owner is None else self.on.teachers[one.owner],
                dropped_because="不办了" if one.dropped else "",
                done_on=TODAY if one.done else None,
            )  # fmt: skip
            for state in one.events:
                ItemEvent.objects.create(
                    item=item, source_kind="made.up", source_id=new_uid(), state=state,
                    happens_on=one.month,
                )  # fmt: skip

    def trained(
        self, teacher: int, place: int, day: date, state: str, hours: Decimal | None
    ) -> None:
        course = OutsideCourse.objects.create(
            organisation=self.on.places[place], title=f"培训{teacher}", starts_on=day, last_on=day,
            hours=Decimal(8), made_at=NOW,
        )  # fmt: skip
        OutsideTraining.objects.create(
            course=course, teacher=self.on.teachers[teacher], state=state,
            organisation=self.on.places[place], hours_recognised=hours, applied_at=NOW,
        )  # fmt: skip
