"""The building blocks of a summary that are made of figures."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from yanxiu.figures.table import Figure
from yanxiu.kernel.spans import day_of
from yanxiu.people.models import Organisation
from yanxiu.reports.documents.term_summary.data import (
    Block,
    Gap,
    Linked,
    Paragraph,
    Piece,
    Row,
    Table,
)
from yanxiu.reports.documents.term_summary.reckoning import NOT_TOLD, Reckoner
from yanxiu.reports.models import Summary
from yanxiu.ui.wording import day_text

HELD = "activities.sessions_held"
SESSION = "activities.session"
OVERDUE = "planning.items_overdue"
DATA = "data"
_SPANS = {
    "term": "本学期",
    "half_year": "这半年",
    "school_year": "本学年",
    "year": "本年度",
    "other": "这一阶段",
}


def chinese_day(day: date) -> str:
    """Write a day as 2026年10月15日."""
    return f"{day.year}年{day.month}月{day.day}日"


def span_word(summary: Summary) -> str:
    """Return what a sentence calls the span: 本学期, 本年度 …."""
    return _SPANS[summary.period]


def basics(reckoner: Reckoner) -> Iterator[Block]:
    """Tell the days, who was there, and how much was held."""
    span, word = reckoner.summary.span, span_word(reckoner.summary)
    last = min(span.last, day_of(reckoner.at))
    yield Paragraph(
        (
            f"{word}自{chinese_day(span.start)}起，至{chinese_day(span.last)}止。",
            f"以下数字由系统按实际记录统计，截至{chinese_day(max(last, span.start))}。",
        )
    )
    own = reckoner.subject == "teacher"
    yield Paragraph(tuple(_own_numbers(reckoner) if own else _numbers(reckoner)))
    if reckoner.value("activities.sessions_left_open") and not own:
        yield _left_open(reckoner)


def _numbers(reckoner: Reckoner) -> list[Piece]:
    state, word = reckoner.state, span_word(reckoner.summary)
    who = "本组成员" if reckoner.subject == "unit" else "在册教师"
    pieces: list[Piece] = [who, state("people.teachers")]
    pieces += ["，其中有研修记录的", state("ledger.teachers_with_records"), "。"]
    pieces += [f"{word}安排研修活动", state("activities.sessions_planned"), "，已举行", state(HELD)]
    pieces += ["，取消", state("activities.sessions_cancelled"), "；已举行的活动应到"]
    pieces += [state("activities.expected"), "，应到并到场", state("activities.expected_who_came")]
    pieces += ["，连同自行到场的共", state("activities.attendances"), "。"]
    return pieces


def _own_numbers(reckoner: Reckoner) -> list[Piece]:
    state, word = reckoner.state, span_word(reckoner.summary)
    pieces: list[Piece] = [f"{word}本人应到", state("activities.expected")]
    pieces += ["，到场", state("activities.attendances"), "；留下研修记录", state("ledger.records")]
    pieces += ["，已入账", state("ledger.hours_posted"), "、", state("ledger.credits_posted"), "。"]
    return pieces


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


def data_table(reckoner: Reckoner) -> Iterator[Block]:
    """Tell every figure of the house, those of later apps too; the noughts in one sentence."""
    figures = [
        (code, one) for code, one in sorted(reckoner.figures.items()) if code not in NOT_TOLD
    ]
    rows = tuple(
        Row(code, (figure.name, reckoner.state(code), figure.meaning))
        for code, figure in figures
        if _is_told(reckoner, code)
    )
    yield Table(DATA, ("数据项", "数量", "含义"), rows, "到目前还没有不为0的数据项。")
    noughts: list[Piece] = []
    for code, figure in figures:
        if not _is_told(reckoner, code):
            noughts += ["、" if noughts else "为0的数据项：", figure.name, reckoner.state(code)]
    if noughts:
        yield Paragraph((*noughts, "。"))


def _is_told(reckoner: Reckoner, code: str) -> bool:
    """Tell whether a figure stands in the table: of a school's sessions a nought says much too."""
    is_of_many = reckoner.subject != "teacher"
    return bool(reckoner.value(code)) or (is_of_many and code.startswith("activities."))


def sessions(reckoner: Reckoner) -> Iterator[Block]:
    """List every session that was held, with who was expected and who came."""
    figure = reckoner.figures.get(HELD)
    rows = _session_rows(reckoner, figure) if figure else ()
    own = reckoner.subject == "teacher"
    head = ("日期", "单位", "主题", "到场") if own else ("日期", "单位", "主题", "应到", "实到")
    empty = f"{span_word(reckoner.summary)}到目前还没有举行并关闭的活动。"
    note = "，逐场列后。" if own else "，逐场列后；实到含自行到场的人。"
    yield Paragraph(("已举行的活动", reckoner.state(HELD), note))
    yield Table("sessions", head, rows, empty)


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
                    *_presence(reckoner, expected[uid], came[uid]),
                ),
            )
        )
    return tuple(rows)


def _presence(reckoner: Reckoner, expected: int, came: int) -> tuple[str, ...]:
    """Return the numbers of those expected and present; of one person whether they came."""
    if reckoner.subject == "teacher":
        return ("到场" if came else "未到场",)
    return (str(expected), str(came))


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


def problems(reckoner: Reckoner) -> Iterator[Block]:
    """Tell what the records themselves say about what went wrong."""
    pieces: list[Piece] = ["按记录，过期未办的计划事项", reckoner.state(OVERDUE)]
    pieces += ["；缺活动记录的场次", reckoner.state("activities.minutes_missing")]
    pieces += ["；取消的场次", reckoner.state("activities.sessions_cancelled"), "。"]
    yield Paragraph(tuple(pieces))
    overdue = overdue_items(reckoner)
    if overdue:
        yield Paragraph(("过期未办的事项：", "；".join(overdue), "。"))


def overdue_items(reckoner: Reckoner) -> list[str]:
    """Return the items of plans that are overdue, each in words."""
    figure = reckoner.figures.get(OVERDUE)
    if figure is None:
        return []
    named = []
    for row in figure.opened(figure.rows(reckoner.scope())):
        cells = dict(zip(figure.columns, figure.cells(row), strict=True))
        named.append(f"{cells['月份'].text}“{cells['事项'].text}”（{cells['状态'].text}）")
    return named


def schools(reckoner: Reckoner) -> Iterator[Block]:
    """Tell which schools below have an approved summary of the same days; two statements."""
    summary = reckoner.summary
    below = Organisation.objects.filter(
        path__startswith=summary.organisation.path, is_school=True
    ).exclude(pk=summary.organisation_id)
    theirs = Summary.objects.filter(
        organisation__in=below,
        unit=None,
        teacher=None,
        starts_on__lt=summary.span.end,
        ends_on__gt=summary.span.start,
        period=summary.period,
    )
    found = {one.organisation_id: one for one in theirs}
    rows = []
    for school in below.order_by("path"):
        one = found.get(school.pk)
        approved = one is not None and one.approved_at is not None
        state = "已审定" if approved else "没有审定的总结"
        day = day_text(day_of(one.approved_at)) if one and one.approved_at else "—"
        rows.append(Row(str(school.uid), (school.name, state, day)))
    yield Table("schools", ("学校", "本校总结", "审定日期"), tuple(rows), "下面没有学校。")
