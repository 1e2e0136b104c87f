"""The chronicle as a Word document."""

import io

from yanxiu.documents.volume import Volume
from yanxiu.documents.word.paper import Gap, Piece
from yanxiu.figures.leaves import Leaf
from yanxiu.reports.documents.chronicle.data import Chronicle
from yanxiu.ui.wording import day_text

TITLE = "活动纪实"
EMPTY = "这段时间还没有已经关闭的活动。"
NUMERALS = "一二三四五六七八九十"


def document(chronicle: Chronicle) -> bytes:
    """Return the docx file; the same chronicle gives the same bytes."""
    buffer = io.BytesIO()
    with Volume(buffer, f"{chronicle.unit}{TITLE}") as volume:
        volume.cover(
            f"{chronicle.organisation}{chronicle.unit}\n{TITLE}", subtitle=chronicle.period
        )
        volume.table(("项目", "内容"), _facts(chronicle))
        volume.table(("数据项", "数"), chronicle.figures, caption="这段时间的数")
        labels = [_label(leaf) for _kind, leaves in chronicle.parts for leaf in leaves]
        if labels:
            volume.page_break()
            volume.contents(labels)
        else:
            volume.paragraph(EMPTY)
        for _kind, leaves in chronicle.parts:
            for leaf in leaves:
                _write(volume, leaf)
    return buffer.getvalue()


def _facts(chronicle: Chronicle) -> list[tuple[str, Piece]]:
    return [
        ("学校", chronicle.organisation),
        ("单位", chronicle.unit),
        ("组长", chronicle.leaders or Gap("组长")),
        ("成员", chronicle.members or Gap("成员")),
        ("时段", chronicle.period),
        ("制表", chronicle.made_on.isoformat()),
    ]


def _label(leaf: Leaf) -> str:
    return f"{day_text(leaf.on)}　{leaf.title}"


def _write(volume: Volume, leaf: Leaf) -> None:
    volume.part(leaf.title, subtitle=day_text(leaf.on, year=True))
    volume.table(("项目", "内容"), leaf.facts)
    number = 0
    for name, text in leaf.texts:
        number += 1
        volume.heading(f"{NUMERALS[number - 1]}、{name}")
        if text.strip():
            volume.lines(text)
        else:
            volume.gap(name)
    for table in leaf.tables:
        number += 1
        volume.heading(f"{NUMERALS[number - 1]}、{table.name}")
        volume.table(table.head, table.rows)
