"""Beginning a summary of any kind, from its last one, a file, or the usual sections."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yanxiu.kernel.spans import Span
from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.reports.actions.beginning import begin_summary
from yanxiu.reports.documents.term_summary.earlier import ReadSummary, from_file
from yanxiu.reports.forms import BeginForm
from yanxiu.reports.models import Summary
from yanxiu.reports.permissions import may_see_summary
from yanxiu.reports.views.finding import fitting, held_at, terms_for
from yanxiu.terms.models import Term
from yanxiu.ui.asking import kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

_MOST = 300


class Owners:
    """Of whom a teacher may begin a summary: oneself, led units, schools with all in them."""

    def __init__(self, teacher: Teacher) -> None:
        """Look them up; three statements at most."""
        self.teacher = teacher
        near = Q(pk__in=[])
        for one in held_at(teacher, "manage_summaries"):
            near |= Q(path__startswith=one.path) if one.is_school else Q(pk=one.pk)
        own = list(Organisation.objects.filter(near).order_by("path")[:_MOST])
        self.organisations = {str(one.uid): one for one in own}
        units = Unit.objects.filter(ends_on=None).select_related("organisation", "kind")
        led = units.filter(pk__in=teacher.leads)
        self.units = {str(one.uid): one for one in led}
        if own:
            below = units.filter(organisation__in=own).order_by("organisation__path", "id")[:_MOST]
            self.units |= {str(one.uid): one for one in below}

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Each as a value and its words."""
        found = [(f"o:{uid}", one.name) for uid, one in self.organisations.items()]
        several = len({one.organisation_id for one in self.units.values()}) > 1
        for uid, unit in self.units.items():
            name = f"{unit.organisation.name} · {unit.name}" if several else unit.name
            found.append((f"u:{uid}", name))
        if self.teacher.organisation is not None:
            found.append(("me", _("我自己的总结")))
        return found

    def of(self, value: str) -> dict[str, Any]:
        """Return organisation, unit and teacher of a choice."""
        kind, _colon, uid = value.partition(":")
        if kind == "o":
            return {"organisation": self.organisations[uid]}
        if kind == "u":
            unit = self.units[uid]
            return {"organisation": unit.organisation, "unit": unit}
        return {"organisation": self.teacher.organisation, "teacher": self.teacher}


@login_required
@require_http_methods(["GET", "POST"])
def begin(request: TeacherRequest) -> HttpResponse:
    """Begin a summary of any kind."""
    teacher = request.teacher
    owners = Owners(teacher)
    if not owners.choices:
        raise Http404
    wanted = {name: request.GET[name] for name in ("of", "period", "term") if name in request.GET}
    form = BeginForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        owners=owners.choices,
        terms=terms_for(teacher.organisation),
        initial={"period": Summary.Period.TERM, "shape": "last", **wanted},
    )
    if request.method == "POST" and form.is_valid():
        standing = _standing(form.cleaned_data, owners, teacher)
        if standing is not None:
            messages.info(request, _("这份总结以前起草过，就是这一份，接着写就行。"))
            return redirect("reports:summary", standing.uid)
        with kept_in(form):
            summary = _begin(form.cleaned_data, owners, teacher)
            messages.success(request, _("已起草：数字已经填好，请补上空缺处和文字。"))
            return redirect("reports:summary", summary.uid)
    status = UNPROCESSABLE if form.errors else 200
    return show(request, "reports/begin.html", {"form": form}, status=status)


def _standing(given: dict[str, Any], owners: Owners, teacher: Teacher) -> Summary | None:
    """Return the summary of the same days that was begun before; a file is never passed over."""
    of, (_term, span) = owners.of(given["of"]), _days(given, owners)
    if span is None or given["file"]:
        return None
    rows = Summary.objects.filter(
        organisation=of["organisation"],
        unit=of.get("unit"),
        teacher=of.get("teacher"),
        period=given["period"],
        starts_on=span.start,
        ends_on=span.end,
    )
    return allowed(may_see_summary, teacher, rows).first()


def _days(given: dict[str, Any], owners: Owners) -> tuple[Term | None, Span | None]:
    """Return the term that is meant, if one is, and the days."""
    if given["period"] != Summary.Period.TERM:
        return None, given["span"]
    term = fitting(owners.of(given["of"])["organisation"], given["term"])
    return term, term.span if term is not None else given["span"]


def _begin(given: dict[str, Any], owners: Owners, teacher: Teacher) -> Summary:
    of = owners.of(given["of"])
    term, span = _days(given, owners)
    return begin_summary(
        **of,
        period=given["period"],
        term=term,
        span=span,
        shape=given["shape"],
        earlier=_earlier(given["file"]),
        by=teacher,
        at=timezone.now(),
    )


def _earlier(file: Any) -> ReadSummary | None:
    return from_file(file.read(), file.name) if file else None
