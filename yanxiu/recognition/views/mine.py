"""A teacher's own records on their way: declaring, putting right, taking back, objecting."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.kernel.amounts import plain
from yanxiu.kernel.sources import Source, source_of
from yanxiu.kernel.spans import day_of
from yanxiu.ledger import actions as ledger
from yanxiu.ledger.models import RecognitionStep, Record
from yanxiu.ledger.permissions import may_change_own_record, may_correct_record
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Organisation
from yanxiu.places.told import FIELD, ask_difference, difference_said, shown_in
from yanxiu.recognition import actions
from yanxiu.recognition.actions.declaring import FACTS
from yanxiu.recognition.forms import (
    AgainForm,
    CorrectForm,
    DeclareForm,
    ObjectForm,
    say_measure,
)
from yanxiu.recognition.models import Declaration, Objection
from yanxiu.recognition.permissions import may_change_declaration, may_see_declaration
from yanxiu.recognition.queries.objecting import remedy_after, rules_of, standing_objection
from yanxiu.recognition.queries.offers import Offer, offer_kept, offer_of, offers_lately, said_of
from yanxiu.recognition.queries.queue import Line, level_of, lines, own_records
from yanxiu.recognition.refusals import NothingToObject
from yanxiu.recognition.views.queue import decides_anything
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show

PER_PAGE = 30
read_or_post = require_http_methods(["GET", "HEAD", "POST"])


def _rows() -> Any:
    return Record.objects.select_related("teacher", "organisation", "waiting_at")


def _school(request: TeacherRequest) -> Organisation:
    school: Organisation | None = request.teacher.organisation
    if school is None:
        raise Http404
    return school


def _proof(data: Any) -> actions.Proof | None:
    file = data.get("proof")
    return actions.Proof(file.name, file.read()) if file else None


@login_required
@require_safe
def mine(request: TeacherRequest) -> HttpResponse:
    """List the reader's own records that were declared or go through steps."""
    page = Paginator(own_records(request.teacher), PER_PAGE).get_page(request.GET.get("page"))
    here = lines(list(page.object_list), day_of(timezone.now()), with_files=False)
    objections: dict[int, Objection] = {}
    for one in Objection.objects.filter(record__in=[line.record.pk for line in here]).order_by(
        "made_at"
    ):
        objections[one.record_id or 0] = one
    school = request.teacher.organisation
    context = {
        "page": page,
        "lines": [
            (
                line,
                line.record.source_kind == Declaration.SOURCE_KIND,
                objections.get(line.record.pk),
            )
            for line in here
        ],
        "offers": offers_lately(school, day_of(timezone.now())) if school else [],
        "decides": decides_anything(request.teacher),
    }
    return show(request, "recognition/mine.html", context)


@login_required
@read_or_post
def declare(request: TeacherRequest) -> HttpResponse:
    """Choose what to declare, then tell of it."""
    school = _school(request)
    known = offers_lately(school, day_of(timezone.now()))
    offer = offer_of(known, request.GET.get("kind", ""))
    if offer is None:
        return show(request, "recognition/declare_what.html", {"offers": known})
    form = _declare_form(request, offer, {"happened_on": day_of(timezone.now())})
    context: dict[str, Any] = {"offer": offer, "limit": _limit(offer)}
    if FIELD in request.POST:
        ask_difference(form)

    def deed(data: Any) -> str:
        with shown_in(form, context):
            made = actions.declare(
                school, offer.kind, _facts(data), proof=_proof(data),
                not_the_same=difference_said(form), by=request.teacher, at=timezone.now(),
            )  # fmt: skip
        return reverse("recognition:declaration", args=[made.uid])

    return ask(
        request, form, deed, done=_("已提交，办到哪一步在这里看得到。"),
        page="recognition/declare.html", context=context,
    )  # fmt: skip


def _limit(offer: Offer) -> int | None:
    return offer.declaring.days(day_of(timezone.now()))


def _declare_form(request: TeacherRequest, offer: Offer, initial: dict[str, Any]) -> DeclareForm:
    if request.method == "POST":
        return DeclareForm(request.POST, request.FILES, offer=offer, initial=initial)
    return DeclareForm(offer=offer, initial=initial)


def _facts(data: Any) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name not in {"proof", FIELD}}


@login_required
@require_safe
def declaration(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a declaration with every step so far and its proof."""
    made = get_allowed(
        may_see_declaration,
        request.teacher,
        Declaration.objects.select_related("teacher", "organisation", "record"),
        uid,
    )
    rows = list(
        _rows()
        .filter(source_kind=Declaration.SOURCE_KIND, source_id=made.uid)
        .order_by("written_at", "pk")
    )
    here = lines(rows, day_of(timezone.now()))
    now = next((line for line in here if line.record.pk == made.record_id), None)
    is_own = made.teacher_id == request.teacher.pk
    corrects = bool(
        now
        and now.record.state == Record.State.RECOGNISED
        and allowed(may_correct_record, request.teacher, _rows().filter(pk=now.record.pk)).exists()
    )
    is_settled = bool(
        now and now.record.state == Record.State.RECOGNISED and not now.record.withdrawn_at
    )
    before = standing_objection(now.record, request.teacher) if now and is_settled else None
    context = {
        "made": made,
        "said": said_of(made),
        "can_object": is_own and is_settled and before is None,
        "questioned": before,
        "remedy": remedy_after(before, day_of(timezone.now())) if before else None,
        "line": now,
        "earlier": [line for line in here if line is not now],
        "is_own": is_own,
        "is_returned": bool(now and now.record.state == "returned" and not now.record.withdrawn_at),
        "can_withdraw": is_own and bool(now) and _can_withdraw(now),
        "corrects": corrects,
        "objections": Objection.objects.filter(record__in=rows).order_by("made_at"),
    }
    return show(request, "recognition/declaration.html", context)


def _can_withdraw(line: Line | None) -> bool:
    if line is None or line.record.withdrawn_at:
        return False
    if line.record.state == Record.State.RETURNED:
        return True
    acted = any(step.decision == RecognitionStep.Decision.ACCEPTED for step in line.steps)
    return line.record.state == Record.State.WAITING and not acted


@login_required
@read_or_post
def put_right(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Hand a returned declaration in again, with what was put right."""
    made = get_allowed(
        may_change_declaration,
        request.teacher,
        Declaration.objects.select_related("organisation", "teacher", "record"),
        uid,
    )
    offer = offer_kept(made.organisation, made.happened_on, made.kind)
    if offer is None:
        raise Http404
    initial = {name: getattr(made, name) for name in FACTS} | {"amount": plain(made.amount)}
    form = _declare_form(request, offer, initial)
    if "proof" in form.fields:
        form.fields["proof"].required = False
    reason = made.record.steps.filter(decision="returned").last() if made.record else None

    def deed(data: Any) -> str:
        actions.put_right(
            made, _facts(data), proof=_proof(data), by=request.teacher, at=timezone.now()
        )
        return reverse("recognition:declaration", args=[made.uid])

    return ask(
        request, form, deed, done=_("已再次提交。"), page="recognition/put_right.html",
        context={"made": made, "reason": reason},
    )  # fmt: skip


@login_required
@require_POST
def withdraw(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take a declaration back while nobody has acted on it."""
    made = get_allowed(
        may_change_declaration,
        request.teacher,
        Declaration.objects.select_related("organisation", "teacher", "record"),
        uid,
    )
    actions.withdraw_declaration(
        made, because=request.POST.get("because", ""), by=request.teacher, at=timezone.now()
    )
    messages.success(request, _("已撤回。"))
    return redirect("recognition:mine")


@login_required
@read_or_post
def again(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Let a returned record that the house wrote wait again, with a word and perhaps a file."""
    record = get_allowed(may_change_own_record, request.teacher, _rows(), uid)
    form = AgainForm(request.POST or None, request.FILES or None)

    def deed(data: Any) -> str:
        proof, at = _proof(data), timezone.now()
        with transaction.atomic():
            if proof:
                source = Source(record.source_kind, record.source_id)
                actions.add_proof(source, record.organisation, proof, by=request.teacher, at=at)
            ledger.hand_in_again(record, word=data["word"], by=request.teacher, at=at)
        return reverse("recognition:mine")

    steps = record.steps.filter(decision="returned")
    return ask(
        request, form, deed, done=_("已再次提交。"), page="recognition/again.html",
        context={"record": record, "reason": steps.last()},
    )  # fmt: skip


@login_required
@read_or_post
def object_to(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Object to what was decided about one's own record."""
    record = get_allowed(may_change_own_record, request.teacher, _rows(), uid)
    before = standing_objection(record, request.teacher)
    if before is not None and request.method != "POST":
        messages.info(request, _("这条认定您提过异议，办到哪一步、还能怎么办，都在这里。"))
        return redirect("recognition:objection", uid=before.uid)
    (line,) = lines([record], day_of(timezone.now()))
    form = ObjectForm(request.POST or None, request.FILES or None)
    say_measure(form, "wished", line.measure)

    def deed(data: Any) -> str:
        proof, at = _proof(data), timezone.now()
        with transaction.atomic():
            made = actions.object_to(
                record, text=data["text"], wished=data["wished"], by=request.teacher, at=at
            )
            if proof:
                source = source_of(made)
                actions.add_proof(source, record.organisation, proof, by=request.teacher, at=at)
        return reverse("recognition:objection", args=[made.uid])

    return ask(
        request, form, deed, done=_("异议已提交，答复会通知您。"), page="recognition/object.html",
        context={"record": record, "line": line, **_until(record)},
    )  # fmt: skip


def _until(record: Record) -> dict[str, Any]:
    """Return until when one can object, where the scheme in force says so."""
    try:
        rules = rules_of(record)
    except NothingToObject:
        return {}
    last = record.steps.filter(decision="accepted").order_by("at", "pk").last()
    if last is None:
        return {}
    since = day_of(last.at)
    return {
        "until": since + timedelta(days=rules.window(since)),
        "decide_days": rules.decide_within(since),
    }


@login_required
@read_or_post
def correct(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Correct what was recognised to the end: a counter-entry and a new round."""
    record = get_allowed(may_correct_record, request.teacher, _rows(), uid)
    (line,) = lines([record], day_of(timezone.now()))
    form = CorrectForm(
        request.POST or None, initial={"amount": plain(line.stands), "turn": record.turn}
    )
    say_measure(form, "amount", line.measure)

    def deed(data: Any) -> str:
        actions.correct(
            record,
            amount=data["amount"],
            reason=data["reason"],
            level=level_of(request.teacher, record),
            turn=data["turn"],
            by=request.teacher,
            at=timezone.now(),
        )
        return reverse("portfolio:record", args=[record.uid])

    return ask(
        request, form, deed, done=_("已更正，原来的账冲销后留着。"),
        page="recognition/correct.html", context={"record": record, "line": line},
    )  # fmt: skip
