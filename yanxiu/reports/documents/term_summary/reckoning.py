"""Stating numbers: each from the table of figures, or openly as a gap."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from yanxiu.figures.table import Figure, Scope, all_figures
from yanxiu.kernel.spans import day_of
from yanxiu.people.models import Unit
from yanxiu.planning.models import Plan
from yanxiu.planning.reading.gaps import GAP as PLACEHOLDER
from yanxiu.reports.documents.term_summary.data import (
    Answer,
    Gap,
    Paragraph,
    Piece,
    Prose,
    Stated,
)
from yanxiu.reports.documents.term_summary.outline import Part
from yanxiu.reports.documents.term_summary.references import Reference, split
from yanxiu.reports.models import Summary

NOT_TOLD = {"people.never_logged_in"}
"""Figures that help to run the house and say nothing about the term."""

NOT_OF_ONE = (
    "people.",
    "planning.goals",
    "planning.rhythms",
    "training.expert",
    "training.make_up",
    "training.tagged",
)
"""How the codes of figures begin that cannot be asked of one person."""


@dataclass
class Reckoner:
    """What all sections ask: the numbers of one subject and span, and what people wrote.

    Attributes:
        summary: with organisation, unit, teacher and term joined.
        at: the moment of reckoning.
    """

    summary: Summary
    at: datetime
    known: dict[tuple[str, str], Stated] = field(default_factory=dict)
    plans: list[Plan] | None = None

    def __post_init__(self) -> None:
        """Take the texts and the figures once."""
        self.texts = self.summary.texts()
        self.figures = figures_for(self.summary)
        self.names = {figure.name: code for code, figure in self.figures.items()}

    @property
    def day(self) -> date:
        """The day of reckoning."""
        return day_of(self.at)

    @property
    def subject(self) -> str:
        """What it is a summary of: school, unit, teacher or superior."""
        return subject_of(self.summary)

    @cached_property
    def units(self) -> dict[str, Unit]:
        """The living units of the organisation by name."""
        rows = Unit.objects.filter(organisation=self.summary.organisation_id, ends_on=None)
        return {row.name: row for row in rows}

    def scope(self, unit: Unit | None = None) -> Scope:
        """Return the scope of the summary, or of one unit."""
        organisation = self.summary.organisation
        return Scope(
            organisation.pk,
            organisation.path,
            self.summary.span,
            unit.pk if unit is not None else self.summary.unit_id,
            self.summary.teacher_id,
        )

    def state(self, code: str, unit: Unit | None = None) -> Stated | Gap | Answer:
        """Return the number `code`; a number that the system does not know is a gap."""
        if code not in self.figures:
            return self.lack(
                Gap(
                    key=f"figure:{code}",
                    what=code,
                    why="系统里没有这个数据项。",
                    remedy="请在这里如实写明情况。",
                )
            )
        return self.stated(code, unit)

    def stated(self, code: str, unit: Unit | None = None) -> Stated:
        """Return the number of a figure that is known to be there."""
        of = unit if unit is not None else self.summary.unit
        key = (code, str(of.uid) if of is not None else "")
        if key not in self.known:
            figure = self.figures[code]
            value = figure.value(self.scope(unit))
            self.known[key] = Stated(code, figure.name, value, figure.unit, key[1])
        return self.known[key]

    def value(self, code: str, unit: Unit | None = None) -> Decimal:
        """Return the bare number, 0 where the system does not know it."""
        stated = self.state(code, unit)
        return stated.value if isinstance(stated, Stated) else Decimal(0)

    def named(self, name: str, measure: str) -> Figure | None:
        """Return the figure that is called `name` and counted in `measure`, and only that.

        听课 in 节 is what the figure 听课节数 counts.
        """
        names = (name, f"{name}{measure}数", f"{name}数", f"{name}次数")
        fitting = [
            one for one in self.figures.values() if one.name in names and one.unit == measure
        ]
        return fitting[0] if len(fitting) == 1 else None

    def lack(self, gap: Gap) -> Gap | Answer:
        """Return `gap`, or what the school states openly in its place.

        It stands inside a sentence or a cell, so that its own full stop is left out.
        """
        text = self.texts.get(f"gap:{gap.key}", "").rstrip("。；;，, \n")
        return gap if not text or PLACEHOLDER.search(text) else Answer(gap.key, gap.what, text)

    # ---- the school's own words ----
    def prose(self, part: Part, *, required: str = "") -> tuple[Prose, ...]:
        """Return the paragraphs that people wrote in one section.

        Args:
            part: the section.
            required: what is lacking while all of them are empty; "" if they may stay empty.
        """
        found = [self._paragraph(place) for place in part.places()]
        if required and not any(one.text for one in found):
            why, remedy = "这一段要由您自己写。", "请在这一段下面写几句话。"
            gap = Gap(found[0].place, required, why, remedy)
            found[0] = Prose("", gap, found[0].place)
        return tuple(found)

    def _paragraph(self, place: str) -> Prose:
        text = self.texts.get(place, "")
        lines, unknown = [], ""
        for line in text.splitlines():
            if not line.strip():
                continue
            pieces: list[Piece] = []
            for one in split(line.strip()):
                piece = one if isinstance(one, str) else self.referred(one)
                unknown = unknown or ("" if piece is not None else str(one))
                pieces.append(piece if piece is not None else str(one))
            lines.append(Paragraph(tuple(pieces)))
        return Prose(text, _lacking(place, text, unknown), place, tuple(lines))

    def referred(self, reference: Reference) -> Stated | None:
        """Return the number that a reference stands for, None if there is none of that name."""
        code = reference.name if reference.name in self.figures else ""
        code = code or self.names.get(reference.name, "")
        if not code:
            return None
        if not reference.unit:
            return self.stated(code)
        unit = self.units.get(reference.unit)
        return self.stated(code, unit) if unit is not None and self.subject == "school" else None


def _lacking(place: str, text: str, unknown: str) -> Gap | None:
    left = PLACEHOLDER.search(text)
    if left:
        return Gap(
            place,
            f"占位符“{left[0]}”处的内容",
            "正文里还有没有填的占位符。",
            "请在这一段里改成实际的内容，或插入数据。",
        )
    if unknown:
        return Gap(
            place,
            f"“{unknown}”对应的数据项",
            "正文引用了系统里没有的数据项。",
            "请在这一段里重新选数据，或改成文字。",
        )
    return None


def subject_of(summary: Summary) -> str:
    """Return what it is a summary of: school, unit, teacher or superior."""
    if summary.teacher_id is not None:
        return "teacher"
    if summary.unit_id is not None:
        return "unit"
    return "school" if summary.organisation.is_school else "superior"


def figures_for(summary: Summary) -> dict[str, Figure]:
    """Return the figures that a summary may state, by code."""
    found = dict(all_figures())
    if summary.teacher_id is None:
        return found
    return {code: one for code, one in found.items() if not code.startswith(NOT_OF_ONE)}
