"""What was planned, and what became of it."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate

from yanxiu.figures.table import Figure
from yanxiu.kernel.amounts import plain
from yanxiu.planning.models import Goal, Plan, PlanItem, Quota, Rhythm
from yanxiu.planning.queries import ItemState, item_states, touches
from yanxiu.reports.documents.term_summary.blocks import span_word
from yanxiu.reports.documents.term_summary.data import (
    Block,
    Gap,
    Heading,
    Paragraph,
    Piece,
    Row,
    Stated,
    Table,
)
from yanxiu.reports.documents.term_summary.reckoning import Reckoner
from yanxiu.reports.models import Summary
from yanxiu.texts.book_marks import inside_book_marks
from yanxiu.ui.wording import day_text

WEEKDAYS = "一二三四五六日"
EVERY_OTHER = 2


def plan_blocks(reckoner: Reckoner) -> Iterator[Block]:
    """Tell what became of the confirmed plans of the span."""
    plans = plans_of(reckoner)
    if not plans:
        word = span_word(reckoner.summary)
        missing = reckoner.lack(
            Gap(
                "plan",
                f"{word}的校本研修计划",
                f"{word}没有已确认的计划，无法对照落实情况。",
                "请在“计划”里读入并确认计划；确实没有计划的，在这里写明原因。",
                "planning:plans",
            )
        )
        yield Paragraph((missing,))
    yield from _opening(reckoner, plans)
    for plan in plans:
        suffix = f":{plan.uid}" if len(plans) > 1 else ""
        if suffix:
            yield Heading(_inside_title(plan.title))
        yield from _goals(reckoner, plan)
        yield from _items(reckoner, plan, suffix)
        yield from _rhythms(reckoner, plan, suffix)


def plans_of(reckoner: Reckoner) -> list[Plan]:
    """Return the confirmed plans that the summary answers, by their days; read once."""
    if reckoner.plans is None:
        reckoner.plans = _found_plans(reckoner.summary)
    return reckoner.plans


def _found_plans(summary: Summary) -> list[Plan]:
    rows = Plan.objects.filter(
        touches(summary.span),
        organisation=summary.organisation_id,
        unit=summary.unit_id,
        teacher=summary.teacher_id,
        state=Plan.State.CONFIRMED,
    ).exclude(kind__in=[Plan.Kind.SCHEME, Plan.Kind.GUIDELINE])
    return list(rows.select_related("term").order_by("term__starts_on", "id"))


def _opening(reckoner: Reckoner, plans: list[Plan]) -> tuple[Block, ...]:
    """Name the plans, then say once what became of all that they arrange."""
    if not plans:
        return ()
    whole = reckoner.subject in {"school", "superior"}
    titles = "".join(f"《{_inside_title(plan.title)}》" for plan in plans)
    pieces: list[Piece] = [f"{span_word(reckoner.summary)}执行{titles}。"]
    front = "连同各单位已确认的计划，" if whole else ""
    pieces += [f"{front}按月安排的事项共", reckoner.state("planning.items")]
    pieces += ["，已完成", reckoner.state("planning.items_done")]
    pieces += ["，过期未办", reckoner.state("planning.items_overdue"), "。"]
    return (Paragraph(tuple(pieces)),)


def _inside_title(title: str) -> str:
    """Write 书名号 inside a title as single ones; a pair around the whole title is not doubled."""
    depths = list(accumulate((char == "《") - (char == "》") for char in title))
    if title.startswith("《") and 0 in depths and depths.index(0) == len(title) - 1:
        title = title[1:-1]
    return inside_book_marks(title)


def _goals(reckoner: Reckoner, plan: Plan) -> tuple[Block, ...]:
    goals = list(plan.goals.all())
    if not goals:
        return (Heading("工作目标"), Paragraph(("计划没有写明目标。",)))
    lines = [
        Paragraph(
            (f"{number}. {_sentence(goal.text or goal.name)}", *_speaking_for(reckoner, goal))
        )
        for number, goal in enumerate(goals, start=1)
    ]
    return (Heading("工作目标"), *lines)


def _sentence(text: str) -> str:
    return text.strip().rstrip("；;。，,") + "。"


def _speaking_for(reckoner: Reckoner, goal: Goal) -> tuple[Piece, ...]:
    """Return the number that speaks for a goal, the gap, or that none was set."""
    if not goal.is_measured:
        return ("（未设指标）",)
    figure = _figure_of(reckoner, goal)
    indicator = goal.indicator or (figure.name if figure else goal.figure)
    asked = f"（指标：{indicator}"
    if goal.target is not None:
        asked += f"，目标值{plain(goal.target)}"
    if figure:
        return (f"{asked}，实际", reckoner.state(figure.code), "）")
    gap = Gap(
        f"goal:{goal.uid}",
        f"目标“{goal.name or indicator}”的达成情况",
        f"系统还没有统计“{indicator}”的数据项。",
        "请在这里如实写明达成情况和依据。",
    )
    return (f"{asked}，实际：", reckoner.lack(gap), "）")


def _figure_of(reckoner: Reckoner, goal: Goal) -> Figure | None:
    """Return the figure that was chosen for `goal`, else the one that its indicator names."""
    chosen = reckoner.figures.get(goal.figure)
    called = (one for one in reckoner.figures.values() if one.name == goal.indicator)
    return chosen or next(called, None)


def _items(reckoner: Reckoner, plan: Plan, suffix: str) -> tuple[Block, ...]:
    rows = tuple(
        Row(str(one.item.uid), (_month(one.item), one.item.text, _state(one)))
        for one in item_states(plan, reckoner.day)
    )
    table = Table(f"items{suffix}", ("月份", "事项", "落实情况"), rows, "计划没有按月安排事项。")
    return (Heading("按月安排的事项"), table)


def _month(item: PlanItem) -> str:
    return f"{item.month.month}月"


def _state(one: ItemState) -> str:
    held = [event.happens_on for event in one.events if event.state == "held"]
    if one.state == PlanItem.State.DROPPED:
        return f"{one.label}：{one.item.dropped_because}"
    if one.state == PlanItem.State.DONE:
        days = "、".join(day_text(day) for day in held) or day_text(one.item.done_on)
        return f"{one.label}，{days}"
    return one.label


def _rhythms(reckoner: Reckoner, plan: Plan, suffix: str) -> tuple[Block, ...]:
    rhythms = list(plan.rhythms.select_related("unit"))
    rows = tuple(
        Row(
            str(one.uid),
            (
                one.unit.name if one.unit else one.name,
                _when(one),
                _of_unit(reckoner, one, "activities.sessions_planned"),
                _of_unit(reckoner, one, "activities.sessions_held"),
            ),
        )
        for one in rhythms
    )
    head = ("单位", "约定时间", "安排的场次", "举行的场次")
    return (
        Heading("各单位的研修节奏"),
        Table(f"rhythms{suffix}", head, rows, "计划没有约定研修节奏。"),
    )


def _of_unit(reckoner: Reckoner, rhythm: Rhythm, code: str) -> Piece:
    if rhythm.unit is not None:
        return reckoner.state(code, rhythm.unit)
    return reckoner.lack(
        Gap(
            f"rhythm:{rhythm.uid}",
            f"“{rhythm.name}”的场次",
            "这一条节奏没有对应到本校的单位，无法统计。",
            "请在计划里选定单位，或在这里写明情况。",
            "planning:plans",
        )
    )


def _when(rhythm: Rhythm) -> str:
    if rhythm.weekday is None:
        return "时间待定"
    weeks = {1: "每周", EVERY_OTHER: "每两周的周"}
    often = weeks.get(rhythm.every_weeks, f"每{rhythm.every_weeks}周的周")
    if rhythm.from_week > 1:
        often = f"从第{rhythm.from_week}周起{often}"
    if rhythm.times_a_month:
        often = f"每月{rhythm.times_a_month}次，周"
    clock = f"{rhythm.starts_at:%H:%M}" if rhythm.starts_at else ""
    return f"{often}{WEEKDAYS[rhythm.weekday - 1]}{rhythm.get_half_day_display()}{clock}"


def quota_blocks(reckoner: Reckoner) -> Iterator[Block]:
    """Compare what the plans ask for in numbers with what was counted."""
    plans = plans_of(reckoner)
    rows = tuple(
        Row(
            str(one.uid),
            (one.name, _asked(one), *_owed(reckoner, one), _counted(reckoner, one)),
        )
        for plan in plans
        for one in plan.quotas.all()
    )
    empty = "计划没有提出数量要求。" if plans else "没有已确认的计划，无从对照数量要求。"
    yield Table("quotas", ("事项", "计划要求", "对象", "合计应有", "系统统计"), rows, empty)


def _asked(quota: Quota) -> str:
    if quota.is_open:
        return f"{quota.get_per_display()}{quota.get_period_display()}，数量自定"
    least = "不少于" if quota.at_least else ""
    amount = f"{plain(quota.amount)}{quota.unit_of_measure}"
    return f"{quota.get_per_display()}{quota.get_period_display()}{least}{amount}"


def _owed(reckoner: Reckoner, quota: Quota) -> tuple[Piece, Piece]:
    """Return for whom the quota is and what it amounts to in a term.

    Only what is asked per term is multiplied; weeks and months depend on the calendar of each
    class, and a year is not the span of most summaries.
    """
    whom: Piece = quota.get_per_display()
    count = None
    if reckoner.subject == "teacher":
        whom, count = "本人", Decimal(1)
    elif quota.per == Quota.Per.TEACHER:
        whom = reckoner.state("people.teachers")
        count = whom.value if isinstance(whom, Stated) else None
    elif quota.per == Quota.Per.SCHOOL:
        count = Decimal(1)
    if quota.is_open:
        return whom, "数量自定"
    of_term = reckoner.summary.period == Summary.Period.TERM
    if quota.period != Quota.Period.TERM or count is None or not of_term:
        return whom, "不折算合计"
    return whom, f"{plain(quota.amount * count)}{quota.unit_of_measure}"


def _counted(reckoner: Reckoner, quota: Quota) -> Piece:
    chosen = reckoner.figures.get(quota.figure)
    figure = chosen or reckoner.named(quota.name, quota.unit_of_measure)
    if figure:
        return reckoner.state(figure.code)
    return reckoner.lack(
        Gap(
            f"quota:{quota.uid}",
            f"“{quota.name}”的完成数量",
            f"计划里的“{quota.name}”没有选定由系统的哪个数据项来数。",
            "请在这里如实写明完成情况和依据，没有开展的写明“未开展”和原因；"
            "系统里有的数，在计划的这条定额里选上数据项，这里就自动填好。",
        )
    )
