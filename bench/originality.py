"""Originality: how much of what was copied is found, and how long that takes as works grow many.

The texts, and what is done to those that are copied, are those of the tests: the same each time.
Everything runs in a process and a database of its own. Times are processor time unless they say
seconds; "found" is the share of copies whose source is named.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from statistics import median
from typing import Any
from uuid import UUID

from bench.apart import measured, ready

SIZES = (10_000, 100_000)
APART = 1_000
"""So many are stored each in its own transaction; the others by the hundred."""

SOURCES = 200
"""So many are copied; they lie evenly among all."""

LENGTHS = (120, 200, 300, 400, 600)
QUERIES = 100
ROUNDS = 3


def measure(_module: str, case_name: str) -> dict[str, Any]:
    """Measure in a process and a data folder of its own; return the figures."""
    return {"bench": "originality", "case": case_name, **measured("originality", database=True)}


def written(number: int) -> str:
    """Return the text of work `number`."""
    from yanxiu.originality.tests.made_up import text  # noqa: PLC0415 (after the set-up)

    return text(number, LENGTHS[number % len(LENGTHS)])


def fingerprinted() -> int:
    """Return how many texts of some 400 letters are fingerprinted in a second of the processor."""
    from yanxiu.originality.tests.made_up import text  # noqa: PLC0415
    from yanxiu.texts.keys import key  # noqa: PLC0415
    from yanxiu.texts.passages import kept_grams  # noqa: PLC0415

    texts = [text(number)[:400] for number in range(2_000)]
    key(texts[0])
    rates = []
    for _ in range(3):
        began = time.process_time()
        for each in texts:
            kept_grams(key(each))
        rates.append(len(texts) / (time.process_time() - began))
    return int(max(rates))


def store(first: int, last: int, school: Any, at: datetime, together: int) -> dict[str, float]:
    """Enter the works `first` to `last`, so many in a transaction; return how fast."""
    from django.db import transaction  # noqa: PLC0415

    from yanxiu.kernel.sources import Source  # noqa: PLC0415
    from yanxiu.originality import actions  # noqa: PLC0415

    took = seconds = 0.0
    for start in range(first, last, together):
        some = [(number, written(number)) for number in range(start, min(start + together, last))]
        began, wall = time.process_time(), time.perf_counter()
        with transaction.atomic():
            for number, text in some:
                actions.enter(
                    Source("made.up", UUID(int=number)), title=f"作品{number}", text=text,
                    organisation=school, author=None, at=at,
                )  # fmt: skip
        took += time.process_time() - began
        seconds += time.perf_counter() - wall
    count = last - first
    return {"per_cpu_s": round(count / took), "per_s": round(count / seconds)}


def quality(size: int, school: Any) -> dict[str, Any]:
    """Return how much is found of what was copied, and the share of false passages."""
    from yanxiu.originality.tests.made_up import edited, embedded, swapped  # noqa: PLC0415

    ways: dict[str, Callable[[str, int], str]] = {
        "same": lambda text, _seed: text,
        "10%": lambda text, seed: edited(text, 0.1, seed),
        "30%": lambda text, seed: edited(text, 0.3, seed),
        "embedded": embedded,
        "swapped": lambda text, _seed: swapped(text),
    }
    told: dict[str, Any] = {}
    false = passages = 0
    for name, way in ways.items():
        found = 0
        for number in _sources(size):
            right, wrong = _named(way(written(number), number), number, school)
            found += right > 0
            passages += right + wrong
            false += wrong
        told[name] = round(found / SOURCES, 3)
    return {"found": told, "false_passages": round(false / max(passages, 1), 4)}


def _sources(size: int) -> Iterator[int]:
    return iter(range(0, size, size // SOURCES))


def _named(text: str, number: int, school: Any) -> tuple[int, int]:
    """Return how many passages name the source, and how many name another work."""
    from yanxiu.originality import queries  # noqa: PLC0415

    right = wrong = 0
    for match in queries.alike(text, organisation=school):
        if match.source.uid == UUID(int=number):
            right += len(match.passages)
        else:
            wrong += len(match.passages)
    return right, wrong


def asked(size: int, school: Any) -> dict[str, float]:
    """Return what a query of 400 letters takes: a work with a tenth edited, and a new one.

    Each is asked ROUNDS times and the median told; `first` is the round that finds nothing read
    from the disk yet.
    """
    from yanxiu.originality.tests.made_up import edited, text  # noqa: PLC0415

    copied = [
        edited(written(number), 0.1, number)[:400] for number in range(3, size, size // QUERIES)
    ]
    fresh = [text(500_000_000 + number)[:400] for number in range(QUERIES)]
    told = {}
    for name, texts in (("copied", copied[:QUERIES]), ("new", fresh)):
        rounds = [_round(texts, school) for _ in range(ROUNDS)]
        told[f"{name}_first_ms"] = rounds[0][1]
        for place, figure in enumerate(("cpu_ms", "ms", "p95_ms")):
            told[f"{name}_{figure}"] = median(each[place] for each in rounds)
    return told


def _round(texts: list[str], school: Any) -> tuple[float, float, float]:
    """Return the mean processor time, the mean time and the 95th percentile, in milliseconds."""
    from yanxiu.originality import queries  # noqa: PLC0415

    times, walls = [], []
    for each in texts:
        began, wall = time.process_time(), time.perf_counter()
        queries.alike(each, organisation=school)
        times.append((time.process_time() - began) * 1000)
        walls.append((time.perf_counter() - wall) * 1000)
    return (
        round(sum(times) / len(times), 2),
        round(sum(walls) / len(walls), 2),
        round(sorted(walls)[len(walls) * 95 // 100], 2),
    )


def main() -> None:
    """Fill the database in two steps, and measure after each."""
    ready()
    from django.utils import timezone  # noqa: PLC0415

    from yanxiu.people import actions as people  # noqa: PLC0415

    now = timezone.now()
    school = people.add_organisation(None, "量尺小学", by=None, at=now)
    told: dict[str, Any] = {"day": date.today().isoformat(), "fingerprinted": fingerprinted()}  # noqa: DTZ011
    sizes = [int(word) for word in sys.argv[1:]] or list(SIZES)
    filled = 0
    for size in sizes:
        together = store(filled, size - APART, school, now, 100)
        apart = store(size - APART, size, school, now, 1)
        told[f"{size}"] = {
            "stored_together": together, "stored_apart": apart,
            "query": asked(size, school), **quality(size, school),
        }  # fmt: skip
        filled = size
        print(size, told[f"{size}"], file=sys.stderr)
    first, last = (told[f"{size}"]["query"]["copied_cpu_ms"] for size in (sizes[0], sizes[-1]))
    told["growth"] = round(last / first, 2)
    json.dump(told, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
