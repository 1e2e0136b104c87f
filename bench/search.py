"""Searching among 100,000 texts of a county with 60 schools, as one of its teachers and its office.

The texts are those of the tests of originality, held as known texts of the schools, so that each is
seen by the people of its school alone. Everything runs in a process and a database of its own;
`YANXIU_DATABASE` says on which engine.
"""

import json
import sys
import time
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from bench.apart import measured, ready

TEXTS, SCHOOLS, LETTERS = 100_000, 60, 400
TOGETHER = 1_000
ROUNDS = 7
QUERIES = {
    "one-character": "题",
    "common-word": "学生",
    "set-phrase": "本节课以学生为主体",
    "two-words": "课堂 作业",
    "three-words": "分数 板书 朗读",
    "nothing": "这几个字哪里也没有",
    "traditional": "課堂",
}


def measure(_module: str, case_name: str) -> dict[str, Any]:
    """Measure in a process and a data folder of its own; return the figures."""
    return {"bench": "search", "case": case_name, **measured("search", database=True)}


def lay_out(count: int, now: datetime) -> tuple[Any, Any]:
    """Return a teacher of one of the schools and somebody of the county's office."""
    from django.db import transaction  # noqa: PLC0415 (after the set-up)

    from bench.cast import add_teachers  # noqa: PLC0415
    from yanxiu.originality.models import KnownText  # noqa: PLC0415
    from yanxiu.originality.tests.made_up import text  # noqa: PLC0415
    from yanxiu.people import actions as people  # noqa: PLC0415

    county = people.add_organisation(
        None, "量尺县教研室", by=None, at=now, level_name="县", is_school=False
    )
    (office,) = add_teachers(county, 1, now, role="research_office", first=90_000_000)
    schools = [
        people.add_organisation(county, f"量尺第{number}小学", by=None, at=now)
        for number in range(SCHOOLS)
    ]
    (teacher,) = add_teachers(schools[7], 1, now)
    for start in range(0, count, TOGETHER):
        rows = [
            KnownText(
                organisation=schools[number % SCHOOLS], sort="quotation", title=f"第{number}篇",
                text=text(number, LETTERS), at=now - timedelta(days=(count - number) % 900),
            )
            for number in range(start, min(start + TOGETHER, count))
        ]  # fmt: skip
        with transaction.atomic():
            KnownText.objects.bulk_create(rows)
    return teacher, office


def asked(reader: Any, query: str, **more: Any) -> dict[str, Any]:
    """Return what one search takes, each time as a new request with its own rights."""
    from yanxiu.people.models import Teacher  # noqa: PLC0415 (after the set-up)
    from yanxiu.search import queries  # noqa: PLC0415

    times, walls, hits = [], [], 0
    for _round in range(ROUNDS):
        fresh = Teacher.objects.get(pk=reader.pk)
        began, wall = time.process_time(), time.perf_counter()
        hits = len(queries.find(fresh, queries.Wanted(query, **more)).hits)
        times.append((time.process_time() - began) * 1000)
        walls.append((time.perf_counter() - wall) * 1000)
    return {"cpu_ms": round(min(times), 1), "ms": round(median(walls), 1), "hits": hits}


def main() -> None:
    """Lay the county out, index it, and search."""
    ready()
    from django.db import connection  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from yanxiu.kernel.spans import Span, day_of  # noqa: PLC0415
    from yanxiu.search.actions import rebuild  # noqa: PLC0415

    now = timezone.now()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else TEXTS
    teacher, office = lay_out(count, now)
    began, wall = time.process_time(), time.perf_counter()
    indexed = rebuild()
    told: dict[str, Any] = {
        "vendor": connection.vendor,
        "texts": count,
        "indexed_per_cpu_s": round(indexed / (time.process_time() - began)),
        "indexed_per_s": round(indexed / (time.perf_counter() - wall)),
    }
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    term = Span(day_of(now) - timedelta(days=300), day_of(now) - timedelta(days=150))
    for name, reader in (("teacher", teacher), ("office", office)):
        told[name] = {which: asked(reader, query) for which, query in QUERIES.items()}
        told[name]["term"] = asked(reader, "学生", span=term)
        told[name]["kind"] = asked(reader, "学生", kind="people.teacher")
    print(json.dumps(told, ensure_ascii=False), file=sys.stderr)
    json.dump(told, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
