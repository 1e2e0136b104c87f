"""Plans in lessons: what was taught by which version, and what is noted afterwards."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.spans import day_of
from yanxiu.lessons.models import Lesson
from yanxiu.people.access import NotAllowed, require
from yanxiu.people.models import Teacher
from yanxiu.places.writing import tell_written
from yanxiu.preparation import content
from yanxiu.preparation.actions.writing import keep_version, locked
from yanxiu.preparation.models import LessonPlan, PlanUse, PlanVersion, PostLessonNote
from yanxiu.preparation.permissions import may_change_note, may_write_plan
from yanxiu.preparation.refusals import NothingWritten
from yanxiu.texts.radicals import repair

LONGEST = 5000
Moment = PlanVersion.Moment


@transaction.atomic
def use_in(
    plan: LessonPlan, lesson: Lesson, *, shown: bool = True, by: Teacher, at: datetime
) -> PlanUse:
    """Lay the plan, as it is now, beside a lesson; whoever listens can read it if `shown`.

    Used again for the same lesson, it takes the place of what lay there.

    Raises:
        NotAllowed: neither the plan nor the lesson is this teacher's.
        NothingWritten: there is nothing in it.
    """
    require(may_write_plan, by, plan)
    if lesson.teacher_id not in {by.pk, plan.author_id}:
        raise NotAllowed
    plan = locked(plan)
    if content.is_empty(plan.content):
        raise NothingWritten
    last = plan.versions.order_by("-number").first()
    version = (
        last
        if last is not None and last.content == plan.content
        else keep_version(plan, Moment.TAUGHT, reason=f"用于 {lesson.name}", by=by, at=at)
    )
    PlanUse.objects.filter(lesson=lesson, version__plan=plan).exclude(version=version).delete()
    use, _fresh = PlanUse.objects.update_or_create(
        version=version, lesson=lesson, defaults={"shown": shown, "made_at": at}
    )
    detail = {"lesson": str(lesson.uid), "version": version.number}
    trail.record(by, "preparation.plan-used", plan, at=at, detail=detail)
    return use


@transaction.atomic
def stop_using(plan: LessonPlan, lesson: Lesson, *, by: Teacher, at: datetime) -> None:
    """Take a plan away from a lesson; its versions stay.

    Raises:
        NotAllowed: the plan is not this teacher's to write.
    """
    require(may_write_plan, by, plan)
    PlanUse.objects.filter(lesson=lesson, version__plan=plan).delete()
    detail = {"lesson": str(lesson.uid)}
    trail.record(by, "preparation.plan-unused", plan, at=at, detail=detail)


@transaction.atomic
def add_note(
    plan: LessonPlan,
    *,
    text: str,
    taught_on: date,
    class_name: str = "",
    lesson: Lesson | None = None,
    is_shared: bool = False,
    by: Teacher,
    at: datetime,
) -> PostLessonNote:
    """Note something after teaching; it is the writer's alone unless shared.

    Raises:
        NotAllowed: `by` neither wrote the plan nor belongs to the group whose plan it is.
        BadInput: nothing was written, it is too long, or the day lies ahead.
    """
    if plan.author_id != by.pk and not (plan.is_shared and plan.unit_id in by.units):
        raise NotAllowed
    _check(text, taught_on, at)
    note = PostLessonNote.objects.create(
        plan=plan,
        teacher=by,
        lesson=lesson,
        taught_on=taught_on,
        class_name=class_name.strip(),
        text=repair(text.strip()),
        is_shared=is_shared,
        made_at=at,
        edited_at=at,
    )
    trail.record(by, "preparation.note-written", note, at=at)
    return note


@transaction.atomic
def change_note(
    note: PostLessonNote,
    *,
    text: str,
    is_shared: bool,
    edition: int,
    by: Teacher,
    at: datetime,
) -> PostLessonNote:
    """Change a note, unless it was changed elsewhere meanwhile.

    Raises:
        NotAllowed: it is somebody else's.
        BadInput: nothing was written, it is too long, or another device has changed it.
    """
    require(may_change_note, by, note)
    _check(text, note.taught_on, at)
    changed = PostLessonNote.objects.filter(pk=note.pk, edition=edition).update(
        text=repair(text.strip()), is_shared=is_shared, edited_at=at, edition=F("edition") + 1
    )
    if not changed:
        raise BadInput(
            "这篇教后记刚才在别的设备上改过，没有盖掉。原来的在下面，您写的还在框里，"
            "请对照着合成一份再保存。"
        )
    trail.record(by, "preparation.note-changed", note, at=at)
    note.refresh_from_db()
    tell_written([note])
    return note


@transaction.atomic
def remove_note(note: PostLessonNote, *, by: Teacher, at: datetime) -> None:
    """Throw one's own note away.

    Raises:
        NotAllowed: it is somebody else's.
    """
    require(may_change_note, by, note)
    trail.record(by, "preparation.note-removed", note, at=at)
    note.delete()


def _check(text: str, taught_on: date, at: datetime) -> None:
    if not text.strip():
        raise BadInput("没有写内容，没有保存。一两句也可以，不写也没有关系。")
    if len(text) > LONGEST:
        raise BadInput(f"一篇最多 {LONGEST} 字，没有保存，您写的还在框里。长的可以写成教学反思。")
    if taught_on > day_of(at):
        raise BadInput("上课的日期在今天以后，没有保存。请核对日期。")
