"""Who leads: the leading group with posts and duties, and the superior body."""

import re
from collections.abc import Iterator

from yanxiu.documents.reading.paragraphs import POSTS
from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.gaps import GAP
from yanxiu.planning.reading.items import Item, Reading

_ROLES = "常务副组长|副组长|组长|组员|成员|总负责人?|第一责任人|负责人|顾问"
_LABELLED = re.compile(rf"^(?P<role>{_ROLES})\s*[:：]\s*(?P<rest>.+)$")
_APPOINTED = re.compile(
    rf"(?:以|由)?(?:教学|分管|业务)?(?P<post>{POSTS})(?:同志)?(?:为|任|担任|是)(?P<role>{_ROLES})"
)
_POST = re.compile(rf"[(（]?(?P<post>{POSTS})[)）]?")
_NAME = re.compile(r"^[一-鿿]{1,2}\s?[一-鿿]{1,2}$")
_MEMBERS = frozenset({"组员", "成员"})
_PLACE = "[一-鿿]{0,6}?(?:省|市|州|县|区|旗|镇|乡)"
_BODY = (
    "教育局|教体局|教育和体育局|教育委员会|教委|教育办公室|教育办|教研室|教研院|教科院|教科所"
    "|教师发展中心|教师进修学校|进修学校"
)
_SUPERIOR = re.compile(
    rf"(?P<body>(?:{_PLACE})(?:{_BODY})+)|(?P<level>[省市州县区镇乡])(?:里|级)?(?:统一)?(?:组织|下发|要求|举办|安排|部署)"
)
_LEAD = re.compile(
    r"^.*(?:在|由|根据|按照|依据|依照|邀请|和|与|向|落实|执行|贯彻|围绕|结合|配合|参加|完成|为)(?=[一-鿿]+$)"
)
_SEPARATORS = re.compile(r"[\s、，,；;。]+")


def read_roles(reading: Reading) -> Iterator[Finding]:
    """Leaders and members as named, and the first superior body."""
    for item in reading.items:
        match = _LABELLED.match(item.text)
        if match:
            yield _labelled(reading, item, match)
        else:
            yield from _appointed(reading, item)
    yield from _superior(reading)


def _labelled(reading: Reading, item: Item, match: re.Match[str]) -> Finding:
    rest = match["rest"].strip().rstrip("。；;")
    post = _POST.search(rest)
    names: list[str | None] = []
    duty: list[str] = []
    if match["role"] in _MEMBERS:
        for piece in filter(None, _SEPARATORS.split(rest)):
            if GAP.fullmatch(piece):
                names.append(None)
            elif _NAME.match(piece) and not re.search(r"[各全组长师体员]", piece):
                names.append(piece)
            else:
                duty.append(piece.removeprefix("及"))
        value: dict[str, object] = {"names": names, "duty": "、".join(duty) or None}
        place = match.start("rest")
    else:
        pieces = [
            p
            for p in _SEPARATORS.split(_POST.sub(" ", rest, count=1))
            if p and not GAP.fullmatch(p)
        ]
        name = next((piece for piece in pieces if _NAME.match(piece)), None)
        duty = [piece for piece in pieces if piece != name]
        value = {
            "post": post["post"] if post else None,
            "name": name,
            "duty": "，".join(duty) or None,
        }
        place = match.start("rest") + (post.start() if post else 0)
    line = item.line(place)
    return Finding("role", match["role"], value, line.number, reading.written[line.number])


def _appointed(reading: Reading, item: Item) -> Iterator[Finding]:
    for match in _APPOINTED.finditer(item.text):
        line = item.line(match.start("post"))
        value: dict[str, object] = {"post": match["post"], "name": None, "duty": None}
        yield Finding("role", match["role"], value, line.number, reading.written[line.number])


def _superior(reading: Reading) -> Iterator[Finding]:
    """The first body named in full, else the first level (县里组织)."""
    found = [(item, match) for item in reading.items for match in _SUPERIOR.finditer(item.text)]
    found.sort(key=lambda pair: pair[1]["body"] is None)
    for item, match in found[:1]:
        line = item.line(match.start())
        value = _LEAD.sub("", match["body"]) if match["body"] else match["level"]
        yield Finding("role", "superior", value, line.number, reading.written[line.number])
