"""The term summary of a school of 64 teachers: reckoned, and written as Word.

The process is one of its own; what is counted is the processor time of the reckoning and of the
writing, without laying the school out.
"""

import json
import sys
from datetime import timedelta
from typing import Any

from bench.apart import cpu, measured, ready, statements

GROUPS, MEMBERS, WEEKS = 8, 8, 18


def measure(_module: str, case_name: str) -> dict[str, Any]:
    """Sum a term up in a process and a data folder of its own; return the figures."""
    return {"bench": "summary", "case": case_name, **measured("summary")}


def lay_out() -> tuple[Any, Any]:
    """Return the summary of a term in which each group met every week, and the moment."""
    from django.utils import timezone  # noqa: PLC0415 (after the set-up)

    from bench.cast import add_teachers, make_school  # noqa: PLC0415
    from yanxiu.activities.models import ActivityKind  # noqa: PLC0415
    from yanxiu.people import actions as people  # noqa: PLC0415
    from yanxiu.people.models import Teacher, UnitKind  # noqa: PLC0415
    from yanxiu.planning import actions as planning  # noqa: PLC0415
    from yanxiu.reports.actions import summaries  # noqa: PLC0415
    from yanxiu.terms.models import Term  # noqa: PLC0415

    at = timezone.now()
    school, office = make_school(at)
    office = Teacher.objects.get(pk=office.pk)
    teachers = add_teachers(school, GROUPS * MEMBERS, at)
    term = Term.objects.get(organisation=school)
    term.ends_on = term.starts_on + timedelta(weeks=WEEKS)
    term.save()
    plan = planning.start_plan(school, term, "量尺计划", by=office, at=at)
    for number in range(30):
        month = term.starts_on + timedelta(days=number % 4 * 28)
        planning.add_item(plan, text=f"第{number}项", month=month.month, by=office, at=at)
    for number in range(10):
        planning.add_goal(plan, text=f"第{number}个目标。", by=office, at=at)
    planning.confirm_plan(plan, by=office, at=at)
    kind = ActivityKind.objects.filter(organisation=None).first()
    group = UnitKind.objects.get(code="teaching_research_group")
    for number in range(GROUPS):
        unit = people.add_unit(school, f"第{number}组", group, by=None, at=at)
        members = teachers[number * MEMBERS : (number + 1) * MEMBERS]
        _meet(unit, members, term, kind, at)
    return summaries.start_summary(school, term, by=office, at=at), at


def _meet(unit: Any, members: list[Any], term: Any, kind: Any, at: Any) -> None:
    """Let a group meet every week, all of it, with minutes."""
    from bench.cast import BEGAN  # noqa: PLC0415 (after the set-up)
    from yanxiu.activities.models import (  # noqa: PLC0415
        Activity,
        Attendance,
        Minutes,
        Session,
    )
    from yanxiu.kernel.spans import moment_at  # noqa: PLC0415
    from yanxiu.kernel.uids import new_uid  # noqa: PLC0415
    from yanxiu.ledger.models import Record  # noqa: PLC0415
    from yanxiu.people.models import Membership  # noqa: PLC0415

    Membership.objects.bulk_create(
        Membership(unit=unit, teacher=one, starts_on=BEGAN) for one in members
    )
    activity = Activity.objects.create(
        organisation=unit.organisation, unit=unit, term=term, kind=kind, theme="研讨", made_at=at
    )
    days = [moment_at(term.starts_on + timedelta(weeks=week)) for week in range(WEEKS)]
    sessions = Session.objects.bulk_create(
        Session(
            activity=activity, organisation=unit.organisation, unit=unit, number=place + 1,
            title=f"第{place}次研讨", starts_at=day + timedelta(hours=14),
            ends_at=day + timedelta(hours=15), closed_at=at,
        )
        for place, day in enumerate(days)
    )  # fmt: skip
    Minutes.objects.bulk_create(
        Minutes(session=session, process="谈了。", saved_at=at) for session in sessions
    )
    Attendance.objects.bulk_create(
        Attendance(session=session, teacher=one, state="present", method="roll_call", at=at,
                   expected=True)
        for session in sessions for one in members
    )  # fmt: skip
    Record.objects.bulk_create(
        Record(
            teacher=one, organisation=unit.organisation, kind="research_activity",
            role="attendee", title="研讨", happened_on=term.starts_on,
            happened_at=session.starts_at, written_at=at, assurance=Record.Assurance.values[0],
            source_kind="activities.session", source_id=new_uid(),
        )
        for session in sessions for one in members
    )  # fmt: skip


def main() -> None:
    """Lay the school out, sum its term up, and print what it took."""
    ready()

    from yanxiu.reports.documents.term_summary.filling import fill  # noqa: PLC0415
    from yanxiu.reports.documents.term_summary.writing import to_word  # noqa: PLC0415
    from yanxiu.reports.models import Summary  # noqa: PLC0415

    summary, at = lay_out()
    summary = Summary.objects.select_related("organisation", "term").get(pk=summary.pk)
    fill(summary, at)
    asked, _document = statements(lambda: fill(summary, at))
    reckoned, document = cpu(lambda: fill(summary, at))
    written, data = cpu(lambda: to_word(document))
    told = {
        "teachers": GROUPS * MEMBERS, "sessions": GROUPS * WEEKS, "statements": asked,
        "reckoning_cpu_s": reckoned, "writing_cpu_s": written,
        "cpu_s": round(reckoned + written, 3), "word_kb": round(len(data) / 1024),
    }  # fmt: skip
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
