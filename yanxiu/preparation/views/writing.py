"""Beginning a plan, writing in it, and saving while one writes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yanxiu.documents.reading import read
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.preparation import actions, content
from yanxiu.preparation.actions.writing import FACTS
from yanxiu.preparation.forms import FactsForm, NewForm, ReasonForm, SectionsForm, name_of
from yanxiu.preparation.models import LessonPlan, TeachingTopic
from yanxiu.preparation.permissions import may_see_topic, may_write_plan
from yanxiu.preparation.queries.form import form_of
from yanxiu.preparation.reading import Read, read_plan
from yanxiu.preparation.views.plan import show_plan
from yanxiu.preparation.views.reader import (
    offer_facts,
    own_school,
    plan_of,
    units_to_prepare_in,
)
from yanxiu.ui.asking import ask, kept_in
from yanxiu.ui.drafts import read_saving, takes_drafts
from yanxiu.ui.languages import in_script_of_reader
from yanxiu.ui.offline import keep_offline
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
TOPIC_FACTS = ("title", "grade", "textbook_unit", "periods")


def _topic(request: TeacherRequest) -> TeachingTopic | None:
    """Return the topic of the schedule that is asked for (`?topic=`), None for none."""
    try:
        wanted = UUID(request.GET.get("topic", ""))
    except ValueError:
        return None
    return (
        allowed(may_see_topic, request.teacher, TeachingTopic.objects.select_related("unit"))
        .filter(uid=wanted)
        .first()
    )


@login_required
@read_or_post
def new(request: TeacherRequest) -> HttpResponse:
    """Begin a plan: as lead preparer, or one's own; a Word file is put into the sections."""
    school, topic = own_school(request), _topic(request)
    initial: dict[str, Any] = {"kind": request.GET.get("kind", "personal"), "periods": 1}
    units = units_to_prepare_in(request.teacher)
    own_unit = next(iter(request.teacher.units), None)
    if topic:
        initial |= {name: getattr(topic, name) for name in TOPIC_FACTS}
        initial |= {"topic": topic.pk, "subject": topic.unit.subject, "unit": topic.unit_id}
    elif own_unit:
        initial["unit"] = own_unit
    form = NewForm(request.POST or None, request.FILES or None, initial=initial)
    offer_facts(form, request)
    form.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def deed(data: Any) -> str:
        upload = data["file"]
        given: dict[str, Any] = {
            "kind": data["kind"],
            "unit": data["unit"],
            "facts": {name: data[name] for name in FACTS if name in data},
            "by": request.teacher,
            "at": timezone.now(),
        }
        if not upload:
            plan = actions.start(school, **given)
            messages.success(request, _("已建好，接着写吧；写一句存一句。"))
            return reverse("preparation:edit", args=[plan.uid])
        file = upload.read(), upload.name
        found = read_plan(read(file[0], name=file[1]), form_of(school).sections)
        plan = actions.start_from_file(school, found, file, **given)
        messages.success(request, _told(found))
        for remark in found.remarks:
            messages.info(request, remark)
        return reverse("preparation:edit", args=[plan.uid])

    return ask(request, form, deed, done="", page="preparation/new.html", context={"topic": topic})


def _told(found: Read) -> str:
    """Say how much of a file found its section."""
    written = sum(bool(text.strip()) for text in found.texts.values())
    return _("已把写好的教案放进 %(count)s 个栏目，请看一遍；原来的文件也留着。") % {
        "count": written
    }


def _with_hints(plan: LessonPlan) -> list[tuple[dict[str, Any], str]]:
    """Return the sections of the plan with the hints that the school's form has for them."""
    hints = {one["code"]: one.get("help", "") for one in form_of(plan.organisation).sections}
    return [(section, hints.get(section["code"], "")) for section in plan.content]


@login_required
@read_or_post
def edit(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Write a plan; of what two wrote at once, both texts are shown."""
    plan = plan_of(request, uid, may_write_plan)
    sections = _with_hints(plan)
    form = SectionsForm(request.POST or None, sections=sections, initial={"edition": plan.edition})
    clashes: tuple[actions.Clash, ...] = ()
    if request.method == "POST" and form.is_valid():
        with kept_in(form):
            saved = actions.save(
                plan,
                texts=form.texts,
                edition=form.cleaned_data["edition"],
                started_from=form.marks,
                by=request.teacher,
                at=timezone.now(),
            )
            if not saved.clashes:
                messages.success(request, _("已保存。"))
                return redirect("preparation:plan", uid=plan.uid)
            clashes, form = saved.clashes, _again(saved, form, sections)
    context = {
        "plan": plan,
        "form": form,
        "clashes": clashes,
        "boxes": [
            (form[name_of(section["code"])], _clash(clashes, section["code"]))
            for section, _hint in sections
        ],
        "hidden": [bound for bound in form if bound.is_hidden],
    }
    status = UNPROCESSABLE if form.errors else 200
    return keep_offline(
        show(request, "preparation/edit.html", context, status=status), request.teacher
    )


def _clash(clashes: tuple[actions.Clash, ...], code: str) -> actions.Clash | None:
    return next((one for one in clashes if one.code == code), None)


def _again(saved: actions.Saved, typed: SectionsForm, sections: Any) -> SectionsForm:
    """Return the form for another try: what clashed as it was typed, on top of what is there."""
    again = {name: value for name, value in typed.data.items() if name != "csrfmiddlewaretoken"}
    again["edition"] = str(saved.plan.edition)
    for code, text in content.texts_of(saved.plan.content).items():
        again[f"was_{code}"] = content.mark_of(text)
        if _clash(saved.clashes, code) is None:
            again[name_of(code)] = text
    form = SectionsForm(again, sections=sections)
    form.is_valid()
    form.add_error(None, in_script_of_reader(str(saved.refusal())))
    for one in saved.clashes:
        form.add_error(name_of(one.code), _("别人也改了这一栏，请对照着合成一份。"))
    return form


@takes_drafts
def save(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Save what the browser sends while somebody writes; see `ui/drafts.js` for the answers."""
    plan = get_allowed(may_write_plan, request.teacher, LessonPlan.objects.all(), uid)
    sent = read_saving(request)
    texts = {
        name.removeprefix("text_"): text
        for name, text in sent.texts.items()
        if name.startswith("text_")
    }
    saved = actions.save(
        plan, texts=texts, edition=sent.edition, by=request.teacher, at=timezone.now()
    )
    if saved.clashes:
        now = content.texts_of(saved.plan.content)
        told = {name_of(code): text for code, text in now.items()}
        return JsonResponse({"edition": saved.plan.edition, "texts": told}, status=409)
    return JsonResponse({"edition": saved.plan.edition})


@login_required
@read_or_post
def describe(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Change the facts of a plan: title, topic, session and what it is linked with."""
    plan = plan_of(request, uid, may_write_plan)
    form = FactsForm(
        request.POST or None,
        initial={name: getattr(plan, name) for name in FACTS}
        | {name: getattr(plan, f"{name}_id") for name in ("topic", "session", "project")},
    )
    offer_facts(form, request, plan)

    def deed(data: Any) -> str:
        actions.change_facts(plan, data, by=request.teacher, at=timezone.now())
        return reverse("preparation:plan", args=[plan.uid])

    return ask(
        request, form, deed, done=_("已保存。"), page="preparation/describe.html",
        context={"plan": plan},
    )  # fmt: skip


@login_required
@require_POST
def revise(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Keep what is written as a new version, with why it was changed."""
    plan = plan_of(request, uid, may_write_plan)
    form = ReasonForm(request.POST)
    if form.is_valid():
        with kept_in(form):
            actions.revise(
                plan, reason=form.cleaned_data["reason"], by=request.teacher, at=timezone.now()
            )
            messages.success(request, _("已存成新的一稿。"))
            return redirect("preparation:plan", uid=plan.uid)
    return show_plan(request, plan, status=UNPROCESSABLE, reason_form=form)
