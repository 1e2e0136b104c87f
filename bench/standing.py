"""One teacher's five years, some 700 records, from loaded rows to the standing.

Rows are tuples as the database gives them; making Facts of them is measured too. What is counted is
processor time of one process, without and with awards that still wait.
"""

import json
import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from statistics import median
from time import process_time
from typing import Any
from uuid import UUID

from yanxiu.kernel.spans import Span
from yanxiu.ledger.rules.evaluating import award
from yanxiu.ledger.rules.facts import Facts
from yanxiu.ledger.rules.lines import Earned
from yanxiu.ledger.rules.loading import load, shipped
from yanxiu.ledger.rules.persons import Exempt, Person
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.ledger.rules.standing import standing

ROOT = Path(__file__).resolve().parent.parent
EVERYTHING = ROOT / "yanxiu" / "ledger" / "rules" / "tests" / "everything.yaml"
RECORDS, WAITING, ROUNDS, TRIES = 700, 40, 11, 20_000
FIRST, LAST = date(2025, 9, 1), date(2030, 6, 30)
DIMENSIONS = ("role", "organiser_level", "delivery_mode", "theme")
TEACHER = UUID(int=7)
PROOF = frozenset(
    code for scheme in shipped().values() for code, _ in dict(scheme.labels).get("evidence", ())
)
Row = tuple[Any, ...]


def rows(scheme: Scheme) -> list[Row]:
    """Return loaded rows of all that the scheme pays: the record, and amount and unit of its entry.

    Kinds, roles, levels and the rest are thrown with dice of a known seed.
    """
    kinds = [kind for rule in scheme.award_rules for kind in rule.applies_to.codes("kind") or ()]
    first, last = _days(scheme)
    found: list[Row] = []
    dice = Random(5)  # noqa: S311 (the same rows each time)
    words = [[code for code, _ in dict(scheme.labels).get(each, ())] for each in DIMENSIONS]
    for _ in range(TRIES):
        if len(found) == RECORDS + WAITING:
            break
        day = first + timedelta(days=len(found) * (last - first).days // (RECORDS + WAITING))
        codes = [dice.choice(known) if known else "" for known in words]
        event, content = f"session:{dice.randrange(400)}", f"课{dice.randrange(60)}"
        row = (UUID(int=dice.getrandbits(128)), dice.choice(kinds), day, *codes, content, event)
        given = award(scheme, facts_of((*row, Decimal(0), "")))
        if given is not None and given.valid:
            found.append((*row, given.amount, given.unit))
    return found


def _days(scheme: Scheme) -> tuple[date, date]:
    """Return the first and last day of the five years; those of a scheme that has ended."""
    if scheme.effective_to is None:
        return FIRST, LAST
    return scheme.effective_from, scheme.effective_to


def facts_of(row: Row) -> Facts:
    """Return a row as the rules see it."""
    uid, kind, day, role, level, mode, theme, content, event, _, _ = row
    return Facts(
        uid=uid, teacher_uid=TEACHER, kind=kind, on=day, role=role, minutes=90, stated=Decimal(2),
        organiser_level=level, delivery_mode=mode, theme=theme, content_key=content,
        event_key=event, evidence=PROOF, grade="pass",
    )  # fmt: skip


def reckon(scheme: Scheme, loaded: list[Row], waiting: list[Row], person: Person) -> object:
    """Go the whole way from rows to the standing."""
    posted, pending = (
        [Earned(facts_of(row), row[9], row[10], row[2], row[0]) for row in some]
        for some in (loaded, waiting)
    )
    terms = [Span(date(year, 9, 1), date(year + 1, 1, 20)) for year in range(2025, 2030)]
    return standing(scheme, posted, pending, on=_days(scheme)[1], semesters=terms, person=person)


def case(scheme: Scheme) -> dict[str, Any]:
    """Return the median processor time for one teacher, without and with waiting awards."""
    whole = rows(scheme)
    waiting = whole[:: max(1, len(whole) // WAITING)]
    posted = [row for row in whole if row not in waiting]
    exempt = Exempt("maternity", Span(date(2027, 3, 1), date(2027, 9, 1)))
    person = Person(
        uid=TEACHER, tiers=frozenset(("novice",)), joined_on=date(2025, 9, 1),
        cycle_from=date(2025, 9, 1), exemptions=(exempt,),
    )  # fmt: skip
    told: dict[str, Any] = {"records": len(whole)}
    for name, late in (("posted_ms", []), ("with_pending_ms", waiting)):
        times = []
        for _ in range(ROUNDS):
            start = process_time()
            reckon(scheme, posted, late, person)
            times.append((process_time() - start) * 1000)
        told[name] = round(median(times), 2)
    return told


def told() -> dict[str, Any]:
    """Return the figures of each scheme that is shipped, and of one with all that can be said."""
    return {scheme.id: case(scheme) for scheme in [*shipped().values(), load(EVERYTHING)]}


def measure(_module: str, case_name: str) -> dict[str, Any]:
    """Measure in a process of its own; return the figures."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.standing"], check=True, cwd=ROOT, stdout=subprocess.PIPE
    )
    return {"bench": "standing", "case": case_name, **json.loads(done.stdout)}


if __name__ == "__main__":
    json.dump(told(), sys.stdout)
