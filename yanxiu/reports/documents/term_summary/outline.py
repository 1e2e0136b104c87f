"""The sections of a summary: which there are, in which order, with which paragraphs; plain Python.

Every change gives a new tuple of parts; nothing is changed in place, so that undoing is easy.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

BLOCKS = {
    "basics": "基本情况的数字",
    "plan": "计划与落实",
    "data": "主要数据表",
    "sessions": "活动一览表",
    "quotas": "数量要求对照表",
    "problems": "过期未办和缺记录的数字",
    "schools": "各校总结情况",
}
"""The building blocks with figures, by name."""

PROBLEMS, NEXT = "problems", "next"
MOST_SECTIONS, MOST_PARAGRAPHS, KEPT = 30, 60, 30
LONGEST_TITLE = 60


@dataclass(frozen=True)
class Part:
    """One section.

    Attributes:
        key: the stable name, under which its text is kept.
        title: without number.
        blocks: the building blocks that stand before the text, in order.
        role: `problems` or `next` where that is what it tells, else "".
        paragraphs: the names of its paragraphs in order; the first of old sections is "".
    """

    key: str
    title: str
    blocks: tuple[str, ...] = ()
    role: str = ""
    paragraphs: tuple[str, ...] = ("",)

    def places(self) -> list[str]:
        """Return where each paragraph is kept."""
        return [place_of(self.key, name) for name in self.paragraphs]


Parts: TypeAlias = tuple[Part, ...]


def place_of(key: str, paragraph: str = "") -> str:
    """Return the place of one paragraph."""
    return f"section:{key}/{paragraph}" if paragraph else f"section:{key}"


def section_of(place: str) -> str:
    """Return the key of the section that a place of prose belongs to, "" if it is none."""
    kind, _, rest = place.partition(":")
    return rest.partition("/")[0] if kind == "section" else ""


LEGACY: Parts = (
    Part("basics", "基本情况", ("basics",)),
    Part("plan", "计划与落实", ("plan",)),
    Part("data", "主要数据", ("data",)),
    Part("sessions", "活动一览", ("sessions",)),
    Part("quotas", "数量要求", ("quotas",)),
    Part("problems", "存在的问题", ("problems",), PROBLEMS),
    Part("next", "下一步打算", (), NEXT),
)
"""The sections of summaries that were begun before sections could be chosen."""

_USUAL: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "school": (("basics",), ("plan", "sessions"), ("data", "quotas"), ("problems",)),
    "unit": (("basics",), ("plan", "sessions"), ("data", "quotas"), ("problems",)),
    "teacher": (("basics",), ("sessions",), ("data",), ()),
    "superior": (("basics",), ("schools",), ("data",), ("problems",)),
}


def usual(subject: str) -> Parts:
    """Return the usual sections of a summary of `subject`: school, unit, teacher or superior."""
    basics, practice, results, problems = _USUAL[subject]
    return (
        Part("basics", "基本情况", basics),
        Part("practice", "主要做法", practice),
        Part("results", "成效", results),
        Part("problems", "问题与原因", problems, PROBLEMS),
        Part("next", "下一步打算", (), NEXT),
    )


# ---- from the headings of another document ----
_NUMBER = re.compile(r"^\s*(?:第?[一二三四五六七八九十]+[、.．节章部分]*|[0-9]+[、.．])\s*")
_ROLES = (
    (PROBLEMS, re.compile(r"问题|不足|缺点|困惑|短板|反思")),
    (NEXT, re.compile(r"下一步|打算|设想|今后|努力方向|改进|展望|建议")),
)
_MEANS = (
    ("basics", re.compile(r"基本情况|概况|基本做法|总体情况|回顾")),
    ("plan", re.compile(r"计划|目标|落实|组织领导")),
    ("sessions", re.compile(r"活动|做法|措施|开展|形式|主要工作")),
    ("data", re.compile(r"成效|成果|成绩|效果|收获|数据")),
    ("quotas", re.compile(r"数量|指标|完成情况")),
)


def from_headings(titles: Iterable[str], subject: str) -> Parts:
    """Return the sections that a document with these headings has, figures where they fit.

    Headings keep their words and order; problems and next steps are put at the end if missing,
    for a summary without them is not finished.
    """
    cleaned = [_NUMBER.sub("", title).strip(" 　。：:")[:LONGEST_TITLE] for title in titles]
    parts: list[Part] = []
    offered = {name for names in _USUAL[subject] for name in names}
    for number, title in enumerate([one for one in cleaned if one][:MOST_SECTIONS], start=1):
        role = next((name for name, words in _ROLES if words.search(title)), "")
        role = "" if role in {part.role for part in parts} else role
        block = next((name for name, words in _MEANS if words.search(title)), "")
        if role:
            block = PROBLEMS if role == PROBLEMS else ""
        blocks = (block,) if block in offered else ()
        offered -= set(blocks)
        parts.append(Part(f"s{number}", title, blocks, role))
    for part in usual(subject)[-2:]:
        if part.role not in {one.role for one in parts}:
            parts.append(part)
    return tuple(parts)


# ---- kept ----
def kept(outline: Mapping[str, Any]) -> Parts:
    """Return the parts in the JSON of a summary; an empty one is from before."""
    return thawed(outline["sections"]) if outline.get("sections") else LEGACY


def thawed(values: Sequence[Mapping[str, Any]]) -> Parts:
    """Return the parts that `frozen` turned into `values`."""
    return tuple(
        Part(
            one["key"],
            one["title"],
            tuple(one.get("blocks", ())),
            one.get("role", ""),
            tuple(one.get("paragraphs", ("",))),
        )
        for one in values
    )


def frozen(parts: Parts) -> list[dict[str, Any]]:
    """Return `parts` as JSON values."""
    return [
        {
            "key": one.key,
            "title": one.title,
            "blocks": list(one.blocks),
            "role": one.role,
            "paragraphs": list(one.paragraphs),
        }
        for one in parts
    ]


def changed(outline: Mapping[str, Any], parts: Parts) -> dict[str, Any]:
    """Return the JSON after a change, with the shape before on the pile for undoing."""
    earlier = [*outline.get("earlier", []), frozen(kept(outline))][-KEPT:]
    return {
        "version": outline.get("version", 0) + 1,
        "sections": frozen(parts),
        "earlier": earlier,
    }


def undone(outline: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the JSON before the last change, None if nothing was changed."""
    earlier = list(outline.get("earlier", []))
    if not earlier:
        return None
    last = earlier.pop()
    return {"version": outline.get("version", 0) + 1, "sections": last, "earlier": earlier}


# ---- changes ----
def named(parts: Parts, key: str) -> Part | None:
    """Return the part `key`."""
    return next((part for part in parts if part.key == key), None)


def _fresh(taken: Iterable[str], letter: str) -> str:
    known = set(taken)
    number = len(known) + 1
    while f"{letter}{number}" in known:
        number += 1
    return f"{letter}{number}"


def with_section(parts: Parts, title: str, *, block: str, known: Iterable[str]) -> Parts:
    """Return `parts` with a new section before the problems, or at the end.

    Args:
        parts: the sections so far.
        title: of the new one.
        block: the building block it begins with, "" for none.
        known: keys that were ever used, so that an old text does not come back by chance.
    """
    key = _fresh({*known, *(part.key for part in parts)}, "s")
    new = Part(key, title, (block,) if block else ())
    place = next((i for i, part in enumerate(parts) if part.role == PROBLEMS), len(parts))
    return (*parts[:place], new, *parts[place:])


def renamed(parts: Parts, key: str, title: str) -> Parts:
    """Return `parts` with another title for `key`."""
    return tuple(replace(part, title=title) if part.key == key else part for part in parts)


def moved(parts: Parts, key: str, step: int) -> Parts:
    """Return `parts` with `key` one place up (-1) or down (+1)."""
    order = [part.key for part in parts]
    old = order.index(key)
    new = min(max(old + step, 0), len(parts) - 1)
    rest = [part for part in parts if part.key != key]
    return (*rest[:new], parts[old], *rest[new:])


def without(parts: Parts, key: str) -> Parts:
    """Return `parts` without `key`."""
    return tuple(part for part in parts if part.key != key)


def with_blocks(parts: Parts, key: str, blocks: Iterable[str]) -> Parts:
    """Return `parts` with other building blocks in `key`; a block stands in one section only."""
    wanted = tuple(name for name in BLOCKS if name in set(blocks))
    found = []
    for part in parts:
        own = wanted if part.key == key else tuple(b for b in part.blocks if b not in wanted)
        found.append(replace(part, blocks=own))
    return tuple(found)


def with_paragraph(
    parts: Parts, key: str, *, after: str | None = None, known: Iterable[str] = ()
) -> tuple[Parts, str]:
    """Return `parts` with one more paragraph in `key`, and its place.

    It stands behind the paragraph `after`, at the end if that is None.
    """
    part = named(parts, key)
    assert part is not None  # noqa: S101 - the caller looked it up
    used = {place.partition("/")[2] for place in known if section_of(place) == key}
    name = _fresh(used | set(part.paragraphs), "p")
    names = list(part.paragraphs)
    place = names.index(after) + 1 if after in names else len(names)
    names.insert(place, name)
    changed_part = replace(part, paragraphs=tuple(names))
    return (
        tuple(changed_part if one.key == key else one for one in parts),
        place_of(key, name),
    )


def without_paragraph(parts: Parts, place: str) -> Parts:
    """Return `parts` without the paragraph at `place`; a section keeps one."""
    key = section_of(place)
    return tuple(
        replace(
            part,
            paragraphs=tuple(name for name in part.paragraphs if place_of(part.key, name) != place)
            or (_fresh(part.paragraphs, "p"),),
        )
        if part.key == key
        else part
        for part in parts
    )


def emptied(parts: Parts) -> Parts:
    """Return `parts` with one empty paragraph each, for a new summary of the same shape."""
    return tuple(replace(part, paragraphs=("",)) for part in parts)
