"""The blank sheet that a phone keeps, and what comes of it once there is a network."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yanxiu.kernel.refusals import Refusal
from yanxiu.kernel.spans import day_of
from yanxiu.lessons.models import LessonKind
from yanxiu.observation.models import Mark, ObservationText, RubricVersion
from yanxiu.observation.offline import blank
from yanxiu.observation.offline.queries import NOTE, RATE, field
from yanxiu.observation.offline.views import (
    dimensions_shown,
    in_words,
    log_in_first,
    observed,
    stock,
    take_form,
    take_marks,
    take_texts,
    texts_shown,
)
from yanxiu.observation.offline.words import QUICK, STAGES
from yanxiu.observation.queries.rubrics import proposed_for
from yanxiu.observation.queries.settings import phrases_of, setting_of
from yanxiu.observation.views.reader import colleagues, own_school
from yanxiu.people.access import TeacherRequest
from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.ui.offline import keep_offline
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE
from yanxiu.ui.wording import local

KEPT_DAYS = 14
"""So long the sheet stays on a phone whose owner does not come by; a visit makes it new."""


@login_required
@require_safe
def sheet(request: TeacherRequest) -> HttpResponse:
    """Show the sheet on which a lesson can be begun without a network."""
    school, at = own_school(request), timezone.now()
    rubric, subject = _form_of(request.teacher, school)
    now = local(at)
    form = blank.AboutForm(
        teachers=colleagues(school, request.teacher),
        initial={
            "day": day_of(at),
            "starts": now.strftime("%H:%M"),
            "subject": subject,
            "rubric": rubric.uid if rubric else "",
        },
    )
    empty = _empty(rubric)
    phrases = phrases_of(setting_of(school))
    context: dict[str, Any] = {
        "form": form,
        "writing": True,
        "rubric": rubric,
        "dimensions": dimensions_shown(rubric, empty),
        "texts": texts_shown(empty, phrases),
        "stock": stock(phrases),
        "stages": STAGES,
        "quick": [
            (side, [each.word for each in QUICK if each.side == side])
            for side in (Mark.Side.TEACHER, Mark.Side.PUPIL)
        ],
    }
    answer = show(request, "observation/offline/blank.html", context)
    return keep_offline(answer, request.teacher, days=KEPT_DAYS)


def _form_of(teacher: Teacher, school: Organisation) -> tuple[RubricVersion | None, str]:
    """Return the form for a lesson that the reader walks into, and the subject of the reader."""
    units = Unit.objects.filter(pk__in=teacher.units, organisation=school).exclude(subject="")
    subject = next(iter(units.order_by("kind__order", "pk").values_list("subject", flat=True)), "")
    kind = LessonKind.objects.get(organisation=None, code="push_door_lesson")
    return proposed_for(school, kind=kind.code, subject=subject), subject


def _empty(rubric: RubricVersion | None) -> dict[str, str]:
    """Return the fields of a sheet on which nothing was written, by name."""
    items = rubric.sheet.items if rubric else {}
    texts = dict.fromkeys(ObservationText.Name.values, "")
    del texts[ObservationText.Name.REPLY]
    return texts | {field(word, rubric, code): "" for code in items for word in (RATE, NOTE)}


@login_required
@require_POST
def hand_in(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Do what the buttons of the sheet say, once all that was written has arrived."""
    at = timezone.now()
    begun = blank.begun(uid, request.GET, by=request.teacher, at=at)
    form = blank.form_of(request.GET, request.teacher)
    return take_form(request, observed(request.teacher, begun.uid), at, form)


@require_POST
def marks(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take what a device noted on a sheet that it began alone."""
    if not request.user.is_authenticated:
        return log_in_first()
    try:
        begun = blank.begun(uid, request.GET, by=request.teacher, at=timezone.now())
    except Refusal as refusal:
        return in_words(str(refusal), UNPROCESSABLE)
    return take_marks(request, observed(request.teacher, begun.uid))


@require_POST
def texts(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Save the texts and ratings of a sheet that a device began alone."""
    if not request.user.is_authenticated:
        return log_in_first()
    at = timezone.now()
    try:
        begun = blank.begun(uid, request.GET, by=request.teacher, at=at)
    except Refusal as refusal:
        return in_words(str(refusal), UNPROCESSABLE)
    form = blank.form_of(request.GET, request.teacher)
    return take_texts(request, observed(request.teacher, begun.uid), form)
