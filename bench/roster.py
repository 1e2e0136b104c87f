"""A county's roster of 5,000 people: read, compared, written; and who waits meanwhile.

The process is the one that would serve: what it uses beyond what it had when it could serve is
what the import costs. Every transaction is timed, for on SQLite nobody else writes meanwhile.
"""

import json
import resource
import sys
import threading
import time
from typing import Any

from bench.apart import measured, ready

PEOPLE, SCHOOLS = 5000, 60
PROBE_EVERY = 0.02
SUBJECTS = ("语文", "数学", "英语", "科学", "音乐", "体育")
HEAD = "学校,姓名,工号,性别,出生年月,参加工作时间,学历,职称,任教学科,教研组,职务,手机号\n"


def measure(_module: str, case_name: str) -> dict[str, Any]:
    """Import in a process and a data folder of its own; return the figures."""
    return {"bench": "roster", "case": case_name, **measured("roster")}


def roster() -> bytes:
    """Return a list as offices keep it, in the encoding of their spreadsheets."""
    lines = [HEAD]
    for number in range(PEOPLE):
        school, subject = number % SCHOOLS, SUBJECTS[number // SCHOOLS % len(SUBJECTS)]
        name = f"量{chr(0x4E00 + number % 6000)}{chr(0x5E00 + number % 977)}"
        born = f"{1965 + number % 35}.{number % 9 + 1}"
        began = f"{1988 + number % 35}年8月"
        lines.append(
            f"第{school + 1}小学,{name},'{number // SCHOOLS:04d},女,{born},{began},大学本科,"
            f"小学高级,{subject},{subject}组,教师,13{number:09d}\n"
        )
    return "".join(lines).encode("gb18030")


def peak_mb() -> float:
    """Return the most memory that the process has ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Probe(threading.Thread):
    """Asks for SQLite's only writer again and again, as those who sign in do."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.waits: list[float] = []
        self.done = threading.Event()

    def run(self) -> None:
        """Write nothing, but wait for the right to write."""
        from django.db import connection, transaction  # noqa: PLC0415 (after the set-up)

        while not self.done.wait(PROBE_EVERY):
            began = time.perf_counter()
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("UPDATE people_role SET name = name WHERE id < 0")
            self.waits.append((time.perf_counter() - began) * 1000)
        connection.close()


def timed() -> list[float]:
    """Note how long every outermost transaction of this thread lasts, in ms."""
    from django.db import connection, transaction  # noqa: PLC0415 (after the set-up)

    lasted: list[float] = []
    mine = threading.current_thread()
    enter, leave = transaction.Atomic.__enter__, transaction.Atomic.__exit__
    began = 0.0

    def begin(self: Any) -> None:
        nonlocal began
        enter(self)
        if threading.current_thread() is mine and not connection.savepoint_ids:
            began = began or time.perf_counter()

    def end(self: Any, *error: Any) -> None:
        nonlocal began
        leave(self, *error)
        if threading.current_thread() is mine and not connection.in_atomic_block:
            lasted.append((time.perf_counter() - began) * 1000)
            began = 0.0

    transaction.Atomic.__enter__, transaction.Atomic.__exit__ = begin, end  # type: ignore[method-assign]
    return lasted


def main() -> None:
    """Lay a county out, import the roster, and print what it took."""
    ready()
    from django.utils import timezone  # noqa: PLC0415

    from yanxiu.people import actions as people  # noqa: PLC0415
    from yanxiu.people.actions import roster_import  # noqa: PLC0415

    at = timezone.now()
    county = people.add_organisation(
        None, "量尺县", by=None, at=at, level_name="区县", is_school=False
    )
    data = roster()
    memory, used, probe = peak_mb(), time.process_time(), Probe()
    transactions = timed()
    read = roster_import.read_file(county, data, "名册.csv", by=None, at=at)
    reading = time.process_time() - used
    probe.start()
    roster_import.apply(read, by=None, at=at)
    probe.done.set()
    probe.join()
    waits = sorted(probe.waits)
    told = {
        "rows": read.report["totals"]["new"],
        "cpu_s": round(time.process_time() - used, 2),
        "reading_cpu_s": round(reading, 2),
        "peak_mb_above_start": round(peak_mb() - memory, 1),
        "longest_transaction_ms": round(max(transactions), 1),
        "writer_waits": len(waits),
        "writer_waits_p99_ms": round(waits[len(waits) * 99 // 100], 1),
        "writer_waits_longest_ms": round(waits[-1], 1),
    }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
