"""Planning papers, setting and reading them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from yanxiu.agenda import actions as agenda
from yanxiu.agenda.models import Task
from yanxiu.attachments import actions as attachments
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of, moment_at
from yanxiu.notices.actions import notify
from yanxiu.people.access import holds_at, require
from yanxiu.people.models import Teacher, Unit
from yanxiu.places.writing import tell_written
from yanxiu.question_setting.models import (
    PaperReading,
    PaperTask,
    PaperVersion,
    SpecificationRow,
)
from yanxiu.question_setting.permissions import may_manage_task, may_read_paper, may_set_paper
from yanxiu.question_setting.refusals import NamesHimself, NoReader, ReaderIsAuthor, WrongPaperState
from yanxiu.question_setting.rules.specification import Question

State = PaperTask.State
SET, READ = "set_paper", "read_paper"
"""The tasks of the author and of the reader."""
MOST_QUESTIONS = 80
MOST_TITLES = 20


@dataclass(frozen=True)
class TaskFacts:
    """What is the same for the papers that are planned at once."""

    author: Teacher
    due_on: date
    used_on: date
    kind: str = PaperTask.Kind.UNIT
    reader: Teacher | None = None
    subject: str = ""
    grade: str = ""
    ordered_from: str = ""
    total: Decimal = Decimal(100)


@transaction.atomic
def plan_tasks(
    unit: Unit, titles: Sequence[str], facts: TaskFacts, *, by: Teacher, at: datetime
) -> list[PaperTask]:
    """Order one paper for each of `titles`; secret until the day after it is used.

    Args:
        unit: the group that sets it.
        titles: one a paper, such as the units of a book.
        facts: who, and until when.
        by: its leader, or the office.
        at: when, aware.

    Raises:
        NotAllowed: `by` neither leads the group nor manages the works of the school.
        ReaderIsAuthor: the same person would set and read.
        BadInput: nothing is named, or the days do not fit.
    """
    if unit.pk not in by.leads and not holds_at(by, "manage_works", unit.organisation):
        raise NotAllowed
    if facts.reader == facts.author:
        raise ReaderIsAuthor(facts.author.name)
    named = [title.strip()[:80] for title in titles if title.strip()]
    if not named or len(named) > MOST_TITLES:
        raise BadInput("没有写试卷的名称，或一次超过20份，没有保存。请一行写一份。")
    _days_fit(facts)
    secret_until = _secret_until(facts, at)
    made = PaperTask.objects.bulk_create(
        PaperTask(
            organisation=unit.organisation,
            unit=unit,
            title=title,
            made_by=by,
            made_at=at,
            secret_until=secret_until,
            **{name: getattr(facts, name) for name in TaskFacts.__dataclass_fields__},
        )
        for title in named
    )
    tell_written(made)
    for task in made:
        trail.record(by, "question_setting.planned", task, at=at)
        _ask(task, task.author, SET, f"命题：{task.title}", task.due_on, by, at)
    return made


def _days_fit(facts: TaskFacts) -> None:
    if facts.due_on > facts.used_on:
        raise BadInput("交稿日期在使用日期以后，没有保存。请留出审题的时间。")


def _secret_until(facts: TaskFacts, at: datetime) -> datetime:
    """Return the end of the day of the exam.

    A homework sheet examines nobody: the group has it as soon as it is final.
    """
    if facts.kind == PaperTask.Kind.HOMEWORK:
        return at
    return moment_at(facts.used_on + timedelta(days=1), time(0))


CHANGEABLE = ("author", "reader", "due_on", "used_on", "subject", "grade", "ordered_from", "total")
"""What of a paper may be changed later; its kind decides what is secret, and stays."""


@transaction.atomic
def change_task(
    task: PaperTask, title: str, facts: TaskFacts, *, by: Teacher, at: datetime
) -> PaperTask:
    """Let somebody else set or read the paper, move its days, name it anew.

    Whoever is newly asked, and whoever is not any more, is told. The secret moves with the day of
    the exam, and never to a day that is over.

    Raises:
        NotAllowed: `by` does not manage it.
        ReaderIsAuthor: the same person would set and read.
        NamesHimself: `by` would open a secret paper that others have begun.
        WrongPaperState: it was called off; it has a version and another author is named, or it is
            final and another reader is.
        BadInput: it has no name, or the days do not fit.
    """
    require(may_manage_task, by, task)
    task = _locked(task)
    author, reader = task.author, task.reader
    _may_change(task, facts)
    _lets_nobody_in(task, facts, by)
    _days_fit(facts)
    if not title.strip():
        raise BadInput("没有写试卷的名称，没有保存。请写上。")
    if facts.used_on != task.used_on:
        if facts.used_on < day_of(at):
            raise BadInput("使用日期已经过了，没有保存。请写今天或以后的一天。")
        if task.kind != PaperTask.Kind.HOMEWORK:
            task.secret_until = _secret_until(facts, at)
    task.title = title.strip()[:80]
    for name in CHANGEABLE:
        setattr(task, name, getattr(facts, name))
    task.save()
    tell_written([task])
    detail = _changed_hands(("author", author, task.author), ("reader", reader, task.reader))
    trail.record(by, "question_setting.changed", task, at=at, detail=detail)
    _pass_on(task, author, reader, by, at)
    return task


def _may_change(task: PaperTask, facts: TaskFacts) -> None:
    if facts.reader == facts.author:
        raise ReaderIsAuthor(facts.author.name)
    if task.dropped_at:
        raise WrongPaperState("已取消", "要用的话请重新布置。")
    if facts.author != task.author and task.versions.exists():
        raise WrongPaperState(str(task.get_state_display()), "已经交过稿，命题的人不再换。")
    if task.state != State.PLANNED and facts.reader is None:
        raise WrongPaperState(str(task.get_state_display()), "已经交过稿，审题的人不能空着。")
    if facts.reader != task.reader and task.state == State.APPROVED:
        raise WrongPaperState(str(task.get_state_display()), "已经定稿，审题的人不再换。")


def _lets_nobody_in(task: PaperTask, facts: TaskFacts, by: Teacher) -> None:
    """Make sure that who arranges does not let himself into what only three may open."""
    begun = task.versions.exists() or task.specification.exists()
    newly = by in {facts.author, facts.reader}
    inside = by.pk in {task.author_id, task.reader_id, task.made_by_id}
    if newly and not inside and begun and task.kind != PaperTask.Kind.HOMEWORK:
        raise NamesHimself


def _changed_hands(
    *given: tuple[str, Teacher | None, Teacher | None],
) -> dict[str, dict[str, str]]:
    """Return for the trail who has handed the paper to whom."""
    return {
        part: {"from": was.name if was else "", "to": now.name if now else ""}
        for part, was, now in given
        if was != now
    }


def _pass_on(
    task: PaperTask, author: Teacher, reader: Teacher | None, by: Teacher, at: datetime
) -> None:
    """Move the tasks to whoever has them now, and tell those whom it concerns."""
    source = source_of(task)
    agenda.pass_task(source, kind=SET, was=author, to=task.author, due_on=task.due_on)
    _tell(task, author, task.author, f"命题：{task.title}", by, at)
    if reader and task.reader:
        agenda.pass_task(source, kind=READ, was=reader, to=task.reader, due_on=task.used_on)
        if task.state == State.HANDED_IN:
            _tell(task, reader, task.reader, f"审题：{task.title}", by, at)


def _tell(  # noqa: PLR0917 (a change of hands, told to both)
    task: PaperTask, was: Teacher, now: Teacher, title: str, by: Teacher, at: datetime
) -> None:
    """Ask the new one, and tell the old one who has it now."""
    said = ((now, "request", title), (was, "change", f"已改由{now.name}办：{task.title}"))
    for one, kind, words in said:
        if was.pk != now.pk and one.pk != by.pk:
            notify(
                [one],
                kind=kind,
                title=words,
                source=source_of(task),
                organisation=task.organisation,
                at=at,
            )


def _ask(  # noqa: PLR0917 (a task and its notice say the same)
    task: PaperTask, whom: Teacher, kind: str, title: str, due_on: date, by: Teacher, at: datetime
) -> None:
    """Give somebody the task; only the title of the paper is said, nothing that stands in it."""
    agenda.assign_task(
        source_of(task),
        [whom],
        kind=kind,
        title=title,
        due_on=due_on,
        organisation=task.organisation,
        at=at,
    )
    if whom.pk != by.pk:
        notify(
            [whom],
            kind="request",
            title=title,
            source=source_of(task),
            organisation=task.organisation,
            at=at,
        )


@transaction.atomic
def set_specification(
    task: PaperTask, questions: Sequence[Question], *, by: Teacher, at: datetime
) -> None:
    """Write the two-way specification table anew.

    Raises:
        NotAllowed: `by` is not the author.
        WrongPaperState: the paper is with its reader, or final.
        BadInput: too many rows, or points that are none.
    """
    require(may_set_paper, by, task)
    task = _locked(task)
    _still_set(task)
    if len(questions) > MOST_QUESTIONS:
        raise BadInput("一份细目表最多80题，没有保存。请把小题合在一起写。")
    if any(one.points <= 0 or not one.number.strip() for one in questions):
        raise BadInput("每一行都要有题号，分值要大于0，没有保存。请补上。")
    if any(one.difficulty is not None and not 0 <= one.difficulty <= 1 for one in questions):
        raise BadInput("难度写预计得分率，在0到1之间，没有保存。例如七成学生能得分写0.7。")
    task.specification.all().delete()
    SpecificationRow.objects.bulk_create(
        SpecificationRow(task=task, order=order, **one.__dict__)
        for order, one in enumerate(questions)
    )
    trail.record(by, "question_setting.specified", task, at=at, detail={"rows": len(questions)})


def _still_set(task: PaperTask) -> None:
    if task.dropped_at or task.state not in {State.PLANNED, State.RETURNED}:
        state = "已取消" if task.dropped_at else str(task.get_state_display())
        raise WrongPaperState(state, "审题人看过、退回以后可以再改。")


@transaction.atomic
def hand_in_paper(
    task: PaperTask, data: bytes, *, name: str, note: str = "", by: Teacher, at: datetime
) -> PaperVersion:
    """Hand in a version of the paper as a file; its reader is asked to read it.

    Raises:
        NotAllowed: `by` is not the author.
        WrongPaperState: a version is with the reader, or the paper is final.
        NoReader: nobody is to read it.
        FileTooLarge, UnknownFile: the file is none that is kept.
    """
    require(may_set_paper, by, task)
    task = _locked(task)
    _still_set(task)
    if task.reader is None:
        raise NoReader
    last = task.versions.aggregate(last=Max("number"))["last"] or 0
    version = PaperVersion.objects.create(
        task=task, number=last + 1, note=note.strip()[:200], handed_in_at=at
    )
    attachments.keep(
        source_of(version), data, name=name, organisation=task.organisation, by=by, at=at
    )
    task.state = State.HANDED_IN
    task.save(update_fields=["state"])
    agenda.finish_tasks(source_of(task), kind=SET, at=at)
    agenda.reopen_tasks(source_of(task), kind=READ)
    _ask(task, task.reader, READ, f"审题：{task.title}", task.used_on, by, at)
    trail.record(by, "question_setting.handed-in", task, at=at, detail={"version": version.number})
    return version


@transaction.atomic
def take_back_paper(task: PaperTask, *, by: Teacher, at: datetime) -> PaperTask:
    """Take a version back that its reader has not judged yet; it stays among the versions.

    Raises:
        NotAllowed: `by` is not the author.
        WrongPaperState: nothing waits to be read.
    """
    require(may_set_paper, by, task)
    task = _locked(task)
    if task.state != State.HANDED_IN:
        raise WrongPaperState(str(task.get_state_display()), "审题人定稿或退回以前才能撤回。")
    returned = PaperReading.objects.filter(version__task=task).exists()
    task.state = State.RETURNED if returned else State.PLANNED
    task.save(update_fields=["state"])
    agenda.finish_tasks(source_of(task), kind=READ, at=at, state=Task.State.DROPPED)
    agenda.reopen_tasks(source_of(task), kind=SET)
    if task.reader:
        notify(
            [task.reader],
            kind="change",
            title=f"先不用审，命题人撤回了：{task.title}",
            source=source_of(task),
            organisation=task.organisation,
            at=at,
        )
    trail.record(by, "question_setting.taken-back", task, at=at)
    return task


@transaction.atomic
def read_paper(
    task: PaperTask, *, decision: str, comment: str = "", by: Teacher, at: datetime
) -> PaperTask:
    """Make the last version final, or return it with a word.

    Raises:
        NotAllowed: `by` is not its reader.
        WrongPaperState: nothing waits to be read.
        BadInput: a paper is returned without a word.
    """
    require(may_read_paper, by, task)
    task = _locked(task)
    if task.state != State.HANDED_IN:
        raise WrongPaperState(str(task.get_state_display()), "命题人交来以后再审。")
    returned = decision == PaperReading.Decision.RETURNED
    if decision not in PaperReading.Decision.values or (returned and not comment.strip()):
        raise BadInput("退回要写一句改什么，没有保存。请写明哪一题、怎样改。")
    version = task.versions.latest("number")
    PaperReading.objects.create(
        version=version, reader=by, decision=decision, comment=comment.strip(), at=at
    )
    task.state = State.RETURNED if returned else State.APPROVED
    task.approved_at = None if returned else at
    task.save(update_fields=["state", "approved_at"])
    agenda.finish_tasks(source_of(task), kind=READ, at=at)
    if returned:
        agenda.reopen_tasks(source_of(task), kind=SET)
    # What the reader says may quote a question: it stays on the page, out of the notice.
    notify(
        [task.author],
        kind="decision",
        title=f"{'请修改' if returned else '已定稿'}：{task.title}",
        source=source_of(task),
        organisation=task.organisation,
        at=at,
    )
    trail.record(by, f"question_setting.{decision}", task, at=at)
    return task


@transaction.atomic
def drop_task(task: PaperTask, *, by: Teacher, at: datetime) -> PaperTask:
    """Call a paper off that nobody has handed in.

    Raises:
        NotAllowed: `by` does not manage it.
        WrongPaperState: something was handed in.
    """
    require(may_manage_task, by, task)
    task = _locked(task)
    if task.versions.exists():
        raise WrongPaperState(str(task.get_state_display()), "已经交过稿的留着，不取消。")
    task.dropped_at = at
    task.save(update_fields=["dropped_at"])
    agenda.finish_tasks(source_of(task), kind=SET, at=at, state=Task.State.DROPPED)
    trail.record(by, "question_setting.dropped", task, at=at)
    return task


def _locked(task: PaperTask) -> PaperTask:
    rows = PaperTask.objects.select_for_update(of=("self",))
    return rows.select_related("organisation", "author", "reader").get(pk=task.pk)
