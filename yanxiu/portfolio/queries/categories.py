"""The categories of growth files: those that are shipped, or a school's own."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from yanxiu.figures.leaves import Leaf, LeafKind, leaf_kinds
from yanxiu.people.models import Organisation
from yanxiu.portfolio.models import Category

SHIPPED = Path(__file__).resolve().parents[1] / "categories.yaml"
OTHERS = "others"


@dataclass(frozen=True)
class Section:
    """One category as a file has it; `kinds` are the leaves that a school moved here."""

    code: str
    name: str
    is_asked: bool = False
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sections:
    """All categories of a school in their order, and into which of them a leaf falls."""

    all: tuple[Section, ...]
    moved: dict[str, str] = field(default_factory=dict)

    def place(self, kind: str, category: str) -> str:
        """Return the category of a leaf; one that the school does not have is among the others."""
        code = self.moved.get(kind) or category
        return code if any(one.code == code for one in self.all) else OTHERS

    def of(self, leaf: Leaf) -> str:
        """Return the category of `leaf`."""
        return self.place(leaf.kind, leaf.category)

    def kinds_in(self, code: str) -> list[LeafKind]:
        """Return the kinds of leaves that can stand in the category."""
        return [
            kind
            for kind in personal_kinds()
            if kind.counted_in or self.place(kind.code, kind.category) == code
        ]

    def suppliers(self, code: str) -> list[str]:
        """Return who supplies what belongs in the category, those that say so themselves last."""
        kinds = sorted(self.kinds_in(code), key=lambda kind: bool(kind.counted_in))
        return list(dict.fromkeys(kind.supplier for kind in kinds))


def personal_kinds() -> list[LeafKind]:
    """Return the kinds of leaves that a person has."""
    return [kind for kind in leaf_kinds().values() if kind.teacher]


@cache
def shipped() -> tuple[Section, ...]:
    """Return the categories with which every school begins."""
    rows = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    return tuple(Section(row["code"], row["name"], row.get("asked", False)) for row in rows)


def sections_of(organisation: Organisation | None) -> Sections:
    """Return the categories of a school: its own, the nearest superior's, or the shipped ones."""
    if organisation is None:
        return _with_others(shipped())
    return sections_for([organisation])[organisation.pk]


def sections_for(organisations: Iterable[Organisation]) -> dict[int, Sections]:
    """Return the categories of each of several schools; one statement."""
    lines = {one.pk: one.lineage for one in organisations}
    rows: defaultdict[int, list[Category]] = defaultdict(list)
    for row in Category.objects.filter(
        organisation__in={pk for line in lines.values() for pk in line}
    ):
        rows[row.organisation_id].append(row)
    found = {}
    for pk, line in lines.items():
        nearest = next((one for one in reversed(line) if rows[one]), 0)
        found[pk] = _with_others(tuple(_section(row) for row in rows[nearest]) or shipped())
    return found


def _section(row: Category) -> Section:
    return Section(row.code, row.name, row.is_asked, tuple(row.kinds))


def _with_others(sections: tuple[Section, ...]) -> Sections:
    moved = {kind: one.code for one in sections for kind in one.kinds}
    return Sections((*sections, Section(OTHERS, "其他")), moved)
