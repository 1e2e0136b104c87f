"""Comparing two versions, and posting a reckoning: its cost, and how long others wait to write.

A hundred teachers earned by a hundred sessions; then another version gives each record more. What
is counted is the processor time of showing the difference and, apart, of posting it. One teacher
alone has seven hundred records, the most that stand in one transaction.
"""

import json
import sys
import time
from datetime import date, timedelta
from typing import Any

from bench.apart import measured, ready

TEACHERS, SESSIONS, ALONE = 100, 100, 700
BEGAN = date(2025, 9, 1)


def measure(_module: str, case_name: str) -> dict[str, Any]:
    """Post in a process and a data folder of its own; return the figures."""
    return {"bench": "posting", "case": case_name, **measured("posting")}


def lay_out(at: Any) -> tuple[Any, Any]:
    """Return the adoption of the newer version, over entries of the older one, and an officer."""
    from bench.cast import add_teachers  # noqa: PLC0415 (after the set-up)
    from yanxiu.ledger import actions as ledger  # noqa: PLC0415
    from yanxiu.ledger.tests.written import GENEROUS, SCHEME  # noqa: PLC0415
    from yanxiu.people import actions as people  # noqa: PLC0415

    school = people.add_organisation(None, "量尺小学", by=None, at=at)
    (officer,) = add_teachers(school, 1, at, role="credit_officer", first=90_000_000)
    teachers = add_teachers(school, TEACHERS + 1, at)
    _publish(school, SCHEME, at)
    ledger.adopt_scheme(school, "made-up-county", starts_on=BEGAN, by=None, at=at)
    for place in range(SESSIONS):
        _meet(school, teachers[:TEACHERS], place, at)
    for place in range(ALONE):
        _meet(school, teachers[TEACHERS:], place, at)
    _publish(school, GENEROUS, at)
    adoption = ledger.adopt_scheme(
        school, "made-up-county", version="2027", starts_on=BEGAN, by=None, at=at
    )
    return adoption, officer


def _publish(school: Any, text: str, at: Any) -> None:
    from yanxiu.ledger import actions as ledger  # noqa: PLC0415 (after the set-up)

    file = ledger.start_draft(school, text, by=None, at=at)
    ledger.publish_scheme(file, edition=1, by=None, at=at)


def _meet(school: Any, teachers: list[Any], place: int, at: Any) -> None:
    """Let `teachers` take part in one session."""
    from datetime import time as clock  # noqa: PLC0415

    from yanxiu.kernel.sources import Source  # noqa: PLC0415 (after the set-up)
    from yanxiu.kernel.spans import moment_at  # noqa: PLC0415
    from yanxiu.kernel.uids import new_uid  # noqa: PLC0415
    from yanxiu.ledger import actions as ledger  # noqa: PLC0415

    source = Source("activities.session", new_uid())
    day = BEGAN + timedelta(days=place % 365)
    ledger.submit(
        [
            ledger.NewRecord(
                teacher=teacher, organisation=school, kind="research_activity", role="attendee",
                title="研讨", happened_at=moment_at(day, clock(15)), minutes=90,
                assurance="own_code", source=source,
            )
            for teacher in teachers
        ],
        by=None, at=at,
    )  # fmt: skip


def timed() -> tuple[list[float], list[float]]:
    """Note how long every outermost transaction lasts, in ms: by the clock, and of the processor.

    The clock tells also of what else the machine does just now.
    """
    from django.db import connection, transaction  # noqa: PLC0415 (after the set-up)

    lasted: tuple[list[float], list[float]] = ([], [])
    began = [0.0, 0.0]
    enter, leave = transaction.Atomic.__enter__, transaction.Atomic.__exit__

    def begin(self: Any) -> None:
        outermost = not connection.in_atomic_block
        enter(self)
        if outermost:
            began[:] = time.perf_counter(), time.thread_time()

    def end(self: Any, *error: Any) -> None:
        leave(self, *error)
        if not connection.in_atomic_block:
            for times, now, then in zip(
                lasted, (time.perf_counter(), time.thread_time()), began, strict=True
            ):
                times.append((now - then) * 1000)

    transaction.Atomic.__enter__, transaction.Atomic.__exit__ = begin, end  # type: ignore[method-assign]
    return lasted


def compared(school: Any, at: Any) -> float:
    """Return what comparing both versions takes for one teacher, in ms of processor time."""
    from yanxiu.kernel.spans import day_of  # noqa: PLC0415 (after the set-up)
    from yanxiu.ledger.actions import comparing  # noqa: PLC0415
    from yanxiu.ledger.queries.schemes import scheme_of  # noqa: PLC0415

    old, new = (scheme_of("made-up-county", version) for version in ("2026", "2027"))
    day = day_of(at)
    asked = comparing.Question(school, old, new, comparing.since(old, new, day), day)
    used = time.process_time()
    tally = comparing.count(asked, told=lambda *_: None, keep=lambda *_: None)
    return round((time.process_time() - used) * 1000 / tally.teachers, 1)


def main() -> None:
    """Lay out, reckon, post, and print what it took."""
    ready()
    from django.utils import timezone  # noqa: PLC0415

    from yanxiu.ledger import chain  # noqa: PLC0415
    from yanxiu.ledger.actions import reckoning as work  # noqa: PLC0415
    from yanxiu.ledger.models import Entry  # noqa: PLC0415

    at = timezone.now()
    adoption, officer = lay_out(at)
    comparing = compared(adoption.organisation, at)
    found = work.start_reckoning(adoption, by=officer, at=at)
    used = time.process_time()
    found = work.count_changes(found, at=at, told=lambda *_: None)
    showing = time.process_time() - used
    found = work.post_reckoning(found, by=officer, at=at)
    before, used, (walls, cpus) = Entry.objects.count(), time.process_time(), timed()
    work.post_lines(found, by=officer, at=at, told=lambda *_: None)
    posting = time.process_time() - used
    entries = Entry.objects.count() - before
    told = {
        "comparing_ms_per_teacher": comparing,
        "changed_records": found.changed,
        "entries_posted": entries,
        "showing_us_per_record": round(showing * 1e6 / found.records, 1),
        "posting_us_per_changed_record": round(posting * 1e6 / found.changed, 1),
        "posting_us_per_entry": round(posting * 1e6 / entries, 1),
        "longest_transaction_ms": round(max(walls), 1),
        "longest_transaction_cpu_ms": round(max(cpus), 1),
        "transactions_p50_ms": round(sorted(walls)[len(walls) // 2], 1),
        "transactions_p50_cpu_ms": round(sorted(cpus)[len(cpus) // 2], 1),
        "chains_hold": not chain.faults(),
    }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
