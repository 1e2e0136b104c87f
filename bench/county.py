"""The table of sixty schools, as a county's researcher looks at it; every figure by itself too.

The process is one of its own; what is counted is the processor time and the statements of the page
and of the two files, without laying the county out.
"""

import json
import sys
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from bench.apart import cpu, measured, ready, statements

SCHOOLS, TEACHERS, SESSIONS = 60, 10, 30
BEGAN = date(2026, 9, 1)


def measure(_module: str, case_name: str) -> dict[str, Any]:
    """Look at the county in a process and a data folder of its own; return the figures."""
    return {"bench": "county", "case": case_name, **measured("county")}


def lay_out() -> tuple[Any, Any]:
    """Return a county office with sixty schools that met and recorded, and its researcher."""
    from django.utils import timezone  # noqa: PLC0415 (after the set-up)

    from bench.cast import make_county  # noqa: PLC0415
    from yanxiu.activities.models import ActivityKind  # noqa: PLC0415

    now = timezone.now()
    office, researcher = make_county(now, BEGAN, date(2027, 1, 23))
    kind = ActivityKind.objects.filter(organisation=None).first()
    for number in range(SCHOOLS):
        _add_school(office, number, kind, now)
    return office, researcher


def _add_school(office: Any, number: int, kind: Any, now: datetime) -> None:
    """Add a school whose teachers all came to its sessions, each with a record."""
    from bench.cast import add_teachers  # noqa: PLC0415 (after the set-up)
    from yanxiu.activities.models import Activity, Attendance, Session  # noqa: PLC0415
    from yanxiu.kernel.spans import moment_at  # noqa: PLC0415
    from yanxiu.kernel.uids import new_uid  # noqa: PLC0415
    from yanxiu.ledger.models import Record  # noqa: PLC0415
    from yanxiu.people import actions as people  # noqa: PLC0415
    from yanxiu.terms.models import Term  # noqa: PLC0415

    school = people.add_organisation(office, f"量尺第{number}小学", by=None, at=now)
    teachers = add_teachers(school, TEACHERS, now, first=number * TEACHERS)
    activity = Activity.objects.create(
        organisation=school, term=Term.objects.get(), kind=kind, theme="研讨", made_at=now
    )
    sessions = Session.objects.bulk_create(
        Session(
            activity=activity, organisation=school, title="研讨", number=place + 1,
            starts_at=moment_at(BEGAN + timedelta(days=place)) + timedelta(hours=14),
            ends_at=moment_at(BEGAN + timedelta(days=place)) + timedelta(hours=15),
            closed_at=now,
        )
        for place in range(SESSIONS)
    )  # fmt: skip
    Attendance.objects.bulk_create(
        Attendance(session=session, teacher=teacher, state="present", method="roll_call", at=now,
                   expected=True)
        for session in sessions for teacher in teachers
    )  # fmt: skip
    Record.objects.bulk_create(
        Record(
            teacher=teacher, organisation=school, kind="research_activity", role="attendee",
            title="研讨", happened_on=BEGAN, happened_at=session.starts_at, written_at=now,
            assurance=Record.Assurance.values[0], source_kind="activities.session",
            source_id=new_uid(),
        )
        for session in sessions for teacher in teachers
    )  # fmt: skip


def look(office: Any, researcher: Any) -> dict[str, Any]:
    """Return what page, single figures and files take."""
    from django.test import Client  # noqa: PLC0415 (after the set-up)
    from django.urls import reverse  # noqa: PLC0415

    from yanxiu.kernel.spans import Span  # noqa: PLC0415
    from yanxiu.reports.documents.county import (  # noqa: PLC0415
        DEFAULT,
        MOST,
        fill,
        offered,
        to_word,
        to_workbook,
    )

    client = Client()
    client.force_login(researcher)
    span = Span(BEGAN, date(2027, 1, 23))
    codes = [one.code for one in offered()]
    client.get(reverse("reports:county"))
    asked, page = statements(lambda: client.get(reverse("reports:county")))
    most = "&".join(f"figure={code}" for code in codes[:MOST])
    asked_most, _page = statements(lambda: client.get(f"{reverse('reports:county')}?{most}"))
    took, _page = cpu(lambda: client.get(reverse("reports:county")))
    single = {code: cpu(partial(fill, office, span, [code]))[0] for code in codes}
    files, _made = cpu(lambda: [write(fill(office, span, DEFAULT)) for write in
                                (to_word, to_workbook)])  # fmt: skip
    slowest = max(single, key=lambda code: single[code])
    return {
        "page_statements": asked, "page_statements_at_most": asked_most,
        "page_kb": round(len(page.content) / 1024), "cpu_s": took, "files_cpu_s": files,
        "all_figures_cpu_s": round(sum(single.values()), 3), "slowest": slowest,
        "slowest_cpu_s": single[slowest],
    }  # fmt: skip


def main() -> None:
    """Lay the county out, look at it, and print what it took."""
    ready()
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    setup_test_environment()
    office, researcher = lay_out()
    told = {"schools": SCHOOLS, "attendances": SCHOOLS * SESSIONS * TEACHERS,
            **look(office, researcher)}  # fmt: skip
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
