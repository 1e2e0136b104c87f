"""Weekly times of groups: 美术组:周一上午, 星期二第七节, 另行商定."""

import re
from collections.abc import Iterator
from dataclasses import replace

from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.gaps import GAP
from yanxiu.planning.reading.items import Item, Reading
from yanxiu.texts import numerals
from yanxiu.texts.days import read_half_day, read_month_day, read_weekday

_GROUP_LINE = re.compile(r"^([^:：,，。；;]{1,12})[:：]\s*(\S.*)$")
_SPACED_LINE = re.compile(
    r"^\s*(?P<who>[一-鿿、]{2,10})[ \t\u3000\xa0]+"
    r"(?P<said>(?:每|逢|周|星期|待|另|未|自|不|灵活|机动).*)$"
)
_SUBJECT = (
    "语文|社会|数学|英语|外语|物理|化学|生物|历史|地理|政治|道德与法治|道法|科学|音乐|美术|体育"
    "|信息(?:技术|科技)|劳动|心理|综合|艺体|体艺|音体美信息|音体美|体音美[信劳]*|史地|理化生?|政史地?生?|文综|理综|文科|理科"
)
_GROUP = re.compile(
    rf"(?:[低中高]段|小学|初中|高中|[一二三四五六七八九初高]{{1,2}}年?级?)?(?:{_SUBJECT})(?:教研|备课|学科)?组?"
    r"|(?:[一二三四五六七八九]|[初高][一二三]|小学|初中|高中)(?:年级)?(?:教研组|备课组|科组|年级组|组)"
    r"|(?:[低中高]年?[级段])?社群"
    r"|[初高][一二三](?=每?(?:周|星期)|$)|[一二三四五六七八九]年级(?=每?(?:周|星期)|$)|[托小中大]班|(?:(?![由各其间])[一-鿿]){0,2}(?:教研组|备课组|科组|年级组)|[低中高]段组?"
)
_PURPOSE = re.compile(r"[为是](?:固定的?)?([一-鿿]{2,12}?)的?(?:活动)?时间")
_DEED = re.compile(
    r"(?:午|晚上|节|课后|(?:周|星期)[一二三四五六日天](?![上下早晚]))后?”?的?(?:全[校园组体镇])?(?:进行|开展|组织|召开|举行|为|是)?([一-鿿]{0,6}?(?:备课|教研|学习|研讨|例会|培训|研修|组长会|教师会|会议))(?:活动)?(?![一-鿿]*时间)"
)
_HELD = re.compile(
    r"(?:召开|举行|举办|开展|组织)“?([一-鿿]{2,10}?(?:沙龙|论坛|例会|会议|分享会|交流会|讲坛|教研|培训|研讨|学习|备课|活动))"
)
_CLOCK = re.compile(r"(\d{1,2})[:：](\d{2})")
_TIMES = re.compile(
    r"(?<=[；;。，,])|(?<=[:：])(?=[^、，。；]{0,6}(?:每|逢)?(?:周|星期)[一二三四五六日天])"
)
_PARTED = re.compile(
    r"(?<=、)(?=[^、]{1,8}(?:周|星期)[一二三四五六日天])"
    r"|[ \u3000\xa0]+(?=[一-鿿、]{2,8}"
    r"(?:(?:每|逢)?(?:周|星期)[一二三四五六日天]|待定|未定|另定|自定))"
)
_UNIT = re.compile(r"以[^，,]{2,8}为单位")
_FIRST = re.compile(r"(?:每|逢)?(?:单周|双周)?的?(?:周|星期|礼拜)[一二三四五六日天]")
_WEEKLY = re.compile(
    r"每[两二]?周[一1两2]次(?:的)?([一-鿿]{2,8}?(?:学习|活动|教研|备课|例会|研修|培训|研讨))[，,]"
)
_HEADED = re.compile(
    rf"(?:(?:固定|活动|教研|研[修训]|学习|备课|集体)*时间(?:安排)?\s*[:：]\s*(?P<behind>{_GROUP.pattern})"
    rf"|(?P<who>{_GROUP.pattern})的?(?:(?:固定|活动|教研|研[修训]|学习|备课|集体)*时间(?:安排)?)?)\s*[:：]?"
)
_LESSON = re.compile(
    rf"(?:第|(?<=[上下]午))([一二三四五六七八\d]|{numerals.PATTERN})(?:[、至到—-]?第?{numerals.PATTERN})?节(?:课)?"
)
_MONTHLY = re.compile(rf"每个?月(?:[一-鿿]{{0,6}}?)({numerals.PATTERN})次")
_ONCE = re.compile(r"每个?月的?(?:第[一二三四]个?|最后一个|首个)(?:周|星期|礼拜)")
_NTH = re.compile(
    r"每个?月的?(第[一二三四1-4]个?(?:[、和及,，/]第?[一二三四1-4]个?)+)(?:周|星期|礼拜)"
)
_PLACE = re.compile(
    r"(?:活动|集中|教研|研[修训])?地点(?:安排|定|设)?[在为是于]?\s*[:：]?\s*(?P<place>[一-鿿A-Za-z0-9]{2,16})(?=[，,。；;）)\s]|$)"
)
_EVERY_OTHER = re.compile(
    r"每[两二2]周|(?<![第初高年])[两二2]周(?![一二三四五六日天])|隔周|(?<!单)双周|(?<!双)单周(?!双)"
)
_EVEN = re.compile("(?<!单)双周")
_SHARED = re.compile(r"\s*(?:时间)?(?:均|都|皆|全部|统一)(?:安排|定|放)?(?:为|在|是|于)?")
_ACTIVITY = re.compile(
    r"(?:^|[，,。；;、])([一-鿿]{0,8}(?:教研|备课|研训|研修|培训|学习|例会))(?:活动)?"
    r"(?=[,，]?(?:每|逢|固定|安排|定[于在]|在?[单双隔]周))"
)
_REGULAR = re.compile(
    r"每个?月(?:的?第?[一-鿿]{1,4}个?)?(?:周|星期|礼拜)[一二三四五六日天]|每(?:逢)?(?:单周|双周)?(?:周|星期|礼拜)[一二三四五六日天]"
)
_OPEN = re.compile(r"待定|另行|另外通知|自行|自定|自主安排|灵活|不定|机动|商定|商量|未定|另定")
_OTHERS = re.compile(r"(?:其他|其它|其余|余下)(?:各?(?:教研|备课|学科)?组|各?学科|科目|班级|年级)")
_UNTIL = re.compile(
    r"(?:于|在|至迟|最迟)?(?:周|星期|礼拜)[一二三四五六日天](?:[上下]午)?(?:放学|下班)?(?:之|以)?前"
)
_WISHED = re.compile(r"(?:希望|恳请|盼望?|请求|建议)[^。；;]*(?:周|星期|礼拜)[一二三四五六日天]")
"""希望教导处协调，把周四上午空出来: a time that is asked for and not yet given."""
_OFFICE_HOURS = re.compile(r"电话|上班时间|办公时间|[周期]一[至到—-](?:周|星期)?[五六日]")
_NOON = 12
_MOST, _GROUP_LENGTH, _HEADING = 5, 12, 30
_ABBREVIATED = re.compile(r"(?:各?(?:[语数英外政史地生物理化音体美信科道法劳心]|综合|其他))+组?")
_NOT_NAME = re.compile(
    r"^(?:各|每个|全体|所有|下学期|今后|明年|一次)|不少于|至少|怎么|怎样|(?:活动)?时间$|固定在?|安排在?|定于"
)
_SUBJECT_HEAD = re.compile(
    rf"^(?:小学|初中|高中)?(?:{_SUBJECT})|组$|段$|(?:成长营|研修营|工作[坊室]|团队|共同体|青年社)$"
)


def read_slots(reading: Reading) -> Iterator[Finding]:
    """One finding for each group and weekly time; a group left open gets None."""
    timed = {item.section for item in reading.items if _is_timed(item)}
    tables = {item.paragraph.lines[0].table for item in reading.items if _weekly(item)}
    above = ""
    for item in reading.items:
        headed = _HEADED.fullmatch(item.text.strip())
        above = (headed["behind"] or headed["who"]) if headed else above if _is_timed(item) else ""
        regular = not item.month or bool(_REGULAR.search(item.text))
        if not regular or (item.is_heading and not item.body and len(item.text) <= _HEADING):
            continue
        if item.paragraph.lines[0].cells:
            if item.paragraph.lines[0].table in tables:
                yield from _row(reading, item)
        elif _is_timed(item):
            yield from _timed(reading, item, above)
        elif item.section in timed or item.topic == "slot":
            group = _left_open(item)
            if group:
                line = item.line()
                yield Finding("slot", group, None, line.number, reading.written[line.number])


def _left_open(item: Item) -> str:
    """The group of a line without a time among lines with one: 体音美信 待定, 生物：另行通知."""
    match = _GROUP_LINE.fullmatch(item.text) or _SPACED_LINE.fullmatch(item.text)
    if match is None or not (_OPEN.search(match[2]) or GAP.search(match[2])):
        return ""
    name = match[1].strip()
    return name if _SUBJECT_HEAD.search(name) or _ABBREVIATED.fullmatch(name) else ""


def _is_timed(item: Item) -> bool:
    regular = not item.month or bool(_REGULAR.search(item.text))
    given = read_weekday(item.text) is not None and not read_month_day(item.text)
    asked = _WISHED.search(item.text) or _OFFICE_HOURS.search(item.text)
    return regular and given and not asked


def _times(text: str) -> int | None:
    """How many times a month, as a month has at most five of one weekday."""
    if _ONCE.search(text):
        return 1
    several = _NTH.search(text)
    if several:
        return len(re.findall("[一二三四1-4]", several[1]))
    found = _MONTHLY.search(text)
    number = numerals.number(found[1]) if found else None
    return int(number) if number is not None and 1 <= number <= _MOST else None


def _value(text: str, before: str = "") -> dict[str, object]:
    """The time that `text` says; how often may stand in the clause before it."""
    value: dict[str, object] = {"weekday": read_weekday(text), "half_day": read_half_day(text)}
    lesson = _LESSON.search(text)
    number = numerals.number(lesson[1]) if lesson else None
    if number is not None:
        value["lesson"] = int(number)
    times = _times(text) or _times(before)
    if times:
        value["times_a_month"] = times
    if _EVERY_OTHER.search(text) or _EVERY_OTHER.search(before):
        value["every_weeks"] = 2
        if _EVEN.search(text) or _EVEN.search(before):
            value["from_week"] = 2
    clock = _CLOCK.search(text)
    if clock:
        late = value["half_day"] in {"afternoon", "evening"} and int(clock[1]) < _NOON
        value["time"] = f"{int(clock[1]) + _NOON * late:02}:{clock[2]}"
    return value


def _names(clause: str, before: str, item: Item, reading: Reading) -> list[str]:
    """The groups a clause speaks of, else those before it, else what line or section is about."""
    label = _GROUP_LINE.match(clause) or _SPACED_LINE.match(clause)
    if label and not _NOT_NAME.search(label[1]) and read_weekday(label[1]) is None:
        return [part.strip() for part in re.split(r"[、和与及]", label[1])]
    before_day = clause[: _weekday_place(clause)]
    groups = _OTHERS.findall(before_day) or _GROUP.findall(before_day)  # 其余学科在周三下午
    if groups:
        return list(groups)
    behind = _GROUP.findall(clause[_weekday_place(clause) :])
    if behind and _FIRST.match(clause):  # 周二下午语文，周三下午数学
        return list(behind)
    purpose, deed = _PURPOSE.search(clause), _DEED.search(clause)
    activity = _ACTIVITY.search(item.text[: max(item.text.find(clause), 0) + 12])
    held = _HELD.search(clause, _weekday_place(clause))
    said = purpose[1] if purpose else before or (deed[1] if deed else held[1] if held else "")
    said = said or (activity[1] if activity and not _NOT_NAME.search(activity[1]) else "")
    weekly = _WEEKLY.search(item.text[: max(item.text.find(clause), 0)])
    said = said or (weekly[1] if weekly else "")  # 坚持每周一次集体学习，时间定在星期三
    if said:
        return [said]
    if item.body and not _NOT_NAME.search(item.head):
        return [item.head]
    return [reading.sections[item.section - 1].title] if item.section else ["全体"]


def _weekday_place(text: str) -> int:
    match = re.search(r"周[一二三四五六日天]|星期|礼拜", text)
    return match.start() if match else len(text)


def _clauses(text: str) -> Iterator[str]:
    """The clauses of a text, also those that only 、 parts: 语文周一下午、数学周二下午."""
    for clause in _TIMES.split(text):
        parts = _PARTED.split(clause)
        timed = [read_weekday(part) is not None or bool(_OPEN.search(part)) for part in parts]
        yield from parts if all(timed) else [clause]


def _timed(reading: Reading, item: Item, above: str) -> Iterator[Finding]:
    """The times of one paragraph; what its end says of all (均为上午第三节) holds for each.

    `above` is the group that the line above heads: 固定时间：数学组.
    """
    found = list(_told(reading, item, above))
    shared: dict[str, object] = {}
    for clause in _TIMES.split(item.text):
        if _SHARED.match(clause) and read_weekday(clause) is None:
            shared = {key: said for key, said in _value(clause).items() if said is not None}
    place = _PLACE.search(item.text)
    if place and len({slot.name for slot in found}) == 1 and not GAP.search(place["place"]):
        shared["place"] = place["place"]
    for slot in found:
        if shared and isinstance(slot.value, dict):
            told = {key: said for key, said in slot.value.items() if said is not None}
            yield replace(slot, value={**slot.value, **shared, **told})
        else:
            yield slot


def _told(reading: Reading, item: Item, above: str) -> Iterator[Finding]:
    place, before, often = 0, above, ""
    for clause in _clauses(item.text):
        if read_weekday(clause) is not None and not _UNTIL.search(clause):
            line = item.line(place + _weekday_place(clause))
            for name in _names(clause.strip(), before, item, reading):
                value = _value(clause, often)
                yield Finding("slot", name, value, line.number, reading.written[line.number])
        else:
            groups = _GROUP.findall(_UNIT.sub("", clause))
            if _OTHERS.search(clause) and _OPEN.search(clause):
                groups = _OTHERS.findall(clause)
            before = groups[-1] if groups else before
            if groups and _OPEN.search(clause):
                line = item.line(place)
                for name in groups:
                    yield Finding("slot", name, None, line.number, reading.written[line.number])
        often = clause if read_weekday(clause) is None else ""
        place += len(clause)


def _weekly(item: Item) -> list[str]:
    cells = item.paragraph.lines[0].cells
    return [cell for cell in cells if read_weekday(cell) and not read_month_day(cell)]


def _row(reading: Reading, item: Item) -> Iterator[Finding]:
    """A row with a group in one cell and in another a weekday, or words that leave it open."""
    line = item.paragraph.lines[0]
    weekly = _weekly(item)
    named = [
        cell.strip() for cell in line.cells if _SUBJECT_HEAD.search(cell) and not read_weekday(cell)
    ]
    if not named or len(named[0]) > _GROUP_LENGTH:
        return
    written = reading.written[line.number]
    if weekly:
        text = " ".join(dict.fromkeys(line.cells[line.cells.index(weekly[0]) :]))
        yield Finding("slot", named[0], _value(text), line.number, written)
    elif any(_OPEN.search(cell) for cell in line.cells):
        yield Finding("slot", named[0], None, line.number, written)
