"""The content of a plan: sections of paragraphs, each with an id that stays."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yanxiu.texts.differences import carried, paragraphs_of
from yanxiu.texts.radicals import repair

Content = list[dict[str, Any]]

LONGEST = 20_000
"""Characters of one section: some thirty pages; what is longer is no section of a plan."""


@dataclass(frozen=True)
class Place:
    """One paragraph with the section it stands in."""

    id: str
    text: str
    section: str
    name: str


def empty(sections: Sequence[Mapping[str, Any]]) -> Content:
    """Return content with `sections` and nothing in them."""
    return [{"code": one["code"], "name": one["name"], "paragraphs": []} for one in sections]


def texts_of(content: Content) -> dict[str, str]:
    """Return each section's text as a person types it, by its code."""
    return {one["code"]: section_text(one) for one in content}


def section_text(section: Mapping[str, Any]) -> str:
    """Return the text of one section, a line a paragraph."""
    return "\n".join(one["text"] for one in section["paragraphs"])


def paragraphs(content: Content) -> Iterator[Place]:
    """Yield every paragraph in reading order."""
    for section in content:
        for one in section["paragraphs"]:
            yield Place(one["id"], one["text"], section["code"], section["name"])


def is_empty(content: Content) -> bool:
    """Tell whether nothing is written in it."""
    return not any(section["paragraphs"] for section in content)


def plain_text(content: Content) -> str:
    """Return all of it as one text, without the names of the sections."""
    return "\n".join(text for text in texts_of(content).values() if text)


def mark_of(text: str) -> str:
    """Return a short sign of a section's text, by which a form tells what it started from."""
    lines = "\n".join(paragraphs_of(text))
    return hashlib.blake2b(lines.encode(), digest_size=6).hexdigest()


def rewritten(section: Mapping[str, Any], text: str, last: int) -> tuple[dict[str, Any], int]:
    """Return `section` with `text`, and the greatest number of a paragraph given so far.

    A paragraph that is still there, be it changed, keeps its id; a new one gets a new one.
    """
    typed = paragraphs_of(repair(text))
    before = [(one["id"], one["text"]) for one in section["paragraphs"]]
    rows = []
    for name, line in zip(carried(before, typed), typed, strict=True):
        if not name:
            last += 1
        rows.append({"id": name or f"p{last}", "text": line})
    return {**section, "paragraphs": rows}, last


def replaced(content: Content, paragraph: str, text: str, last: int) -> tuple[Content, int] | None:
    """Return `content` with `text` in place of one paragraph; None if there is no such one.

    The first line keeps the id, further ones are new.
    """
    found = False
    result = []
    for section in content:
        rows = []
        for one in section["paragraphs"]:
            if one["id"] != paragraph:
                rows.append(one)
                continue
            found = True
            for number, line in enumerate(paragraphs_of(repair(text))):
                last += bool(number)
                rows.append({"id": f"p{last}" if number else paragraph, "text": line})
        result.append({**section, "paragraphs": rows})
    return (result, last) if found else None


def wanted_but_empty(
    content: Content, sections: Sequence[Mapping[str, Any]]
) -> list[dict[str, str]]:
    """Return the wanted ones of `sections` that are empty or lacking in `content`."""
    written = {one["code"] for one in content if one["paragraphs"]}
    return [
        {"code": str(one["code"]), "name": str(one["name"])}
        for one in sections
        if one.get("wanted") and one["code"] not in written
    ]
