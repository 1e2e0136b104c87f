"""All slips of a file at once: what is wrong is left out, and the rest is read again.

A slip that only follows from another is not told: a gate that needs a requirement which could not
be read, or a code whose word could not be.
"""

import re
from collections.abc import Callable
from typing import Final

import yaml

from yanxiu.ledger.rules.reading import Item
from yanxiu.ledger.rules.refusals import SchemeUnreadable

MOST: Final = 20
"""So many slips are told at once."""

_SOUND_TEXT: Final = """
id: x
version: x
title: x
source: x
effective_from: 2000-01-01
unit: hour
time: {minutes_per_hour: 45, hours_per_half_day: 3, hours_per_day: 6, source: x}
conversions: []
rounding: {step: 0.5, mode: floor, at: award, source: x}
cycle: {years: 5, year_start: 09-01, first_year: 2025, semester_starts: [09-01, 02-01], source: x}
"""
"""What stands in for a section that must be there, so that the rest can be read."""

_SHARED: Final = ("labels", "import")
"""Sections whose words all others use."""

_FOLLOWS: Final = ("不认识代码", "没有编号为", "缺少键")
_MEANT: Final = re.compile("是否想写“(.+?)”")


def all_slips(
    root: Item, first: SchemeUnreadable, read: Callable[[Item], object]
) -> list[SchemeUnreadable]:
    """Return `first` and the further slips that `read` finds in `root`, by their lines.

    Args:
        root: the file; what is wrong is taken out of it.
        first: the slip that was found.
        read: reads the file; raises the next slip.
    """
    found = [first]
    lost: set[str] = set()
    slip = first
    for _ in range(MOST * 2):
        if len(found) == MOST or not _leave_out(root, slip, lost):
            break
        try:
            read(root)
        except SchemeUnreadable as another:
            slip = another
            if not _follows(another, lost):
                found.append(another)
        else:
            break
    return sorted(found, key=lambda each: each.line)


def _sound() -> dict[str, tuple[yaml.Node, yaml.Node]]:
    node = yaml.compose(_SOUND_TEXT, Loader=yaml.SafeLoader)
    return {key.value: (key, value) for key, value in node.value} if node else {}


def _follows(slip: SchemeUnreadable, lost: set[str]) -> bool:
    if not slip.read.startswith(_FOLLOWS):
        return False
    return "labels" in lost or any(f"“{name}”" in slip.read for name in lost)


def _leave_out(root: Item, slip: SchemeUnreadable, lost: set[str]) -> bool:
    """Take what holds the slip out of the file; say whether that was possible."""
    if not isinstance(root.node, yaml.MappingNode):
        return False
    pairs = root.node.value
    sound = _sound()
    lost.update(_MEANT.findall(slip.right))
    if slip.at == root.node.start_mark.index and slip.read.startswith("缺少键"):
        missing = [pair for name, pair in sound.items() if f"“{name}”" in slip.read]
        pairs += missing
        return bool(missing)
    for place, (key, value) in enumerate(pairs):
        if key.start_mark.buffer is not root.node.start_mark.buffer:
            continue  # it stands in for what was wrong
        if not key.start_mark.index <= slip.at < max(value.end_mark.index, key.end_mark.index):
            continue
        lost.update([key.value] if key.value in _SHARED else [])
        if key.value == "import" or _leave_out_member(value, slip.at, lost):
            return bool(key.value != "import")
        is_needed = key.value in sound and "重复" not in slip.read
        pairs[place : place + 1] = [sound[key.value]] if is_needed else []
        return True
    return False


def _leave_out_member(section: yaml.Node, at: int, lost: set[str]) -> bool:
    """Take the member of a list in which `at` lies out of it."""
    if not isinstance(section, yaml.SequenceNode):
        return False
    for place, member in enumerate(section.value):
        if member.start_mark.index <= at < member.end_mark.index:
            lost.update(_words(member))
            del section.value[place]
            return True
    return False


def _words(node: yaml.Node) -> set[str]:
    """Return all words of a part, its ids among them."""
    if isinstance(node, yaml.ScalarNode):
        return {node.value}
    if isinstance(node, yaml.SequenceNode):
        return {word for each in node.value for word in _words(each)}
    return {word for _, value in node.value for word in _words(value)}
