"""Stating numbers: each from the table of figures, or openly as a gap."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from yanxiu.figures.table import Figure, Scope, all_figures
from yanxiu.kernel.spans import day_of
from yanxiu.people.models import Unit
from yanxiu.planning.reading.gaps import GAP as PLACEHOLDER
from yanxiu.reports.documents.term_summary.data import Answer, Gap, Prose, Stated
from yanxiu.reports.models import Summary


@dataclass
class Reckoner:
    """What all sections ask: the numbers of one school and term, and what people wrote.

    Attributes:
        summary: with organisation and term joined.
        at: the moment of reckoning.
    """

    summary: Summary
    at: datetime
    known: dict[tuple[str, str], Stated] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Take the texts and the figures once."""
        self.texts = self.summary.texts()
        self.figures = dict(all_figures())

    @property
    def day(self) -> date:
        """The day of reckoning."""
        return day_of(self.at)

    def scope(self, unit: Unit | None = None) -> Scope:
        """Return the scope of the whole organisation, or of one unit."""
        organisation, term = self.summary.organisation, self.summary.term
        return Scope(
            organisation.pk, organisation.path, term.span, unit.pk if unit is not None else None
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
        key = (code, str(unit.uid) if unit is not None else "")
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
        """Return the figure that is called `name` and counted in `measure`, and only that."""
        fitting = [one for one in self.figures.values() if one.name == name and one.unit == measure]
        return fitting[0] if len(fitting) == 1 else None

    def lack(self, gap: Gap) -> Gap | Answer:
        """Return `gap`, or what the school states openly in its place.

        It stands inside a sentence or a cell, so that its own full stop is left out.
        """
        text = self.texts.get(f"gap:{gap.key}", "").rstrip("。；;，, \n")
        return gap if not text or PLACEHOLDER.search(text) else Answer(gap.key, gap.what, text)

    def prose(self, key: str, *, required: str = "") -> Prose:
        """Return the school's own text of a section.

        Args:
            key: the section.
            required: what is lacking while the text is empty; "" if it may stay empty.
        """
        text = self.texts.get(f"section:{key}", "")
        left = PLACEHOLDER.search(text)
        if left:
            return Prose(
                text,
                Gap(
                    f"section:{key}",
                    f"占位符“{left[0]}”处的内容",
                    "正文里还有没有填的占位符。",
                    "请在这一段里改成实际的内容。",
                ),
            )
        if required and not text:
            return Prose(
                "",
                Gap(
                    f"section:{key}", required, "这一段要由学校自己写。", "请在这一段下面写几句话。"
                ),
            )
        return Prose(text)
