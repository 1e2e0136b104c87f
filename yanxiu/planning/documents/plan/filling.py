"""Filling the paper of a plan from its parts; what it lacks stands there as a gap."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from yanxiu.kernel.amounts import plain
from yanxiu.kernel.spans import day_of
from yanxiu.planning.documents.plan.data import (
    Block,
    Heading,
    Line,
    Listed,
    PlanPaper,
    Prose,
    Section,
    Table,
)
from yanxiu.planning.documents.plan.gaps import Gap, lines_of, marked
from yanxiu.planning.documents.plan.group import group_lines
from yanxiu.planning.documents.plan.schedule import appendix, schedule_table
from yanxiu.planning.documents.plan.wording import (
    day_words,
    goal_line,
    goal_row,
    ordinal,
    quota_line,
)
from yanxiu.planning.models import Goal, Plan, PlanNote, Quota
from yanxiu.planning.sections import PERSONAL, section_label
from yanxiu.planning.wording import when_words

Level = Goal.Level
CONTENT_LEVELS = {Level.THEME, Level.TASK, Level.FIELD}
WITHOUT_DEMANDS = {Plan.Kind.GUIDELINE, Plan.Kind.SCHEME}
"""Kinds of plan of which no section is expected."""


class Filler:
    """One plan with its parts, read once."""

    def __init__(self, plan: Plan) -> None:
        """Read the parts of `plan`; organisation, unit, teacher and term are joined."""
        self.plan = plan
        self.goals = list(plan.goals.select_related("tier", "upper__plan"))
        self.notes: dict[str, list[PlanNote]] = {}
        for note in plan.plannotes.all():
            self.notes.setdefault(note.kind, []).append(note)

    def texts(self, *kinds: str, named: bool = False) -> list[Line]:
        """Return the paragraphs of some kinds of text; `named` says which where several stand."""
        found: list[Line] = []
        filled = [kind for kind in kinds if kind in self.notes]
        for kind in filled:
            for note in self.notes[kind]:
                lines = lines_of(note.text)
                if named and len(filled) > 1 and lines:
                    lines[0] = (f"{section_label(kind)}：", *lines[0])
                found += lines
        return found

    def prose(self, *kinds: str, lacking: str = "", named: bool = False) -> list[Block]:
        """Return the texts as one block; none: a gap where the plan needs them."""
        lines = self.texts(*kinds, named=named)
        if not lines and lacking and self.plan.kind not in WITHOUT_DEMANDS:
            lines = [(Gap(lacking),)]
        return [Prose(tuple(lines))] if lines else []


def paper_of(plan: Plan) -> PlanPaper:
    """Return `plan` as it stands, in the outline of its kind."""
    filler = Filler(plan)
    opening = _personal_opening(filler) if plan.teacher_id else _opening(filler)
    closing = _personal_closing(filler) if plan.teacher_id else _closing(filler)
    middle = [
        ("研修主题与内容", _contents(filler)),
        ("各年安排", _years(plan)),
        ("形式与措施", filler.prose("form")),
        ("活动时间", _rhythms(plan)),
        ("进度安排", [schedule_table(plan)]),
        ("考核与学时认定", _demands(filler)),
    ]
    sections = [*opening, *middle, *closing, ("附表", appendix(plan))]
    return PlanPaper(
        title=plan.title,
        status=_status(plan),
        basis=_basis(plan),
        sections=tuple(Section(title, tuple(blocks)) for title, blocks in sections if blocks),
        signed_by=_signed_by(plan),
        day=day_words(day_of(plan.confirmed_at)) if plan.confirmed_at else "",
    )


def _status(plan: Plan) -> str:
    """Say which version it is and when it was approved, or that it is none yet."""
    if plan.state != Plan.State.CONFIRMED:
        return f"（{plan.get_state_display()}，还没有审批）"
    version = f"第{plan.version}版，" if plan.version > 1 else ""
    return f"（{version}{_approval(plan)}）"


def _approval(plan: Plan) -> str:
    moment: datetime | None = plan.approved_at or plan.confirmed_at
    if moment is None:
        return "已确认"
    return f"{day_words(day_of(moment))}{'审批通过' if plan.approved_at else '确认'}"


def _basis(plan: Plan) -> str:
    """Cite the plan above, else the body that asks."""
    if plan.parent_id and plan.parent:
        return f"本计划依据{marked(plan.parent.title)}制定。"
    return f"本计划依据{plan.superior}的要求制定。" if plan.superior else ""


def _signed_by(plan: Plan) -> str:
    if plan.teacher:
        return plan.teacher.name
    return f"{plan.organisation.name}{plan.unit.name}" if plan.unit else plan.organisation.name


# ---- sections ----
Parts = list[tuple[str, list[Block]]]


def _opening(filler: Filler) -> Parts:
    leading = ("guiding", "philosophy", "motto", "approach", "principle")
    group: list[Block] = [] if filler.plan.unit_id else group_lines(filler.plan)
    return [
        ("指导思想", filler.prose(*leading, lacking="指导思想", named=True)),
        ("现状分析", filler.prose("situation")),
        ("工作目标", _goals(filler)),
        ("组织机构", group),
    ]


def _personal_opening(filler: Filler) -> Parts:
    swot = ("strengths", "weaknesses", "opportunities", "threats")
    return [
        ("自我诊断", filler.prose("diagnosis", *swot, lacking="自我诊断", named=True)),
        ("发展目标", _goals(filler)),
    ]


def _closing(filler: Filler) -> Parts:
    return [("保障措施", filler.prose("safeguard")), ("预期成果", filler.prose("outcome"))]


def _personal_closing(filler: Filler) -> Parts:
    kinds = ("support_needed", "opinion", "annual_review")
    return [(str(PERSONAL[kind]), filler.prose(kind)) for kind in kinds]


def _goals(filler: Filler) -> list[Block]:
    """Return the goals in their order, and for each its indicator or that it has none."""
    goals = [goal for goal in filler.goals if goal.level not in CONTENT_LEVELS]
    if not goals:
        return filler.prose(lacking="工作目标")
    blocks: list[Block] = [Listed(tuple(map(goal_line, goals)))]
    if any(goal.is_measured or goal.upper for goal in goals):
        rows = tuple(goal_row(number, goal) for number, goal in enumerate(goals, start=1))
        head = ("目标", "指标", "目标值", "期限", "落实上级目标")
        blocks.append(Table(head, rows, caption="目标与指标"))
    return blocks


def _contents(filler: Filler) -> list[Block]:
    themes = [goal for goal in filler.goals if goal.level in CONTENT_LEVELS]
    blocks: list[Block] = [Listed(tuple(map(goal_line, themes)))] if themes else []
    return [*blocks, *filler.prose("content")]


def _years(plan: Plan) -> list[Block]:
    """Return theme and credits of each year, and the contents of those that have some."""
    rows = list(plan.yearrows.all())
    lines = [
        (f"第{ordinal(row.number)}年：{row.theme.rstrip('。')}{_credited(row.credits)}。",)
        for row in rows
    ]
    filled = tuple(
        (f"第{ordinal(row.number)}年（{row.school_year}—{row.school_year + 1}学年）", row.contents)
        for row in rows
        if row.contents
    )
    blocks: list[Block] = [Prose(tuple(lines))] if lines else []
    return [*blocks, *([Table(("年度", "主要内容"), filled)] if filled else [])]


def _credited(amount: Decimal | None) -> str:
    return f"，{plain(amount)}学分" if amount is not None else ""


def _rhythms(plan: Plan) -> list[Block]:
    lines: list[Line] = []
    for one in plan.rhythms.select_related("unit"):
        name = one.unit.name if one.unit else one.name
        if not one.weekday:
            lines.append((f"{name}：", Gap(f"{name}的活动时间")))
            continue
        more = "".join(f"，{each}" for each in (one.place, f"{one.minutes}分钟") if each)
        lines.append((f"{name}：{when_words(one)}{more}。",))
    return [Prose(tuple(lines))] if lines else []


def _demands(filler: Filler) -> list[Block]:
    """Return what is counted: the quotas by tier, the credits, and the rules as written."""
    blocks: list[Block] = []
    for name, quotas in _by_circle(filler.plan):
        if name:
            blocks.append(Heading(name))
        blocks.append(Listed(tuple((quota_line(quota),) for quota in quotas)))
    credits_ = tuple((text,) for text in _credits(filler.plan))
    rules = filler.prose("credit", "rule")
    return [*blocks, *([Prose(credits_)] if credits_ else []), *rules]


def _by_circle(plan: Plan) -> Iterable[tuple[str, list[Quota]]]:
    """Yield the quotas for everybody, then those of each tier, post and unit under its name."""
    by_name: dict[str, list[Quota]] = {}
    for quota in plan.quotas.select_related("tier", "role", "unit"):
        circle = quota.tier or quota.role or quota.unit
        by_name.setdefault(circle.name if circle else "", []).append(quota)
    names = sorted(by_name, key=bool)
    number = 0
    for name in names:
        number += bool(name)
        title = f"（{ordinal(number)}）{name}" if name else ""
        yield title, by_name[name]


def _credits(plan: Plan) -> list[str]:
    said = (
        (plan.credits_total, "总学分：{}学分。"),
        (plan.credits_least, "每年不少于{}学分。"),
        (plan.hours_yearly, "每年不少于{}学时。"),
        (plan.hours_per_credit, "{}学时折合1学分。"),
    )
    return [sentence.format(plain(value)) for value, sentence in said if value is not None]
