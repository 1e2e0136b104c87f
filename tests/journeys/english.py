"""What a page in English must not have: a sentence of ours in Chinese, or an edge hung over.

What is Chinese on a page in English must be what people wrote (it stands in the database) or what a
shipped file of rules says; all else would be a sentence of ours without a translation.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import yaml
from playwright.sync_api import Page

from yanxiu.config.commands import __file__ as commands

PACKAGE = Path(commands).resolve().parents[2]
HAN = re.compile(r"[\u3400-\u9fff]+")
TEXTS = """() => {
    const found = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const above = walk.currentNode.parentElement;
        if (!above.closest("script, style, textarea, [lang|=zh], .seal, .face, .language")) {
            found.push(walk.currentNode.textContent);
        }
    }
    for (const one of document.querySelectorAll("[aria-label], [title], [placeholder]")) {
        if (!one.closest("[lang|=zh]")) {
            found.push(one.getAttribute("aria-label") || "", one.getAttribute("title") || "");
            found.push(one.getAttribute("placeholder") || "");
        }
    }
    return found;
}"""
OVER_THE_EDGE = """() => {
    const edge = document.documentElement.clientWidth;
    const main = document.querySelector("main");
    const wide = Math.max(document.documentElement.scrollWidth, main ? main.scrollWidth : 0);
    if (wide <= edge) return [];
    return [...document.querySelectorAll("main *")]
        .filter(one => one.getBoundingClientRect().right > edge + 1 && !one.closest(".scroll"))
        .slice(0, 3).map(one => one.outerHTML.slice(0, 120)).concat([document.title]);
}"""
KEPT = {
    "本周期", "中专", "初中", "高中", "博士研究生", "乡", "常规管理", "教研教改",
    "质量监测", "中秋节", "国庆节", "春节", "端午节", "劳动节", "清明节", "元旦",
}  # fmt: skip
"""Values that are stored as they are chosen, and what the rules and papers say of themselves."""
FROM_THE_CALENDAR = re.compile(r"学年第[一二]学期|第[一二三四五六七八九十]+[届期次]")
"""How terms and ordinals are called; a name, and not a sentence."""


def written_by_people(data: Path) -> str:
    """Return every text of the database, and of the shipped files of rules and kinds."""
    texts = []
    with closing(sqlite3.connect(data / "yanxiu.sqlite3")) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (table,) in tables.fetchall():
            for row in database.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 (own tables)
                for value in row:
                    if isinstance(value, str):
                        texts.append(value)
                        if "\\u" in value:
                            texts.append(value.encode().decode("unicode_escape", "ignore"))
    for path in PACKAGE.rglob("*.yaml"):
        if "tests" in path.parts:
            continue
        texts += leaves(yaml.safe_load(path.read_text(encoding="utf-8")))
    text = "\n".join(texts)
    return f"{text}\n{FROM_THE_CALENDAR.sub('', text)}"


def leaves(value: object) -> Iterator[str]:
    """Yield every text in a tree of mappings and lists."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield str(key)
            yield from leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one)
    elif isinstance(value, str):
        yield value


def left_in_chinese(page: Page, theirs: str) -> set[str]:
    """Return what the page says in Chinese that does not stand in `theirs`."""
    return {
        run
        for text in page.evaluate(TEXTS)
        for run in HAN.findall(FROM_THE_CALENDAR.sub("", text))
        if run not in theirs and run not in KEPT
    }


def over_the_edge(page: Page) -> list[str]:
    """Return the pieces that hang over the right edge, and the title of the page."""
    found: list[str] = page.evaluate(OVER_THE_EDGE)
    return found
