"""What else the words may mean, where nothing has them all: whose it is, and of which kind."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from yanxiu.people.models import Teacher
from yanxiu.search.queries.finding import Wanted
from yanxiu.texts.keys import key


def readings(wanted: Wanted, kinds: Mapping[str, str]) -> Iterator[tuple[Wanted, str]]:
    """Yield what `wanted` may mean with a word for a person, then with one for a kind as well.

    Somebody looks for 张晓雯 听课 and means the records of 张晓雯, which need not name her. One
    statement.

    Args:
        wanted: with nobody chosen; else there is nothing to yield.
        kinds: what can be searched, with its name.

    Yields:
        What is meant, and the name that was taken for a person.
    """
    words = wanted.text.split()
    if wanted.people is not None or not words:
        return
    called: dict[str, list[int]] = {}
    rows = Teacher.objects.filter(name_key__in=[key(word) for word in words])
    for named, pk in rows.values_list("name_key", "pk"):
        called.setdefault(named, []).append(pk)
    name = next((word for word in words if key(word) in called), "")
    if not name:
        return
    rest = [word for word in words if word != name]
    theirs = replace(wanted, text=" ".join(rest), people=called[key(name)])
    yield theirs, name
    if wanted.kind:
        return
    for word in rest:
        for kind, said in kinds.items():
            if len(word) > 1 and key(word) in key(said):
                others = " ".join(each for each in rest if each != word)
                yield replace(theirs, text=others, kind=kind), name
