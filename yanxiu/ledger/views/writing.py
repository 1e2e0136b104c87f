"""An officer writes a scheme: draft, check, publish, withdraw, take away as a file."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanxiu.kernel.refusals import Refusal
from yanxiu.ledger import actions
from yanxiu.ledger.actions.publishing import copied, line_of_name, refused_name
from yanxiu.ledger.forms import DraftForm, NewSchemeForm, WithdrawForm
from yanxiu.ledger.models import SchemeAdoption, SchemeFile
from yanxiu.ledger.permissions import may_manage_scheme, may_read_scheme
from yanxiu.ledger.queries.schemes import parsed
from yanxiu.ledger.queries.trying import Checked, checked
from yanxiu.ledger.rules.loading import SHIPPED, shipped
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Organisation
from yanxiu.ui import downloads
from yanxiu.ui.asking import ask, kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

EMPTY = """# 请照“怎样写一个学时学分方案”填写；不会的先看一份现成的。
id: own-county
version: "2026"
title: 某县学时学分办法
source: 《某县校本研修学时认定办法》
effective_from: 2026-09-01
unit: hour
"""
"""What somebody finds who begins with nothing."""

SPARE = 12
"""So many empty lines stand below the text, to write on."""

MOST_STARTS = 100
MOST_USES = 50


def schools_of(request: TeacherRequest) -> Any:
    """Return the organisations whose schemes the reader manages."""
    rows = Organisation.objects.filter(pk__in=request.teacher.reach("manage_terms"))
    return rows.order_by("path")


def found_file(request: TeacherRequest, uid: UUID) -> SchemeFile:
    """Return the file if the reader manages it."""
    rows = SchemeFile.objects.select_related("organisation")
    return get_allowed(may_manage_scheme, request.teacher, rows, uid)


def _read_file(request: TeacherRequest, uid: UUID) -> SchemeFile:
    rows = SchemeFile.objects.select_related("organisation")
    return get_allowed(may_read_scheme, request.teacher, rows, uid)


@login_required
def new(request: TeacherRequest) -> HttpResponse:
    """Begin a draft, from a shipped scheme, an earlier one, a file, or nothing."""
    if not request.teacher.holds("manage_terms"):
        raise Http404
    own = allowed(may_read_scheme, request.teacher, SchemeFile.objects.defer("text", "cases"))
    starts = [("", _("空白")), *((one.id, one.title) for one in shipped().values())]
    starts += [(str(one.uid), f"{one} {one.version}") for one in own[:MOST_STARTS]]
    form = NewSchemeForm(
        request.POST or None,
        request.FILES or None,
        schools=schools_of(request),
        starts=starts,
        initial={"start": request.GET.get("from", "")},
    )
    form.fields["start"].required = False

    def deed(data: Mapping[str, Any]) -> str:
        text, source = _beginning(request, data["organisation"], data["start"])
        file = actions.start_draft(
            data["organisation"], data["file"] or text, based_on=source,
            by=request.teacher, at=timezone.now(),
        )  # fmt: skip
        return reverse("ledger:scheme", args=[file.uid])

    context = {"back_url": reverse("ledger:schemes")}
    done = _("草稿建好了，可以改了。")
    return ask(request, form, deed, done=done, page="ledger/scheme_new.html", context=context)


@login_required
def scheme(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a scheme; a draft is edited, saved with its slips, and checked at the same time.

    Who does not manage a published one reads it, and can copy it.
    """
    file = found_file(request, uid) if request.method == "POST" else _read_file(request, uid)
    if file.state != SchemeFile.State.DRAFT or request.method != "POST":
        form = DraftForm(initial={"text": file.text, "edition": file.edition})
        return _page(request, file, form)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _page(request, file, form, status=UNPROCESSABLE)
    text, at = form.cleaned_data["text"], timezone.now()
    if request.POST.get("do") == "copy":
        source = f"{file} {file.version}".strip()
        made = actions.start_draft(
            file.organisation, text, cases=file.cases, based_on=source, by=request.teacher, at=at
        )
        messages.success(request, _("已另存为一份新草稿；原来那份没有动。"))
        return redirect("ledger:scheme", made.uid)
    with kept_in(form):
        actions.keep_draft(
            file, text=text, edition=form.cleaned_data["edition"], by=request.teacher, at=at
        )
        messages.success(request, _("草稿已保存。"))
        return redirect(f"{reverse('ledger:scheme', args=[file.uid])}#check")
    return _page(request, file, form, status=UNPROCESSABLE, moved=True)


@login_required
@require_safe
def download(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the text of a scheme as a file."""
    file = _read_file(request, uid)
    name = f"{file.scheme or 'scheme'}-{file.version or file.edition}.yaml"
    return downloads.download(file.text.encode(), name)


@login_required
def publish(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Ask once more, then publish what was seen."""
    file = found_file(request, uid)
    seen = checked(file.text, parsed)
    if request.method == "POST":
        edition = request.POST.get("edition", "")
        actions.publish_scheme(
            file, edition=int(edition) if edition.isdecimal() and len(edition) < 9 else 0,  # noqa: PLR2004
            by=request.teacher, at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("已公布。点“采用”，选从哪一天起按它认定。"))
        return redirect("ledger:scheme", file.uid)
    back = reverse("ledger:scheme", args=[file.uid])
    context = {"file": file, "seen": seen, "refused": _refused(file, seen), "back_url": back}
    return show(request, "ledger/scheme_publish.html", context)


@login_required
def withdraw(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Offer a published scheme no longer."""
    file = found_file(request, uid)

    def deed(data: Mapping[str, Any]) -> str:
        actions.withdraw_scheme(
            file, because=data["because"], by=request.teacher, at=timezone.now()
        )
        return reverse("ledger:scheme", args=[file.uid])

    context = {"file": file, "back_url": reverse("ledger:scheme", args=[file.uid])}
    form = WithdrawForm(request.POST or None)
    done = _("已撤回，别处不能再采用它。")
    return ask(request, form, deed, done=done, page="ledger/scheme_withdraw.html", context=context)


@login_required
@require_POST
def drop(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Remove a draft."""
    actions.drop_draft(found_file(request, uid), by=request.teacher, at=timezone.now())
    messages.success(request, _("草稿已删除。"))
    return redirect("ledger:schemes")


def _beginning(request: TeacherRequest, organisation: Organisation, start: str) -> tuple[str, str]:
    """Return the text to begin with, and where it is from."""
    known = shipped()
    if start in known:
        one = known[start]
        path = SHIPPED / one.id / f"{one.version}.yaml"
        return copied(path.read_text(encoding="utf-8"), organisation), f"{one.title} {one.version}"
    if start:
        file = _read_file(request, UUID(start))
        is_own = file.organisation == organisation
        text = file.text if is_own else copied(file.text, organisation)
        return text, f"{file} {file.version}"
    return EMPTY, ""


def _page(
    request: TeacherRequest, file: SchemeFile, form: DraftForm, *, status: int = 200,
    moved: bool = False,
) -> HttpResponse:  # fmt: skip
    text = str(form["text"].value() or "").replace("\r\n", "\n")
    seen = checked(text, parsed)
    lines = text.count("\n") + 1
    rows = lines + SPARE if file.state == SchemeFile.State.DRAFT else lines
    form.fields["text"].widget.attrs["rows"] = rows
    refused = _refused(file, seen)
    slips = {one.line for one in seen.slips}
    slips |= {line_of_name(text, refused)} - {0} if refused else set()
    marked = (slips | {one.line for one in seen.findings}) - {0}
    context = {
        "file": file,
        "form": form,
        "seen": seen,
        "refused": refused,
        "refused_line": line_of_name(text, refused) if refused else 0,
        "manages": _manages(request, file),
        "writes": request.teacher.holds("manage_terms"),
        "moved": moved,
        "slip_lines": slips,
        "gutter": _gutter(rows, marked),
        "uses": _uses(file),
    }
    return show(request, "ledger/scheme.html", context, status=status)


def _refused(file: SchemeFile, seen: Checked) -> Refusal | None:
    """Return why a draft cannot be published under the names that its text states."""
    if file.state != SchemeFile.State.DRAFT or seen.scheme is None:
        return None
    return refused_name(seen.scheme, file.organisation)


def _manages(request: TeacherRequest, file: SchemeFile) -> bool:
    rows = SchemeFile.objects.filter(pk=file.pk)
    return allowed(may_manage_scheme, request.teacher, rows).exists()


def _gutter(rows: int, marked: set[int]) -> list[tuple[str, int]]:
    """Return the numbers of the lines: a run of them, then one that is linked to, and so on.

    A run ends with a line break if it is not empty; the linked number is 0 at the very end.
    """
    parts, first = [], 1
    for line in sorted(one for one in marked if one <= rows):
        parts.append(("".join(f"{number}\n" for number in range(first, line)), line))
        first = line + 1
    return [*parts, ("".join(f"{number}\n" for number in range(first, rows + 1)), 0)]


def _uses(file: SchemeFile) -> list[Any]:
    """Return who has adopted a published scheme."""
    if file.state == SchemeFile.State.DRAFT:
        return []
    rows = SchemeAdoption.objects.filter(scheme=file.scheme, version=file.version)
    return list(rows.select_related("organisation").order_by("organisation__path")[:MOST_USES])
