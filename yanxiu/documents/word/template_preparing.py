"""From a school's template to one that can be filled: every tag understood, or said why not."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from yanxiu.documents.word import template_runs as runs
from yanxiu.documents.word.template_fields import (
    ROW_NUMBER,
    Table,
    Tag,
    Vocabulary,
    normal,
    read_tag,
)
from yanxiu.documents.word.template_package import place_name

TR, TC, TBL = qn("w:tr"), qn("w:tc"), qn("w:tbl")
OPEN, SHUT = "\U000f5ed1", "\U000f5ed2"
"""Stand for braces that are no tags while a template is filled."""

NOTHING = "本期没有记录。"
_SHOWN = 14


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a template.

    Attributes:
        place: where, in words.
        written: what stands there.
        sentence: what is wrong or was done, and what to do.
        nearest: known names most like it, for an unknown one.
    """

    place: str
    written: str
    sentence: str
    nearest: tuple[str, ...] = ()


@dataclass
class Use:
    """A tag in its place."""

    tag: Tag
    run: Any
    paragraph: Any
    place: str
    level: str = ""

    @property
    def row(self) -> Any:
        """The table row it stands in, or None."""
        return next(self.paragraph.iterancestors(TR), None)


@dataclass
class Preparing:
    """What was found while the parts of one template are prepared."""

    vocabulary: Vocabulary
    faults: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    tables: dict[str, list[str]] = field(default_factory=dict)

    def fault(self, use: Use, sentence: str, nearest: list[str] | None = None) -> None:
        """Keep what must be changed before the template can be used."""
        self.faults.append(Remark(use.place, use.tag.written, sentence, tuple(nearest or ())))

    def variable(self, name: str) -> int:
        """Return the number under which the field `name` is filled."""
        if name not in self.fields:
            self.fields.append(name)
        return self.fields.index(name)

    def column(self, table: Table, name: str) -> tuple[int, int]:
        """Return the numbers of a table and of one of its columns."""
        columns = self.tables.setdefault(table.name, [])
        if name not in columns:
            columns.append(name)
        return list(self.tables).index(table.name), columns.index(name)


def prepare_part(tree: Any, part_name: str, fonts: runs.Fonts, preparing: Preparing) -> None:
    """Turn the tags of one part into what the engine fills, and guard everything else."""
    # While somebody holds it, lxml gives the same object for an element; we compare by that.
    held = list(tree.iter())
    uses = list(_uses(tree, part_name, fonts, preparing))
    kept = {use.run for use in uses}
    _guard(tree, kept)
    for use in uses:
        use.level = _level(use)
    open_blocks: list[tuple[Use, Table | None]] = []
    repeated: dict[Any, tuple[Table, list[Use]]] = {}
    for use in uses:
        _translate(use, open_blocks, repeated, preparing)
    for use, _table in open_blocks:
        preparing.fault(use, "这一处没有写结束。请在后面补上“{% endif %}”或“{% endfor %}”。")
    for unit, (table, inside) in repeated.items():
        _repeat(unit, table, inside, preparing)
    held.clear()


def _uses(tree: Any, part_name: str, fonts: runs.Fonts, preparing: Preparing) -> Iterator[Use]:
    """Yield the tags in their order, each in a run of its own with all four fonts."""
    tables = {one: at for at, one in enumerate(tree.iter(TBL), start=1)}
    for number, paragraph in enumerate(list(runs.paragraphs(tree)), start=1):
        whole = runs.text_of(paragraph)
        found, rest = runs.isolate(paragraph)
        place = _place(paragraph, part_name, number, tables, whole) if found or rest else ""
        if rest:
            preparing.faults.append(
                Remark(place, "".join(rest), "括号没有成对，或一个字段写到了两段里。请重新打一遍。")
            )
        for one in found:
            if not fonts.whole(one.run):
                sentence = f"这里没有指定中文字体，填进去的字会用{runs.FALLBACK}。"
                preparing.notes.append(Remark(place, one.written, sentence))
            if one.was_cut:
                sentence = "字段被格式隔成了几截，已经自动接好，按第一个字的格式填。"
                preparing.notes.append(Remark(place, one.written, sentence))
            if one.was_wide:
                sentence = "括号是全角的，已经当作半角。"
                preparing.notes.append(Remark(place, one.written, sentence))
            yield Use(read_tag(one.written), one.run, paragraph, place)


def _place(paragraph: Any, part_name: str, number: int, tables: dict[Any, int], whole: str) -> str:
    words = whole.strip()
    shown = words[:_SHOWN] + ("…" if len(words) > _SHOWN else "")
    row = next(paragraph.iterancestors(TR), None)
    table = next(paragraph.iterancestors(TBL), None)
    if row is None or table is None:
        return f"{place_name(part_name)}第{number}段“{shown}”"
    at = [one for one in table if one.tag == TR].index(row) + 1 if row in list(table) else 1
    return f"{place_name(part_name)}第{tables[table]}个表格第{at}行“{shown}”"


def _guard(tree: Any, kept: set[Any]) -> None:
    """Hide every brace that belongs to no tag, so that the engine sees ours alone."""
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        parent = element.getparent()
        if element.tag == runs.T and parent is not None and parent in kept:
            continue
        if element.text and element.tag == runs.T:
            element.text = element.text.replace("\n", " ")
        element.text = guarded(element.text)
        element.tail = guarded(element.tail)
        for name, value in element.attrib.items():
            if "{" in value or "}" in value:
                element.set(name, guarded(value) or "")


def guarded(text: str | None) -> str | None:
    """Return `text` with its braces hidden."""
    return text.replace("{", OPEN).replace("}", SHUT) if text else text


def _level(use: Use) -> str:
    """Return what a word of control governs: whole rows, whole paragraphs, or words in one."""
    if use.tag.kind == "value":
        return ""
    alone = runs.text_of(use.paragraph).strip() == use.tag.written.strip()
    row = use.row
    if row is not None:
        words = "".join(one.text or "" for one in row.iter(runs.T)).strip()
        if words == use.tag.written.strip():
            return "tr"
    return "p" if alone else ""


def _holder(use: Use) -> Any:
    """Return what both ends of a block must share."""
    if use.level == "tr":
        return use.row.getparent()
    return use.paragraph.getparent() if use.level == "p" else use.paragraph


# ---- from our words to the engine's ----
def _translate(
    use: Use,
    open_blocks: list[tuple[Use, Table | None]],
    repeated: dict[Any, tuple[Table, list[Use]]],
    preparing: Preparing,
) -> None:
    tag = use.tag
    if tag.kind == "wrong":
        preparing.fault(
            use,
            "看不懂这一处。字段写成“{{ 名称 }}”或“{{ 表名.列名 }}”，不能计算，也不能用别的写法。",
        )
    elif tag.kind == "value":
        _value(use, open_blocks, repeated, preparing)
    elif tag.kind == "if":
        known = preparing.vocabulary.field(tag.name)
        if known is None:
            _unknown(use, tag.name, preparing)
            known_number = 0
        else:
            known_number = preparing.variable(known.name)
        word = "not " if tag.negated else ""
        _write(use, f"if {word}b{known_number}")
        open_blocks.append((use, None))
    elif tag.kind == "for":
        table = preparing.vocabulary.table(tag.name)
        if table is None:
            _unknown(use, tag.name, preparing, of_tables=True)
        elif any(kind.tag.kind == "for" for kind, _table in open_blocks):
            preparing.fault(use, "表里不能再套一个表。请分成两个表。")
        else:
            number = preparing.column(table, ROW_NUMBER)[0]
            _write(use, f"for r in t{number}")
        open_blocks.append((use, table))
    else:
        _close(use, open_blocks, preparing)


def _close(use: Use, open_blocks: list[tuple[Use, Table | None]], preparing: Preparing) -> None:
    wanted = "for" if use.tag.kind == "endfor" else "if"
    if not open_blocks or open_blocks[-1][0].tag.kind != wanted:
        preparing.fault(use, "前面没有和它成对的开头。请删去它，或在前面补上。")
        return
    begun = open_blocks[-1][0]
    if begun.level != use.level or _holder(begun) is not _holder(use):
        preparing.fault(
            use,
            f"它和开头的“{begun.tag.written}”要么写在同一段里，要么各自单独占一段（或表格的一行）。",
        )
    if use.tag.kind != "else":
        open_blocks.pop()
    _write(use, use.tag.kind)


def _write(use: Use, words: str) -> None:
    runs.set_text(use.run, f"{{%{use.level} {words} %}}" if use.level else f"{{% {words} %}}")


def _value(
    use: Use,
    open_blocks: list[tuple[Use, Table | None]],
    repeated: dict[Any, tuple[Table, list[Use]]],
    preparing: Preparing,
) -> None:
    tag, known = use.tag, preparing.vocabulary
    whole = f"{tag.name}.{tag.column}" if tag.column else tag.name
    if (found := known.field(whole)) is not None:
        runs.set_text(use.run, f"{{{{ v{preparing.variable(found.name)}{_inside(use)} }}}}")
        return
    block = next(((one, table) for one, table in open_blocks if one.tag.kind == "for"), None)
    in_block = block is not None and tag.name == block[0].tag.row
    table = block[1] if in_block and block else known.table(tag.name)
    if in_block and table is None:
        return  # the head of the block is at fault, and said so
    if not tag.column or table is None:
        _unknown(use, tag.name, preparing, of_tables=bool(tag.column) and not whole.isascii())
        return
    columns = {normal(one): one for one in (*table.columns, ROW_NUMBER)}
    column = columns.get(normal(tag.column))
    if column is None:
        sentence = f"“{table.name}”没有这一列。它有：{'、'.join(table.columns)}、{ROW_NUMBER}。"
        preparing.fault(use, sentence)
        return
    number = preparing.column(table, column)[1]
    runs.set_text(use.run, f"{{{{ r[{number}]{_inside(use)} }}}}")
    if block is not None and block[1] is table:
        return
    if block is not None:
        preparing.fault(use, "表里不能再套一个表。请分成两个表。")
        return
    unit = use.row if use.row is not None else use.paragraph
    if repeated.setdefault(unit, (table, []))[0] is not table:
        preparing.fault(use, "同一行（或同一段）里只能用一个表的列。请分成两行。")
    repeated[unit][1].append(use)


def _unknown(use: Use, name: str, preparing: Preparing, *, of_tables: bool = False) -> None:
    nearest = preparing.vocabulary.nearest(name, of_tables=of_tables)
    told = f"是不是“{'”“'.join(nearest)}”？" if nearest else ""
    kind = "表" if of_tables else "字段"
    preparing.fault(use, f"没有叫“{name}”的{kind}。{told}可用的{kind}见字段表。", nearest)


def _inside(use: Use) -> str:
    """Return the filters for a value in a book title or a quotation, or alone in its paragraph."""
    before = ""
    for text in runs.texts_of(use.paragraph):
        if text.getparent() is use.run:
            break
        before += text.text or ""
    in_book = before.count("《") > before.count("》")
    quoted = before.count("“") > before.count("”")
    marks = ("|in_book" if in_book else "") + ("|in_quotes" if quoted else "")
    alone = "".join(one.text or "" for one in runs.texts_of(use.paragraph) if one.text).strip()
    return f"{marks}|paragraphs" if alone == use.tag.written else marks


def _repeat(unit: Any, table: Table, inside: list[Use], preparing: Preparing) -> None:
    """Repeat a row or paragraph for each row of `table`; without any, say so once."""
    number = list(preparing.tables).index(table.name)
    kind = "tr" if unit.tag == TR else "p"
    empty = copy.deepcopy(unit)
    told = [use.tag.column != ROW_NUMBER for use in inside]
    says = told.index(True) if any(told) else 0
    at = 0
    for text in empty.iter(runs.T):
        if (text.text or "").startswith("{{ r["):
            text.text, at = NOTHING if at == says else "", at + 1
        elif kind == "p":
            text.text = ""
    unit.addprevious(_marker(kind, f"for r in t{number}"))
    for one in (_marker(kind, "endfor"), empty, _marker(kind, "else")):
        unit.addnext(one)


def _marker(kind: str, words: str) -> Any:
    """Return a row or paragraph that holds nothing but a word of control."""
    paragraph = etree.Element(runs.P)
    run = etree.SubElement(paragraph, runs.R)
    etree.SubElement(run, runs.T).text = f"{{%{kind} {words} %}}"
    if kind == "p":
        return paragraph
    row = etree.Element(TR)
    etree.SubElement(row, TC).append(paragraph)
    return row
