"""One observation: read by its reader, and what each may do with it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.attachments.models import Attachment
from yanxiu.kernel.refusals import Refusal
from yanxiu.kernel.sources import Source
from yanxiu.observation import actions
from yanxiu.observation.documents import booklet, evaluation_form
from yanxiu.observation.forms import FactsForm, InstantTestForm, PhotoForm
from yanxiu.observation.models import Advice, Mark, MarkConflict, Observation
from yanxiu.observation.permissions import (
    may_check_observation,
    may_decide_advice,
    may_reply_to_observation,
    may_see_observation,
    may_write_observation,
)
from yanxiu.observation.queries import reading
from yanxiu.observation.queries.rubrics import at_hand, newest
from yanxiu.observation.queries.settings import hints_for
from yanxiu.observation.refusals import HeardAtOnce
from yanxiu.observation.views.reader import ask_same_time, own_school, this_term
from yanxiu.people.access import TeacherRequest, get_allowed
from yanxiu.places.table import links
from yanxiu.texts.numerals import whole_number
from yanxiu.ui.asking import ask
from yanxiu.ui.downloads import download
from yanxiu.ui.languages import in_script_of_reader
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

State = Observation.State


def seen(request: TeacherRequest, uid: UUID) -> Any:
    """Return the observation with what this reader may do with it, or 404."""
    rows = Observation.objects.select_related(*reading.JOINED)
    rows = reading.flagged(rows, request.teacher)
    return get_allowed(may_see_observation, request.teacher, rows, uid)


@login_required
@require_safe
def observation(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show an observation; its words only to those who may read them."""
    found = seen(request, uid)
    return show(request, "observation/observation.html", _context(request, found))


def _context(request: TeacherRequest, found: Any, typed: str | None = None) -> dict[str, Any]:
    mine = found.observer_id == request.teacher.pk
    context: dict[str, Any] = {
        "observation": found,
        "lesson": found.lesson,
        "mine": mine,
        "presents": found.replies,
        "checks": found.checks and found.state in {State.HANDED_IN, State.CHECKED},
        "test": reading.test_of(found),
        "same_time": reading.same_time_of(found),
    }
    if not found.reads:
        return context | {"outline": reading.outline_of(found)}
    words = reading.words_of(found)
    photos = _photos(words)
    _link_proofs(request, words.advice)
    context |= {"words": words, "photos": photos, "reply_text": words.reply}
    if typed is not None:
        context["typed"] = typed
    if mine:
        context["hints"] = hints_for(found, {name: text for name, _l, text in words.texts})
        context["waiting"] = reading.open_conflicts(found).count()
        context["can_take_back"] = found.state == State.HANDED_IN and not (
            words.reply or any(row.state != Advice.State.OFFERED for row in words.advice)
        )
    return context


def _link_proofs(request: TeacherRequest, advice: list[Advice]) -> None:
    """Let each advice that was tried lead to the plan it changed, where this reader may go."""
    sources = {row.pk: Source(row.proof_kind, row.proof_id) for row in advice if row.proof_id}
    if not sources:
        return
    found = links(sources.values(), request.teacher)
    for row in advice:
        row.proof = found.get(sources[row.pk]) if row.pk in sources else None  # type: ignore[attr-defined]


def _photos(words: reading.Words) -> dict[Any, Attachment]:
    marks = [
        moment.mark.uid
        for stage in words.stages
        for moment in stage.moments
        if moment.mark.side == Mark.Side.PHOTO
    ]
    if not marks:
        return {}
    rows = Attachment.objects.filter(source_kind=Mark.SOURCE_KIND, source_id__in=marks)
    return {row.source_id: row for row in rows}


@login_required
@require_POST
def take_back(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take an observation back to write on."""
    found = get_allowed(may_write_observation, request.teacher, Observation.objects.all(), uid)
    actions.take_back(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("收回来了，改好再交。"))
    return redirect("observation:offline", uid=uid)


@login_required
@require_POST
def drop(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Throw a draft away."""
    found = get_allowed(may_write_observation, request.teacher, Observation.objects.all(), uid)
    actions.drop(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("草稿已删去。"))
    return redirect("observation:home")


@login_required
@require_POST
def hand_in(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Hand an observation in."""
    found = get_allowed(may_write_observation, request.teacher, Observation.objects.all(), uid)
    audience = request.POST.get("audience", "")
    why = request.POST.get("same_time", "")
    try:
        actions.hand_in(
            found, audience=audience, same_time=why, by=request.teacher, at=timezone.now()
        )
    except HeardAtOnce as question:
        return ask_same_time(request, found, question, audience)
    messages.success(request, _("听课记录已经提交，授课教师能看到了。还没有人回应时可以收回。"))
    return redirect("observation:observation", uid=uid)


@login_required
@require_POST
def check(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Check a record, return it with a word, or take the check back."""
    found = get_allowed(may_check_observation, request.teacher, Observation.objects.all(), uid)
    given: dict[str, Any] = {"by": request.teacher, "at": timezone.now()}
    comment = request.POST.get("comment", "")[:200]
    if request.POST.get("do") == "return":
        actions.send_back(found, comment=comment, **given)
        messages.success(request, _("已退回，本人会收到您写的话。"))
    elif request.POST.get("do") == "undo":
        actions.uncheck(found, **given)
        messages.success(request, _("已撤销检查。"))
    else:
        actions.check(found, comment=comment, **given)
        messages.success(request, _("已检查。"))
    return redirect("observation:observation", uid=uid)


@login_required
@require_POST
def reply(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Keep the presenter's answer; where it was changed elsewhere, both are shown."""
    rows = Observation.objects.all()
    get_allowed(may_reply_to_observation, request.teacher, rows, uid)
    found = seen(request, uid)
    text = request.POST.get("text", "")
    edition = whole_number(request.POST.get("edition", "")) or 0
    try:
        actions.reply(found, text=text, edition=edition, by=request.teacher, at=timezone.now())
    except Refusal as refusal:
        context = {**_context(request, found, text), "trouble": in_script_of_reader(str(refusal))}
        return show(request, "observation/observation.html", context, status=UNPROCESSABLE)
    messages.success(request, _("已保存，听课的人能看到。"))
    return redirect("observation:observation", uid=uid)


@login_required
@require_POST
def advise(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take an advice on, or leave it aside."""
    rows = Advice.objects.select_related("observation")
    found = get_allowed(may_decide_advice, request.teacher, rows, uid)
    given: dict[str, Any] = {"by": request.teacher, "at": timezone.now()}
    if request.POST.get("do") == "leave":
        actions.leave_advice(found, **given)
        messages.success(request, _("放下了，以后想试还可以再选。"))
    else:
        actions.take_advice(found, plan=request.POST.get("plan", ""), **given)
        messages.success(request, _("记下了，下一节课的页面上会提醒您。"))
    return redirect("observation:observation", uid=found.observation.uid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def test(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Enter what a small test after the lesson showed."""
    rows = Observation.objects.select_related(*reading.JOINED)
    found = get_allowed(may_write_observation, request.teacher, rows, uid)
    standing = reading.test_of(found)
    names = ("about", "pupils", "full", "mean", "passed")
    initial: dict[str, Any] = (
        {name: getattr(standing, name) for name in names} if standing else {"pupils": found.pupils}
    )
    form = InstantTestForm(request.POST or None, initial=initial)

    def deed(data: Any) -> str:
        actions.enter_test(found, by=request.teacher, at=timezone.now(), **data)
        return found_url(found)

    context = {"observation": found, "lesson": found.lesson}
    done = _("小测已记下。")
    return ask(request, form, deed, done=done, page="observation/test.html", context=context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def photo(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Keep a photo of the board with the observation."""
    rows = Observation.objects.select_related(*reading.JOINED)
    found = get_allowed(may_write_observation, request.teacher, rows, uid)
    form = PhotoForm(request.POST or None, request.FILES or None)

    def deed(data: Any) -> str:
        file = data["photo"]
        actions.add_photo(
            found,
            file.read(),
            name=file.name,
            at_second=(data["minute"] or 0) * 60,
            caption=data["caption"],
            by=request.teacher,
            at=timezone.now(),
        )
        return found_url(found)

    context = {"observation": found, "lesson": found.lesson}
    done = _("照片已留下，只有看得到内容的人打得开。")
    return ask(request, form, deed, done=done, page="observation/photo.html", context=context)


def found_url(found: Observation) -> str:
    """Return where an observation is read."""
    return reverse("observation:observation", args=[found.uid])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def conflicts(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show what two devices wrote differently, and take the choice."""
    rows = Observation.objects.select_related(*reading.JOINED)
    found = get_allowed(may_write_observation, request.teacher, rows, uid)
    if request.method == "POST":
        return _settle(request, found)
    open_ones = [_told(row, found) for row in reading.open_conflicts(found)]
    context = {"observation": found, "lesson": found.lesson, "conflicts": open_ones}
    return show(request, "observation/conflicts.html", context)


def _settle(request: TeacherRequest, found: Observation) -> HttpResponse:
    rows = found.conflicts.exclude(name=reading.Name.REPLY)
    row = rows.filter(uid=_uuid(request.POST.get("conflict", ""))).first()
    outcome = request.POST.get("keep", "")
    if row is None or outcome not in MarkConflict.Outcome.values:
        raise Http404
    actions.settle(row, outcome=outcome, by=request.teacher, at=timezone.now())
    left = reading.open_conflicts(found).exists()
    messages.success(request, _("已选定。"))
    return redirect("observation:conflicts" if left else "observation:observation", uid=found.uid)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as nonsense:
        raise Http404 from nonsense


def _told(row: MarkConflict, found: Observation) -> dict[str, Any]:
    """Return a conflict in words a person can choose between."""
    return {
        "row": row,
        "what": _what(row, found),
        "there": _said(row, row.there, found),
        "came": _said(row, row.came, found),
    }


def _what(row: MarkConflict, found: Observation) -> str:
    if row.mark_uid:
        second = row.came.get("at_second", row.there.get("at_second", 0))
        return _("%(clock)s 的片段") % {"clock": reading.clock_of(second)}
    if row.name.startswith("rating:"):
        items = found.rubric.sheet.items if found.rubric else {}
        item = items.get(row.name.removeprefix("rating:"))
        return item.text if item else _("评分")
    labels = dict(reading.Name.choices)
    return str(labels.get(row.name, row.name))


def _said(row: MarkConflict, content: dict[str, Any], found: Observation) -> str:
    if content.get("deleted"):
        return _("（删去了）")
    if row.name.startswith("rating:"):
        items = found.rubric.sheet.items if found.rubric else {}
        item = items.get(row.name.removeprefix("rating:"))
        name = (item.level_name(content.get("level")) if item else "") or _("没有评")
        return f"{name} {content.get('note', '')}".strip()
    return str(content.get("text") or content.get("stage") or _("（空）"))


@login_required
@require_safe
def form_word(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the evaluation form as Word, to whoever may read its words."""
    found = seen(request, uid)
    if not found.reads:
        raise Http404
    name = _("听课评课表 %(lesson)s %(name)s.docx") % {
        "lesson": found.lesson.name,
        "name": found.observer.name,
    }
    return download(evaluation_form.document(evaluation_form.form_of(found)), name)


@login_required
@require_safe
def booklet_word(request: TeacherRequest) -> HttpResponse:
    """Give the reader's own observations of this term as one booklet."""
    school = own_school(request)
    span = this_term(school)
    rows = booklet.booklet_of(request.teacher, span)
    data = booklet.document(request.teacher, school.name, span, rows)
    return download(data, _("听课本 %(name)s.docx") % {"name": request.teacher.name})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Change how one listens and with which form."""
    rows = Observation.objects.select_related(*reading.JOINED)
    found = get_allowed(may_write_observation, request.teacher, rows, uid)
    versions = {str(row.uid): row for row in newest(list(at_hand(found.lesson.organisation)))}
    form = FactsForm(
        request.POST or None,
        rubrics=[(key, row.rubric.name) for key, row in versions.items()],
        initial={
            "kind": found.kind,
            "rubric": str(found.rubric.uid) if found.rubric else "",
            "pupils": found.pupils,
        },
    )

    def deed(data: Any) -> str:
        actions.set_facts(
            found,
            kind=data["kind"],
            rubric=versions.get(data["rubric"]),
            pupils=data["pupils"],
            by=request.teacher,
            at=timezone.now(),
        )
        return reverse("observation:offline", args=[found.uid])

    context = {"observation": found, "lesson": found.lesson}
    done = _("已改好。")
    return ask(request, form, deed, done=done, page="observation/facts.html", context=context)
