"""Registers read from YAML, each slip told with its line."""

from functools import cache
from pathlib import Path
from typing import Final

from yanxiu.certificates.columns.registers import CODED, DIMENSIONS, FIELDS, TOLD, Column, Register
from yanxiu.ledger.rules.reading import Item, read_yaml

SHIPPED: Final = Path(__file__).resolve().parent.parent / "registers"
_REQUIRED: Final = ("register", "title", "system", "source", "row", "sheet", "columns")
_SUMS: Final = ("hours", "credits", "count")


@cache
def shipped() -> dict[str, Register]:
    """Return the registers that come with the house, by code."""
    found = [load(path.read_text(encoding="utf-8"), path.name) for path in SHIPPED.glob("*.yaml")]
    return {one.code: one for one in sorted(found, key=lambda one: one.code)}


def shipped_text(code: str) -> str:
    """Return the text of a shipped register, as a pattern to write another by; "" if unknown."""
    path = SHIPPED / f"{code}.yaml"
    return path.read_text(encoding="utf-8") if code in shipped() else ""


def load(text: str, name: str) -> Register:
    """Return the register that `text` declares; `name` is how refusals call it.

    Raises:
        SchemeUnreadable: with line, what was read, and what would be right.
    """
    keys = read_yaml(text, name).keys(_REQUIRED, ("export",))
    row = keys["row"].choice(("record", "teacher"))
    columns = tuple(_column(one, row) for one in keys["columns"].items())
    heads = [one.head for one in columns]
    for item, head in zip(keys["columns"].items(), heads, strict=True):
        if heads.count(head) > 1:
            item.refuse(f"列名“{head}”写了两次", "每列的列名要不同")
    return Register(
        code=_code(keys["register"]),
        title=keys["title"].text(),
        system=keys["system"].text(),
        source=keys["source"].text(),
        row=row,
        sheet=keys["sheet"].text(),
        columns=columns,
        export=_export(keys["export"]) if "export" in keys else (),
    )


def _code(item: Item) -> str:
    text = item.text()
    if not (text.isascii() and text.replace("-", "").isalnum() and len(text) <= 60):  # noqa: PLR2004
        item.refuse(f"读到“{text}”", "编号只用小写字母、数字和横线，如 cn-sn-credits")
    return text


def _column(item: Item, row: str) -> Column:
    keys = item.keys(("head", "from", "source"), ("words", "only", "text"))
    filled_from = keys["from"].choice(tuple(FIELDS))
    if "words" in keys and filled_from not in CODED:
        keys["words"].refuse("读到对照表", f"只有这些可以对照：{'、'.join(sorted(CODED))}")
    if "only" in keys and (row != "teacher" or filled_from not in _SUMS):
        keys["only"].refuse("读到范围", "只有每人一行的表里，条数、学时、学分可以只算一部分")
    if ("text" in keys) != (filled_from == "fixed"):
        item.refuse("text 与 from 不相配", "from: fixed 要写 text；别的都不写")
    if row == "teacher" and filled_from in {*CODED, "on", "title", "recognised"}:
        keys["from"].refuse(f"读到“{filled_from}”", "每人一行的表没有这一项，请写 row: record")
    return Column(
        head=keys["head"].text(),
        filled_from=filled_from,
        source=keys["source"].text(),
        words=_words(keys["words"]) if "words" in keys else (),
        only=_only(keys["only"]) if "only" in keys else (),
        text=keys["text"].text() if "text" in keys else "",
    )


def _words(item: Item) -> tuple[tuple[str, str], ...]:
    return tuple((code.text(), word.text()) for code, word in item.pairs())


def _only(item: Item) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = item.keys((), tuple(sorted(DIMENSIONS)))
    return tuple((name, codes.texts()) for name, codes in found.items())


def _export(item: Item) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return under which heads the system's own export tells what."""
    found = item.keys((), TOLD)
    return tuple((name, heads.texts()) for name, heads in found.items())
