"""Objecting to a decision, appealing to the next level, and answering."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.amounts import plain
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.ledger import actions as ledger
from yanxiu.ledger.models import RecognitionStep, Record
from yanxiu.ledger.queries.chains import Ladder, kept_way, most_amount
from yanxiu.ledger.refusals import OwnRecord, WhyMissing
from yanxiu.ledger.rules.process import Appeal
from yanxiu.notices.actions import notify
from yanxiu.people.access import NotAllowed, require, signed_name
from yanxiu.people.models import Teacher
from yanxiu.recognition.actions.asking import ask_to_answer, end_asking
from yanxiu.recognition.models import Objection, Publication
from yanxiu.recognition.permissions import may_decide_objection
from yanxiu.recognition.queries.objecting import levels_left, rules_of, standing_objection
from yanxiu.recognition.refusals import (
    AppealInstead,
    NothingToObject,
    ObjectionDecided,
    ObjectionOpen,
    WindowOver,
    WishTooLarge,
)

State = Objection.State
Decision = RecognitionStep.Decision
_OUTCOME = {True: "异议成立", False: "异议答复：维持原认定"}


@transaction.atomic
def object_to(
    record: Record,
    *,
    text: str,
    wished: Decimal | None = None,
    publication: Publication | None = None,
    by: Teacher,
    at: datetime,
) -> Objection:
    """Object to the last decision about one's own record, within the days of the scheme.

    Args:
        record: a recognised one of `by`; or, from a public notice, one that it shows.
        text: what is wrong, and by what it can be seen.
        wished: what would be right, in the record's own measure.
        publication: the notice from which it is raised.
        by: who objects.
        at: when, aware.

    Raises:
        NotAllowed: it is somebody else's, and on no notice.
        NothingToObject: it is not recognised, or no scheme says how one objects.
        WishTooLarge: the record tells of less.
        WindowOver: it is too late.
        ObjectionOpen: one is open already.
        AppealInstead: what stands was questioned and kept; that is appealed, not begun anew.
        WhyMissing: there is no text.
    """
    if record.teacher_id != by.pk and publication is None:
        raise NotAllowed
    if not text.strip():
        raise WhyMissing("提出异议")
    record = (
        Record.objects.select_for_update(of=("self",))
        .select_related("organisation", "teacher")
        .get(pk=record.pk)
    )
    if record.withdrawn_at or record.state != Record.State.RECOGNISED:
        raise NothingToObject
    most = most_amount(record, kept_way(record).scheme)
    if wished is not None and wished > most:
        raise WishTooLarge(plain(most))
    appeal = rules_of(record)
    last = record.steps.filter(decision=Decision.ACCEPTED).order_by("at", "pk").last()
    since = day_of(last.at if last else record.written_at)
    up = publication is not None and publication.is_up(day_of(at))
    if day_of(at) > since + timedelta(days=appeal.window(since)) and not up:
        raise WindowOver(appeal.window(since))
    if Objection.objects.filter(record=record, state=State.OPEN).exists():
        raise ObjectionOpen
    if standing_objection(record, by) is not None:
        raise AppealInstead
    return _raise(record, appeal, 0, text, wished, publication=publication, by=by, at=at)


def _raise(
    record: Record,
    appeal: Appeal,
    number: int,
    text: str,
    wished: Decimal | None,
    *,
    by: Teacher,
    at: datetime,
    publication: Publication | None = None,
    previous: Objection | None = None,
) -> Objection:
    level = appeal.levels[number]
    place = Ladder.over([record.organisation]).place(record.organisation, level)
    made = Objection.objects.create(
        organisation=record.organisation,
        teacher=record.teacher,
        raised_by=by,
        record=record,
        publication=publication,
        previous=previous,
        text=text.strip()[:500],
        wished=wished,
        level=level,
        place=place,
        due_on=day_of(at) + timedelta(days=appeal.decide_within(day_of(at))),
        made_at=at,
    )
    trail.record(by, "recognition.objected", made, at=at, detail={"level": level})
    ask_to_answer(made, at)
    return made


@transaction.atomic
def appeal_to_next(objection: Objection, *, text: str, by: Teacher, at: datetime) -> Objection:
    """Take a rejected objection to the next level, within the same number of days.

    Raises:
        NotAllowed: it is somebody else's.
        NothingToObject: it was not rejected, or there is no level above.
        WindowOver, WhyMissing: as in `object_to`.
        ObjectionOpen: the appeal is there already.
    """
    if objection.raised_by_id != by.pk or objection.record is None:
        raise NotAllowed
    if not text.strip():
        raise WhyMissing("申诉")
    objection = _locked(objection)
    record = objection.record
    assert record is not None  # noqa: S101 (asked above)
    appeal = rules_of(record)
    number = levels_left(objection, appeal)
    if objection.state != State.REJECTED or number is None or objection.decided_at is None:
        raise NothingToObject
    if Objection.objects.filter(previous=objection).exists():
        raise ObjectionOpen
    since = day_of(objection.decided_at)
    if day_of(at) > since + timedelta(days=appeal.window(since)):
        raise WindowOver(appeal.window(since))
    return _raise(
        record, appeal, number, text, objection.wished, by=by, at=at, previous=objection,
        publication=objection.publication,
    )  # fmt: skip


@transaction.atomic
def answer(
    objection: Objection,
    *,
    is_upheld: bool,
    text: str,
    amount: Decimal | None = None,
    by: Teacher,
    at: datetime,
) -> Objection:
    """Decide an objection: upheld, the record is corrected by counter-entry in a new round.

    Args:
        objection: an open one.
        is_upheld: whether it is right.
        text: why; both the person and later readers read it.
        amount: what is right; without one, the record is recognised anew from the first step.
        by: who decides: not who decided before.
        at: when, aware.

    Raises:
        NotAllowed: `by` decided before, or recognises no hours there.
        OwnRecord: it is about the own record.
        ObjectionDecided: somebody was faster.
        WhyMissing: there is no text.
    """
    if not text.strip():
        raise WhyMissing("答复")
    objection = _locked(objection)
    if by.pk in {objection.teacher_id, objection.raised_by_id}:
        raise OwnRecord
    if objection.state != State.OPEN:
        raise ObjectionDecided(objection.decided_by_name)
    require(may_decide_objection, by, objection)
    record = objection.record
    objection.state = State.UPHELD if is_upheld else State.REJECTED
    objection.answer, objection.found = text.strip()[:500], amount if is_upheld else None
    objection.decided_at = at
    objection.decided_by_uid = by.uid
    objection.decided_by_name = signed_name(by, "recognise_hours", objection.place)
    objection.save()
    end_asking(objection, at)
    if is_upheld and record is not None:
        ledger.reverse_and_redo(
            record, reason=f"异议成立：{text.strip()}"[:200], amount=amount,
            level=objection.level, step="objection", title="异议处理", by=by, at=at,
        )  # fmt: skip
    trail.record(
        by, "recognition.answered", objection, at=at,
        detail={"upheld": is_upheld, "amount": None if amount is None else plain(amount)},
    )  # fmt: skip
    people = {one.pk: one for one in (objection.raised_by, objection.teacher)}
    notify(
        people.values(),
        kind="decision",
        title=f"{_OUTCOME[is_upheld]}：{record.title if record else objection.text[:20]}",
        source=source_of(objection),
        organisation=objection.organisation,
        at=at,
        text=objection.answer,
    )
    return objection


@transaction.atomic
def withdraw_objection(objection: Objection, *, by: Teacher, at: datetime) -> Objection:
    """Take an open objection back.

    Raises:
        NotAllowed: it is somebody else's.
        ObjectionDecided: it was decided.
    """
    if objection.raised_by_id != by.pk:
        raise NotAllowed
    objection = _locked(objection)
    if objection.state != State.OPEN:
        raise ObjectionDecided(objection.decided_by_name)
    objection.state, objection.decided_at = State.WITHDRAWN, at
    objection.save(update_fields=["state", "decided_at"])
    end_asking(objection, at)
    trail.record(by, "recognition.objection-withdrawn", objection, at=at)
    return objection


def _locked(objection: Objection) -> Objection:
    found = (
        Objection.objects.select_for_update(of=("self",))
        .select_related(
            "teacher", "raised_by", "record__organisation", "record__teacher", "organisation",
            "publication",
        )
        .get(pk=objection.pk)
    )  # fmt: skip
    if found.record_id is None and found.publication_id is None:
        raise BadInput("这个异议没有所指的记录，没有改动。请重新提出。")
    return found
