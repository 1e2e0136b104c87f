"""Telling what one did to set better questions, and proposing somebody for a class."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.notices.actions import notify
from yanxiu.people.access import holds_at, require, require_right
from yanxiu.people.holders import teachers_holding
from yanxiu.people.models import Membership, Organisation, Teacher
from yanxiu.question_setting.models import Nomination, QuestionDeed, QuestionSetting
from yanxiu.question_setting.permissions import may_change_deed, may_decide_nomination
from yanxiu.question_setting.refusals import WrongNominationState

State = Nomination.State


@dataclass(frozen=True)
class DeedFacts:
    """What was done, and when."""

    kind: str
    title: str
    happened_on: date
    organiser: str = ""
    grade: str = ""
    secret_until: date | None = None
    rating: str = ""


@transaction.atomic
def tell_deed(
    organisation: Organisation, facts: DeedFacts, *, by: Teacher, at: datetime
) -> QuestionDeed:
    """Tell one deed of one's own.

    Raises:
        NotAllowed: `by` has no post in `organisation`.
        BadInput: something is missing, lies ahead, or a duty for others has no day of secrecy.
    """
    if organisation.pk not in {post.organisation_id for post in by.posts_today}:
        raise NotAllowed
    _check(facts, at)
    deed = QuestionDeed.objects.create(
        organisation=organisation, teacher=by, told_at=at, **facts.__dict__
    )
    trail.record(by, "question_setting.deed-told", deed, at=at)
    return deed


def _check(facts: DeedFacts, at: datetime) -> None:
    if not facts.title.strip() or facts.kind not in QuestionDeed.Kind.values:
        raise BadInput("没有写做了什么，没有保存。请写一句，例如“七年级上册期中卷”。")
    if facts.happened_on > day_of(at):
        raise BadInput("日期在今天以后，没有保存。请核对日期。")
    if facts.kind == QuestionDeed.Kind.DUTY and facts.secret_until is None:
        raise BadInput("受委托命题要写哪天以前保密，没有保存。一般写考试的第二天。")


@transaction.atomic
def change_deed(deed: QuestionDeed, facts: DeedFacts, *, by: Teacher, at: datetime) -> QuestionDeed:
    """Put it right.

    Raises:
        NotAllowed: it is not of `by`.
        BadInput: something is missing or lies ahead.
    """
    require(may_change_deed, by, deed)
    _check(facts, at)
    for name, value in facts.__dict__.items():
        setattr(deed, name, value)
    deed.save()
    trail.record(by, "question_setting.deed-changed", deed, at=at)
    return deed


@transaction.atomic
def remove_deed(deed: QuestionDeed, *, by: Teacher, at: datetime) -> None:
    """Take it out of the own record.

    Raises:
        NotAllowed: it is not of `by`.
    """
    require(may_change_deed, by, deed)
    trail.record(by, "question_setting.deed-removed", deed, at=at, detail={"title": deed.title})
    deed.delete()


@dataclass(frozen=True)
class NominationFacts:
    """For which class, and why."""

    course: str
    level: str = Nomination.Level.COUNTY
    starts_on: date | None = None
    reason: str = ""


@transaction.atomic
def nominate(
    organisation: Organisation,
    teacher: Teacher,
    facts: NominationFacts,
    *,
    by: Teacher,
    at: datetime,
) -> Nomination:
    """Propose `teacher`, or oneself, for a question-setting class.

    Raises:
        NotAllowed: `by` is neither the teacher, nor leads the teacher's group, nor the office.
        BadInput: no class is named.
    """
    led = Membership.objects.on(day_of(at)).filter(unit__in=by.leads, teacher=teacher)
    manages = holds_at(by, "manage_works", organisation)
    if not (manages or teacher == by or led.exists()):
        raise NotAllowed
    if not facts.course.strip():
        raise BadInput("没有写哪个命题班，没有保存。请写班的名称。")
    nomination = Nomination.objects.create(
        organisation=organisation, teacher=teacher, nominated_by=by, nominated_at=at,
        **facts.__dict__,
    )  # fmt: skip
    notify(
        teachers_holding("manage_works", organisation, day_of(at)).exclude(pk=by.pk),
        kind="request",
        title=f"推荐{teacher.name}参加{facts.course}",
        source=source_of(nomination),
        organisation=organisation,
        at=at,
        text=facts.reason,
    )
    trail.record(by, "question_setting.nominated", nomination, at=at)
    return nomination


@transaction.atomic
def decide_nomination(
    nomination: Nomination, *, agreed: bool, comment: str = "", by: Teacher, at: datetime
) -> Nomination:
    """Agree, or say why not.

    Raises:
        NotAllowed: `by` is not the office, or is the teacher.
        WrongNominationState: it is decided.
        BadInput: it is declined without a word.
    """
    require(may_decide_nomination, by, nomination)
    nomination = _locked(nomination)
    if nomination.state != State.NOMINATED:
        raise WrongNominationState(str(nomination.get_state_display()))
    if not agreed and not comment.strip():
        raise BadInput("没有写原因，没有保存。请写一句为什么这次没有同意。")
    nomination.state = State.APPROVED if agreed else State.DECLINED
    nomination.comment = comment.strip()[:200]
    nomination.save(update_fields=["state", "comment"])
    trail.record(by, "question_setting.nomination-decided", nomination, at=at)
    _tell(nomination, by, at)
    return nomination


@transaction.atomic
def follow_nomination(
    nomination: Nomination, *, reference: str = "", by: Teacher, at: datetime
) -> Nomination:
    """Say that the class was attended, or with a certificate's number that it was completed.

    Raises:
        NotAllowed: `by` is not the office, or is the teacher.
        WrongNominationState: it is not agreed to, or completed already.
    """
    require(may_decide_nomination, by, nomination)
    nomination = _locked(nomination)
    if nomination.state not in {State.APPROVED, State.ATTENDED}:
        raise WrongNominationState(str(nomination.get_state_display()))
    nomination.reference = reference.strip()[:60]
    nomination.state = State.CERTIFIED if nomination.reference else State.ATTENDED
    nomination.save(update_fields=["state", "reference"])
    trail.record(by, "question_setting.nomination-followed", nomination, at=at)
    _tell(nomination, by, at)
    return nomination


def _locked(nomination: Nomination) -> Nomination:
    rows = Nomination.objects.select_for_update(of=("self",))
    return rows.select_related("organisation", "teacher", "nominated_by").get(pk=nomination.pk)


def _tell(nomination: Nomination, by: Teacher, at: datetime) -> None:
    concerned = {nomination.teacher, nomination.nominated_by}
    notify(
        [one for one in concerned if one.pk != by.pk],
        kind="decision",
        title=f"{nomination.course}：{nomination.get_state_display()}",
        source=source_of(nomination),
        organisation=nomination.organisation,
        at=at,
        text=nomination.comment,
    )


@transaction.atomic
def set_expectations(
    organisation: Organisation,
    *,
    grades: Sequence[str],
    difficulty: tuple[Decimal, Decimal],
    by: Teacher,
    at: datetime,
) -> QuestionSetting:
    """Say which grades set a paper of their own for each unit, and how difficult suits.

    Raises:
        NotAllowed: `by` does not manage the works of the school.
        BadInput: the bounds are none.
    """
    require_right(by, "manage_works", organisation)
    low, high = difficulty
    if not 0 <= low <= high <= 1:
        raise BadInput("得分率在0到1之间，前一个不大于后一个，没有保存。例如0.60到0.85。")
    setting, _made = QuestionSetting.objects.update_or_create(
        organisation=organisation,
        defaults={
            "grades": [one.strip() for one in grades if one.strip()],
            "difficulty_from": low,
            "difficulty_to": high,
        },
    )
    trail.record(by, "question_setting.set", organisation, at=at)
    return setting
