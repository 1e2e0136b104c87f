"""What a summary says has come of the work: 教师的观念得到了更新, 课堂有了明显改变."""

import re
from collections.abc import Iterator

from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.gaps import GAP
from yanxiu.planning.reading.items import Item, Reading
from yanxiu.planning.reading.phrases import clauses, uncounted
from yanxiu.planning.reading.problems import WEAK
from yanxiu.planning.reading.prose import prose_items

_CHANGED = (
    "提高|提升|增强|改善|改变|转变|更新|加强|优化|好转|发展|进步|成长|突破|升华|锻炼|拓宽"
    "|促进|激发|丰富|规范|完善"
)
_EFFECT = re.compile(
    rf"(?:得到|有|取得|实现|获得|发生)了?[一-鿿]{{0,6}}(?:{_CHANGED}|成效|成绩|效果|变化|收获)"
    rf"|(?:明显|显著|大大|逐步|不断|有效|进一步|切实|极大地?|大幅度?)地?(?:{_CHANGED})"
    r"|(?:提高|提升|增强|改善|改变|转变|更新|培养|激发|拓宽|促进|开阔|调动|形成|涌现|造就)(?:出|起)?了"
)
_RANKED = re.compile(
    r"(?:名列|位列|位居|居|列|获得?|分获|取得|跃居|排名?)[一-鿿]{0,6}?(?:第[一二三四五六七八九十\d]+[名位]?|前[一二三四五六七八九十\d]+名?|首位|前列|前茅|榜首|之首)"
    r"|(?:进入|跻身|上升|提升|跃升|前进)[到至为]?[一-鿿]{0,6}?(?:第[一二三四五六七八九十\d]+[名位]|前[一二三四五六七八九十\d]+名?|前列)"
    r"|(?:上升|前进|提升)[了到]?[一二三四五六七八九十\d]+[个位]|发生了?[一-鿿]{0,6}变化"
    r"|由[^，,。；;]{1,14}(?:增加|提高|上升|提升|增长|扩大|延长)[到至]"
)
_UNDER_HEADING = re.compile(
    rf"(?:{_CHANGED}|浓厚|活跃|名列前茅|上升|涌现|形成|获|成为|新高|第[一二三]|名列|位居|领先|上升|扎实|显著)"
)
_WISH = re.compile(
    r"^(?:虽然?|尽管|为了?|使|让|要|将|力争|争取|希望|相信|需要|必须|通过|以|从而)|要求|计划"
)
_LEAST, _LONGEST = 6, 50


def read_outcomes(reading: Reading) -> Iterator[Finding]:
    """Clauses of a summary that tell a change for the better, where it speaks of no problems."""
    if reading.kind == "plan":
        return
    for item in prose_items(reading):
        listed = item.topic == "outcome" and item.mark  # told whole by its number
        whole = listed and not _RANKED.search(item.text)
        told = whole or item.topic in {"problem", "next", "goal"}
        if not told and (item.body or not item.is_heading):
            yield from _told(reading, item)


def _told(reading: Reading, item: Item) -> Iterator[Finding]:
    pattern = _UNDER_HEADING if item.topic == "outcome" else _EFFECT
    for clause in clauses(item.text):
        said = uncounted(clause.text)
        told = pattern.search(said) or _RANKED.search(said)
        if not _LEAST <= len(said) <= _LONGEST or not told:
            continue
        if _WISH.search(said) or WEAK.search(said) or GAP.search(said):
            continue
        line = item.line(clause.start + clause.text.find(said))
        yield Finding("outcome", said, said, line.number, reading.written[line.number])
