"""What a reviewer does with a paper: score it, or decline it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from yanxiu.agenda import actions as agenda
from yanxiu.audit import trail
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.notices.actions import notify
from yanxiu.people.access import require
from yanxiu.people.holders import teachers_holding
from yanxiu.people.models import Teacher
from yanxiu.works.calls.actions.calling import REVIEW
from yanxiu.works.calls.blinding import REVIEWER, Known, blind
from yanxiu.works.calls.refusals import CallNotOpen, WrongScores
from yanxiu.works.models import BlindReview, CallForPapers
from yanxiu.works.permissions import may_review

State = BlindReview.State


@transaction.atomic
def score(
    review: BlindReview,
    scores: Mapping[int, int],
    *,
    comment: str = "",
    remark: str = "",
    by: Teacher,
    at: datetime,
) -> BlindReview:
    """Score a paper; it may be changed until the results are announced.

    The reviewer's own name is taken out of the word to the authors.

    Raises:
        NotAllowed: the paper is not with `by`.
        CallNotOpen: the results are announced, or the call was cancelled.
        WrongScores: a criterion has no score, or one out of its range.
    """
    require(may_review, by, review)
    review = _locked(review)
    kept = {}
    for criterion in review.entry.call.criteria.all():
        points = scores.get(criterion.pk)
        if points is None or not 0 <= points <= criterion.most:
            raise WrongScores(criterion.name, criterion.most)
        kept[str(criterion.pk)] = points
    own = Known((by.name,), tuple(post.organisation.name for post in by.posts_today))
    review.scores, review.total = kept, sum(kept.values())
    review.comment = blind(comment.strip(), own, person=REVIEWER).text
    review.remark = remark.strip()[:200]
    review.state, review.scored_at = State.SCORED, at
    review.save()
    trail.record(by, "works.paper-scored", review, at=at)
    _finish(review, by, at)
    return review


@transaction.atomic
def decline(review: BlindReview, *, by: Teacher, at: datetime) -> BlindReview:
    """Give a paper back because its author is recognised; the office draws another reviewer.

    Raises:
        NotAllowed: the paper is not with `by`.
        CallNotOpen: the results are announced, or the call was cancelled.
    """
    require(may_review, by, review)
    review = _locked(review)
    review.state, review.scores, review.total = State.DECLINED, {}, None
    review.comment = review.remark = ""
    review.save()
    call = review.entry.call
    offices = teachers_holding("manage_works", call.organisation, day_of(at))
    notify(
        offices.exclude(pk=by.pk),
        kind="request",
        title=f"{review.entry.number:02d}号作品有评委回避，请再分派：{call.title}",
        source=source_of(call),
        organisation=call.organisation,
        at=at,
    )
    trail.record(by, "works.paper-declined", review, at=at)
    _finish(review, by, at)
    return review


def _locked(review: BlindReview) -> BlindReview:
    rows = BlindReview.objects.select_for_update(of=("self",))
    found: BlindReview = rows.select_related("entry__call__organisation").get(pk=review.pk)
    call = found.entry.call
    if call.state != CallForPapers.State.REVIEWING:
        raise CallNotOpen(str(call.get_state_display()), "评审已经结束，不再改分。")
    return found


def _finish(review: BlindReview, by: Teacher, at: datetime) -> None:
    """End the task once nothing of this call waits for the reviewer any more."""
    call = review.entry.call
    waiting = BlindReview.objects.filter(entry__call=call, reviewer=by, state=State.ASSIGNED)
    if not waiting.exists():
        agenda.finish_task_of(source_of(call), by, kind=REVIEW, at=at)
