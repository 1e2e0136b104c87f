"""What the research office decides: to agree, to return, and to recognise."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from yanxiu.agenda import actions as agenda
from yanxiu.audit import trail
from yanxiu.kernel.amounts import plain
from yanxiu.kernel.sources import source_of
from yanxiu.ledger import actions as ledger
from yanxiu.ledger.models import RecognitionStep, Record
from yanxiu.ledger.refusals import OwnRecord
from yanxiu.ledger.rules.process import OFFICES
from yanxiu.notices.actions import notify
from yanxiu.people.access import require
from yanxiu.people.models import Teacher
from yanxiu.training import records
from yanxiu.training.actions.applying import (
    APPROVE,
    RECOGNISE,
    REPORT_AGAIN,
    decided,
    expect,
    locked,
    owe_report,
)
from yanxiu.training.models import OutsideTraining
from yanxiu.training.permissions import may_decide_training, may_recognise_training
from yanxiu.training.queries.settings import setting_of
from yanxiu.training.refusals import FieldRefused, WrongState

State = OutsideTraining.State


def _tell(training: OutsideTraining, title: str, at: datetime, by: Teacher, text: str = "") -> None:
    notify(
        [training.teacher] if training.teacher_id != by.pk else [],
        kind="decision",
        title=title,
        source=source_of(training),
        organisation=training.organisation,
        at=at,
        text=text,
    )


@transaction.atomic
def approve(
    training: OutsideTraining, *, budget_line: str = "", by: Teacher, at: datetime
) -> OutsideTraining:
    """Agree to an application, with the line of the budget that pays, if there is one.

    Raises:
        NotAllowed: `by` does not decide on training in the school.
        WrongState: it was decided before.
    """
    require(may_decide_training, by, training)
    training = locked(training)
    expect(training, State.APPLIED, remedy="已经办理过的请看下面的经过。")
    training.state, training.decided_at, training.decided_by_name = State.APPROVED, at, by.name
    training.budget_line = budget_line.strip() or training.budget_line
    training.save()
    decided(training, APPROVE, at)
    owe_report(training, setting_of(training.organisation).report_days, at)
    trail.record(by, "training.approved", training, at=at, detail={"budget": training.budget_line})
    _tell(training, f"同意您参加：{training.course.title}", at, by)
    return training


@transaction.atomic
def return_training(
    training: OutsideTraining, *, because: str, by: Teacher, at: datetime
) -> OutsideTraining:
    """Return an application with the reason; the person can put it right and hand it in again.

    Raises:
        NotAllowed: `by` does not decide on training in the school.
        FieldRefused: there is no reason.
        WrongState: it was decided before.
    """
    require(may_decide_training, by, training)
    training = locked(training)
    expect(training, State.APPLIED, remedy="已经办理过的请看下面的经过。")
    if not because.strip():
        raise FieldRefused("reason", "退回需要写明原因，没有退回。请用一句话说明怎样改。")
    training.state, training.returned_because = State.RETURNED, because.strip()
    training.decided_at, training.decided_by_name = at, by.name
    training.save()
    decided(training, APPROVE, at)
    trail.record(by, "training.returned", training, at=at, detail={"reason": because})
    _tell(training, f"外出培训申请退回：{training.course.title}", at, by, because)
    return training


@transaction.atomic
def return_report(
    training: OutsideTraining, *, because: str, by: Teacher, at: datetime
) -> OutsideTraining:
    """Return a report with the reason; it is owed again.

    Raises:
        NotAllowed: `by` does not decide on training in the school.
        FieldRefused: there is no reason.
        WrongState: there is no report that waits.
    """
    require(may_recognise_training, by, training)
    training = locked(training)
    expect(training, State.REPORTED, remedy="没有待认定的汇报。")
    if not because.strip():
        raise FieldRefused("reason", "退回需要写明原因，没有退回。请用一句话说明还缺什么。")
    training.state, training.returned_because = State.APPROVED, because.strip()
    training.save(update_fields=["state", "returned_because"])
    decided(training, RECOGNISE, at)
    owe_report(training, setting_of(training.organisation).report_days, at, REPORT_AGAIN)
    trail.record(by, "training.report-returned", training, at=at, detail={"reason": because})
    _tell(training, f"培训汇报退回：{training.course.title}", at, by, because)
    return training


@transaction.atomic
def recognise(
    training: OutsideTraining, *, hours: Decimal, because: str = "", by: Teacher, at: datetime
) -> OutsideTraining:
    """Recognise the hours of a report, as claimed or fewer; this writes the record, once.

    Fewer want a reason, which the person reads.

    Where the scheme in force goes on above the school, the record waits there.

    Raises:
        NotAllowed: `by` does not decide on training in the school.
        OwnRecord: it is the own training of `by`.
        FieldRefused: more than was claimed, less than nothing, or fewer without a reason.
        WrongState: there is no report that waits.
    """
    require(may_recognise_training, by, training)
    training = locked(training)
    if training.teacher_id == by.pk:
        raise OwnRecord
    expect(training, State.REPORTED, remedy="没有待认定的汇报；一次培训只认定一次。")
    if not 0 <= hours <= (training.hours_claimed or 0):
        raise FieldRefused(
            "hours", "认定的课时不能超过本人申报的，也不能是负数，没有认定。请核对。"
        )
    claimed = training.hours_claimed or Decimal(0)
    if hours < claimed and not because.strip():
        raise FieldRefused(
            "reason", "认定的少于本人申报的，需要写明原因，没有认定。请用一句话说明。"
        )
    training.recognised_because = because.strip()
    training = recognise_now(training, hours, by=by, name=by.name, at=at)
    told = f"申报 {plain(claimed)} 课时，认定 {plain(hours)} 课时。"
    told += f"原因：{because.strip()}" if because.strip() else ""
    _tell(training, f"外出培训已认定：{training.course.title}", at, by, told)
    return training


def recognise_now(
    training: OutsideTraining, hours: Decimal, *, by: Teacher | None, name: str, at: datetime
) -> OutsideTraining:
    """Write the record of a locked training and post what the schemes in force give for it."""
    training.state, training.hours_recognised = State.RECOGNISED, hours
    training.recognised_at, training.recognised_by_name = at, name
    training.save()
    decided(training, RECOGNISE, at)
    ledger.submit([records.of_training(training, hours)], by=by, at=at, step=records.SCHOOL_STEP)
    trail.record(by, "training.recognised", training, at=at, detail={"hours": str(hours)})
    return training


@transaction.atomic
def take_recognition_back(
    training: OutsideTraining, *, because: str, by: Teacher, at: datetime
) -> OutsideTraining:
    """Withdraw the record of a training that was recognised by mistake; the report waits again.

    Raises:
        NotAllowed: `by` does not decide on training in the school.
        FieldRefused: there is no reason.
        WrongState: it is not recognised, or was confirmed above the school.
    """
    require(may_recognise_training, by, training)
    training = locked(training)
    expect(training, State.RECOGNISED, remedy="还没有认定，不必撤回。")
    if not because.strip():
        raise FieldRefused("reason", "撤回认定需要写明原因，没有改动。请用一句话说明。")
    standing = Record.objects.filter(
        source_kind=OutsideTraining.SOURCE_KIND, source_id=training.uid, withdrawn_at=None
    )
    if RecognitionStep.objects.filter(record__in=standing, level__in=OFFICES[1:]).exists():
        raise WrongState("上级已认定", "上级认定过的，请在研修记录里用“更正认定”。")
    for record in standing:
        ledger.withdraw(record, because=because.strip(), by=by, at=at)
    training.state, training.hours_recognised = State.REPORTED, None
    training.recognised_because = ""
    training.save(update_fields=["state", "hours_recognised", "recognised_because"])
    agenda.reopen_tasks(source_of(training), kind=RECOGNISE)
    trail.record(by, "training.recognition-taken-back", training, at=at, detail={"why": because})
    _tell(training, f"外出培训的认定撤回：{training.course.title}", at, by, because)
    return training
