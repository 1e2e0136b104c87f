"""Remarks of those who supervise, and the log of what leaders do."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import Source
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import require, require_right
from yanxiu.people.models import GuidanceAct, Organisation, SupervisionNote, Teacher
from yanxiu.people.permissions import may_answer_note, may_settle_act


@transaction.atomic
def remark(
    source: Source,
    organisation: Organisation,
    *,
    title: str,
    kind: str,
    text: str,
    by: Teacher,
    at: datetime,
) -> SupervisionNote:
    """Comment on something, or ask about it; the thing itself stays as it is.

    Args:
        source: what it is about; that `by` may see it is the caller's to make sure.
        organisation: to which the thing belongs.
        title: what it is called today.
        kind: comment or question.
        text: what there is to say.
        by: who supervises.
        at: when, aware.

    Raises:
        NotAllowed: `by` does not supervise in `organisation`.
        BadInput: nothing was written.
    """
    require_right(by, "supervise", organisation)
    if not text.strip():
        raise BadInput("没有写内容，没有提交。请写下意见或问题。")
    note = SupervisionNote.objects.create(
        organisation=organisation, source_kind=source.kind, source_id=source.uid,
        source_title=title[:120], kind=kind, text=text.strip(), author=by,
        authority=authority(by, organisation), made_at=at,
    )  # fmt: skip
    trail.record(by, "people.remarked", note, at=at, detail={"about": source.kind})
    return note


def authority(teacher: Teacher, organisation: Organisation) -> str:
    """Return in what name `teacher` supervises there: the body first, else the post."""
    found = [
        holding
        for holding in teacher.holdings
        if "supervise" in holding.rights and organisation.path.startswith(holding.path)
    ]
    found.sort(key=lambda holding: holding.kind != "unit")
    if not found:
        return ""
    return (found[0].name if found[0].kind == "unit" else found[0].post.role.name)[:60]


@transaction.atomic
def answer(note: SupervisionNote, text: str, *, by: Teacher, at: datetime) -> SupervisionNote:
    """Answer a remark, once.

    Raises:
        NotAllowed: `by` works on none of the things that such remarks are about.
        BadInput: nothing was written, or it was answered before.
    """
    require(may_answer_note, by, note)
    note = SupervisionNote.objects.select_for_update().get(pk=note.pk)
    if note.answered_at or not text.strip():
        raise BadInput("没有写内容，或这一条已有答复，没有提交。需要补充请另提一条意见。")
    note.answer, note.answered_by, note.answered_at = text.strip(), by, at
    note.save(update_fields=["answer", "answered_by", "answered_at"])
    trail.record(by, "people.remark-answered", note, at=at)
    return note


@dataclass(frozen=True)
class ActFacts:
    """What a leader did, as a form asks for it."""

    on: date
    form: str
    matter: str
    work: str = GuidanceAct.Work.GUIDE
    minutes: int | None = None
    finding: str = ""
    follow_up: str = ""

    def values(self) -> dict[str, Any]:
        """Return the columns."""
        return {**vars(self), "form": self.form.strip(), "matter": self.matter.strip()}


@transaction.atomic
def log_act(
    organisation: Organisation, facts: ActFacts, *, by: Teacher, at: datetime
) -> GuidanceAct:
    """Log one thing that `by` did to guide or supervise at `organisation`.

    Raises:
        NotAllowed: `by` neither leads nor supervises there.
        BadInput: form or matter are missing, or the day is to come.
    """
    if not leads_at(by, organisation):
        require_right(by, "supervise", organisation)
    values = facts.values()
    if not values["form"] or not values["matter"]:
        raise BadInput("没有写形式或事项，没有保存。请补上，如“走访”“检查备课”。")
    if facts.on > day_of(at):
        raise BadInput("日期还没有到，没有保存。督导记录只记做过的事，请核对日期。")
    act = GuidanceAct.objects.create(organisation=organisation, leader=by, **values)
    trail.record(by, "people.guidance-logged", act, at=at, detail={"matter": act.matter})
    return act


def leads_at(teacher: Teacher, organisation: Organisation) -> bool:
    """Tell whether a leading post of today stands at `organisation` or above it."""
    return any(
        post.role.leading and organisation.path.startswith(post.organisation.path)
        for post in teacher.posts_today
    )


@transaction.atomic
def settle_act(
    act: GuidanceAct, *, follow_up: str, on: date, by: Teacher, at: datetime
) -> GuidanceAct:
    """Write what came of it, and that it is done.

    Raises:
        NotAllowed: it is not the log of `by`.
    """
    require(may_settle_act, by, act)
    act.follow_up, act.settled_on = follow_up.strip(), on
    act.save(update_fields=["follow_up", "settled_on"])
    trail.record(by, "people.guidance-settled", act, at=at)
    return act
