"""For every figure of reading an independent count, from the sentence that it shows."""
# ruff: noqa: S608 - the statements are put together of constants only

from tests.recount.asking import Count, either, one


def _dated(alias: str, day: str) -> str:
    """Say that a row is of the scope; a unit's are those of its members of the day."""
    return f"""{alias}.organisation_id IN (SELECT id FROM below)
    AND {alias}.{day} >= %(start)s AND {alias}.{day} < %(end)s
    AND {either("teacher", f"{alias}.teacher_id = %(teacher)s")}
    AND {
        either(
            "unit",
            f'''{alias}.teacher_id IN (
        SELECT m.teacher_id FROM people_membership m WHERE m.unit_id = %(unit)s
        AND m.starts_on <= {alias}.{day} AND (m.ends_on IS NULL OR m.ends_on > {alias}.{day}))''',
        )
    }
    """


READ = f"""FROM books_readingrecord r JOIN books_book b ON b.id = r.book_id
    WHERE {_dated("r", "finished_on")} AND r.state = 'read' AND r.told_to <> 'nobody'
    AND r.dropped_at IS NULL"""
SHARED = f"FROM books_readingshare s WHERE {_dated('s', 'shared_on')}"
HERE = "x.organisation_id IN (SELECT id FROM below)"
HELD = f"""FROM activities_session x JOIN activities_activity a ON a.id = x.activity_id
    JOIN activities_activitykind k ON k.id = a.kind_id
    WHERE {HERE} AND x.starts_at >= %(start_at)s AND x.starts_at < %(end_at)s
    AND x.closed_at IS NOT NULL AND x.cancelled_at IS NULL
    AND (k.code IN ('reading_exchange', 'reading_round')
        OR x.id IN (SELECT m.session_id FROM books_meeting m))
    AND {either("unit", "x.unit_id = %(unit)s")}
    AND {
    either(
        "teacher",
        '''x.id IN (SELECT t.session_id FROM activities_attendance t
            WHERE t.teacher_id = %(teacher)s AND t.state IN ('present', 'late'))''',
    )
}"""

BOOKS: dict[str, Count] = {
    "read": one(f"SELECT COUNT(*) {READ} AND b.kind = 'book'"),
    "readers": one(f"SELECT COUNT(DISTINCT r.teacher_id) {READ} AND b.kind = 'book'"),
    "articles": one(f"SELECT COUNT(*) {READ} AND b.kind IN ('article', 'journal')"),
    "notes": one(
        f"""SELECT COUNT(*) FROM works_work w WHERE {_dated("w", "happened_on")}
        AND w.state NOT IN ('draft', 'returned') AND w.dropped_at IS NULL
        AND w.source_id IN (SELECT uid FROM books_readingrecord)"""
    ),
    "rounds": one(
        f"""SELECT COUNT(*) FROM books_commonround x WHERE {HERE}
        AND x.starts_on >= %(start)s AND x.starts_on < %(end)s
        AND {either("unit", "x.unit_id = %(unit)s")}
        AND {
            either(
                "teacher",
                '''x.id IN (SELECT p.reading_round_id FROM books_roundreader p
                WHERE p.teacher_id = %(teacher)s)''',
            )
        }"""
    ),
    "clubs": one(
        f"""SELECT COUNT(*) FROM books_readingclub x WHERE {HERE}
        AND x.founded_on < %(end)s AND (x.ended_on IS NULL OR x.ended_on > %(start)s)
        AND {
            either(
                "unit",
                '''x.id IN (SELECT c.club_id FROM books_clubmember c
                JOIN people_membership m ON m.teacher_id = c.teacher_id
                WHERE m.unit_id = %(unit)s AND m.starts_on < %(end)s
                AND (m.ends_on IS NULL OR m.ends_on > %(start)s))''',
            )
        }
        AND {
            either(
                "teacher",
                '''x.id IN (SELECT c.club_id FROM books_clubmember c
                WHERE c.teacher_id = %(teacher)s)''',
            )
        }"""
    ),
    "meetings": one(f"SELECT COUNT(*) {HELD}"),
    "shares": one(f"SELECT COUNT(*) {SHARED}"),
    "library": one(f"SELECT COUNT(*) {SHARED} AND s.library = 'agreed'"),
    "recommendations": one(
        f"""SELECT COUNT(*) FROM books_recommendation x WHERE {HERE} AND x.withdrawn_at IS NULL
        AND x.made_at >= %(start_at)s AND x.made_at < %(end_at)s
        AND {either("unit", "x.unit_id = %(unit)s")}
        AND {either("teacher", "x.teacher_id = %(teacher)s")}"""
    ),
}
