"""Drawing a sample, giving it to checkers, and what they find."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction

from yanxiu.agenda import actions as agenda
from yanxiu.agenda.models import Task
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.ledger import chain
from yanxiu.ledger.rules import auditing
from yanxiu.notices.actions import notify
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Organisation, Teacher
from yanxiu.verification.models import CheckMark, SampleCheck, Sampled
from yanxiu.verification.permissions import may_answer_check, may_check, may_run_check
from yanxiu.verification.queries.sampling import Person, groups_of, people_of
from yanxiu.verification.refusals import (
    CheckCalledOff,
    NobodyToDraw,
    NotTheChecker,
    NotToBeChecked,
)

RIGHT: Final = "recognise_hours"
CHECK, REDO = "verification.check", "verification.redo"
State = Sampled.State


@dataclass(frozen=True)
class NewCheck:
    """How a sample is to be drawn; `words` were announced before."""

    title: str
    starts_on: date
    last_on: date
    due_on: date
    words: str
    method: str = auditing.RANDOM
    percent: Decimal = Decimal(10)
    strata: tuple[str, ...] = ("school",)
    digit: str = ""
    spares: bool = False
    on_fail: str = auditing.REDO
    redo_days: int = 15
    source: str = ""


@transaction.atomic
def draw_sample(
    organisation: Organisation, new: NewCheck, *, by: Teacher, at: datetime
) -> SampleCheck:
    """Draw a sample of the teachers of `organisation` and all below it.

    The seed is made of the words announced, the day, and the signed state of the ledger, which
    nobody can choose; it is kept with the sample.

    Raises:
        NotAllowed: `by` does not recognise hours there.
        BadInput: the days are in the wrong order, or the digit is none.
        NobodyToDraw: nobody was drawn.
    """
    require_right(by, RIGHT, organisation)
    today = day_of(at)
    if new.last_on < new.starts_on or new.due_on < today:
        raise BadInput("日期的先后不对，没有抽取。结束不能早于开始，完成期限不能早于今天。")
    if new.method == auditing.TAIL_DIGIT and not (len(new.digit) == 1 and new.digit.isdigit()):
        raise BadInput("按编号尾数抽取，请填一位数字（0到9）。没有抽取。")
    seed = f"{new.words.strip()}|{today.isoformat()}|{chain.root()['digest']}"
    people = people_of(organisation, today)
    drawn = _drawn(people, new, seed)
    if not drawn:
        raise NobodyToDraw
    check = SampleCheck.objects.create(
        organisation=organisation, title=new.title.strip(), starts_on=new.starts_on,
        last_on=new.last_on, method=new.method, percent=new.percent, strata=list(new.strata),
        digit=new.digit, words=new.words.strip(), seed=seed, spares=new.spares,
        on_fail=new.on_fail, redo_days=new.redo_days, source=new.source, due_on=new.due_on,
        population=len(people), candidates=_told(people, new),
        unnumbered=sum(not one.number for one in people), drawn_at=at,
        drawn_by_name=by.name,
    )  # fmt: skip
    known = {str(one.teacher.uid): one for one in people}
    Sampled.objects.bulk_create(_row(check, known[one.uid], one) for one in drawn)
    detail = {"seed": seed, "drawn": len(drawn), "of": len(people)}
    trail.record(by, "verification.sample-drawn", check, at=at, detail=detail)
    return check


def _drawn(people: Sequence[Person], new: NewCheck, seed: str) -> list[auditing.Drawn]:
    candidates = [one.candidate(new.strata) for one in people]
    if new.method == auditing.TAIL_DIGIT:
        return auditing.draw_by_digit(candidates, new.digit)
    return auditing.draw(candidates, seed=seed, percent=new.percent, spare_sampled=new.spares)


def _told(people: Sequence[Person], new: NewCheck) -> list[list[object]]:
    """Return everybody who could be drawn, as it is kept so that the drawing can be repeated."""
    return [
        [str(one.teacher.uid), one.teacher.name, list(one.stratum(new.strata)), one.number,
         one.before]
        for one in people
    ]  # fmt: skip


def _row(check: SampleCheck, person: Person, drawn: auditing.Drawn) -> Sampled:
    return Sampled(
        check_of=check, teacher=person.teacher, school=person.school,
        stratum="·".join(drawn.stratum)[:200], place=drawn.place, size=drawn.size, mark=drawn.mark,
        before=person.before,
    )  # fmt: skip


@transaction.atomic
def assign_checkers(
    check: SampleCheck, checkers: Sequence[Teacher], *, by: Teacher, at: datetime
) -> list[Sampled]:
    """Share out what nobody has looked at yet; nobody gets the own person or group.

    Returns:
        Those whom none of `checkers` can check.

    Raises:
        NotAllowed: `by` does not run this sample.
        CheckCalledOff: it was called off.
        BadInput: nobody is to check.
    """
    check = _locked(check, by)
    if not checkers:
        raise BadInput("请至少选一位检查人，没有分派。")
    today = day_of(at)
    open_rows = list(check.drawn.filter(state=State.WAITING).select_related("teacher"))
    groups = groups_of([*(one.teacher_id for one in open_rows), *(c.pk for c in checkers)], today)
    found = auditing.assign(
        [(str(row.teacher.uid), frozenset(groups.get(row.teacher_id, ()))) for row in open_rows],
        [auditing.Checker(str(one.uid), frozenset(groups.get(one.pk, ()))) for one in checkers],
    )
    by_uid = {str(one.uid): one for one in checkers}
    for row in open_rows:
        row.checker = by_uid.get(found.get(str(row.teacher.uid), ""))
    Sampled.objects.bulk_update(open_rows, ["checker"])
    _tell(check, open_rows, by, at)
    given = [row for row in open_rows if row.checker]
    detail = {"given": len(given), "left": len(open_rows) - len(given)}
    trail.record(by, "verification.sample-assigned", check, at=at, detail=detail)
    return [row for row in open_rows if row.checker is None]


def _tell(check: SampleCheck, rows: Sequence[Sampled], by: Teacher, at: datetime) -> None:
    for row in rows:
        agenda.finish_tasks(source_of(row), kind=_kind(CHECK, row), at=at, state="dropped")
    told: dict[int, Sampled] = {}
    for row in rows:
        if row.checker:
            row.check_of = check
            title = f"抽查：{row.teacher.name}"
            _owe(row, row.checker, CHECK, title, due=check.due_on, at=at)
            told.setdefault(row.checker.pk, row)
    for row in told.values():
        if row.checker and row.checker_id != by.pk:
            notify(
                [row.checker], kind="request", title=f"请您参加抽查：{check.title}",
                source=source_of(row), organisation=check.organisation, at=at,
            )  # fmt: skip


def _owe(row: Sampled, whom: Teacher, kind: str, title: str, *, due: date, at: datetime) -> None:
    source, kind = source_of(row), _kind(kind, row)
    agenda.assign_task(
        source, [whom], kind=kind, title=title[:120], due_on=due,
        organisation=row.check_of.organisation, at=at,
    )  # fmt: skip
    # Somebody from whom it was taken and to whom it comes back has the task still, dropped.
    agenda.reopen_tasks(source, kind=kind)
    for task in (
        Task.objects.filter(
            source_kind=source.kind, source_id=source.uid, kind=kind, state=Task.State.OPEN
        )
        .exclude(teacher=whom)
        .select_related("teacher")
    ):
        agenda.finish_task_of(source, task.teacher, kind=kind, at=at)


def _kind(kind: str, row: Sampled) -> str:
    """Return the kind of a task in the round of `row`: each round is owed anew."""
    return f"{kind}-{row.marks.count() + 1}"


def _locked(check: SampleCheck, by: Teacher) -> SampleCheck:
    require(may_run_check, by, check)
    found: SampleCheck = (
        SampleCheck.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=check.pk)
    )
    if found.called_off_at:
        raise CheckCalledOff(found.called_off_because)
    return found


@transaction.atomic
def give_to(row: Sampled, checker: Teacher, *, by: Teacher, at: datetime) -> Sampled:
    """Give one person of a sample to another checker.

    Raises:
        NotAllowed: `by` does not run this sample.
        NotTheChecker: it is the same person, or somebody of the same group.
        NotToBeChecked: it is decided.
    """
    check = _locked(row.check_of, by)
    row = Sampled.objects.select_for_update(of=("self",)).select_related("teacher").get(pk=row.pk)
    if row.state not in {State.WAITING, State.ANSWERED}:
        raise NotToBeChecked(row.get_state_display())
    groups = groups_of([row.teacher_id, checker.pk], day_of(at))
    if checker.pk == row.teacher_id or set(groups.get(checker.pk, ())) & set(
        groups.get(row.teacher_id, ())
    ):
        raise NotTheChecker(checker.name)
    row.checker = checker
    row.save(update_fields=["checker"])
    _tell(check, [row], by, at)
    return row


@transaction.atomic
def mark(row: Sampled, *, passed: bool, comment: str, by: Teacher, at: datetime) -> Sampled:
    """Leave a mark and a comment on what was read.

    What does not pass is sent back with a day, where the sample says so; the person is told, and
    the same checker looks again.

    Raises:
        NotAllowed: it was not given to `by`.
        BadInput: what does not pass needs a comment that helps.
        NotToBeChecked: it is decided, or still with the person.
    """
    require(may_check, by, row)
    row = (
        Sampled.objects.select_for_update(of=("self",))
        .select_related("check_of__organisation", "teacher", "school")
        .get(pk=row.pk)
    )
    check = row.check_of
    if row.state not in {State.WAITING, State.ANSWERED}:
        raise NotToBeChecked(row.get_state_display())
    if not passed and not comment.strip():
        raise BadInput("没有通过的，请写一句缺什么、怎样补，本人看得到。没有保存。")
    agenda.finish_tasks(source_of(row), kind=_kind(CHECK, row), at=at)
    CheckMark.objects.create(
        sampled=row, passed=passed, comment=comment.strip(), by_uid=by.uid, by_name=by.name, at=at
    )
    row.state, row.redo_by = State.PASSED, None
    if not passed:
        again = check.on_fail == auditing.REDO
        row.state = State.REDO if again else State.FAILED
        row.redo_by = day_of(at) + timedelta(days=check.redo_days) if again else None
    row.save(update_fields=["state", "redo_by"])
    if row.redo_by:
        title = f"按抽查意见整改：{check.title}"
        _owe(row, row.teacher, REDO, title, due=row.redo_by, at=at)
    notify(
        [row.teacher], kind="decision", title=f"抽查结果：{row.get_state_display()}",
        source=source_of(row), organisation=row.school, at=at, text=comment.strip(),
    )  # fmt: skip
    detail = {"passed": passed}
    trail.record(by, "verification.sampled-marked", row, at=at, detail=detail)
    return row


@transaction.atomic
def answer(row: Sampled, *, text: str, by: Teacher, at: datetime) -> Sampled:
    """Say that what was asked for is done; the checker looks again.

    Raises:
        NotAllowed: it is somebody else's.
        BadInput: nothing is said.
        NotToBeChecked: nothing is asked for (any more).
    """
    require(may_answer_check, by, row)
    row = (
        Sampled.objects.select_for_update(of=("self",))
        .select_related("check_of__organisation", "teacher", "checker")
        .get(pk=row.pk)
    )
    if row.state != State.REDO:
        raise NotToBeChecked(row.get_state_display())
    if not text.strip():
        raise BadInput("请写一句补了什么，检查的人好去看。没有提交。")
    row.state, row.answer, row.answered_at = State.ANSWERED, text.strip(), at
    row.save(update_fields=["state", "answer", "answered_at"])
    agenda.finish_tasks(source_of(row), kind=_kind(REDO, row), at=at)
    if row.checker:
        due = day_of(at) + timedelta(days=row.check_of.redo_days)
        title = f"复查：{row.teacher.name}"
        _owe(row, row.checker, CHECK, title, due=due, at=at)
    # The row holds the last answer alone; what was said before stays in the trail.
    trail.record(by, "verification.sampled-answered", row, at=at, detail={"text": row.answer})
    return row


@transaction.atomic
def call_off(check: SampleCheck, *, because: str, by: Teacher, at: datetime) -> SampleCheck:
    """Call a sample off; it stays to be seen with the reason, and nobody owes anything for it.

    Raises:
        NotAllowed: `by` does not run this sample.
        BadInput: there is no reason.
        CheckCalledOff: it was called off before.
    """
    if not because.strip():
        raise BadInput("请写一句为什么取消，大家看得到。没有改动。")
    check = _locked(check, by)
    check.called_off_at, check.called_off_by_name = at, by.name
    check.called_off_because = because.strip()
    check.save(update_fields=["called_off_at", "called_off_by_name", "called_off_because"])
    for row in check.drawn.all():
        for kind in (CHECK, REDO):
            agenda.finish_tasks(source_of(row), kind=_kind(kind, row), at=at, state="dropped")
    detail = {"reason": because.strip()}
    trail.record(by, "verification.sample-called-off", check, at=at, detail=detail)
    return check
