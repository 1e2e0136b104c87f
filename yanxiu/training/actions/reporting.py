"""Reporting back: what was learned, with proof where the school asks for it."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from yanxiu.activities.models import Session
from yanxiu.activities.permissions import may_see_session
from yanxiu.agenda.models import Task
from yanxiu.attachments import actions as attachments
from yanxiu.attachments.models import Attachment
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.ledger.actions.submitting import as_record
from yanxiu.ledger.queries import schemes_on
from yanxiu.ledger.queries.chains import due_day, way_of
from yanxiu.ledger.rules.process import SCHOOL
from yanxiu.notices.actions import notify
from yanxiu.people.access import require
from yanxiu.people.models import Teacher
from yanxiu.training.actions.applying import (
    RECOGNISE,
    ask_to_decide,
    end_report_tasks,
    expect,
    locked,
)
from yanxiu.training.actions.courses import JOIN_COURSE
from yanxiu.training.actions.deciding import recognise_now
from yanxiu.training.models import OutsideTraining, TrainingSetting
from yanxiu.training.permissions import may_change_training
from yanxiu.training.queries.settings import deciders, setting_of
from yanxiu.training.records import of_training
from yanxiu.training.refusals import FieldRefused, ProofMissing

MOST_HOURS = Decimal(500)
State = OutsideTraining.State


@transaction.atomic
def hand_in(
    training: OutsideTraining,
    *,
    hours: Decimal,
    report: str,
    reference: str = "",
    shared_in: Session | None = None,
    proof: tuple[str, bytes] | None = None,
    by: Teacher,
    at: datetime,
) -> OutsideTraining:
    """Report back: hours, what was learned, or the session in which it was passed on.

    Where the school has set it to be automatic it is recognised at once, with the hours claimed.

    Args:
        training: agreed to, and over.
        hours: how many 课时 the certificate or notice says.
        report: what was learned and what one will do with it; a few sentences.
        reference: the number of the certificate or of the notice.
        shared_in: the session in which colleagues heard of it, instead of a text or beside it.
        proof: name and bytes of a file.
        by: who went.
        at: when, aware.

    Raises:
        NotAllowed: it is somebody else's.
        WrongState: it was not agreed to, or is recognised already.
        BadInput: it is not over, neither text nor session, or hours that cannot be meant.
        ProofMissing: the school asks for a reference or a file.
    """
    require(may_change_training, by, training)
    training = locked(training)
    expect(training, State.APPROVED, State.REPORTED, remedy="同意以后才能交汇报；已认定的不再改。")
    if training.course.last_on > day_of(at):
        raise BadInput("培训还没有结束，汇报没有提交。结束以后再交，已写的会留在这台设备上。")
    if not 0 < hours <= MOST_HOURS:
        raise FieldRefused(
            "hours", f"课时应大于0、不超过{MOST_HOURS}，没有提交。请按证书或通知填写。"
        )
    if not report.strip() and shared_in is None:
        raise FieldRefused(
            "report", "请写几句学到了什么，或选一场做过分享的活动，两样有一样就行。没有提交。"
        )
    if shared_in is not None:
        require(may_see_session, by, shared_in)
    setting = setting_of(training.organisation)
    _keep_proof(training, setting, reference, proof, by=by, at=at)
    training.hours_claimed, training.report = hours, report.strip()
    training.reference, training.shared_in = reference.strip(), shared_in
    training.state, training.reported_at, training.returned_because = State.REPORTED, at, ""
    training.save()
    end_report_tasks(training, at)
    trail.record(by, "training.reported", training, at=at, detail={"hours": str(hours)})
    _end_duty(training, by, at)
    if setting.automatic:
        return recognise_now(training, hours, by=None, name="自动认定", at=at)
    _tell_office(training, by, at)
    return training


def _keep_proof(
    training: OutsideTraining,
    setting: TrainingSetting,
    reference: str,
    proof: tuple[str, bytes] | None,
    *,
    by: Teacher,
    at: datetime,
) -> None:
    if setting.reference_required and not reference.strip():
        raise ProofMissing("reference", "证书或文件的编号")
    standing = Attachment.objects.filter(
        source_kind=OutsideTraining.SOURCE_KIND, source_id=training.uid
    )
    if setting.proof_required and proof is None and not standing.exists():
        raise ProofMissing("proof", "证明文件（PDF、Word、Excel、扫描件或照片）")
    if proof is not None:
        name, data = proof
        attachments.keep(
            source_of(training), data, name=name, organisation=training.organisation, by=by, at=at
        )


def _end_duty(training: OutsideTraining, teacher: Teacher, at: datetime) -> None:
    """End the duty of this one person to go to a compulsory course; the others still owe it."""
    source = source_of(training.course)
    Task.objects.filter(
        source_kind=source.kind, source_id=source.uid, kind=JOIN_COURSE, teacher=teacher,
        state=Task.State.OPEN,
    ).update(state=Task.State.DONE, ended_at=at)  # fmt: skip


def _tell_office(training: OutsideTraining, by: Teacher, at: datetime) -> None:
    people = [each for each in deciders(training.organisation, day_of(at)) if each.pk != by.pk]
    asked = f"认定外出培训：{by.name} · {training.course.title}"
    ask_to_decide(training, people, RECOGNISE, asked, at, due_on=_due_on(training, at))
    notify(
        people,
        kind="request",
        title=f"{by.name}交了培训汇报：{training.course.title}",
        source=source_of(training),
        organisation=training.organisation,
        at=at,
    )


def _due_on(training: OutsideTraining, at: datetime) -> date | None:
    """Return until when the scheme in force wants the school to have recognised a report."""
    record = as_record(of_training(training, training.hours_claimed or Decimal(0)), at)
    way = way_of(record, schemes_on(training.organisation, record.happened_on))
    steps = way.chain.steps if way else ()
    step = next((one for one in steps if one.by == SCHOOL), None)
    return due_day(step, way.scheme, record.happened_on, at) if way and step else None
