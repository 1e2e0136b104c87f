"""The independent counts of lessons and of preparing them."""
# ruff: noqa: S608 - the statements are put together of constants only

from tests.recount.asking import Count, either, one

# ---- 课 ----
_TAUGHT = """l.state = 'given'
    AND l.starts_at >= %(start_at)s AND l.starts_at < %(end_at)s"""
GIVEN = f"""FROM lessons_lesson l JOIN lessons_lessonkind k ON k.id = l.kind_id
    WHERE {_TAUGHT} AND l.organisation_id IN (SELECT id FROM below)
    AND {either("unit", "l.unit_id = %(unit)s")}
    AND {either("teacher", "l.teacher_id = %(teacher)s")}"""
NAMES = {
    "open_lesson": "公开课", "study_lesson": "研究课", "seminar_lesson": "研讨课",
    "demonstration_lesson": "示范课", "display_lesson": "展示课", "report_lesson": "汇报课",
    "debut_lesson": "亮相课", "model_lesson": "观摩课", "same_topic_lesson": "同课异构课",
    "guest_lesson": "送课", "contest_lesson": "评优课", "trial_lesson": "磨课试教",
    "routine_lesson": "随堂课", "push_door_lesson": "推门课",
}  # fmt: skip
"""The kinds are counted by the words that people read, the figures go by the code."""

LESSONS: dict[str, Count] = {
    "given": one(f"SELECT COUNT(*) {GIVEN}"),
    "given_open": one(f"SELECT COUNT(*) {GIVEN} AND k.is_open"),
    **{
        code: one(f"SELECT COUNT(*) {GIVEN} AND k.organisation_id IS NULL AND k.name = '{name}'")
        for code, name in NAMES.items()
    },
    "of_group": one(
        f"""SELECT COUNT(*) {GIVEN} AND l.level = 'group'
        AND k.organisation_id IS NULL AND k.name IN ('公开课', '研究课', '研讨课')"""
    ),
    "shown_by_school": one(
        f"""SELECT COUNT(*) {GIVEN} AND l.level = 'school'
        AND k.organisation_id IS NULL AND k.name = '展示课'"""
    ),
    "recorded": one(
        f"""SELECT COUNT(DISTINCT l.id) {GIVEN} AND l.id IN (
        SELECT h.lesson_id FROM lessons_listener h WHERE h.recorded_at IS NOT NULL)"""
    ),
    "by_leaders": one(
        f"""SELECT COUNT(*) {GIVEN} AND l.teacher_id IN (
        SELECT o.teacher_id FROM people_post o JOIN people_role r ON r.id = o.role_id
        WHERE r.leading AND o.starts_on <= %(today)s
        AND (o.ends_on IS NULL OR o.ends_on > %(today)s))"""
    ),
    "with_researcher": one(f"SELECT COUNT(*) {GIVEN} AND l.researcher_came"),
    "presenters": one(f"SELECT COUNT(DISTINCT l.teacher_id) {GIVEN} AND k.is_open"),
    "series": one(
        f"""SELECT COUNT(DISTINCT x.id) FROM lessons_lessonseries x
        JOIN lessons_lesson l ON l.series_id = x.id
        WHERE {_TAUGHT} AND x.organisation_id IN (SELECT id FROM below)
        AND {either("unit", "x.unit_id = %(unit)s")}
        AND {either("teacher", "l.teacher_id = %(teacher)s")}"""
    ),
}

# ---- 备课 ----
PLANS = f"""FROM preparation_lessonplan p
    WHERE p.organisation_id IN (SELECT id FROM below)
    AND {either("unit", "p.unit_id = %(unit)s")}
    AND {either("teacher", "p.author_id = %(teacher)s")}"""
AGREED = f"""{PLANS} AND p.kind = 'shared' AND p.state = 'agreed'
    AND p.agreed_at >= %(start_at)s AND p.agreed_at < %(end_at)s"""
HANDED_IN = f"""{PLANS} AND p.kind = 'personal'
    AND p.state NOT IN ('draft', 'discussed', 'agreed')
    AND p.handed_in_at >= %(start_at)s AND p.handed_in_at < %(end_at)s"""
TOPICS = f"""FROM preparation_teachingtopic c JOIN terms_term t ON t.id = c.term_id
    WHERE c.organisation_id IN (SELECT id FROM below)
    AND {either("unit", "c.unit_id = %(unit)s")}
    AND t.starts_on < %(end)s AND t.ends_on > %(start)s"""
OF_PLANS = f"""JOIN preparation_lessonplan p ON p.id = x.plan_id
    WHERE p.organisation_id IN (SELECT id FROM below)
    AND {either("unit", "p.unit_id = %(unit)s")}"""

PREPARATION: dict[str, Count] = {
    "agreed_plans": one(f"SELECT COUNT(*) {AGREED}"),
    "linked_plans": one(
        f"""SELECT COUNT(*) {AGREED}
        AND (p.project_id IS NOT NULL OR p.new_ideas <> '' OR p.reform <> '')"""
    ),
    "handed_in_plans": one(f"SELECT COUNT(*) {HANDED_IN}"),
    "checked_plans": one(
        f"SELECT COUNT(*) {HANDED_IN} AND p.id IN (SELECT plan_id FROM preparation_planreview)"
    ),
    "topics": one(f"SELECT COUNT(*) {TOPICS}"),
    "topics_together": one(
        f"""SELECT COUNT(*) {TOPICS} AND c.id IN (
        SELECT p.topic_id FROM preparation_lessonplan p
        WHERE p.topic_id IS NOT NULL AND p.kind = 'shared' AND p.state = 'agreed')"""
    ),
    "adopted": one(
        f"""SELECT COUNT(*) FROM preparation_plancomment x {OF_PLANS}
        AND x.withdrawn_at IS NULL AND x.state NOT IN ('open', 'kept')
        AND x.settled_at >= %(start_at)s AND x.settled_at < %(end_at)s
        AND {either("teacher", "x.teacher_id = %(teacher)s")}"""
    ),
    "questions_answered": one(
        f"""SELECT COUNT(*) FROM preparation_planquestion x
        JOIN activities_problem b ON b.id = x.problem_id {OF_PLANS}
        AND x.answered_at IS NOT NULL
        AND b.raised_at >= %(start_at)s AND b.raised_at < %(end_at)s
        AND {either("teacher", "x.owner_id = %(teacher)s")}"""
    ),
    "requirements": one(
        f"""SELECT COUNT(DISTINCT q.id) FROM preparation_graderequirement q
        JOIN preparation_requirementversion v ON v.requirement_id = q.id
        WHERE q.organisation_id IN (SELECT id FROM below)
        AND {either("unit", "q.unit_id = %(unit)s")}
        AND v.state = 'approved' AND v.decided_at < %(end_at)s"""
    ),
}
