"""For every figure of observation an independent count, from the sentence that it shows."""
# ruff: noqa: S608 - the statements are put together of constants only

from datetime import date
from decimal import Decimal

from tests.recount.asking import Count, Question, day_in, day_in_shanghai, either, one, rows_of

HANDED_IN = "b.state IN ('handed_in', 'checked')"
HEARD = f"""FROM observation_observation b JOIN lessons_lesson l ON l.id = b.lesson_id
    WHERE b.organisation_id IN (SELECT id FROM below) AND {HANDED_IN}
    AND l.starts_at >= %(start_at)s AND l.starts_at < %(end_at)s
    AND {either("teacher", "b.observer_id = %(teacher)s")}"""


def _observers(question: Question, more: str) -> list[int]:
    """Return who handed in each record; of a unit those who were in it on the day."""
    rows = rows_of(question, f"SELECT b.observer_id, l.starts_at {HEARD} {more}")
    if question.scope.unit is None:
        return [observer for observer, _began in rows]
    seats = [
        (teacher, day_in(first), day_in(last) if last else date.max)
        for teacher, first, last in rows_of(
            question,
            """SELECT teacher_id, starts_on, ends_on FROM people_membership
            WHERE unit_id = %(unit)s""",
        )
    ]
    return [
        observer
        for observer, began in rows
        if any(
            teacher == observer and first <= day_in_shanghai(began) < last
            for teacher, first, last in seats
        )
    ]


def _heard(more: str = "") -> Count:
    return lambda question: Decimal(len(_observers(question, more)))


def _persons(question: Question) -> Decimal:
    return Decimal(len(set(_observers(question, ""))))


GIVEN = f"""FROM lessons_lesson l WHERE l.organisation_id IN (SELECT id FROM below)
    AND l.state = 'given' AND l.starts_at >= %(start_at)s AND l.starts_at < %(end_at)s
    AND {either("unit", "l.unit_id = %(unit)s")}
    AND {either("teacher", "l.teacher_id = %(teacher)s")}"""

OBSERVATION: dict[str, Count] = {
    "records": _heard(),
    "observers": _persons,
    "push_door": _heard("AND (b.kind = 'push_door' OR NOT l.announced)"),
    "waiting": _heard("AND b.state = 'handed_in'"),
    "checked": _heard("AND b.state = 'checked'"),
    "evaluated": one(
        f"""SELECT COUNT(*) {GIVEN}
        AND l.id IN (SELECT b.lesson_id FROM observation_observation b WHERE {HANDED_IN})"""
    ),
    "accounted": one(
        f"""SELECT COUNT(*) {GIVEN} AND EXISTS (
        SELECT 1 FROM observation_lessonaccount a WHERE a.lesson_id = l.id
        AND a.teacher_id = l.teacher_id AND a.handed_in_at IS NOT NULL)"""
    ),
}
