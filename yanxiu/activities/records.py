"""What happened in a session, told as 研修记录 the ledger understands."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from yanxiu.activities.content import record_theme
from yanxiu.activities.models import Attendance, HomeRecognition, Part, Session
from yanxiu.activities.presence import Presence, presences
from yanxiu.activities.queries import CAME, RANK, counts_only_with_note
from yanxiu.kernel.sources import source_of
from yanxiu.ledger.actions import NewRecord
from yanxiu.people.models import Organisation


def of_session(session: Session, *, only: Iterable[Attendance] | None = None) -> list[NewRecord]:
    """Return one record for each person who came, or of those in `only` who did.

    People of an invited school are recorded in their own school, and only once it has recognised
    them; where the activity asks for a note, only those who handed one in are recorded.
    """
    rows = (
        list(session.attendances.select_related("teacher").filter(state__in=CAME))
        if only is None
        else [row for row in only if row.state in CAME]
    )
    parts: dict[int, set[str]] = defaultdict(set)
    homes: dict[int, Organisation] = {}
    for part in session.parts.select_related("home"):
        parts[part.teacher_id].add(part.role)
        if part.home:
            homes[part.teacher_id] = part.home
    if homes:
        recognised = _recognised(session)
        rows = [row for row in rows if not _waits(homes.get(row.teacher_id), recognised)]
    if counts_only_with_note(session):
        noted = set(session.notes.values_list("teacher_id", flat=True))
        rows = [row for row in rows if row.teacher_id in noted]
    how = presences(session, rows)
    theme = record_theme(session) if rows else ""
    news = [
        _record(session, row, parts[row.teacher_id], homes.get(row.teacher_id), how[row.teacher_id])
        for row in rows
    ]
    return [replace(new, theme=theme) for new in news]


def by_school(news: Iterable[NewRecord]) -> list[list[NewRecord]]:
    """Return `news` apart by school: the ledger takes the records of one school at a time."""
    apart: dict[int, list[NewRecord]] = defaultdict(list)
    for new in news:
        apart[new.organisation.pk].append(new)
    return list(apart.values())


def _recognised(session: Session) -> set[int]:
    """Return the schools that have recognised their people; all others wait."""
    done = session.recognitions.filter(state=HomeRecognition.State.RECOGNISED)
    return set(done.values_list("organisation_id", flat=True))


def _waits(home: Organisation | None, recognised: set[int]) -> bool:
    return home is not None and home.pk not in recognised


def _record(
    session: Session,
    row: Attendance,
    roles: set[str],
    home: Organisation | None,
    how: Presence,
) -> NewRecord:
    role = next((each for each in RANK if each in roles), Part.Role.ATTENDEE)
    activity = session.activity
    return NewRecord(
        teacher=row.teacher,
        organisation=home or session.organisation,
        kind=activity.kind.record_kind,
        role=role,
        title=session.title,
        happened_at=session.starts_at,
        minutes=how.minutes,
        attendance=row.state,
        assurance=how.assurance,
        organiser_level=activity.organiser_level,
        source=source_of(session),
    )
