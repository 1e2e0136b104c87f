"""Finding every sentence for people in the sources."""

import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import django
from babel.messages.extract import extract_python
from django.apps import apps
from django.utils.translation.template import templatize

from yanxiu.figures.leaves import gap_kinds, leaf_kinds
from yanxiu.figures.table import all_figures
from yanxiu.planning.reading.findings import LABELS
from yanxiu.reports.documents.term_summary.outline import BLOCKS
from yanxiu.ui.wording import OF_FIGURES

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "yanxiu"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
"""The functions that mark a sentence, as Babel wants them named."""

ALIAS = re.compile(r"\b(n?gettext|gettext_lazy|pgettext|pgettext_lazy) as (\w+)")
"""Another name that a module gives to one of them."""


@dataclass
class Sentence:
    """One sentence with its plural and its context, if it has one, and where it stands.

    The context tells two sentences apart that are written alike and mean different things.
    """

    text: str
    plural: str = ""
    context: str = ""
    places: list[str] = field(default_factory=list)


def sentences() -> dict[tuple[str, str], Sentence]:
    """Return every marked sentence by its text and context, in the order of the files."""
    found: dict[tuple[str, str], Sentence] = {}
    for path in files():
        for text, plural, context in marked(path):
            one = found.setdefault((text, context), Sentence(text, plural, context))
            one.plural = one.plural or plural
            place = path.relative_to(ROOT).as_posix()
            if place not in one.places:
                one.places.append(place)
    for text in figure_texts():
        found.setdefault((text, OF_FIGURES), Sentence(text, context=OF_FIGURES))
    return found


def figure_texts() -> set[str]:
    """Return what figures and other plain parts say of themselves; papers state it in Chinese."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yanxiu.config.settings")
    if not apps.ready:
        django.setup()
    texts: set[str] = set()
    for figure in all_figures().values():
        texts |= {figure.name, figure.meaning, figure.unit, *figure.columns}
    for leaf in leaf_kinds().values():
        texts |= {leaf.name, leaf.meaning, leaf.supplier}
    for gap in gap_kinds().values():
        texts |= {gap.name, gap.meaning}
    return (texts | set(LABELS.values()) | set(BLOCKS.values())) - {""}


def files() -> list[Path]:
    """Return the sources in which sentences are marked."""
    return sorted(
        path
        for ending in ("*.py", "*.html")
        for path in PACKAGE.rglob(ending)
        if not {"tests", "migrations", "demo"} & set(path.relative_to(PACKAGE).parts)
    )


def marked(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield each marked sentence of one file with its plural and its context, or ""."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        text = templatize(text, origin=str(path))
    source = io.BytesIO(text.encode())
    called = {alias: name for name, alias in ALIAS.findall(text) if alias != "_"}
    keywords = {**KEYWORDS, **{alias: KEYWORDS.get(name) for alias, name in called.items()}}
    for _line, alias, found, _comments in extract_python(
        source, keywords, [], {"encoding": "utf-8"}
    ):
        name = called.get(alias, alias)
        words = [str(word) for word in (found if isinstance(found, tuple) else (found,)) if word]
        context = words.pop(0) if words and name in {"pgettext", "pgettext_lazy"} else ""
        if words:
            yield words[0], words[1] if name == "ngettext" and len(words) > 1 else "", context
