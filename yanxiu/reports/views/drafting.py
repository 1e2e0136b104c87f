"""Having a paragraph phrased: see what would be sent, send it, and take sentence by sentence."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.kernel.refusals import Refusal
from yanxiu.people.access import TeacherRequest, get_allowed
from yanxiu.reports.actions import drafting as actions
from yanxiu.reports.actions.writing import save_prose
from yanxiu.reports.documents.term_summary.outline import section_of
from yanxiu.reports.drafting.carried import (
    carry_answer,
    carry_request,
    read_answer,
    read_request,
)
from yanxiu.reports.drafting.checking import Checked
from yanxiu.reports.drafting.forms import PreviewForm
from yanxiu.reports.drafting.material import Material, known_names, material
from yanxiu.reports.drafting.request import Request, Wish, compose
from yanxiu.reports.drafting.tokens import Veil
from yanxiu.reports.models import DraftingCall, Summary
from yanxiu.reports.permissions import may_manage_summary
from yanxiu.texts.numerals import whole_number
from yanxiu.ui.asking import kept_in
from yanxiu.ui.languages import in_script_of_reader
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

PER_PAGE = 50


def _summary(request: TeacherRequest, uid: UUID) -> Summary:
    rows = Summary.objects.select_related("organisation", "unit", "teacher", "term__organisation")
    found: Summary = get_allowed(may_manage_summary, request.teacher, rows, uid)
    return found


def _material(summary: Summary, place: str) -> Material:
    found = material(summary, place, timezone.now())
    if found is None or summary.state != Summary.State.DRAFT:
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show exactly what would be sent; words typed in the editor are saved before."""
    summary = _summary(request, uid)
    setting = actions.open_setting(summary.organisation)
    if "text" in request.POST:
        return _saved(request, summary)
    asked = request.POST if request.method == "POST" else request.GET
    if not asked.get("place"):
        return redirect("reports:summary", uid)
    given = _material(summary, asked.get("place", ""))
    form = PreviewForm({"wish": _usual(given), **{name: asked[name] for name in asked}})
    context: dict[str, Any] = {
        "summary": summary,
        "given": given,
        "form": form,
        "setting": setting,
        "has_sent": DraftingCall.objects.filter(by_uid=request.teacher.uid).exists(),
        "back_url": _back(summary, given.place),
    }
    if form.is_valid():
        with kept_in(form):
            shown = _composed(summary, given, form)
            carried = carry_request(request.teacher, summary, given.place, given.version, shown)
            context |= {"asked": shown, "carried": carried}
    status = 200 if form.is_valid() else UNPROCESSABLE
    return show(request, "reports/drafting_preview.html", context, status=status)


def _usual(given: Material) -> str:
    return Wish.SMOOTH if given.text else Wish.FROM_FIGURES


def _composed(summary: Summary, given: Material, form: PreviewForm) -> Request:
    veil = Veil(known_names(summary.organisation, form.hidden()))
    return compose(given.text, given.figures, wish=Wish(form.cleaned_data["wish"]), veil=veil)


def _saved(request: TeacherRequest, summary: Summary) -> HttpResponse:
    """Save what was typed in the editor, so that nothing is lost on the way."""
    place, text = request.POST.get("place", ""), request.POST["text"]
    standing = summary.written(place)
    if text.replace("\r\n", "\n").strip() != str(standing["text"]).strip():
        version = whole_number(request.POST.get("version", "")) or 0
        now = timezone.now()
        save_prose(summary, place, text, version=version, by=request.teacher, at=now)
        messages.success(request, _("您写的文字已先保存。"))
    return redirect(_again(summary, place))


def _again(summary: Summary, place: str) -> str:
    return reverse("drafting:preview", args=[summary.uid]) + "?" + urlencode({"place": place})


def _back(summary: Summary, place: str) -> str:
    return reverse("reports:summary", args=[summary.uid]) + "#" + section_of(place)


@login_required
@require_POST
def send(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Send what the preview showed and show what came back."""
    summary = _summary(request, uid)
    word = request.POST.get("carried", "")
    place, version, key, asked = read_request(word, request.teacher, summary)
    call, checked = actions.send(
        summary, place, asked, key=key, by=request.teacher, at=timezone.now()
    )
    return _result(request, summary, call, (version, checked))


def _result(
    request: TeacherRequest,
    summary: Summary,
    call: DraftingCall,
    answer: tuple[int, list[Checked]],
    error: str = "",
) -> HttpResponse:
    """Show the sentences; a refused taking keeps what was chosen."""
    version, checked = answer
    chosen = set(request.POST.getlist("sentence"))
    numbered = [(number, one, str(number) in chosen) for number, one in enumerate(checked, start=1)]
    context = {
        "summary": summary,
        "call": call,
        "given": material(summary, call.place, timezone.now()),
        "numbered": numbered,
        "usable": sum(not one.refusals for one in checked),
        "carried": carry_answer(request.teacher, summary, call, version, checked),
        "instead": request.POST.get("how") == "instead",
        "error": error,
        "back_url": _back(summary, call.place),
        "again_url": _again(summary, call.place),
    }
    status = UNPROCESSABLE if error else 200
    return show(request, "reports/drafting_result.html", context, status=status)


@login_required
@require_POST
def take(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Put the chosen sentences into the paragraph."""
    summary = _summary(request, uid)
    word = request.POST.get("carried", "")
    call_uid, version, checked = read_answer(word, request.teacher, summary)
    call = get_object_or_404(DraftingCall, uid=call_uid)
    chosen = set(request.POST.getlist("sentence"))
    sentences = [
        one.text
        for number, one in enumerate(checked, start=1)
        if str(number) in chosen and not one.refusals
    ]
    try:
        actions.take(
            call, summary, sentences, instead=request.POST.get("how") == "instead",
            version=version, by=request.teacher, at=timezone.now(),
        )  # fmt: skip
    except Refusal as refusal:
        return _result(
            request, summary, call, (version, checked), in_script_of_reader(str(refusal))
        )
    messages.success(request, _("已放进正文，请再读一遍。"))
    return redirect(_back(summary, call.place))


@login_required
@require_safe
def sent(request: TeacherRequest) -> HttpResponse:
    """List what the reader has sent: when, how much and what came of it; never the words.

    There is no such page for somebody who never sent anything.
    """
    rows = DraftingCall.objects.filter(by_uid=request.teacher.uid).select_related("organisation")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    if not page.object_list:
        raise Http404
    return show(request, "reports/drafting_sent.html", {"page": page})
