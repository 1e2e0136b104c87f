"""For every figure an independent count, written from the sentence that says what it means."""
# ruff: noqa: S608 - the statements are put together of constants only

from decimal import Decimal

from tests.recount.asking import (
    Count,
    Question,
    day_in,
    day_in_shanghai,
    either,
    hours_between,
    hours_of_minutes,
    one,
    rows_of,
)
from tests.recount.counts_books import BOOKS
from tests.recount.counts_observation import OBSERVATION
from tests.recount.counts_teaching import LESSONS, PREPARATION
from tests.recount.counts_works import WORKS

# ---- 活动 ----
SESSIONS = f"""FROM activities_session s
    JOIN activities_activity a ON a.id = s.activity_id
    JOIN activities_activitykind k ON k.id = a.kind_id
    WHERE s.organisation_id IN (SELECT id FROM below)
    AND s.starts_at >= %(start_at)s AND s.starts_at < %(end_at)s
    AND {either("unit", "s.unit_id = %(unit)s")}
    AND (CAST(%(teacher)s AS bigint) IS NULL
        OR s.id IN (SELECT session_id FROM activities_attendance WHERE teacher_id = %(teacher)s)
        OR s.id IN (SELECT session_id FROM activities_part WHERE teacher_id = %(teacher)s))"""
HELD = f"{SESSIONS} AND s.closed_at IS NOT NULL"
WRITTEN = "s.id IN (SELECT session_id FROM activities_minutes)"

CAME = f"""FROM activities_attendance t
    JOIN activities_session s ON s.id = t.session_id
    JOIN activities_activity a ON a.id = s.activity_id
    WHERE s.starts_at >= %(start_at)s AND s.starts_at < %(end_at)s AND s.closed_at IS NOT NULL
    AND COALESCE(
        (SELECT MIN(p.home_id) FROM activities_part p
         WHERE p.session_id = s.id AND p.teacher_id = t.teacher_id AND p.home_id IS NOT NULL),
        s.organisation_id) IN (SELECT id FROM below)
    AND {either("unit", "s.unit_id = %(unit)s")}
    AND {either("teacher", "t.teacher_id = %(teacher)s")}"""
THERE = "t.state IN ('present', 'late')"

AGREED = f"""FROM activities_resolution r JOIN activities_session s ON s.id = r.session_id
    WHERE s.organisation_id IN (SELECT id FROM below) AND r.owner_id IS NOT NULL
    AND s.starts_at >= %(start_at)s AND s.starts_at < %(end_at)s
    AND {either("unit", "s.unit_id = %(unit)s")}
    AND {either("teacher", "r.owner_id = %(teacher)s")}"""


def _late_minutes(question: Question) -> Decimal:
    """Count the sessions whose minutes came after their day, on the clock of Shanghai."""
    rows = rows_of(
        question,
        f"""SELECT m.first_saved_at, m.due_on FROM activities_minutes m
        WHERE m.first_saved_at IS NOT NULL AND m.due_on IS NOT NULL
        AND m.session_id IN (SELECT s.id {HELD})""",
    )
    return Decimal(sum(day_in_shanghai(saved) > day_in(due) for saved, due in rows))


ACTIVITIES: dict[str, Count] = {
    "sessions_planned": one(f"SELECT COUNT(*) {SESSIONS}"),
    "sessions_held": one(f"SELECT COUNT(*) {HELD}"),
    "sessions_cancelled": one(f"SELECT COUNT(*) {SESSIONS} AND s.cancelled_at IS NOT NULL"),
    "sessions_left_open": one(
        f"""SELECT COUNT(*) {SESSIONS} AND s.closed_at IS NULL AND s.cancelled_at IS NULL
        AND s.ends_at < %(now)s"""
    ),
    "session_hours": hours_between(f"SELECT s.starts_at, s.ends_at {HELD}"),
    "minutes_written": one(f"SELECT COUNT(*) {HELD} AND {WRITTEN}"),
    "minutes_missing": one(f"SELECT COUNT(*) {HELD} AND NOT {WRITTEN}"),
    "minutes_late": _late_minutes,
    "lectures_only": one(
        f"""SELECT COUNT(*) {HELD} AND k.is_one_way
        AND CAST(s.interactions AS text) = '[]'"""
    ),
    **{
        f"class_{code}": one(f"SELECT COUNT(*) {HELD} AND k.activity_class = '{code}'")
        for code in ("theory", "observation", "exchange", "training")
    },
    "attendances": one(f"SELECT COUNT(*) {CAME} AND {THERE}"),
    "expected": one(f"SELECT COUNT(*) {CAME} AND t.expected"),
    "expected_who_came": one(f"SELECT COUNT(*) {CAME} AND t.expected AND {THERE}"),
    "late": one(f"SELECT COUNT(*) {CAME} AND t.state = 'late'"),
    "leave": one(f"SELECT COUNT(*) {CAME} AND t.state = 'leave'"),
    "on_duty": one(f"SELECT COUNT(*) {CAME} AND t.state = 'on_duty'"),
    "absences": one(f"SELECT COUNT(*) {CAME} AND t.state = 'absent'"),
    **{
        f"came_{form}": one(f"SELECT COUNT(*) {CAME} AND {THERE} AND a.form = '{form}'")
        for form in ("whole", "group", "dispersed")
    },
    "leaders_came": one(
        f"""SELECT COUNT(*) {CAME} AND {THERE} AND EXISTS (
            SELECT 1 FROM people_post o JOIN people_role r ON r.id = o.role_id
            WHERE o.teacher_id = t.teacher_id AND o.organisation_id = s.organisation_id
            AND CAST(r.rights AS text) <> '[]' AND o.starts_on <= %(last)s
            AND (o.ends_on IS NULL OR o.ends_on > %(last)s))"""
    ),
    "agreed": one(f"SELECT COUNT(*) {AGREED}"),
    "agreed_done": one(f"SELECT COUNT(*) {AGREED} AND r.state = 'done'"),
    "contributors": one(
        f"""SELECT COUNT(DISTINCT r.teacher_id) FROM activities_remark r
        JOIN activities_activity a ON a.id = r.activity_id
        WHERE a.organisation_id IN (SELECT id FROM below) AND r.withdrawn_at IS NULL
        AND r.at >= %(start_at)s AND r.at < %(end_at)s
        AND {either("unit", "a.unit_id = %(unit)s")}
        AND {either("teacher", "r.teacher_id = %(teacher)s")}"""
    ),
}

# ---- 记录与学时 ----


def _dated(table: str, day: str) -> str:
    """Return the rows of the ledger of the scope; a unit's are those of its members of the day."""
    return f"""FROM {table} x WHERE x.organisation_id IN (SELECT id FROM below)
    AND x.{day} >= %(start)s AND x.{day} < %(end)s
    AND {either("teacher", "x.teacher_id = %(teacher)s")}
    AND (CAST(%(unit)s AS bigint) IS NULL OR x.teacher_id IN (
        SELECT m.teacher_id FROM people_membership m WHERE m.unit_id = %(unit)s
        AND m.starts_on <= x.{day} AND (m.ends_on IS NULL OR m.ends_on > x.{day})))"""


RECORDS = f"{_dated('ledger_record', 'happened_on')} AND x.withdrawn_at IS NULL"
POSTED = f"""{_dated("ledger_entry", "earned_on")} AND x.reverses_id IS NULL
    AND x.id NOT IN (SELECT reverses_id FROM ledger_entry WHERE reverses_id IS NOT NULL)"""
LEDGER: dict[str, Count] = {
    "records": one(f"SELECT COUNT(*) {RECORDS}"),
    "teachers_with_records": one(f"SELECT COUNT(DISTINCT x.teacher_id) {RECORDS}"),
    "hours_posted": one(f"SELECT SUM(x.amount) {POSTED} AND x.unit = 'hour'"),
    "credits_posted": one(f"SELECT SUM(x.amount) {POSTED} AND x.unit = 'credit'"),
    "reversals": one(
        f"SELECT COUNT(*) {_dated('ledger_entry', 'earned_on')} AND x.reverses_id IS NOT NULL"
    ),
}

# ---- 教师 ----
TEACHERS = f"""FROM people_teacher t WHERE t.is_active
    AND t.id IN (SELECT o.teacher_id FROM people_post o
        WHERE o.organisation_id IN (SELECT id FROM below) AND o.starts_on <= %(today)s
        AND (o.ends_on IS NULL OR o.ends_on > %(today)s))
    AND (CAST(%(unit)s AS bigint) IS NULL OR t.id IN (
        SELECT m.teacher_id FROM people_membership m WHERE m.unit_id = %(unit)s
        AND m.starts_on <= %(today)s AND (m.ends_on IS NULL OR m.ends_on > %(today)s)))
    AND {either("teacher", "t.id = %(teacher)s")}"""
GROUPS = f"""FROM people_unit u JOIN people_unitkind k ON k.id = u.kind_id
    WHERE u.organisation_id IN (SELECT id FROM below) AND u.ends_on IS NULL
    AND k.code = 'teaching_research_group' AND {either("unit", "u.id = %(unit)s")}"""
PEOPLE: dict[str, Count] = {
    "teachers": one(f"SELECT COUNT(*) {TEACHERS}"),
    "never_logged_in": one(f"SELECT COUNT(*) {TEACHERS} AND t.last_login IS NULL"),
    "newcomers": one(
        f"""SELECT COUNT(*) {TEACHERS}
        AND CASE WHEN t.entered <> '' THEN t.entered ELSE t.started_work END <> ''
        AND CASE WHEN t.entered <> '' THEN t.entered ELSE t.started_work END
            >= %(two_months_before)s
        AND CASE WHEN t.entered <> '' THEN t.entered ELSE t.started_work END < %(end)s"""
    ),
    "on_leave": one(
        f"""SELECT COUNT(*) {TEACHERS} AND t.id IN (SELECT l.teacher_id FROM people_leave l
        WHERE l.starts_on <= %(today)s AND (l.ends_on IS NULL OR l.ends_on > %(today)s))"""
    ),
    "honoured": one(
        f"""SELECT COUNT(*) {TEACHERS} AND t.id IN (
        SELECT h.teacher_id FROM people_tierholding h JOIN people_tier i ON i.id = h.tier_id
        WHERE h.starts_on <= %(today)s AND (h.ends_on IS NULL OR h.ends_on > %(today)s)
        AND (i.is_honour OR i.name LIKE '%%骨干%%' OR i.name LIKE '%%能手%%'
            OR i.name LIKE '%%带头人%%' OR i.name LIKE '%%名师%%'))"""
    ),
    "college": one(
        f"""SELECT COUNT(*) {TEACHERS}
        AND t.education IN ('博士研究生', '硕士研究生', '研究生', '本科', '大专')"""
    ),
    "teaching_research_groups": one(f"SELECT COUNT(*) {GROUPS}"),
    "groups_without_leader": one(
        f"""SELECT COUNT(*) {GROUPS} AND u.id NOT IN (
        SELECT m.unit_id FROM people_membership m JOIN people_teacher t ON t.id = m.teacher_id
        WHERE m.duty = 'leader' AND t.is_active AND m.starts_on <= %(today)s
        AND (m.ends_on IS NULL OR m.ends_on > %(today)s))"""
    ),
}

# ---- 计划 ----
IN_FORCE = f"""p.organisation_id IN (SELECT id FROM below) AND p.state = 'confirmed'
    AND p.kind <> 'guideline' AND (p.teacher_id IS NULL OR p.teacher_id = %(teacher)s)
    AND {either("unit", "p.unit_id = %(unit)s")}"""
ITEMS = f"""FROM planning_planitem i JOIN planning_plan p ON p.id = i.plan_id WHERE {IN_FORCE}
    AND i.month < %(end)s AND COALESCE(i.last_on, i.month) >= %(first_month)s
    AND {either("teacher", "i.owner_id = %(teacher)s")}"""
LIVING = "i.dropped_because = ''"


def _told(state: str) -> str:
    return f"i.id IN (SELECT e.item_id FROM planning_itemevent e WHERE e.state = '{state}')"


PARTS = f"""JOIN planning_plan p ON p.id = x.plan_id JOIN terms_term t ON t.id = p.term_id
    WHERE {IN_FORCE} AND CAST(%(teacher)s AS bigint) IS NULL
    AND CASE WHEN p.starts_on IS NULL THEN t.starts_on ELSE p.starts_on END < %(end)s
    AND CASE WHEN p.starts_on IS NULL THEN t.ends_on ELSE p.ends_on END > %(start)s"""
PLANNING: dict[str, Count] = {
    "items": one(f"SELECT COUNT(*) {ITEMS} AND {LIVING}"),
    "items_done": one(
        f"SELECT COUNT(*) {ITEMS} AND {LIVING} AND (i.done_on IS NOT NULL OR {_told('held')})"
    ),
    "items_overdue": one(
        f"""SELECT COUNT(*) {ITEMS} AND {LIVING} AND i.done_on IS NULL
        AND NOT {_told("held")} AND NOT {_told("scheduled")}
        AND ({_told("missed")} OR i.last_on < %(today)s
            OR (i.last_on IS NULL AND i.month < %(this_month)s))"""
    ),
    "items_dropped": one(f"SELECT COUNT(*) {ITEMS} AND NOT {LIVING}"),
    "goals": one(f"SELECT COUNT(*) FROM planning_goal x {PARTS}"),
    "goals_unmeasured": one(
        f"SELECT COUNT(*) FROM planning_goal x {PARTS} AND x.indicator = '' AND x.figure = ''"
    ),
    "rhythms_open": one(f"SELECT COUNT(*) FROM planning_rhythm x {PARTS} AND x.weekday IS NULL"),
}

# ---- 培训 ----
HELD_SESSIONS = """FROM activities_session s
    WHERE s.organisation_id IN (SELECT id FROM below) AND s.closed_at IS NOT NULL
    AND s.starts_at >= %(start_at)s AND s.starts_at < %(end_at)s"""
OF_UNIT = either("unit", "s.unit_id = %(unit)s")
VISITS = f"""FROM activities_expertvisit v JOIN activities_expert e ON e.id = v.expert_id
    JOIN activities_session s ON s.id = v.session_id
    WHERE v.came AND e.teacher_id IS NULL AND {OF_UNIT}
    AND s.id IN (SELECT s.id {HELD_SESSIONS})"""


def _of_people(alias: str, day: str) -> str:
    return f"""{alias}.organisation_id IN (SELECT id FROM below)
    AND {either("teacher", f"{alias}.teacher_id = %(teacher)s")}
    AND (CAST(%(unit)s AS bigint) IS NULL OR {alias}.teacher_id IN (
        SELECT m.teacher_id FROM people_membership m WHERE m.unit_id = %(unit)s
        AND m.starts_on <= {day} AND (m.ends_on IS NULL OR m.ends_on > {day})))"""


OUTSIDE = f"""FROM training_outsidetraining x JOIN training_outsidecourse c ON c.id = x.course_id
    WHERE {_of_people("x", "c.starts_on")} AND x.state IN ('reported', 'recognised')
    AND c.starts_on >= %(start)s AND c.starts_on < %(end)s"""
STUDIES = f"""FROM training_selfstudy x
    WHERE {_of_people("x", "x.happened_on")} AND x.state = 'accepted'
    AND x.happened_on >= %(start)s AND x.happened_on < %(end)s"""
TRAINING: dict[str, Count] = {
    "expert_visits": one(f"SELECT COUNT(*) {VISITS}"),
    "expert_trainings": one(f"SELECT COUNT(*) {VISITS} AND v.role = 'lecture'"),
    "expert_hours": hours_of_minutes(f"SELECT SUM(v.minutes) {VISITS}"),
    "experts_invited": one(f"SELECT COUNT(DISTINCT v.expert_id) {VISITS}"),
    "inside_lectures": one(
        f"""SELECT COUNT(*) FROM activities_part p JOIN activities_session s ON s.id = p.session_id
        WHERE p.role = 'main_speaker' AND s.closed_at IS NOT NULL
        AND s.starts_at >= %(start_at)s AND s.starts_at < %(end_at)s AND {OF_UNIT}
        AND COALESCE(p.home_id, s.organisation_id) IN (SELECT id FROM below)
        AND {either("teacher", "p.teacher_id = %(teacher)s")}"""
    ),
    "outside_trainings": one(f"SELECT COUNT(*) {OUTSIDE}"),
    "people_outside": one(f"SELECT COUNT(DISTINCT x.teacher_id) {OUTSIDE}"),
    "outside_hours": one(
        f"""SELECT SUM(COALESCE((SELECT COALESCE(r.recognised, r.stated) FROM ledger_record r
            WHERE r.source_kind = 'training.outside_training' AND r.source_id = x.uid
            AND r.withdrawn_at IS NULL ORDER BY r.id DESC LIMIT 1), x.hours_recognised))
        {OUTSIDE} AND x.state = 'recognised'"""
    ),
    "self_studies": one(f"SELECT COUNT(*) {STUDIES}"),
    "self_study_hours": hours_of_minutes(f"SELECT SUM(x.minutes_accepted) {STUDIES}"),
    "tagged_sessions": one(
        f"""SELECT COUNT(*) {HELD_SESSIONS} AND {OF_UNIT} AND EXISTS (
        SELECT 1 FROM activities_tagging g WHERE g.activity_id = s.activity_id
        AND (g.session_id IS NULL OR g.session_id = s.id))"""
    ),
    "make_up_sessions": one(
        f"""SELECT COUNT(*) {HELD_SESSIONS} AND {OF_UNIT}
        AND s.id IN (SELECT session_id FROM training_makeup)"""
    ),
}

COUNTS: dict[str, Count] = {
    f"{app}.{name}": count
    for app, counts in (
        ("activities", ACTIVITIES),
        ("books", BOOKS),
        ("ledger", LEDGER),
        ("observation", OBSERVATION),
        ("lessons", LESSONS),
        ("people", PEOPLE),
        ("planning", PLANNING),
        ("preparation", PREPARATION),
        ("training", TRAINING),
        ("works", WORKS),
    )
    for name, count in counts.items()
}
