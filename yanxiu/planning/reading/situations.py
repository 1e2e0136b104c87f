"""Paragraphs that tell how things stand, where a number is a fact and no demand."""

import re
from functools import lru_cache

from yanxiu.planning.reading.items import Item, Reading

_SITUATION = re.compile(
    r"现状|(?:上|过去)[一]?学?[期年].{0,4}(?:回顾|总结|反思)|工作回顾|(?:培训|研[修训]|参加|活动)对象$|^对象$|参加人员|[校园教师镇]情分析|^[组班校园师级]情$|[本全我][组校园]的?(?:基本)?情况|基本情况|[一-鿿]{0,4}概况|[一-鿿]{0,4}状况|情况分析|队伍情况|现有|背景|学情|师资|(?:研[修训]|活动|工作|培训)背景|自我分析"
)


def is_situation(reading: Reading, item: Item) -> bool:
    """Whether the heading above the paragraph, or its own, announces how things stand."""
    title = reading.sections[item.section - 1].title if item.section else ""
    return _tells_situation(title, item.head if item.body else "")


@lru_cache(maxsize=256)
def _tells_situation(title: str, head: str) -> bool:
    return bool(_SITUATION.search(title)) or bool(_SITUATION.match(head))
