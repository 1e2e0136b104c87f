"""Trying a scheme out: a made-up record, cases, and a real teacher's year."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanxiu.ledger import actions
from yanxiu.ledger.actions.looking import note_look
from yanxiu.ledger.forms import CasesForm, PersonForm, RecordForm
from yanxiu.ledger.models import SchemeFile
from yanxiu.ledger.queries import looks
from yanxiu.ledger.queries.schemes import parsed
from yanxiu.ledger.queries.trying import checked, made_up, own_year, run_cases, without_case
from yanxiu.ledger.rules.refusals import SchemeUnreadable
from yanxiu.ledger.views.writing import found_file
from yanxiu.people.access import TeacherRequest
from yanxiu.people.models import Post, Teacher
from yanxiu.people.models.organisation import held_on
from yanxiu.people.models.teacher import today
from yanxiu.ui.asking import kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

MOST_SHOWN = 200
MOST_ALIKE = 9


@login_required
@require_safe
def try_out(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show what a made-up record would earn, with each step."""
    file = found_file(request, uid)
    seen = checked(file.text, parsed)
    if seen.scheme is None:
        return show(request, "ledger/scheme_try.html", {"file": file, "seen": seen})
    form = RecordForm(request.GET if "kind" in request.GET else None, scheme=seen.scheme)
    given, asked = None, False
    if form.is_bound and form.is_valid():
        given, asked = made_up(seen.scheme, form.cleaned_data), True
    context = {"file": file, "seen": seen, "form": form, "given": given, "asked": asked}
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return show(request, "ledger/scheme_try.html", context, status=status)


@login_required
@require_safe
def person(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a real teacher's year under the scheme; the look is written down for that person."""
    file = found_file(request, uid)
    seen = checked(file.text, parsed)
    bound = request.GET if "teacher" in request.GET else None
    form = PersonForm(bound, initial={"on": today()})
    year, found = None, []
    if seen.scheme and form.is_bound and form.is_valid():
        found = _teachers(request, form.cleaned_data["teacher"])
        if len(found) == 1:
            note_look(found, looks.HOURS, by=request.teacher, at=timezone.now())
            year = own_year(seen.scheme, found[0], form.cleaned_data["on"])
    context = {
        "file": file,
        "seen": seen,
        "form": form,
        "year": year,
        "lines": [
            (record, given, year.standing.counted.get(record.uid))
            for record, given in year.lines[:MOST_SHOWN]
        ]
        if year
        else [],
        "found": found,
        "sees_hours": request.teacher.holds("see_hours"),
    }
    return show(request, "ledger/scheme_person.html", context)


@login_required
def cases(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Keep the cases beside a scheme and run them."""
    file = found_file(request, uid)
    is_draft = file.state == SchemeFile.State.DRAFT
    if request.method != "POST" or not is_draft:
        form = CasesForm(initial={"cases": file.cases, "edition": file.edition})
        return _cases(request, file, form, file.cases)
    form = CasesForm(request.POST, request.FILES)
    if form.is_valid():
        with kept_in(form):
            actions.keep_draft(
                file, cases=form.cleaned_data["cases"], edition=form.cleaned_data["edition"],
                by=request.teacher, at=timezone.now(),
            )  # fmt: skip
            messages.success(request, _("算例已保存，结果在下面。"))
            return redirect("ledger:scheme_cases", file.uid)
    return _cases(request, file, form, request.POST.get("cases", ""), status=UNPROCESSABLE)


def _cases(
    request: TeacherRequest, file: SchemeFile, form: CasesForm, text: str, *, status: int = 200
) -> HttpResponse:
    seen = checked(file.text, parsed)
    tried: list[Any] = []
    slip = None
    if seen.scheme:
        try:
            tried = run_cases(seen.scheme, text)
        except SchemeUnreadable as found:
            slip = found
    context = {
        "file": file,
        "form": form,
        "seen": seen,
        "tried": tried,
        "slip": slip,
        "untried": without_case(seen.scheme, tried) if seen.scheme and tried else [],
        "wrong": sum(bool(one.outcome.differences) for one in tried),
    }
    return show(request, "ledger/scheme_cases.html", context, status=status)


def _teachers(request: TeacherRequest, text: str) -> list[Teacher]:
    """Return at most a few teachers of this name or number whose hours the reader may see."""
    posts = Post.objects.filter(
        held_on(today()), organisation__in=request.teacher.reach("see_hours")
    )
    wanted = (
        Q(name=text) | Q(phone=text) | Q(pk__in=posts.filter(job_number=text).values("teacher"))
    )
    if _is_uid(text):
        wanted = Q(uid=text)
    rows = Teacher.objects.filter(wanted, pk__in=posts.values("teacher"))
    return list(rows.order_by("name", "pk")[:MOST_ALIKE])


def _is_uid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
