"""A county reckoned again: five years of records read, evaluated, compared with the awards stored.

The county is laid out as rows of a scratch database, 140 records a teacher and year; one award in
two hundred was made by another amount, so that something has changed. Reading is done by another
process than laying out; what is counted is its processor time, in one stream, and by how much its
own memory grows, apart from the part of the file that SQLite maps. Five thousand teachers take
5 GB of disk and some minutes to lay out.
"""

import json
import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from bench.apart import measured

CASES = {"sqlite-500": 500, "sqlite-5000": 5000}
YEARS, A_YEAR = 5, 140
FIRST = date(2020, 9, 1)
LIVES = 10
"""So many different five years; teacher after teacher takes the next of them."""

WRONG = 200
"""Every so-manieth award stands at another amount than the scheme gives."""

SAMPLED = 50
"""After so many changes memory is looked at."""

DEEDS = {
    "research_activity": 40, "lesson_observation": 36, "school_theme_training": 16,
    "collective_lesson_preparation": 14, "lesson_review": 10, "lecture": 8, "open_lesson": 5,
    "reading_notes": 3, "paper": 3, "mentorship": 1, "research_project": 2, "personal_plan": 1,
    "personal_summary": 1,
}  # fmt: skip
ROLES = {
    "open_lesson": ["presenter", "presenter", "observer"], "lesson_observation": ["observer"],
    "mentorship": ["mentor", "mentee"], "paper": ["author"],
    "research_project": ["principal_investigator", "project_member"],
}  # fmt: skip


def measure(_module: str, case_name: str) -> dict[str, Any]:
    """Lay the county out and read it, each in a process of its own; return the figures."""
    return {
        "bench": "reckoning",
        "case": case_name,
        **measured("reckoning", f"lay {CASES[case_name]}", f"read {CASES[case_name]}"),
    }


def life(number: int) -> Iterator[dict[str, Any]]:
    """Give what one teacher does in five years, as fields of a record."""
    dice = random.Random(number)  # noqa: S311 (no secret, and the same in every run)
    kinds, weights = list(DEEDS), list(DEEDS.values())
    for place in range(YEARS * A_YEAR):
        kind = dice.choices(kinds, weights)[0]
        on = FIRST + timedelta(days=place * 365 // A_YEAR)
        timed = kind not in {"paper", "reading_notes", "personal_plan", "personal_summary"}
        yield {
            "kind": kind,
            "role": dice.choice(ROLES.get(kind, ["attendee", "attendee", "main_speaker"])),
            "title": "量尺小学校本研修活动",
            "happened_on": on,
            "happened_at": datetime(on.year, on.month, on.day, 6, tzinfo=UTC),
            "written_at": datetime(on.year, on.month, on.day, 9, tzinfo=UTC),
            "minutes": dice.choice([40, 45, 60, 80, 90, 120]) if timed else None,
            "lessons": Decimal(1) if kind == "lesson_observation" else None,
            "organiser_level": dice.choice(["school", "school", "school", "county", "municipal"]),
            "attendance": dice.choice(["present"] * 18 + ["late", "absent"]) if timed else "",
            "evidence": dice.choice([["comment"], ["comment", "project_closure"], []]),
            "assurance": "own_code",
            "source_kind": "activities.session",
        }


def lay_out(teachers: int) -> dict[str, Any]:
    """Write the rows of a county of so many teachers."""
    from django.core.management import call_command  # noqa: PLC0415 (after the set-up)
    from django.db import connection, transaction  # noqa: PLC0415

    from yanxiu.ledger.models import Award, Record  # noqa: PLC0415

    call_command("migrate", interactive=False, verbosity=0, run_syncdb=True)
    lives = [list(_rows_of_life(number)) for number in range(LIVES)]
    changed = 0
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("PRAGMA synchronous = OFF")
        for start in range(0, teachers, 50):
            some = range(start, min(start + 50, teachers))
            records, awards, wrong = _rows(lives, some)
            changed += wrong
            with transaction.atomic():
                _insert(cursor, Record, records)
                _insert(cursor, Award, awards)
    return {"teachers": teachers, "records": teachers * YEARS * A_YEAR, "awards_wrong": changed}


def _rows(lives: Any, teachers: range) -> tuple[list[list[Any]], list[list[Any]], int]:
    """Return records and awards of some teachers, and how many awards stand wrongly."""
    from yanxiu.ledger.models import Award, Record  # noqa: PLC0415 (after the set-up)

    of_record = [_place(Record, name) for name in ("id", "teacher_id", "uid", "source_id")]
    of_award = [_place(Award, name) for name in ("id", "record_id")]
    amount, valid = (_place(Award, name) for name in ("amount", "valid"))
    records, awards, wrong = [], [], 0
    for teacher in teachers:
        for place, (record, award) in enumerate(lives[teacher % LIVES]):
            pk = teacher * YEARS * A_YEAR + place + 1
            key = f"{pk:032x}"
            own = dict(zip(of_record, (pk, teacher + 1, key, key), strict=True))
            records.append(_filled(record, own))
            if award is None:
                continue
            own = dict.fromkeys(of_award, pk)
            if pk % WRONG == 0:
                wrong += 1
                own |= {amount: str(Decimal(award[amount]) + 1), valid: True}
            awards.append(_filled(award, own))
    return records, awards, wrong


def _place(model: Any, name: str) -> int:
    return [each.attname for each in model._meta.concrete_fields].index(name)


def _rows_of_life(number: int) -> Iterator[tuple[list[Any], list[Any] | None]]:
    """Give the columns of each record of one life, and of its award if it has one."""
    from yanxiu.ledger.facts import facts_of  # noqa: PLC0415 (after the set-up)
    from yanxiu.ledger.models import Award, Record  # noqa: PLC0415
    from yanxiu.ledger.rules.evaluating import award as reckon  # noqa: PLC0415
    from yanxiu.people.models import Teacher  # noqa: PLC0415

    scheme = _scheme()
    for fields in life(number):
        record = Record(teacher=Teacher(pk=1), organisation_id=1, source_id=UUID(int=1), **fields)
        given = reckon(scheme, facts_of(record))
        if given is None:
            yield _columns(record), None
            continue
        award = Award(
            record_id=1, scheme=scheme.id, version=scheme.version, digest=scheme.digest,
            amount=given.amount, unit=given.unit, rule=given.rule, valid=given.valid,
            steps=[step.as_json() for step in given.steps], made_at=record.written_at,
        )  # fmt: skip
        yield _columns(record), _columns(award)


def _columns(row: Any) -> list[Any]:
    from django.db import connection  # noqa: PLC0415 (after the set-up)

    return [
        each.get_db_prep_save(getattr(row, each.attname), connection)
        for each in row._meta.concrete_fields
    ]


def _filled(columns: list[Any], own: dict[int, Any]) -> list[Any]:
    """Return the columns of a row of its own."""
    row = columns.copy()
    for place, value in own.items():
        row[place] = value
    return row


def _insert(cursor: Any, model: Any, rows: list[list[Any]]) -> None:
    names = ", ".join(f'"{each.column}"' for each in model._meta.concrete_fields)
    places = ", ".join(["%s"] * len(model._meta.concrete_fields))
    table = model._meta.db_table
    cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)  # noqa: S608


def own_memory() -> int:
    """Return the memory of this process in KB, without the file that the database maps."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("RssAnon:")[2].split()[0])


def _scheme() -> Any:
    from yanxiu.ledger.rules.loading import shipped_version  # noqa: PLC0415 (after the set-up)

    return shipped_version("cn-central-school-handbook", "2025")


def read(teachers: int) -> dict[str, Any]:
    """Compare the whole county in one stream, with traces of what has changed."""
    from yanxiu.ledger.models import Record  # noqa: PLC0415 (after the set-up)
    from yanxiu.ledger.reckoning_rows import differences  # noqa: PLC0415

    scheme = _scheme()
    rows = Record.objects.filter(withdrawn_at=None)
    for each in differences(scheme, rows.filter(teacher__lte=LIVES)):
        each.award()
    before = most = own_memory()
    began, clock = time.process_time(), time.monotonic()
    changed = steps = 0
    for each in differences(scheme, rows):
        changed += 1
        award = each.award()
        steps += len(award.steps) if award else 0
        if changed % SAMPLED == 0:
            most = max(most, own_memory())
    used, wall = time.process_time() - began, time.monotonic() - clock
    count = teachers * YEARS * A_YEAR
    return {
        "cpu_s": round(used, 2), "wall_s": round(wall, 2), "changed": changed, "steps": steps,
        "cpu_us_a_record": round(used / count * 1e6, 2),
        "cpu_ms_a_teacher": round(used / teachers * 1e3, 3),
        "memory_more_mb": round((most - before) / 1024, 1), "memory_mb": most // 1024,
    }  # fmt: skip


if __name__ == "__main__":
    import django

    django.setup()
    deed = {"lay": lay_out, "read": read}[sys.argv[1]]
    json.dump(deed(int(sys.argv[2])), sys.stdout)
