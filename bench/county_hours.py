"""The hours of a county of 5,000 teachers: its overview, a list of those who lack something.

And one teacher's own page with five years of records. The process is one of its own; what is
counted is the processor time and the statements of each page, without laying the county out.
"""

import json
import sys
import time
from datetime import date, datetime, timedelta
from typing import Any

from bench.apart import cpu, measured, ready, statements

SCHOOLS, TEACHERS = 60, 84
YEARS, RECORDS = 5, 700
BEGAN = date(2026, 9, 1)
OK = 200
TIMES = 20
"""So often each page is asked for; what is told is one of them."""

SCHEME = "cn-hours-40-credits-10"


def measure(_module: str, case_name: str) -> dict[str, Any]:
    """Look at the county in a process and a data folder of its own; return the figures."""
    return {"bench": "county-hours", "case": case_name, **measured("county_hours")}


def lay_out(now: datetime) -> tuple[Any, Any]:
    """Return the researcher of a county whose 5,040 teachers reckon by a scheme, and one teacher.

    Nobody has a record but that one, who has 700 of five years.
    """
    from bench.cast import add_teachers, make_county  # noqa: PLC0415 (after the set-up)
    from yanxiu.ledger import actions as ledger  # noqa: PLC0415
    from yanxiu.people import actions as people  # noqa: PLC0415

    office, researcher = make_county(now, BEGAN, date(2027, 1, 23))
    ledger.adopt_scheme(office, SCHEME, starts_on=date(2021, 9, 1), by=None, at=now)
    teachers = []
    for number in range(SCHOOLS):
        school = people.add_organisation(office, f"量尺第{number}小学", by=None, at=now)
        teachers += add_teachers(school, TEACHERS, now, first=number * TEACHERS)
    _add_records(teachers[0], now)
    return researcher, teachers[0]


def _add_records(teacher: Any, now: datetime) -> None:
    """Write five years of records through the door by which they always come."""
    from yanxiu.kernel.sources import Source  # noqa: PLC0415 (after the set-up)
    from yanxiu.kernel.spans import moment_at  # noqa: PLC0415
    from yanxiu.kernel.uids import new_uid  # noqa: PLC0415
    from yanxiu.ledger import actions as ledger  # noqa: PLC0415

    for number in range(RECORDS):
        day = date(2021, 10, 8) + timedelta(days=number * 365 * YEARS // RECORDS)
        new = ledger.NewRecord(
            teacher=teacher, organisation=teacher.organisation, kind="research_activity",
            role="attendee", title=f"第{number}次研讨", minutes=90, assurance="own_code",
            happened_at=moment_at(day) + timedelta(hours=15), source=Source("made.up", new_uid()),
        )  # fmt: skip
        ledger.submit([new], by=None, at=now)


def look(reader: Any, address: str) -> dict[str, Any]:
    """Return what one page takes, once it is warm."""
    from django.test import Client  # noqa: PLC0415 (after the set-up)

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(reader)
    client.get(address)
    asked, page = statements(lambda: client.get(address))
    took, _pages = cpu(lambda: [client.get(address) for _time in range(TIMES)])
    if page.status_code != OK:
        message = f"{address} was answered {page.status_code}"
        raise RuntimeError(message)
    return {
        "statements": asked,
        "cpu_ms": round(took * 1000 / TIMES, 1),
        "kb": round(len(page.content) / 1024, 1),
    }


def main() -> None:
    """Lay the county out, look at it, and print what it took."""
    ready()
    from django.urls import reverse  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from yanxiu.ledger.actions.keeping import refresh  # noqa: PLC0415

    now = timezone.now()
    researcher, teacher = lay_out(now)
    reckoning, people = cpu(lambda: refresh(at=now))
    again, _none = cpu(lambda: refresh(at=now))
    listed = reverse("portfolio:overview")
    told = {
        "teachers": people,
        "refresh_cpu_ms_each": round(reckoning * 1000 / people, 2),
        "refresh_nothing_cpu_ms": round(again * 1000, 1),
        "county": look(researcher, reverse("portfolio:schools")),
        "missing": look(researcher, f"{listed}?school=all&state=missing"),
        "missing_last_page": look(researcher, f"{listed}?school=all&state=missing&page=101"),
        "own": look(teacher, reverse("portfolio:hours")),
    }
    began = time.process_time()
    from django.test import Client  # noqa: PLC0415

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(researcher)
    client.get(f"{reverse('portfolio:list')}?school=all")
    told["workbook_of_all_cpu_s"] = round(time.process_time() - began, 2)
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
