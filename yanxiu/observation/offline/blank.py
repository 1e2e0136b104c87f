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
from yanxiu.observation.models import Observation, Rubric, RubricVersion
from yanxiu.observation.offline.refusals import LessonUnclear, NoSchool
from yanxiu.observation.permissions import may_see_rubric
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher

ANY_COLLEAGUE = "routine_lesson"
"""A lesson that anybody may go to hear: what it is called where nobody had arranged it."""


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


def form_of(facts: Mapping[str, Any], by: Teacher) -> RubricVersion | None:
    """Return the form that a sheet was made with, None where none is said or to be seen."""
    try:
        return _rubric(UUID(str(facts.get("rubric", ""))), by)
    except ValueError:
        return None
