"""The first minutes of a large meeting while the office is at work.

500 people sign in within a minute, 100 of them in the same second, as 5,000 people are imported
and the whole ledger is reckoned again. Everybody comes at the own moment on an own connection,
whether the server is ready or not.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench.client import is_whole
from bench.frame import BenchFailed, percentile, server
from bench.processes import cpu_ms

ROOT = Path(__file__).resolve().parent.parent
HOUSE = "yanxiu.config.settings"
PEOPLE, CROWD, SECONDS = 500, 100, 60
CLOSED = 10
"""Sessions closed before, so that the ledger has something to reckon."""


def measure(_module: str, case_name: str) -> dict[str, Any]:
    """Serve, let everybody come, and return the figures; `case_name` says what goes on beside."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith("YANXIU_")}
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="yanxiu-bench-"))
        environment = {**plain, "YANXIU_DATA": folder, "DJANGO_SETTINGS_MODULE": HOUSE}
        prepared = json.loads(_run("prepare", environment).communicate()[0])
        pid, port = stack.enter_context(server(HOUSE, environment, "/log-in/"))
        loads = [] if case_name == "sqlite-alone" else ["import", "reckon"]
        beside = [stack.enter_context(_beside(load, environment)) for load in loads]
        used, began = cpu_ms(pid), time.monotonic()
        ms = sorted(asyncio.run(_everybody(port, prepared["requests"])))
        took = time.monotonic() - began
        used = cpu_ms(pid) - used
        if any(process.poll() not in {None, 0} for process in beside):
            message = "what was to go on beside has failed"
            raise BenchFailed(message)
        done = [_told(process) for process in beside]
    return {
        "bench": "sign-in-load",
        "case": case_name,
        "people": len(ms),
        "seconds": round(took, 1),
        "cpu_ms": round(used / len(ms), 2),
        "statements": len(prepared["statements"]),
        **{f"p{part}_ms": round(percentile(ms, part), 1) for part in (50, 95, 99)},
        "longest_ms": round(ms[-1], 1),
        "beside": done,
        "load": [round(one, 1) for one in os.getloadavg()],
    }


def _run(part: str, environment: dict[str, str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "bench.sign_in_load", part],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


@contextmanager
def _beside(load: str, environment: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    """Let something go on beside; end it with the measurement."""
    process = _run(load, environment)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def _told(process: "subprocess.Popen[str]") -> str:
    """End `process` and return the last line it printed."""
    process.terminate()
    lines = process.communicate()[0].strip().splitlines()
    return lines[-1] if lines else ""


# ---- those who come ----
def moments() -> list[float]:
    """Return when each person comes: a crowd in one second, the others over the minute."""
    others = PEOPLE - CROWD
    calm = [SECONDS * number / others for number in range(others)]
    crowd = [SECONDS / 2 + number / CROWD for number in range(CROWD)]
    return sorted([*calm, *crowd])


async def _everybody(port: int, requests: list[str]) -> list[float]:
    began = asyncio.get_running_loop().time()
    when = zip(moments(), requests, strict=True)
    return await asyncio.gather(*(_one(port, began + at, text) for at, text in when))


async def _one(port: int, at: float, text: str) -> float:
    """Come at the moment `at` and return for how many ms the answer was waited for."""
    loop = asyncio.get_running_loop()
    await asyncio.sleep(max(0.0, at - loop.time()))
    sent = loop.time()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(text.encode())
    answer = b""
    while not is_whole(answer):
        piece = await asyncio.wait_for(reader.read(65536), timeout=60)
        if not piece:
            break
        answer += piece
    waited = (loop.time() - sent) * 1000
    writer.close()
    if not answer.startswith(b"HTTP/1.1 303"):
        raise BenchFailed(answer[:300].decode(errors="replace"))
    return waited


# ---- in processes of their own ----
def prepare() -> None:
    """Lay out a school, a ledger and an open session; print what everybody will send."""
    from datetime import date, timedelta  # noqa: PLC0415 (only in the process that needs it)

    from django.core.management import call_command  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from bench.cast import add_teachers, log_in, make_school  # noqa: PLC0415
    from bench.prepare import statements  # noqa: PLC0415
    from bench.sign_in import scans  # noqa: PLC0415
    from yanxiu.activities import actions as activities  # noqa: PLC0415
    from yanxiu.activities.models import ActivityKind  # noqa: PLC0415
    from yanxiu.config.ground import lay_ground  # noqa: PLC0415
    from yanxiu.ledger import actions as ledger  # noqa: PLC0415

    call_command("migrate", interactive=False, verbosity=0)
    lay_ground()
    now = timezone.now()
    school, office = make_school(now)
    scheme = "cn-central-school-handbook"
    ledger.adopt_scheme(school, scheme, starts_on=date(2020, 9, 1), by=None, at=now)
    teachers = add_teachers(school, PEOPLE + 1, now)
    kind = ActivityKind.objects.order_by("order")[0]
    sessions = [
        activities.plan_session(
            school, title=f"第 {number + 1} 次集中研修", kind=kind, starts_at=now,
            ends_at=now + timedelta(minutes=80), by=office, at=now,
        )
        for number in range(CLOSED + 1)
    ]  # fmt: skip
    for session in sessions[:-1]:
        activities.mark_rest(session, by=office, at=now)
        activities.close_session(session, by=office, at=now)
    opened = activities.open_sign_in(sessions[-1], by=office, at=now)
    requests = list(scans([opened], list(zip(teachers, log_in(teachers), strict=True))))
    asked = statements(requests.pop(), 303)
    json.dump({"requests": requests, "statements": asked}, sys.stdout)


def bring_in() -> None:
    """Import a county of 5,000 people, and again as another county, until ended."""
    from django.utils import timezone  # noqa: PLC0415

    from bench.roster import roster  # noqa: PLC0415
    from yanxiu.people import actions as people  # noqa: PLC0415
    from yanxiu.people.actions import roster_import  # noqa: PLC0415

    at, data = timezone.now(), roster().replace(b",13", b",15")
    # Other phone numbers than those of the school that signs in: these are other people.
    county = people.add_organisation(
        None, "量尺县", by=None, at=at, level_name="区县", is_school=False
    )
    read = roster_import.read_file(county, data, "名册.csv", by=None, at=at)
    roster_import.apply(read, by=None, at=at)
    print(f"imported {read.report['totals']['new']}", flush=True)


def reckon() -> None:
    """Verify every chain and reckon every standing, again and again, until ended."""
    from django.utils import timezone  # noqa: PLC0415

    from yanxiu.kernel.spans import day_of  # noqa: PLC0415
    from yanxiu.ledger import chain  # noqa: PLC0415
    from yanxiu.ledger.models import Entry  # noqa: PLC0415
    from yanxiu.ledger.queries import standings_of  # noqa: PLC0415
    from yanxiu.people.models import Organisation, Teacher  # noqa: PLC0415

    school = Organisation.objects.filter(is_school=True).order_by("pk")[0]
    teachers = list(Teacher.objects.filter(posts__organisation=school).distinct())
    entries, rounds = Entry.objects.count(), 0
    while True:
        if chain.faults():
            message = "a chain does not hold"
            raise BenchFailed(message)
        standings_of(teachers, school, day_of(timezone.now()))
        rounds += 1
        print(f"reckoned {entries} entries, {rounds} times", flush=True)


PARTS = {"prepare": prepare, "import": bring_in, "reckon": reckon}


if __name__ == "__main__":
    import django

    django.setup()
    PARTS[sys.argv[1]]()
