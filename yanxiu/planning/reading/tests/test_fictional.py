"""Documents of other kinds of schools, in other layouts and words, are read by the same rules."""

import pytest

from yanxiu.documents.reading import read
from yanxiu.planning.reading import read_documents
from yanxiu.planning.reading.tests import scoring
from yanxiu.planning.reading.tests.documents.kept import FICTIONAL, table_of

LEAST = 0.95


@pytest.mark.parametrize("name", FICTIONAL)
def test_what_the_document_says_is_read(name: str) -> None:
    data, file = FICTIONAL[name]
    outline = read(data, name=file)
    (document,) = read_documents(outline)
    rows = scoring.read_rows(table_of(name))

    missing = scoring.misses(rows, document, outline)

    score = 1 - len(missing) / len(rows)
    assert score >= LEAST, f"{name}: {score:.1%} of {len(rows)}; missing: {missing}"
