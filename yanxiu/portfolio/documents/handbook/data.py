"""What stands in the handbooks, read for some twenty teachers at a time."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from yanxiu.figures.leaves import Leaf
from yanxiu.kernel.spans import Span
from yanxiu.ledger.models import Record
from yanxiu.ledger.queries import TeacherStanding, standings_of
from yanxiu.people.models import Membership, Organisation, Teacher
from yanxiu.portfolio.documents.handbook.hours import Register, Registers, registers_of
from yanxiu.portfolio.queries.categories import Section, Sections
from yanxiu.portfolio.queries.files import by_section, file_leaves
from yanxiu.ui.wording import amount_text

TOGETHER: Final = 20
ALWAYS: Final = ("plans", "activities", "hours")
"""Categories that a handbook shows even when they are empty; the others only with real data."""


@dataclass(frozen=True)
class Asked:
    """Which handbooks: of which school, for which days, read by whom and made when."""

    organisation: Organisation
    span: Span
    period: str
    sections: Sections
    reader: Teacher
    on: date


@dataclass(frozen=True)
class Handbook:
    """研修手册 of one teacher.

    `hours` are rows of requirement, amounts and source; `registers` the 学时学分登记表 by scheme.
    """

    name: str
    organisation: str
    period: str
    units: str
    made_on: date
    sections: list[tuple[Section, list[Leaf]]]
    hours: list[tuple[str, ...]]
    registers: list[Register]


def handbooks(teachers: Sequence[Teacher], asked: Asked) -> Iterator[Handbook]:
    """Yield the handbook of each of `teachers`, in order; a few statements for twenty."""
    for start in range(0, len(teachers), TOGETHER):
        yield from _some(teachers[start : start + TOGETHER], asked)


def labels(teachers: Sequence[Teacher], asked: Asked) -> list[str]:
    """Return what the contents of a volume call the handbook of each of `teachers`."""
    units = _units([one.pk for one in teachers], min(asked.span.last, asked.on))
    return [label(one.name, "、".join(units[one.pk])) for one in teachers]


def label(name: str, units: str) -> str:
    """Return a name with the units beside it."""
    return f"{name}（{units}）" if units else name


def _some(teachers: Sequence[Teacher], asked: Asked) -> Iterator[Handbook]:
    pks = [one.pk for one in teachers]
    leaves = file_leaves(pks, asked.span, asked.reader)
    last = min(asked.span.last, asked.on)
    stands = standings_of(teachers, asked.organisation, last, semester=asked.span)
    units = _units(pks, last)
    registers = registers_of(teachers, stands, asked.span)
    for one in teachers:
        own = registers[one.pk]
        filled = dict(by_section(_not_registered(leaves.get(one.pk, []), own), asked.sections))
        yield Handbook(
            name=one.name,
            organisation=asked.organisation.name,
            period=asked.period,
            units="、".join(units[one.pk]),
            made_on=asked.on,
            sections=[
                (section, filled.get(section, []))
                for section in asked.sections.all
                if section in filled or section.code in ALWAYS
            ],
            hours=[row for each in stands[one.pk] for row in _hours(each)],
            registers=own.found,
        )


def _not_registered(leaves: Sequence[Leaf], own: Registers) -> list[Leaf]:
    """Return `leaves` without the records that the register tells with more."""
    return [
        leaf
        for leaf in leaves
        if leaf.source is None
        or leaf.source.kind != Record.SOURCE_KIND
        or leaf.source.uid not in own.records
    ]


def _units(pks: Sequence[int], on: date) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Membership.objects.on(on).filter(teacher__in=pks, unit__kind__governs="")
    for who, name in rows.order_by("unit_id").values_list("teacher_id", "unit__name"):
        found[who].append(name)
    return found


def _hours(each: TeacherStanding) -> Iterator[tuple[str, ...]]:
    for one in each.standing.requirements:
        if one.severity != "info":
            yield (
                f"{one.scope_label}　{one.title}",
                f"{amount_text(one.required)} {one.unit_label}",
                amount_text(one.recognised),
                amount_text(one.pending),
                amount_text(one.missing),
                one.source,
            )
