"""The help with drafting as the administrator sets it."""

from collections.abc import Mapping
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
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.audit.models import TrailLine
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Organisation
from yanxiu.people.permissions import may_manage_organisation
from yanxiu.reports.actions import drafting as actions
from yanxiu.reports.drafting import keys
from yanxiu.reports.drafting.forms import SettingForm
from yanxiu.reports.models import DraftingCall, DraftingSetting
from yanxiu.reports.permissions import may_see_drafting_call
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show

PER_PAGE = 50
LATEST = 20
VERBS = {"reports.drafting-set": "保存设置", "reports.drafting-off": "关闭并删除密钥"}


@login_required
@require_safe
def settings(request: TeacherRequest) -> HttpResponse:
    """List the schools that the reader administers; with one alone, go there."""
    rows = allowed(may_manage_organisation, request.teacher, Organisation.objects.order_by("path"))
    page = Paginator(rows.select_related("drafting"), PER_PAGE).get_page(request.GET.get("page"))
    if not page.object_list:
        raise Http404
    if page.paginator.count == 1:
        return redirect("drafting:setting", page.object_list[0].uid)
    return show(request, "reports/drafting_settings.html", {"page": page})


def _organisation(request: TeacherRequest, uid: UUID) -> Organisation:
    rows = Organisation.objects.select_related("drafting")
    return get_allowed(may_manage_organisation, request.teacher, rows, uid)


def _of(organisation: Organisation) -> DraftingSetting:
    found: DraftingSetting | None = getattr(organisation, "drafting", None)
    if found is None:
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def setting(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show and change where a school has words phrased, who changed it, and how much was sent."""
    organisation = _organisation(request, uid)
    found: DraftingSetting | None = getattr(organisation, "drafting", None)
    initial = (
        {"url": found.url, "model": found.model, "private": found.private, "is_on": found.is_on}
        if found
        else {}
    )
    form = SettingForm(request.POST or None, initial=initial)

    def deed(data: Mapping[str, Any]) -> str:
        actions.set_drafting(organisation, by=request.teacher, at=timezone.now(), **data)
        return reverse("drafting:setting", args=[uid])

    rows = DraftingCall.objects.filter(organisation=organisation)
    calls = allowed(may_see_drafting_call, request.teacher, rows)
    context = {
        "organisation": organisation,
        "setting": found,
        "has_key": bool(found and keys.read(found.uid, url=found.url)),
        "trail": _trail(found) if found else [],
        "calls": calls[:LATEST],
    }
    return ask(
        request, form, deed, page="reports/drafting_setting.html", done=_("起草助手已保存。"),
        context=context,
    )  # fmt: skip


def _trail(found: DraftingSetting) -> list[tuple[TrailLine, str]]:
    rows = TrailLine.objects.filter(source_kind=found.SOURCE_KIND, source_id=found.uid)
    return [(row, VERBS.get(row.verb, row.verb)) for row in rows.order_by("-at", "-id")[:LATEST]]


@login_required
@require_POST
def try_it(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Ask for one word, to see whether the endpoint answers."""
    found = actions.try_endpoint(
        _of(_organisation(request, uid)), by=request.teacher, at=timezone.now()
    )
    messages.info(request, found.tried_said)
    return redirect("drafting:setting", uid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def off(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Switch it off and take the key away, after asking."""
    organisation = _organisation(request, uid)
    found = _of(organisation)
    back = reverse("drafting:setting", args=[uid])
    if request.method == "POST":
        actions.switch_off(found, by=request.teacher, at=timezone.now())
        messages.success(request, _("起草助手已关闭，密钥已删除。"))
        return redirect(back)
    context = {"organisation": organisation, "back_url": back}
    return show(request, "reports/drafting_off.html", context)
