"""What may stand in a school's template: fields, tables, and a few words of control.

The language is small on purpose. `{{ 举行的场次 }}` is a value. `{{ 举行的场次明细.主题 }}` is a
column of a table, and the row or paragraph it stands in is repeated. `{% if … %}` chooses, and
`{% for 行 in 表 %}` repeats more than one row or paragraph. Nothing else is understood, so nothing
else can be done by a template.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal, TypeVar

_Named = TypeVar("_Named", "Field", "Table")

ASKED = "填写"
"""`{{ 填写：主要经验 }}` is asked for when the template is filled."""

ROW_NUMBER = "序号"
"""A column that every table has."""

_BLANKS = re.compile(r"[\s\u00a0\u3000\u200b\ufeff]+")
_WIDE = str.maketrans("（）：．，｛｝％", "():.,{}%")
_ASKED = re.compile(rf"^{ASKED}:(?P<what>.{{1,40}})$")
_IF = re.compile(r"^if\s+(?P<not>not\s+)?(?P<name>.+)$")
_FOR = re.compile(r"^for\s+(?P<row>\S+)\s+in\s+(?P<table>\S+)$")
_KINDS = ("tr", "tc", "p", "r")


def normal(name: str) -> str:
    """Return `name` as names are compared: no blanks, brackets and colons of one kind."""
    return _BLANKS.sub("", name).translate(_WIDE).casefold()


@dataclass(frozen=True, slots=True)
class Field:
    """One name that may stand in a template.

    Attributes:
        name: its Chinese name.
        meaning: one sentence.
        unit: of a number.
        sample: what stands there in the sample.
        code: a name that never changes, as an alternative to the Chinese one.
        group: under which heading the help lists it.
    """

    name: str
    meaning: str = ""
    unit: str = ""
    sample: str = ""
    code: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table that may be repeated: its name, its columns and two or three sample rows."""

    name: str
    columns: tuple[str, ...]
    meaning: str = ""
    sample: tuple[tuple[str, ...], ...] = ()
    code: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """All that a template may name."""

    fields: Sequence[Field]
    tables: Sequence[Table] = ()
    _fields: dict[str, Field] = field(init=False, repr=False, compare=False)
    _tables: dict[str, Table] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make both names of each thing known."""
        object.__setattr__(self, "_fields", _by_name(self.fields))
        object.__setattr__(self, "_tables", _by_name(self.tables))

    def field(self, name: str) -> Field | None:
        """Return the field `name`, by its Chinese name or its code; a field to be asked for too."""
        key = normal(name)
        if asked := _ASKED.match(key):
            return Field(f"{ASKED}：{asked['what']}", sample=f"（{asked['what']}）")
        return self._fields.get(key)

    def table(self, name: str) -> Table | None:
        """Return the table `name`."""
        return self._tables.get(normal(name))

    def nearest(self, name: str, *, of_tables: bool = False, most: int = 3) -> list[str]:
        """Return the names of fields (or of tables) most like `name`, the best first."""
        wanted = normal(name)
        things: Sequence[Field | Table] = self.tables if of_tables else self.fields
        names = [one.name for one in things]
        known = [(normal(one), one) for one in names]
        rated = sorted(((_likeness(wanted, key), -at) for at, (key, _name) in enumerate(known)))
        best = [known[-at][1] for likeness, at in reversed(rated[-most:]) if likeness > ALIKE]
        return list(dict.fromkeys(best))


ALIKE = 0.45
"""So like must two names be, between 0 and 1, for one to be suggested for the other."""


def _by_name(things: Iterable[_Named]) -> dict[str, _Named]:
    found: dict[str, _Named] = {}
    for one in things:
        for name in (one.name, one.code):
            if name and found.setdefault(normal(name), one) is not one:
                message = f"two fields are called {name!r}"
                raise ValueError(message)
    return found


def _likeness(one: str, other: str) -> float:
    """Return how like two names are; one inside the other counts for much."""
    if not one or not other:
        return 0.0
    alike = SequenceMatcher(None, one, other).ratio()
    shared = len(set(one) & set(other)) / len(set(one))
    inside = 0.3 if one in other or other in one else 0.0
    return min(1.0, 0.6 * alike + 0.4 * shared + inside)


# ---- one tag ----
@dataclass(frozen=True, slots=True)
class Tag:
    """What one `{{ … }}` or `{% … %}` says.

    Attributes:
        kind: `value`, `if`, `else`, `endif`, `for`, `endfor`, or `wrong`.
        name: the field, or the table of a `for`.
        column: the column, of a table's value.
        row: what a row is called in a `for`.
        negated: an `if not`.
        written: as it stands in the document.
    """

    kind: Literal["value", "if", "else", "endif", "for", "endfor", "wrong"]
    written: str
    name: str = ""
    column: str = ""
    row: str = ""
    negated: bool = False

    @property
    def opens(self) -> bool:
        """Tell whether it begins a block."""
        return self.kind in {"if", "for"}


def read_tag(written: str) -> Tag:
    """Return what a tag says; whatever is not in the language is `wrong`."""
    text = written.translate(_WIDE)
    inner = text[2:-2].strip()
    if text.startswith("{{"):
        return _value(written, inner)
    words = _BLANKS.sub(" ", inner).strip("- ")
    for kind in _KINDS:
        words = words.removeprefix(f"{kind} ")
    if words in {"else", "endif", "endfor"}:
        return Tag(words, written)  # type: ignore[arg-type]  # one of these three
    if found := _IF.match(words):
        return Tag("if", written, found["name"].strip(), negated=bool(found["not"]))
    if found := _FOR.match(words):
        return Tag("for", written, found["table"], row=found["row"])
    return Tag("wrong", written)


def _value(written: str, inner: str) -> Tag:
    name = _BLANKS.sub("", inner)
    if not name or re.search(r"[|\[\]'\"“”‘’+*/=<>~@#$&\\{}]|__", name):
        return Tag("wrong", written)
    if normal(name).startswith(f"{ASKED}:"):
        return Tag("value", written, name)
    table, dot, column = name.rpartition(".")
    # A code has a dot too; who knows the vocabulary decides.
    return Tag("value", written, table, column) if dot else Tag("value", written, name)
