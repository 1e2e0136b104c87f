"""The calendar of a plan: what is to happen in which month or week, and weekly times of groups."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from yanxiu.documents.outline import Line
from yanxiu.documents.reading.marks import read_mark
from yanxiu.planning.reading.findings import Finding, Period
from yanxiu.planning.reading.gaps import GAP
from yanxiu.planning.reading.items import Item, Reading
from yanxiu.planning.reading.months import MonthHeading, month_heading
from yanxiu.planning.reading.roles import SURNAMES
from yanxiu.texts.days import read_month_day

_INLINE = re.compile(r"(?:(?<=[。；;，, ])|^)(?:\d{1,2}[.．、](?!\d)|[(（]\d{1,2}[)）]|[①-⑳])\s*")
_MONTH = (
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?!\d|[一二三四五六七八九十]+[日号])"
    r"(?:[上中下]旬|[初底末])?"
)
_TOLD = re.compile(
    rf"(?:^|(?<=[。；;，,]))\s*(?:到|在|于)?(?P<when>{_MONTH})(?:[、和至到—-]{_MONTH})?[，,：:]?"
    rf"(?P<what>(?:(?![。；;]|[，,]\s*(?:到|在|于)?{_MONTH}).)+)"
)
_ON_A_DAY = re.compile(
    r"(?:(?:时间|日期)\s*[:：]\s*|(?:定|拟|将|计划|安排)?(?:于|在))"
    r"(?:\d{4}年)?(?P<day>\d{1,2}月\d{1,2}[日号])"
)
_TITLE = re.compile(r"《([^《》]{2,40})》")
WHEN = re.compile(
    r"^(?:月份?|周次|日期|月份?/?周次|(?:推行|实施|完成|起止|计划|活动|开展|研修)?(?:时间|时段|日期|时限)(?:节点|安排)?)$"
)
_WHAT = re.compile(r"内容|活动|工作|安排|事项|主题|项目|任务|策略|议题|课题")
_DAY = re.compile(r"(?:\d{4}年)?(?P<month>\d{1,2})月\d{1,2}[日号].{0,12}")
_BEFORE = re.compile(
    r"(?P<when>(?:\d{4}年)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月)(?:份|底|初|中旬)?(?:之?前|起|内)"
)
_WHO = re.compile(r"负责|责任|主持|主讲|主备|承办|牵头|执教|发言|(?<!参与)(?<!参加)[人者]$")
_ABOUT = re.compile(
    r"地点|形式|时间|方式|要求|对象|人员|目标|措施|单位|预期|目的|负责|完成|成果|参加|主讲"
)
_BARE = re.compile(r"\d{1,2}(?:\s?[-—–~～－至、]\s?\d{1,2})?")
_OWNED = re.compile(
    r"[(（](?:(?:责任|负责|牵头|主持|承办|主讲)(?:人|部门|处室|单位)?\s*[:：]\s*(?P<named>[^()（）]{2,20})"
    r"|由?(?P<carried>[^()（），,。；;]{2,12}?)(?:具体|主要|牵头)?(?:负责|承办|牵头|主持|组织))[)）]$"
)
_PART_OF_MONTH = re.compile(
    r"^(?P<part>[上中下]旬|月[初底末])\s*[:：]?\s*(?P<rest>\S.*)$", re.DOTALL
)
_LABELLED_WHO = re.compile(
    r"[ \u3000\xa0]+(?:主讲|执教|主持|负责|责任|牵头|承办|中心发言)(?:人|教师|老师|部门|处室|单位)?"
    r"\s*[:：]\s*(?P<who>[^:：。；;]{2,20})$"
)
_WHO_BEHIND = re.compile(
    rf"(?:[ \u3000\xa0]{{2,}}|\t)(?P<who>全体(?:成员|组员|教师)?"
    r"|[一-鿿]{0,8}(?:组长|主任|校长|园长|组员|各?教研组|备课组|教[导务科研]处|教科室|办公室)"
    rf"|[{SURNAMES}][一-鿿]{{1,2}}(?:、[{SURNAMES}][一-鿿]{{1,2}})*)$"
)
"""期中质量分析会　　各备课组长: who does it stands behind what is done, parted by blanks."""
_ONLY_WHO = re.compile(r"(?:请|要求)?(?:各|全体|所有|每)[一-鿿]{1,6}")
_UNTIL_THEN = re.compile(r"^(?:之?前|以前|起)?[，,]?(?:将|把)?")
_DAY_FIRST = re.compile(
    r"(?:20\d\d年)?(?P<day>\d{1,2}月\d{1,2}[日号])(?:[(（][^()（）]{1,6}[)）])?"
    r"[ \u3000\xa0\t:：]+(?P<what>\S.+)"
)
_OF_STAGE = re.compile(r"第[一二三四五六]阶段|[一-鿿]{2,6}阶段")
_STAGE_THEME = re.compile(r"\s*(?:阶段|研[修训]|活动|教研)?(?:主题|专题)\s*[:：]")
"""主题：走进新课标, below a stage: what it is about, and no thing to be done."""
_SPACED = re.compile(r"[一-鿿、“”《》:：]{3,16}(?:[ \u3000\xa0]+[一-鿿、“”《》:：]{3,16}){1,5}")
_EACH_PART = re.compile(r"^(?:[上中下]旬|月[初底末])\s*[:：]")
_AHEAD = re.compile("计划|打算|安排|设想|展望")
_REMARK = re.compile(r"^(?:注|备注|说明|附注?)\s*[:：]")
_WEEK_OF_MONTH = re.compile(
    r"(?P<month>(?:\d{1,2}|[一二三四五六七八九十]{1,2})月)份?\s*(?:的?第?[一二三四五1-5]个?(?:周|星期))"
)
_MADE_ON = re.compile(r"(?:制[定订]|填[写表]|印发|发布|打印)(?:日期|时间)\s*[:：]\s*(?:\d{4}年)?$")
"""制定日期：2025年8月29日: when the paper was made."""
_FINAL = "。；;，, "
_AUGUST, _SEPTEMBER, _PAIR = 8, 9, 2


@dataclass
class _Counter:
    """Counts the items of each month, for it may be spread over several rows."""

    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def next(self, heading: MonthHeading) -> int:
        place = (heading.unit, heading.number)
        self.counts[place] = self.counts.get(place, 0) + 1
        return self.counts[place]


def months_of(reading: Reading) -> tuple[int, ...]:
    """All months for which the document arranges something, in order."""
    headings = [item.month for item in reading.items if item.month]
    headings += [heading for _, heading, _, _ in (*_told(reading), *_table_items(reading))]
    return tuple(
        month
        for heading in headings
        if heading.unit == "month"
        for month in (heading.number, heading.until or heading.number)
    )


def read_schedule(reading: Reading, period: Period) -> Iterator[Finding]:
    """One finding for each item that stands under a month or a week."""
    counter = _Counter()
    told = (*_listed(reading), *_told(reading))
    found = (*told, *_table_items(reading))
    for line, heading, said, whose in found:
        owned = _OWNED.search(said) if said.endswith((")", "）")) else None
        name = said[: owned.start()].strip(_FINAL) if owned else said
        owner = whose or ((owned["named"] or owned["carried"]).strip() if owned else "")
        value = _value(heading, counter.next(heading), name)
        if owner:
            value["owner"] = owner
        month = _dated(period, heading) if heading.unit == "month" else None
        inferred = month is not None and period.inferred and heading.year is None
        written = reading.written[line.number]
        yield Finding(
            "schedule", name, value, line.number, written, period=month, inferred=inferred
        )
    yield from _dated_alone(reading, period, counter)
    yield from _stage_themes(reading)
    yield from _dated_lines(reading, period, counter)


def _listed(reading: Reading) -> Iterator[tuple[Line, MonthHeading, str, str]]:
    """The items that stand under the heading of a month, in the shape of those of tables."""
    stage = False
    for item in reading.items:
        if not item.month or item.paragraph.lines[0].cells or _REMARK.match(item.text):
            continue
        if reading.kind == "summary" and not _is_ahead(reading, item):
            continue
        text = item.month.rest if item.opens_month else item.text
        behind = _LABELLED_WHO.search(text) or _WHO_BEHIND.search(text)
        text, whose = (text[: behind.start()], behind["who"].strip()) if behind else (text, "")
        opened = item.opens_month and bool(_OF_STAGE.match(item.text))
        stage = opened or (stage and not item.opens_month)
        if stage and _STAGE_THEME.match(text):
            continue
        for name in _names(text, split=item.opens_month):
            line = item.line(max(item.text.find(name), 0))
            part = _PART_OF_MONTH.match(name)
            if part:
                whole = replace(item.month, part=part["part"].removeprefix("月"))
                yield line, whole, part["rest"].strip(_FINAL), whose
                continue
            own = month_heading(name)  # 第3周 甲；第5周 乙: each piece has a week of its own
            if own and own.rest:
                yield line, own, own.rest, whose
            else:
                yield line, item.month, name, whose


def _dated_lines(reading: Reading, period: Period, counter: _Counter) -> Iterator[Finding]:
    """Lines of a plan that each begin with a day: 3月12日 概述 市教科院 讲座."""
    if reading.kind != "plan":
        return
    found = [
        (item, match)
        for item in reading.items
        if not (item.month or item.is_heading or item.paragraph.lines[0].cells)
        and (match := _DAY_FIRST.fullmatch(item.text.strip()))
    ]
    for item, match in found if len(found) > 1 else ():
        told = read_month_day(match["day"])
        name = re.split(r"[ \u3000\xa0\t]+", match["what"].strip(_FINAL))[0]
        name = name if len(name) >= _PAIR else match["what"].strip(_FINAL)
        if told and not GAP.search(name):
            heading = MonthHeading("month", told[0], None, "")
            value = {**_value(heading, counter.next(heading), name), "day": told[1]}
            line, month = item.line(), _dated(period, heading)
            inferred = month is not None and period.inferred
            written = reading.written[line.number]
            yield Finding(
                "schedule", name, value, line.number, written, period=month, inferred=inferred
            )


def _stage_themes(reading: Reading) -> Iterator[Finding]:
    """第一阶段（9—10月） 主题：学标准: what the months of a stage are about."""
    for item in reading.items:
        opens = item.month and item.opens_month and _OF_STAGE.match(item.text)
        said = _STAGE_THEME.match(item.month.rest) if item.month and opens else None
        if item.month and said:
            text = item.month.rest[said.end() :].strip(_FINAL)
            line = item.line(max(item.text.find(text), 0))
            yield Finding("content", "主题", text, line.number, reading.written[line.number])


def _is_ahead(reading: Reading, item: Item) -> bool:
    """Whether an item of a summary tells what is to come: 五、下阶段研究计划."""
    title = reading.sections[item.section - 1].title if item.section else ""
    return item.topic == "next" or bool(_AHEAD.search(title))


def _told(reading: Reading) -> Iterator[tuple[Line, MonthHeading, str, str]]:
    """The calendar told in sentences: 三月中旬开展评比, each in the shape of those of tables.

    In a summary two months make a calendar, be it in one paragraph or one below the other.
    """
    months = Counter(item.section for item in reading.items if _TOLD.match(item.text))
    for item in reading.items:
        ahead = reading.kind == "summary" and item.topic == "next"
        told = item.topic == "schedule" if reading.kind == "plan" else ahead
        if not told or item.month or item.is_heading or item.paragraph.lines[0].cells:
            continue
        opens = _TOLD.match(item.text) and months[item.section] >= _PAIR
        if ahead and len(_TOLD.findall(item.text)) < _PAIR and not opens:
            continue
        heading = None
        for match in _TOLD.finditer(item.text):
            heading = month_heading(f"{match['when']} ") or heading
            name = match["what"].strip(_FINAL + "、")
            if heading and name:
                yield item.line(match.start("what")), heading, name, ""


def _dated_alone(reading: Reading, period: Period, counter: _Counter) -> Iterator[Finding]:
    """In a plan, one thing with its day: 专题讲座：《…》，时间：3月16日."""
    if reading.kind != "plan":
        return
    for item in reading.items:
        cells = item.paragraph.lines[0].cells
        if item.month or cells or item.is_heading or item.topic == "schedule":
            continue
        match = _ON_A_DAY.search(item.text)
        told = read_month_day(match["day"]) if match else None
        if match is None or told is None or _MADE_ON.search(item.text[: match.start("day")]):
            continue
        title = _TITLE.search(item.text)
        name = title[1] if title else item.head if item.body else item.text[: match.start()]
        line, name = item.line(match.start()), name.strip(_FINAL + "：:")
        if _ONLY_WHO.fullmatch(name):  # 各校于3月10日前将计划报送中心校
            name = _UNTIL_THEN.sub("", re.split(r"[，,。；;]", item.text[match.end() :])[0])
        if name:
            heading = MonthHeading("month", told[0], None, "")
            value = {**_value(heading, counter.next(heading), name), "day": told[1]}
            month, written = _dated(period, heading), reading.written[line.number]
            inferred = month is not None and period.inferred
            yield Finding(
                "schedule", name, value, line.number, written, period=month, inferred=inferred
            )


def _names(text: str, *, split: bool) -> list[str]:
    if split and _SPACED.fullmatch(text.strip()):
        return text.split()
    pieces = _INLINE.split(text)
    if len(pieces) == 1 and not split and _EACH_PART.match(text):
        pieces = re.split(r"[；;]\s*(?=[上中下]旬|月[初底末])", text)
    if len(pieces) == 1 and split:
        pieces = re.split(r"[；;\n]", text)
        if len(pieces) == 1:
            pieces = re.split(r"。", text)
    return [piece.strip().strip(_FINAL) for piece in pieces if piece.strip().strip(_FINAL)]


def _value(heading: MonthHeading, ordinal: int, name: str) -> dict[str, object]:
    unit = heading.unit
    value: dict[str, object] = {unit: heading.number, f"ordinal_in_{unit}": ordinal}
    if heading.until:
        value[f"to_{unit}"] = heading.until
    if heading.part:
        value["part"] = heading.part
    day = read_month_day(name) or (
        read_month_day(heading.rest) if _DAY.fullmatch(heading.rest) else None
    )
    if day and unit == "month" and day[0] == heading.number:
        value["day"] = day[1]
    return value


def _dated(period: Period, heading: MonthHeading) -> str | None:
    """The month with its year, if it is named or the document lets it be known."""
    month = heading.number
    if heading.year is not None:
        return f"{heading.year}-{month:02}"
    year = period.year
    if period.school_year is not None:
        late = month >= _SEPTEMBER or (month == _AUGUST and period.season == "autumn")
        year = period.school_year + (not late)
    return None if year is None else f"{year}-{month:02}"


def _table_items(reading: Reading) -> Iterator[tuple[Line, MonthHeading, str, str]]:
    """The items of tables with a column for the month or week: line, heading, name, owner."""
    columns: tuple[int, list[int], int | None] | None = None
    table: int | None = None
    weekly = False
    for item in reading.items:
        line = item.paragraph.lines[0]
        if not line.cells:
            continue
        if line.table != table:
            columns, table, heading = None, line.table, None
        if columns is None:
            columns = columns_of(line.cells)
            weekly = columns is not None and "周" in line.cells[columns[0]]
            continue
        when, what, who = columns
        known = _heading(line.cells, when, weekly=weekly)
        said = when < len(line.cells) and line.cells[when].strip()
        heading = known or (None if said else heading)
        if heading is None or max(when, *what) >= len(line.cells):
            continue
        owner = line.cells[who].strip() if who is not None and who < len(line.cells) else ""
        owner = "" if GAP.search(owner) else owner
        for cell in [line.cells[place] for place in what]:
            for name in _cell_names(cell):
                yield line, heading, name, owner


def columns_of(cells: tuple[str, ...]) -> tuple[int, list[int], int | None] | None:
    """Which column says when, which what, which who; None if this row is no such header."""
    names = [re.sub(r"\s", "", cell) for cell in cells]
    when = next((place for place, name in enumerate(names) if WHEN.match(name)), None)
    who = next((place for place, name in enumerate(names) if _WHO.search(name)), None)
    what = [p for p, name in enumerate(names) if _WHAT.search(name) and p not in {when, who}]
    what = [place for place in what if not _ABOUT.search(names[place])] or what[:1]
    what += [place for place, name in enumerate(names) if name in {"其他", "其它"}]
    if (
        when is not None and not what and len(names) > _PAIR
    ):  # 日期 | 部门 | 牵头人: what stands first beside the day
        what = [
            p for p in range(len(names)) if p not in {when, who} and not _ABOUT.search(names[p])
        ][:1]
    return None if when is None or not what else (when, what, who)


def _heading(cells: tuple[str, ...], when: int, *, weekly: bool) -> MonthHeading | None:
    text = cells[when].replace("\n", "") if when < len(cells) else ""
    mark = read_mark(text)
    heading = month_heading(text) or (month_heading(text[mark.length :]) if mark else None)
    dated, before = _DAY.fullmatch(text.strip()), _BEFORE.fullmatch(text.strip())
    if dated and heading is None:
        return MonthHeading("month", int(dated["month"]), None, text.strip())
    if before and heading is None:
        return month_heading(before["when"])
    week = _WEEK_OF_MONTH.fullmatch(text.strip())
    if week:
        return month_heading(week["month"])
    span = _BARE.fullmatch(text.strip())
    if heading or not span:
        return heading
    return month_heading(f"第{text.strip()}周" if weekly else f"{text.strip()}月")


def _cell_names(cell: str) -> list[str]:
    names = []
    for piece in cell.split("\n"):
        mark = read_mark(piece)
        names += _names(piece[mark.length :] if mark else piece, split=True)
    return names
