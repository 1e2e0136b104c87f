"""PDF by typst with the fonts that come with the house; nothing of the system is needed.

    data = write_pdf(SOURCE, {"name": "李某", "lines": [...]})

`SOURCE` is a typst document that reads its values by `#let given = json(bytes(sys.inputs.given))`
(the line `HEAD` does that and sets page and fonts). Values are text, never typst: whatever people
have written is printed as it stands. The same source and values give the same bytes.
"""

from yanxiu.documents.pdf.writing import HEAD, write_pdf

__all__ = ["HEAD", "write_pdf"]
