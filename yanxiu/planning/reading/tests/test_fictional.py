"""Documents of other kinds of schools, in other layouts and words, are read by the same rules."""

import pytest

from yanxiu.documents.reading import read
from yanxiu.planning.reading import read_documents
from yanxiu.planning.reading.tests import scoring
from yanxiu.planning.reading.tests.documents.kept import FICTIONAL, UNSEEN, table_of

LEAST, LEAST_UNSEEN = 0.95, 0.75


def read_of(name: str) -> tuple[float, list[str]]:
    """How much of what the document says was read, and what was not."""
    data, file = FICTIONAL[name]
    outline = read(data, name=file)
    (document,) = read_documents(outline)
    rows = scoring.read_rows(table_of(name))
    missing = scoring.misses(rows, document, outline)
    return 1 - len(missing) / len(rows), missing


@pytest.mark.parametrize("name", sorted(set(FICTIONAL) - UNSEEN))
def test_what_the_document_says_is_read(name: str) -> None:
    score, missing = read_of(name)

    assert score >= LEAST, f"{name}: {score:.1%}; missing: {missing}"


def test_documents_no_rule_was_made_for_are_read_for_the_most_part() -> None:
    scores = {name: read_of(name)[0] for name in UNSEEN}

    assert sum(scores.values()) / len(scores) >= LEAST_UNSEEN, scores
