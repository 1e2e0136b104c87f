"""Shows what the system reads in a plan or summary; nothing is kept."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from yanxiu.kernel.refusals import Refusal

if TYPE_CHECKING:
    from yanxiu.planning.reading import Finding, ReadDocument

HELP = "试读一份计划或总结，逐条列出读到的内容和出处，不写入数据库"
EXAMPLE = "yanxiu read 学期计划.docx --json"
DJANGO = False
WIDTH = 60
DAYS = "一二三四五六日"
PARTS = {
    "month": "{}月",
    "to_month": "至{}月",
    "week": "第{}周",
    "day": "{}日",
    "ordinal_in_month": "第{}项",
    "ordinal_in_week": "第{}项",
    "lesson": "第{}节",
    "owner": "负责：{}",
    "post": "{}",
    "name": "{}",
    "names": "{}",
    "duty": "职责：{}",
    "hours": "{}学时",
    "credits": "{}学分",
    "year": "{}年",
    "content": "{}",
}
"""How the parts of a value are said; the shapes stand in `planning.reading.findings`."""


class NoSuchDocument(Refusal):
    """The file is not there or may not be read."""

    code = "no-such-document"

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(f"打不开文件 {path}，什么都没有读。请核对路径和读取权限后重试。")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the file."""
    kinds = "docx、pdf、doc、rtf、txt、md 或 html"
    parser.add_argument("file", type=Path, metavar="文件", help=kinds)
    parser.add_argument("--json", action="store_true", help="输出 JSON，供程序使用")


def run(options: argparse.Namespace) -> int:
    """Print what was read."""
    from yanxiu.documents.reading import read
    from yanxiu.planning.reading import as_json, read_documents

    try:
        data = options.file.read_bytes()
    except OSError as error:
        raise NoSuchDocument(options.file) from error
    outline = read(data, name=options.file.name)
    # What was left out is for the person at the screen, not for the program behind a pipe.
    print(*outline.remarks, sep="\n", end="\n" if outline.remarks else "", file=sys.stderr)
    documents = read_documents(outline)
    if options.json:
        print(json.dumps(as_json(documents), ensure_ascii=False, indent=2))
        return 0
    for document in documents:
        print("\n".join(lines_of(document)))
    if not documents:
        print("没有读到计划或总结。")
    return 0


def lines_of(document: "ReadDocument") -> Iterator[str]:
    """Tell one document in lines: what it is, then each finding with its source line."""
    from yanxiu.planning.reading import LABELS

    first, last = document.lines
    count = len(document.findings)
    yield f"【{LABELS[document.kind]}】{document.title}（第 {first}–{last} 行，{count} 条）"
    for finding in document.findings:
        inferred = "（推断）" if finding.inferred else ""
        name = LABELS.get(finding.name, finding.name)
        said = " ".join(word for word in (name, amount(finding)) if word)
        text = finding.text if len(finding.text) <= WIDTH else finding.text[:WIDTH] + "……"
        yield f"  第 {finding.line} 行　{LABELS[finding.kind]}　{said}{inferred}"
        yield f"      原文：{text}"
    yield ""


def amount(finding: "Finding") -> str:
    """Say the value of a finding in words, as far as it is not the text itself."""
    from yanxiu.planning.reading import LABELS

    value = finding.value
    if value is None:
        return "（原文没有写明）"
    if isinstance(value, dict):
        return "，".join(part(key, item) for key, item in value.items() if item is not None)
    if value in {finding.text, finding.name}:
        return ""
    words = (finding.per, finding.period, finding.qualifier, value, finding.unit)
    return " ".join(LABELS.get(str(word), str(word)) for word in words if word)


def part(key: str, value: object) -> str:
    """Say one part of a value that has several."""
    from yanxiu.planning.reading import LABELS

    if key == "weekday" and isinstance(value, int):
        return f"星期{DAYS[value - 1]}"
    if isinstance(value, list | tuple):
        value = "、".join(str(item) for item in value)
    return PARTS.get(key, "{}").format(LABELS.get(str(value), str(value)))
