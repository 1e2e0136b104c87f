"""Reading plans and summaries from documents, as a proposal to a person. Plain Python, no Django.

`read_documents` gives what the text says with the place where it says so; nothing is changed or
completed silently. The shapes of the values are told in `findings`.
"""

from yanxiu.planning.reading.drafting import draft_scheme
from yanxiu.planning.reading.findings import (
    FACT_LABELS,
    LABELS,
    Fact,
    Finding,
    Note,
    Period,
    ReadDocument,
    Section,
)
from yanxiu.planning.reading.reader import as_json, read_documents

__all__ = [
    "FACT_LABELS",
    "LABELS",
    "Fact",
    "Finding",
    "Note",
    "Period",
    "ReadDocument",
    "Section",
    "as_json",
    "draft_scheme",
    "read_documents",
]
