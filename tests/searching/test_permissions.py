"""Of every kind each reader finds exactly what the reader's own page of it would show."""

from typing import Any

from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.sources import Source
from yanxiu.originality import actions as originality
from yanxiu.people.models import Teacher
from yanxiu.places.table import all_places
from yanxiu.search import actions, queries
from yanxiu.search.queries import Wanted


def found_by(reader: Teacher, kind: str, text: str = "") -> set[Source]:
    """Return all hits of a kind, page by page."""
    hits: set[Source] = set()
    before, page = 0, 1
    while page or before:
        found = queries.find(reader, Wanted(text, kind=kind, before=before, page=max(page, 1)))
        hits |= {hit.source for hit in found.hits}
        before, page = (before, found.next_page) if found.next_page else (found.next_before, 0)
    return hits


def test_every_reader_finds_what_is_open_and_nothing_else(cast: Cast, zhou: Teacher) -> None:
    qian = cast.people["qian"]
    for school, by in ((cast.school, zhou), (cast.other_school, qian)):
        for number in range(70):
            originality.add_known_text(
                school,
                sort="template",
                title=f"{school.name}第{number}篇",
                text="折纸的办法让分数看得见，孩子们自己折出了四分之一。",
                by=by,
                at=MORNING,
            )
    actions.rebuild()

    for name in ("shen", "zhou", "li", "wang", "zhao", "guan", "qian"):
        for kind, place in all_places().items():
            if place.text is None:
                continue
            reader: Any = Teacher.objects.get(pk=cast.people[name].pk)
            rows = place.rows().filter(place.seen_by(reader))
            kept = place.searched or (lambda _row: True)
            open_to = {Source(kind, row.uid) for row in rows if kept(row)}
            assert found_by(reader, kind) == open_to, (name, kind)
    assert len(found_by(zhou, "originality.known_text", "四分之一")) == 70
