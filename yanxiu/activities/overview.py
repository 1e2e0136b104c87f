"""Activities of a term as a whole: how many, in which forms, with what effect, and what lacks."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q, QuerySet, Sum

from yanxiu.activities.feedback import Opinion, opinions_by
from yanxiu.activities.models import (
    Activity,
    ActivityKind,
    Attendance,
    Part,
    Remark,
    Resolution,
    Session,
)
from yanxiu.activities.queries import CAME, setting_of
from yanxiu.kernel.spans import day_of, moment_at
from yanxiu.people.models import Organisation, Post, Teacher, Unit
from yanxiu.people.models.organisation import held_on
from yanxiu.planning.models import Plan, Rhythm
from yanxiu.planning.rhythms import rhythm_days
from yanxiu.terms.models import Term
from yanxiu.terms.queries import school_days, week_number

Sessions = QuerySet[Session]


@dataclass(frozen=True)
class CountLine:
    """How many sessions there were of one kind, level and subject."""

    level: str
    subject: str
    kind: str
    kind_class: str
    held: int
    ahead: int
    cancelled: int


def counts(rows: Sessions) -> list[CountLine]:
    """Return the sessions counted by level, subject and kind; one statement."""
    found = (
        rows.order_by()
        .values_list(
            "activity__level",
            "activity__subject",
            "unit__subject",
            "activity__kind__name",
            "activity__kind__activity_class",
        )
        .annotate(
            held=Count("pk", filter=~Q(closed_at=None)),
            ahead=Count("pk", filter=Q(closed_at=None, cancelled_at=None)),
            cancelled=Count("pk", filter=~Q(cancelled_at=None)),
        )
    )
    together: dict[tuple[str, str, str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for level, subject, of_unit, kind, kind_class, *numbers in found:
        line = together[level, subject or of_unit or "", kind, kind_class]
        for place, number in enumerate(numbers):
            line[place] += number
    return [
        CountLine(
            str(Activity.Level(level).label),
            subject,
            kind,
            str(ActivityKind.Class(kind_class).label),
            *numbers,
        )
        for (level, subject, kind, kind_class), numbers in sorted(together.items())
    ]


@dataclass
class FormLine:
    """One kind of activity with what came of it; nobody is named here."""

    kind: str
    is_one_way: bool
    sessions: int = 0
    interactive: int = 0
    expected: int = 0
    came: int = 0
    agreed: int = 0
    done: int = 0
    opinion: Opinion = field(default_factory=lambda: Opinion(0))

    @property
    def attendance_percent(self) -> int | None:
        """How many of a hundred who were expected came, rounded down; None for nobody."""
        return self.came * 100 // self.expected if self.expected else None

    @property
    def done_percent(self) -> int | None:
        """How many of a hundred things agreed were done, rounded down; None for nothing."""
        return self.done * 100 // self.agreed if self.agreed else None


def by_kind(rows: Sessions) -> list[FormLine]:
    """Return the held sessions by kind: attendance, interaction, feedback, follow-up."""
    held = rows.filter(~Q(closed_at=None)).order_by()
    lines: dict[str, FormLine] = {}
    for kind, one_way, total, silent in held.values_list(
        "activity__kind__name", "activity__kind__is_one_way"
    ).annotate(total=Count("pk"), silent=Count("pk", filter=Q(interactions=[]))):
        lines[kind] = FormLine(kind, one_way, total, total - silent)
    pks = held.values("pk")
    marks = (
        Attendance.objects.filter(session__in=pks, expected=True)
        .order_by()
        .values_list("session__activity__kind__name")
        .annotate(due=Count("pk"), came=Count("pk", filter=Q(state__in=CAME)))
    )
    for kind, due, came in marks:
        lines[kind].expected, lines[kind].came = due, came
    agreed = (
        Resolution.objects.filter(session__in=pks)
        .exclude(owner=None)
        .order_by()
        .values_list("session__activity__kind__name")
        .annotate(total=Count("pk"), done=Count("pk", filter=Q(state=Resolution.State.DONE)))
    )
    for kind, total, done in agreed:
        lines[kind].agreed, lines[kind].done = total, done
    told = opinions_by(held.values_list("pk", flat=True), "session__activity__kind__name")
    for name, opinion in told.items():
        lines[str(name)].opinion = opinion
    return sorted(lines.values(), key=lambda line: line.kind)


@dataclass(frozen=True)
class Balance:
    """How much of what was held was only listened to."""

    held: int
    lectures: int
    limit: int

    @property
    def percent(self) -> int:
        """How many of a hundred sessions were lectures without any interaction."""
        return self.lectures * 100 // self.held if self.held else 0

    @property
    def is_lopsided(self) -> bool:
        """Whether lectures make up more than the school wants; three sessions say nothing yet."""
        return self.held > 3 and self.percent > self.limit  # noqa: PLR2004 (said above)


def balance(rows: Sessions, organisation: Organisation) -> Balance:
    """Return the share of lectures in which the participants only listened."""
    told = rows.aggregate(
        held=Count("pk", filter=~Q(closed_at=None)),
        lectures=Count(
            "pk",
            filter=~Q(closed_at=None) & Q(activity__kind__is_one_way=True, interactions=[]),
        ),
    )
    limit = setting_of(organisation).lecture_share_hint
    return Balance(told["held"], told["lectures"], limit)


def by_form(rows: Sessions) -> list[tuple[str, int, int]]:
    """Return form, held sessions and persons who came, for 集中, 分组 and 分散; two statements."""
    held = rows.filter(~Q(closed_at=None)).order_by()
    numbers = dict(held.values_list("activity__form").annotate(total=Count("pk")))
    came = dict(
        Attendance.objects.filter(session__in=held.values("pk"), state__in=CAME)
        .order_by()
        .values_list("session__activity__form")
        .annotate(total=Count("pk"))
    )
    return [
        (str(form.label), numbers.get(form.value, 0), came.get(form.value, 0))
        for form in Activity.Form
    ]


@dataclass(frozen=True)
class LeaderLine:
    """One leader of the school and the sessions this person was at."""

    teacher: Teacher
    role: str
    came: int
    led: int


def leaders(rows: Sessions, organisation: Organisation, day: date) -> list[LeaderLine]:
    """Return the leaders by name with how often each took part; three statements.

    A leader is who holds a post with rights of its own in the school: principal, office.
    """
    posts = (
        Post.objects.filter(held_on(day), organisation=organisation)
        .exclude(role__rights=[])
        .select_related("teacher", "role")
        .order_by("teacher__pinyin", "teacher", "role__order")
    )
    first: dict[int, Post] = {}
    for post in posts:
        first.setdefault(post.teacher_id, post)
    held = rows.filter(~Q(closed_at=None)).order_by().values("pk")
    came = dict(
        Attendance.objects.filter(session__in=held, teacher__in=first, state__in=CAME)
        .order_by()
        .values_list("teacher")
        .annotate(total=Count("pk"))
    )
    led = dict(
        Part.objects.filter(
            session__in=held,
            teacher__in=first,
            role__in=[Part.Role.HOST, Part.Role.MAIN_SPEAKER],
        )
        .order_by()
        .values_list("teacher")
        .annotate(total=Count("session", distinct=True))
    )
    return [
        LeaderLine(post.teacher, post.role.name, came.get(pk, 0), led.get(pk, 0))
        for pk, post in first.items()
    ]


@dataclass(frozen=True)
class Talk:
    """How much was said in the discussions, and by how many."""

    remarks: int
    contributors: int


def talk(rows: Sessions) -> Talk:
    """Return how many remarks the activities of `rows` have, and from how many people."""
    told = Remark.objects.filter(
        activity__in=rows.order_by().values("activity"), withdrawn_at=None
    ).aggregate(remarks=Count("pk"), people=Count("teacher", distinct=True))
    return Talk(told["remarks"], told["people"])


# ---- gaps ----
@dataclass(frozen=True)
class MissedWeeks:
    """The school weeks in which a unit should have met and did not."""

    unit: Unit
    weeks: list[int]
    expected: int


def missed_weeks(organisation: Organisation, term: Term, today: date) -> list[MissedWeeks]:
    """Return the units with a fixed rhythm that missed weeks before this one; four statements.

    A week counts as missed if the rhythm meets in it and no session of the unit was closed in it;
    weeks of holidays ask for none.
    """
    rhythms = Rhythm.objects.filter(
        plan__organisation=organisation, plan__term=term, plan__state=Plan.State.CONFIRMED
    )
    fixed = list(rhythms.exclude(unit=None).exclude(weekday=None).select_related("unit__kind"))
    held: dict[int, set[int]] = defaultdict(set)
    start, end = term.span.moments()
    rows = Session.objects.filter(
        unit__in={rhythm.unit_id for rhythm in fixed},
        starts_at__gte=start,
        starts_at__lt=end,
        closed_at__isnull=False,
    )
    for unit, moment in rows.values_list("unit_id", "starts_at"):
        held[int(unit or 0)].add(week_number(term, day_of(moment)))
    calendar = school_days(organisation)
    monday = today - timedelta(days=today.weekday())
    found = []
    for rhythm in fixed:
        days = [day for day in rhythm_days(rhythm, term.span, calendar) if day < monday]
        weeks = sorted({week_number(term, day) for day in days})
        missed = [week for week in weeks if week not in held[rhythm.unit_id or 0]]
        if missed and rhythm.unit:
            found.append(MissedWeeks(rhythm.unit, missed, len(weeks)))
    return sorted(found, key=lambda line: (line.unit.kind.order, line.unit.pk))


@dataclass(frozen=True)
class MissingMinutes:
    """A closed session without minutes, and for how many days they are overdue."""

    session: Session
    days: int


def missing_minutes(
    rows: Sessions, organisation: Organisation, today: date
) -> list[MissingMinutes]:
    """Return the closed sessions whose minutes are overdue, the oldest first; two statements."""
    days = setting_of(organisation).minutes_due_days
    before = moment_at(today - timedelta(days=days))
    found = (
        rows.filter(~Q(closed_at=None), minutes_taken=None, ends_at__lt=before)
        .select_related("unit", "organisation")
        .order_by("starts_at")
    )
    return [MissingMinutes(row, (today - day_of(row.ends_at)).days - days) for row in found[:200]]


def fell_out(rows: Sessions) -> Sessions:
    """Return the sessions that were called off, with their reasons, the newest first."""
    called_off = rows.exclude(cancelled_at=None)
    return called_off.select_related("unit", "organisation").order_by("-starts_at")


def never_closed(rows: Sessions, at: datetime) -> Sessions:
    """Return the sessions whose time is over and that were neither closed nor called off."""
    left = rows.filter(closed_at=None, cancelled_at=None, ends_at__lt=at)
    return left.select_related("unit", "organisation").order_by("starts_at")


def overdue(rows: Sessions, today: date) -> "QuerySet[Resolution]":
    """Return what was agreed, is still open and past its day, the oldest first."""
    found = Resolution.objects.filter(
        session__in=rows.order_by().values("pk"), state=Resolution.State.OPEN, due_on__lt=today
    )
    return found.exclude(owner=None).select_related("owner", "session").order_by("due_on", "id")


def minutes_by_form(rows: "QuerySet[Attendance]") -> dict[int, dict[str, int]]:
    """Return the minutes each teacher spent by form of activity; one statement."""
    length = Sum(F("session__ends_at") - F("session__starts_at"))
    found: dict[int, dict[str, int]] = defaultdict(dict)
    told = (
        rows.filter(state__in=CAME)
        .order_by()
        .values_list("teacher", "session__activity__form")
        .annotate(length=length)
    )
    for teacher, form, spent in told:
        found[teacher][form] = int(spent.total_seconds() // 60) if spent else 0
    return found
