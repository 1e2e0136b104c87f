"""What the reader has been told, and how the reader wants to be told."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanxiu.notices import actions, queries
from yanxiu.notices.channels import mail
from yanxiu.notices.forms import WishesForm
from yanxiu.notices.models import Notice
from yanxiu.notices.permissions import may_see_notice
from yanxiu.people.access import TeacherRequest, get_allowed
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show

PER_PAGE = 50


@login_required
def notices(request: TeacherRequest) -> HttpResponse:
    """List what the reader has been told, all or what is not yet read."""
    unread = request.GET.get("state") == "unread"
    rows = queries.notices_of(request.teacher)
    page = Paginator(rows.filter(read_at=None) if unread else rows, PER_PAGE).get_page(
        request.GET.get("page")
    )
    leads = bool(request.teacher.leads)
    context = {
        "page": page,
        "shown": queries.shown(page.object_list, request.teacher),
        "unread_only": unread,
        "may_robots": leads or request.teacher.holds("manage_people"),
        "may_outbox": request.teacher.holds("manage_people"),
    }
    return show(request, "notices/notices.html", context)


@login_required
@require_POST
def open_notice(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Mark one notice as read and go to what it is about."""
    notice = get_allowed(may_see_notice, request.teacher, Notice.objects.all(), uid)
    actions.mark_read(Notice.objects.filter(pk=notice.pk), by=request.teacher, at=timezone.now())
    (shown,) = queries.shown([notice], request.teacher)
    return redirect(shown.link.url if shown.link else "notices:notices")


@login_required
@require_POST
def read_all(request: TeacherRequest) -> HttpResponse:
    """Mark everything as read."""
    number = actions.mark_read(Notice.objects.all(), by=request.teacher, at=timezone.now())
    messages.success(request, _("%(number)s 条通知已标为已读。") % {"number": number})
    return redirect("notices:notices")


@login_required
def wishes(request: TeacherRequest) -> HttpResponse:
    """Choose what comes by which channel, and when not."""
    found = queries.wishes_of(request.teacher)
    initial: dict[str, Any] = {
        "email": found.email,
        "by_email": found.channels.get("email", []),
        "in_app": found.channels.get("in_app", []),
        "digest_hour": found.digest_hour,
        "quiet_from": found.quiet_from,
        "quiet_until": found.quiet_until,
    }

    def deed(data: Any) -> str:
        actions.choose_channels(request.teacher, at=timezone.now(), **data)
        return "notices:wishes"

    context = {"wishes": found, "mail": mail.is_there()}
    form = WishesForm(request.POST or None, initial=initial)
    return ask(
        request, form, deed, done=_("通知方式已保存。"), page="notices/wishes.html", context=context
    )


@login_required
def confirm(request: TeacherRequest, word: str) -> HttpResponse:
    """Confirm the address for mail; a page asks first, for mail programs follow links."""
    if request.method == "POST":
        actions.confirm_email(word, by=request.teacher, at=timezone.now())
        messages.success(request, _("邮箱已确认，以后的通知会发到这里。"))
        return redirect("notices:wishes")
    return show(request, "notices/confirm.html", {})
