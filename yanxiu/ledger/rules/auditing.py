"""抽查: checking a sample instead of everybody, drawn so that anybody can draw it again.

Within each stratum everybody is put in the order of SHA-256 of `种子|编号`, written in hexadecimal,
and the first so many are taken. The seed is published, so the order can be reckoned anew with any
tool: `printf '%s' '种子|编号' | sha256sum`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from math import ceil
from typing import Final

from yanxiu.ledger.rules.values import Number

RANDOM, TAIL_DIGIT = "random", "tail_digit"
METHODS: Final = (RANDOM, TAIL_DIGIT)
STRATA: Final = ("school", "group", "stage")
REDO, RECORD = "redo", "record"
ON_FAIL: Final = (REDO, RECORD)
CHECKERS: Final = ("school", "central_school", "county", "county_teacher_school")
HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class Audit:
    """How a place checks by sample.

    Attributes:
        method: `random`, or `tail_digit` of the number that a school gives its teachers.
        percent: of each stratum, rounded up; at least one of each.
        strata: by which the sample is spread: `school`, `group`, `stage`.
        on_fail: `redo` sends what does not pass back, to be checked again; `record` only notes it.
        redo_days: so many days there are for it.
        by: which level checks.
        window: first and last day of every year between which is checked, or None.
        spare_sampled: whether those who were sampled in the same cycle come last.
    """

    method: str
    percent: Number
    strata: tuple[str, ...]
    on_fail: str
    source: str
    by: str = "school"
    redo_days: int = 15
    window: tuple[tuple[int, int], tuple[int, int]] | None = None
    spare_sampled: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can be drawn; `uid` and `number` as text, `stratum` in words.

    `before` says how often the person was drawn earlier.
    """

    uid: str
    stratum: tuple[str, ...] = ()
    number: str = ""
    before: int = 0


@dataclass(frozen=True, slots=True)
class Drawn:
    """Somebody drawn, with the place in the stratum that shows why."""

    uid: str
    stratum: tuple[str, ...]
    place: int
    size: int
    mark: str


def mark_of(seed: str, uid: str) -> str:
    """Return the number by which the person `uid` is put in order under `seed`."""
    return sha256(f"{seed}|{uid}".encode()).hexdigest()


def how_many(percent: Number, size: int) -> int:
    """Return how many of `size` are drawn: rounded up, at least one where there is anybody."""
    return min(size, max(1, ceil(Fraction(percent) * size / HUNDRED))) if size else 0


def draw(
    people: Sequence[Candidate], *, seed: str, percent: Number, spare_sampled: bool = False
) -> list[Drawn]:
    """Return the sample, stratum by stratum; the order of `people` makes no difference.

    With `spare_sampled` those drawn least often before come first, and the marks decide among them.
    """
    strata: dict[tuple[str, ...], list[Candidate]] = {}
    for one in people:
        strata.setdefault(one.stratum, []).append(one)
    drawn: list[Drawn] = []
    for stratum in sorted(strata):
        members = sorted(
            strata[stratum],
            key=lambda one: (one.before if spare_sampled else 0, mark_of(seed, one.uid)),
        )
        taken = members[: how_many(percent, len(members))]
        drawn.extend(
            Drawn(one.uid, stratum, place, len(members), mark_of(seed, one.uid))
            for place, one in enumerate(taken, start=1)
        )
    return drawn


def draw_by_digit(people: Sequence[Candidate], digit: str) -> list[Drawn]:
    """Return everybody whose number ends in `digit`; who has no number is never drawn."""
    sizes: dict[tuple[str, ...], int] = {}
    for one in people:
        sizes[one.stratum] = sizes.get(one.stratum, 0) + 1
    ending = sorted(
        (one for one in people if one.number.endswith(digit)),
        key=lambda one: (one.stratum, one.number, one.uid),
    )
    places: dict[tuple[str, ...], int] = {}
    drawn = []
    for one in ending:
        places[one.stratum] = places.get(one.stratum, 0) + 1
        place, size = places[one.stratum], sizes[one.stratum]
        drawn.append(Drawn(one.uid, one.stratum, place, size, one.number))
    return drawn


@dataclass(frozen=True, slots=True)
class Checker:
    """Somebody who can check, and the groups in which nobody may be checked by this person."""

    uid: str
    groups: frozenset[str]


def assign(
    drawn: Sequence[tuple[str, frozenset[str]]], checkers: Sequence[Checker]
) -> dict[str, str]:
    """Share the drawn (uid and groups) out evenly; nobody checks the own person or group.

    Returns:
        The uid of the checker by that of the drawn; who can be checked by nobody is left out.
    """
    able = {
        uid: sorted(one.uid for one in checkers if one.uid != uid and not one.groups & groups)
        for uid, groups in drawn
    }
    load = {one.uid: 0 for one in checkers}
    found: dict[str, str] = {}
    for uid in sorted(able):
        if able[uid]:
            found[uid] = min(able[uid], key=lambda one: (load[one], one))
            load[found[uid]] += 1
    while moved := _relief(found, able, load):
        uid, other = moved
        load[found[uid]] -= 1
        load[other] += 1
        found[uid] = other
    return found


def _relief(
    found: dict[str, str], able: dict[str, list[str]], load: dict[str, int]
) -> tuple[str, str] | None:
    """Return somebody who should go to a checker with at least two fewer, if there is one."""
    for uid, checker in sorted(found.items()):
        for other in able[uid]:
            if load[other] + 1 < load[checker]:
                return uid, other
    return None
