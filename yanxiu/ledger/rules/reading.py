"""A YAML text read with line numbers; numbers are Decimals, every key is known.

PyYAML's own constructors are not used: they would read `2.5` as a float, `09-01` as they
please and the second of two equal keys in silence. Only its composer is.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from typing import NoReturn

import yaml

from yanxiu.ledger.rules.refusals import SchemeUnreadable
from yanxiu.ledger.rules.values import Number

_NUMBER = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,4})?")
_TOO_FINE = re.compile(r"-?[0-9]{1,6}\.[0-9]{5,}")
_RATIO = re.compile(r"([0-9]{1,6})/([1-9][0-9]{0,5})")
_ODD_RATIO = re.compile(r"-?[0-9.]+/-?[0-9.]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH_DAY = re.compile(r"([0-9]{2})-([0-9]{2})")
_COMMON_YEAR = 2023
_BOUND = re.compile("^(≥|≧|>=|≤|≦|<=|不少于|不低于|至少|不多于|不超过) *")


@dataclass(frozen=True)
class Item:
    """One place of the file: a mapping, a list or a single value."""

    node: yaml.Node
    name: str

    @property
    def line(self) -> int:
        """The line, from 1, on which it starts."""
        return int(self.node.start_mark.line) + 1

    def refuse(self, read: str, right: str) -> NoReturn:
        """Refuse the file because of this place."""
        at = int(self.node.start_mark.index)
        raise SchemeUnreadable(name=self.name, line=self.line, read=read, right=right, at=at)

    @property
    def shown(self) -> str:
        """What stands here, as told in a refusal."""
        if isinstance(self.node, yaml.ScalarNode):
            return f"读到“{self.node.value}”" if self.node.value else "这里是空的"
        return "读到一组键" if isinstance(self.node, yaml.MappingNode) else "读到一个列表"

    def is_mapping(self) -> bool:
        """Say whether keys stand here."""
        return isinstance(self.node, yaml.MappingNode)

    def is_list(self) -> bool:
        """Say whether a list stands here."""
        return isinstance(self.node, yaml.SequenceNode)

    def pairs(self) -> list[tuple["Item", "Item"]]:
        """Return keys and values; refuses anything else and a key given twice."""
        if not isinstance(self.node, yaml.MappingNode):
            self.refuse(self.shown, "这里应写“键: 值”，每行一个")
        seen: dict[str, int] = {}
        pairs = []
        for key_node, value_node in self.node.value:
            key = Item(key_node, self.name)
            text = key.text()
            if text in seen:
                right = f"第 {seen[text]} 行已经写过，请删去其中一处"
                key.refuse(f"键“{text}”重复", right)
            seen[text] = key.line
            pairs.append((key, Item(value_node, self.name)))
        return pairs

    def keys(self, required: Sequence[str], optional: Sequence[str] = ()) -> dict[str, "Item"]:
        """Return the values by key; refuses unknown, doubled and missing keys."""
        known = [*required, *optional]
        found: dict[str, Item] = {}
        for key, value in self.pairs():
            text = key.text()
            if text not in known:
                near = get_close_matches(text, known, n=1)
                hint = f"是否想写“{near[0]}”？" if near else ""
                hint = _half_width_colon(text) or hint
                key.refuse(f"不认识键“{text}”", f"{hint}此处可用的键：{'、'.join(known)}")
            found[text] = value
        for key_text in required:
            if key_text not in found:
                self.refuse(f"缺少键“{key_text}”", _MISSING.get(key_text, "请补上这一项"))
        return found

    def items(self) -> list["Item"]:
        """Return the members of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            self.refuse(self.shown, "这里应是列表：每项以“- ”开头，或写成 [甲, 乙]")
        return [Item(node, self.name) for node in self.node.value]

    def text(self) -> str:
        """Return a single, non-empty value as it is written."""
        if not isinstance(self.node, yaml.ScalarNode) or not self.node.value.strip():
            self.refuse(self.shown, "这里应是一个词或一句话")
        return str(self.node.value).strip()

    def texts(self) -> tuple[str, ...]:
        """Return a list of words, each once."""
        words = [item.text() for item in self.items()]
        for item, word in zip(self.items(), words, strict=True):
            if words.count(word) > 1:
                item.refuse(f"“{word}”写了两次", "请删去其中一个")
        return tuple(words)

    def choice(self, options: Sequence[str]) -> str:
        """Return one of `options`."""
        text = self.text()
        if text not in options:
            near = get_close_matches(text, options, n=1)
            hint = f"是否想写“{near[0]}”？" if near else ""
            self.refuse(self.shown, f"{hint}此处只能是：{'、'.join(options)}")
        return text

    def number(self, *, positive: bool = False) -> Number:
        """Return an exact number, zero or more; `1/3` is exact too."""
        text = self.text()
        ratio = _RATIO.fullmatch(text)
        if ratio:
            number: Number = Fraction(int(ratio[1]), int(ratio[2]))
        elif _NUMBER.fullmatch(text):
            number = Decimal(text)
        else:
            right = "这里应是数，如 2、0.25 或 1/3，不带单位"
            if _ODD_RATIO.fullmatch(text):
                right = "分数写成 1/3：两个不带小数的数，分母不能是 0，不能是负数"
            if _TOO_FINE.fullmatch(text):
                right = "数最多四位小数；三分之一写 1/3"
            self.refuse(self.shown, _half_width_number(text) or right)
        if number < 0 or (positive and not number):
            self.refuse(self.shown, "这里的数应大于 0" if positive else "这里的数不能小于 0")
        return number

    def decimal(self, *, positive: bool = False) -> Decimal:
        """Return a number that is not a ratio."""
        number = self.number(positive=positive)
        if isinstance(number, Fraction):
            self.refuse(self.shown, "这里应写小数，如 0.5，不能写分数")
        return number

    def integer(self) -> int:
        """Return a whole number above zero."""
        number = self.number(positive=True)
        if number != int(number):
            self.refuse(self.shown, "这里应是整数")
        return int(number)

    def day(self) -> date:
        """Return a day written 2026-09-01."""
        right = "这里应是日期，如 2026-09-01"
        if not _DAY.fullmatch(self.text()):
            self.refuse(self.shown, _half_width_colon(self.text()) or right)
        try:
            return date.fromisoformat(self.text())
        except ValueError:
            self.refuse(self.shown, right)

    def month_day(self) -> tuple[int, int]:
        """Return a day of every year written 09-01."""
        right = "这里应是每年都有的“月-日”，如 09-01"
        match = _MONTH_DAY.fullmatch(self.text())
        if match is None:
            self.refuse(self.shown, right)
        try:
            day = date(_COMMON_YEAR, int(match[1]), int(match[2]))
        except ValueError:
            self.refuse(self.shown, right)
        return day.month, day.day


def _half_width_colon(text: str) -> str:
    """Return how a key with a full-width colon is to be written, `""` if it has none."""
    key, colon, value = text.partition("：")
    told = unicodedata.normalize("NFKC", f"{key.strip()}: {value.strip()}").strip()
    return f"冒号用半角，后面空一格，如 {told}。" if colon else ""


def _half_width_number(text: str) -> str:
    """Return how a number with full-width signs or a ≥ is to be written, `""` if it is none."""
    told = unicodedata.normalize("NFKC", text).strip(" ,;")
    number = _BOUND.sub("", told)
    if not (_NUMBER.fullmatch(number) or _RATIO.fullmatch(number)):
        return ""
    return f"只写 {number}：" + ("用半角" if number == told else "min 就是不少于，max 就是不多于")


_MISSING = {
    "source": "每条带数的规定都要写明出处，如 source: 《学时认定办法》第六条",
    "rates": "请写明标准及施行日期，如 rates: {2026-09-01: 1}",
    "for": "请写明适用范围，如 for: {kind: [research_activity]}",
}


def read_yaml(text: str, name: str) -> Item:
    """Return the root of a YAML text; `name` is how refusals call the file."""
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent):
                line = event.start_mark.line + 1 if event.start_mark else 1
                read = f"读到引用“*{event.anchor}”"
                raise SchemeUnreadable(
                    name=name, line=line, read=read, right="方案中每项都要写全，请把内容抄到此处"
                )
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        right = (
            "请检查这一行和上一行：缩进只用空格不用 Tab，冒号和逗号用半角，冒号后有空格，括号成对"
        )
        line = mark.line + 1 if mark else 1
        raise SchemeUnreadable(
            name=name, line=line, read="此处不合 YAML 的写法", right=right
        ) from None
    if node is None:
        raise SchemeUnreadable(name=name, line=1, read="文件是空的", right="请照编写说明写方案")
    return Item(node, name)
