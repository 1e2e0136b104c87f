"""What the page of a session tells beside roll and minutes: before, agenda, agreed, after."""

from typing import Any

from django.db.models import Q

from yanxiu.activities.chain import last_time, ordinal_of
from yanxiu.activities.feedback import FEWEST, opinion_of
from yanxiu.activities.models import INTERACTIONS, FeedbackGiven, Part, Session
from yanxiu.activities.permissions import may_recognise_home
from yanxiu.activities.queries import counts_only_with_note, expected_teachers
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher


def told_of(found: Session, teacher: Teacher, *, manages: bool, came: bool) -> dict[str, Any]:
    """Return what the fragments about the talk of `found` need, as far as `teacher` may see it."""
    closed = found.closed_at is not None
    notes = found.notes.filter(Q(is_shared=True) | Q(teacher=teacher)).select_related("teacher")
    context: dict[str, Any] = {
        "ordinal": ordinal_of(found),
        "before": last_time(found),
        "agenda_points": list(found.agenda_points.select_related("teacher")),
        "agreed": list(found.resolutions.select_related("owner")),
        "problems": list(found.problems.all()),
        "moves": list(found.moves.all()),
        "interactions": "、".join(
            str(label) for code, label in INTERACTIONS.items() if code in found.interactions
        ),
        "notes": list(notes),
        "note_needed": counts_only_with_note(found),
        "was_there": came,
        "guests_by_school": _guests(found),
        "waiting": list(_waiting(found, teacher)),
        "fewest": FEWEST,
        "asks_feedback": closed and found.activity.kind.asks_feedback,
    }
    if came and context["asks_feedback"]:
        given = FeedbackGiven.objects.filter(session=found, teacher=teacher)
        context["answered"] = given.exists()
    if manages and closed:
        context["opinion"] = opinion_of(found)
    if manages and closed and not hasattr(found, "minutes_taken"):
        context["writers"] = list(expected_teachers(found).values("uid", "name"))
    if came:
        own = [note for note in context["notes"] if note.teacher_id == teacher.pk]
        context["own_note"] = own[0] if own else None
    return context


def _guests(found: Session) -> list[tuple[str, int]]:
    """Return the invited schools with how many people each sends."""
    names: dict[str, int] = {}
    rows = Part.objects.filter(session=found).exclude(home=None).select_related("home")
    for part in rows:
        if part.home:
            names[part.home.name] = names.get(part.home.name, 0) + 1
    return list(names.items())


def _waiting(found: Session, teacher: Teacher) -> Any:
    """Return what the reader's own school has recognised, or still has to."""
    return allowed(may_recognise_home, teacher, found.recognitions.select_related("organisation"))


def homes_seen(found: Session, teacher: Teacher, *, manages: bool) -> list[int] | None:
    """Return the schools whose people the reader may see in `found`; None is all of them.

    Whoever runs the session calls every name; others see the people of their own schools.
    """
    if manages:
        return None
    homes = {part.home for part in found.parts.exclude(home=None).select_related("home")}
    if not homes:
        return None
    paths = teacher.reach_paths("see_sessions")
    schools = {home for home in homes if home} | {found.organisation}
    return [one.pk for one in schools if any(one.path.startswith(path) for path in paths)]
