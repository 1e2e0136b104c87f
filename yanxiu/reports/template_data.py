"""True data for a template: every number from the table of figures, every row one may open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from yanxiu.documents.word.template import ROWS, Template, TooManyRows
from yanxiu.documents.word.template_fields import ASKED
from yanxiu.figures.table import Figure, Scope
from yanxiu.kernel.spans import Span
from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.reports.template_fields import DETAIL, SCHOOLS, figures_by_name
from yanxiu.terms.models import Term
from yanxiu.ui.wording import figure_text

Row = dict[str, str]


@dataclass(frozen=True)
class Asked:
    """What a template is filled about.

    Attributes:
        organisation: the school or superior.
        unit: one unit of it, or None for all.
        span: the days.
        term: the term of these days, or None.
        words: what the person wrote for the fields that are asked for.
        title: the name of the template.
        by: who fills it.
        on: the day of today.
    """

    organisation: Organisation
    span: Span
    title: str
    by: Teacher
    on: date
    unit: Unit | None = None
    term: Term | None = None
    words: Mapping[str, str] | None = None

    @property
    def scope(self) -> Scope:
        """The same as figures are asked."""
        unit = self.unit.pk if self.unit else None
        return Scope(self.organisation.pk, self.organisation.path, self.span, unit)


def fill(template: Template, asked: Asked) -> bytes:
    """Return the docx with true data; only what the template uses is asked for."""
    known = figures_by_name()
    values = plain(asked)
    for name in template.fields:
        if name in known:
            values[name] = figure_text(known[name].value(asked.scope))
    for name, text in (asked.words or {}).items():
        values[f"{ASKED}：{name}"] = text
    tables = {
        name: schools(columns, asked, known)
        if name == SCHOOLS
        else detail(known[name.removesuffix(DETAIL)], asked)
        for name, columns in template.tables.items()
    }
    return template.fill(values, tables)


def plain(asked: Asked) -> dict[str, str | None]:
    """Return the values of the fields that are no figures; what there is not, is a gap."""
    first, last = day(asked.span.start), day(asked.span.last)
    superior, term = asked.organisation.parent, asked.term
    return {
        "学校": asked.organisation.name,
        "上级单位": superior.name if superior else None,
        "教研组": asked.unit.name if asked.unit else None,
        "学期": str(term) if term else None,
        "学年": f"{term.school_year}—{term.school_year + 1}学年" if term else None,
        "时间范围": f"{first}至{last}",
        "起始日期": first,
        "截止日期": last,
        "日期": day(asked.on),
        "标题": asked.title,
        "填表人": asked.by.name,
    }


def day(one: date) -> str:
    """Write a day as official papers do."""
    return f"{one.year}年{one.month}月{one.day}日"


def detail(figure: Figure, asked: Asked) -> list[Row]:
    """Return the rows behind `figure` that the person may open, and how many there are besides."""
    rows = figure.rows(asked.scope)
    mine = figure.opened(rows.filter(figure.seen_by(asked.by)))
    found = list(mine[: ROWS + 1])
    if len(found) > ROWS:
        raise TooManyRows(f"{figure.name}{DETAIL}", mine.count())
    shown: list[Row] = [
        dict(zip(figure.columns, (cell.text for cell in figure.cells(row)), strict=False))
        for row in found
    ]
    if hidden := rows.count() - len(shown):
        shown.append({figure.columns[0]: f"【待补：另有{hidden}行，您没有查看权限】"})
    return shown


def schools(columns: tuple[str, ...], asked: Asked, known: Mapping[str, Figure]) -> list[Row]:
    """Return a row for each school below, with the figures that are used; one statement each."""
    below = Organisation.objects.filter(
        path__startswith=asked.organisation.path, is_school=True
    ).order_by("path")
    found = list(below)
    paths = [one.path for one in found]
    used = {name: known[name].values(asked.scope, paths) for name in columns if name in known}
    return [
        {
            "学校": one.name,
            **{name: figure_text(numbers[one.path]) for name, numbers in used.items()},
        }
        for one in found
    ]
