"""How much of what was copied is found; `bench/originality.py` does the same with 100,000 works."""

from collections.abc import Callable
from uuid import UUID

import pytest

from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.sources import Source
from yanxiu.originality import actions, queries
from yanxiu.originality.tests.made_up import edited, embedded, swapped, text

WORKS, COPIED = 600, 60
LENGTHS = (120, 200, 300, 400, 600)
WAYS: dict[str, tuple[Callable[[str, int], str], float]] = {
    "a tenth edited": (lambda original, seed: edited(original, 0.1, seed), 0.98),
    "three tenths edited": (lambda original, seed: edited(original, 0.3, seed), 0.95),
    "in a text three times longer": (embedded, 0.95),
    "in the other script": (lambda original, _seed: swapped(original), 0.95),
}


def written(number: int) -> str:
    return text(number, LENGTHS[number % len(LENGTHS)])


@pytest.mark.once
def test_copies_are_found_and_others_are_left_alone(cast: Cast) -> None:
    for number in range(WORKS):
        source = Source("made.up", UUID(int=number))
        actions.enter(
            source,
            title=f"{number}",
            text=written(number),
            organisation=cast.school,
            author=None,
            at=MORNING,
        )
    named = wrong = 0
    for way, least in WAYS.values():
        found = 0
        for number in range(0, WORKS, WORKS // COPIED):
            matches = queries.alike(way(written(number), number), organisation=cast.school)
            right = [one for one in matches if one.source.uid == UUID(int=number)]
            found += bool(right)
            named += sum(len(one.passages) for one in matches)
            wrong += sum(len(one.passages) for one in matches if one not in right)
        assert found / COPIED >= least
    assert wrong / named <= 0.03
