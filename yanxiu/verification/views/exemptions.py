"""Who is excused from what: proposals from the roster, granting, ending."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.attachments.models import Attachment
from yanxiu.ledger.actions import exempting
from yanxiu.ledger.actions.exempting import NewExemption
from yanxiu.ledger.models import Exemption
from yanxiu.ledger.queries import exemptions as queries
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Leave, Organisation
from yanxiu.people.models.teacher import today
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show
from yanxiu.verification.forms import EndForm, ExemptionForm
from yanxiu.verification.permissions import may_change_exemption, may_close_year
from yanxiu.verification.views.scope import officer, people, school_of, schools

PAGE = 50
ONE_DAY = timedelta(days=1)


def _reasons(request: TeacherRequest) -> list[queries.Reason]:
    first = (
        schools(request).first()
        or Organisation.objects.filter(pk__in=request.teacher.reach("recognise_hours")).first()
    )
    return queries.reasons_for(first, today()) if first else []


@login_required
@require_safe
def exemptions(request: TeacherRequest) -> HttpResponse:
    """List exemptions, and leaves on the roster that are none yet."""
    reader = officer(request)
    reasons = _reasons(request)
    words = {one.code: one.title for one in reasons}
    rows = Exemption.objects.filter(
        organisation__in=reader.reach("recognise_hours")
    ).select_related("teacher", "organisation")
    page = Paginator(rows.order_by("-starts_on", "-id"), PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    files = {
        one.source_id: one
        for one in Attachment.objects.filter(
            source_kind=Exemption.SOURCE_KIND, source_id__in=[row.uid for row in shown]
        )
    }
    mine = allowed(may_close_year, reader, Organisation.objects.all())
    context = {
        "page": page,
        "lines": [
            (row, words.get(row.reason, queries.WORDS.get(row.reason, row.reason)),
             files.get(row.uid), row.ends_on - ONE_DAY if row.ends_on else None,
             row.teacher_id != reader.pk)
            for row in shown
        ],
        "proposals": [
            (one, one.ends_on - ONE_DAY if one.ends_on else None)
            for one in queries.proposals(mine, today(), reasons)
            if one.teacher.pk != reader.pk
        ],
        "silent": [one.title for one in reasons if not one.effect],
        "spoken": [one for one in reasons if one.effect],
    }  # fmt: skip
    return show(request, "verification/exemptions.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def exempt(request: TeacherRequest) -> HttpResponse:
    """Excuse somebody; what the roster knows is filled in already."""
    officer(request)
    leave = _leave(request)
    initial: dict[str, Any] = {"reason": request.GET.get("reason", "")}
    if leave:
        initial |= {
            "teacher": str(leave.teacher.uid),
            "starts_on": leave.starts_on,
            "last_on": leave.ends_on - ONE_DAY if leave.ends_on else None,
            "document": _("花名册上的离岗记录：%(kind)s") % {"kind": leave.get_kind_display()},
        }
    elif request.GET.get("teacher"):
        initial["teacher"] = request.GET["teacher"]
    form = ExemptionForm(
        request.POST or None,
        request.FILES or None,
        people=people(request),
        reasons=[(one.code, one.title) for one in _reasons(request)],
        initial=initial,
    )

    def deed(data: Mapping[str, Any]) -> str:
        new = NewExemption(
            data["reason"], data["starts_on"], data["ends_on"], data["document"], leave
        )
        upload = data["file"]
        exempting.grant_exemption(
            data["teacher"], school_of(request, data["teacher"]), new,
            by=request.teacher, at=timezone.now(),
            file=(upload.name, upload.read()) if upload else None,
        )  # fmt: skip
        return "verification:exemptions"

    context = {
        "heading": _("登记减免"),
        "lead": _("减免起什么作用，由方案规定；这里只记谁、为什么、哪些天。"),
        "back": "verification:exemptions",
        "keep": "exempt",
    }
    return ask(
        request, form, deed, done=_("已登记，本人看得到。"), page="verification/form.html",
        context=context,
    )  # fmt: skip


def _leave(request: TeacherRequest) -> Leave | None:
    """Return the leave of somebody in the reach that the address names."""
    try:
        uid = UUID(request.GET.get("leave", ""))
    except ValueError:
        return None
    rows = Leave.objects.filter(teacher__in=people(request).values("pk"))
    return rows.select_related("teacher").filter(uid=uid).first()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def exempt_end(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """End an exemption, or take it back with a reason."""
    rows = Exemption.objects.select_related("teacher", "organisation")
    row = get_allowed(may_change_exemption, request.teacher, rows, uid)
    word = queries.reason_word(row.organisation, today(), row.reason)

    def deed(data: Mapping[str, Any]) -> str:
        by, at = request.teacher, timezone.now()
        if data["ends_on"]:
            exempting.end_exemption(row, ends_on=data["ends_on"], by=by, at=at)
        else:
            exempting.take_back_exemption(row, because=data["because"], by=by, at=at)
        return "verification:exemptions"

    context = {
        "heading": _("结束或撤回减免"),
        "lead": f"{row.teacher.name} · {word}",
        "back": "verification:exemptions",
        "keep": f"exempt-{row.uid}",
    }
    form = EndForm(request.POST or None)
    return ask(
        request, form, deed, done=_("已保存，本人看得到。"), page="verification/form.html",
        context=context,
    )  # fmt: skip
