"""The growth file as a PDF."""

from typing import Any

from yanxiu.documents.pdf import HEAD, write_pdf
from yanxiu.portfolio.documents.growth_file.data import GrowthFile
from yanxiu.portfolio.documents.growth_file.paper import EMPTY, TITLE
from yanxiu.portfolio.documents.on_paper import at_length, day_words, sum_of, told_in_table

SOURCE = (
    HEAD
    + """
#let grid-of(head, rows, widths) = table(
  columns: widths,
  table.header(..head.map(cell => strong(cell))),
  ..rows.flatten(),
)
#let wide(head) = head.map(name => if name in ("内容", "说明") { 1fr } else { auto })

#align(center)[#v(20mm) #text(size: 24pt, font: ("Noto Sans SC",))[#given.title]
#v(4mm) #text(size: 16pt)[#given.name] #v(10mm)]
#align(center, table(columns: (30mm, 90mm), ..given.facts.flatten()))
#if given.terms.len() == 0 [#given.empty] else {
  v(10mm)
  outline(title: [目录], depth: 1)
}

#for term in given.terms {
  pagebreak(weak: true)
  heading(level: 1, term.name)
  for part in term.parts {
    heading(level: 2, part.name)
    grid-of(part.head, part.rows, wide(part.head))
    if part.sum != "" { par(part.sum) }
    for leaf in part.leaves {
      heading(level: 3, leaf.title)
      for text in leaf.texts {
        if text.name != "" { par(text.name + "：") }
        for line in text.lines { par(line) }
      }
      for one in leaf.tables {
        if one.name != "" { par(one.name) }
        grid-of(one.head, one.rows, one.head.map(_ => auto))
      }
    }
  }
}
"""
)


def pdf(file: GrowthFile) -> bytes:
    """Return the PDF; the same file gives the same bytes."""
    return write_pdf(
        SOURCE,
        {
            "title": TITLE,
            "name": file.name,
            "empty": EMPTY,
            "facts": file.facts,
            "terms": [
                {"name": name, "parts": [_part(section.name, leaves) for section, leaves in parts]}
                for name, parts in file.terms
            ],
        },
    )


def _part(name: str, leaves: Any) -> dict[str, Any]:
    head, rows = told_in_table(leaves)
    return {
        "name": name,
        "head": head,
        "rows": rows,
        "sum": sum_of(leaves),
        "leaves": [
            {
                "title": f"{day_words(leaf)}　{leaf.title}",
                "texts": [
                    {"name": name, "lines": [one for one in text.splitlines() if one.strip()]}
                    for name, text in leaf.texts
                    if text
                ],
                "tables": [
                    {"name": one.name, "head": one.head, "rows": one.rows} for one in leaf.tables
                ],
            }
            for leaf in at_length(leaves)
        ],
    }
