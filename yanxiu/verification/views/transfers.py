"""Hours brought from elsewhere: handing a paper in, and deciding about it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import formset_factory
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.attachments.models import Attachment
from yanxiu.kernel.amounts import plain
from yanxiu.kernel.refusals import BadInput
from yanxiu.ledger.actions import transferring
from yanxiu.ledger.actions.transferring import NewLine
from yanxiu.ledger.models import Transfer, TransferLine, YearClosing, YearSnapshot
from yanxiu.ledger.models.levels import OrganiserLevel, in_order
from yanxiu.ledger.queries import schemes_on
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Teacher
from yanxiu.people.models.teacher import today
from yanxiu.ui.asking import ask, kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE
from yanxiu.verification.forms import DecideTransferForm, TransferForm, TransferLineForm
from yanxiu.verification.permissions import may_decide_transfer, may_see_transfer
from yanxiu.verification.queries.transfers import (
    LineShown,
    history,
    lines_of,
    was_brought_again,
)
from yanxiu.verification.views.scope import people, school_of

PAGE = 50
ROWS = 4
MISSING = {
    "return": gettext_lazy("请写一句为什么退回，本人看得到。"),
    "undo": gettext_lazy("请写一句为什么撤回，本人看得到。"),
}
"""What is said where the reason of a deed is missing."""

DONE = {
    "return": gettext_lazy("已退回，原因本人看得到。"),
    "undo": gettext_lazy("已撤回，原来入的账已冲销。"),
    "": gettext_lazy("已转入，学时账里看得到来自哪里。"),
}
MODES = [
    ("centralised", gettext_lazy("集中培训")), ("distance", gettext_lazy("网络研修")),
    ("school_based", gettext_lazy("校本研修")), ("self_study", gettext_lazy("自主研修")),
]  # fmt: skip
"""What can be said of an amount where the scheme has no words of its own."""


@login_required
@require_safe
def transfers(request: TeacherRequest) -> HttpResponse:
    """List the papers handed in: one's own, and those of the reach."""
    rows = allowed(may_see_transfer, request.teacher, Transfer.objects.all())
    rows = rows.select_related("teacher", "organisation").order_by("-entered_at", "-id")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "officer": request.teacher.holds("recognise_hours")}
    return show(request, "verification/transfers.html", context)


def _words(teacher: Teacher) -> tuple[list[Any], list[Any]]:
    """Return the words for modes and levels: those of the schemes in force, else the usual."""
    home = teacher.organisation
    modes: dict[str, Any] = dict(MODES)
    levels: dict[str, Any] = dict(OrganiserLevel.choices)
    for scheme in schemes_on(home, today()) if home else ():
        known = {name: dict(words) for name, words in scheme.labels}
        modes = {**modes, **known.get("delivery_mode", {})}
        levels = {**levels, **known.get("organiser_level", {})}
    return list(modes.items()), in_order(levels)


class _Lines(forms.BaseFormSet):  # type: ignore[type-arg]
    """Several lines, at least one; what a paper said before fills them, and each can be emptied."""

    def initial_form_count(self) -> int:
        """None is there to stay: also a line that is filled in already can be left out."""
        return 0


def _formset(request: TeacherRequest, before: Transfer | None) -> Any:
    modes, levels = _words(request.teacher)
    told = [_told(line) for line in before.lines.all()] if before else []
    kind = formset_factory(
        TransferLineForm, formset=_Lines, extra=max(ROWS, len(told) + 1), min_num=0, max_num=40,
        validate_max=True,
    )  # fmt: skip
    return kind(
        request.POST or None, prefix="line", form_kwargs={"modes": modes, "levels": levels},
        initial=None if request.method == "POST" else told,
    )  # fmt: skip


def _told(line: TransferLine) -> dict[str, Any]:
    names = ("title", "delivery_mode", "organiser_level", "starts_on", "last_on", "unit")
    return {name: getattr(line, name) for name in names} | {"amount": plain(line.amount)}


def _before(request: TeacherRequest) -> Transfer | None:
    """Return the paper in whose place another is brought, given back to this reader."""
    uid = request.GET.get("again", "")
    if not uid:
        return None
    rows = allowed(may_see_transfer, request.teacher, Transfer.objects.select_related("teacher"))
    found = rows.filter(uid=_uid(uid), state=Transfer.State.RETURNED).first()
    if found is None or not _brings_again(request, found):
        raise Http404
    return found


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _brings_again(request: TeacherRequest, row: Transfer) -> bool:
    """Tell whether this reader may bring another in the place of one that was given back."""
    if row.state != Transfer.State.RETURNED:
        return False
    own = row.teacher_id == request.teacher.pk
    return own or people(request).filter(pk=row.teacher_id).exists()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: TeacherRequest) -> HttpResponse:
    """Hand in a paper: one's own, or for somebody in the reach."""
    reader, before = request.teacher, _before(request)
    whose = Teacher.objects.filter(pk=before.teacher_id if before else reader.pk)
    if before is None and reader.holds("recognise_hours"):
        whose = whose | people(request)
    told = {"issuer": before.issuer, "document": before.document} if before else {}
    form = TransferForm(
        request.POST or None, request.FILES or None,
        people=Teacher.objects.filter(pk__in=whose.values("pk")).order_by("pinyin", "pk"),
        initial={"teacher": request.GET.get("teacher", _usual(reader)), **told},
    )  # fmt: skip
    lines = _formset(request, before)
    # All that is wrong is said at once, of the paper and of its lines.
    if request.method == "POST" and all([form.is_valid(), lines.is_valid()]):
        with kept_in(form):
            found = _bring(request, form.cleaned_data, lines, before)
            messages.success(request, _("已提交，由有认定权限的同事核对。"))
            return redirect("verification:transfer", uid=found.uid)
    context = {"form": form, "lines": lines, "before": before}
    if before:
        context["kept"] = _files(before)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return show(request, "verification/bring.html", context, status=status)


def _usual(reader: Teacher) -> str:
    """Return whose paper it is if nobody says: one's own, unless one brings those of others."""
    return "" if reader.holds("recognise_hours") else str(reader.uid)


def _files(row: Transfer) -> "QuerySet[Attachment]":
    return Attachment.objects.filter(source_kind=row.SOURCE_KIND, source_id=row.uid)


def _bring(
    request: TeacherRequest, data: Mapping[str, Any], lines: Any, before: Transfer | None
) -> Transfer:
    teacher, upload = data["teacher"], data["file"]
    return transferring.bring(
        teacher,
        school_of(request, teacher),
        issuer=data["issuer"],
        document=data["document"],
        lines=[NewLine(**one.cleaned_data) for one in lines if one.has_changed()],
        by=request.teacher,
        at=timezone.now(),
        file=(upload.name, upload.read()) if upload else None,
        instead_of=before,
    )


@login_required
@require_safe
def transfer(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a paper with its lines; who decides picks for each how it is read."""
    rows = Transfer.objects.select_related("teacher", "organisation")
    row = get_allowed(may_see_transfer, request.teacher, rows, uid)
    context = _context(request, row)
    form = DecideTransferForm(undoes=context["undoes"])
    return show(request, "verification/transfer.html", {"form": form, **context})


def _context(request: TeacherRequest, row: Transfer) -> dict[str, Any]:
    rows = Transfer.objects.filter(pk=row.pk)
    mine = allowed(may_decide_transfer, request.teacher, rows).exists()
    again = _brings_again(request, row)
    return {
        "row": row,
        "lines": [(one, request.POST.get(f"row-{one.line.uid}")) for one in lines_of(row)],
        "modes": dict(MODES),
        "levels": dict(_words(request.teacher)[1]),
        "closed": _closed(row) if row.state == Transfer.State.WAITING else [],
        "files": _files(row),
        "decides": mine and row.state == Transfer.State.WAITING,
        "undoes": mine and row.state == Transfer.State.ACCEPTED,
        "again": again and not was_brought_again(row),
        "history": history(row),
        "own": row.teacher_id == request.teacher.pk,
    }


def _closed(row: Transfer) -> list[YearSnapshot]:
    """Return the registered years of the person into which a line falls, none opened again."""
    spans = [(line.starts_on, line.last_on) for line in row.lines.all()]
    rows = YearSnapshot.objects.shown().filter(teacher=row.teacher)
    rows = rows.exclude(closing__state=YearClosing.State.REOPENED)
    return [
        one
        for one in rows.select_related("closing")
        if any(last >= one.closing.starts_on and first < one.closing.ends_on
               for first, last in spans)
    ]  # fmt: skip


@login_required
@require_POST
def transfer_decide(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take the hours over, or give the paper back."""
    rows = Transfer.objects.select_related("teacher", "organisation")
    row = get_allowed(may_decide_transfer, request.teacher, rows, uid)
    by, at, do = request.teacher, timezone.now(), request.POST.get("do")
    context = _context(request, row)
    form = DecideTransferForm(request.POST, undoes=context["undoes"])
    form.ask_why(MISSING.get(do or ""))

    def deed(data: Mapping[str, Any]) -> str:
        if do == "return":
            transferring.return_transfer(row, because=data["because"], by=by, at=at)
        elif do == "undo":
            transferring.undo_transfer(row, because=data["because"], by=by, at=at)
        else:
            transferring.accept_transfer(row, _chosen(request, row), by=by, at=at)
        return reverse("verification:transfer", args=[row.uid])

    return ask(
        request, form, deed, done=str(DONE.get(do or "", DONE[""])),
        page="verification/transfer.html", context=context,
    )  # fmt: skip


def _chosen(request: TeacherRequest, row: Transfer) -> dict[int, str]:
    """Return what was chosen for each line; where there is something to choose, it is chosen.

    Raises:
        BadInput: a line with several ways has none; its hours would silently count in full.
    """
    shown: list[LineShown] = lines_of(row)
    for one in shown:
        if len(one.choices) > 1 and f"row-{one.line.uid}" not in request.POST:
            raise BadInput(
                f"“{one.line.title}”还没有选怎样转入，没有转入。请在这一行选一种，每种计多少都写在旁边。"
            )
    return {one.line.pk: request.POST.get(f"row-{one.line.uid}", "") for one in shown}
