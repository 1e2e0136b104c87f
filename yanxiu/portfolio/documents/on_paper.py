"""How leaves are written on paper: one table of all, then what was written at length."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from yanxiu.documents.volume import Volume
from yanxiu.figures.leaves import Leaf
from yanxiu.ui.wording import amount_text


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


def sum_of(leaves: Iterable[Leaf]) -> str:
    """Say what `leaves` earned together by each scheme, and what is not in it.

    Nothing where none of them earned anything. What a cap takes from several records together is
    not known to a leaf, so the sentence says where it is.
    """
    sums: defaultdict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 2)
    without = 0
    for leaf in leaves:
        without += not leaf.earned
        for one in leaf.earned:
            sums[one.rule, one.unit][one.waits] += one.amount
    if not sums:
        return ""
    several = len({rule for rule, _unit in sums}) > 1
    said = []
    for (rule, unit), (recognised, waits) in sums.items():
        waiting = f"，另有 {amount_text(waits)} {unit}待认定" if waits else ""
        front = f"《{rule}》" if several else ""
        said.append(f"{front}{amount_text(recognised)} {unit}{waiting}")
    left_out = f"没有写“计得”的 {without} 条不在内。" if without else ""
    return (
        f"计得合计：{'；'.join(said)}。{left_out}"
        "这是各条单独计得的数相加；封顶、只计一次等规定要和别的记录合在一起算，"
        "计入多少见“我的学时”和研修手册的登记表。"
    )


def write_section(volume: Volume, leaves: Sequence[Leaf]) -> None:
    """Write the leaves of one category: the table, then each that says more."""
    head, rows = told_in_table(leaves)
    volume.table(head, rows)
    if total := sum_of(leaves):
        volume.paragraph(total)
    for leaf in at_length(leaves):
        volume.heading(f"{day_words(leaf)}　{leaf.title}", level=3)
        for name, text in leaf.texts:
            if text:
                volume.paragraph(f"{name}：")
                volume.lines(text)
        for table in leaf.tables:
            volume.table(table.head, table.rows, caption=table.name)
