"""All plans, and beginning one: from a document or from nothing."""

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanxiu.documents.reading.opening import takes_patience
from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.planning import actions
from yanxiu.planning.actions.waiting import read_later
from yanxiu.planning.forms import ReadForm
from yanxiu.planning.models import Plan, Proposal
from yanxiu.planning.permissions import may_approve_plan, may_see_plan, may_see_proposal
from yanxiu.planning.queries import progress_of
from yanxiu.planning.views.shown import Owners, read_or_post
from yanxiu.ui.asking import kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

A_PAGE = 50
MOST_PROPOSALS = 20


@login_required
@require_safe
def plans(request: TeacherRequest) -> HttpResponse:
    """Show the plans, newest term first, under the proposals that wait to be confirmed."""
    teacher, search = request.teacher, request.GET.get("q", "").strip()
    rows = allowed(may_see_plan, teacher, Plan.objects.exclude(kind=Plan.Kind.SCHEME))
    if search:
        rows = rows.filter(Q(title__icontains=search) | Q(unit__name__icontains=search))
    kind = request.GET.get("kind", "")
    if kind in Plan.Kind.values:
        rows = rows.filter(kind=kind)
    rows = rows.select_related("term", "unit", "organisation", "owner").order_by(
        "-term__starts_on", "organisation__path", "unit__id", "id"
    )
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    progress = progress_of(page.object_list)
    context = {
        "page": page,
        "lines": [(plan, progress.get(plan.pk)) for plan in page],
        "search": search,
        "kind": kind,
        "kinds": [each for each in Plan.Kind.choices if each[0] != Plan.Kind.SCHEME],
        "to_approve": list(_to_approve(teacher)[:MOST_PROPOSALS]),
        "has_post": bool(teacher.posts_today),
        "may_ask": teacher.holds("manage_plans") or teacher.holds("approve_plans"),
        "may_write": teacher.holds("manage_plans") or bool(teacher.leads),
        "proposals": list(_waiting(teacher)[:MOST_PROPOSALS]),
        "several": len({plan.organisation_id for plan in page}) > 1,
    }
    return show(request, "planning/plans.html", context)


def _to_approve(teacher: Teacher) -> "QuerySet[Plan]":
    """Return the plans that wait for this teacher's decision."""
    rows = Plan.objects.filter(state=Plan.State.SUBMITTED).exclude(submitted_by_uid=teacher.uid)
    return allowed(may_approve_plan, teacher, rows).select_related("organisation", "unit")


def _waiting(teacher: Teacher) -> "QuerySet[Proposal]":
    """Return the proposals that `teacher` may confirm, with the number of their values."""
    open_ = Proposal.objects.filter(state=Proposal.State.OPEN, kind=Proposal.Kind.PLAN)
    rows = allowed(may_see_proposal, teacher, open_).defer("prints", "source_lines", "slips")
    values = Count("findings", filter=~Q(findings__kind="placeholder"))
    rows = rows.select_related("unit", "organisation").annotate(values_read=values)
    return rows.order_by("-made_at", "first_line")


def owners_of(teacher: Teacher) -> Owners:
    """Return for whom `teacher` may write plans; 404 for nobody."""
    owners = Owners(teacher)
    if not owners:
        raise Http404
    return owners


@login_required
@read_or_post
def read(request: TeacherRequest) -> HttpResponse:
    """Read a document as proposals; one that takes long is read in the background."""
    owners = owners_of(request.teacher)
    form = ReadForm(request.POST or None, request.FILES or None, owners=owners.choices)
    if request.method == "POST" and form.is_valid():
        with kept_in(form):
            return _read(request, form, owners)
    return show(
        request, "planning/read.html", {"form": form}, status=UNPROCESSABLE if form.errors else 200
    )


def _read(request: TeacherRequest, form: ReadForm, owners: Owners) -> HttpResponse:
    organisation, unit = owners.of(form.cleaned_data["owner"])
    data, by, now = form.document(), request.teacher, timezone.now()
    found = _read_before(organisation, data, by) if takes_patience(data) else []
    if takes_patience(data) and not found:
        job = read_later(organisation, data, name=form.name, unit=unit, by=by, at=now)
        said = _("这份文件读起来要一会儿，已经在后台读；读好了在“通知”里告诉您，不用等在这里。")
        messages.info(request, said)
        return redirect("jobs:job", uid=job.uid)
    found = found or actions.read_proposals(
        organisation, data, name=form.name, unit=unit, by=by, at=now
    )
    if any(row.made_at < now for row in found):
        _tell_of_earlier(request, found[0], unit)
    there = "planning:proposal" if len(found) == 1 else "planning:found"
    return redirect(there, uid=found[0].uid)


def _tell_of_earlier(request: TeacherRequest, found: Proposal, unit: Unit | None) -> None:
    """Say that the document was read before, and for whom, where that was somebody else."""
    if found.unit_id == (unit.pk if unit else None):
        messages.info(request, _("这份文档以前读入过，没有再读一次，接着上次的核对就行。"))
        return
    owner = found.unit.name if found.unit else _("全校")
    said = _("这份文档以前读入过，是“%(owner)s”的。要改成别人的，请先放弃它，再读入一次。")
    messages.warning(request, said % {"owner": owner})


def _read_before(organisation: Organisation, data: bytes, by: Teacher) -> list[Proposal]:
    """Return what was read of the very same file, unless some of it was given up meanwhile."""
    digest = hashlib.sha256(data).hexdigest()
    known = Proposal.objects.filter(organisation=organisation, sha256=digest).defer("prints")
    rows = list(allowed(may_see_proposal, by, known).order_by("first_line"))
    return [] if any(row.state == Proposal.State.DROPPED for row in rows) else rows
