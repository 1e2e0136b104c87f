"""What the presenter does with an observation: replying, and taking advice on or leaving it."""

from datetime import datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import Source, source_of
from yanxiu.lessons.models import Lesson
from yanxiu.notices.actions import notify
from yanxiu.observation.actions.keeping import held, save_texts_of
from yanxiu.observation.actions.taking import NewText, Saved
from yanxiu.observation.models import Advice, Observation, ObservationText
from yanxiu.observation.permissions import may_decide_advice, may_reply_to_observation
from yanxiu.observation.refusals import OldEdition, WrongState
from yanxiu.people.access import require
from yanxiu.people.models import Teacher

State = Advice.State


@transaction.atomic
def reply(
    observation: Observation,
    *,
    text: str,
    edition: int = 0,
    by: Teacher,
    at: datetime,
) -> Saved:
    """Answer an observation in the presenter's own words; it stands beside it from now on.

    Words that are not taken stay with the presenter alone: nobody else reads what was not sent.

    Raises:
        NotAllowed: `by` did not give the lesson, or it is not handed in.
        OldEdition: the reply was changed elsewhere meanwhile; nothing is overwritten.
    """
    observation = held(observation)
    require(may_reply_to_observation, by, observation)
    name = ObservationText.Name.REPLY
    standing = observation.texts.filter(name=name).first()
    first = standing is None
    if standing and edition < standing.edition and standing.text != text.strip():
        raise OldEdition("这段回应")
    sent = NewText(name, text.strip(), edition)
    saved = save_texts_of(observation, [sent], device="", at=at, is_open=True)
    if first and text.strip():
        trail.record(by, "observation.replied", observation, at=at)
        notify(
            [observation.observer],
            kind="change",
            title=f"{by.name}回应了您的听课记录：{observation.lesson.name}",
            source=source_of(observation),
            organisation=observation.organisation,
            at=at,
        )
    return saved


def _held_advice(advice: Advice, by: Teacher) -> Advice:
    """Return the advice locked behind its observation, so that taking that back takes turns.

    Raises:
        NotAllowed: it was given to somebody else, or its observation was taken back meanwhile.
    """
    held(advice.observation)
    require(may_decide_advice, by, advice)
    return (
        Advice.objects.select_for_update(of=("self",))
        .select_related("observation__observer", "observation__organisation", "observation__lesson")
        .get(pk=advice.pk)
    )


@transaction.atomic
def take_advice(advice: Advice, *, plan: str = "", by: Teacher, at: datetime) -> Advice:
    """Take an advice on: it is shown at the next lessons until it is done.

    Raises:
        NotAllowed: it was given to somebody else.
    """
    advice = _held_advice(advice, by)
    advice.state, advice.plan, advice.decided_at = State.TAKEN, plan.strip()[:200], at
    advice.done_at, advice.done_in = None, None
    advice.save()
    trail.record(by, "observation.advice-taken", advice, at=at)
    return advice


@transaction.atomic
def leave_advice(advice: Advice, *, by: Teacher, at: datetime) -> Advice:
    """Leave an advice aside; nobody asks why, and it can be taken on later.

    Raises:
        NotAllowed: it was given to somebody else.
    """
    advice = _held_advice(advice, by)
    advice.state, advice.decided_at = State.LEFT, at
    advice.save()
    trail.record(by, "observation.advice-left", advice, at=at)
    return advice


@transaction.atomic
def finish_advice(
    advice: Advice,
    *,
    what_changed: str,
    lesson: Lesson | None = None,
    proof: Source | None = None,
    proof_part: str = "",
    by: Teacher,
    at: datetime,
) -> Advice:
    """Say that an advice was tried, and what came of it; who gave it is told.

    Args:
        advice: taken on.
        what_changed: what was done differently, what was seen; a sentence.
        lesson: in which lesson it was tried.
        proof: the version of the lesson plan in which it shows.
        proof_part: the paragraph of that version.
        by: the presenter.
        at: when, aware.

    Raises:
        NotAllowed: it was given to somebody else.
        BadInput: nothing is said.
        WrongState: it was not taken on.
    """
    advice = _held_advice(advice, by)
    if not what_changed.strip():
        raise BadInput("请用一句话写改了什么、看到了什么，没有保存。")
    if advice.state not in {State.TAKEN, State.DONE}:
        raise WrongState("这条建议", str(advice.get_state_display()), "请先点“准备试一试”。")
    advice.state, advice.done_at, advice.what_changed = State.DONE, at, what_changed.strip()
    advice.done_in = lesson
    if proof:
        advice.proof_kind, advice.proof_id = proof.kind, proof.uid
    advice.proof_part = proof_part.strip()[:60]
    advice.save()
    trail.record(by, "observation.advice-done", advice, at=at)
    observation = advice.observation
    notify(
        [observation.observer],
        kind="change",
        title=f"{by.name}试了您的建议：{advice.text}"[:120],
        source=source_of(observation),
        organisation=observation.organisation,
        at=at,
    )
    return advice
