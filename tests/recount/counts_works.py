"""For every figure of works an independent count, from the sentence that it shows."""
# ruff: noqa: S608 - the statements are put together of constants only

from decimal import ROUND_HALF_UP, Decimal

from tests.recount.asking import Count, Question, either, one, rows_of


def _dated(alias: str, teacher: str, day: str) -> str:
    """Say that a row is of the scope; a unit's are those of its members of the day."""
    return f"""{alias}.organisation_id IN (SELECT id FROM below)
    AND {day} >= %(start)s AND {day} < %(end)s
    AND {either("teacher", f"{teacher} = %(teacher)s")}
    AND (CAST(%(unit)s AS bigint) IS NULL OR {teacher} IN (
        SELECT m.teacher_id FROM people_membership m WHERE m.unit_id = %(unit)s
        AND m.starts_on <= {day} AND (m.ends_on IS NULL OR m.ends_on > {day})))"""


WORKS_IN = f"""FROM works_work w JOIN works_workkind k ON k.id = w.kind_id
    WHERE {_dated("w", "w.teacher_id", "w.happened_on")}
    AND w.state NOT IN ('draft', 'returned') AND w.dropped_at IS NULL"""
SENT = f"""FROM works_submission s JOIN works_work w ON w.id = s.work_id
    WHERE {_dated("s", "w.teacher_id", "s.sent_on")} AND s.state <> 'withdrawn'"""
ENTERED = f"""FROM works_callentry e JOIN works_callforpapers c ON c.id = e.call_id
    WHERE {_dated("e", "e.teacher_id", "c.closes_on")}
    AND c.state = 'announced' AND e.withdrawn_at IS NULL"""
LEVELS = {
    "school": ("group", "school", "central_school", "cluster"),
    "county": ("county",),
    "above": ("municipal", "provincial", "national"),
}
"""教研组级、校级、中心校级、片区级 are 校级; 市级以上 are the three above the county."""
CONFIRMED = f"""FROM works_outcome x WHERE {_dated("x", "x.teacher_id", "x.happened_on")}
    AND x.state = 'confirmed'"""


def _of_kinds(act: str, *shipped: str) -> Count:
    """Count the works of the kinds that the sentence names, and of schools' own like them."""
    names = ", ".join(f"'{name}'" for name in shipped)
    return one(
        f"""SELECT COUNT(*) {WORKS_IN} AND ((k.organisation_id IS NULL AND k.name IN ({names}))
        OR (k.organisation_id IS NOT NULL AND k.act = '{act}'))"""
    )


def _success_rate(question: Question) -> Decimal:
    """Reckon the share that won, rounded as people round."""
    states = [state for (state,) in rows_of(question, f"SELECT s.state {SENT}")]
    won = [state for state in states if state in {"awarded", "published"}]
    share = Decimal(100 * len(won)) / Decimal(len(states) or 1)
    return share.quantize(Decimal("0.1"), ROUND_HALF_UP)


def _at_levels(code: str, rows: str, level: str) -> dict[str, Count]:
    """Count rows for each level that the sentences tell apart."""
    return {
        f"{code}_{end}": one(f"SELECT COUNT(*) {rows} AND {level} IN ({_listed(codes)})")
        for end, codes in LEVELS.items()
    }


def _listed(codes: tuple[str, ...]) -> str:
    return ", ".join(f"'{code}'" for code in codes)


WORKS: dict[str, Count] = {
    "handed_in": one(f"SELECT COUNT(*) {WORKS_IN}"),
    "authors": one(f"SELECT COUNT(DISTINCT w.teacher_id) {WORKS_IN}"),
    "reflections": _of_kinds(
        "reflection", "教学反思", "教学随笔", "教学点滴", "课题反思", "学后反思"
    ),
    "papers": _of_kinds("paper", "论文", "案例", "教育叙事", "经验总结"),
    "lesson_talks": one(
        f"SELECT COUNT(*) {WORKS_IN} AND k.organisation_id IS NULL AND k.name = '说课稿'"
    ),
    "learning_notes": _of_kinds(
        "reading_note", "学习笔记", "心得体会", "读书笔记", "读书心得", "摘抄", "影评"
    ),
    "excellent": one(f"SELECT COUNT(*) {WORKS_IN} AND w.grade = 'excellent'"),
    "sent": one(f"SELECT COUNT(*) {SENT}"),
    "success_rate": _success_rate,
    "prizes": one(f"SELECT COUNT(*) {CONFIRMED} AND x.kind = 'prize'"),
    "publications": one(f"SELECT COUNT(*) {CONFIRMED} AND x.kind = 'publication'"),
    **_at_levels("sent", SENT, "s.level"),
    "entered": one(f"SELECT COUNT(*) {ENTERED}"),
    **_at_levels("entered", ENTERED, "c.level"),
    "awarded": one(f"SELECT COUNT(*) {ENTERED} AND e.prize <> ''"),
    **_at_levels("awarded", f"{ENTERED} AND e.prize <> ''", "c.level"),
    "chosen": one(f"SELECT COUNT(*) {ENTERED} AND e.is_chosen"),
}
