"""Taking over hours from another school, county or province, each line as a record of its own."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from yanxiu.agenda import actions as agenda
from yanxiu.attachments import actions as attachments
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of, moment_at
from yanxiu.ledger.actions.asking import nearest_holders
from yanxiu.ledger.actions.keeping import stale
from yanxiu.ledger.actions.posting import post
from yanxiu.ledger.actions.withdrawing import withdraw
from yanxiu.ledger.models import Award, RecognitionStep, Record, Transfer, TransferLine
from yanxiu.ledger.queries import schemes_on
from yanxiu.ledger.refusals import OwnAffair
from yanxiu.ledger.rules.adding import TRANSFERRED
from yanxiu.ledger.rules.process import SCHOOL
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.ledger.rules.taking import taken
from yanxiu.notices.actions import notify
from yanxiu.people.access import require_right
from yanxiu.people.models import Organisation, Teacher
from yanxiu.ui.wording import span_text

RIGHT: Final = "recognise_hours"
DECIDE: Final = "ledger.transfer"
"""The task of whoever decides about one; anybody's decision ends it for all."""
STEP: Final = "transfer"
MOST_LINES: Final = 40
_MORNING = time(8)
_YEAR: Final = timedelta(days=366)
State = Transfer.State


@dataclass(frozen=True)
class NewLine:
    """One amount of one category over some days of one year."""

    title: str
    delivery_mode: str
    organiser_level: str
    starts_on: date
    last_on: date
    amount: Decimal
    unit: str
    subject_kind: str = ""
    theme: str = ""


@transaction.atomic
def bring(
    teacher: Teacher,
    organisation: Organisation,
    *,
    issuer: str,
    document: str,
    lines: Sequence[NewLine],
    by: Teacher,
    at: datetime,
    file: tuple[str, bytes] | None = None,
    instead_of: Transfer | None = None,
) -> Transfer:
    """Hand in what another place says about `teacher`; an officer who is not the person decides.

    The very same, sent twice by a second press, is one paper as long as it waits.

    Args:
        teacher: whose hours they are.
        organisation: the school at which the teacher works now.
        issuer: which place has recognised them.
        document: what the paper is called, with its number.
        lines: what stands on it.
        by: the person, or somebody who recognises hours at the school.
        at: when, aware.
        file: name and bytes of the paper.
        instead_of: one of `teacher` that was given back or taken back; it stays as it was, and
            its files go along where no other is given.

    Raises:
        NotAllowed: `by` is neither.
        BadInput: a line ends before it begins, lies ahead, lasts longer than a year, or brings
            nothing; or `instead_of` was not given back.
    """
    if by.pk != teacher.pk:
        require_right(by, RIGHT, organisation)
    if not 0 < len(lines) <= MOST_LINES:
        raise BadInput(f"请填1到{MOST_LINES}行转入的学时，没有保存。")
    for line in lines:
        _check(line, day_of(at))
    Teacher.objects.select_for_update(of=("self",)).get(pk=teacher.pk)
    paper = {
        "teacher": teacher, "organisation": organisation, "issuer": issuer.strip(),
        "document": document.strip(),
    }  # fmt: skip
    same = _same(Transfer.objects.filter(state=State.WAITING, **paper), lines)
    if same:
        return same
    if instead_of is not None:
        instead_of = _given_back(instead_of, teacher)
    transfer = Transfer.objects.create(
        **paper, entered_at=at, entered_by_uid=by.uid, entered_by_name=by.name,
    )  # fmt: skip
    TransferLine.objects.bulk_create(
        TransferLine(transfer=transfer, **{name: getattr(line, name) for name in _FIELDS})
        for line in lines
    )
    if file:
        attachments.keep(
            source_of(transfer), file[1], name=file[0], organisation=organisation, by=by, at=at
        )
    elif instead_of is not None:
        attachments.keep_again(source_of(instead_of), source_of(transfer), at=at)
    agenda.assign_task(
        source_of(transfer), nearest_holders(organisation, at, without={teacher.pk}), kind=DECIDE,
        title=f"核对转入学时：{teacher.name}", due_on=None, organisation=organisation, at=at,
    )  # fmt: skip
    detail: dict[str, object] = {"lines": len(lines)}
    if instead_of is not None:
        detail["other"] = str(instead_of.uid)
        again = {"other": str(transfer.uid)}
        trail.record(by, "ledger.transfer-brought-again", instead_of, at=at, detail=again)
    trail.record(by, "ledger.transfer-brought", transfer, at=at, detail=detail)
    return transfer


_FIELDS: Final = (
    "title", "delivery_mode", "organiser_level", "starts_on", "last_on", "amount", "unit",
    "subject_kind", "theme",
)  # fmt: skip


def _same(waiting: "QuerySet[Transfer]", lines: Sequence[NewLine]) -> Transfer | None:
    """Return the paper of `waiting` that has the very same lines."""
    wanted = Counter(tuple(getattr(line, name) for name in _FIELDS) for line in lines)
    for one in waiting:
        if Counter(one.lines.values_list(*_FIELDS)) == wanted:
            return one
    return None


def _given_back(transfer: Transfer, teacher: Teacher) -> Transfer:
    """Lock a paper in whose place another is brought, and make sure that it is the person's.

    Raises:
        BadInput: it is somebody else's, or waits, or counts.
    """
    found = Transfer.objects.select_for_update(of=("self",)).get(pk=transfer.pk)
    if found.state != State.RETURNED or found.teacher_id != teacher.pk:
        raise BadInput("原来那一份现在没有退回，不用再交，没有保存。请打开它看看办到哪一步。")
    return found


def _check(line: NewLine, today: date) -> None:
    if line.last_on < line.starts_on:
        raise BadInput(f"“{line.title}”的结束日期早于开始日期，没有保存。请核对。")
    if line.last_on > today:
        raise BadInput(f"“{line.title}”的结束日期还没有到，没有保存。只转入已经完成的。")
    if line.last_on - line.starts_on >= _YEAR:
        raise BadInput(
            f"“{line.title}”从{line.starts_on}到{line.last_on}，超过一年，分不出哪一年计多少，没有保存。"
            "请一年填一行。"
        )
    if line.amount <= 0:
        raise BadInput(f"“{line.title}”的数应大于0，没有保存。请按凭据填写。")


@transaction.atomic
def accept_transfer(
    transfer: Transfer,
    conversions: Mapping[int, str] | None = None,
    *,
    by: Teacher,
    at: datetime,
) -> Transfer:
    """Take over all lines: each becomes a record, reckoned and posted at once.

    Args:
        transfer: waiting.
        conversions: the row of the scheme's table for a line (primary key); "" or none is face
            value.
        by: an officer who is not the person.
        at: when, aware.

    Raises:
        NotAllowed, OwnAffair: `by` does not decide here.
        BadInput: it was decided before, no scheme was in force, or a row does not fit.
    """
    transfer = _locked(transfer, by)
    chosen = conversions or {}
    for line in transfer.lines.all():
        _take(transfer, line, chosen.get(line.pk, ""), by=by, at=at)
    _decide(transfer, State.ACCEPTED, "", by=by, at=at)
    stale([transfer.teacher_id], at)
    return transfer


def _take(transfer: Transfer, line: TransferLine, row: str, *, by: Teacher, at: datetime) -> None:
    schemes = schemes_on(transfer.organisation, line.last_on)
    if not schemes:
        raise BadInput(
            f"“{line.title}”到{span_text(line.last_on)}为止，那天学校还没有采用学时方案，算不出计多少，"
            "没有转入。请管理员先采用一份那天有效的方案；或者退回，写明这一行先不交。"
        )
    record = Record.objects.create(
        teacher=transfer.teacher, organisation=transfer.organisation, kind=TRANSFERRED,
        role="attendee", title=f"{line.title}（{transfer.issuer}转入）"[:120],
        happened_on=line.last_on,
        happened_at=moment_at(line.last_on, _MORNING), written_at=at, stated=line.amount,
        organiser_level=line.organiser_level, delivery_mode=line.delivery_mode,
        subject_kind=line.subject_kind, theme=line.theme, attendance="present",
        assurance=Record.Assurance.DECLARED, evidence=["certificate"],
        source_kind=line.SOURCE_KIND, source_id=line.uid,
    )  # fmt: skip
    RecognitionStep.objects.create(
        record=record, step=STEP, title="转入认定", level=SCHOOL, is_final=True,
        decision=RecognitionStep.Decision.ACCEPTED, amount=line.amount,
        by_uid=by.uid, by_name=by.name, at=at,
        reason=f"{transfer.issuer} {transfer.document}"[:200],
    )  # fmt: skip
    awards = [_award(scheme, record, line, row, at=at) for scheme in schemes]
    post(Award.objects.bulk_create(awards), by=by, at=at)
    line.record, line.conversion = record, row
    line.save(update_fields=["record", "conversion"])


def _award(scheme: Scheme, record: Record, line: TransferLine, row: str, *, at: datetime) -> Award:
    # Another scheme in force may have no such row: it takes the paper at its word.
    known = row if any(one.id == row for one in scheme.transfers) else ""
    worth = taken(
        scheme, line.amount, line.unit, on=line.last_on, issuer=line.transfer.issuer, row=known
    )
    if worth is None:
        raise BadInput(
            f"“{line.title}”的单位或日期与所选的折算办法不合，没有转入。请另选一行，或按原数转入。"
        )
    return Award(
        record=record, scheme=scheme.id, version=scheme.version, digest=scheme.digest,
        amount=worth.amount, unit=worth.unit, rule=worth.rule, valid=True,
        steps=[step.as_json() for step in worth.steps], made_at=at,
    )  # fmt: skip


@transaction.atomic
def return_transfer(transfer: Transfer, *, because: str, by: Teacher, at: datetime) -> Transfer:
    """Give a transfer back with the reason; the person may bring it again.

    Raises:
        NotAllowed, OwnAffair: `by` does not decide here.
        BadInput: there is no reason, or it was decided before.
    """
    if not because.strip():
        raise BadInput("请写一句为什么退回，本人看得到。没有改动。")
    transfer = _locked(transfer, by)
    _decide(transfer, State.RETURNED, because.strip(), by=by, at=at)
    return transfer


@transaction.atomic
def undo_transfer(transfer: Transfer, *, because: str, by: Teacher, at: datetime) -> Transfer:
    """Take back a transfer that was accepted by mistake: its records go, their entries reversed.

    Raises:
        NotAllowed, OwnAffair: `by` does not decide here.
        BadInput: there is no reason, or it was not accepted.
    """
    if not because.strip():
        raise BadInput("请写一句为什么撤回，本人看得到。没有改动。")
    transfer = _locked(transfer, by, state=State.ACCEPTED)
    for line in transfer.lines.exclude(record=None).select_related("record"):
        if line.record and line.record.withdrawn_at is None:
            withdraw(line.record, because=because.strip(), by=by, at=at)
    _decide(transfer, State.RETURNED, because.strip(), by=by, at=at)
    stale([transfer.teacher_id], at)
    return transfer


def _locked(transfer: Transfer, by: Teacher, *, state: str = State.WAITING) -> Transfer:
    require_right(by, RIGHT, transfer.organisation)
    if by.pk == transfer.teacher_id:
        raise OwnAffair
    found: Transfer = (
        Transfer.objects.select_for_update(of=("self",))
        .select_related("teacher", "organisation")
        .get(pk=transfer.pk)
    )
    if found.state != state:
        raise BadInput(
            f"这份转入已由{found.decided_by_name}办理（{found.get_state_display()}），没有再改。"
        )
    return found


def _decide(transfer: Transfer, state: str, reason: str, *, by: Teacher, at: datetime) -> None:
    transfer.state, transfer.reason = state, reason
    transfer.decided_at, transfer.decided_by_uid, transfer.decided_by_name = at, by.uid, by.name
    transfer.save()
    agenda.finish_tasks(source_of(transfer), kind=DECIDE, at=at)
    notify(
        [transfer.teacher], kind="decision", title=f"转入学时：{transfer.get_state_display()}",
        source=source_of(transfer), organisation=transfer.organisation, at=at, text=reason,
    )  # fmt: skip
    detail = {"reason": reason} if reason else {}
    trail.record(by, f"ledger.transfer-{state}", transfer, at=at, detail=detail)
