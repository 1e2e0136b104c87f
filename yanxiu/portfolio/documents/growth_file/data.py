"""What stands in the growth file, by term and category."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yanxiu.figures.leaves import Leaf
from yanxiu.kernel.spans import Span
from yanxiu.people.models import Teacher
from yanxiu.portfolio.queries.categories import Section, Sections
from yanxiu.portfolio.queries.files import by_section, by_term, file_leaves
from yanxiu.terms.models import Term


@dataclass(frozen=True)
class GrowthFile:
    """个人成长档案 of one teacher; `facts` are those of the cover, `terms` the newest first."""

    name: str
    organisation: str
    period: str
    made_on: date
    facts: list[tuple[str, str]]
    terms: list[tuple[str, list[tuple[Section, list[Leaf]]]]]

    @property
    def leaves(self) -> list[Leaf]:
        """All leaves, as they stand."""
        return [leaf for _t, parts in self.terms for _s, leaves in parts for leaf in leaves]


def file_of(
    teacher: Teacher,
    *,
    span: Span,
    period: str,
    sections: Sections,
    terms: Sequence[Term],
    reader: Teacher,
    organisation: str,
    on: date,
) -> GrowthFile:
    """Return the file of `teacher` over `span`, as far as `reader` may see it."""
    leaves = file_leaves([teacher.pk], span, reader).get(teacher.pk, [])
    return GrowthFile(
        name=teacher.name,
        organisation=organisation,
        period=period,
        made_on=on,
        facts=_facts(teacher, organisation, period, on),
        terms=[(name, by_section(some, sections)) for name, some in by_term(leaves, terms)],
    )


def _facts(teacher: Teacher, organisation: str, period: str, on: date) -> list[tuple[str, str]]:
    facts = [
        ("姓名", teacher.name),
        ("学校", organisation),
        ("任教学科", "、".join(teacher.subjects)),
        ("学历", teacher.education),
        ("职称", teacher.title),
        ("参加工作", teacher.started_work),
        ("时段", period),
        ("制作", on.isoformat()),
    ]
    return [(name, text) for name, text in facts if text]
