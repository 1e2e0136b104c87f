"""What could be written about problems: last time's, what is overdue, and what became of plans."""

from dataclasses import dataclass

from yanxiu.reports.documents.term_summary.blocks import overdue_items
from yanxiu.reports.documents.term_summary.outline import from_headings
from yanxiu.reports.documents.term_summary.reckoning import Reckoner
from yanxiu.reports.queries import earlier_texts

_MOST = 12


@dataclass(frozen=True)
class Suggestion:
    """A sentence that is offered, and where it comes from."""

    source: str
    text: str


def for_problems(reckoner: Reckoner) -> list[Suggestion]:
    """Return what the problems section could take up: each is a person's choice."""
    earlier = earlier_texts(reckoner.summary)
    found = [
        Suggestion(source, text)
        for role, source in (("problems", "上次总结里的问题"), ("next", "上次的下一步打算"))
        for text in _lines_of(earlier, role, reckoner.subject)
    ]
    found += [
        Suggestion("过期未办的计划事项", f"计划事项{item}没有办成，原因是")
        for item in overdue_items(reckoner)[:_MOST]
    ]
    written = "".join(reckoner.texts.values())
    return [one for one in found if one.text not in written]


def _lines_of(earlier: object, role: str, subject: str) -> list[str]:
    """Return the paragraphs of the section of `role` in last time's summary."""
    sections = getattr(earlier, "sections", ())
    if not sections:
        return []
    titles = [title for title, _text in sections]
    parts = from_headings(titles, subject)
    key = next((part.title for part in parts if part.role == role), "")
    text = next((text for title, text in sections if title == key or key in title), "")
    return [line.strip() for line in text.splitlines() if line.strip()][:_MOST]
