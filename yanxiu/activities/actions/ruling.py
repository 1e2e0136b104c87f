"""Setting how sign-ins are taken, and forgetting devices."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from yanxiu.activities.actions.planning import locked
from yanxiu.activities.assurance import levels
from yanxiu.activities.models import (
    ActivityKind,
    Attendance,
    EarlyScan,
    Session,
    SignInDesk,
    SignInRule,
)
from yanxiu.activities.permissions import may_manage_session
from yanxiu.audit import trail
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Organisation, Teacher

MOST_AT_ONCE = 20_000
"""Sign-ins wiped in one go, so that the write lock is not held for long."""


@transaction.atomic
def set_sign_in_rule(
    organisation: Organisation,
    *,
    by: Teacher,
    at: datetime,
    way: str,
    signs_out: bool,
    confirmed_levels: Collection[str] = (),
    kind: ActivityKind | None = None,
) -> SignInRule:
    """Set the rule of `organisation`, or of one kind in it; sessions not yet closed follow it.

    Raises:
        NotAllowed: `by` does not manage the sessions of `organisation`.
    """
    require_right(by, "manage_sessions", organisation)
    values = {
        "way": SignInRule.Way(way),
        "signs_out": signs_out,
        "confirmed_levels": [code for code in levels() if code in confirmed_levels],
    }
    rule, _fresh = SignInRule.objects.update_or_create(
        organisation=organisation, kind=kind, defaults=values
    )
    detail = {**values, "way": str(rule.way), "kind": kind.code if kind else ""}
    trail.record(by, "activities.sign-in-rule-set", rule, at=at, detail=detail)
    return rule


@transaction.atomic
def drop_sign_in_rule(rule: SignInRule, *, by: Teacher, at: datetime) -> None:
    """Let the sessions follow the next wider rule again.

    Raises:
        NotAllowed: `by` does not manage the sessions of the organisation.
    """
    require_right(by, "manage_sessions", rule.organisation)
    trail.record(by, "activities.sign-in-rule-dropped", rule, at=at)
    rule.delete()


@transaction.atomic
def set_desk(
    session: Session, *, by: Teacher, at: datetime, way: str, signs_out: bool | None
) -> SignInDesk:
    """Let one session differ from its rule; an empty `way` and None follow it again.

    Raises:
        NotAllowed: `by` does not manage the session.
        SessionAlreadyClosed, SessionCancelled: it can no longer be changed.
    """
    require(may_manage_session, by, session)
    session = locked(session)
    desk, _fresh = SignInDesk.objects.update_or_create(
        session=session, defaults={"way": way, "signs_out": signs_out}
    )
    detail = {"way": way, "signs_out": signs_out}
    trail.record(by, "activities.desk-set", session, at=at, detail=detail)
    return desk


def forget_devices(organisation: Organisation, *, on: date) -> int:
    """Wipe which sign-ins came from the same browser, in all terms that have ended by `on`.

    Opening sign-in does this, so nobody has to think of it; doing it again is harmless.

    Returns:
        How many sign-ins were wiped.
    """
    over = {"session__organisation": organisation, "session__activity__term__ends_on__lte": on}
    EarlyScan.objects.filter(**over).delete()
    marked = Attendance.objects.filter(**over).exclude(device="")
    return Attendance.objects.filter(pk__in=marked.values("pk")[:MOST_AT_ONCE]).update(device="")
