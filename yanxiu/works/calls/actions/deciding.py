"""The results: set by number, then announced with the names, recorded and sent on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction

from yanxiu.agenda import actions as agenda
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.notices.actions import notify
from yanxiu.people.access import allowed, require
from yanxiu.people.models import Teacher
from yanxiu.texts.book_marks import inside_book_marks
from yanxiu.works import actions as works
from yanxiu.works.calls.actions.calling import REVIEW, locked
from yanxiu.works.calls.refusals import CallNotOpen, ResultsMovedOn, StillUnread
from yanxiu.works.models import (
    BlindReview,
    CallEntry,
    CallForPapers,
    Outcome,
    Prize,
    Submission,
    Work,
)
from yanxiu.works.permissions import may_confirm_outcome, may_manage_call, may_recommend_work

State = CallForPapers.State
REMARK = 200


@dataclass(frozen=True)
class Decision:
    """What becomes of one paper."""

    prize: str = ""
    is_chosen: bool = False
    remark: str = ""


def mark_of(entries: Iterable[CallEntry]) -> str:
    """Return a short mark of what is decided so far: another one when anything was changed."""
    told = sorted((one.pk, one.prize, one.is_chosen, one.remark) for one in entries)
    return sha256(repr(told).encode()).hexdigest()[:16]


@transaction.atomic
def decide(
    call: CallForPapers,
    decisions: Mapping[int, Decision],
    *,
    by: Teacher,
    at: datetime,
    seen: str = "",
) -> None:
    """Set what becomes of the papers, by the primary keys of the entries; nobody is told yet.

    Args:
        call: the call whose papers are decided about.
        decisions: by the primary key of the entry.
        by: who decides.
        at: now.
        seen: the `mark_of` what stood on the page; "" looks at nothing.

    Raises:
        ResultsMovedOn: somebody else has decided since.
        NotAllowed: `by` does not manage the call.
        CallNotOpen: papers are still taken in, or the results are announced.
        BadInput: there is no such prize.
    """
    require(may_manage_call, by, call)
    call = locked(call)
    _is_reviewing(call)
    entries = {entry.pk: entry for entry in call.entries.filter(withdrawn_at=None)}
    if seen and seen != mark_of(entries.values()):
        raise ResultsMovedOn
    for pk, decision in decisions.items():
        if decision.prize and decision.prize not in Prize.values:
            raise BadInput("没有这个等次，没有保存。请从列表里选一项。")
        entry = entries.get(pk)
        if entry is not None:
            entry.prize, entry.is_chosen = decision.prize, decision.is_chosen
            entry.remark = decision.remark.strip()[:REMARK]
    CallEntry.objects.bulk_update(entries.values(), ["prize", "is_chosen", "remark"])
    trail.record(by, "works.results-set", call, at=at)


@transaction.atomic
def decide_and_announce(
    call: CallForPapers,
    decisions: Mapping[int, Decision],
    *,
    by: Teacher,
    at: datetime,
    seen: str = "",
) -> CallForPapers:
    """Set what becomes of the papers and announce just that; refused, nothing is set.

    Raises:
        Refusal: what `decide` and `announce` refuse.
    """
    decide(call, decisions, by=by, at=at, seen=seen)
    return announce(call, by=by, at=at)


def _is_reviewing(call: CallForPapers) -> None:
    if call.state != State.REVIEWING:
        remedy = "先截稿，再定结果；已经公布的，在结果页“更正结果”里改。"
        raise CallNotOpen(str(call.get_state_display()), remedy)


@transaction.atomic
def announce(call: CallForPapers, *, by: Teacher, at: datetime) -> CallForPapers:
    """Announce the results: each author learns the own, prizes enter the register, and so on.

    The names meet the numbers here. What was chosen is recommended to the destination of the call,
    from where its way is followed; prizes are recorded for all authors of the house.

    Raises:
        NotAllowed: `by` does not manage the call.
        CallNotOpen: papers are still taken in, or the results are announced.
        StillUnread: a paper was not scored by anybody.
    """
    require(may_manage_call, by, call)
    call = locked(call)
    _is_reviewing(call)
    entries = list(
        call.entries.filter(withdrawn_at=None).select_related(
            "work__kind", "work__organisation", "organisation", "teacher"
        )
    )
    _all_read(call, entries)
    call.state, call.announced_at = State.ANNOUNCED, at
    call.save(update_fields=["state", "announced_at"])
    agenda.finish_tasks(source_of(call), kind=REVIEW, at=at)
    for entry in entries:
        if entry.prize:
            _register(call, entry, day_of(at), by, at)
        if entry.is_chosen and call.destination:
            _send_on(call, entry, by, at)
        _tell(call, entry, by, at)
    trail.record(by, "works.results-announced", call, at=at, detail={"entries": len(entries)})
    return call


def _all_read(call: CallForPapers, entries: list[CallEntry]) -> None:
    if call.way != CallForPapers.Way.REVIEW:
        return
    scored = BlindReview.objects.filter(entry__call=call, state=BlindReview.State.SCORED)
    unread = {entry.pk for entry in entries} - set(scored.values_list("entry", flat=True))
    if unread:
        raise StillUnread(len(unread))


def _register(call: CallForPapers, entry: CallEntry, on: date, by: Teacher, at: datetime) -> None:
    """Put a prize into the register; the results themselves are its proof."""
    title = entry.title
    same = Outcome.objects.filter(organisation=entry.organisation, event=call.title)
    if same.filter(title=title, happened_on=on).exists():
        title = f"{title}（{entry.teacher.name}）"
    told = works.Told(
        kind=Outcome.Kind.PRIZE,
        title=title[:120],
        event=call.title,
        level=call.level,
        happened_on=on,
        prize=entry.prize,
        issuer=call.organisation.name,
        reference=f"{on.isoformat()} 评选结果",
    )
    outcome = works.tell_outcome(entry.organisation, told, work=entry.work, by=by, at=at)
    # Nobody confirms the own prize: it waits for a colleague in the office.
    if allowed(may_confirm_outcome, by, Outcome.objects.filter(pk=outcome.pk)).exists():
        works.confirm_outcome(outcome, by=by, at=at, is_told=True)


def _send_on(call: CallForPapers, entry: CallEntry, by: Teacher, at: datetime) -> None:
    """Recommend it to the destination, unless it is on its way there or was given back."""
    goes = allowed(may_recommend_work, by, Work.objects.filter(pk=entry.work_id)).exists()
    there = entry.work.submissions.filter(destination=call.destination)
    if goes and not there.exclude(state=Submission.State.WITHDRAWN).exists():
        works.recommend(
            entry.work,
            destination=call.destination,
            where=Submission.Where.CONTEST,
            level=call.sends_level,
            by=by,
            at=at,
            source=source_of(call),
        )


def _tell(call: CallForPapers, entry: CallEntry, by: Teacher, at: datetime) -> None:
    """Tell the authors, each paper by itself; also those without a prize hear of it."""
    result = str(Prize(entry.prize).label) if entry.prize else "谢谢参加"
    if entry.is_chosen:
        result += f"，选送{call.destination}" if call.destination else "，已入选"
    notify(
        [one for one in _authors(entry) if one.pk != by.pk],
        kind="decision",
        title=f"“{call.title}”的结果：《{inside_book_marks(entry.title)}》{result}",
        source=source_of(entry),
        organisation=entry.organisation,
        at=at,
        text=entry.remark,
    )


def _authors(entry: CallEntry) -> set[Teacher]:
    rows = entry.work.authors.select_related("teacher")
    return {entry.teacher} | {row.teacher for row in rows if row.teacher is not None}


@transaction.atomic
def correct_result(
    call: CallForPapers, entry_pk: int, *, prize: str, because: str, by: Teacher, at: datetime
) -> None:
    """Correct the prize of one paper after the results are announced, or take it away.

    The register of prizes and the records follow; the authors get one notice.

    Raises:
        NotAllowed: `by` does not manage the call, or the works of the author's school.
        CallNotOpen: the results are not announced.
        BadInput: there is no such paper or prize, no reason, no change, or it is the own paper.
    """
    require(may_manage_call, by, call)
    call = locked(call)
    if call.state != State.ANNOUNCED:
        raise CallNotOpen(str(call.get_state_display()), "公布以后才用更正。")
    because = because.strip()[:REMARK]
    if not because:
        raise BadInput("更正要写原因，没有更正。请写一句，作者会看到。")
    if prize and prize not in Prize.values:
        raise BadInput("没有这个等次，没有更正。请从列表里选一项。")
    rows = call.entries.filter(withdrawn_at=None)
    entry = rows.select_related("work", "organisation", "teacher").filter(pk=entry_pk).first()
    if entry is None:
        raise BadInput("没有选作品，没有更正。请从列表里选一份。")
    if entry.prize == prize:
        raise BadInput("等次和原来一样，没有更正。请选更正后的等次。")
    if by in _authors(entry):
        raise BadInput("自己的作品不能自己更正，没有更正。请别的同事来改。")
    before, entry.prize = entry.prize, prize
    entry.save(update_fields=["prize"])
    on = day_of(call.announced_at or at)
    outcome = Outcome.objects.filter(
        organisation=entry.organisation, work=entry.work, event=call.title, happened_on=on,
        kind=Outcome.Kind.PRIZE,
    ).first()  # fmt: skip
    if outcome:
        works.correct_prize(outcome, prize, because=because, by=by, at=at)
    elif prize:
        _register(call, entry, on, by, at)
    detail = {"from": before, "to": prize, "reason": because}
    trail.record(by, "works.result-corrected", entry, at=at, detail=detail)
    old, new = (str(Prize(one).label) if one else "没有等次" for one in (before, prize))
    notify(
        _authors(entry),
        kind="change",
        title=f"“{call.title}”的结果：《{inside_book_marks(entry.title)}》由{old}更正为{new}",
        source=source_of(entry),
        organisation=entry.organisation,
        at=at,
        text=because,
    )
