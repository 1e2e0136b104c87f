"""Registers in other systems' columns: choose, download, compare with their export."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.certificates import actions
from yanxiu.certificates.actions import registering
from yanxiu.certificates.columns import FIELDS, TOLD, Register, shipped_text
from yanxiu.certificates.forms import ExportForm, OwnRegisterForm, RegisterForm
from yanxiu.certificates.models import OwnRegister, RegisterImport, RegisterRow
from yanxiu.certificates.permissions import may_certify_school, may_see_import
from yanxiu.certificates.queries.choices import periods_at, schemes_at
from yanxiu.certificates.queries.facts import Asked
from yanxiu.certificates.queries.kept import shown, state_told, told_of, with_changes
from yanxiu.certificates.queries.people import teachers_in
from yanxiu.certificates.queries.registers import (
    DIFFERS,
    MISSING,
    REGISTERED,
    Line,
    lines_of,
    registers_for,
    workbook,
)
from yanxiu.certificates.refusals import UnknownRegister
from yanxiu.certificates.views.certificates import PAGE, school_choices
from yanxiu.certificates.views.school import chosen
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import TeacherRequest, get_allowed
from yanxiu.people.models import Organisation, Teacher
from yanxiu.terms.queries import terms_of
from yanxiu.texts.numerals import whole_number
from yanxiu.ui.asking import ask, kept_in
from yanxiu.ui.downloads import download
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

STATES: Final = {
    MISSING: gettext_lazy("尚未登记"),
    DIFFERS: gettext_lazy("不一致"),
    REGISTERED: gettext_lazy("那边已登记"),
}
MOST_IMPORTS = 10
read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@dataclass
class Question:
    """What the page of registers is asked for: the school, the form, and once it is valid more."""

    schools: list[Organisation]
    school: Organisation
    known: dict[str, Register]
    form: RegisterForm
    register: Register | None = None
    asked: Asked | None = None

    @property
    def address(self) -> str:
        """What an address must hold to ask the same."""
        given = self.form.cleaned_data if self.asked else {}
        names = ("register", "scheme", "period", "first", "last")
        pairs = [(name, str(given.get(name) or "")) for name in names]
        told = "&".join(f"{name}={quote(text)}" for name, text in pairs if text)
        return f"school={self.school.uid}&{told}"


def _question(request: TeacherRequest) -> Question | None:
    """Read what is asked; None where the reader has no school.

    Raises:
        Http404: the reader recognises hours nowhere.
    """
    reader, day = request.teacher, day_of(timezone.now())
    if not reader.holds("recognise_hours"):
        raise Http404
    given = request.POST if request.method == "POST" else request.GET
    schools = school_choices(reader)
    school = chosen(schools, given.get("school", ""), reader)
    if school is None:
        return None
    schemes, known, terms = schemes_at(school, day), registers_for(school), terms_of(school)
    form = RegisterForm(
        given if "register" in given else None,
        registers=[(one.code, one.title) for one in known.values()],
        schemes=[(one.id, one.title) for one in schemes],
        periods=periods_at(terms, day, schemes),
    )
    found = Question(schools, school, known, form)
    if form.is_bound and form.is_valid():
        found.register = known[form.cleaned_data["register"]]
        data, spans = form.cleaned_data, tuple(one.span for one in terms)
        found.asked = Asked(school, data["scheme"], data["span"], day, spans)
    return found


def _lines(question: Question, reader: Teacher) -> list[Line]:
    assert question.register is not None  # noqa: S101 (the callers have looked)
    assert question.asked is not None  # noqa: S101
    teachers = list(teachers_in(question.school, reader))
    return lines_of(question.register, question.asked, teachers)


@login_required
@require_safe
def registers(request: TeacherRequest) -> HttpResponse:
    """Choose a register and see what of it the other system has."""
    question = _question(request)
    if question is None:
        return show(request, "certificates/registers.html", {"question": None})
    context: dict[str, Any] = {"question": question, "export": ExportForm(), "states": STATES}
    if question.asked:
        context |= _compared(request, question)
    imports = RegisterImport.objects.filter(organisation=question.school)
    context["imports"] = [(one, question.known.get(one.register)) for one in imports[:MOST_IMPORTS]]
    status = UNPROCESSABLE if question.form.errors else 200
    return show(request, "certificates/registers.html", context, status=status)


def _compared(request: TeacherRequest, question: Question) -> dict[str, Any]:
    assert question.register is not None  # noqa: S101 (the callers have looked)
    assert question.asked is not None  # noqa: S101
    teachers = with_changes(teachers_in(question.school, request.teacher), question.asked)
    told = [
        (state_told(one), one) for one in told_of(question.register, question.asked, list(teachers))
    ]
    counts = Counter(found for found, _one in told)
    state = request.GET.get("state", "")
    wanted = [one for found, one in told if found == state or state not in STATES]
    page = Paginator(wanted, PAGE).get_page(request.GET.get("page"))
    lines = [shown(one) for one in page.object_list]
    actions.look_at_register(
        question.register,
        [one.teacher for one in lines],
        by=request.teacher,
        at=timezone.now(),
    )
    return {
        "page": page,
        "lines": [(line, STATES[line.state]) for line in lines],
        "counts": [(code, word, counts[code]) for code, word in STATES.items()],
        "total": sum(counts.values()),
        "state": state,
        "unconfirmed": [one for one in question.register.columns if not one.is_confirmed],
    }


@login_required
@require_safe
def sheet(request: TeacherRequest) -> HttpResponse:
    """Give the register as a workbook, whole or only what the other system lacks."""
    question = _question(request)
    if question is None or question.asked is None or question.register is None:
        raise Http404
    lines, state = _lines(question, request.teacher), request.GET.get("state", "")
    if state in STATES:
        lines = [line for line in lines if line.state == state]
    actions.take_register(
        question.register,
        question.school,
        list({line.teacher.pk: line.teacher for line in lines}.values()),
        by=request.teacher,
        at=timezone.now(),
    )
    which = f"（{STATES[state]}）" if state in STATES else ""
    name = f"{question.school.name} {question.register.title}{which}.xlsx"
    return download(workbook(question.register, lines, question.asked), name)


@login_required
@require_POST
def read(request: TeacherRequest) -> HttpResponse:
    """Read an export of the other system."""
    question = _question(request)
    if question is None or question.asked is None or question.register is None:
        raise Http404
    form = ExportForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        with kept_in(form):
            made = registering.read_export(
                question.register, question.asked, file.read(), file.name,
                by=request.teacher, at=timezone.now(),
            )  # fmt: skip
            messages.success(request, _("已读入并对过一遍，请看看各列读得对不对。"))
            return redirect("certificates:imported", uid=made.uid)
    context = {"question": question, "export": form, "states": STATES, "imports": []}
    context |= _compared(request, question)
    return show(request, "certificates/registers.html", context, status=UNPROCESSABLE)


@login_required
@read_or_post
def imported(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show what the rows of an export mean; a POST says which column tells what."""
    found, register = _import(request, uid)
    if request.method == "POST":
        asked = {what: whole_number(request.POST.get(what, "")) for what in TOLD}
        columns = {what: n for what, n in asked.items() if n is not None and n >= 0}
        registering.map_columns(found, register, columns, by=request.teacher, at=timezone.now())
        messages.success(request, _("已按新的对应重新对过，下次同样的表头照这样读。"))
        return redirect("certificates:imported", uid=found.uid)
    context = {
        "found": found,
        "register": register,
        "mapping": [(what, FIELDS[what], found.columns.get(what, -1)) for what in TOLD],
        "heads": list(enumerate(found.heads)),
        "people": list(teachers_in(found.organisation, request.teacher)),
        **_outcomes(request, found, register),
    }
    return show(request, "certificates/imported.html", context)


def _outcomes(request: TeacherRequest, found: RegisterImport, register: Register) -> dict[str, Any]:
    """Return a page of the rows, of one outcome or of all, and how many there are of each."""
    outcome = request.GET.get("outcome", "")
    counted = Counter(found.rows.values_list("outcome", flat=True))
    rows = found.rows.select_related("teacher")
    if outcome in RegisterRow.Outcome.values:
        rows = rows.filter(outcome=outcome)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown_rows = list(page.object_list)
    ours = _ours(request.teacher, found, register, shown_rows)
    twins = _twins(found, shown_rows)
    return {
        "page": page,
        "rows": [
            (row, _told(row, found), ours.get(row.number, []), twins.get(row.number))
            for row in shown_rows
        ],
        "counts": [(code, word, counted[code]) for code, word in RegisterRow.Outcome.choices],
        "outcome": outcome,
    }


def _ours(
    reader: Teacher, found: RegisterImport, register: Register, rows: list[RegisterRow]
) -> dict[int, list[tuple[str, Decimal]]]:
    """Return by number what stands here beside each of `rows` that differs.

    Only the amounts of which the export tells too, each with its name.
    """
    differing = [row for row in rows if row.outcome == RegisterRow.Outcome.DIFFERS]
    if not differing:
        return {}
    asked = Asked(found.organisation, found.scheme, found.span, day_of(timezone.now()))
    whose = teachers_in(found.organisation, reader)
    whose = whose.filter(pk__in=[row.teacher_id for row in differing])
    told = told_of(register, asked, list(with_changes(whose, asked)))
    here = {line.key: line for line in map(shown, told)}
    ours = {}
    for row in differing:
        line = here.get(row.key) if row.key else None
        pairs = (("hours", line.hours), ("credits", line.credits)) if line else ()
        ours[row.number] = [
            (str(FIELDS[what]), amount)
            for what, amount in pairs
            if what in found.columns and amount is not None
        ]
    return ours


def _twins(found: RegisterImport, rows: list[RegisterRow]) -> dict[int, int]:
    """Return by number, of those of `rows` that are too many, the row that says the very same."""
    extra = [row for row in rows if row.outcome == RegisterRow.Outcome.EXTRA]
    if not extra:
        return {}
    meant = (RegisterRow.Outcome.REGISTERED, RegisterRow.Outcome.DIFFERS)
    known = found.rows.filter(outcome__in=meant, teacher__in=[row.teacher_id for row in extra])
    first = {tuple(cells): number for number, cells in known.values_list("number", "cells")}
    twins = {row.number: first.get(tuple(row.cells)) for row in extra}
    return {number: other for number, other in twins.items() if other is not None}


def _told(row: RegisterRow, found: RegisterImport) -> list[tuple[str, str]]:
    return [
        (FIELDS[what], row.cells[found.columns[what]])
        for what in TOLD
        if found.columns.get(what, len(row.cells)) < len(row.cells)
    ]


def _import(request: TeacherRequest, uid: UUID) -> tuple[RegisterImport, Register]:
    rows = RegisterImport.objects.select_related("organisation")
    found = get_allowed(may_see_import, request.teacher, rows, uid)
    register = registers_for(found.organisation).get(found.register)
    if register is None:
        raise UnknownRegister
    return found, register


@login_required
@require_POST
def settle(request: TeacherRequest, uid: UUID, number: int) -> HttpResponse:
    """Say whom a row means."""
    found, register = _import(request, uid)
    row = get_object_or_404(found.rows, number=number)
    given = request.POST.get("teacher", "")
    teacher = None
    if given != "nobody":
        try:
            teacher = Teacher.objects.filter(uid=UUID(given)).first()
        except ValueError:
            teacher = None
        if teacher is None:
            messages.warning(request, _("请先选是哪一位。"))
            return redirect("certificates:imported", uid=uid)
    registering.settle(found, register, row, teacher, by=request.teacher, at=timezone.now())
    messages.success(request, _("已记下，这一行重新对过。"))
    return redirect(f"{reverse('certificates:imported', args=[uid])}?outcome=ambiguous")


@login_required
@read_or_post
def own(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Write a register in the columns of the place, as text; shipped ones are the pattern."""
    rows = Organisation.objects.all()
    school = get_allowed(may_certify_school, request.teacher, rows, uid)
    written = OwnRegister.objects.filter(organisation=school, replaced_at=None)
    code = request.GET.get("code", "")
    pattern = next((one.text for one in written if one.code == code), shipped_text(code))
    form = OwnRegisterForm(
        request.POST if request.method == "POST" else None, initial={"text": pattern}
    )

    def write(data: Any) -> str:
        made = registering.write_register(
            school, data["text"], by=request.teacher, at=timezone.now()
        )
        return f"{reverse('certificates:registers')}?school={school.uid}#{made.code}"

    known = registers_for(school)
    context = {
        "school": school,
        "patterns": [(one.code, one.title) for one in known.values()],
        "fields": FIELDS.items(),
    }
    return ask(
        request, form, write, done=_("上报表已保存，可以在列表里选它了。"),
        page="certificates/own_register.html", context=context,
    )  # fmt: skip
