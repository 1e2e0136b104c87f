"""What the system knows about a teacher when a personal plan begins."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count

from yanxiu.figures.table import Scope
from yanxiu.kernel.amounts import plain
from yanxiu.kernel.spans import Span
from yanxiu.ledger.figures import FIGURES as LEDGER_FIGURES
from yanxiu.ledger.models import Record
from yanxiu.people.models import Teacher
from yanxiu.people.models.tier import TierHolding
from yanxiu.planning.models import Goal, Plan

LINES = {
    "研究": ("research", "project", "paper", "publication", "topic"),
    "实践": ("lesson", "observation", "preparation", "teaching", "training", "lecture", "meeting"),
    "反思": ("reflection", "reading", "summary", "case"),
}
"""The three lines along which a teacher looks back, by words in the kind of a record."""
A_YEAR = timedelta(days=365)
EMPTY = ("strengths", "weaknesses", "opportunities", "threats", "support_needed")


def line_of(kind: str) -> str:
    """Return the line (研究, 实践, 反思) to which a kind of record belongs; 其他 if to none."""
    return next((line for line, words in LINES.items() if any(w in kind for w in words)), "其他")


def diagnosis_of(teacher: Teacher, plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield the sections of a self-diagnosis with what is known of the year before `plan`.

    The sections that only the teacher can write (强项、不足 …) are not made up.
    """
    span = Span(plan.span.start - A_YEAR, plan.span.start)
    facts = [*_last_goals(teacher, plan), *_records(teacher, span), *_tiers(teacher, plan)]
    yield "diagnosis", "\n".join(facts) if facts else "系统里还没有您上一年的计划和研修记录。"


def _last_goals(teacher: Teacher, plan: Plan) -> Iterator[str]:
    rows = Plan.objects.filter(teacher=teacher, kind=Plan.Kind.PERSONAL).exclude(pk=plan.pk)
    last = rows.order_by("-term__starts_on", "-id").first()
    if last is not None:
        for goal in Goal.objects.filter(plan=last):
            yield f"上一份计划《{last.title}》的目标：{goal.text}"


def _records(teacher: Teacher, span: Span) -> Iterator[str]:
    rows = Record.objects.filter(
        teacher=teacher,
        withdrawn_at=None,
        happened_on__gte=span.start,
        happened_on__lt=span.end,
    )
    counts: dict[str, int] = {}
    for row in rows.order_by().values("kind").annotate(number=Count("pk")):
        line = line_of(row["kind"])
        counts[line] = counts.get(line, 0) + row["number"]
    if counts:
        parts = "，".join(f"{line} {number} 次" for line, number in sorted(counts.items()))
        yield f"上一年的研修记录：{parts}。"
    scope = Scope(0, "", span, teacher=teacher.pk)
    hours = next(each for each in LEDGER_FIGURES if each.code == "ledger.hours_posted")
    value = hours.value(scope)
    if value:
        yield f"上一年已入账 {plain(value)} 学时。"


def _tiers(teacher: Teacher, plan: Plan) -> Iterator[str]:
    held = TierHolding.objects.on(plan.span.start).filter(teacher=teacher).select_related("tier")
    names = [row.tier.name for row in held]
    if names:
        yield f"层级与称号：{'、'.join(names)}。"
