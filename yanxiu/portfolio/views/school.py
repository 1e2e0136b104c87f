"""The growth files of schools: how complete they are, what is missing, and batches."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.jobs import actions as jobs
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import TeacherRequest, allowed, get_allowed, holds_at
from yanxiu.people.models import Organisation
from yanxiu.portfolio import actions
from yanxiu.portfolio.forms import SectionsForm
from yanxiu.portfolio.permissions import may_see_files, may_shape_files
from yanxiu.portfolio.queries import files
from yanxiu.portfolio.queries.categories import sections_of
from yanxiu.portfolio.queries.periods import Period, chosen, periods, terms_at
from yanxiu.portfolio.views.files import gap_rows
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show

PAGE = 50
BATCHES = {
    "bound": ("portfolio.handbooks", gettext_lazy("研修手册合订本")),
    "apart": ("portfolio.handbooks-apart", gettext_lazy("研修手册，每人一份")),
    "files": ("portfolio.files", gettext_lazy("个人成长档案，每人一份")),
}


@login_required
@require_safe
def overview(request: TeacherRequest) -> HttpResponse:
    """Show how complete the files of each school are: counts by category, nobody by name."""
    reader, day = request.teacher, day_of(timezone.now())
    if not reader.holds("see_hours"):
        raise Http404
    rows = allowed(may_see_files, reader, Organisation.objects.filter(is_school=True))
    page = Paginator(rows.order_by("path"), PAGE).get_page(request.GET.get("page"))
    schools = list(page.object_list)
    found = periods(terms_at(_home(reader, schools), day), day)
    period = chosen(found, request.GET.get("period", ""))
    context = {
        "page": page,
        "choices": found,
        "period": period,
        "lines": files.school_lines(schools, period.span, day, reader),
    }
    return show(request, "portfolio/files.html", context)


def _home(reader: object, schools: list[Organisation]) -> Organisation | None:
    own: Organisation | None = getattr(reader, "organisation", None)
    return own or next(iter(schools), None)


def _school(request: TeacherRequest, uid: UUID) -> tuple[Organisation, list[Period], Period]:
    day = day_of(timezone.now())
    rows = Organisation.objects.filter(is_school=True)
    school = get_allowed(may_see_files, request.teacher, rows, uid)
    found = periods(terms_at(school, day), day)
    return school, found, chosen(found, request.GET.get("period", ""))


@login_required
@require_safe
def school(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show one school: what is missing of each kind and who supplies it, and the batches."""
    found, choices, period = _school(request, uid)
    reader = request.teacher
    lacking = files.lacking(period.span, reader, path=found.path, code=request.GET.get("kind", ""))
    context = {
        "school": found,
        "choices": choices,
        "period": period,
        "lacking": lacking,
        "rows": gap_rows(lacking, reader),
        "batches": [(code, name) for code, (_code, name) in BATCHES.items()],
        "shapes": holds_at(reader, "manage_sessions", found),
    }
    return show(request, "portfolio/school.html", context)


@login_required
@require_POST
def batch(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Have the handbooks or files of all teachers of a school made in the background."""
    found, choices, _period = _school(request, uid)
    period = chosen(choices, request.POST.get("period", ""))
    if request.POST.get("what") not in BATCHES:
        messages.warning(request, _("请选择要做哪一种。"))
        return redirect("portfolio:school", uid=uid)
    work, name = BATCHES[request.POST["what"]]
    job = jobs.start(
        work,
        title=f"{found.name} {period.name} {name}",
        detail={"school": str(found.uid), "period": period.code},
        by=request.teacher,
        organisation=found,
        at=timezone.now(),
    )
    return redirect("jobs:job", uid=job.uid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def categories(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Set the categories of a school's growth files."""
    found = get_allowed(may_shape_files, request.teacher, Organisation.objects.all(), uid)
    form = SectionsForm(request.POST or None, sections=sections_of(found))

    def deed(_data: object) -> str:
        actions.set_sections(found, form.result(), by=request.teacher, at=timezone.now())
        return reverse("portfolio:school", args=[found.uid])

    context = {
        "heading": _("成长档案的类别"),
        "lead": found.name,
        "back": reverse("portfolio:school", args=[found.uid]),
        "keep": "categories",
    }
    return ask(
        request, form, deed, done=_("类别已保存。"), page="portfolio/form.html", context=context
    )
