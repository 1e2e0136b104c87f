"""What is done in the background, how far it is, and what came of it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanxiu.jobs import actions, queries
from yanxiu.jobs.models import Job
from yanxiu.jobs.permissions import may_see_job, may_stop_job
from yanxiu.people.access import TeacherRequest, get_allowed
from yanxiu.ui.pages import show

PER_PAGE = 50


@login_required
def jobs(request: TeacherRequest) -> HttpResponse:
    """List what the reader has started; to an administrator also that others have."""
    page = Paginator(queries.jobs_of(request.teacher), PER_PAGE).get_page(request.GET.get("page"))
    administers = request.teacher.holds("manage_people")
    context = {
        "page": page,
        "administers": administers,
        "others": queries.others_unfinished(request.teacher) if administers else [],
    }
    return show(request, "jobs/jobs.html", context)


@login_required
def job(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show how far one job is; htmx asks for the fragment until it has ended."""
    found = get_allowed(may_see_job, request.teacher, Job.objects.all(), uid)
    context = {"shown": queries.shown(found), "job": found}
    return show(request, "jobs/job.html", context, fragment="jobs/_progress.html")


@login_required
@require_POST
def cancel(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Cancel a job; one that runs ends at its next step."""
    found = get_allowed(may_stop_job, request.teacher, Job.objects.all(), uid)
    cancelled = actions.cancel(found, by=request.teacher, at=timezone.now())
    done = _("已取消。") if cancelled.ended_at else _("已经请它停下，做完手上这一步就停。")
    messages.success(request, done)
    if cancelled.by_id == request.teacher.pk:
        return redirect("jobs:job", cancelled.uid)
    return redirect("jobs:jobs")


@login_required
@require_POST
def retry(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Have a job done again."""
    found = get_allowed(may_see_job, request.teacher, Job.objects.all(), uid)
    again = actions.retry(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("已重新排队。"))
    return redirect("jobs:job", again.uid)
