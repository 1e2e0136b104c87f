"""What waits for the reader, the papers of the groups, and what the school expects."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanxiu.people.access import TeacherRequest, allowed, holds_at
from yanxiu.people.models import Teacher
from yanxiu.people.models.teacher import today
from yanxiu.question_setting import actions, queries
from yanxiu.question_setting.forms import SettingForm
from yanxiu.question_setting.models import PaperTask
from yanxiu.question_setting.permissions import may_see_task
from yanxiu.question_setting.views.reader import PER_PAGE, own_school, read_or_post, units_of
from yanxiu.terms.queries import term_on
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show

State = PaperTask.State
MOST = 200


@login_required
@require_safe
def home(request: TeacherRequest) -> HttpResponse:
    """List the papers that this reader may know of, and what is missing."""
    teacher, school = request.teacher, own_school(request)
    seen = allowed(may_see_task, teacher, PaperTask.objects.filter(dropped_at=None))
    rows = seen.select_related("unit", "author", "reader")
    state = request.GET.get("state", "")
    if state in State.values:
        rows = rows.filter(state=state)
    wide, manages = (holds_at(teacher, right, school) for right in ("see_works", "manage_works"))
    term = term_on(school, today()) if wide else None
    waiting, late = _waiting(teacher, seen, leads=wide or bool(teacher.leads))
    context = {
        "page": Paginator(rows.order_by("-used_on", "-id"), PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "state": state,
        "states": State.choices,
        "waiting": waiting,
        "overdue": late,
        "unit_papers": queries.unit_papers(school, term.starts_on, term.ends_on) if term else [],
        "orders": manages or (bool(teacher.leads) and bool(units_of(request))),
        "manages": manages,
        "me": teacher.pk,
    }
    return show(request, "question_setting/home.html", context)


def _waiting(
    teacher: Teacher, seen: "QuerySet[PaperTask]", *, leads: bool
) -> tuple[list[PaperTask], int]:
    """Return what `teacher` is to set or to read, and how many papers of others are late."""
    mine = Q(author=teacher, state__in=(State.PLANNED, State.RETURNED))
    to_read = Q(reader=teacher, state=State.HANDED_IN)
    late = queries.overdue(seen, today())
    wanted = mine | to_read | Q(pk__in=late.values("pk")) if leads else mine | to_read
    rows = list(seen.filter(wanted).order_by("due_on", "id")[:MOST])
    own = [
        row
        for row in rows
        if (row.author_id == teacher.pk and row.state != State.HANDED_IN)
        or (row.reader_id == teacher.pk and row.state == State.HANDED_IN)
    ]
    overdue = [row for row in rows if row.state != State.HANDED_IN and row.due_on < today()]
    return own, len(overdue) if leads else 0


@login_required
@read_or_post
def setting(request: TeacherRequest) -> HttpResponse:
    """Say which grades set papers of their own, and how difficult suits."""
    school = own_school(request)
    if not holds_at(request.teacher, "manage_works", school):
        raise Http404
    now = queries.setting_of(school)
    initial = {
        "grades": "\n".join(now.grades),
        "difficulty_from": now.difficulty_from,
        "difficulty_to": now.difficulty_to,
    }
    form = SettingForm(request.POST or None, initial=initial)

    def deed(data: Any) -> str:
        actions.set_expectations(
            school,
            grades=data["grades"].splitlines(),
            difficulty=(data["difficulty_from"], data["difficulty_to"]),
            by=request.teacher,
            at=timezone.now(),
        )
        return reverse("question_setting:home")

    context = {"heading": _("命题设置"), "back": reverse("question_setting:home")}
    return ask(
        request, form, deed, done=_("已保存。"), page="question_setting/form.html", context=context
    )
