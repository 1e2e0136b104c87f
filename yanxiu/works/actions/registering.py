"""The register of prizes and publications: told with proof, looked at, confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from yanxiu.attachments.models import Attachment
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.ledger import actions as ledger
from yanxiu.notices.actions import notify
from yanxiu.people.access import holds_at, require
from yanxiu.people.models import Organisation, Teacher
from yanxiu.works import records
from yanxiu.works.actions.sending import raise_state
from yanxiu.works.models import Level, Outcome, OutcomeAuthor, Prize, Submission, Work
from yanxiu.works.permissions import may_change_outcome, may_confirm_outcome, may_write_work
from yanxiu.works.refusals import ProofMissing, RegisteredBefore, WrongWorkState

SCHOOL_STEP = "school"
Kind = Outcome.Kind
State = Outcome.State


@dataclass(frozen=True)
class Told:
    """What a certificate or a printed page says."""

    kind: str
    title: str
    event: str
    level: str
    happened_on: date
    prize: str = ""
    issuer: str = ""
    reference: str = ""


@transaction.atomic
def tell_outcome(
    organisation: Organisation,
    told: Told,
    *,
    by: Teacher,
    at: datetime,
    authors: Sequence[Teacher | str] = (),
    work: Work | None = None,
    submission: Submission | None = None,
) -> Outcome:
    """Put a prize or a publication into the register; the office confirms it with the proof.

    Args:
        organisation: the school in whose register it stands.
        told: what the certificate or the page says.
        by: one of the authors, or the office for the first of them.
        at: when, aware.
        authors: in their order; the work's, or `by` alone, if none are named.
        work: the work, if it was written here.
        submission: the way by which it went there.

    Raises:
        NotAllowed: `by` is no author and does not manage the works of the school.
        BadInput: something is missing or lies ahead.
        RegisteredBefore: the same stands in the register.
    """
    manages = holds_at(by, "manage_works", organisation)
    people = list(authors) or _authors_of(work) or [by]
    first = next((one for one in people if isinstance(one, Teacher)), None)
    if first is None or (not manages and by not in people):
        raise NotAllowed
    if work is not None and not manages:
        require(may_write_work, by, work)
    _check(told, at)
    # One after the other, also where no work is named: whoever waited finds what the other wrote.
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    standing = Outcome.objects.filter(
        organisation=organisation, title=told.title, event=told.event, happened_on=told.happened_on
    )
    if standing.exists():
        raise RegisteredBefore(told.title)
    outcome = Outcome.objects.create(
        organisation=organisation,
        teacher=first,
        work=work,
        submission=submission,
        told_at=at,
        **{name: getattr(told, name) for name in Told.__dataclass_fields__},
    )
    _name(outcome, people)
    trail.record(by, "works.outcome-told", outcome, at=at)
    return outcome


def _authors_of(work: Work | None) -> list[Teacher | str]:
    if work is None:
        return []
    return [row.teacher or row.name for row in work.authors.select_related("teacher")]


def _check(told: Told, at: datetime) -> None:
    if not told.title.strip() or not told.event.strip():
        raise BadInput("题目、评选活动或刊物的名称要写，没有保存。请照证书或刊物填写。")
    if told.happened_on > day_of(at):
        raise BadInput("证书或出刊日期在今天以后，没有保存。请核对日期。")
    if told.kind not in Kind.values or told.level not in Level.values:
        raise BadInput("没有选登记的种类或级别，没有保存。请从列表里选一项。")
    if told.prize and told.prize not in Prize.values:
        raise BadInput("没有这个等次，没有保存。请从列表里选一项。")


def _name(outcome: Outcome, people: Sequence[Teacher | str]) -> None:
    outcome.authors.all().delete()
    OutcomeAuthor.objects.bulk_create(
        OutcomeAuthor(
            outcome=outcome,
            teacher=one if isinstance(one, Teacher) else None,
            name=(one.name if isinstance(one, Teacher) else one.strip())[:40],
            order=order,
        )
        for order, one in enumerate(people, 1)
    )


@transaction.atomic
def change_outcome(
    outcome: Outcome,
    told: Told,
    *,
    authors: Sequence[Teacher | str] = (),
    by: Teacher,
    at: datetime,
) -> Outcome:
    """Put a line right that is not confirmed yet; what was returned is handed in again.

    Raises:
        NotAllowed: `by` did not tell it, or it is confirmed.
        BadInput: something is missing or lies ahead.
    """
    require(may_change_outcome, by, outcome)
    outcome = _locked(outcome)
    _check(told, at)
    for name in Told.__dataclass_fields__:
        setattr(outcome, name, getattr(told, name))
    outcome.state = State.TOLD
    outcome.save()
    if authors:
        if outcome.teacher not in authors:
            raise BadInput("作者里要有登记的人自己，没有保存。请核对作者名单。")
        _name(outcome, authors)
    trail.record(by, "works.outcome-changed", outcome, at=at)
    return outcome


@transaction.atomic
def confirm_outcome(
    outcome: Outcome, *, by: Teacher, at: datetime, is_told: bool = False
) -> Outcome:
    """Confirm what the proof shows; every author of the house gets a record.

    Args:
        outcome: the line of the register.
        by: who looked at the proof.
        at: when, aware.
        is_told: the authors hear of it by another notice.

    Raises:
        NotAllowed: `by` does not manage the works of the school, or is the author.
        WrongWorkState: it is confirmed already.
        ProofMissing: there is neither a file nor a number.
    """
    require(may_confirm_outcome, by, outcome)
    outcome = _locked(outcome)
    if outcome.state == State.CONFIRMED:
        raise WrongWorkState(str(outcome.get_state_display()), "已经登记过了。")
    evidence = _evidence(outcome)
    if not evidence:
        raise ProofMissing
    outcome.state, outcome.comment = State.CONFIRMED, ""
    outcome.confirmed_at, outcome.confirmed_by_name = at, by.name
    outcome.save()
    prized = outcome.kind == Kind.PRIZE
    if outcome.submission:
        reached = Submission.State.AWARDED if prized else Submission.State.PUBLISHED
        outcome.submission.state = reached
        outcome.submission.result_on = outcome.happened_on
        outcome.submission.save(update_fields=["state", "result_on"])
    if outcome.work:
        raise_state(outcome.work, Work.State.AWARDED if prized else Work.State.PUBLISHED)
    ledger.submit(records.of_outcome(outcome, evidence), by=by, at=at, step=SCHOOL_STEP)
    trail.record(by, "works.outcome-confirmed", outcome, at=at)
    if not is_told:
        _tell(outcome, f"已登记：《{outcome.title}》", by, at)
    return outcome


@transaction.atomic
def return_outcome(outcome: Outcome, *, comment: str, by: Teacher, at: datetime) -> Outcome:
    """Give a line back with a word on what is missing.

    Raises:
        NotAllowed: `by` does not manage the works of the school, or is the author.
        BadInput: there is no word.
        WrongWorkState: it is confirmed already.
    """
    require(may_confirm_outcome, by, outcome)
    outcome = _locked(outcome)
    if outcome.state == State.CONFIRMED:
        raise WrongWorkState(str(outcome.get_state_display()), "已经登记过了。")
    if not comment.strip():
        raise BadInput("退回需要写一句意见，没有退回。请写明还缺什么。")
    outcome.state, outcome.comment = State.RETURNED, comment.strip()[:200]
    outcome.save(update_fields=["state", "comment"])
    trail.record(by, "works.outcome-returned", outcome, at=at)
    _tell(outcome, f"请补充：《{outcome.title}》的登记", by, at)
    return outcome


def _locked(outcome: Outcome) -> Outcome:
    rows = Outcome.objects.select_for_update(of=("self",))
    joined = ("organisation", "teacher", "work__kind", "work__organisation", "submission")
    return rows.select_related(*joined).get(pk=outcome.pk)


def _evidence(outcome: Outcome) -> list[str]:
    source = source_of(outcome)
    files = Attachment.objects.filter(source_kind=source.kind, source_id=source.uid)
    found = ["reference"] if outcome.reference else []
    return [*found, "proof"] if files.exists() else found


def _tell(outcome: Outcome, title: str, by: Teacher, at: datetime) -> None:
    authors = [row.teacher for row in outcome.authors.select_related("teacher")]
    notify(
        [one for one in authors if one is not None and one.pk != by.pk],
        kind="decision",
        title=title,
        source=source_of(outcome),
        organisation=outcome.organisation,
        at=at,
        text=outcome.comment,
    )
