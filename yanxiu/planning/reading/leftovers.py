"""What no other reader told: numbered items, things done, quotations, titles, rows of tables.

Schools say the same in countless words, so these go by the shape of a text and not by its words.
Everything here is quoted, nothing is concluded.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from yanxiu.documents.reading.paragraphs import POSTS
from yanxiu.planning.reading.crossed_tables import crossed
from yanxiu.planning.reading.findings import Finding, Kind
from yanxiu.planning.reading.gaps import GAP
from yanxiu.planning.reading.grounds import is_ground, states_ground
from yanxiu.planning.reading.items import Item, Reading
from yanxiu.planning.reading.months import month_heading
from yanxiu.planning.reading.phrases import Phrase, amounts_in, bare, clauses, sentences, uncounted
from yanxiu.planning.reading.roles import is_labelled_role
from yanxiu.planning.reading.schedules import WHEN
from yanxiu.planning.reading.tables import Grid, cell, grids
from yanxiu.texts.keys import key

_VERBS = (
    "开展|组织|举办|举行|召开|建立|成立|完善|健全|制[定订]|形成|搭建|推出|编写|编印|开发|建成|创建|实施|推行|推进"
    "|设立|承办|主办|启动|构建|引进|购置|配备|邀请|聘请|选派|派出|推荐|打造|整合|修订|出台|印发|做好|抓好|抓实|落实"
    "|加强|强化|深化|优化|指导|督促|参加|参与|撰写|整理|汇编|申报|承担|总结|推广|利用|依托|坚持|实行|采用|采取|倡导|鼓励"
    "|支持|改进|探索|规范|细化|明确|安排|布置|收集|审核|评选|表彰|通报|公示|反馈|检查|调研|观摩|展示|学习|订阅|征订"
)
_DOING = re.compile(
    rf"^(?:(?:(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月份?(?:[上中下]旬|[初底]|\d{{1,2}}[日号])?"
    r"|[上下]半年|期[初中末]|[本这]?学[期年]|[寒暑]假里?|我[校园组们镇县区]?|学校|本[校组园]|教导处|教务处|教科室|教研组|各[校组]|并|还|也|先后|继续|进一步|认真|积极"
    r"|定期|及时|多次|主动|扎实|大力|不断|切实|共|坚持|分别|同时|此外|要|将|应)[，,]?)*"
    rf"(?:{_VERBS})了?(?=[一-鿿“《]{{3,}})"
)
_WISHED = re.compile(r"^(?:为了?|使|让|从而|以(?!.{1,12}[为作])|力争|争取|确保|希望|相信)")
_QUOTE = re.compile(r"“([^“”]{3,24})”")
_TITLE = re.compile(r"《([^《》]{3,40})》")
_REJECTED = re.compile(
    r"(?:从|不是|并非|而非|单纯的|所谓的?|摆脱|改变|由|避免|杜绝|告别|的|深知|体会到|俗话说?|常[言说]道?|古人[云说]|说得好|名言|一句话)[：:，,]?$"
)
_PUBLISHED_IN = re.compile(r"(?:发表|刊[登载发]|登载|收录)[在于到]?了?[^，,。；;“”《》]{0,8}$")
"""发表在《…》: a journal is no content."""
_POLICY = re.compile(r"^(?:双减|十[二三四五六]五|三个代表|互联网\+?|国培|省培|两学一做|新常态)$")
_IDEAS = re.compile(r"指导思想|思路|背景|理念|情况|分析|依据")
_HEADER_CELL = re.compile(r"[一-鿿]{2,}")
_NUMBERS = re.compile(r"[\d一二三四五六七八九十.．、\-—～至第周月日\s]+")
_WHO = ("负责人", "责任人", "负责", "主持人", "承办", "牵头", "责任部门", "责任处室")
_WHAT = ("工作", "任务", "项目", "内容", "事项", "活动", "主题", "课题", "措施", "分工", "策略")
_MOMENT = re.compile(
    r"每[一两二个半学]?[周月天日年期季]|学[期年]|周[一二三四五六日]|星期|\d|月[底初末上中下]|[上下]午|时间|地点|学[分时]|[一二三四五六七八九十]月"
)
_LABELLED = re.compile(r"[一-鿿]{3,8}[:：]\s*(?=.{6})")
_PLAIN_FACT = re.compile(
    r"附|注|备注|姓名|学科|任教|学校|单位|联系|电话|(?:研[修训]|活动|培训|会议)?(?:时间|地点)|主送|抄送|日期|报送"
    r"|[一-鿿]{0,4}(?:编号|单位|周期|年限)|(?:立项|批准|结题|起止)时间|课题(?:名称|类别|级别)"
)
_HANDED = re.compile(r"上[交传报]|提交|报送|填[写报]|汇报|备案|归档|存档")
_ARGUED = re.compile(
    r"为了?|使|让|从而|以(?!.{1,12}[为作])|力争|争取|确保|希望|相信|二者|均|这|它|其|因|由于|只有|如果|若|通过|即|也就是|特?制定本|制定?[^，,]{0,4}办法"
    r"|[^，,]{0,12}(?:促进|推动|提升|提高|增强)"
)
_CONDITION = re.compile(r"[的者时]$")
_WE = re.compile(r"^(?:我们|学校)?(?:还?[将要会])?(?=继续|进一步|认真|积极|组织|开展|加强|抓好)")
_NO_DEED = re.compile(r"[任为][一-鿿]{0,3}组长|^(?:安排|定)在|(?:时间|期间|以来|[后时前中上下])$")
_BINDING = re.compile(r"职责|义务|期限|奖惩|条件$|(?:结对|申报|评选|适用)对象$")
_LASTING = frozenset({"周", "天", "月", "个月"})
_SUM = re.compile(r"[合总共小]\s*计")
_TALE = 160
_WHOLE = frozenset({"goal", "problem", "schedule", "slot"})
_LEAST, _SHORT, _LONG = 4, 24, 60


class _Told:
    """What the other readers told, by line, to be asked whether a text is in it."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        """Gather names and values of the findings."""
        self.silent: frozenset[int] = frozenset()
        self.values: dict[int, list[str]] = defaultdict(list)
        self.dated: set[int] = set()
        for found in findings:
            if found.kind == "schedule":
                self.dated.add(found.line)
            value = found.value
            parts = value.values() if isinstance(value, dict) else (value,)
            said = dict.fromkeys((found.name, *map(str, parts)))
            self.values[found.line] += map(key, said)

    def on(self, item: Item) -> bool:
        """Whether anything is told of a paragraph."""
        return any(line.number in self.values for line in item.paragraph.lines)

    def holds(self, line: int, text: str) -> bool:
        """Whether something told on the line has the whole text in it."""
        wanted = key(text)
        return any(wanted in value for value in self.values[line])

    def touches(self, line: int, text: str) -> bool:
        """Whether something told on the line is part of the text, or has it in it."""
        said = key(text)
        if amounts_in(text) and any(len(v) > 1 and v in said for v in self.values[line]):
            return True
        return any(
            said in value or (len(value) >= _LEAST and value in said) for value in self.values[line]
        )

    def hints(self, line: int, text: str) -> bool:
        """Whether something told may be this: it counts or dates, or holds words of a value."""
        counts = any(q.text != "二次" and q.unit not in _LASTING for q in amounts_in(text))
        if (_MOMENT.search(text) or counts) and not _HANDED.search(text):
            return True
        said = key(bare(uncounted(text)))
        return any(
            said in value or (len(value) > 1 and value in said) for value in self.values[line]
        )


def read_leftovers(reading: Reading, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings for what `findings` leave out, each quoted from its line."""
    told = _Told(findings)
    told.silent = _silent(reading, told)
    yield from _rows(reading, told)
    last = reading.items[-1] if reading.items else None
    for item in reading.items:
        if item.month or item.paragraph.lines[0].cells:
            continue
        whole = list(_whole(reading, item, told))
        yield from whole
        yield from _unsaid(reading, item, told)
        yield from _headed(reading, item, told)
        if whole:
            continue
        if item is not last or len(item.text) > _SHORT:
            yield from _done(reading, item, told)
        yield from _marked(reading, item, told)


def _silent(reading: Reading, told: _Told) -> frozenset[int]:
    """The sections of which nobody told anything."""
    heard = {item.section for item in reading.items if told.on(item)}
    return frozenset(range(1, len(reading.sections) + 1)) - heard


def _whole(reading: Reading, item: Item, told: _Told) -> Iterator[Finding]:
    """A numbered item of a plan of which nothing at all was told."""
    article = bool(item.mark and item.mark.style == "article")
    counted = bool(item.mark and item.mark.style == "label")  # 任务一：…
    opened = item.is_heading and not item.body and not item.text.endswith("。") and not counted
    known = article and item.body and told.holds(item.line().number, item.body)
    if reading.kind != "plan" or (told.on(item) and not article) or opened or known:
        return
    labelled = bool(_LABELLED.match(item.text)) and not _PLAIN_FACT.match(item.head)
    if item.mark is None and item.section not in told.silent and not labelled:
        plain = item.section and item.text.endswith("。") and len(item.text) <= _LONG
        if not plain or item.topic or _IDEAS.search(_title(reading, item)):
            return
    said = item.text.strip().rstrip("。；;，,：: ")
    if states_ground(said):
        return
    if len(said) < _LEAST or GAP.search(item.head) or item.text.endswith((":", "：")):
        return
    head = item.head if len(item.head) <= _SHORT else re.split(r"[，,。；;:：]", said)[0]
    kind: Kind = "rule" if article or _is_binding(reading, item) else "content"
    yield _finding(reading, item, kind, Phrase(said, 0), head)


def _is_binding(reading: Reading, item: Item) -> bool:
    """Whether what stands below this heading binds somebody: 师傅职责, 期限."""
    return item.topic in {"rule", "role"} or bool(_BINDING.search(_title(reading, item)))


def _title(reading: Reading, item: Item) -> str:
    return reading.sections[item.section - 1].title if item.section else ""


def _headed(reading: Reading, item: Item, told: _Told) -> Iterator[Finding]:
    """① 磨课例：…: what a numbered item is about, if only what follows was told."""
    label = _LABELLED.match(item.text) if item.mark and reading.kind == "plan" else None
    if not label or item.topic in _WHOLE or item.month or is_labelled_role(item.text):
        return
    line = item.line().number
    known = told.holds(line, item.head) or _PLAIN_FACT.match(item.head)
    if not known and told.on(item) and not GAP.search(item.text):
        yield _finding(reading, item, "content", Phrase(item.body.rstrip("。；;"), 0), item.head)


def _unsaid(reading: Reading, item: Item, told: _Told) -> Iterator[Finding]:
    """Of an item of a plan of which something was told: the clauses of which nothing was."""
    title = reading.sections[item.section - 1].title if item.section else ""
    placed = item.section or item.mark
    if reading.kind != "plan" or not told.on(item) or not placed or _IDEAS.search(title):
        return
    if (
        item.topic in _WHOLE
        or (item.mark and item.mark.style == "article")  # told whole
        or (item.is_heading and not item.body)
        or item.text.endswith((":", "："))
    ):
        return
    if is_labelled_role(item.text) or len(item.text) > _TALE:
        return
    kind: Kind = "rule" if _is_binding(reading, item) else "content"
    for sentence in sentences(item.text):
        run: list[Phrase] = []
        for clause in (*clauses(sentence.text), Phrase("", 0)):
            place = sentence.start + clause.start
            said = clause.text.strip()
            line = item.line(place).number
            argued = len(said) < _LEAST or _ARGUED.match(said) or said == item.head
            if not (argued or told.hints(line, said)):
                run.append(Phrase(clause.text, place))
            elif run:
                yield from _run(reading, item, kind, run)
                run = []


def _run(reading: Reading, item: Item, kind: Kind, run: list[Phrase]) -> Iterator[Finding]:
    """Clauses that follow each other, as one."""
    whole = item.text[run[0].start : run[-1].start + len(run[-1].text)]
    shown = bare(uncounted(whole))
    if len(shown) >= _LEAST and not GAP.search(shown) and not _CONDITION.search(shown):
        place = run[0].start + whole.find(shown)
        yield _finding(reading, item, kind, Phrase(shown, place), shown[:_SHORT])


def _done(reading: Reading, item: Item, told: _Told) -> Iterator[Finding]:
    """组织教师外出观摩, 建立了资源库: clauses that begin with what is done, if told by nobody."""
    if item.topic in {"goal", "problem", "schedule", "role", "slot"}:
        return
    if item.is_heading and not item.body:
        return
    title = reading.sections[item.section - 1].title if item.section else ""
    if reading.kind == "plan" and (_IDEAS.search(title) or not item.section):
        return
    for clause in clauses(item.text):
        said = bare(_WE.sub("", uncounted(clause.text)))
        if not _LEAST + 2 <= len(said) <= _LONG or not _DOING.match(said):
            continue
        place = clause.start + clause.text.find(said)
        if (
            _NO_DEED.search(said)
            or _WISHED.match(said)
            or GAP.search(said)
            or told.touches(item.line(place).number, said)
        ):
            continue
        yield _finding(reading, item, "content", Phrase(said, place), said)


def _marked(reading: Reading, item: Item, told: _Told) -> Iterator[Finding]:
    """Quotations and titles that stand in nothing told; a policy by its short name is none."""
    if item.topic == "problem" or (item.is_heading and not item.body):
        return
    titles = [range(*match.span()) for match in _TITLE.finditer(item.text)]
    for match in (*_QUOTE.finditer(item.text), *_TITLE.finditer(item.text)):
        said, line = match[1], item.line(match.start(1)).number
        if match[0][0] == "“":
            inside = any(match.start() in title for title in titles)
            if inside or _POLICY.match(said) or _REJECTED.search(item.text[: match.start()]):
                continue
        if _PUBLISHED_IN.search(item.text[: match.start()]) or is_ground(item.text, *match.span()):
            continue
        parts = re.split(r"[、，,+＋—]+", said)
        known = all(told.holds(line, part) for part in parts)
        if not GAP.search(said) and not known:
            yield _finding(reading, item, "content", Phrase(said, match.start(1)), said)


def _rows(reading: Reading, told: _Told) -> Iterator[Finding]:
    """Rows of tables: who answers for what, else the first words of a row told by nobody."""
    for grid in grids(reading):
        if not all(_HEADER_CELL.search(name) for name in grid.header if name):
            continue
        who = grid.column(*_WHO)
        what = 0 if crossed(grid) else grid.column(*_WHAT)  # 上河小学 | 18 | 谷雨生
        dated = any(WHEN.match(name) for name in grid.header)
        for row in grid.rows:
            scheduled = row.line().number in told.dated or (dated and not cell(row, who))
            if told.on(row) and (scheduled or who is None):
                continue
            if who is not None and what is not None and who != what and not scheduled:
                yield from _answer(reading, row, cell(row, what), cell(row, who))
            elif not told.on(row):
                yield from _first_words(reading, grid, row, what)


def _answer(reading: Reading, row: Item, task: str, who: str) -> Iterator[Finding]:
    if not task or len(task) > _LONG or (not who and _SUM.match(task)):
        return
    known = who if who and not GAP.search(who) else None
    posted = bool(known and re.search(rf"{POSTS}|[处室组部会办]$", known))
    value: dict[str, object] = {
        "post": known if posted else None,
        "name": None if posted else known,
        "duty": task,
    }
    line = row.line()
    yield Finding("role", task, value, line.number, reading.written[line.number])


def _first_words(reading: Reading, grid: Grid, row: Item, what: int | None) -> Iterator[Finding]:
    for column in ([] if what is None else [what]) + [*range(len(grid.header))]:
        said = cell(row, column).split("\n")[0].strip()
        if (
            len(said) < _LEAST
            or month_heading(said)
            or _NUMBERS.fullmatch(said)
            or GAP.search(said)
        ):
            continue
        line = row.line()
        yield Finding("content", said, said, line.number, reading.written[line.number])
        return


def _finding(reading: Reading, item: Item, kind: Kind, said: Phrase, name: str) -> Finding:
    line = item.line(said.start)
    return Finding(kind, name, said.text, line.number, reading.written[line.number])
