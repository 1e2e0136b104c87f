"""Outside training: the list, applying, deciding and reporting back."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.activities.models import Session
from yanxiu.activities.permissions import may_see_session
from yanxiu.attachments.models import Attachment
from yanxiu.kernel.amounts import plain
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.spans import moment_at
from yanxiu.ledger.actions.foreseeing import Foreseen, foresee
from yanxiu.ledger.queries.chains import standing_amount
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Teacher
from yanxiu.people.models.teacher import today
from yanxiu.places.told import FIELD, ask_difference, difference_said, shown_in
from yanxiu.texts.keys import key
from yanxiu.training import actions
from yanxiu.training.forms import CourseForm, DecideForm, NewCourseForm, PurposeForm, ReportForm
from yanxiu.training.models import OutsideCourse, OutsideTraining
from yanxiu.training.permissions import (
    may_change_training,
    may_recognise_training,
    may_see_course,
    may_see_training,
)
from yanxiu.training.queries.history import history
from yanxiu.training.queries.hours import with_hours_now
from yanxiu.training.queries.settings import setting_of
from yanxiu.training.records import of_training, record_of
from yanxiu.training.refusals import FieldRefused
from yanxiu.training.views.reader import leads_or_sees, own_school
from yanxiu.ui.asking import ask, kept_in
from yanxiu.ui.languages import in_script_of_reader
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

PER_PAGE = 50
State = OutsideTraining.State
WAITING = "waiting"
"""Asked for in a list: whatever waits for the office, an application or a report."""

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
MOST_SESSIONS = 40
MOST_HOURS = 500


def _rows() -> "QuerySet[OutsideTraining]":
    rows: QuerySet[OutsideTraining] = OutsideTraining.objects.select_related(
        "course", "teacher", "organisation"
    )
    return rows


@login_required
@require_safe
def trainings(request: TeacherRequest) -> HttpResponse:
    """List outside trainings: one's own, or all that this reader may see."""
    teacher = request.teacher
    wide = leads_or_sees(teacher)
    mine = not wide or request.GET.get("whose") == "mine"
    rows = allowed(may_change_training if mine else may_see_training, teacher, _rows())
    text = request.GET.get("q", "").strip()[:40]
    state = request.GET.get("state", "")
    if text:
        named = Q(teacher__name_key__contains=key(text))
        rows = rows.filter(named | Q(course__title__icontains=text))
    if state == WAITING:
        rows = rows.filter(state__in=(State.APPLIED, State.REPORTED))
    elif state in State.values:
        rows = rows.filter(state=state)
    listed = with_hours_now(rows).order_by("-course__starts_on", "-id")
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    waiting = (
        (State.APPLIED, State.REPORTED) if teacher.holds("manage_sessions") else (State.REPORTED,)
    )
    context = {
        "page": page,
        "mine": mine,
        "wide": wide,
        "text": text,
        "state": state,
        "states": [(WAITING, _("待审批或待认定")), *State.choices],
        "waiting": allowed(may_recognise_training, teacher, OutsideTraining.objects.all())
        .filter(state__in=waiting)
        .count()
        if teacher.holds("manage_sessions") or teacher.holds("recognise_hours")
        else 0,
        "manages": teacher.holds("manage_sessions"),
        "today": today(),
    }
    return show(request, "training/trainings.html", context)


def _wanted_course(request: TeacherRequest) -> OutsideCourse | None:
    uid = request.GET.get("course", "")
    if not uid:
        return None
    try:
        wanted = UUID(uid)
    except ValueError as nonsense:
        raise Http404 from nonsense
    return get_allowed(may_see_course, request.teacher, OutsideCourse.objects.all(), wanted)


@login_required
@read_or_post
def apply(request: TeacherRequest) -> HttpResponse:
    """Apply for a course that is known (`?course=`), or describe a new one."""
    school, course = own_school(request), _wanted_course(request)
    kind = PurposeForm if course else NewCourseForm
    form = kind(request.POST or None, initial={"starts_on": today(), "last_on": today()})
    if FIELD in request.POST:
        ask_difference(form)

    def deed(data: Any) -> str:
        given: dict[str, Any] = {"course": course} if course else {"facts": data}
        with shown_in(form, context):
            training = actions.apply(
                school, purpose=data["purpose"], cost=data["cost"],
                budget_line=data["budget_line"], not_the_same=difference_said(form),
                by=request.teacher, at=timezone.now(), **given,
            )  # fmt: skip
        return _url(training)

    seen = allowed(may_see_course, request.teacher, OutsideCourse.objects.all())
    context: dict[str, Any] = {
        "course": course,
        "courses": [] if course else list(seen.filter(last_on__gte=today())[:8]),
        "self_report": setting_of(school).self_report,
    }
    return ask(
        request, form, deed, done=_("已经交给教科室，办好以后会通知您。"),
        page="training/apply.html", context=context,
    )  # fmt: skip


@login_required
@read_or_post
def declare(request: TeacherRequest) -> HttpResponse:
    """Tell of a training that is over and was never applied for."""
    school, course = own_school(request), _wanted_course(request)
    if not setting_of(school).self_report:
        raise Http404
    form = CourseForm(request.POST or None)

    if course is not None and request.method == "POST":
        form = CourseForm({**_facts(course), FIELD: request.POST.get(FIELD, "")})
    if FIELD in request.POST:
        ask_difference(form)
    context: dict[str, Any] = {"course": course}

    def deed(data: Any) -> str:
        with shown_in(form, context):
            training = actions.declare(
                school, facts=data, not_the_same=difference_said(form), by=request.teacher,
                at=timezone.now(),
            )  # fmt: skip
        return _url(training, "report/")

    return ask(
        request, form, deed, done=_("已登记，请接着交汇报。"),
        page="training/declare.html", context=context,
    )  # fmt: skip


def _facts(course: OutsideCourse) -> dict[str, Any]:
    names = ("title", "organiser", "level", "mode", "starts_on", "last_on", "place", "hours")
    return {name: getattr(course, name) for name in names}


def _url(training: OutsideTraining, more: str = "") -> str:
    name = "training:report" if more else "training:training"
    return reverse(name, args=[training.uid])


@login_required
@require_safe
def training(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show one person's way through one course."""
    found = get_allowed(may_see_training, request.teacher, _rows(), uid)
    return show(request, "training/training.html", _context(request, found))


def _context(request: TeacherRequest, found: OutsideTraining) -> dict[str, Any]:
    decides, recognises = (
        any(found.organisation.path.startswith(path) for path in request.teacher.reach_paths(right))
        for right in ("manage_sessions", "recognise_hours")
    )
    days = (found.course.last_on - found.course.starts_on).days + 1
    claimed = found.hours_claimed or found.hours_recognised or found.course.hours
    mine = found.teacher_id == request.teacher.pk
    record = record_of(found, seen_by=request.teacher)
    return {
        "training": found,
        "decides": decides,
        "decide_form": DecideForm(training=found),
        "recognises": (decides or recognises) and not mine,
        "days": days,
        "a_day": (claimed / days).quantize(Decimal("0.1")) if claimed else None,
        "foreseen": _foreseen(found, claimed),
        "mine": mine,
        "over": found.course.last_on <= today(),
        "today": today(),
        "files": Attachment.objects.filter(
            source_kind=OutsideTraining.SOURCE_KIND, source_id=found.uid
        ),
        "tags": found.course.tags.all(),
        "history": history(found, record),
        "record": record,
        "hours_now": standing_amount(record, None) if record else found.hours_recognised,
        "purpose_form": PurposeForm(
            initial={"purpose": found.purpose, "cost": found.cost,
                     "budget_line": found.budget_line}
        ) if mine and found.state == State.RETURNED else None,
    }  # fmt: skip


def _foreseen(found: OutsideTraining, hours: Decimal | None) -> list[Foreseen] | None:
    """Return what the schemes in force would give; None once it is settled, or nothing is known."""
    if found.state in {State.RECOGNISED, State.WITHDRAWN} or not hours:
        return None
    return foresee(of_training(found, hours), timezone.now())


DEEDS = {
    "approve": gettext_lazy("已同意，本人会收到通知。"),
    "return": gettext_lazy("已退回，本人会看到原因。"),
    "recognise": gettext_lazy("已认定，研修记录已经写好。"),
    "return_report": gettext_lazy("汇报已退回，本人会看到原因。"),
    "take_back": gettext_lazy("认定已撤回，可以重新认定。"),
}


@login_required
@require_POST
def decide(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Agree, return, recognise or take back, as the button says."""
    found = get_allowed(may_recognise_training, request.teacher, _rows(), uid)
    do, form = request.POST.get("do", ""), DecideForm(request.POST, training=found)
    if form.is_valid():
        try:
            _decide(found, do, form.cleaned_data, by=request.teacher, at=timezone.now())
        except FieldRefused as refusal:
            form.refuse(refusal.field, in_script_of_reader(str(refusal)))
        else:
            messages.success(request, DEEDS[do])
            return redirect("training:training", uid=found.uid)
    context = {**_context(request, found), "decide_form": form}
    return show(request, "training/training.html", context, status=UNPROCESSABLE)


def _decide(
    found: OutsideTraining, do: str, told: dict[str, str], *, by: Teacher, at: datetime
) -> None:
    reason = told["reason"]
    if do == "approve":
        actions.approve(found, budget_line=told["budget_line"], by=by, at=at)
    elif do == "return":
        actions.return_training(found, because=reason, by=by, at=at)
    elif do == "recognise":
        actions.recognise(found, hours=_hours(told["hours"]), because=reason, by=by, at=at)
    elif do == "return_report":
        actions.return_report(found, because=reason, by=by, at=at)
    elif do == "take_back":
        actions.take_recognition_back(found, because=reason, by=by, at=at)
    else:
        raise BadInput(_("没有看懂要办什么，没有改动。请回到这一页用上面的按钮。"))


def _plain(hours: Decimal | None) -> str | None:
    return plain(hours) if hours else None


def _hours(text: str) -> Decimal:
    refused = FieldRefused("hours", _("课时要写数字，没有认定。请核对后再点。"))
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise refused from None
    if not value.is_finite() or abs(value) > MOST_HOURS:
        raise refused
    return value.quantize(Decimal("0.01"))


@login_required
@require_POST
def again(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Hand in a returned application again."""
    found = get_allowed(may_change_training, request.teacher, _rows(), uid)
    form = PurposeForm(request.POST)
    if form.is_valid():
        with kept_in(form):
            actions.apply_again(found, by=request.teacher, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("已再次交给教科室。"))
            return redirect("training:training", uid=found.uid)
    context = {**_context(request, found), "purpose_form": form}
    return show(request, "training/training.html", context, status=UNPROCESSABLE)


@login_required
@require_POST
def withdraw(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take one's application back."""
    found = get_allowed(may_change_training, request.teacher, _rows(), uid)
    actions.withdraw_training(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("已撤回。"))
    return redirect("training:trainings")


@login_required
@read_or_post
def report(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Report back from a training."""
    found = get_allowed(may_change_training, request.teacher, _rows(), uid)
    sessions = allowed(may_see_session, request.teacher, Session.objects.all()).filter(
        closed_at__isnull=False, starts_at__gte=moment_at(found.course.starts_on)
    )
    shown = sessions.order_by("-starts_at").values("pk")[:MOST_SESSIONS]
    form = ReportForm(
        request.POST or None,
        request.FILES or None,
        sessions=Session.objects.filter(pk__in=list(shown.values_list("pk", flat=True))),
        initial={
            "hours": _plain(found.hours_claimed or found.course.hours),
            "report": found.report,
            "reference": found.reference,
            "shared_in": found.shared_in_id,
        },
    )

    def deed(data: Any) -> str:
        upload = data["proof"]
        actions.hand_in(
            found,
            hours=data["hours"],
            report=data["report"],
            reference=data["reference"],
            shared_in=data["shared_in"],
            proof=(upload.name, upload.read()) if upload else None,
            by=request.teacher,
            at=timezone.now(),
        )
        return _url(found)

    hours = found.hours_claimed or found.course.hours or Decimal(1)
    context = {
        "training": found,
        "setting": setting_of(found.organisation),
        "foreseen": _foreseen(found, hours),
        "hours": hours,
        "files": Attachment.objects.filter(
            source_kind=OutsideTraining.SOURCE_KIND, source_id=found.uid
        ),
    }
    return ask(
        request, form, deed, done=_("汇报已交。"), page="training/report.html", context=context
    )
