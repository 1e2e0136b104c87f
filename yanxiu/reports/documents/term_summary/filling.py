"""Filling the term summary from the figures and the confirmed plan."""

from collections import Counter
from datetime import date, datetime

from yanxiu.figures.table import Figure
from yanxiu.kernel.spans import day_of
from yanxiu.planning.queries import confirmed_plan
from yanxiu.reports.documents.term_summary.data import (
    Block,
    Gap,
    Linked,
    Paragraph,
    Piece,
    Row,
    Section,
    Table,
    TermSummary,
)
from yanxiu.reports.documents.term_summary.plan_part import plan_section, quota_section
from yanxiu.reports.documents.term_summary.reckoning import Reckoner
from yanxiu.reports.models import Summary

HELD = "activities.sessions_held"
SESSION = "activities.session"
OVERDUE = "planning.items_overdue"
NOT_TOLD = {"people.never_logged_in"}
"""Figures that help to run the house and say nothing about the term."""


def fill(summary: Summary, at: datetime, *, signed_on: date | None = None) -> TermSummary:
    """Return the summary as it stands at `at`.

    Args:
        summary: with organisation and term joined.
        at: the moment of reckoning, aware.
        signed_on: the day under the signature; None for a draft.
    """
    reckoner = Reckoner(summary, at)
    plan = confirmed_plan(summary.organisation_id, summary.term_id)
    return TermSummary(
        title=summary.title,
        signed_by=summary.organisation.name,
        day=_chinese_day(signed_on) if signed_on else "",
        sections=(
            _basics(reckoner),
            plan_section(reckoner, plan),
            _data(reckoner),
            _sessions(reckoner),
            quota_section(reckoner, plan),
            _problems(reckoner),
            Section("next", "七、下一步打算", (reckoner.prose("next", required="下一步打算"),)),
        ),
    )


def _chinese_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _basics(reckoner: Reckoner) -> Section:
    span, state = reckoner.summary.term.span, reckoner.state
    last = min(span.last, day_of(reckoner.at))
    pieces: list[Piece] = [
        f"本学期自{_chinese_day(span.start)}起，至{_chinese_day(span.last)}止。",
        f"以下数字由系统按实际记录统计，截至{_chinese_day(max(last, span.start))}。",
    ]
    there: list[Piece] = ["在册教师", state("people.teachers")]
    there += ["，其中有研修记录的", state("ledger.teachers_with_records"), "。"]
    there += ["本学期安排研修活动", state("activities.sessions_planned"), "，已举行", state(HELD)]
    there += ["，取消", state("activities.sessions_cancelled"), "；已举行的活动应到"]
    there += [state("activities.expected"), "，应到并到场", state("activities.expected_who_came")]
    there += ["，连同自行到场的共", state("activities.attendances"), "。"]
    blocks: list[Block] = [Paragraph(tuple(pieces)), Paragraph(tuple(there))]
    if reckoner.value("activities.sessions_left_open"):
        blocks.append(_left_open(reckoner))
    return Section("basics", "一、基本情况", (*blocks, reckoner.prose("basics")))


def _left_open(reckoner: Reckoner) -> Paragraph:
    gap = Gap(
        "left_open",
        "没有关闭的场次的考勤",
        "有场次过了时间还没有关闭，是否举行、到了多少人都还不能确定。",
        "请主持人在“研修活动”里关闭或取消这些场次；确实办不了的，在这里写明情况。",
        "activities:sessions",
    )
    count = reckoner.state("activities.sessions_left_open")
    return Paragraph(("另有", count, "过了时间没有关闭，未计入上述数字：", reckoner.lack(gap)))


def _data(reckoner: Reckoner) -> Section:
    """Return 三、主要数据: every figure of the house, those of later apps too."""
    rows = tuple(
        Row(code, (figure.name, reckoner.state(code), figure.meaning))
        for code, figure in sorted(reckoner.figures.items())
        if code not in NOT_TOLD
    )
    table = Table("data", ("数据项", "数量", "含义"), rows, "系统还没有数据项。")
    return Section("data", "三、主要数据", (table, reckoner.prose("data")))


def _sessions(reckoner: Reckoner) -> Section:
    figure = reckoner.figures.get(HELD)
    rows = _session_rows(reckoner, figure) if figure else ()
    head = ("日期", "单位", "主题", "应到", "实到")
    table = Table("sessions", head, rows, "本学期到目前还没有举行并关闭的活动。")
    opening = Paragraph(("已举行的活动", reckoner.state(HELD), "，逐场列后；实到含自行到场的人。"))
    return Section("sessions", "四、活动一览", (opening, table, reckoner.prose("sessions")))


def _session_rows(reckoner: Reckoner, held: Figure) -> tuple[Row, ...]:
    expected = _per_session(reckoner, "activities.expected")
    came = _per_session(reckoner, "activities.attendances")
    rows = []
    for row in held.opened(held.rows(reckoner.scope())):
        cells = dict(zip(held.columns, held.cells(row), strict=True))
        theme = cells["主题"]
        uid = str(theme.uid)
        rows.append(
            Row(
                uid,
                (
                    _day_of(cells["时间"].text),
                    cells["参加范围"].text,
                    Linked(theme.text, theme.kind, uid),
                    str(expected[uid]),
                    str(came[uid]),
                ),
            )
        )
    return tuple(rows)


def _day_of(moment: str) -> str:
    """Return month and day of a written moment; the title says the year."""
    return moment.partition("年")[2].partition("（")[0]


def _per_session(reckoner: Reckoner, code: str) -> Counter[str]:
    """Return how many of the rows behind a figure belong to each session, by the session's uid."""
    figure = reckoner.figures.get(code)
    if figure is None:
        return Counter()
    opened = figure.opened(figure.rows(reckoner.scope()))
    return Counter(
        str(cell.uid) for row in opened for cell in figure.cells(row) if cell.kind == SESSION
    )


def _problems(reckoner: Reckoner) -> Section:
    pieces: list[Piece] = ["按记录，过期未办的计划事项", reckoner.state(OVERDUE)]
    pieces += ["；缺活动记录的场次", reckoner.state("activities.minutes_missing")]
    pieces += ["；取消的场次", reckoner.state("activities.sessions_cancelled"), "。"]
    blocks: list[Block] = [Paragraph(tuple(pieces))]
    overdue = _overdue_items(reckoner)
    if overdue:
        blocks.append(Paragraph(("过期未办的事项：", "；".join(overdue), "。")))
    required = reckoner.prose("problems", required="存在的问题与原因")
    return Section("problems", "六、存在的问题", (*blocks, required))


def _overdue_items(reckoner: Reckoner) -> list[str]:
    figure = reckoner.figures.get(OVERDUE)
    if figure is None:
        return []
    named = []
    for row in figure.opened(figure.rows(reckoner.scope())):
        cells = dict(zip(figure.columns, figure.cells(row), strict=True))
        named.append(f"{cells['月份'].text}“{cells['事项'].text}”（{cells['状态'].text}）")
    return named
