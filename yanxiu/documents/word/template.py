"""A school's own Word template: checked when it comes in, filled as often as is wanted.

    template = prepare(data, vocabulary)
    if not template.faults:
        filled = template.fill({"学校": "清河小学"}, {"举行的场次明细": rows})

A missing value is marked 【待补：…】 on yellow. Names, titles and numbers go in as they are; in a
book title or a quotation the inner marks are changed as the standard of punctuation asks. The same
data give the same bytes.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn
from docxtpl.template import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from yanxiu.documents.reading.refusals import DamagedFile
from yanxiu.documents.sheets import storable
from yanxiu.documents.word import template_runs as runs
from yanxiu.documents.word.template_fields import ASKED, ROW_NUMBER, Vocabulary
from yanxiu.documents.word.template_package import (
    filled_parts,
    open_template,
    pack,
    place_name,
    unfilled_parts,
    unpack,
)
from yanxiu.documents.word.template_preparing import (
    OPEN,
    SHUT,
    TBL,
    TC,
    TR,
    Preparing,
    Remark,
    guarded,
    prepare_part,
)
from yanxiu.kernel.refusals import Refusal
from yanxiu.texts.book_marks import inside_book_marks

ROWS = 2000
"""So many rows of one table at most."""

SIZE = 24 * 1024 * 1024
"""So many characters of markup at most come of one part."""

_CORE = "docProps/core.xml"
_GAP = "【待补："

__all__ = ["Remark", "Template", "TemplateFaulty", "TooManyRows", "prepare"]


class TemplateFaulty(Refusal):
    """A template with faults is not filled."""

    code = "template-faulty"

    def __init__(self, number: int) -> None:
        """Say how many there are."""
        super().__init__(f"这个模板还有{number}处要改，没有填写。请看检查结果，改好后再上传一版。")


class TooManyRows(Refusal):
    """More rows than a document can sensibly hold."""

    code = "template-too-many-rows"

    def __init__(self, table: str, number: int) -> None:
        """Name the table and the number of rows."""
        super().__init__(
            f"“{table}”有{number}行，一份文件最多{ROWS}行，没有生成。请选短一些的时间再生成。"
        )


@dataclass(frozen=True)
class Template:
    """A template that was read.

    Attributes:
        fields: the names of the values it uses.
        tables: the tables it uses, each with the columns it uses.
        faults: what must be changed before it can be filled.
        notes: what was done of itself, or what one should know.
        vocabulary: what it was read with.
    """

    fields: tuple[str, ...]
    tables: Mapping[str, tuple[str, ...]]
    faults: tuple[Remark, ...]
    notes: tuple[Remark, ...]
    vocabulary: Vocabulary
    _parts: Mapping[str, bytes]

    @property
    def asked(self) -> list[str]:
        """What the person is asked for each time it is filled."""
        return [name.split("：", 1)[1] for name in self.fields if name.startswith(f"{ASKED}：")]

    def fill(
        self,
        values: Mapping[str, str | None],
        tables: Mapping[str, Sequence[Mapping[str, str]]],
    ) -> bytes:
        """Return the docx with `values` and the rows of `tables` in their places.

        Args:
            values: by the Chinese name of the field; None or nothing makes a gap.
            tables: the rows of each table by its name, each row by the names of its columns.

        Raises:
            TemplateFaulty: it has faults.
            TooManyRows: a table has more rows than a document can hold.
        """
        if self.faults:
            raise TemplateFaulty(len(self.faults))
        self._check_size(tables)
        engine = DocxTemplate(io.BytesIO(pack(dict(self._parts))))
        try:
            engine.render(self._context(values, tables), _environment(), autoescape=True)
        except etree.XMLSyntaxError as error:
            raise DamagedFile("填写之后不再是完整的文档") from error
        buffer = io.BytesIO()
        engine.save(buffer)
        parts = unpack(buffer.getvalue())
        for name in filled_parts(parts):
            parts[name] = _finished(parts[name])
        return pack(parts)

    def sample(self) -> bytes:
        """Return the docx filled with the samples of the vocabulary."""
        known = self.vocabulary
        values = {name: (known.field(name) or _NO).sample for name in self.fields}
        tables = {}
        for name in self.tables:
            table = known.table(name)
            rows = table.sample if table else ()
            tables[name] = [dict(zip(table.columns, row, strict=False)) for row in rows if table]
        return self.fill(values, tables)

    def _check_size(self, tables: Mapping[str, Sequence[Any]]) -> None:
        most = max((len(tables.get(name, ())) for name in self.tables), default=1)
        for name in self.tables:
            if len(tables.get(name, ())) > ROWS:
                raise TooManyRows(name, len(tables[name]))
        repeated = max(_repeated_size(self._parts[name]) for name in filled_parts(self._parts))
        if repeated * most > SIZE:
            raise TooManyRows(max(self.tables, key=lambda one: len(tables.get(one, ()))), most)

    def _context(
        self,
        values: Mapping[str, str | None],
        tables: Mapping[str, Sequence[Mapping[str, str]]],
    ) -> dict[str, Any]:
        context: dict[str, Any] = {}
        for number, name in enumerate(self.fields):
            value = values.get(name)
            context[f"v{number}"] = _clean(value) if value else _clean(f"{_GAP}{_short(name)}】")
            context[f"b{number}"] = bool(value) and value not in {"0", "0.0", "0.00"}
        for number, (name, columns) in enumerate(self.tables.items()):
            context[f"t{number}"] = [
                tuple(
                    _clean(str(at) if column == ROW_NUMBER else row.get(column) or "")
                    for column in columns
                )
                for at, row in enumerate(tables.get(name, ()), start=1)
            ]
        return context


class _NO:
    sample = ""


def _short(name: str) -> str:
    return name.removeprefix(f"{ASKED}：")


def _clean(value: str) -> str:
    """Return `value` as it may stand in a document; its braces are no tags."""
    words = storable(value).replace("\r\n", "\n").replace("\r", "\n")
    for other in "\a\f\v":
        words = words.replace(other, " ")
    return guarded(words) or ""


def _environment() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.globals.clear()
    environment.filters.clear()
    environment.filters |= {
        "in_book": inside_book_marks,
        "in_quotes": _in_quotes,
        "paragraphs": _as_paragraphs,
    }
    return environment


def _in_quotes(value: str) -> str:
    """Return a value that stands inside “”: its own become ‘’."""
    return value.translate({ord("“"): "‘", ord("”"): "’"})


def _as_paragraphs(value: str) -> str:
    """Return a value that stands alone in its paragraph: its lines become paragraphs like it."""
    return value.replace("\n", "\a")


def prepare(data: bytes, vocabulary: Vocabulary) -> Template:
    """Read a template and check it against what it may name.

    Raises:
        TooLarge, UnreadableFormat, DamagedFile, UnsafeTemplate: it cannot be used at all.
    """
    parts = open_template(data)
    preparing = Preparing(vocabulary)
    try:
        fonts = runs.Fonts(parts.get("word/styles.xml", b""), _theme(parts))
        for name in filled_parts(parts):
            tree = runs.parse(parts[name])
            prepare_part(tree, name, fonts, preparing)
            _give_grids(tree)
            parts[name] = etree.tostring(
                tree, xml_declaration=True, encoding="UTF-8", standalone=True
            )
        for name in unfilled_parts(parts):
            _refuse_tags(name, parts[name], preparing)
    except etree.XMLSyntaxError as error:
        raise DamagedFile("正文的标记不完整") from error
    # The engine looks for tags in the properties too; there is nothing to fill there.
    core = parts.get(_CORE, b"")
    parts[_CORE] = core.replace(b"{", b"").replace(b"}", b"") if core else core
    if not core:
        del parts[_CORE]
    if not preparing.fields and not preparing.tables and not preparing.faults:
        sentence = "没有找到字段。请在要填的地方写上“{{ 名称 }}”，可以从字段表里抄。"
        preparing.faults.append(Remark("正文", "", sentence))
    return Template(
        tuple(preparing.fields),
        {name: tuple(columns) for name, columns in preparing.tables.items()},
        tuple(preparing.faults),
        tuple(preparing.notes),
        vocabulary,
        parts,
    )


def _theme(parts: Mapping[str, bytes]) -> bytes:
    names = [name for name in parts if name.startswith("word/theme/") and name.endswith(".xml")]
    return parts[min(names)] if names else b""


def _give_grids(tree: Any) -> None:
    """Give each table the list of its columns, which the engine counts."""
    for table in tree.iter(TBL):
        grid = table.find(qn("w:tblGrid"))
        if grid is None:
            grid = etree.Element(qn("w:tblGrid"))
            properties = table.find(qn("w:tblPr"))
            table.insert(0 if properties is None else 1, grid)
            most = max((len(row.findall(TC)) for row in table.iter(TR)), default=1)
            for _number in range(most):
                etree.SubElement(grid, qn("w:gridCol"))


def _refuse_tags(name: str, markup: bytes, preparing: Preparing) -> None:
    for paragraph in runs.paragraphs(runs.parse(markup)):
        if (words := runs.text_of(paragraph)).count("{{") or "{%" in words:
            sentence = "写在这里的字段不会填。请移到正文、页眉、页脚或脚注。"
            preparing.faults.append(Remark(place_name(name), words[:40], sentence))


def _repeated_size(markup: bytes) -> int:
    """Return how much markup is repeated at most: what lies between the ends of blocks."""
    begin, end = markup.find(b" for r in t"), markup.rfind(b" endfor ")
    return max(end - begin, 0) if begin >= 0 else 0


def _finished(markup: bytes) -> bytes:
    """Give braces back, close cells that were emptied, and mark gaps."""
    tree = runs.parse(markup)
    for cell in tree.iter(TC):
        if not len(cell) or cell[-1].tag != runs.P:
            etree.SubElement(cell, runs.P)
    for run in list(tree.iter(runs.R)):
        if any((one.text or "").startswith(_GAP) for one in run.findall(runs.T)):
            _mark(run)
    words: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return words.replace(OPEN.encode(), b"{").replace(SHUT.encode(), b"}")


_AFTER_HIGHLIGHT = tuple(
    qn(f"w:{name}")
    for name in (
        "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang",
        "eastAsianLayout", "specVanish", "oMath",
    )
)  # fmt: skip


def _mark(run: Any) -> None:
    """Put a gap on yellow."""
    properties = run.find(runs.RPR)
    if properties is None:
        properties = etree.Element(runs.RPR)
        run.insert(0, properties)
    for old in properties.findall(qn("w:highlight")):
        properties.remove(old)
    mark = etree.Element(qn("w:highlight"))
    mark.set(qn("w:val"), "yellow")
    following = next((one for one in properties if one.tag in _AFTER_HIGHLIGHT), None)
    if following is None:
        properties.append(mark)
    else:
        following.addprevious(mark)
