"""A specification table that comes from a sheet or a document by copying and pasting."""

import re
import unicodedata
from collections.abc import Sequence

COLUMNS = ("number", "content", "ability", "form", "points", "difficulty")
_HEADS = {
    "number": ("题号", "题序", "序号", "题目"),
    "content": ("考查内容", "考查知识", "知识点", "考点", "知识内容", "内容"),
    "ability": ("能力层次", "能力要求", "认知水平", "认知层次", "层次", "能力", "水平"),
    "form": ("题型", "题目类型"),
    "points": ("分值", "分数", "赋分"),
    "difficulty": ("预计得分率", "得分率", "预估难度", "难度系数", "难度"),
}
_ABILITIES = {
    "了解": ("了解", "识记", "记忆", "知道", "识别"),
    "理解": ("理解", "领会", "掌握"),
    "运用": ("运用", "应用", "使用", "操作"),
    "综合": ("综合", "分析", "评价", "创造", "探究"),
}
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_POINTS = re.compile(r"(\d+(?:\.\d+)?)\s*分?")
_SUMS = ("合计", "总计", "总分", "小计")


def pasted(text: str) -> list[dict[str, str]]:
    """Return the rows that `text` holds: a question a line, its cells apart by tabs.

    A line of headings says which cell is which; without one they stand in the order of the form.
    Where cells were joined, the kind of question of the line above holds on. Sums are left out.
    """
    order: Sequence[str] = COLUMNS
    found: list[dict[str, str]] = []
    for line in text.splitlines():
        cells = [unicodedata.normalize("NFKC", cell).strip(' "') for cell in line.split("\t")]
        heads = [_head(cell) for cell in cells]
        if sum(head is not None for head in heads) > 1:
            order = [head or "" for head in heads]
            continue
        row = dict.fromkeys(COLUMNS, "") | {
            name: cell for name, cell in zip(order, cells, strict=False) if name
        }
        says_nothing = not any(row[name] for name in COLUMNS[1:])
        if not row["number"] or row["number"].startswith(_SUMS) or says_nothing:
            continue
        if not row["form"] and found:
            row["form"] = found[-1]["form"]
        found.append(_tidied(row))
    return found


def _head(cell: str) -> str | None:
    bare = re.sub(r"[\s()（）%分]", "", cell)
    return next((name for name, heads in _HEADS.items() if bare and bare in _bare(heads)), None)


def _bare(heads: Sequence[str]) -> set[str]:
    return {head.replace("分", "") for head in heads}


def _tidied(row: dict[str, str]) -> dict[str, str]:
    """Return a row with the bare number of the question, its points and its difficulty.

    Points that are no single number stay as they were written, so that somebody looks at them.
    """
    points, share = _POINTS.fullmatch(row["points"]), _NUMBER.search(row["difficulty"])
    difficulty = share[0] if share else ""
    if difficulty and "%" in row["difficulty"]:
        difficulty = f"{float(difficulty) / 100:.2f}"
    return {
        **row,
        "number": re.sub(r"^第|[题、.。]+$", "", row["number"]),
        "ability": next(
            (name for name, words in _ABILITIES.items() if row["ability"].startswith(words)), ""
        ),
        "points": points[1] if points else row["points"],
        "difficulty": difficulty,
    }
