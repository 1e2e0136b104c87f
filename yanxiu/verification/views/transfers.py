"""Hours brought from elsewhere: handing a paper in, and deciding about it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import formset_factory
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.attachments.models import Attachment
from yanxiu.ledger.actions import transferring
from yanxiu.ledger.actions.transferring import NewLine
from yanxiu.ledger.models import Transfer, YearClosing, YearSnapshot
from yanxiu.ledger.models.levels import OrganiserLevel, in_order
from yanxiu.ledger.queries import schemes_on
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Teacher
from yanxiu.people.models.teacher import today
from yanxiu.ui.asking import kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE
from yanxiu.verification.forms import TransferForm, TransferLineForm
from yanxiu.verification.permissions import may_decide_transfer, may_see_transfer
from yanxiu.verification.views.scope import people, school_of

PAGE = 50
ROWS = 4
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
    """Several lines, at least one."""


def _formset(request: TeacherRequest) -> Any:
    modes, levels = _words(request.teacher)
    kind = formset_factory(
        TransferLineForm, formset=_Lines, extra=ROWS, min_num=0, max_num=40, validate_max=True
    )
    return kind(request.POST or None, prefix="line", form_kwargs={"modes": modes, "levels": levels})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: TeacherRequest) -> HttpResponse:
    """Hand in a paper: one's own, or for somebody in the reach."""
    reader = request.teacher
    whose = Teacher.objects.filter(pk=reader.pk)
    if reader.holds("recognise_hours"):
        whose = whose | people(request)
    form = TransferForm(
        request.POST or None, request.FILES or None,
        people=Teacher.objects.filter(pk__in=whose.values("pk")).order_by("pinyin", "pk"),
        initial={"teacher": request.GET.get("teacher", _usual(reader))},
    )  # fmt: skip
    lines = _formset(request)
    # All that is wrong is said at once, of the paper and of its lines.
    if request.method == "POST" and all([form.is_valid(), lines.is_valid()]):
        with kept_in(form):
            found = _bring(request, form.cleaned_data, lines)
            messages.success(request, _("已提交，由有认定权限的同事核对。"))
            return redirect("verification:transfer", uid=found.uid)
    context = {"form": form, "lines": lines}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return show(request, "verification/bring.html", context, status=status)


def _usual(reader: Teacher) -> str:
    """Return whose paper it is if nobody says: one's own, unless one brings those of others."""
    return "" if reader.holds("recognise_hours") else str(reader.uid)


def _bring(request: TeacherRequest, data: Mapping[str, Any], lines: Any) -> Transfer:
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
    )


@login_required
@require_safe
def transfer(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a paper with its lines; who decides picks for each how it is read."""
    rows = Transfer.objects.select_related("teacher", "organisation")
    row = get_allowed(may_see_transfer, request.teacher, rows, uid)
    mine = allowed(may_decide_transfer, request.teacher, rows).filter(pk=row.pk).exists()
    decides = mine and row.state == Transfer.State.WAITING
    schemes = schemes_on(row.organisation, today())
    first = schemes[0] if schemes else None
    lines = row.lines.select_related("record")
    context = {
        "row": row,
        "lines": [
            (line, [one for one in (first.transfers if first else ()) if one.taken == line.unit])
            for line in lines
        ],
        "modes": dict(MODES),
        "levels": dict(_words(request.teacher)[1]),
        "closed": _closed(row),
        "files": Attachment.objects.filter(source_kind=row.SOURCE_KIND, source_id=row.uid),
        "decides": decides,
        "undoes": mine and row.state == Transfer.State.ACCEPTED,
        "scheme": first,
        "own": row.teacher_id == request.teacher.pk,
    }
    return show(request, "verification/transfer.html", context)


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
    by, at = request.teacher, timezone.now()
    if request.POST.get("do") == "return":
        because = request.POST.get("because", "")[:200]
        transferring.return_transfer(row, because=because, by=by, at=at)
        messages.success(request, _("已退回，原因本人看得到。"))
    elif request.POST.get("do") == "undo":
        because = request.POST.get("because", "")[:200]
        transferring.undo_transfer(row, because=because, by=by, at=at)
        messages.success(request, _("已撤回，原来入的账已冲销。"))
    else:
        chosen = {line.pk: request.POST.get(f"row-{line.uid}", "") for line in row.lines.all()}
        transferring.accept_transfer(row, chosen, by=by, at=at)
        messages.success(request, _("已转入，学时账里看得到来自哪里。"))
    return redirect(reverse("verification:transfer", args=[row.uid]))
