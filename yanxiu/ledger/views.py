"""By which scheme a school reckons its hours."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from yanxiu.ledger import actions
from yanxiu.ledger.forms import AdoptionForm
from yanxiu.ledger.models import SchemeAdoption
from yanxiu.ledger.rules.loading import shipped
from yanxiu.people.access import TeacherRequest
from yanxiu.people.models import Organisation
from yanxiu.people.models.teacher import today
from yanxiu.ui.asking import ask

MOST = 100
_SCHOOL_YEAR_BEGINS = 9


@login_required
def schemes(request: TeacherRequest) -> HttpResponse:
    """Show the schemes in force and adopt another."""
    reader = request.teacher
    if not reader.holds("manage_terms"):
        raise Http404
    known = shipped()
    form = AdoptionForm(
        request.POST or None,
        schools=Organisation.objects.filter(pk__in=reader.reach("manage_terms")).order_by("path"),
        schemes=[(scheme.id, scheme.title) for scheme in known.values()],
        initial={"starts_on": _school_year_start(today())},
    )

    def adopt(data: Mapping[str, Any]) -> str:
        actions.adopt_scheme(
            data["organisation"], data["scheme"], starts_on=data["starts_on"],
            by=reader, at=timezone.now(),
        )  # fmt: skip
        return "ledger:schemes"

    context = {
        "known": known.values(),
        "adopted": [
            (row, known[row.scheme].title if row.scheme in known else row.scheme)
            for row in _adoptions(request)
        ],
    }
    done = _("已采用。从那天起的记录按这份方案认定。")
    return ask(request, form, adopt, done=done, page="ledger/schemes.html", context=context)


def _adoptions(request: TeacherRequest) -> list[SchemeAdoption]:
    """Return the adoptions of the reader's schools and of those above."""
    paths = request.teacher.reach_paths("manage_terms")
    above = {int(part) for path in paths for part in path.split(".") if part}
    mine = Q(organisation__in=above)
    mine |= Q(organisation__in=request.teacher.reach("manage_terms"))
    rows = SchemeAdoption.objects.filter(mine).select_related("organisation")
    return list(rows.order_by("organisation__path", "-starts_on")[:MOST])


def _school_year_start(day: date) -> date:
    year = day.year if day.month >= _SCHOOL_YEAR_BEGINS else day.year - 1
    return date(year, _SCHOOL_YEAR_BEGINS, 1)
