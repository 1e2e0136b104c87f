"""The handbooks of 200 teachers bound into one volume, as the background job does it.

The process is one of its own. What is counted is the processor time of the whole job, its reading
included, and how much more memory 200 need than 20; laying the school out is not counted.
"""

import json
import resource
import sys
import time
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bench.apart import measured, ready

TEACHERS, GROUPS, SESSIONS, FEW = 200, 10, 16, 20
NOTE = "这一次我把追问的时间留长了，等学生自己说出为什么。下次想换一道更开放的题再试。" * 4


def measure(_module: str, case_name: str) -> dict[str, Any]:
    """Bind in a process and a data folder of its own; return the figures."""
    return {"bench": "handbooks", "case": case_name, **measured("handbooks")}


def lay_out(now: datetime) -> tuple[Any, Any]:
    """Return a school with 200 teachers and a term of closed sessions, and its office."""
    from bench.cast import BEGAN, add_teachers, make_school  # noqa: PLC0415
    from yanxiu.ledger import actions as ledger  # noqa: PLC0415
    from yanxiu.people import actions as people  # noqa: PLC0415
    from yanxiu.people.models import Membership, Teacher, UnitKind  # noqa: PLC0415
    from yanxiu.terms.models import Term  # noqa: PLC0415

    school, office = make_school(now)
    teachers = add_teachers(school, TEACHERS, now)
    ledger.adopt_scheme(school, "cn-central-school-handbook", starts_on=BEGAN, by=None, at=now)
    kind = UnitKind.objects.get(code="teaching_research_group")
    office = Teacher.objects.get(pk=office.pk)
    term = Term.objects.get(organisation=school)
    for number in range(GROUPS):
        unit = people.add_unit(school, f"第{number}教研组", kind, by=None, at=now)
        members = teachers[number::GROUPS]
        Membership.objects.bulk_create(
            Membership(
                unit=unit, teacher=teacher, starts_on=BEGAN,
                duty=Membership.Duty.MEMBER if one else Membership.Duty.LEADER,
            )
            for one, teacher in enumerate(members)
        )  # fmt: skip
        hold_sessions(school, unit, members, office, term.starts_on)
    return school, office


def hold_sessions(school: Any, unit: Any, members: Any, office: Any, first: Any) -> None:
    """Hold the sessions of a group, all members present, each with a note of every other one."""
    from datetime import time as clock  # noqa: PLC0415

    from yanxiu.activities import actions  # noqa: PLC0415
    from yanxiu.activities.models import ActivityKind, Attendance, ParticipantNote  # noqa: PLC0415
    from yanxiu.kernel.spans import moment_at  # noqa: PLC0415

    kind = ActivityKind.objects.get(code="research_activity")
    for number in range(SESSIONS):
        starts_at = moment_at(first + timedelta(days=3 * number), clock(15))
        session = actions.plan_session(
            school, title=f"第{number + 1}次：一节课里的追问怎样等得起", by=office, at=starts_at,
            kind=kind, unit=unit, starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=90), place="录播教室",
        )  # fmt: skip
        Attendance.objects.bulk_create(
            Attendance(
                session=session, teacher=one, state=Attendance.State.PRESENT,
                method=Attendance.Method.ROLL_CALL, at=starts_at,
            )
            for one in members
        )  # fmt: skip
        if number % 4 == 0:
            ParticipantNote.objects.bulk_create(
                ParticipantNote(
                    session=session, teacher=one, text=NOTE, is_shared=True, saved_at=starts_at
                )
                for one in members
            )
        actions.close_session(session, by=office, at=starts_at + timedelta(minutes=95))


class Counting:
    """Stands for the running job: keeps the result's facts and how often it was told."""

    def __init__(self, school: Any, office: Any) -> None:
        self.by, self.organisation = office, school
        self.detail = {"school": str(school.uid), "period": ""}
        self.steps, self.bytes, self.text = 0, 0, 0

    def step(self, _done: int, _of: int, _what: str = "") -> None:
        self.steps += 1

    def keep(self, path: Path, *, name: str) -> None:
        self.name = name
        self.bytes = path.stat().st_size
        with zipfile.ZipFile(path) as package:
            self.text = package.getinfo("word/document.xml").file_size


def peak_mb() -> float:
    """Return the most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Lay the school out, bind, and print what it took."""
    ready()
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from yanxiu.people.models import Teacher  # noqa: PLC0415
    from yanxiu.portfolio import jobs  # noqa: PLC0415

    school, office = lay_out(timezone.now())
    others = Teacher.objects.exclude(pk=office.pk).order_by("pk")
    later = list(others.values_list("pk", flat=True)[FEW:])
    Teacher.objects.filter(pk__in=later).update(is_active=False)
    jobs.bind_handbooks(Counting(school, office))
    few = peak_mb()
    Teacher.objects.filter(pk__in=later).update(is_active=True)
    running = Counting(school, office)
    began, waited = time.process_time(), time.perf_counter()
    jobs.bind_handbooks(running)
    took = round(time.process_time() - began, 2)
    seconds = round(time.perf_counter() - waited, 2)
    peak = peak_mb()
    with CaptureQueriesContext(connection) as found:
        jobs.bind_handbooks(Counting(school, office))
    told = {
        "teachers": TEACHERS + 1, "cpu_s": took, "seconds": seconds, "peak_mb": round(peak, 1),
        "more_than_20_mb": round(peak - few, 1), "statements": len(found.captured_queries),
        "steps": running.steps, "docx_mb": round(running.bytes / 1024**2, 2),
        "text_mb": round(running.text / 1024**2, 1),
    }  # fmt: skip
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
