"""Self-study: handing in a note, and reading it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum

from yanxiu.activities.models import Tag
from yanxiu.agenda.models import Task
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.ledger import actions as ledger
from yanxiu.notices.actions import notify
from yanxiu.people.access import require
from yanxiu.people.models import Organisation, Teacher
from yanxiu.terms.queries import with_holidays
from yanxiu.training import records
from yanxiu.training.actions.series import HAND_IN
from yanxiu.training.models import SelfStudy, SeriesPart
from yanxiu.training.permissions import may_read_self_study
from yanxiu.training.queries.settings import minutes_per_hour, setting_of
from yanxiu.training.refusals import WrongState

MOST_MINUTES = 6000
State = SelfStudy.State


@transaction.atomic
def send_study(
    organisation: Organisation,
    *,
    title: str,
    note: str,
    happened_on: date,
    minutes: int,
    tags: Sequence[Tag] = (),
    part: SeriesPart | None = None,
    returned: SelfStudy | None = None,
    by: Teacher,
    at: datetime,
) -> SelfStudy:
    """Hand in what one learned by oneself, with a note as evidence; no length is demanded.

    The very same, sent twice by a second press, is one note.

    Args:
        organisation: the school it is handed in to.
        title: what was read, watched or tried.
        note: what one takes from it.
        happened_on: on which day.
        minutes: how long it took.
        tags: what it was about.
        part: the part of a series that it does, if any.
        returned: a note that was returned and is handed in again.
        by: the writer.
        at: when, aware.

    Raises:
        BadInput: something is missing, lies ahead or cannot be meant.
        WrongState: `returned` is not a returned note of the writer.
    """
    if not title.strip() or not note.strip():
        raise BadInput("请写学了什么，再写几句要点或想法；长短不限。没有提交。")
    if happened_on > day_of(at) or not 0 < minutes <= MOST_MINUTES:
        raise BadInput("日期不能在今天以后，用时应在1到6000分钟之间。没有提交，请核对。")
    Teacher.objects.select_for_update(of=("self",)).get(pk=by.pk)
    told = {
        "title": title.strip(), "note": note.strip(), "happened_on": happened_on,
        "minutes": minutes,
    }  # fmt: skip
    if returned:
        study = SelfStudy.objects.select_related("organisation", "part").get(pk=returned.pk)
        if study.teacher_id != by.pk or study.state != State.RETURNED:
            raise WrongState(str(study.get_state_display()), "只有退回的可以改了再交。")
    else:
        mine = SelfStudy.objects.filter(teacher=by, organisation=organisation, part=part)
        same = mine.filter(state=State.SENT, **told).first()
        if same:
            return same
        study = SelfStudy(teacher=by, organisation=organisation)
    for name, value in told.items():
        setattr(study, name, value)
    study.part = part or study.part
    study.state, study.sent_at = State.SENT, at
    study.save()
    study.tags.set(tags)
    if study.part:
        _end_duty(study.part, by, at)
    trail.record(by, "training.study-sent", study, at=at)
    return study


def _end_duty(part: SeriesPart, teacher: Teacher, at: datetime) -> None:
    """End the duty of this one person; the others still owe the part."""
    source = source_of(part)
    Task.objects.filter(
        source_kind=source.kind, source_id=source.uid, kind=HAND_IN, teacher=teacher,
        state=Task.State.OPEN,
    ).update(state=Task.State.DONE, ended_at=at)  # fmt: skip


def room_left(study: SelfStudy) -> int:
    """Return how many more minutes of self-study can be recognised for the writer in its term.

    Holidays belong to the term before them.
    """
    setting = setting_of(study.organisation)
    length = minutes_per_hour(study.organisation, study.happened_on)
    most = int(setting.self_study_hours * length)
    rows = SelfStudy.objects.filter(teacher=study.teacher, state=State.ACCEPTED)
    first, end = with_holidays(study.organisation, study.happened_on)
    if first:
        rows = rows.filter(happened_on__gte=first)
    if end:
        rows = rows.filter(happened_on__lt=end)
    used = rows.aggregate(total=Sum("minutes_accepted"))["total"] or 0
    return max(0, most - used)


@transaction.atomic
def accept_study(study: SelfStudy, *, comment: str = "", by: Teacher, at: datetime) -> SelfStudy:
    """Accept a note that was read; this writes the record, up to what the term has room for.

    Raises:
        NotAllowed: `by` neither leads the writer nor decides for the school, or is the writer.
        WrongState: it was read before.
    """
    require(may_read_self_study, by, study)
    # Two notes of one writer share the room of the term.
    Teacher.objects.select_for_update(of=("self",)).get(pk=study.teacher_id)
    study = _locked(study)
    study.minutes_accepted = min(study.minutes, room_left(study))
    study.state, study.comment = State.ACCEPTED, comment.strip()
    study.read_at, study.read_by_name = at, by.name
    study.save()
    ledger.submit(
        [records.of_self_study(study, study.minutes_accepted)],
        by=by,
        at=at,
        step=records.SCHOOL_STEP,
    )
    trail.record(by, "training.study-accepted", study, at=at)
    _tell(study, f"自学记录已认可：{study.title}", at)
    return study


@transaction.atomic
def return_study(study: SelfStudy, *, comment: str, by: Teacher, at: datetime) -> SelfStudy:
    """Return a note with a word on what is missing.

    Raises:
        NotAllowed: as above.
        BadInput: there is no word.
        WrongState: it was read before.
    """
    require(may_read_self_study, by, study)
    study = _locked(study)
    if not comment.strip():
        raise BadInput("退回需要写一句意见，没有退回。请写明希望怎样补充。")
    study.state, study.comment = State.RETURNED, comment.strip()
    study.read_at, study.read_by_name = at, by.name
    study.save()
    trail.record(by, "training.study-returned", study, at=at, detail={"comment": comment})
    _tell(study, f"自学记录退回：{study.title}", at)
    return study


def _locked(study: SelfStudy) -> SelfStudy:
    study = (
        SelfStudy.objects.select_for_update(of=("self",))
        .select_related("teacher", "organisation")
        .get(pk=study.pk)
    )
    if study.state != State.SENT:
        raise WrongState(str(study.get_state_display()), "这一份已经审阅过了。")
    return study


def _tell(study: SelfStudy, title: str, at: datetime) -> None:
    notify(
        [study.teacher],
        kind="decision",
        title=title,
        source=source_of(study),
        organisation=study.organisation,
        at=at,
        text=study.comment,
    )
