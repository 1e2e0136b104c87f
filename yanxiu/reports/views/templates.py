"""A school's own templates: uploaded, checked, put into use, withdrawn; and the table of fields."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanxiu.attachments.models import Attachment
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Organisation, Teacher
from yanxiu.reports.actions import templates as actions
from yanxiu.reports.models import DocumentTemplate, TemplateVersion
from yanxiu.reports.permissions import (
    may_manage_template,
    may_see_template,
    may_see_template_version,
    sees_templates,
)
from yanxiu.reports.template_fields import grouped, vocabulary
from yanxiu.reports.template_forms import TemplateForm, VersionForm
from yanxiu.reports.template_starter import starter_template
from yanxiu.ui.asking import ask
from yanxiu.ui.downloads import download
from yanxiu.ui.pages import show

PER_PAGE = 50


def allowed_in(teacher: Teacher) -> None:
    """Let in whoever writes or reads summaries; for others there is no such page."""
    if not sees_templates(teacher):
        raise Http404


def organisations_of(teacher: Teacher) -> Any:
    """Return the organisations whose summaries `teacher` writes."""
    rows = Organisation.objects.filter(pk__in=teacher.reach("manage_summaries"))
    return rows.order_by("path")


@login_required
@require_safe
def templates(request: TeacherRequest) -> HttpResponse:
    """List the templates of the reader's schools and of those above."""
    allowed_in(request.teacher)
    withdrawn = request.GET.get("state") == "withdrawn"
    used = TemplateVersion.objects.filter(template=OuterRef("pk"), state="in_use")
    rows = (
        allowed(may_see_template, request.teacher, DocumentTemplate.objects.all())
        .filter(withdrawn_at__isnull=not withdrawn)
        .select_related("organisation")
        .annotate(is_used=Exists(used))
    )
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "withdrawn": withdrawn,
        "may_upload": request.teacher.holds("manage_summaries"),
    }
    return show(request, "reports/templates.html", context)


@login_required
def new(request: TeacherRequest) -> HttpResponse:
    """Upload a template; the page of it says what the check found."""
    if not request.teacher.holds("manage_summaries"):
        raise Http404
    form = TemplateForm(
        request.POST or None,
        request.FILES or None,
        organisations=organisations_of(request.teacher),
        initial={"organisation": getattr(request.teacher.organisation, "uid", None)},
    )

    def deed(data: Any) -> str:
        file = data["file"]
        made = actions.upload(
            data["organisation"],
            name=data["name"],
            kind=data["kind"],
            data=file.read(),
            file_name=file.name,
            note=data["note"],
            by=request.teacher,
            at=timezone.now(),
        )
        return reverse("templates:template", args=[made.uid])

    done = _("已上传，下面是检查结果。")
    return ask(request, form, deed, done=done, page="reports/template_new.html", context={})


@login_required
@require_safe
def template(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a template: what the check of its last version found, and all versions."""
    rows = DocumentTemplate.objects.select_related("organisation")
    found = get_allowed(may_see_template, request.teacher, rows, uid)
    versions = list(
        allowed(may_see_template_version, request.teacher, found.versions.select_related("by"))
    )
    files = Attachment.objects.filter(
        source_kind=TemplateVersion.SOURCE_KIND, source_id__in=[one.uid for one in versions]
    )
    by_version = {file.source_id: file for file in files}
    manages = allowed(
        may_manage_template, request.teacher, DocumentTemplate.objects.filter(pk=found.pk)
    ).exists()
    context = {
        "template": found,
        "newest": versions[0] if versions else None,
        "versions": [(one, by_version.get(one.uid)) for one in versions],
        "in_use": next((one for one in versions if one.state == "in_use"), None),
        "manages": manages and not found.withdrawn_at,
    }
    return show(request, "reports/template.html", context)


@login_required
def version(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Upload another version."""
    found = get_allowed(may_manage_template, request.teacher, DocumentTemplate.objects.all(), uid)

    def deed(data: Any) -> str:
        actions.upload_version(
            found,
            data=data["file"].read(),
            file_name=data["file"].name,
            note=data["note"],
            by=request.teacher,
            at=timezone.now(),
        )
        return reverse("templates:template", args=[found.uid])

    form = VersionForm(request.POST or None, request.FILES or None)
    done = _("新的一版已上传，下面是检查结果。")
    if found.versions.filter(state=TemplateVersion.State.IN_USE).exists():
        done = _("新的一版已上传；启用之前，仍用原来的一版。")
    context = {"template": found}
    return ask(request, form, deed, done=done, page="reports/template_new.html", context=context)


@login_required
@require_POST
def use(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Put a version into use."""
    rows = TemplateVersion.objects.select_related("template")
    found = get_allowed(may_see_template_version, request.teacher, rows, uid)
    get_allowed(
        may_manage_template, request.teacher, DocumentTemplate.objects.all(), found.template.uid
    )
    actions.put_into_use(found, by=request.teacher, at=timezone.now())
    return redirect("templates:template", found.template.uid)


@login_required
def withdraw(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Ask, then take a template out of use."""
    found = get_allowed(may_manage_template, request.teacher, DocumentTemplate.objects.all(), uid)
    back = reverse("templates:template", args=[found.uid])
    if request.method == "POST":
        actions.withdraw(found, by=request.teacher, at=timezone.now())
        return redirect(back)
    return show(request, "reports/template_withdraw.html", {"template": found, "back_url": back})


@login_required
@require_safe
def sample(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give a version filled with sample data."""
    rows = TemplateVersion.objects.select_related("template")
    found = get_allowed(may_see_template_version, request.teacher, rows, uid)
    name = _("%(name)s（示例）") % {"name": found.template.name}
    return download(actions.read(found).sample(), f"{name}.docx")


@login_required
@require_safe
def fields(request: TeacherRequest) -> HttpResponse:
    """Show every field and table that a template may name."""
    allowed_in(request.teacher)
    known = vocabulary()
    context = {"groups": grouped(known), "tables": known.tables}
    return show(request, "reports/template_fields.html", context)


@login_required
@require_safe
def starter(request: TeacherRequest) -> HttpResponse:
    """Give a template that names every field, to be cut to size."""
    allowed_in(request.teacher)
    return download(starter_template(vocabulary()), _("模板样张") + ".docx")
