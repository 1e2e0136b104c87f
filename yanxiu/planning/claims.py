"""What a summary claims, beside what the system counted for the same days."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from yanxiu.figures.table import Figure, Scope, all_figures
from yanxiu.planning.actions.kept import Kept, number_read
from yanxiu.planning.models import Finding, Proposal
from yanxiu.texts.keys import key

COUNTED = {"quantity", "placeholder"}
"""Kinds of value that a figure can stand beside: a number, or the gap left for one."""
NEXT = re.compile(r"未来|下一?步|今后|打算|努力方向|设想|展望|下(?:学期|学年|年度)")
"""What the section is called in which a summary says what shall be done next."""
_MEASURED = re.compile(r"(?:场次|人次|次数|份数|时长|人数)$")
_SAME_UNIT = {"场": "次", "场次": "次", "节次": "节"}
_WORDS = (
    "[我本全]校|学校|本学期|本学年|一学期|全年|一年来|累计|[总共设现有来]|开展|组织|举行|举办"
    "|参加|参与|在[职编岗册]|专任|了"
)
_FRONT = re.compile(f"(?:{_WORDS})+")
_AMOUNT = r"[0-9一二三四五六七八九十百千零〇两余多约近达为计个名位人次场\s]"
_REST = re.compile(f"(?:{_WORDS}|{_AMOUNT})*")
"""All that may stand in a clause beside the name of a number that speaks of the whole."""
_CLAUSE = re.compile(r"[，。；：、,;:]")
_ALSO = {
    ("教师", "人"): "people.teachers",
    ("教研活动", "次"): "activities.sessions_held",
    ("研修活动", "次"): "activities.sessions_held",
    ("校本教研活动", "次"): "activities.sessions_held",
    ("校本研修活动", "次"): "activities.sessions_held",
    ("教师", "人次"): "activities.attendances",
    ("外出学习", "人次"): "training.outside_trainings",
    ("外出学习培训", "人次"): "training.outside_trainings",
}
"""What schools call a number of the table of figures whose name there is another."""


@dataclass(frozen=True)
class Comparison:
    """A claimed number, the figure beside it, what was counted, and how the two stand."""

    finding: Finding
    figure: Figure | None
    claimed: Decimal | None
    counted: Decimal | None

    @property
    def is_gap(self) -> bool:
        """Whether the document left the number open."""
        return self.finding.kind == "placeholder"

    @property
    def verdict(self) -> tuple[str, str]:
        """How the two numbers stand to each other, as words and their tone."""
        if self.counted is None:
            said = _("系统没有统计") if self.figure else _("没有对应的数据项")
            return said, "grey"
        if self.claimed is None:
            return _("文中空着"), "gold"
        difference = self.counted - self.claimed
        qualifier = self.finding.qualifier
        if qualifier == "about":
            return _("文中是约数"), "blue"
        if (
            difference == 0
            or (qualifier == "at_least" and difference > 0)
            or (qualifier == "at_most" and difference < 0)
        ):
            is_more = qualifier == "more_than"
            return (_("少于文中写的"), "red") if is_more else (_("相符"), "green")
        if qualifier == "more_than" and difference > 0:
            return _("相符"), "green"
        return (_("多于文中写的"), "gold") if difference > 0 else (_("少于文中写的"), "red")


def section_of(proposal: Proposal, line: int) -> str:
    """Return the titles of the sections around a line, outermost first, as one text."""
    around: dict[int, str] = {}
    for level, _number, title, first in proposal.sections:
        if first > line:
            break
        around = {depth: name for depth, name in around.items() if depth < level}
        around[level] = title
    return " ".join(around[depth] for depth in sorted(around))


def is_next_step(proposal: Proposal, finding: Finding) -> bool:
    """Tell whether a summary says of this what shall be done next."""
    if finding.kind in COUNTED or finding.kind == "problem":
        return False
    return bool(NEXT.search(section_of(proposal, finding.line)))


def figure_of(finding: Finding) -> Figure | None:
    """Return the figure a claim is compared with: the chosen one, else the one it names."""
    if finding.figure == Finding.NO_FIGURE:
        return None
    figures = all_figures()
    if finding.figure:
        return figures.get(finding.figure)
    name, unit = _core(str(Kept(finding).get("name"))), _unit(str(Kept(finding).get("unit") or ""))
    fitting = [each for each in figures.values() if _core(each.name) == name]
    fitting = [each for each in fitting if _unit(each.unit) == unit]
    if name and len(fitting) == 1:
        return fitting[0]
    called = _FRONT.sub("", name, count=1)
    fitting = [each for each in figures.values() if each.name == called and each.unit == unit]
    code = fitting[0].code if len(fitting) == 1 else _ALSO.get((called, unit), "")
    return figures.get(code) if _is_of_the_whole(finding, called, unit) else None


def _is_of_the_whole(finding: Finding, name: str, unit: str) -> bool:
    """Tell whether the clause speaks of the whole, not of a part, of one group or of each."""
    for clause in _CLAUSE.split(finding.text):
        front, found, behind = clause.partition(name)
        measures = re.findall("人次|[人次场个]", behind)
        if found and measures and _unit(measures[-1]) == unit:
            return bool(_REST.fullmatch(front) and _REST.fullmatch(behind))
    return False


def _core(name: str) -> str:
    return key(_MEASURED.sub("", name).removeprefix("举行的").removeprefix("开展"))


def _unit(unit: str) -> str:
    return _SAME_UNIT.get(unit, unit)


def figure_named(name: str) -> Figure | None:
    """Return the figure with this name (or code), None where there is none."""
    word = key(name)
    found = [row for row in all_figures().values() if key(row.name) == word or row.code == name]
    return found[0] if found else None


def scope_of(proposal: Proposal) -> Scope | None:
    """Return what the figures are asked about: the school or group, over the days of the text."""
    span = proposal.span
    if span is None:
        return None
    organisation = proposal.organisation
    return Scope(organisation.pk, organisation.path, span, proposal.unit_id)


def comparisons(proposal: Proposal, findings: Iterable[Finding]) -> dict[int, Comparison]:
    """Return each claim of a number beside what was counted; a figure is reckoned once.

    As many statements as different figures are compared.
    """
    scope, counted = scope_of(proposal), dict[str, Decimal]()
    found = {}
    for finding in findings:
        if finding.kind not in COUNTED:
            continue
        figure = figure_of(finding)
        if figure and scope and figure.code not in counted:
            counted[figure.code] = figure.value(scope)
        value = counted.get(figure.code) if figure else None
        claimed = None if finding.kind == "placeholder" else number_read(Kept(finding))
        found[finding.pk] = Comparison(finding, figure, claimed, value)
    return found
