"""What comes of a reflection: a new version of the plan, and a talk about it with others."""

from datetime import datetime

from django.db import transaction

from yanxiu.activities.models import Session
from yanxiu.activities.permissions import may_see_session
from yanxiu.audit import trail
from yanxiu.people.access import require
from yanxiu.people.models import Teacher
from yanxiu.preparation import actions as preparation
from yanxiu.preparation.content import texts_of
from yanxiu.preparation.models import LessonPlan, PlanVersion
from yanxiu.preparation.permissions import may_write_plan
from yanxiu.works.actions.draft import locked
from yanxiu.works.actions.neighbours import compare
from yanxiu.works.models import Work
from yanxiu.works.permissions import may_own_work
from yanxiu.works.refusals import NoPlanToRevise, NothingWritten

REDESIGN = "redesign"
PROCESS = "process"


def plan_behind(work: Work, by: Teacher) -> LessonPlan | None:
    """Return the plan that the lesson was taught by, if it is this teacher's to write."""
    if work.lesson_id is None:
        return None
    plans = LessonPlan.objects.filter(may_write_plan(by), versions__uses__lesson=work.lesson_id)
    return plans.order_by("-pk").first()


@transaction.atomic
def redesign_plan(work: Work, *, by: Teacher, at: datetime) -> PlanVersion:
    """Put the redesign of a reflection into the plan of its lesson, as a version of its own.

    Raises:
        NotAllowed: `by` is not the first author, or the plan is somebody else's.
        NothingWritten: there is no redesign in it.
        NoPlanToRevise: no plan of this teacher's belongs to the lesson.
    """
    require(may_own_work, by, work)
    row = work.texts.filter(code=REDESIGN).first()
    if row is None or not row.text.strip():
        raise NothingWritten(row.name if row else "教学再设计")
    plan = plan_behind(work, by)
    if plan is None:
        raise NoPlanToRevise
    texts = texts_of(plan.content)
    code = PROCESS if PROCESS in texts else list(texts)[-1]
    added = "\n".join(part for part in (texts[code], f"【再设计】{row.text.strip()}") if part)
    reason = f"课后反思《{work.title}》的再设计"[:200]
    version = preparation.revise(plan, reason=reason, texts={code: added}, by=by, at=at)
    trail.record(by, "works.redesigned", work, at=at, detail={"plan": str(plan.uid)})
    return version


@transaction.atomic
def propose_for_session(work: Work, session: Session | None, *, by: Teacher, at: datetime) -> Work:
    """Bring a work to a session, so that those who come may read it before; None takes it back.

    Raises:
        NotAllowed: `by` is not the first author, or may not see the session.
    """
    require(may_own_work, by, work)
    if session is not None:
        require(may_see_session, by, session)
    work = locked(work)
    work.session = session
    if session is not None and work.shared_with == Work.Shared.NOBODY:
        work.shared_with = Work.Shared.GROUP
    work.save(update_fields=["session", "shared_with"])
    compare(work, at=at)
    detail = {"session": str(session.uid) if session else ""}
    trail.record(by, "works.proposed", work, at=at, detail=detail)
    return work
