"""Last time's summary: its sections and texts, from this system or from a file; plain Python."""

from dataclasses import dataclass
from typing import Any

from yanxiu.documents.reading import read
from yanxiu.planning.reading import read_documents
from yanxiu.reports.documents.term_summary.data import TermSummary

_MOST = 40
_LONGEST = 20_000


@dataclass(frozen=True)
class ReadSummary:
    """A summary of before: what it is called, and each section as title and text."""

    name: str
    sections: tuple[tuple[str, str], ...]

    def kept(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {"name": self.name, "sections": [list(one) for one in self.sections]}


def from_kept(values: dict[str, Any]) -> ReadSummary | None:
    """Return what `kept` turned into `values`, None for nothing."""
    if not values.get("sections"):
        return None
    return ReadSummary(values["name"], tuple((one[0], one[1]) for one in values["sections"]))


def from_file(data: bytes, name: str) -> ReadSummary | None:
    """Read the first summary in a file; None if it has no headings.

    Raises:
        Refusal: the file cannot be read; its sentence says why.
    """
    outline = read(data, name=name)
    documents = read_documents(outline)
    told = [one for one in documents if one.kind == "summary"] or list(documents)
    if not told or not told[0].sections:
        return None
    document = told[0]
    top = min(section.level for section in document.sections)
    heads = [section for section in document.sections if section.level == top][:_MOST]
    ends = [*(section.line for section in heads[1:]), document.lines[1] + 1]
    texts = {line.number: line.text.strip() for line in outline.lines}
    found = []
    for head, end in zip(heads, ends, strict=True):
        lines = [texts.get(number, "") for number in range(head.line, end)]
        title = head.title.strip()
        first = lines[0].partition(title)[2].strip("：:。 　") if lines else ""
        body = "\n".join(line for line in (first, *lines[1:]) if line)
        found.append((title, body[:_LONGEST]))
    return ReadSummary(document.title or name, tuple(found))


def of_document(document: TermSummary, name: str) -> ReadSummary:
    """Return a summary of this system as one of before: the words people wrote, with numbers."""
    return ReadSummary(
        name,
        tuple(
            (
                section.bare_title,
                "\n".join(str(line) for prose in section.proses for line in prose.paragraphs),
            )
            for section in document.sections
        ),
    )
