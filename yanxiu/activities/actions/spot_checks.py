"""Looking for a random few in the room."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from yanxiu.activities.actions.planning import locked
from yanxiu.activities.models import Attendance, Session, SpotCheck
from yanxiu.activities.permissions import may_manage_session
from yanxiu.activities.queries import CAME
from yanxiu.activities.refusals import NobodyToCheck
from yanxiu.audit import trail
from yanxiu.people.access import require
from yanxiu.people.models import Teacher

USUAL_SIZE = 3
MOST = 20


def drawn_of(pool: list[str], seed: str, size: int) -> list[str]:
    """Return the `size` uids of `pool` that `seed` draws; the same for everybody who asks."""
    return sorted(pool, key=lambda uid: sha256(f"{seed}:{uid}".encode()).digest())[:size]


@transaction.atomic
def draw_spot_check(
    session: Session, *, by: Teacher, at: datetime, size: int = USUAL_SIZE
) -> SpotCheck:
    """Draw a few of those who signed in with a code and have not been looked for yet.

    Raises:
        NotAllowed: `by` does not manage the session.
        SessionAlreadyClosed, SessionCancelled: it can no longer be changed.
        NobodyToCheck: nobody is left to draw from.
    """
    require(may_manage_session, by, session)
    session = locked(session)
    rows = session.attendances.filter(
        state__in=CAME, method=Attendance.Method.CODE, spot_result="", confirmed_at=None
    )
    pool = sorted(str(uid) for uid in rows.values_list("teacher__uid", flat=True))
    if not pool:
        raise NobodyToCheck
    seed = secrets.token_hex(32)
    check = SpotCheck.objects.create(
        session=session,
        seed=seed,
        pool=pool,
        drawn=drawn_of(pool, seed, max(1, min(size, MOST))),
        at=at,
        by_uid=by.uid,
        by_name=by.name,
    )
    trail.record(by, "activities.spot-check-drawn", check, at=at, detail={"drawn": check.drawn})
    return check


@transaction.atomic
def answer_spot_check(
    check: SpotCheck, results: Mapping[Teacher, str], *, by: Teacher, at: datetime
) -> SpotCheck:
    """Keep for each person drawn whether the host found the person; "" takes an answer back.

    Raises:
        NotAllowed, SessionAlreadyClosed, SessionCancelled: as `draw_spot_check` says.
    """
    require(may_manage_session, by, check.session)
    session = locked(check.session)
    check = SpotCheck.objects.select_for_update().get(pk=check.pk)
    answers = {
        teacher: result
        for teacher, result in results.items()
        if str(teacher.uid) in check.drawn and result in {"", *Attendance.Check.values}
    }
    for teacher, result in answers.items():
        check.results[str(teacher.uid)] = result
        session.attendances.filter(teacher=teacher, state__in=CAME).update(spot_result=result)
    check.save(update_fields=["results"])
    told = {str(teacher.uid): result for teacher, result in answers.items()}
    trail.record(by, "activities.spot-check-answered", check, at=at, detail={"results": told})
    return check
