"""Photos and files of a session."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from yanxiu.activities.actions.filing import add_file, remove_file
from yanxiu.activities.models import Session
from yanxiu.activities.permissions import may_write_minutes
from yanxiu.activities.queries import setting_of
from yanxiu.activities.views.shown import JOINED, seen_session
from yanxiu.attachments.models import Attachment
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.ui.asking import ask


class FileForm(forms.Form):
    """One photo or file."""

    file = forms.FileField(
        label=gettext_lazy("照片或文件"),
        help_text=gettext_lazy("照片、Word、PDF、Excel。请避开学生的正脸和姓名。"),
    )


def _files(session: Session) -> Any:
    rows = Attachment.objects.filter(source_kind=Session.SOURCE_KIND, source_id=session.uid)
    return rows.order_by("added_at", "id")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show the files of a session; who writes its minutes adds some."""
    found = seen_session(request.teacher, uid)
    this = Session.objects.filter(pk=found.pk)
    writes = allowed(may_write_minutes, request.teacher, this).exists()
    if request.method == "POST" and not writes:
        raise Http404
    form = FileForm(request.POST or None, request.FILES or None)

    def deed(data: Any) -> str:
        file = data["file"]
        add_file(found, file.name, file.read(), by=request.teacher, at=timezone.now())
        return reverse("activities:files", args=[found.uid])

    context = {
        "session": found,
        "files": _files(found),
        "writes": writes,
        "asked": setting_of(found.organisation).asks_photos,
    }
    return ask(
        request, form, deed, done=_("已存下。"), page="activities/files.html", context=context
    )


@login_required
@require_POST
def remove(request: TeacherRequest, uid: UUID, file: UUID) -> HttpResponse:
    """Remove one of the files."""
    rows = Session.objects.select_related(*JOINED)
    found = get_allowed(may_write_minutes, request.teacher, rows, uid)
    kept = _files(found).filter(uid=file).first()
    if kept is None:
        raise Http404
    remove_file(found, kept, by=request.teacher, at=timezone.now())
    messages.success(request, _("已删去。"))
    return redirect("activities:files", uid=uid)
