"""Where everything about training begins."""

from collections import Counter
from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.db.models import Value
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yanxiu.activities.models import Session
from yanxiu.activities.permissions import may_manage_session
from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.people.models import Teacher
from yanxiu.people.models.teacher import today
from yanxiu.training.models import OutsideCourse, OutsideTraining, SelfStudy, TrainingSeries
from yanxiu.training.permissions import (
    may_read_self_study,
    may_recognise_training,
    may_see_course,
    may_see_series,
)
from yanxiu.training.views.reader import leads_or_sees
from yanxiu.ui.pages import show

State = OutsideTraining.State
DAYS_AHEAD = timedelta(days=30)
MOST_SESSIONS = 8


def _sessions(teacher: Teacher) -> list[Session]:
    """The last sessions this teacher manages, up to a month ahead: to be tagged, to ask experts."""
    rows = allowed(may_manage_session, teacher, Session.objects.filter(cancelled_at=None))
    near = rows.filter(starts_at__lt=timezone.now() + DAYS_AHEAD)
    return list(near.order_by("-starts_at")[:MOST_SESSIONS])


def _waiting(teacher: Teacher, *, wide: bool) -> dict[str, int]:
    """How many applications, reports and notes wait for this teacher; one statement."""
    if not wide:
        return {}
    office = teacher.holds("manage_sessions")
    states = (State.APPLIED, State.REPORTED) if office else (State.REPORTED,)
    trainings = allowed(may_recognise_training, teacher, OutsideTraining.objects.all()).filter(
        state__in=states
    )
    notes = allowed(may_read_self_study, teacher, SelfStudy.objects.all()).filter(
        state=SelfStudy.State.SENT
    )
    words = [
        rows.order_by().annotate(word=Value(word)).values_list("word", flat=True)
        for rows, word in ((trainings, "waiting"), (notes, "notes"))
    ]
    return dict(Counter(words[0].union(words[1], all=True)))


@login_required
@require_safe
def home(request: TeacherRequest) -> HttpResponse:
    """Show what is open for this reader, and the way to every list."""
    teacher = request.teacher
    mine = OutsideTraining.objects.filter(teacher=teacher).exclude(state=State.WITHDRAWN)
    manages, wide = teacher.holds("manage_sessions"), leads_or_sees(teacher)
    context = {
        "mine": list(mine.select_related("course").order_by("-course__starts_on")[:5]),
        "courses": list(
            allowed(may_see_course, teacher, OutsideCourse.objects.all())
            .filter(last_on__gte=today())
            .order_by("starts_on")[:5]
        ),
        "series": list(
            allowed(may_see_series, teacher, TrainingSeries.objects.all()).filter(
                last_on__gte=today()
            )[:5]
        ),
        **_waiting(teacher, wide=wide),
        "manages": manages,
        "wide": wide,
        "sessions": _sessions(teacher) if manages or teacher.leads else [],
    }
    return show(request, "training/home.html", context)
