"""Notes after teaching, and laying a plan beside a lesson."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yanxiu.kernel.refusals import BadInput
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models.teacher import today
from yanxiu.preparation import actions
from yanxiu.preparation.forms import NoteForm
from yanxiu.preparation.models import PostLessonNote
from yanxiu.preparation.permissions import may_change_note, may_see_note, may_write_plan
from yanxiu.preparation.queries import plans
from yanxiu.preparation.views.reader import plan_of
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE = 30


@login_required
@read_or_post
def notes(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """List the notes of a plan that this reader may see, and write another."""
    plan, teacher = plan_of(request, uid), request.teacher
    may_note = plan.author_id == teacher.pk or (plan.is_shared and plan.unit_id in teacher.units)
    form = NoteForm(request.POST or None, initial={"taught_on": today()}) if may_note else None
    rows = allowed(may_see_note, teacher, plan.notes.select_related("teacher", "lesson"))
    context = {
        "plan": plan,
        "page": Paginator(rows.order_by("-taught_on", "-id"), PER_PAGE).get_page(
            request.GET.get("page")
        ),
    }
    if form is None:
        if request.method == "POST":
            raise Http404
        return show(request, "preparation/notes.html", {**context, "form": None})

    def deed(data: Any) -> str:
        given = {name: data[name] for name in ("text", "taught_on", "class_name", "is_shared")}
        actions.add_note(plan, by=teacher, at=timezone.now(), **given)
        return reverse("preparation:notes", args=[plan.uid])

    return ask(
        request, form, deed, done=_("教后记已存好。"), page="preparation/notes.html",
        context=context,
    )  # fmt: skip


@login_required
@read_or_post
def note(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Read a note; its writer may change it."""
    rows = PostLessonNote.objects.select_related("plan", "teacher", "lesson")
    found = get_allowed(may_see_note, request.teacher, rows, uid)
    mine = found.teacher_id == request.teacher.pk
    if request.method == "POST" and not mine:
        raise Http404
    form = NoteForm(
        request.POST or None,
        initial={
            name: getattr(found, name)
            for name in ("text", "taught_on", "class_name", "is_shared", "edition")
        },
    )

    def deed(data: Any) -> str:
        actions.change_note(
            found,
            text=data["text"],
            is_shared=data["is_shared"],
            edition=data["edition"] or 0,
            by=request.teacher,
            at=timezone.now(),
        )
        return reverse("preparation:note", args=[found.uid])

    return ask(
        request, form, deed, done=_("已保存。"), page="preparation/note.html",
        context={"note": found, "mine": mine},
    )  # fmt: skip


@login_required
@require_POST
def remove(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Throw one's own note away."""
    rows = PostLessonNote.objects.select_related("plan")
    found = get_allowed(may_change_note, request.teacher, rows, uid)
    plan = found.plan
    actions.remove_note(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("教后记已删除。"))
    return redirect("preparation:notes", uid=plan.uid)


@login_required
@require_POST
def use(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Lay the plan beside a lesson of one's own, or take it away again."""
    plan, teacher = plan_of(request, uid, may_write_plan), request.teacher
    lesson = None
    try:
        wanted = UUID(request.POST.get("lesson", ""))
    except ValueError:
        wanted = None
    if wanted:
        lesson = plans.lessons_for(plan, teacher).filter(uid=wanted).first()
    if lesson is None:
        raise BadInput(_("没有选课，没有改动。请从您自己的课里选一节。"))
    if request.POST.get("do") == "stop":
        actions.stop_using(plan, lesson, by=teacher, at=timezone.now())
        messages.success(request, _("已从这节课上取下。"))
    else:
        shown = request.POST.get("shown") == "on"
        actions.use_in(plan, lesson, shown=shown, by=teacher, at=timezone.now())
        messages.success(
            request,
            _("已放到这节课上，听课的人能看到这一稿。")
            if shown
            else _("已放到这节课上，只有您看得到。"),
        )
    if request.POST.get("from") == "lesson":
        return redirect("lessons:lesson", uid=lesson.uid)
    return redirect("preparation:versions", uid=plan.uid)
