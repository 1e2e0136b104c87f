"""Naming the panel, and dividing the papers among it by lot."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from secrets import SystemRandom

from django.db import transaction
from django.db.models import Q

from yanxiu.agenda import actions as agenda
from yanxiu.audit import trail
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.notices.actions import notify
from yanxiu.people.access import holds_at, require
from yanxiu.people.models import Membership, Post, Teacher
from yanxiu.works.calls.actions.calling import REVIEW, locked
from yanxiu.works.calls.refusals import (
    CallNotOpen,
    ReviewerManages,
    ReviewerUnknown,
    ReviewerWrote,
    TooFewReviewers,
)
from yanxiu.works.models import (
    BlindReview,
    CallEntry,
    CallForPapers,
    PanelMember,
    Reading,
    WorkAuthor,
)
from yanxiu.works.permissions import may_manage_call

State = CallForPapers.State
TRIES = 40
_LOT = SystemRandom()


@transaction.atomic
def name_panel(
    call: CallForPapers, reviewers: Sequence[Teacher | str], *, by: Teacher, at: datetime
) -> None:
    """Say among whom the papers are divided; whoever has papers already stays.

    Raises:
        NotAllowed: `by` does not manage the call.
        CallNotOpen: the results are out.
        ReviewerUnknown, ReviewerManages, ReviewerWrote: somebody cannot be a reviewer.
    """
    require(may_manage_call, by, call)
    call = locked(call)
    if call.state not in {State.OPEN, State.REVIEWING}:
        raise CallNotOpen(str(call.get_state_display()), "已经结束，不再换评委。")
    authors = {teacher for _entry, teacher in _authors(_entries(call))}
    for one in reviewers:
        if isinstance(one, str):
            raise ReviewerUnknown(one)
        if holds_at(one, "manage_works", call.organisation):
            raise ReviewerManages(one.name)
        if one.pk in authors:
            raise ReviewerWrote(one.name)
    wanted = {one.pk for one in reviewers if isinstance(one, Teacher)}
    busy = BlindReview.objects.filter(entry__call=call).values("reviewer")
    call.panel.exclude(teacher__in=wanted).exclude(teacher__in=busy).delete()
    PanelMember.objects.bulk_create(
        (PanelMember(call=call, teacher_id=pk, named_at=at) for pk in wanted),
        ignore_conflicts=True,
    )
    trail.record(by, "works.panel-named", call, at=at, detail={"reviewers": len(wanted)})


@transaction.atomic
def draw(
    call: CallForPapers, *, due_on: date | None, by: Teacher, at: datetime
) -> list[BlindReview]:
    """Give every paper to as many reviewers as the call wants, by lot and evenly.

    Nobody is given what comes from the own group or, over several schools, the own school, nor
    what he has read before. What is given stays; only what is lacking is drawn.

    Raises:
        NotAllowed: `by` does not manage the call.
        CallNotOpen: papers are still taken in, or the results are out.
        TooFewReviewers: a paper is left over.
    """
    require(may_manage_call, by, call)
    call = locked(call)
    if call.state != State.REVIEWING or call.way != CallForPapers.Way.REVIEW:
        raise CallNotOpen(str(call.get_state_display()), "先截稿，再分给评委。")
    entries = _entries(call)
    panel = [member.teacher for member in call.panel.select_related("teacher")]
    barred = conflicts(call, panel, entries, day_of(at))
    given = _lot(call, entries, [one.pk for one in panel], barred)
    made = BlindReview.objects.bulk_create(
        BlindReview(entry_id=entry, reviewer_id=reviewer, assigned_at=at)
        for entry, reviewer in given
    )
    people = {one.pk: one for one in panel}
    told = [people[pk] for pk in dict.fromkeys(pk for _entry, pk in given)]
    title = f"请评审：{call.title}"
    agenda.assign_task(
        source_of(call),
        told,
        kind=REVIEW,
        title=title,
        due_on=due_on,
        organisation=call.organisation,
        at=at,
    )
    notify(
        told,
        kind="request",
        title=title,
        source=source_of(call),
        organisation=call.organisation,
        at=at,
        text="作品上没有作者和单位，请按编号评。认得出是谁写的，请点“回避”。",
    )
    trail.record(by, "works.papers-drawn", call, at=at, detail={"papers": len(made)})
    return made


def _entries(call: CallForPapers) -> list[CallEntry]:
    return list(call.entries.filter(withdrawn_at=None).select_related("work"))


def _authors(entries: Sequence[CallEntry]) -> set[tuple[int, int]]:
    """Return each author of the house as (entry, teacher)."""
    entry_of = {entry.work_id: entry.pk for entry in entries}
    rows = WorkAuthor.objects.filter(work__in=entry_of).exclude(teacher=None)
    found = {(entry_of[work], pk) for work, pk in rows.values_list("work", "teacher")}
    return found | {(entry.pk, entry.teacher_id) for entry in entries}


def conflicts(
    call: CallForPapers, panel: Iterable[Teacher], entries: Sequence[CallEntry], day: date
) -> set[tuple[int, int]]:
    """Return which (entry, reviewer) must not meet; five statements, however many they are."""
    authors = _authors(entries)
    reviewers = [one.pk for one in panel]
    known: defaultdict[int, set[object]] = defaultdict(set)
    everybody = Q(teacher__in=[*reviewers, *(pk for _entry, pk in authors)])
    units = Membership.objects.on(day).filter(everybody, unit__kind__governs="")
    for pk, unit in units.values_list("teacher", "unit"):
        known[pk].add(("unit", unit))
    if not call.organisation.is_school:
        for pk, school in (
            Post.objects.on(day).filter(everybody).values_list("teacher", "organisation")
        ):
            known[pk].add(("school", school))
    entry_of = {entry.work_id: entry.pk for entry in entries}
    read = Reading.objects.filter(work__in=entry_of, reader__in=reviewers)
    barred = {(entry_of[work], pk) for work, pk in read.values_list("work", "reader")}
    wrote = {pk for _entry, pk in authors}
    for entry, author in authors:
        barred |= {(entry, one) for one in reviewers if one in wrote or known[one] & known[author]}
    return barred


def _lot(
    call: CallForPapers,
    entries: Sequence[CallEntry],
    panel: list[int],
    barred: set[tuple[int, int]],
) -> list[tuple[int, int]]:
    """Return whom to give what: the one with the fewest papers first, else by lot."""
    rows = BlindReview.objects.filter(entry__call=call)
    # Whoever declined is not asked again, but nobody counts that as having read it.
    met = set(rows.values_list("entry", "reviewer"))
    active = rows.exclude(state=BlindReview.State.DECLINED)
    had = Counter(active.values_list("entry", flat=True))
    load = Counter(active.values_list("reviewer", flat=True))
    left = entries[0] if entries else None
    for _try in range(TRIES):
        given, left = _one_lot(call, entries, panel, barred | met, had, Counter(load))
        if left is None:
            return given
    raise TooFewReviewers(left.number or 0 if left else 0, call.reviewers_each)


def _one_lot(  # noqa: PLR0917 (one draw of the lot needs all that is known)
    call: CallForPapers,
    entries: Sequence[CallEntry],
    panel: list[int],
    barred: set[tuple[int, int]],
    had: Counter[int],
    load: Counter[int],
) -> tuple[list[tuple[int, int]], CallEntry | None]:
    given: list[tuple[int, int]] = []
    for entry in _LOT.sample(list(entries), len(entries)):
        open_to = [one for one in _LOT.sample(panel, len(panel)) if (entry.pk, one) not in barred]
        wanted = max(call.reviewers_each - had[entry.pk], 0)
        if len(open_to) < wanted:
            return given, entry
        for one in sorted(open_to, key=lambda pk: load[pk])[:wanted]:
            given.append((entry.pk, one))
            load[one] += 1
    return given, None
