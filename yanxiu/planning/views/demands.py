"""Plans that are asked for: what it costs first, then who handed in, on time, late or missing."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanxiu.documents.sheets import SheetColumn, SheetContent, Value, write_workbook
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Organisation, Teacher
from yanxiu.people.models.teacher import below, today
from yanxiu.planning import actions
from yanxiu.planning.burden import Burden, burden_of_demand
from yanxiu.planning.demands import Line, lines_of, usual_deadline, writers_of
from yanxiu.planning.form_fields import tiers_of
from yanxiu.planning.forms import DemandForm
from yanxiu.planning.models import PlanDemand, PlanItem
from yanxiu.planning.permissions import may_manage_demand, may_see_demand
from yanxiu.planning.views.shown import read_or_post
from yanxiu.planning.views.starting import known_terms
from yanxiu.ui.asking import kept_in
from yanxiu.ui.downloads import download
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

A_PAGE = 50
RIGHTS = ("manage_plans", "approve_plans")


def standing_words() -> dict[str, str]:
    """Return how a plan stands with its deadline, in words."""
    return {
        "on_time": _("按时"),
        "late": _("迟交"),
        "missing": _("未交"),
        "waiting": _("未到期"),
        "returned": _("已退回"),
    }


TONES = {"on_time": "green", "late": "gold", "missing": "red", "waiting": "grey", "returned": "red"}


def asking(teacher: Teacher) -> Organisation:
    """Return the organisation for which `teacher` asks for plans; 404 for nobody."""
    paths = [path for right in RIGHTS for path in teacher.reach_paths(right)]
    found = Organisation.objects.filter(below(paths)).order_by("path").first() if paths else None
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def demands(request: TeacherRequest) -> HttpResponse:
    """List the plans that were asked for."""
    asking(request.teacher)
    rows = allowed(may_manage_demand, request.teacher, PlanDemand.objects.all())
    rows = rows.select_related("organisation", "term", "tier")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return show(request, "planning/demands.html", {"page": page, "today": today()})


@login_required
@read_or_post
def new_demand(request: TeacherRequest) -> HttpResponse:
    """Ask for plans: the first press shows what it costs, the second publishes."""
    teacher = request.teacher
    organisation = asking(teacher)
    item = _item(request)
    initial = {
        "kind": "work",
        "period": "term",
        "whom": "units" if organisation.is_school else "schools",
    }
    if item is not None:
        initial |= {"title": item.text, "due_on": item.last_on}  # type: ignore[dict-item]
    form = DemandForm(
        request.POST or None,
        terms=known_terms(organisation),
        tiers=tiers_of(organisation),
        initial=initial,
    )
    burden = None
    if request.method == "POST" and form.is_valid():
        if "seen" in request.POST:
            with kept_in(form):
                made = actions.ask_for_plans(
                    organisation, item=item, by=teacher, at=timezone.now(), **form.cleaned_data
                )
                messages.success(request, _("已布置，待办已发给要写的人。"))
                return redirect("planning:demand", uid=made.uid)
        else:
            burden = _burden(organisation, form)
    context = {"form": form, "burden": burden, "organisation": organisation, "item": item}
    return show(
        request, "planning/demand_new.html", context, status=UNPROCESSABLE if form.errors else 200
    )


def _item(request: TeacherRequest) -> PlanItem | None:
    """Return the item of the month schedule that the demand carries out."""
    uid = request.POST.get("item") or request.GET.get("item")
    try:
        wanted = UUID(uid or "")
    except ValueError:
        return None
    reach = request.teacher.reach("manage_plans")
    return PlanItem.objects.filter(uid=wanted, plan__organisation__in=reach).first()


def _burden(organisation: Organisation, form: DemandForm) -> Burden:
    given = form.cleaned_data
    names = ("title", "kind", "period", "whom", "tier", "term")
    draft = PlanDemand(
        organisation=organisation,
        due_on=given["due_on"] or usual_deadline(given["term"]),
        **{name: given[name] for name in names},
    )
    return burden_of_demand(draft, len(writers_of(draft, today())), today())


@login_required
@read_or_post
def demand(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show who handed in and who is missing; remind them, or close the list."""
    rows = PlanDemand.objects.select_related("organisation", "term", "tier")
    found = get_allowed(may_see_demand, request.teacher, rows, uid)
    own = PlanDemand.objects.filter(pk=found.pk)
    if not allowed(may_manage_demand, request.teacher, own).exists():
        if request.method == "POST":
            raise Http404
        return show(request, "planning/demand_own.html", {"demand": found})
    if request.method == "POST":
        return _changed(request, found)
    lines = lines_of(found, today())
    wanted = request.GET.get("standing", "")
    counts = {code: sum(line.standing == code for line in lines) for code in standing_words()}
    shown = [line for line in lines if not wanted or line.standing == wanted]
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    words = standing_words()
    context = {
        "demand": found,
        "page": page,
        "lines": [(line, words[line.standing], TONES[line.standing]) for line in page],
        "counts": [(code, words[code], number) for code, number in counts.items() if number],
        "wanted": wanted,
        "total": len(lines),
        "open": sum(line.is_open for line in lines),
    }
    return show(request, "planning/demand.html", context)


def _changed(request: TeacherRequest, found: PlanDemand) -> HttpResponse:
    asked, now = request.POST.get("do", ""), timezone.now()
    if asked == "remind":
        number = actions.remind(found, by=request.teacher, at=now)
        messages.success(request, _("已提醒 %(number)s 人。") % {"number": number})
    elif asked == "end":
        actions.end_demand(found, by=request.teacher, at=now)
        messages.success(request, _("已结束收交，没有交的不再是待办。"))
    else:
        raise Http404
    return redirect("planning:demand", uid=found.uid)


@login_required
@require_safe
def demand_sheet(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the list as a workbook."""
    rows = PlanDemand.objects.select_related("organisation", "term", "tier")
    found = get_allowed(may_manage_demand, request.teacher, rows, uid)
    words = standing_words()
    content = SheetContent(
        name=_("收交情况"),
        title=found.title,
        notes=(_("截止日期：%(day)s") % {"day": found.due_on.isoformat()},),
        columns=(
            SheetColumn(_("谁的计划")),
            SheetColumn(_("单位")),
            SheetColumn(_("情况")),
            SheetColumn(_("提交时间"), "moment"),
            SheetColumn(_("计划")),
        ),
        rows=[_row(line, words) for line in lines_of(found, today())],
    )
    return download(write_workbook([content]), f"{found.title}.xlsx")


def _row(line: Line, words: dict[str, str]) -> tuple[Value, ...]:
    plan = line.plan
    at = (plan.submitted_at or plan.confirmed_at) if plan else None
    return line.name, line.school, words[line.standing], at, plan.title if plan else ""
