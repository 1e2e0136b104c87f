"""Excusing a teacher for a reason of the scheme, ending it, and taking a mistake back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from yanxiu.attachments import actions as attachments
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.ledger.actions.keeping import stale
from yanxiu.ledger.models import Exemption
from yanxiu.ledger.refusals import OwnAffair
from yanxiu.notices.actions import notify
from yanxiu.people.access import require_right
from yanxiu.people.models import Leave, Organisation, Teacher
from yanxiu.ui.wording import span_text

RIGHT = "recognise_hours"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class NewExemption:
    """What is granted; `ends_on` is the first day on which it does not hold any more, or open."""

    reason: str
    starts_on: date
    ends_on: date | None
    document: str = ""
    leave: Leave | None = None


@transaction.atomic
def grant_exemption(
    teacher: Teacher,
    organisation: Organisation,
    new: NewExemption,
    *,
    by: Teacher,
    at: datetime,
    file: tuple[str, bytes] | None = None,
) -> Exemption:
    """Excuse `teacher`, who works in `organisation`; whoever enters it answers for it.

    Raises:
        NotAllowed: `by` does not recognise hours in `organisation`.
        OwnAffair: it is the own exemption.
        BadInput: it ends before it starts, or one for the reason overlaps.
    """
    require_right(by, RIGHT, organisation)
    if by.pk == teacher.pk:
        raise OwnAffair
    if new.ends_on and new.ends_on <= new.starts_on:
        raise BadInput("结束的日子不在开始之后，没有保存。请核对日期。")
    Teacher.objects.select_for_update(of=("self",)).get(pk=teacher.pk)
    _refuse_overlap(teacher, new)
    exemption = Exemption.objects.create(
        teacher=teacher, organisation=organisation, reason=new.reason, starts_on=new.starts_on,
        ends_on=new.ends_on, document=new.document.strip(), leave=new.leave,
        approved_by_uid=by.uid, approved_by_name=by.name, approved_at=at,
    )  # fmt: skip
    if file:
        attachments.keep(
            source_of(exemption), file[1], name=file[0], organisation=organisation, by=by, at=at
        )
    stale([teacher.pk], at)
    ends = f"到{span_text(new.ends_on - ONE_DAY)}" if new.ends_on else ""
    _tell(exemption, "登记了您的减免", f"从{span_text(new.starts_on)}起{ends}", by, at)
    trail.record(
        by, "ledger.exemption-granted", exemption, at=at,
        detail={"reason": new.reason, "from": new.starts_on.isoformat(),
                "to": new.ends_on.isoformat() if new.ends_on else ""},
    )  # fmt: skip
    return exemption


def _refuse_overlap(teacher: Teacher, new: NewExemption) -> None:
    standing = Exemption.objects.living().filter(teacher=teacher, reason=new.reason)
    for one in standing:
        begins_before_end = new.ends_on is None or one.starts_on < new.ends_on
        if begins_before_end and (one.ends_on is None or one.ends_on > new.starts_on):
            message = (
                f"{teacher.name}已有一段同样原因的减免（从{span_text(one.starts_on)}起）与它重叠，"
                "没有重复登记。请先结束或撤回那一段，或改日期。"
            )
            raise BadInput(message)


@transaction.atomic
def end_exemption(exemption: Exemption, *, ends_on: date, by: Teacher, at: datetime) -> Exemption:
    """Let an exemption hold until before `ends_on`.

    Raises:
        NotAllowed, OwnAffair: `by` has no say in it.
        BadInput: it was taken back, or would end before it starts.
    """
    exemption = _locked(exemption, by)
    if ends_on <= exemption.starts_on:
        raise BadInput("结束的日子不在开始之后，没有保存。整段都不对，请用“撤回”。")
    exemption.ends_on = ends_on
    exemption.save(update_fields=["ends_on"])
    stale([exemption.teacher_id], at)
    _tell(exemption, "定下了您的减免哪天结束", f"到{span_text(ends_on - ONE_DAY)}", by, at)
    detail = {"to": ends_on.isoformat()}
    trail.record(by, "ledger.exemption-ended", exemption, at=at, detail=detail)
    return exemption


@transaction.atomic
def take_back_exemption(
    exemption: Exemption, *, because: str, by: Teacher, at: datetime
) -> Exemption:
    """Take back an exemption that should not have been; it stays visible with the reason.

    Raises:
        NotAllowed, OwnAffair: `by` has no say in it.
        BadInput: there is no reason, or it was taken back before.
    """
    exemption = _locked(exemption, by)
    if not because.strip():
        raise BadInput("请写一句为什么撤回，本人看得到。没有改动。")
    exemption.withdrawn_at = at
    exemption.withdrawn_by_name = by.name
    exemption.withdrawn_because = because.strip()
    exemption.save(update_fields=["withdrawn_at", "withdrawn_by_name", "withdrawn_because"])
    stale([exemption.teacher_id], at)
    _tell(exemption, "撤回了您的减免", because.strip(), by, at)
    detail = {"reason": because.strip()}
    trail.record(by, "ledger.exemption-taken-back", exemption, at=at, detail=detail)
    return exemption


def _tell(exemption: Exemption, title: str, text: str, by: Teacher, at: datetime) -> None:
    notify(
        [exemption.teacher], kind="decision", title=f"{by.name}{title}",
        source=source_of(exemption), organisation=exemption.organisation, at=at, text=text,
    )  # fmt: skip


def _locked(exemption: Exemption, by: Teacher) -> Exemption:
    require_right(by, RIGHT, exemption.organisation)
    if by.pk == exemption.teacher_id:
        raise OwnAffair
    found: Exemption = (
        Exemption.objects.select_for_update(of=("self",))
        .select_related("organisation", "teacher")
        .get(pk=exemption.pk)
    )
    if found.withdrawn_at:
        raise BadInput(
            f"这段减免已由{found.withdrawn_by_name}撤回（{found.withdrawn_because}），没有再改。"
        )
    return found
