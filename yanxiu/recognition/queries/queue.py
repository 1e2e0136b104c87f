"""What waits for somebody, and what has become of one's own records."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils.translation import gettext as _

from yanxiu.attachments.models import Attachment
from yanxiu.ledger.facts import facts_of
from yanxiu.ledger.models import RecognitionStep, Record
from yanxiu.ledger.models.levels import OrganiserLevel
from yanxiu.ledger.permissions import may_take_step
from yanxiu.ledger.queries.chains import Ladder, Ways, most_amount, standing_amount
from yanxiu.ledger.rules.facts import measure_of
from yanxiu.ledger.rules.process import (
    AT_ONCE,
    GROUP_LEADER,
    HOST,
    OFFICES,
    SCHOOL,
    YEAR_END,
)
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.ledger.wording import kind_word, measure_word
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher
from yanxiu.recognition.queries.giving import Given, counted

TEACHER, EVENT, NOTHING = "teacher", "event", ""
GROUPINGS = (NOTHING, TEACHER, EVENT)


@dataclass(frozen=True)
class Wanted:
    """What a decider wants to see of the queue."""

    school: str = ""
    kind: str = ""
    step: str = ""
    late: bool = False
    below: bool = False
    year_end: bool = False
    by: str = NOTHING


@dataclass
class Line:
    """One record with what was said of it so far."""

    record: Record
    kind: str
    measure: str
    stands: Decimal
    most: Decimal
    steps: list[RecognitionStep] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    is_late: bool = False
    number: int = 0
    said: list[str] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)
    way: str = ""
    typed: dict[str, str] = field(default_factory=dict)
    error: str = ""

    @property
    def claimed(self) -> Decimal:
        """What was told (自报), or what the record tells."""
        return self.record.claimed if self.record.claimed is not None else self.most

    @property
    def to_do(self) -> str:
        """What the reader of the queue shall do.

        What a host recognises by closing an activity is looked at where nobody closes it.
        """
        if self.record.waiting_by == HOST:
            return _("活动办完了，请核对后认定")
        return self.record.waiting_title

    @property
    def told(self) -> list[RecognitionStep]:
        """The steps that say more than what was claimed, which stands above them."""
        claimed = RecognitionStep.Decision.CLAIMED
        return [step for step in self.steps if step.decision != claimed or step.reason]

    @property
    def is_decided(self) -> bool:
        """Whether anybody has found an amount right; before, what was claimed is only claimed."""
        return self.record.state == Record.State.RECOGNISED or any(
            step.decision == RecognitionStep.Decision.ACCEPTED for step in self.steps
        )

    @property
    def is_reduced(self) -> bool:
        """Whether less stands than was claimed."""
        return self.stands < self.claimed

    @property
    def cut(self) -> RecognitionStep | None:
        """The step that last said why less stands than was claimed."""
        accepted = RecognitionStep.Decision.ACCEPTED
        told = [step for step in self.steps if step.decision == accepted and step.reason]
        return told[-1] if told and self.is_reduced else None


@dataclass
class Group:
    """Lines that belong together: of one person, or of one event."""

    key: str
    title: str
    lines: list[Line] = field(default_factory=list)

    @property
    def numbers(self) -> str:
        """The numbers of its lines on the page."""
        return ",".join(str(line.number) for line in self.lines)


def open_to(teacher: Teacher) -> "QuerySet[Record]":
    """Return every record that waits for a step that `teacher` may take."""
    return allowed(may_take_step, teacher, Record.objects.all())


def own_places(teacher: Teacher) -> Q:
    """Return the condition that a record waits where the reader's own right is, not below it."""
    paths = teacher.reach_paths("recognise_hours")
    return Q(waiting_at__path__in=paths) | Q(waiting_by=GROUP_LEADER)


@dataclass(frozen=True)
class Overview:
    """How much waits, by school, kind and step; one statement."""

    rows: list[dict[str, Any]]

    def count(self, wanted: Wanted) -> int:
        """Return how many records `wanted` shows."""
        return sum(row["n"] for row in self.rows if self._fits(row, wanted))

    def _fits(self, row: dict[str, Any], wanted: Wanted) -> bool:
        return (
            row["waiting_when"] == (YEAR_END if wanted.year_end else AT_ONCE)
            and (wanted.below or row["is_own"])
            and (not wanted.school or str(row["organisation__uid"]) == wanted.school)
            and (not wanted.kind or row["kind"] == wanted.kind)
            and (not wanted.step or row["waiting_title"] == wanted.step)
            and (not wanted.late or row["is_late"])
        )

    def schools(self) -> list[tuple[str, str]]:
        """Return the schools from which something waits."""
        found = {str(row["organisation__uid"]): row["organisation__name"] for row in self.rows}
        return sorted(found.items(), key=lambda one: one[1])

    def kinds(self) -> list[tuple[str, str]]:
        """Return the kinds of which something waits."""
        found = {row["kind"] for row in self.rows}
        return sorted((code, kind_word(code)) for code in found)

    def steps(self) -> list[str]:
        """Return the steps for which something waits."""
        return sorted({row["waiting_title"] for row in self.rows})


def overview(teacher: Teacher, day: date) -> Overview:
    """Return how much waits for `teacher`; one statement."""
    late = Q(due_on__lt=day)
    rows = (
        open_to(teacher)
        .annotate(is_own=_told(own_places(teacher)), is_late=_told(late))
        .order_by()
        .values(
            "organisation__uid", "organisation__name", "kind", "waiting_title", "waiting_when",
            "is_own", "is_late",
        )
        .annotate(n=Count("pk"))
    )  # fmt: skip
    return Overview([dict(row) for row in rows])


def _told(condition: Q) -> Any:
    return Case(
        When(condition, then=Value(value=True)),
        default=Value(value=False),
        output_field=BooleanField(),
    )


def waiting(teacher: Teacher, wanted: Wanted, day: date) -> "QuerySet[Record]":
    """Return what `wanted` shows, the most urgent first."""
    rows = open_to(teacher).filter(waiting_when=YEAR_END if wanted.year_end else AT_ONCE)
    if not wanted.below:
        rows = rows.filter(own_places(teacher))
    if wanted.school:
        rows = rows.filter(organisation__uid=wanted.school)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.step:
        rows = rows.filter(waiting_title=wanted.step)
    if wanted.late:
        rows = rows.filter(due_on__lt=day)
    order: tuple[Any, ...] = (F("due_on").asc(nulls_last=True), "waiting_since", "pk")
    if wanted.by == TEACHER:
        order = ("teacher__pinyin", "teacher_id", "happened_on", "pk")
    elif wanted.by == EVENT:
        order = ("happened_on", "title", "source_id", "teacher__pinyin", "pk")
    found: QuerySet[Record] = rows.select_related("teacher", "organisation").order_by(*order)
    return found


def lines(records: Sequence[Record], day: date, *, with_files: bool = True) -> list[Line]:
    """Return `records` with steps and proof; three statements, one more for each stored scheme."""
    counts = counted(records)
    ways = Ways(scheme for one in counts.values() for scheme in one.schemes)
    found = {}
    for record in records:
        scheme = ways.of(record).scheme
        named = scheme or next(iter(counts[record.pk].schemes), None)
        found[record.pk] = Line(
            record=record,
            kind=kind_word(record.kind, scheme),
            measure=measure_word(measure_of(facts_of(record)), named),
            stands=standing_amount(record, scheme),
            most=most_amount(record, scheme),
            is_late=bool(record.due_on and record.due_on < day),
            said=_said(record, [scheme] if scheme else [], counts[record.pk].schemes),
            given=counts[record.pk].given,
            way=scheme.title if scheme and len(counts[record.pk].given) > 1 else "",
        )
    for step in RecognitionStep.objects.filter(record__in=found).order_by("at", "pk"):
        found[step.record_id].steps.append(step)
    files = files_of(records) if with_files else {}
    for line in found.values():
        line.files = files.get((line.record.source_kind, line.record.source_id), [])
    for number, line in enumerate(found.values()):
        line.number = number
    return list(found.values())


def _said(record: Record, own: list[Scheme], others: list[Scheme]) -> list[str]:
    """Return in words what an amount depends on beside the kind: level, mode, prize.

    The words are those of its own scheme, else of the first other one that has a word for it.
    """
    found = []
    for name in ("organiser_level", "delivery_mode", "prize", "grade"):
        code = getattr(record, name)
        if code:
            words = (scheme.label(name, code) for scheme in [*own, *others])
            usual = dict(OrganiserLevel.choices).get(code, "")
            found.append(str(next((word for word in words if word != code), usual)))
    return [word for word in found if word]


def files_of(records: Iterable[Record]) -> dict[tuple[str, Any], list[Attachment]]:
    """Return the files beside what `records` come from; one statement."""
    found: dict[tuple[str, Any], list[Attachment]] = defaultdict(list)
    rows = Attachment.objects.filter(source_id__in=[record.source_id for record in records])
    for row in rows.order_by("added_at", "pk"):
        found[row.source_kind, row.source_id].append(row)
    return found


def grouped(some: Sequence[Line], by: str) -> list[Group]:
    """Return lines, sorted already, in groups; all in one where nothing is asked."""
    groups: list[Group] = []
    for line in some:
        record = line.record
        if by == TEACHER:
            key, title = str(record.teacher.uid), record.teacher.name
        elif by == EVENT:
            key, title = f"{record.happened_on}:{record.title}", record.title
        else:
            key = title = ""
        if not groups or groups[-1].key != key:
            groups.append(Group(key, title))
        groups[-1].lines.append(line)
    return groups


def level_of(teacher: Teacher, record: Record) -> str:
    """Return the highest level for which `teacher` can decide about `record` in the own right."""
    ladder = Ladder.over([record.organisation])
    held = set(teacher.reach_paths("recognise_hours"))
    places = {level: ladder.place(record.organisation, level).path for level in OFFICES}
    return next((level for level in reversed(OFFICES) if places[level] in held), SCHOOL)


def own_records(teacher: Teacher) -> "QuerySet[Record]":
    """Return the records of `teacher` that were declared or that people decided on; newest first.

    What the closing of a session alone recognised stands among the person's records.
    """
    decided = RecognitionStep.objects.filter(
        record=OuterRef("pk"), level__in=(GROUP_LEADER, *OFFICES)
    )
    return (
        Record.objects.filter(
            Q(assurance=Record.Assurance.DECLARED)
            | Exists(decided)
            | ~Q(state=Record.State.RECOGNISED),
            teacher=teacher,
        )
        .select_related("teacher", "organisation", "waiting_at")
        .order_by("-happened_on", "-pk")
    )
