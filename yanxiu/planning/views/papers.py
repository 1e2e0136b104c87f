"""Plans as Word files: one, or all of a school in one ZIP or one volume."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanxiu.jobs import actions as jobs
from yanxiu.people.access import TeacherRequest
from yanxiu.people.models import Organisation, Teacher
from yanxiu.planning.documents.packing import plans_of
from yanxiu.planning.documents.plan import document, file_name, paper_of
from yanxiu.planning.jobs import PACK
from yanxiu.planning.refusals import NoPlansToPack
from yanxiu.planning.views.shown import read_or_post, seen_plan
from yanxiu.terms.models import Term
from yanxiu.terms.queries import terms_of
from yanxiu.ui.downloads import download
from yanxiu.ui.pages import show


@login_required
@require_safe
def word(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Send a plan as a Word file, as it stands."""
    found = seen_plan(request.teacher, uid)
    return download(document(paper_of(found)), file_name(found.title))


@login_required
@read_or_post
def papers(request: TeacherRequest) -> HttpResponse:
    """Show which plans of a school and term would be packed; have them packed."""
    given = request.POST if request.method == "POST" else request.GET
    asked = _asked(request.teacher, given)
    organisation, term = asked["organisation"], asked["term"]
    plans = plans_of(organisation, term, request.teacher) if term else []
    if request.method == "POST":
        if not term or not plans:
            raise NoPlansToPack(organisation.name, str(term or _("这个学期")))
        job = jobs.start(
            PACK,
            title=_("%(school)s %(term)s 计划打包") % {"school": organisation, "term": term},
            detail={
                "organisation": str(organisation.uid),
                "term": str(term.uid),
                "bound": request.POST.get("how") == "bound",
            },
            by=request.teacher,
            organisation=organisation,
            at=timezone.now(),
        )
        return redirect("jobs:job", job.uid)
    return show(request, "planning/papers.html", {**asked, "plans": plans})


def _asked(teacher: Teacher, given: Any) -> dict[str, Any]:
    """Return which of the reader's schools and of its terms is meant; the present one if none."""
    schools = {str(post.organisation.uid): post.organisation for post in teacher.posts_today}
    if not schools:
        raise Http404
    organisation: Organisation = schools.get(given.get("organisation", "")) or next(
        iter(schools.values())
    )
    terms = {str(term.uid): term for term in terms_of(organisation)}
    now = timezone.localdate()
    begun = [term for term in terms.values() if term.starts_on <= now]
    term: Term | None = terms.get(given.get("term", "")) or next(
        iter(begun or terms.values()), None
    )
    return {
        "organisation": organisation,
        "organisations": list(schools.values()),
        "term": term,
        "terms": list(terms.values()),
    }
