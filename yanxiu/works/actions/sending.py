"""Recommending a work outside, sending it, and what became of it."""

from datetime import date, datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import Source, source_of
from yanxiu.notices.actions import notify
from yanxiu.people.access import require
from yanxiu.people.models import Teacher
from yanxiu.works.actions.draft import locked
from yanxiu.works.models import Level, Outcome, Submission, Work
from yanxiu.works.permissions import may_manage_submission, may_recommend_work
from yanxiu.works.refusals import SentThereBefore, WrongWorkState

State = Submission.State
FURTHER = {
    State.RECOMMENDED: Work.State.RECOMMENDED,
    State.SENT: Work.State.SENT,
    State.SHORTLISTED: Work.State.SENT,
    State.AWARDED: Work.State.AWARDED,
    State.PUBLISHED: Work.State.PUBLISHED,
    State.NOT_CHOSEN: Work.State.SENT,
}
"""What a submission makes of its work."""

ORDER = [
    Work.State.HANDED_IN, Work.State.READ, Work.State.RATED, Work.State.RECOMMENDED,
    Work.State.SENT, Work.State.AWARDED, Work.State.PUBLISHED,
]  # fmt: skip
RESULTS = (State.SHORTLISTED, State.AWARDED, State.PUBLISHED, State.NOT_CHOSEN)


@transaction.atomic
def recommend(
    work: Work,
    *,
    destination: str,
    where: str,
    level: str,
    by: Teacher,
    at: datetime,
    source: Source | None = None,
    remark: str = "",
) -> Submission:
    """Recommend a work to a journal or a contest; its authors are told.

    Args:
        work: what was handed in.
        destination: the journal or the contest.
        where: one of `Submission.Where`.
        level: one of `Level`.
        by: who recommends it.
        at: when, aware.
        source: the call for papers that it came from, if any.
        remark: a word for the list.

    Raises:
        NotAllowed: `by` does not manage the works of its school.
        BadInput: nothing says where to.
        SentThereBefore: it was recommended there before.
    """
    require(may_recommend_work, by, work)
    work = locked(work)
    destination = destination.strip()[:80]
    if not destination or where not in Submission.Where.values or level not in Level.values:
        raise BadInput("没有写送往哪里，没有登记。请写刊物或评选活动的名称。")
    standing = work.submissions.filter(destination=destination).exclude(state=State.WITHDRAWN)
    if standing.exists():
        raise SentThereBefore(destination)
    submission = Submission.objects.create(
        organisation=work.organisation,
        work=work,
        where=where,
        destination=destination,
        level=level,
        source_kind=source.kind if source else "",
        source_id=source.uid if source else None,
        recommended_at=at,
        recommended_by_name=by.name,
        remark=remark.strip()[:200],
    )
    raise_state(work, Work.State.RECOMMENDED)
    trail.record(by, "works.recommended", work, at=at, detail={"to": destination})
    _tell(submission, f"《{work.title}》推荐给“{destination}”", by, at)
    return submission


@transaction.atomic
def send(submission: Submission, *, on: date, by: Teacher, at: datetime) -> Submission:
    """Say that it was sent.

    Raises:
        NotAllowed: `by` does not manage the works of the school.
        WrongWorkState: it was sent already, or has ended.
    """
    require(may_manage_submission, by, submission)
    submission = _locked(submission)
    if submission.state != State.RECOMMENDED:
        raise WrongWorkState(str(submission.get_state_display()), "只有推荐了还没送的可以送出。")
    submission.state, submission.sent_on = State.SENT, on
    submission.save(update_fields=["state", "sent_on"])
    raise_state(submission.work, Work.State.SENT)
    trail.record(by, "works.sent", submission, at=at)
    _tell(submission, f"《{submission.work.title}》已送往“{submission.destination}”", by, at)
    return submission


@transaction.atomic
def tell_result(
    submission: Submission,
    *,
    result: str,
    on: date,
    by: Teacher,
    at: datetime,
    remark: str = "",
) -> Submission:
    """Say what became of it; a prize or a publication is then put into the register with proof.

    Raises:
        NotAllowed: `by` does not manage the works of the school.
        BadInput: there is no such result.
        WrongWorkState: it was taken back.
    """
    require(may_manage_submission, by, submission)
    submission = _locked(submission)
    if result not in RESULTS:
        raise BadInput("没有选结果，没有保存。请从入围、获奖、发表、未入选里选一项。")
    if submission.state == State.WITHDRAWN:
        raise WrongWorkState(str(submission.get_state_display()), "已经收回的不再登记结果。")
    submission.state, submission.result_on = result, on
    submission.sent_on = submission.sent_on or on
    submission.remark = remark.strip()[:200] or submission.remark
    submission.save()
    # Not only upwards: a result that was told wrongly takes back what it had made of the work.
    if submission.work.state in ORDER:
        lower_state(submission.work)
    trail.record(by, "works.result-told", submission, at=at, detail={"result": result})
    _tell(submission, f"《{submission.work.title}》{submission.get_state_display()}", by, at)
    return submission


@transaction.atomic
def take_back_submission(submission: Submission, *, by: Teacher, at: datetime) -> Submission:
    """Take a recommendation back that has no result yet.

    Raises:
        NotAllowed: `by` does not manage the works of the school.
        WrongWorkState: it has a result.
    """
    require(may_manage_submission, by, submission)
    submission = _locked(submission)
    if submission.state in Submission.ENDED:
        raise WrongWorkState(str(submission.get_state_display()), "已经有结果的不能收回。")
    submission.state = State.WITHDRAWN
    submission.save(update_fields=["state"])
    lower_state(submission.work)
    trail.record(by, "works.submission-withdrawn", submission, at=at)
    return submission


def raise_state(work: Work, state: str) -> None:
    """Bring the work to `state`, unless it is further already."""
    if work.state in ORDER and ORDER.index(Work.State(state)) > ORDER.index(Work.State(work.state)):
        work.state = state
        work.save(update_fields=["state"])


def lower_state(work: Work) -> None:
    """Bring the work back to what its submissions, prizes and readers have made of it."""
    states = [FURTHER[State(one.state)] for one in work.submissions.all() if one.state in FURTHER]
    states += [
        Work.State.AWARDED if one.kind == Outcome.Kind.PRIZE else Work.State.PUBLISHED
        for one in work.outcomes.filter(state=Outcome.State.CONFIRMED)
    ]
    if work.grade:
        states.append(Work.State.RATED)
    if work.readings.exists():
        states.append(Work.State.READ)
    work.state = max(states, key=ORDER.index, default=Work.State.HANDED_IN)
    work.save(update_fields=["state"])


def _locked(submission: Submission) -> Submission:
    rows = Submission.objects.select_for_update(of=("self",))
    return rows.select_related("work__kind", "work__organisation", "organisation").get(
        pk=submission.pk
    )


def _tell(submission: Submission, title: str, by: Teacher, at: datetime) -> None:
    authors = [row.teacher for row in submission.work.authors.select_related("teacher")]
    notify(
        [one for one in authors if one is not None and one.pk != by.pk],
        kind="decision",
        title=title,
        source=source_of(submission.work),
        organisation=submission.organisation,
        at=at,
        text=submission.remark,
    )
