"""The talk about a lesson, the small test after it, and the presenter's own account."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from yanxiu.attachments import actions as attachments
from yanxiu.attachments.models import Attachment
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.lessons.models import Lesson
from yanxiu.notices.actions import notify
from yanxiu.observation.actions.handing_in import reckon
from yanxiu.observation.actions.keeping import held
from yanxiu.observation.models import (
    AppraisalNotice,
    InstantTest,
    LessonAccount,
    Mark,
    Observation,
    Remark,
)
from yanxiu.observation.permissions import (
    may_account_for_lesson,
    may_appraise_lesson,
    may_talk_about_lesson,
    may_write_observation,
)
from yanxiu.observation.refusals import ObservationClosed, OldEdition, WrongState
from yanxiu.people.access import NotAllowed, require
from yanxiu.people.models import Teacher
from yanxiu.texts.radicals import repair

MOST_CHARACTERS = 20_000
MOST_PHOTOS = 6
PICTURES = frozenset({".jpg", ".jpeg", ".png"})
ACCOUNT = ("material", "pupils", "goals", "process", "looking_back")
"""The headings of a lesson account, in their order."""


@transaction.atomic
def say(
    lesson: Lesson, *, text: str, is_highlight: bool = False, by: Teacher, at: datetime
) -> Remark:
    """Say something in the talk about a lesson, after the silent round.

    Raises:
        NotAllowed: `by` neither gave it nor has handed in an observation of it.
        BadInput: it is empty, or too long.
    """
    require(may_talk_about_lesson, by, lesson)
    words = repair(text).strip()
    if not words or len(words) > MOST_CHARACTERS:
        raise BadInput("还没有写什么，没有发出。写一句就可以。")
    remark = Remark.objects.create(
        lesson=lesson, teacher=by, text=words, is_highlight=is_highlight, said_at=at
    )
    trail.record(by, "observation.remark-made", remark, at=at)
    return remark


@transaction.atomic
def take_word_back(remark: Remark, *, by: Teacher, at: datetime) -> None:
    """Take one's own words back.

    Raises:
        NotAllowed: somebody else said it.
    """
    if remark.teacher_id != by.pk:
        raise NotAllowed
    trail.record(by, "observation.remark-taken-back", remark, at=at)
    remark.delete()


@transaction.atomic
def enter_test(
    observation: Observation,
    *,
    pupils: int,
    mean: Decimal,
    passed: int,
    full: Decimal = Decimal(100),
    about: str = "",
    by: Teacher,
    at: datetime,
) -> InstantTest:
    """Enter what a small test right after the lesson showed, in counts alone.

    Raises:
        NotAllowed: `by` is not the observer.
        BadInput: the numbers do not fit together.
        ObservationClosed: it was checked.
    """
    require(may_write_observation, by, observation)
    observation = held(observation)
    if observation.state == Observation.State.CHECKED:
        raise ObservationClosed(str(observation.get_state_display()))
    if pupils < 1 or not 0 <= passed <= pupils or full <= 0 or not 0 <= mean <= full:
        raise BadInput("及格人数不能多于参加人数，平均分不能高于满分，没有保存。请核对这几个数。")
    test, _fresh = InstantTest.objects.update_or_create(
        observation=observation,
        defaults={
            "pupils": pupils, "mean": mean, "passed": passed, "full": full,
            "about": about.strip()[:120], "entered_at": at,
        },
    )  # fmt: skip
    observation.instant_test = test
    reckon(observation)
    observation.save(update_fields=["score", "grade"])
    trail.record(by, "observation.test-entered", observation, at=at)
    return test


@transaction.atomic
def keep_photo(
    observation: Observation, mark: Mark, data: bytes, *, name: str, by: Teacher, at: datetime
) -> Attachment:
    """Keep a photo of the board with the moment it belongs to; nobody has to take one.

    Raises:
        NotAllowed: it is somebody else's.
        BadInput: it is no picture.
        FileTooLarge, UnknownFile: it is nothing that can be kept.
    """
    require(may_write_observation, by, observation)
    if mark.observation_id != observation.pk:
        raise NotAllowed
    if Path(name).suffix.lower() not in PICTURES:
        raise BadInput("板书照片要是 JPG 或 PNG 图片，没有保存。不拍也完全可以。")
    return attachments.keep(
        source_of(mark), data, name=name, organisation=observation.organisation, by=by, at=at
    )


@transaction.atomic
def add_photo(
    observation: Observation,
    data: bytes,
    *,
    name: str,
    at_second: int = 0,
    caption: str = "",
    by: Teacher,
    at: datetime,
) -> Attachment:
    """Keep a photo of the board as a moment of its own.

    Raises:
        NotAllowed, BadInput, FileTooLarge, UnknownFile: as above.
        ObservationClosed: it is handed in.
    """
    require(may_write_observation, by, observation)
    observation = held(observation)
    if not observation.is_open:
        raise ObservationClosed(str(observation.get_state_display()))
    if observation.marks.filter(side=Mark.Side.PHOTO, deleted=False).count() >= MOST_PHOTOS:
        raise BadInput(f"一节课最多留{MOST_PHOTOS}张照片，没有再存。请先删去一张。")
    mark = Mark.objects.create(
        observation=observation, at_second=max(0, at_second), side=Mark.Side.PHOTO,
        text=repair(caption).strip() or "板书", changed_at=at,
    )  # fmt: skip
    return keep_photo(observation, mark, data, name=name, by=by, at=at)


@transaction.atomic
def save_account(
    lesson: Lesson, *, texts: Mapping[str, str], edition: int, by: Teacher, at: datetime
) -> LessonAccount:
    """Keep the presenter's own account of a lesson; nobody sees it before it is handed in.

    Raises:
        NotAllowed: `by` did not give the lesson.
        OldEdition: it was changed elsewhere meanwhile; nothing is overwritten.
        BadInput: a part is too long.
    """
    require(may_account_for_lesson, by, lesson)
    typed = {name: repair(texts.get(name, "")).strip() for name in ACCOUNT}
    if any(len(text) > MOST_CHARACTERS for text in typed.values()):
        raise BadInput(f"一栏最多{MOST_CHARACTERS}字，超过了，没有保存。")
    # There may be no account to lock yet, so those who save at once wait at the lesson.
    Lesson.objects.select_for_update(of=("self",)).get(pk=lesson.pk)
    row = LessonAccount.objects.filter(lesson=lesson, teacher=by).first()
    if row is None:
        return LessonAccount.objects.create(lesson=lesson, teacher=by, texts=typed, changed_at=at)
    if row.texts == typed:
        return row
    if edition < row.edition:
        raise OldEdition("述课表")
    if row.handed_in_at:
        raise WrongState("述课表", "已提交", "请先收回再改。")
    row.texts, row.edition, row.changed_at = typed, row.edition + 1, at
    row.save()
    return row


@transaction.atomic
def hand_in_account(account: LessonAccount, *, by: Teacher, at: datetime) -> LessonAccount:
    """Hand the account in, or take it back: those who heard the lesson may read it.

    Raises:
        NotAllowed: it is somebody else's.
        BadInput: it is empty.
    """
    if account.teacher_id != by.pk:
        raise NotAllowed
    account = LessonAccount.objects.select_for_update().get(pk=account.pk)
    if account.handed_in_at is None and not any(account.texts.values()):
        raise BadInput("述课表还是空的，没有提交。写一栏就可以交。")
    account.handed_in_at = None if account.handed_in_at else at
    account.save(update_fields=["handed_in_at"])
    verb = "handed-in" if account.handed_in_at else "taken-back"
    trail.record(by, f"observation.account-{verb}", account, at=at)
    return account


@transaction.atomic
def announce_appraisal(
    lesson: Lesson, *, because: str, by: Teacher, at: datetime
) -> AppraisalNotice:
    """Tell the presenter, before the lesson, that observing it serves appraisal.

    Raises:
        NotAllowed: `by` does not manage lessons there, or gives it.
        BadInput: no purpose is said, the lesson has begun, or its teacher is not to know of it.
    """
    require(may_appraise_lesson, by, lesson)
    if not because.strip():
        raise BadInput("请写用来评什么，没有告知。老师有权知道。")
    if lesson.starts_at <= at or not lesson.announced:
        raise BadInput(
            "用于评价的听课，要在上课以前让老师知道。这节课已经开始，或者安排时说好不通知，没有告知。"
            "可以照常听，作为改进教学的听课来记。"
        )
    notice, fresh = AppraisalNotice.objects.get_or_create(
        lesson=lesson,
        defaults={"because": because.strip()[:120], "told_at": at, "told_by_name": by.name},
    )
    if fresh:
        trail.record(by, "observation.appraisal-announced", notice, at=at)
        notify(
            [lesson.teacher],
            kind="change",
            title=f"这节课有用于评价的听课：{lesson.name}",
            source=source_of(lesson),
            organisation=lesson.organisation,
            at=at,
            text=because.strip(),
        )
    return notice
