"""Which rules each school must have, and which schools lack one."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanxiu.people.access import TeacherRequest
from yanxiu.people.models import Organisation
from yanxiu.people.models.teacher import today
from yanxiu.regulations import actions, queries
from yanxiu.regulations.forms import KindForm
from yanxiu.regulations.views.writing import kept_organisations, require_writer
from yanxiu.texts.numerals import whole_number
from yanxiu.ui.asking import kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

PER_PAGE = 50


@login_required
@require_safe
def overview(request: TeacherRequest) -> HttpResponse:
    """List the schools of the reader with the required kinds that each lacks."""
    require_writer(request)
    rows = kept_organisations(request).filter(is_school=True)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    gaps = queries.schools_without(list(page.object_list), today())
    context = {"page": page, "gaps": gaps, "lacking": sum(1 for one in gaps if one.missing)}
    return show(request, "regulations/schools.html", context)


@login_required
def kinds(request: TeacherRequest) -> HttpResponse:
    """Choose which kinds are required, and add a kind."""
    require_writer(request)
    organisation = _chosen(request)
    form = KindForm(request.POST if "name" in request.POST else None)
    if request.method == "POST":
        at = timezone.now()
        if "required" in request.POST:
            wanted = queries.kinds_offered(organisation).filter(
                pk__in=[pk for text in request.POST.getlist("kind") if (pk := whole_number(text))]
            )
            actions.require_kinds(organisation, wanted, by=request.teacher, at=at)
            messages.success(request, _("必备的制度已保存。"))
            return redirect("regulations:kinds")
        if form.is_valid():
            with kept_in(form):
                actions.add_kind(organisation, form.cleaned_data["name"], by=request.teacher, at=at)
                messages.success(request, _("类别已添加。"))
                return redirect("regulations:kinds")
    required = {kind.pk for kind in queries.required_kinds(organisation)}
    context = {
        "organisation": organisation,
        "kinds": [(kind, kind.pk in required) for kind in queries.kinds_offered(organisation)],
        "form": form,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return show(request, "regulations/kinds.html", context, status=status)


def _chosen(request: TeacherRequest) -> Organisation:
    """Return the organisation that the page is about: the highest that the reader keeps."""
    rows = kept_organisations(request)
    asked = request.GET.get("organisation", "")
    if asked:
        try:
            rows = rows.filter(uid=UUID(asked))
        except ValueError as error:
            raise Http404 from error
    found: Organisation | None = rows.first()
    if found is None:
        raise Http404
    return found
