"""A sheet that was begun without a network: from what a device says of the lesson to its record.

Every sending of such a sheet says whose lesson it is, so each can be the first to arrive.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.spans import moment_at
from yanxiu.lessons.refusals import NotYours
from yanxiu.observation.actions import start_on_the_spot
from yanxiu.observation.actions.starting import LESSON_KIND
from yanxiu.observation.forms import OnTheSpotForm
from yanxiu.observation.models import MarkConflict, Observation, Rubric, RubricVersion
from yanxiu.observation.offline.queries import NOTE, RATE, Written, written
from yanxiu.observation.offline.refusals import LessonUnclear, NoSchool
from yanxiu.observation.permissions import may_see_rubric
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher
from yanxiu.texts.numerals import whole_number

ANY_COLLEAGUE = "routine_lesson"
"""A lesson that anybody may go to hear: what it is called where nobody had arranged it."""

OTHER_RUBRIC = "other-rubric"
"""Marks what was answered on another form than the one of the record."""


class AboutForm(OnTheSpotForm):
    """Whose lesson it is, as the sheet on the device asks and says it with every sending."""

    rubric = forms.UUIDField(required=False, widget=forms.HiddenInput)


def begun(uid: UUID, facts: Mapping[str, Any], *, by: Teacher, at: datetime) -> Observation:
    """Return the observation of the sheet `uid`, beginning it if this is what arrives first.

    Where the observer has an observation of the same lesson already, that one is returned.

    Args:
        uid: the key that the device has given it.
        facts: whose lesson it is, by the names of `AboutForm`.
        by: the observer.
        at: when it arrived, aware.

    Raises:
        LessonUnclear, NoSchool: it is not said whose lesson it is, or the observer works nowhere.
        NotAllowed: the key is that of somebody else's observation.
        Refusal: as `start_on_the_spot`.
    """
    known = Observation.objects.filter(uid=uid, observer=by).first()
    if known:
        return known
    try:
        return _begin(uid, _cleaned(facts), by=by, at=at)
    except IntegrityError:
        # Another sending of the same sheet has come first.
        return Observation.objects.get(uid=uid, observer=by)


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as problem:
        raise LessonUnclear([str(_("授课教师"))]) from problem


def _cleaned(facts: Mapping[str, Any]) -> dict[str, Any]:
    wanted = str(facts.get("teacher", ""))
    form = AboutForm(facts, teachers=[(wanted, wanted)] if wanted else [])
    if not form.is_valid():
        raise LessonUnclear([str(form.fields[name].label) for name in form.errors])
    return dict(form.cleaned_data)


def _begin(uid: UUID, said: dict[str, Any], *, by: Teacher, at: datetime) -> Observation:
    school = by.organisation
    if school is None:
        raise NoSchool
    teacher = Teacher.objects.filter(uid=_uid(said["teacher"])).first()
    if teacher is None:
        raise LessonUnclear([str(_("授课教师"))])
    # What was begun cannot lie ahead: a clock of a device that is fast.
    starts_at = min(moment_at(said["day"], said["starts"]), at)
    given: dict[str, Any] = {
        "teacher": teacher,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=said["minutes"]),
        "kind": said["kind"],
        "rubric": _rubric(said["rubric"], by),
        "uid": uid,
        "by": by,
        "at": at,
        **{name: said[name] for name in ("subject", "class_name", "title")},
    }
    wanted = LESSON_KIND.get(said["kind"], ANY_COLLEAGUE)
    try:
        with transaction.atomic():
            return start_on_the_spot(school, lesson_kind=wanted, **given)
    except NotYours:
        # Who may not have an open lesson arranged has still heard one.
        with transaction.atomic():
            return start_on_the_spot(school, lesson_kind=ANY_COLLEAGUE, **given)


def _rubric(uid: UUID | None, by: Teacher) -> RubricVersion | None:
    """Return the form that the sheet was made with, None to have one proposed."""
    if uid is None:
        return None
    seen = allowed(may_see_rubric, by, Rubric.objects.all())
    return RubricVersion.objects.filter(uid=uid, rubric__in=seen.values("pk")).first()


@transaction.atomic
def keep_answers(
    observation: Observation, texts: Mapping[str, str], rubric: UUID | None, *, at: datetime
) -> None:
    """Keep answers to items that the form of the record does not have: as words to be chosen.

    That is so where a record of the lesson existed, with another form than the sheet's.
    """
    now = written(observation)
    version = RubricVersion.objects.filter(uid=rubric).first() if rubric else None
    lines = _answers(texts, now, version)
    if not lines:
        return
    there, came = {"text": now.texts.get("overall", "")}, {"text": "\n".join(lines)}
    kept = MarkConflict.objects.filter(
        observation=observation, name="overall", device=OTHER_RUBRIC
    ).order_by("-pk")
    last = kept.first()
    if last and last.settled_at is None:
        MarkConflict.objects.filter(pk=last.pk).update(there=there, came=came)
    elif last is None or last.came != came:
        MarkConflict.objects.create(
            observation=observation, name="overall", device=OTHER_RUBRIC, there=there, came=came,
            came_at=at,
        )  # fmt: skip


def _answers(texts: Mapping[str, str], now: Written, version: RubricVersion | None) -> list[str]:
    """Return in words what was answered to items that are not on the form of the record."""
    if version is None:
        return []
    lines = []
    for code, item in version.sheet.items.items():
        level, note = (texts.get(f"{kind}{code}", "") for kind in (RATE, NOTE))
        if code in now.items or not (level or note):
            continue
        place = whole_number(level)
        given = place is not None and 0 <= place < len(item.levels)
        name = item.levels[place].name if given and place is not None else ""
        lines.append("：".join(part for part in (item.text, name, note) if part))
    return lines


def rubric_of(facts: Mapping[str, Any]) -> UUID | None:
    """Return the key of the form that a sheet was made with, None where none is said."""
    try:
        return UUID(str(facts.get("rubric", "")))
    except ValueError:
        return None
