"""排期: from the rhythm and the items of a confirmed plan to sessions."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.activities import actions
from yanxiu.activities.actions.scheduling import days_to_fill
from yanxiu.activities.forms import TITLE_LENGTH, SessionForm
from yanxiu.activities.models import SchedulingBatch, Session
from yanxiu.activities.permissions import may_manage_session, may_schedule_plan, may_undo_batch
from yanxiu.activities.preview import NO_EXCEPTIONS, batches_of, names_of_people
from yanxiu.activities.preview import preview as preview_of
from yanxiu.activities.views.planning import (
    USUAL,
    kinds_for,
    more_of,
    themes_for,
    warn_of_clashes,
)
from yanxiu.kernel.sources import Source
from yanxiu.kernel.spans import Span
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Membership, Teacher, Unit
from yanxiu.people.models.teacher import today
from yanxiu.places.table import Link, links
from yanxiu.planning.models import Plan, PlanItem, Rhythm
from yanxiu.planning.queries import ItemState, item_states, terms_covered
from yanxiu.planning.rhythms import times_a_month
from yanxiu.terms.models import Term
from yanxiu.terms.queries import SchoolDays, school_days
from yanxiu.ui.asking import kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

WEEKDAYS = "一二三四五六日"
MOST_PLANS = 50


def _plans(teacher: Teacher) -> list[Plan]:
    rows = Plan.objects.select_related("organisation", "unit", "term")
    confirmed = rows.filter(state=Plan.State.CONFIRMED).order_by("-term__starts_on", "id")
    return list(allowed(may_schedule_plan, teacher, confirmed)[:MOST_PLANS])


def _plan(teacher: Teacher, uid: UUID) -> Plan:
    rows = Plan.objects.select_related("organisation", "unit", "term")
    return get_allowed(may_schedule_plan, teacher, rows.filter(state=Plan.State.CONFIRMED), uid)


@login_required
@require_safe
def schedules(request: TeacherRequest) -> HttpResponse:
    """Show the confirmed plans that sessions can be made from."""
    if not request.teacher.holds("manage_sessions"):
        raise Http404
    context = {"plans": _plans(request.teacher)}
    return show(request, "activities/schedules.html", context)


# ---- rhythms ----
@dataclass(frozen=True)
class RhythmLine:
    """One rhythm of the plan: how many sessions it has, and the days that fall out."""

    rhythm: Rhythm
    when: str
    sessions: int
    left_out: list[date]
    leaders: str

    @property
    def is_fixed(self) -> bool:
        """Whether sessions can be made from it without asking anybody."""
        return self.rhythm.unit_id is not None and self.rhythm.weekday is not None


def _when(rhythm: Rhythm) -> str:
    if rhythm.weekday is None:
        return _("时间另定")
    times = times_a_month(rhythm)
    every = _("每月%d次 周") % times if times else _week_words(rhythm)
    clock = f" {rhythm.starts_at:%H:%M}" if rhythm.starts_at else ""
    half = rhythm.get_half_day_display() if rhythm.half_day else ""
    return f"{every}{WEEKDAYS[rhythm.weekday - 1]}{half}{clock}"


def _week_words(rhythm: Rhythm) -> str:
    every = _("每周") if rhythm.every_weeks == 1 else _("每%d周") % rhythm.every_weeks
    return every if rhythm.from_week == 1 else _("从第%d周起") % rhythm.from_week + every


def rhythm_lines(plan: Plan, term: Term) -> list[RhythmLine]:
    """Return the rhythms of `plan` with what was made of them in `term`; four statements."""
    rhythms = list(plan.rhythms.select_related("unit"))
    made = dict(
        Session.objects.filter(activity__rhythm__in=rhythms, activity__term=term)
        .values_list("activity__rhythm")
        .annotate(count=Count("pk"))
    )
    leaders: dict[int, list[str]] = {}
    leading = Membership.objects.on(today()).filter(
        unit__in=[each.unit_id for each in rhythms if each.unit_id],
        duty=Membership.Duty.LEADER,
    )
    for unit, name in leading.values_list("unit_id", "teacher__name"):
        leaders.setdefault(unit, []).append(name)
    calendar = school_days(plan.organisation)
    return [
        RhythmLine(
            each,
            _when(each),
            made.get(each.pk, 0),
            left_out(each, plan, term, calendar),
            "、".join(leaders.get(each.unit_id or 0, [])),
        )
        for each in rhythms
    ]


def left_out(rhythm: Rhythm, plan: Plan, term: Term, calendar: SchoolDays) -> list[date]:
    """Return the days on which `rhythm` would meet were there no holidays."""
    if rhythm.weekday is None:
        return []
    kept = set(days_to_fill(rhythm, plan, term, calendar))
    return [day for day in days_to_fill(rhythm, plan, term, NO_EXCEPTIONS) if day not in kept]


def _term(plan: Plan, asked: str) -> tuple[Term, list[Term]]:
    """Return the term that is asked for, else that of today or the first, and all to choose."""
    terms = terms_covered(plan)
    now = [term for term in terms if today() < term.ends_on]
    chosen = [term for term in terms if str(term.uid) == asked]
    return next(iter(chosen or now), terms[0]), terms


def _in_term(name: str, plan: Plan, term: Term) -> str:
    query = {"term": str(term.uid)} if term.pk != plan.term_id else {}
    address = reverse(name, args=[plan.uid])
    return f"{address}?{urlencode(query)}" if query else address


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show what of a plan has become sessions, and make those of its rhythms."""
    plan = _plan(request.teacher, uid)
    asked = request.POST if request.method == "POST" else request.GET
    term, terms = _term(plan, asked.get("term", ""))
    if request.method == "POST":
        since = since_of(term, request.POST.get("since", ""))
        made = actions.schedule_rhythms(
            plan, by=request.teacher, at=timezone.now(), term=term, since=since
        )
        messages.success(request, _made(made))
        return redirect(_in_term("activities:schedule", plan, term))
    items = item_states(plan, today())
    lines = rhythm_lines(plan, term)
    context = {
        "plan": plan,
        "term": term,
        "terms": terms,
        "fixed": [line for line in lines if line.is_fixed],
        "open": [line for line in lines if not line.is_fixed],
        "made": sum(line.sessions for line in lines),
        "items": _linked(items, request.teacher),
        "waiting": sum(item.state in {"planned", "due", "overdue", "missed"} for item in items),
        "batches": batches_of(plan),
        "begun": term.starts_on < today() < term.ends_on,
    }
    return show(request, "activities/schedule.html", context)


FROM_TODAY, WHOLE_TERM = "today", "term"


def since_of(term: Term, choice: str) -> date:
    """Return the first day to fill: today, or the term's first one."""
    return max(today(), term.starts_on) if choice == FROM_TODAY else term.starts_on


@login_required
@require_safe
def preview(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show which sessions would be made, group by group, before anything is written."""
    plan = _plan(request.teacher, uid)
    term, terms = _term(plan, request.GET.get("term", ""))
    choice = request.GET.get("since", WHOLE_TERM)
    choice = choice if choice in {FROM_TODAY, WHOLE_TERM} else WHOLE_TERM
    rows = preview_of(plan, term, since_of(term, choice), timezone.now())
    clashes = [clash for row in rows for slot in row.clashing for clash in slot.clashes]
    context = {
        "plan": plan,
        "term": term,
        "terms": terms,
        "rows": rows,
        "choice": choice,
        "names": names_of_people(clashes),
        "count": sum(len(row.new) for row in rows),
        "clashing": sum(len(row.clashing) for row in rows),
        "begun": term.starts_on < today() < term.ends_on,
    }
    return show(request, "activities/preview.html", context)


@login_required
@require_POST
def undo(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take one batch of sessions away again."""
    rows = SchedulingBatch.objects.select_related("plan__organisation")
    batch = get_allowed(may_undo_batch, request.teacher, rows, uid)
    count = actions.undo_schedule(batch, by=request.teacher, at=timezone.now())
    messages.success(request, _("已撤销这一批，%d 场全部收回。") % count)
    return redirect("activities:schedule", uid=batch.plan.uid)


def _made(sessions: list[Session]) -> str:
    if not sessions:
        return _("没有要补的场次：各组的场次都已排好。")
    by_unit = Counter(str(session.unit) for session in sessions)
    parts = "、".join(_("%s %d 场") % pair for pair in by_unit.items())
    return _("新排 %(count)d 场：%(parts)s。") % {"count": len(sessions), "parts": parts}


def _linked(items: list[ItemState], teacher: Teacher) -> list[tuple[ItemState, list[Link]]]:
    """Return each item with links to what was set for it."""
    sources = {
        item.item.pk: [Source(event.source_kind, event.source_id) for event in item.events]
        for item in items
    }
    found = links({each for several in sources.values() for each in several}, teacher)
    return [
        (item, [found[each] for each in sources[item.item.pk] if each in found]) for item in items
    ]


# ---- items ----
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def schedule_item(request: TeacherRequest, uid: UUID, item: UUID) -> HttpResponse:
    """Give a plan item its session: one that stands already, or a new one for the whole school."""
    plan = _plan(request.teacher, uid)
    wanted = get_object_or_404(PlanItem, plan=plan, uid=item)
    if "session" in request.POST:
        return _link(request, plan, wanted)
    form = SessionForm(
        request.POST or None,
        initial=_proposed(plan, wanted),
        audiences=(),
        fixed=True,
        kinds=kinds_for([plan.organisation_id]),
        themes=themes_for(request.teacher),
    )
    if request.method == "POST" and form.is_valid():
        with kept_in(form):
            planned = actions.plan_session(
                plan.organisation,
                title=form.cleaned_data["title"],
                kind=form.cleaned_data["kind"],
                mode=form.cleaned_data["mode"],
                starts_at=form.starts_at,
                ends_at=form.ends_at,
                place=form.cleaned_data["place"],
                plan_item=wanted,
                by=request.teacher,
                at=timezone.now(),
                **more_of(form),
            )
            messages.success(request, _("“%s”已排好一场全校活动。") % wanted.text)
            warn_of_clashes(request, planned)
            return redirect("activities:schedule", uid=plan.uid)
    context = {
        "plan": plan,
        "item": next(each for each in item_states(plan, today()) if each.item.pk == wanted.pk),
        "units": _free_sessions(plan, wanted, request.teacher),
        "form": form,
    }
    status = UNPROCESSABLE if form.errors else 200
    return show(request, "activities/schedule_item.html", context, status=status)


def _proposed(plan: Plan, item: PlanItem) -> dict[str, object]:
    """Return a first guess for a whole-school session: the next school day from mid-month on."""
    calendar = school_days(plan.organisation)
    month = _month_of(item)
    ahead = [day for day in month.days() if day >= max(today(), month.start)]
    days = [day for day in ahead if (calendar.weekday(day) or 9) <= 5]  # noqa: PLR2004 (Friday)
    later = [day for day in days if day.day >= 15]  # noqa: PLR2004 (the middle of the month)
    day = next(iter(later or days), max(today(), month.start))
    kind = kinds_for([plan.organisation_id]).filter(code="school_theme_training").first()
    return {**USUAL, "title": item.text[:TITLE_LENGTH], "day": day, "kind": kind}


def _month_of(item: PlanItem) -> Span:
    start = item.month.replace(day=1)
    following = date(start.year + start.month // 12, start.month % 12 + 1, 1)
    return Span(start, following)


def _free_sessions(
    plan: Plan, item: PlanItem, teacher: Teacher
) -> dict[Unit | None, list[Session]]:
    """Return the open sessions of the item's month that no item has yet, by unit."""
    start, end = _month_of(item).moments()
    rows = Session.objects.filter(
        organisation=plan.organisation,
        starts_at__gte=start,
        starts_at__lt=end,
        closed_at=None,
        cancelled_at=None,
        activity__plan_item=None,
    ).exclude(unit=None)
    free: dict[Unit | None, list[Session]] = {}
    managed = allowed(may_manage_session, teacher, rows).select_related("unit__kind")
    for session in managed.order_by("unit__kind__order", "unit", "starts_at"):
        free.setdefault(session.unit, []).append(session)
    return free


def _link(request: TeacherRequest, plan: Plan, item: PlanItem) -> HttpResponse:
    free = _free_sessions(plan, item, request.teacher)
    by_uid = {str(row.uid): row for rows in free.values() for row in rows}
    chosen = by_uid.get(request.POST.get("session", ""))
    if chosen is None:
        raise Http404
    actions.link_item(chosen, item, by=request.teacher, at=timezone.now())
    messages.success(
        request,
        _("“%(item)s”定在%(unit)s的这一场。") % {"item": item.text, "unit": chosen.unit},
    )
    return redirect("activities:schedule_item", uid=plan.uid, item=item.uid)
