"""Who holds a role, told the other way round: 组长由校长鲁某担任, （负责人：费某）."""

import re
from collections.abc import Iterator

from yanxiu.documents.reading.paragraphs import POSTS
from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.gaps import GAP
from yanxiu.planning.reading.items import Item, Reading
from yanxiu.planning.reading.phrases import bare
from yanxiu.planning.reading.roles import SURNAMES

_ROLE = "常务副组长|副组长|组长|副主任|负责人|召集人|执行秘书"
_NAME = rf"[{SURNAMES}][一-鿿]{{1,2}}"
_SEVERAL = re.compile(
    rf"(?P<role>{_ROLE})由(?P<list>[^，,。；;由]{{2,12}}(?:[、和][^，,。；;、和]{{2,12}}?)+)(?:共同|分别)?(?:兼任|担任|(?<!主)任)(?=[，,。；;]|$)"
)
_POST_AND_NAME = re.compile(
    rf"(?P<post>[一-鿿]{{0,6}}?(?:{POSTS}|主席|书记|处长|科长))?(?P<name>{_NAME})(?:同志|老师)?"
)
_IN_BRACKETS = re.compile(
    rf"(?P<what>[^，,。；;：:()（）]{{2,30}})[(（](?P<role>负责人|主持人|牵头人|召集人)\s*[:：]\s*(?P<name>{_NAME}|[一-鿿]{{2,3}})[)）]"
)
_HEADS = re.compile(
    rf"(?:^|(?<=[；;。，,、：:\s]))(?P<role>[一-鿿]{{0,4}}(?:备课组|教研组|年级组|学科组)长)[:：]\s*(?P<name>{_NAME})(?=[；;。，,、\s]|$)"
)
"""高三备课组长：戴某；高二备课组长：梅某: several heads in one sentence."""
_TAKES = re.compile(
    rf"(?:^|(?<=[，,。；;]))(?P<name>{_NAME})(?:同志|老师)?(?:担任|任)(?P<role>常务副组长|副组长|组长)(?=[，,。；;]|$)"
)
_OPEN = re.compile("待定|未定|另定|暂缺")


def read_held_roles(reading: Reading) -> Iterator[Finding]:
    """One finding for each person; posts without a name stay with the readers of posts."""
    for item in reading.items:
        if item.paragraph.lines[0].cells:
            continue
        for match in _SEVERAL.finditer(item.text) if "由" in item.text else ():
            yield from _each(reading, item, match)
        heads = list(_HEADS.finditer(item.text)) if "组长" in item.text else []
        for match in (*(heads if len(heads) > 1 else ()), *_TAKES.finditer(item.text)):
            yield _found(reading, item, match, match["name"])
        for match in _IN_BRACKETS.finditer(item.text):
            if GAP.search(match["name"]) or _OPEN.search(match["name"]):
                continue
            yield _found(reading, item, match, match["name"], duty=bare(match["what"]))


def _each(reading: Reading, item: Item, match: re.Match[str]) -> Iterator[Finding]:
    pieces = re.split("[、和]", match["list"])
    told = [_POST_AND_NAME.fullmatch(piece) for piece in pieces]
    if not all(told):
        return
    for one in told:
        if one:
            yield _found(reading, item, match, one["name"], post=one["post"])


def _found(
    reading: Reading, item: Item, match: re.Match[str], name: str,
    *, post: str | None = None, duty: str | None = None,
) -> Finding:  # fmt: skip
    line = item.line(match.start("role"))
    value: dict[str, object] = {"post": post, "name": name, "duty": duty}
    return Finding("role", match["role"], value, line.number, reading.written[line.number])
