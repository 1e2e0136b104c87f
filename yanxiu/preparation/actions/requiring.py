"""What a group asks of the teaching in a grade: proposing it, and approving it."""

from datetime import datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.notices.actions import notify
from yanxiu.people.access import NotAllowed, require
from yanxiu.people.models import Teacher, Unit
from yanxiu.preparation.models import GradeRequirement, RequirementVersion
from yanxiu.preparation.permissions import (
    may_approve_requirement,
    may_propose_requirement,
    may_schedule_unit,
)
from yanxiu.texts.radicals import repair

LONGEST = 30_000
State = RequirementVersion.State


@transaction.atomic
def begin_requirement(
    unit: Unit, *, subject: str, grade: str, text: str, by: Teacher, at: datetime
) -> GradeRequirement:
    """Begin the document of one subject and grade with its first version.

    Raises:
        NotAllowed: the group is not this teacher's to lead.
        BadInput: something is missing, or the document exists.
    """
    require(may_schedule_unit, by, unit)
    subject, grade = subject.strip(), grade.strip()
    if not subject or not grade:
        raise BadInput("学科和年级都要写，没有保存。")
    if GradeRequirement.objects.filter(unit=unit, subject=subject, grade=grade).exists():
        raise BadInput(f"{unit.name}已经有{grade}{subject}的教学要求，没有另立。请打开那一份修订。")
    found = GradeRequirement.objects.create(
        organisation=unit.organisation, unit=unit, subject=subject, grade=grade
    )
    propose(found, text=text, reason="", edition=0, by=by, at=at)
    return found


@transaction.atomic
def propose(
    found: GradeRequirement,
    *,
    text: str,
    reason: str,
    edition: int,
    by: Teacher,
    at: datetime,
) -> RequirementVersion:
    """Propose a new version, to be approved; one that waits is replaced by it.

    Raises:
        NotAllowed: the group is not this teacher's to lead.
        BadInput: it is empty or too long, nothing differs, no reason is given, or somebody else
            has proposed one meanwhile.
    """
    require(may_propose_requirement, by, found)
    found = GradeRequirement.objects.select_for_update().get(pk=found.pk)
    text = repair(text.strip())
    last = found.versions.first()
    if not text or len(text) > LONGEST:
        raise BadInput(f"请写教学要求，最多 {LONGEST} 字，没有保存；您写的还在框里。")
    if found.edition != edition:
        raise BadInput(
            "您写的时候，别人已经存了新的一稿，没有盖掉。请对照下面的现稿，把您改的并进去再保存。"
        )
    if last is not None and last.text == text:
        raise BadInput("和上一稿一字不差，没有另存。")
    if last is not None and not reason.strip():
        raise BadInput("请用一句话写为什么改，没有保存。")
    version = RequirementVersion.objects.create(
        requirement=found,
        number=found.edition + 1,
        text=text,
        reason=reason.strip()[:200],
        made_by=by,
        made_at=at,
    )
    found.edition = version.number
    found.save(update_fields=["edition"])
    detail = {"version": version.number}
    trail.record(by, "preparation.requirement-proposed", found, at=at, detail=detail)
    return version


@transaction.atomic
def decide_requirement(
    version: RequirementVersion,
    *,
    approved: bool,
    word: str = "",
    by: Teacher,
    at: datetime,
) -> RequirementVersion:
    """Approve the newest version, or return it with a word.

    Raises:
        NotAllowed: `by` does not manage the lessons of the school, or wrote it.
        BadInput: it was decided, a newer one stands, or it is returned without a word.
    """
    require(may_approve_requirement, by, version.requirement)
    if version.made_by_id == by.pk:
        raise NotAllowed("自己写的教学要求不能自己审定，没有改动。请另一位来审。")
    found = GradeRequirement.objects.select_for_update().get(pk=version.requirement_id)
    version = RequirementVersion.objects.select_related("made_by").get(pk=version.pk)
    if version.state != State.PROPOSED or version.number != found.edition:
        raise BadInput("这一稿已经审过，或者又有了新的一稿，没有改动。刷新一下再看。")
    if not approved and not word.strip():
        raise BadInput("退回需要写一句意见，没有退回。")
    version.state = State.APPROVED if approved else State.RETURNED
    version.word, version.decided_at, version.decided_by_name = word.strip()[:200], at, by.name
    version.save(update_fields=["state", "word", "decided_at", "decided_by_name"])
    detail = {"version": version.number, "approved": approved}
    trail.record(by, "preparation.requirement-decided", found, at=at, detail=detail)
    notify(
        [version.made_by],
        kind="decision",
        title=f"{found.grade}{found.subject}教学要求：{version.get_state_display()}",
        source=source_of(found),
        organisation=found.organisation,
        at=at,
        text=version.word,
    )
    return version
