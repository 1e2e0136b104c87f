"""Beginning a work, writing on it, and saving by itself while one writes."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanxiu.activities.models import Session
from yanxiu.activities.permissions import may_see_session
from yanxiu.lessons.models import Lesson
from yanxiu.lessons.permissions import may_see_lesson
from yanxiu.people.access import Permission, TeacherRequest, get_allowed
from yanxiu.people.models.teacher import today
from yanxiu.ui.asking import kept_in
from yanxiu.ui.drafts import read_saving, takes_drafts
from yanxiu.ui.offline import keep_offline
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE
from yanxiu.works import actions
from yanxiu.works.forms import OPEN, TEXT, WorkForm
from yanxiu.works.models import Work, WorkKind
from yanxiu.works.queries.mine import kinds_for
from yanxiu.works.queries.sections import Heading, headings_of
from yanxiu.works.refusals import WorkWrittenMeanwhile
from yanxiu.works.views.reader import own_school, read_or_post, written_work

CONFLICT = 409
UNKNOWN = 401
FACTS = ("about", "happened_on")


def _asked(request: TeacherRequest, name: str, rows: Any, permission: Permission) -> Any:
    """Return the row that the form or the address names, None if none, else 404."""
    uid = request.POST.get(name) or request.GET.get(name)
    if not uid:
        return None
    try:
        wanted = UUID(uid)
    except ValueError as nonsense:
        raise Http404 from nonsense
    return get_allowed(permission, request.teacher, rows, wanted)


@login_required
@require_safe
def new(request: TeacherRequest) -> HttpResponse:
    """Choose what to write, by itself or about a lesson (`?lesson=`) or for a session."""
    school = own_school(request)
    lesson = _asked(request, "lesson", Lesson.objects.all(), may_see_lesson)
    session = _asked(request, "session", Session.objects.all(), may_see_session)
    kinds = list(kinds_for(school, today()))
    if lesson:
        kinds = [kind for kind in kinds if kind.of_lesson]
    groups: dict[str, list[WorkKind]] = {}
    for kind in kinds:
        groups.setdefault(str(kind.get_work_class_display()), []).append(kind)
    context = {"groups": list(groups.items()), "lesson": lesson, "session": session}
    return show(request, "works/new.html", context)


@login_required
@require_POST
def start(request: TeacherRequest) -> HttpResponse:
    """Begin a work; a draft about the same lesson that stands already is gone on with."""
    school = own_school(request)
    wanted = request.POST.get("kind", "")
    kind = next((one for one in kinds_for(school, today()) if str(one.uid) == wanted), None)
    if kind is None:
        raise Http404
    lesson = _asked(request, "lesson", Lesson.objects.all(), may_see_lesson)
    session = _asked(request, "session", Session.objects.all(), may_see_session)
    standing = None
    if lesson:
        drafts = Work.objects.filter(teacher=request.teacher, kind=kind, lesson=lesson)
        standing = drafts.filter(state__in=Work.WRITTEN, dropped_at=None).first()
    work = standing or actions.start(
        kind,
        organisation=school,
        lesson=lesson,
        session=session,
        title=_usual_title(kind, lesson),
        by=request.teacher,
        at=timezone.now(),
    )
    return redirect("works:edit", uid=work.uid)


def _usual_title(kind: WorkKind, lesson: Lesson | None) -> str:
    """Return a title to start with: a reflection on a lesson is hardly ever called otherwise."""
    if lesson is None or not lesson.title:
        return ""
    named = lesson.title if "《" in lesson.title else f"《{lesson.title}》"
    return f"{named}{kind.name}"


# ---- writing ----
def _given(work: Work, headings: list[Heading]) -> dict[str, Any]:
    """Return what the form begins with."""
    rows = {row.code: row for row in work.texts.all()}
    given: dict[str, Any] = {
        "edition": work.edition,
        "title": work.title,
        "about": work.about,
        "happened_on": work.happened_on,
    }
    for heading in headings:
        row = rows.get(heading.code)
        given[f"{TEXT}{heading.code}"] = row.text if row else ""
        given[f"{OPEN}{heading.code}"] = bool(row and not row.is_private)
    return given


def _headings(work: Work, sent: Collection[str] = ()) -> list[Heading]:
    """Return the headings in use, and behind them those that hold a text all the same.

    Also those for which a form that was opened before the kind changed has `sent` a box. Who reads
    what stands under one that is not in use stays as it is.
    """
    used = headings_of(work.kind, work.organisation)
    known = {heading.code for heading in used}
    more = [
        Heading(row.code, row.name, _("只给您和审阅的人看。") if row.is_private else "")
        for row in work.texts.all()
        if row.code not in known and (row.text.strip() or f"{TEXT}{row.code}" in sent)
    ]
    return [*used, *more]


@login_required
@read_or_post
def edit(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Write on a work, and hand it in from the same page."""
    work = written_work(request, uid)
    headings, mine = _headings(work, request.POST), _is_first(request, work)
    kinds = list(kinds_for(work.organisation, today())) if mine else []
    given = _given(work, headings)
    form = WorkForm(request.POST or None, initial=given, headings=headings, kinds=kinds)
    context: dict[str, Any] = {"form": form, "work": work, "mine": mine}
    if request.method != "POST":
        if work.state not in Work.WRITTEN or work.dropped_at:
            return redirect("works:work", uid=work.uid)
        return keep_offline(show(request, "works/edit.html", context), request.teacher)
    if form.is_valid():
        with kept_in(form):
            try:
                return _saved(request, work, form)
            except WorkWrittenMeanwhile as meanwhile:
                context |= _beside(form, meanwhile.work, headings)
                raise
    return show(request, "works/edit.html", context, status=UNPROCESSABLE)


def _is_first(request: TeacherRequest, work: Work) -> bool:
    return work.teacher_id == request.teacher.pk


def _saved(request: TeacherRequest, work: Work, form: WorkForm) -> HttpResponse:
    """Save what was typed, and hand it in if that is what the button says."""
    at, data = timezone.now(), form.cleaned_data
    work = actions.save(
        work,
        edition=data["edition"],
        title=data["title"],
        texts=form.texts,
        facts={name: data[name] for name in FACTS},
        open_texts=form.opened,
        by=request.teacher,
        at=at,
    )
    hands_in = request.POST.get("do") == "hand_in"
    kind = form.chosen_kind
    if kind is not None and kind.pk != work.kind_id:
        work = actions.change_kind(work, kind, by=request.teacher, at=at)
        asked = {heading.code for heading in headings_of(kind, work.organisation)}
        unseen = asked - {heading.code for heading in form.headings}
        if unseen or not hands_in:
            messages.success(request, _changed(kind, hands_in=hands_in))
            return redirect("works:edit", uid=work.uid)
    if hands_in:
        # Saved already in its own right, so that a missing title loses nothing.
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data["edition"] = str(work.edition)  # type: ignore[index]
        actions.hand_in(work, by=request.teacher, at=at)
        messages.success(request, _("已交。有人看过以前，您随时可以撤回。"))
    else:
        messages.success(request, _("已保存，只有您自己看得到，直到您交出或分享。"))
    return redirect("works:work", uid=work.uid)


def _changed(kind: WorkKind, *, hands_in: bool) -> str:
    said = _("类别已换成“%(kind)s”，写的都在。") % {"kind": kind.name}
    return said + _("还没有交：请先看一遍这一类的栏目，再交一次。") if hands_in else said


def _beside(form: WorkForm, now: Work, headings: list[Heading]) -> dict[str, Any]:
    """Return what the page needs to show both: what is there, beside what was typed.

    The form goes on with the edition that is there, so that the next saving is one's own choice.
    """
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["edition"] = str(now.edition)  # type: ignore[index]
    there = _given(now, headings)
    names = ["title", *(f"{TEXT}{heading.code}" for heading in headings)]
    typed = {name: str(form[name].value() or "").replace("\r\n", "\n") for name in names}
    others = [(form[name].label, there[name]) for name in names if typed[name] != there[name]]
    return {"others": others}


@takes_drafts
def save(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take what a device has kept: `{edition, texts}`; see docs/guides/pages.md, 草稿."""
    work = written_work(request, uid)
    told = read_saving(request)
    given = told.texts
    headings = _headings(work, given)
    codes = {heading.code for heading in headings}
    texts = {name.removeprefix(TEXT): text for name, text in given.items() if name[:5] == TEXT}
    facts: dict[str, object] = {"about": given["about"][:160]} if "about" in given else {}
    if "happened_on" in given and (day := _day(given["happened_on"])):
        facts["happened_on"] = day
    try:
        work = actions.save(
            work,
            edition=told.edition,
            title=given.get("title"),
            texts={code: text for code, text in texts.items() if code in codes},
            facts=facts,
            by=request.teacher,
            at=timezone.now(),
        )
    except WorkWrittenMeanwhile as meanwhile:
        there = _given(meanwhile.work, headings)
        now = {name: str(there[name] or "") for name in given if name in there}
        return JsonResponse({"edition": meanwhile.work.edition, "texts": now}, status=CONFLICT)
    return JsonResponse({"edition": work.edition})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
