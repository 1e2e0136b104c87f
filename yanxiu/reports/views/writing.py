"""The pages on which a summary gets its shape and its words: sections, claims, versions."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.kernel.refusals import BadInput
from yanxiu.people.access import TeacherRequest
from yanxiu.reports import linking
from yanxiu.reports.actions import writing
from yanxiu.reports.comparing import Pair, difference, side_by_side
from yanxiu.reports.documents.term_summary.earlier import ReadSummary, of_document
from yanxiu.reports.documents.term_summary.outline import BLOCKS, kept, named, section_of
from yanxiu.reports.forms import ChangedSectionForm, SectionForm
from yanxiu.reports.models import ProseVersion, Summary
from yanxiu.reports.permissions import may_manage_summary, may_see_summary
from yanxiu.reports.queries import earlier_texts, standing
from yanxiu.reports.views import finding
from yanxiu.reports.writings import anchor_of
from yanxiu.texts.numerals import whole_number
from yanxiu.ui.asking import kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE
from yanxiu.ui.wording import of_figure_text


# ---- sections ----
@login_required
@require_http_methods(["GET", "POST"])
def sections(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Arrange the sections; every step can be undone."""
    found = finding.found(request, uid, may_manage_summary)
    adds = request.POST.get("do") == "add"
    form = SectionForm(request.POST if adds else None)
    changed = ChangedSectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not adds and changed.is_valid():
        with kept_in(changed):
            _change(request, found)
            return redirect("reports:sections", uid)
    if adds and form.is_valid():
        with kept_in(form):
            writing.add_section(
                found,
                form.cleaned_data["title"],
                block=form.cleaned_data["block"],
                version=_version(request),
                by=request.teacher,
                at=timezone.now(),
            )
            messages.success(request, _("已添加，在“问题”一节的前面。"))
            return redirect("reports:sections", uid)
    context = {
        "changed": changed,
        "summary": found,
        "form": form,
        "parts": kept(found.outline),
        "blocks": [(code, of_figure_text(name)) for code, name in BLOCKS.items()],
        "version": found.outline.get("version", 0),
        "may_undo": bool(found.outline.get("earlier")),
        "is_open": found.state == Summary.State.DRAFT,
    }
    status = UNPROCESSABLE if form.errors or changed.errors else 200
    return show(request, "reports/sections.html", context, status=status)


def _version(request: TeacherRequest) -> int:
    return whole_number(request.POST.get("version", "")) or 0


def _change(request: TeacherRequest, found: Summary) -> None:
    """Do the one step that the form asks for."""
    post, made = request.POST, {"by": request.teacher, "at": timezone.now()}
    given: dict[str, Any] = {"version": _version(request), **made}
    key, do = post.get("key", ""), post.get("do", "")
    if do == "rename":
        writing.rename_section(found, key, post.get("title", ""), **given)
    elif do in {"up", "down"}:
        writing.move_section(found, key, -1 if do == "up" else 1, **given)
    elif do == "remove":
        writing.remove_section(found, key, **given)
        messages.success(request, _("已删去这一节；点“撤销上一步”可以找回，文字还在。"))
    elif do == "blocks":
        writing.choose_blocks(found, key, post.getlist("block"), **given)
    elif do == "undo":
        writing.undo_shape(found, **given)
        messages.success(request, _("已撤销上一步。"))
    elif do == "paragraph":
        writing.add_paragraph(found, key, text=post.get("text", "")[:2000], **given)
    elif do == "drop":
        writing.remove_paragraph(found, post.get("place", ""), **given)
        messages.success(request, _("已删去这一段；在“章节”里点“撤销上一步”可以找回。"))
    else:
        raise BadInput(_("没有说要怎样改，没有改动。请回到总结再选一次。"))


@login_required
@require_POST
def paragraph(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Add or drop a paragraph from the page of the summary itself."""
    found = finding.found(request, uid, may_manage_summary)
    _change(request, found)
    place, key = request.POST.get("place", ""), request.POST.get("key", "")
    found.refresh_from_db(fields=["outline"])
    grown = named(kept(found.outline), key)
    anchor = anchor_of(grown.places()[-1]) if grown else section_of(place)
    return redirect(f"{reverse('reports:summary', args=[uid])}#{anchor}")


# ---- claims and typed numbers ----
@login_required
@require_POST
def claim(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Settle a claim or a typed number: link a figure, or keep it with the reason."""
    found = finding.found(request, uid, may_manage_summary)
    post, place = request.POST, request.POST.get("place", "")
    version = _version(request)
    made: dict[str, Any] = {"by": request.teacher, "at": timezone.now()}
    if post.get("do") == "keep":
        because = post.get("because", "").strip()[:200]
        if not because:
            raise BadInput(_("没有写保留的理由，没有保存。请写一句话，例如：附件里有问卷结果。"))
        writing.save_prose(found, place, because, version=version, **made)
        messages.success(request, _("已保留，理由已记下。"))
    else:
        text = found.written(place)["text"]
        figure = linking.figure_called(found, post.get("figure", ""))
        if post.get("sentence"):
            text = linking.behind(text, post["sentence"], figure)
        else:
            start = whole_number(post.get("start", "")) or 0
            text = linking.instead_of(text, post.get("typed", ""), start, figure)
        writing.save_prose(found, place, text, version=version, **made)
        messages.success(request, _("已接上数据，数字会随记录更新到审定为止。"))
    return redirect(f"{reverse('reports:summary', args=[uid])}#claims")


# ---- versions and last time ----
@login_required
@require_http_methods(["GET", "POST"])
def history(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show the versions of one paragraph, and bring one of them back."""
    found = finding.found(request, uid, may_manage_summary)
    given = request.POST if request.method == "POST" else request.GET
    place = given.get("place", "")[:120]
    standing_version = found.written(place)["version"]
    if request.method == "POST":
        number = whole_number(request.POST.get("number", "")) or 0
        writing.restore_prose(
            found, place, number, version=_version(request), by=request.teacher, at=timezone.now()
        )
        messages.success(request, _("已恢复为一个新的版本，原来的都还在。"))
        return redirect(f"{reverse('reports:summary', args=[uid])}#{section_of(place)}")
    rows = list(ProseVersion.objects.filter(summary=found, place=place)[:50])
    older = [row.text for row in rows[1:]] + [""]
    pairs = [
        (row, difference(before, row.text)[1]) for row, before in zip(rows, older, strict=False)
    ]
    context = {
        "summary": found,
        "place": place,
        "pairs": pairs,
        "version": standing_version,
        "is_open": found.state == Summary.State.DRAFT,
    }
    return show(request, "reports/history.html", context)


def _pairs(earlier: ReadSummary | None, now: ReadSummary) -> list[Pair]:
    return side_by_side(earlier, now) if earlier else []


@login_required
@require_safe
def compare(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show last time's text beside this one's."""
    found = finding.found(request, uid, may_see_summary)
    earlier = earlier_texts(found)
    now = of_document(standing(found, timezone.now()).document, str(found))
    context = {
        "summary": found,
        "earlier": earlier,
        "pairs": [pair for pair in _pairs(earlier, now) if pair.before or pair.after],
    }
    return show(request, "reports/compare.html", context)
