"""How leaves are written on paper: one table of all, then what was written at length."""

from collections.abc import Iterable, Sequence

from yanxiu.documents.volume import Volume
from yanxiu.figures.leaves import Leaf


def day_words(leaf: Leaf) -> str:
    """Return the day of a leaf, for a narrow column."""
    return f"{leaf.on.year}.{leaf.on.month}.{leaf.on.day}"


def told_in_table(leaves: Sequence[Leaf]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the head and the rows of a table of `leaves`, without columns that say nothing."""
    columns = [
        ("日期", [day_words(leaf) for leaf in leaves]),
        ("内容", [leaf.title for leaf in leaves]),
        ("承担", [leaf.part for leaf in leaves]),
        ("分钟", ["" if leaf.minutes is None else str(leaf.minutes) for leaf in leaves]),
        ("计得", [leaf.amount for leaf in leaves]),
        ("说明", ["；".join(f"{name}：{text}" for name, text in leaf.facts) for leaf in leaves]),
    ]
    kept = [(name, cells) for name, cells in columns if any(cells)]
    return tuple(name for name, _cells in kept), list(
        zip(*(cells for _n, cells in kept), strict=True)
    )


def at_length(leaves: Iterable[Leaf]) -> list[Leaf]:
    """Return the leaves that have texts or tables of their own."""
    return [leaf for leaf in leaves if leaf.tables or any(text for _name, text in leaf.texts)]


def write_section(volume: Volume, leaves: Sequence[Leaf]) -> None:
    """Write the leaves of one category: the table, then each that says more."""
    head, rows = told_in_table(leaves)
    volume.table(head, rows)
    for leaf in at_length(leaves):
        volume.heading(f"{day_words(leaf)}　{leaf.title}", level=3)
        for name, text in leaf.texts:
            if text:
                volume.paragraph(f"{name}：")
                volume.lines(text)
        for table in leaf.tables:
            volume.table(table.head, table.rows, caption=table.name)
