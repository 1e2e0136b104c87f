"""What one paragraph of a summary brings along: its words, its figures, and whom it may name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from yanxiu.people.models import Organisation, Post, Teacher
from yanxiu.reports.documents.term_summary.data import (
    Block,
    Paragraph,
    Prose,
    Section,
    Stated,
    Table,
)
from yanxiu.reports.documents.term_summary.filling import fill
from yanxiu.reports.documents.term_summary.outline import section_of
from yanxiu.reports.documents.term_summary.references import written
from yanxiu.reports.drafting.amounts import Amount, amounts
from yanxiu.reports.drafting.names import Known
from yanxiu.reports.drafting.request import FigureGiven
from yanxiu.reports.models import Summary
from yanxiu.ui.wording import figure_text


@dataclass(frozen=True)
class Material:
    """One paragraph and the figures of its section.

    Attributes:
        place: where the paragraph is kept.
        title: of its section.
        text: as it stands on the paper, figures filled in.
        version: of the words that are saved.
        stated: the figures of the section, each once.
        unit: the unit that the summary is about, as its figures name it; "" for none.
    """

    place: str
    title: str
    text: str
    version: int
    stated: tuple[Stated, ...]
    unit: str = ""

    @property
    def figures(self) -> list[FigureGiven]:
        """The figures as they are sent."""
        return [FigureGiven(one.name, figure_text(one.value), one.measure) for one in self.stated]


def material(summary: Summary, place: str, at: datetime) -> Material | None:
    """Return what stands at `place` of `summary`, None if there is no such paragraph."""
    document = fill(summary, at)
    for section in document.sections:
        if section.key != section_of(place):
            continue
        for prose in section.proses:
            if prose.place == place:
                text = "\n".join(str(line) for line in prose.paragraphs)
                version = int(summary.written(place)["version"])
                own = str(summary.unit.uid) if summary.unit is not None else ""
                return Material(place, section.bare_title, text, version, _stated(section), own)
    return None


def _stated(section: Section) -> tuple[Stated, ...]:
    found = {one.key: one for block in section.blocks for one in _stated_in(block)}
    return tuple(found.values())


def _stated_in(block: Block) -> list[Stated]:
    pieces: list[object] = []
    if isinstance(block, Paragraph):
        pieces = list(block.pieces)
    elif isinstance(block, Table):
        pieces = [cell for row in block.rows for cell in row.cells]
    elif isinstance(block, Prose):
        pieces = [piece for line in block.paragraphs for piece in line.pieces]
    return [piece for piece in pieces if isinstance(piece, Stated)]


def known_names(organisation: Organisation, words: Iterable[str] = ()) -> Known:
    """Return who is known in the whole tree of `organisation`; two statements.

    Args:
        organisation: of the summary.
        words: what else the sender wants hidden.
    """
    root = organisation.path.split(".")[0] + "."
    posts = Post.objects.filter(organisation__path__startswith=root).values("teacher")
    persons = Teacher.objects.filter(pk__in=posts).values_list("name", flat=True)
    schools = Organisation.objects.filter(path__startswith=root).values_list("name", flat=True)
    return Known(frozenset(persons), frozenset(schools), frozenset(words))


def with_references(text: str, given: Material) -> str:
    """Return `text` with each number that only one figure can be as a reference to that figure."""
    by_writing: dict[str, set[str]] = {}
    for one in given.stated:
        # A figure of one unit in a summary of the school is named by that unit: left to people.
        name = one.name if one.unit in {"", given.unit} else ""
        by_writing.setdefault(str(one), set()).add(name)
    pieces, at = [], 0
    for amount in amounts(text):
        end = _end_of(text, amount, by_writing)
        names = by_writing.get(text[amount.start : end], set())
        if amount.kind == "number" and not amount.manner and len(names) == 1 and "" not in names:
            pieces += [text[at : amount.start], written(next(iter(names)))]
            at = end
    return "".join((*pieces, text[at:]))


def _end_of(text: str, amount: Amount, writings: Iterable[str]) -> int:
    """Return where the longest writing ends that begins with `amount`."""
    fitting = [one for one in writings if text.startswith(one, amount.start)]
    lengths = [len(one) for one in fitting if amount.start + len(one) > amount.end]
    return amount.start + max(lengths, default=amount.end - amount.start)
