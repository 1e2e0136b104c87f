"""The YAML blocks of the guide, which are all read by tests."""

import re
from functools import cache
from typing import Final

from yanxiu.ledger.rules.tests.made_up import HERE

GUIDE: Final = HERE.parents[3] / "docs" / "guides" / "writing-a-scheme.md"
INSTEAD: Final = "# 另一种写法\n"
_BLOCK = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
_SECTION = re.compile(r"^([a-z_]+):(.*\n(?:(?:[ #-].*)?\n)*)", re.MULTILINE)


@cache
def text() -> str:
    """Return the guide."""
    return GUIDE.read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    """Return the blocks that are a `scheme`, `sections` of the second, `instead` or `cases`."""
    return [block for block in _BLOCK.findall(text()) if _kind(block) == kind]


def _kind(block: str) -> str:
    if block.startswith("- name:"):
        return "cases"
    if block.startswith(INSTEAD):
        return "instead"
    return "scheme" if re.search(r"^id:", block, re.MULTILINE) else "sections"


@cache
def whole() -> str:
    """Return the second scheme with all its sections, as a reader would join them."""
    found: dict[str, str] = {}
    for block in [blocks("scheme")[1], *blocks("sections")]:
        for key, body in _SECTION.findall(block):
            found[key] = found[key].rstrip("\n") + body if key in found else body
    return "".join(f"{key}:{body}" for key, body in found.items())


def with_instead(block: str) -> str:
    """Return the whole scheme with the sections of `block` in place of its own."""
    told = whole()
    for key, body in _SECTION.findall(block):
        told = re.sub(
            rf"^{key}:.*\n(?:(?:[ #-].*)?\n)*", f"{key}:{body}", told, count=1, flags=re.MULTILINE
        )
    return told


def cases() -> tuple[str, str]:
    """Return the cases of the first scheme, and those of the second."""
    first, *rest = blocks("cases")
    return first, "".join(rest)


def seen_by_teachers() -> list[str]:
    """Return the sentences that the guide says a teacher sees."""
    return re.findall(r"^老师看到：(.*)$", text(), re.MULTILINE)
