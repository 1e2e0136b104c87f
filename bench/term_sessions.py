"""A term of sessions for 60 groups, made from the rhythms of one plan, with a preview before it.

The process is one of its own; what is counted is the processor time of the preview, of the deed,
and of the undo, without laying the school out.
"""

import json
import sys
import time
from datetime import date
from typing import Any

from bench.apart import cpu, measured, ready

GROUPS, MEMBERS = 60, 20


def measure(_module: str, case_name: str) -> dict[str, Any]:
    """Schedule in a process and a data folder of its own; return the figures."""
    return {"bench": "term-sessions", "case": case_name, **measured("term_sessions")}


def lay_out() -> tuple[Any, Any, Any]:
    """Return a plan of a school with 60 groups of 20, somebody of its office, and the moment."""
    from django.utils import timezone  # noqa: PLC0415 (after the set-up)

    from bench.cast import add_teachers, make_school  # noqa: PLC0415
    from yanxiu.people import actions as people  # noqa: PLC0415
    from yanxiu.people.models import Membership, Teacher, UnitKind  # noqa: PLC0415
    from yanxiu.planning import actions as planning  # noqa: PLC0415
    from yanxiu.terms.models import Term  # noqa: PLC0415

    at = timezone.now()
    school, office = make_school(at)
    teachers = add_teachers(school, GROUPS * MEMBERS // 3, at)
    office = Teacher.objects.get(pk=office.pk)
    term = Term.objects.get(organisation=school)
    term.starts_on, term.ends_on = date(2026, 9, 1), date(2027, 1, 23)
    term.save()
    plan = planning.start_plan(school, term, "量尺计划", by=office, at=at)
    kind = UnitKind.objects.get(code="teaching_research_group")
    for number in range(GROUPS):
        unit = people.add_unit(school, f"第{number}组", kind, by=None, at=at)
        members = [teachers[(number * MEMBERS + one) % len(teachers)] for one in range(MEMBERS)]
        Membership.objects.bulk_create(
            Membership(
                unit=unit, teacher=teacher, starts_on=date(2020, 9, 1),
                duty=Membership.Duty.MEMBER if one else Membership.Duty.LEADER,
            )
            for one, teacher in enumerate(members)
        )  # fmt: skip
        plan.rhythms.create(
            plan=plan, unit=unit, name=unit.name, weekday=number % 5 + 1, half_day="afternoon",
            place=f"第{number % 12}教室",
        )  # fmt: skip
    return planning.confirm_plan(plan, by=office, at=at), office, at


def main() -> None:
    """Lay the school out, schedule the term, and print what it took."""
    ready()

    from yanxiu.activities import actions  # noqa: PLC0415
    from yanxiu.activities.models import SchedulingBatch  # noqa: PLC0415
    from yanxiu.activities.preview import preview  # noqa: PLC0415

    plan, office, at = lay_out()
    looked, rows = cpu(lambda: preview(plan, plan.term, plan.term.starts_on, at))
    began = time.perf_counter()
    took, made = cpu(lambda: actions.schedule_rhythms(plan, by=office, at=at))
    waited = time.perf_counter() - began
    undone, _count = cpu(
        lambda: actions.undo_schedule(SchedulingBatch.objects.get(), by=office, at=at)
    )
    told = {
        "groups": GROUPS, "sessions": len(made), "preview_cpu_s": looked, "cpu_s": took,
        "seconds": round(waited, 3), "undo_cpu_s": undone,
        "clashing": sum(len(row.clashing) for row in rows),
    }  # fmt: skip
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
