"""学时学分登记表: what each record earned, by category, with who recognised it and when."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from yanxiu.kernel.spans import Span, day_of
from yanxiu.ledger.models import Award, RecognitionStep
from yanxiu.ledger.queries import TeacherStanding, with_entries
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.people.models import Teacher
from yanxiu.ui.wording import amount_text

STEP_WORDS: Final = {
    "closing": "活动关闭时确认",
    "self": "本人自报",
    "group_leader": "教研组认定",
    "school": "学校认定",
    "central_school": "中心校确认",
    "county": "区（县）确认",
}
"""What a step is called where the scheme gives it no title."""


@dataclass(frozen=True)
class Line:
    """登记: one record; `earned` is by itself, `counted` beside all others, "" while it waits."""

    day: str
    title: str
    role: str
    earned: str
    counted: str
    steps: str


@dataclass
class Category:
    """One category of a register with its lines and what counts of them together."""

    name: str
    unit: str
    lines: list[Line] = field(default_factory=list)
    counted: Decimal = Decimal(0)

    @property
    def total(self) -> str:
        """The sum that counts, in words."""
        return f"{amount_text(self.counted)} {self.unit}"


@dataclass(frozen=True)
class Register:
    """学时学分登记表 of one teacher under one scheme."""

    scheme: str
    categories: list[Category]


@dataclass
class Registers:
    """The registers of one teacher, and the records that stand in them."""

    found: list[Register] = field(default_factory=list)
    records: set[UUID] = field(default_factory=set)


def registers_of(
    teachers: Sequence[Teacher], stands: dict[int, list[TeacherStanding]], span: Span
) -> dict[int, Registers]:
    """Return the registers of each of `teachers` in `span`; two statements, however many."""
    awards = _awards(teachers, stands, span)
    steps = _steps([award for own in awards.values() for award in own])
    found = {}
    for teacher in teachers:
        found[teacher.pk] = registers = Registers()
        own = awards.get(teacher.pk, [])
        for each in stands[teacher.pk]:
            mine = [award for award in own if award.scheme == each.scheme.id]
            if mine:
                categories = _categories(each, mine, steps)
                registers.found.append(Register(each.scheme.title, categories))
                registers.records |= {award.record.uid for award in mine}
    return found


def _awards(
    teachers: Sequence[Teacher], stands: dict[int, list[TeacherStanding]], span: Span
) -> dict[int, list[Any]]:
    """Return the awards that stand or wait, of each record the latest round, by teacher."""
    schemes = {each.scheme.id for own in stands.values() for each in own}
    rows = with_entries(Award.objects.all()).filter(
        valid=True,
        scheme__in=schemes,
        record__teacher__in=[one.pk for one in teachers],
        record__withdrawn_at=None,
        record__happened_on__gte=span.start,
        record__happened_on__lt=span.end,
    )
    rows = rows.select_related("record").defer("steps")
    found: dict[int, dict[tuple[int, str], Any]] = defaultdict(dict)
    for award in rows.order_by("record__happened_on", "record__uid", "-round"):
        found[award.record.teacher_id].setdefault((award.record_id, award.scheme), award)
    return {
        pk: [award for award in own.values() if not award.is_reversed] for pk, own in found.items()
    }


def _steps(awards: Sequence[Any]) -> dict[int, list[RecognitionStep]]:
    found: dict[int, list[RecognitionStep]] = defaultdict(list)
    rows = RecognitionStep.objects.filter(record__in={award.record_id for award in awards})
    for row in rows.order_by("at", "pk"):
        found[row.record_id].append(row)
    return found


def _categories(
    each: TeacherStanding, awards: Sequence[Any], steps: dict[int, list[RecognitionStep]]
) -> list[Category]:
    found: dict[tuple[str, str], Category] = {}
    for award in awards:
        unit = each.scheme.unit_label(award.unit)
        name = each.scheme.label("kind", award.record.kind)
        category = found.setdefault((name, award.unit), Category(name, unit))
        one = each.standing.counted.get(award.record.uid)
        counted = None
        if award.posted is not None:
            counted = award.posted if one is None else one.counted
            category.counted += counted
        category.lines.append(
            _line(each.scheme, award, counted, steps.get(award.record_id, []), unit)
        )
    return list(found.values())


def _line(
    scheme: Scheme,
    award: Any,
    counted: Decimal | None,
    steps: Sequence[RecognitionStep],
    unit: str,
) -> Line:
    day, earned = award.record.happened_on, award.amount if award.posted is None else award.posted
    return Line(
        day=f"{day.year}.{day.month}.{day.day}",
        title=award.record.title,
        role=scheme.label("role", award.record.role),
        earned=f"{amount_text(earned)} {unit}",
        counted="待认定" if counted is None else amount_text(counted),
        steps="；".join(_step(one) for one in steps) or "—",
    )


def _step(row: RecognitionStep) -> str:
    """Say who did what when, and the amount unless it was left to the scheme."""
    claimed = row.decision == "claimed"
    word = row.title or STEP_WORDS.get(row.level or row.step, "")
    if row.decision not in {"accepted", "claimed"} or not word:
        word = f"{word}{row.get_decision_display()}"
    elif claimed and "报" not in word:
        word = "本人自报"
    amount = "" if row.amount is None else f" {amount_text(row.amount)}"
    day = day_of(row.at)
    reason = f"（{row.reason}）" if row.reason else ""
    return f"{word}{amount}，{row.by_name} {day.month}.{day.day}{reason}"
