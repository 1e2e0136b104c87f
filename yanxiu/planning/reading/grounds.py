"""Words in quotation marks that name no work: what a paper rests on, or a trouble."""

import re

_RESTS = re.compile(r"^(?:为了?|根据|依据|按照|遵照|以)(?!.{1,12}[为作])")
_DRAWN_UP = re.compile(r"制[定订](?:本|了?如下|此)|特制[定订]|现制[定订]")
_TROUBLE_BEHIND = re.compile(r"[^，,。；;]*?的?(?:问题|难题|困境|现象|倾向|局面)")
_TROUBLE_BEFORE = re.compile(r"(?:解决|破解|克服|避免|杜绝|改变|摆脱)[^，,。；;]*$")
_CLAUSE_END = re.compile(r"[，,。；;]")


def states_ground(text: str) -> bool:
    """Whether a paragraph says on what a paper rests: 依据……，制定本方案."""
    return bool(_RESTS.match(text) and _DRAWN_UP.search(text))


def is_ground(text: str, start: int, end: int) -> bool:
    """Whether the quotation from `start` to `end` is one: 学校“十四五”师资规划, “没伴”的问题."""
    clause = _CLAUSE_END.split(text[:start])[-1].strip().removesuffix("“")
    rests = _RESTS.match(clause) and _DRAWN_UP.search(text)
    trouble = _TROUBLE_BEFORE.search(clause) or _TROUBLE_BEHIND.match(text, end)
    return bool(rests or trouble)
