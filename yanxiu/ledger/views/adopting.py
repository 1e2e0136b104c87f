"""By which scheme a school reckons its hours."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanxiu.ledger import actions
from yanxiu.ledger.forms import AdoptionForm, EndForm
from yanxiu.ledger.models import Reckoning, SchemeAdoption, SchemeFile
from yanxiu.ledger.permissions import may_manage_adoption, may_manage_scheme, may_see_reckoning
from yanxiu.ledger.queries.changes import within
from yanxiu.ledger.queries.schemes import offered, titles_of, written_of
from yanxiu.ledger.rules.loading import shipped
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Organisation
from yanxiu.people.models.organisation import lineage_of
from yanxiu.people.models.teacher import today
from yanxiu.ui.asking import ask
from yanxiu.ui.wording import day_text

USUAL = "cn-central-school-handbook"
"""What is offered first: rules of no one place, for the work inside a school."""
MOST = 100
LAST = 10
_SCHOOL_YEAR_BEGINS = 9


@login_required
def schemes(request: TeacherRequest) -> HttpResponse:
    """Show the schemes in force and adopt another."""
    reader = request.teacher
    if not reader.holds("manage_terms"):
        raise Http404
    known = shipped()
    lineages = [lineage_of(path) for path in reader.reach_paths("manage_terms")]
    schools = Organisation.objects.filter(pk__in=reader.reach("manage_terms")).order_by("path")
    choices = [(one.code, f"{one.title} {one.version}".strip()) for one in offered(lineages)]
    asked = request.GET.get("scheme", "")
    usual = next((code for code, _title in choices if code.partition("@")[0] == USUAL), "")
    usual = asked if asked in dict(choices) else usual
    form = AdoptionForm(
        request.POST or None,
        schools=schools,
        schemes=choices,
        initial={"scheme": usual, "starts_on": _school_year_start(today())},
    )

    def adopt(data: Mapping[str, Any]) -> str:
        scheme, _at, version = data["scheme"].partition("@")
        adoption = actions.adopt_scheme(
            data["organisation"], scheme, version=version, starts_on=data["starts_on"],
            by=reader, at=timezone.now(),
        )  # fmt: skip
        before = _written_before(adoption)
        if before:
            told = _(
                "从那天到今天已有 %(n)d 条记录，它们不会自己重算："
                "请在这份方案旁点“重新核算”，先看差别，再入账。"
            )
            messages.warning(request, told % {"n": before})
        return "ledger:schemes"

    mine = set(form.fields["organisation"].queryset.values_list("pk", flat=True))  # type: ignore[attr-defined]
    adopted = _adoptions(request)
    # What is adopted was published above, where the reader may open it.
    written = written_of({(row.scheme, row.version) for row in adopted})
    files = allowed(may_manage_scheme, reader, SchemeFile.objects.defer("text", "cases"))
    reckonings = list(
        allowed(may_see_reckoning, reader, Reckoning.objects.filter(posts=True))
        .select_related("organisation")
        .defer("text", "result")[:LAST]
    )
    reckoned = titles_of({(one.scheme, one.version) for one in reckonings})
    context: dict[str, Any] = {
        "today": today(),
        "known": known.values(),
        "adopted": [
            (
                row,
                *written.get((row.scheme, row.version), (row.scheme, None)),
                row.organisation_id in mine,
            )
            for row in adopted
        ],
        "files": files.select_related("organisation")[:MOST],
        "reckonings": [
            (one, reckoned.get((one.scheme, one.version), one.scheme)) for one in reckonings
        ],
    }
    day = form.cleaned_data.get("starts_on") if form.is_bound and form.is_valid() else None
    done = _("已采用。今后的记录按这份方案认定。")
    if day and day > today():
        told = {"day": day_text(day, year=True)}
        done = _("已采用。%(day)s起的记录按这份方案认定，那天以前的照现在的不变。") % told
    return ask(request, form, adopt, done=done, page="ledger/schemes.html", context=context)


@login_required
def end(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """End a scheme from a day on."""
    adoption = _managed(request, uid)

    def deed(data: Mapping[str, Any]) -> str:
        actions.end_adoption(
            adoption, ends_on=data["ends_on"], by=request.teacher, at=timezone.now()
        )
        return "ledger:schemes"

    pair = (adoption.scheme, adoption.version)
    context = {
        "title": titles_of({pair}).get(pair, adoption.scheme),
        "back_url": reverse("ledger:schemes"),
        "adoption": adoption,
    }
    form = EndForm(request.POST or None, initial={"ends_on": today()})
    done = _("已定下停用的日期，以前的学时不变。")
    return ask(request, form, deed, done=done, page="ledger/end.html", context=context)


@login_required
@require_POST
def take_back(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Undo an adoption that has reckoned nothing."""
    actions.take_back_adoption(_managed(request, uid), by=request.teacher, at=timezone.now())
    messages.success(request, _("已撤销采用。"))
    return redirect("ledger:schemes")


def _written_before(adoption: SchemeAdoption) -> int:
    """Return how many records a reckoning would look at: nobody reckons them unasked."""
    return within(adoption.organisation, adoption.scheme, adoption.starts_on).count()


def _managed(request: TeacherRequest, uid: UUID) -> SchemeAdoption:
    rows = SchemeAdoption.objects.select_related("organisation")
    return get_allowed(may_manage_adoption, request.teacher, rows, uid)


def _adoptions(request: TeacherRequest) -> list[SchemeAdoption]:
    """Return the adoptions of the reader's schools and of those above."""
    paths = request.teacher.reach_paths("manage_terms")
    above = {pk for path in paths for pk in lineage_of(path)}
    mine = Q(organisation__in=above)
    mine |= Q(organisation__in=request.teacher.reach("manage_terms"))
    rows = SchemeAdoption.objects.filter(mine).select_related("organisation")
    return list(rows.order_by("organisation__path", "-starts_on")[:MOST])


def _school_year_start(day: date) -> date:
    year = day.year if day.month >= _SCHOOL_YEAR_BEGINS else day.year - 1
    return date(year, _SCHOOL_YEAR_BEGINS, 1)
