"""Plans filled into a form, a table of labels with text beside them, as chapters and paragraphs.

A row 工作目标 | 1.… 2.… is a heading with what stands below it; 组长 | 林老师 is one labelled
line. The rows of a calendar or of tasks in the same table stay rows.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from yanxiu.documents.outline import Line
from yanxiu.planning.reading.items import Cell
from yanxiu.planning.reading.phrases import amounts_in
from yanxiu.planning.reading.schedules import WHEN, columns_of
from yanxiu.planning.reading.topics import Topic, topic_of

_LABEL = re.compile(r"[一-鿿、与和及／/（）()“”一]{2,14}")
_PLAIN_LABEL = re.compile(
    r"指导思想|依据|背景|意义|[情概现]况|分析|思路|理念|主题|课题|常规|分工|反思|亮点|特色|备注|说明|意见|签[名字章]|"
    r"学习|备课|听课|教研|辅导|阅读|读书|科研|成长|发展|优势|不足|条件"
)
_BESIDE = re.compile(
    r"(?:教研|备课|年级|学科)?(?:组长|组名|组别|组员|成员|组)|副组长|负责人|主持人|填表人|姓名|性别|年龄|教龄|职务|职称|学历|学科|任教.{0,4}|年级|班级"
    r"|(?:课题|项目|研究)组?(?:主持人|负责人|组长|成员|组员|名称|编号|类别|级别)"
    r"|(?:立项|批准|结题|研究|起止|申报)(?:单位|时间|日期|周期|年限|年度|编号)|(?:所在|工作)(?:学校|单位|部门)"
    r"|学校|单位|部门|学期|学年|学年度|日期|填表(?:时间|日期)|(?:师傅|徒弟|指导教师)(?:姓名)?"
)
_INSIDE = re.compile(
    r"(?<=[。；;\s])(?=(?:\d{1,2}[.．、](?!\d)|[(（]\d{1,2}[)）]|[①-⑳]|[一二三四五六七八九]、))"
)
_CRITERION = re.compile(r"准则|标准|成效|预期|指标|目标|目的")
_COLUMNS: tuple[tuple[Topic, re.Pattern[str]], ...] = (
    ("goal", re.compile(r"目标|目的|愿景")),
    ("rule", re.compile(r"准则|标准|成效|预期|成果|指标|要求|评价")),
    ("content", re.compile(r"策略|措施|做法|内容|任务|活动|行动|途径|方法")),
)
_RUN_TOGETHER = re.compile(r"(\S*(?:\d|[月日号周旬底初])\S*)\s+(\S.*)", re.DOTALL)
_NAMES = re.compile(r"姓名|职责|分工|成员|人员|学时|学分")
_SENTENCE = re.compile(r".{12,}[。；]|[。；].{12,}")
_WORDS = re.compile(r"[一-鿿]{4}")
_PROSE = re.compile(r"[。；;\n]|.{25}")
_TWICE = 2


def unfolded(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """`lines` with the rows of forms as headings and paragraphs, each with its number."""
    if not any(line.cells for line in lines):
        return lines
    found: list[Line] = []
    for table, rows in groupby(_parted(lines), key=lambda line: line.table):
        told = list(rows)
        if table is None:
            found += told
            continue
        if _is_form(told):
            found += _chapters(told)
        else:
            found += _columns(told)
    return tuple(found)


def _columns(rows: list[Line]) -> Iterator[Line]:
    """The rows of a table of tasks, and behind them what stands in its columns of prose."""
    header = ["".join(cell.split()) for cell in rows[0].cells]
    abouts: list[Topic] = [
        next((about for about, words in _COLUMNS if words.search(name)), "") for name in header
    ]
    aimed = any(about == "goal" for about in abouts) or any(_CRITERION.search(n) for n in header)
    plain = columns_of(rows[0].cells) is None and not any(_NAMES.search(name) for name in header)
    yield from rows
    for line in rows[1:] if aimed or plain else ():
        for about, text in zip(abouts, line.cells, strict=False):
            listed = aimed and about and _WORDS.search(text)
            if listed and (about != "content" or _PROSE.search(text) or amounts_in(text)):
                yield from (_cell(line, piece, about) for piece in _pieces(text))
            elif not listed and plain and _SENTENCE.search(text):
                yield from (_cell(line, piece, "") for piece in _pieces(text))


def _cell(line: Line, text: str, about: Topic) -> Cell:
    return Cell(line.number, text, None, (), None, line.automatic, line.page, about)


def _parted(lines: tuple[Line, ...]) -> Iterator[Line]:
    """`lines` with a day and what is beside it in cells of their own, where a PDF joined them."""
    header: Line | None = None
    for line in lines:
        if not line.cells:
            header = None
            yield line
            continue
        header = header or line
        match = _RUN_TOGETHER.fullmatch(line.cells[0])
        dated = WHEN.match("".join(header.cells[0].split()))
        if match and dated and len(line.cells) == len(header.cells) - 1:
            cells = (match[1], match[2], *line.cells[1:])
            yield replace(line, cells=cells, table=header.table)
        else:
            yield line


def _apart(line: Line) -> list[str]:
    """The cells with something in them; one that goes over several columns or rows counts once."""
    cells = [cell.strip() for cell in line.cells]
    return [
        cell for place, cell in enumerate(cells) if cell and (not place or cell != cells[place - 1])
    ]


def _is_label(cell: str) -> bool:
    text = "".join(cell.split())
    known = topic_of(text) or _PLAIN_LABEL.search(text) or _BESIDE.fullmatch(text)
    return bool(known) and bool(_LABEL.fullmatch(text))


def _is_row(cells: list[str]) -> bool:
    """Whether a row is a label and its text, or such pairs: 姓名 | 林 | 学科 | 数学."""
    if len(cells) == _TWICE:
        return _is_label(cells[0]) and not _is_label(cells[1])
    return len(cells) > _TWICE and not len(cells) % _TWICE and all(map(_is_label, cells[::2]))


def _is_form(rows: list[Line]) -> bool:
    told = [cells for line in rows if _is_row(cells := _apart(line))]
    paired = all(len(cells) > _TWICE for cells in told) and len(told) == len(rows)
    return len(told) >= _TWICE and (paired or any(_PROSE.search(cells[1]) for cells in told))


def _is_labelled(cells: list[str]) -> bool:
    """Whether a row of a form has a label in words of its own."""
    text = "".join(cells[0].split())
    return len(cells) == _TWICE and bool(_LABEL.fullmatch(text)) and not _is_label(cells[1])


def _chapters(rows: list[Line]) -> Iterator[Line]:
    label, inside = "", False
    for line in rows:
        cells = _apart(line)
        inside = inside or columns_of(line.cells) is not None
        if (_is_row(cells) or _is_labelled(cells)) and not (inside and len(line.cells) == _TWICE):
            inside = False
            for place in range(0, len(cells), _TWICE):
                label = "".join(cells[place].split())
                yield from _pair(line, label, cells[place + 1])
        elif not inside and len(cells) == _TWICE + 1 and _is_label(cells[0]):
            if "".join(cells[0].split()) != label:  # 措施 | 课堂 | …, a label over several rows
                label = "".join(cells[0].split())
                yield _plain(line, label, 1)
            yield from _parts(line, f"{cells[1]}：{cells[2]}")
        elif not inside and label and len(cells) == 1:
            yield from _parts(line, cells[0])
        else:
            yield line


def _pair(line: Line, label: str, text: str) -> Iterator[Line]:
    if _BESIDE.fullmatch(label) and not _PROSE.search(text):
        yield _plain(line, f"{label}：{text}", None)
    else:
        yield _plain(line, label, 1)
        yield from _parts(line, text)


def _parts(line: Line, text: str) -> Iterator[Line]:
    return (_plain(line, piece, None) for piece in _pieces(text))


def _pieces(text: str) -> Iterator[str]:
    """The paragraphs in a cell: its lines, and what it counts within one."""
    for piece in text.split("\n"):
        yield from (part.strip() for part in _INSIDE.split(piece) if part.strip())


def _plain(line: Line, text: str, level: int | None) -> Line:
    return replace(line, text=text, level=level, cells=(), table=None)
