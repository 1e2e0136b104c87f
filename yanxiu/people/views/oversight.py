"""Remarks of those who supervise, and the log of what leaders do."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yanxiu.kernel.sources import Source
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.actions import oversight as actions
from yanxiu.people.forms import governing as forms
from yanxiu.people.models import GuidanceAct, Organisation, SupervisionNote, Teacher
from yanxiu.people.models.teacher import below, today
from yanxiu.people.permissions import (
    may_answer_note,
    may_see_act,
    may_see_note,
    may_settle_act,
)
from yanxiu.people.views.asking import ask
from yanxiu.places.table import all_places, links
from yanxiu.ui.pages import show

PAGE = 50


@login_required
def supervision(request: TeacherRequest) -> HttpResponse:
    """List the remarks this reader may see, the unanswered first."""
    rows = allowed(may_see_note, request.teacher, SupervisionNote.objects.all())
    if request.GET.get("open"):
        rows = rows.filter(answered_at=None)
    rows = rows.select_related("author", "answered_by", "organisation")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown = SupervisionNote.objects.filter(pk__in=[row.pk for row in page])
    mine = set(allowed(may_answer_note, request.teacher, shown).values_list("pk", flat=True))
    about = [Source(row.source_kind, row.source_id) for row in page]
    found = links(about, request.teacher)
    context = {
        "page": page,
        "lines": [
            (row, found.get(source), row.pk in mine and not row.answered_at)
            for row, source in zip(page, about, strict=True)
        ],
        "supervises": request.teacher.holds("supervise"),
        "only_open": bool(request.GET.get("open")),
    }
    return show(request, "people/supervision.html", context)


def _thing(request: TeacherRequest, kind: str, uid: UUID) -> tuple[Any, Organisation, str, str]:
    """Return what is to be remarked upon, if this reader may see it and supervises there."""
    place = all_places().get(kind)
    if place is None:
        raise Http404
    row = place.rows().filter(place.seen_by(request.teacher), uid=uid).first()
    organisation = getattr(row, "organisation", None)
    if row is None or organisation is None:
        raise Http404
    paths = request.teacher.reach_paths("supervise")
    if not any(organisation.path.startswith(path) for path in paths):
        raise Http404
    return row, organisation, place.title(row), place.url(row)


@login_required
def remark(request: TeacherRequest, kind: str, uid: UUID) -> HttpResponse:
    """Comment on something, or ask about it."""
    _row, organisation, title, url = _thing(request, kind, uid)
    form = forms.RemarkForm(request.POST or None, initial={"kind": "comment"})

    def deed(data: Mapping[str, Any]) -> str:
        actions.remark(
            Source(kind, uid), organisation, title=title,
            by=request.teacher, at=timezone.now(), **data,
        )  # fmt: skip
        return reverse("people:supervision")

    asked = {
        "heading": _("提意见、提问"),
        "lead": title,
        "back_url": url,
        "keep": f"remark-{uid}",
        "sentence": _("写下的话和答复都会留下来；内容本身不会因此改动。"),
    }
    return ask(request, form, deed, done=_("已提交，负责的人会看到。"), context=asked)


@login_required
def answer(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Answer a remark."""
    found = get_allowed(may_answer_note, request.teacher, SupervisionNote.objects.all(), uid)
    form = forms.AnswerForm(request.POST or None)

    def deed(data: Mapping[str, Any]) -> str:
        actions.answer(found, data["text"], by=request.teacher, at=timezone.now())
        return reverse("people:supervision")

    asked = {
        "heading": _("答复"), "lead": found.source_title, "sentence": found.text,
        "back_url": reverse("people:supervision"), "keep": f"answer-{uid}",
    }  # fmt: skip
    return ask(request, form, deed, done=_("已答复。"), context=asked)


def _places_led(reader: Teacher) -> Any:
    """The organisations that the reader leads or supervises."""
    led = [post.organisation.path for post in reader.posts_today if post.role.leading]
    rows = Organisation.objects.filter(below([*led, *reader.reach_paths("supervise")]))
    return rows.order_by("path")


@login_required
def guidance(request: TeacherRequest) -> HttpResponse:
    """Show what leaders did to guide: the log, and per leader how often and how long."""
    reader = request.teacher
    rows = allowed(may_see_act, reader, GuidanceAct.objects.all())
    page = Paginator(rows.select_related("leader", "organisation"), PAGE).get_page(
        request.GET.get("page")
    )
    leaders = (
        rows.order_by().values("leader__name").annotate(number=Count("pk"), minutes=Sum("minutes"))
    )
    works = rows.order_by().values("work").annotate(number=Count("pk"), minutes=Sum("minutes"))
    total = sum(one["minutes"] or 0 for one in works)
    context = {
        "page": page,
        "leaders": leaders.order_by("leader__name")[:PAGE],
        "works": [
            (GuidanceAct.Work(one["work"]).label, one["number"], one["minutes"] or 0)
            for one in works
        ],
        "total": total,
        "may_log": _places_led(reader).exists(),
        "reader": reader,
    }
    return show(request, "people/guidance.html", context)


@login_required
def new_act(request: TeacherRequest) -> HttpResponse:
    """Log one thing that a leader did."""
    schools = _places_led(request.teacher)
    if not schools.exists():
        raise Http404
    form = forms.ActForm(request.POST or None, schools=schools, initial={"on": today()})

    def deed(data: Mapping[str, Any]) -> str:
        facts = {name: value for name, value in data.items() if name != "organisation"}
        actions.log_act(
            data["organisation"], actions.ActFacts(**facts), by=request.teacher, at=timezone.now()
        )
        return reverse("people:guidance")

    what = _("参加的活动已经在研修记录里，不用再记。这里只记走访、检查、座谈等。")
    asked = {"heading": _("记一次督导"), "back_url": reverse("people:guidance"),
             "sentence": what, "keep": "guidance-new"}  # fmt: skip
    return ask(request, form, deed, done=_("已记下。"), context=asked)


@login_required
def settle(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Write what came of it."""
    found = get_allowed(may_settle_act, request.teacher, GuidanceAct.objects.all(), uid)
    initial = {"follow_up": found.follow_up, "on": today()}
    form = forms.SettleForm(request.POST or None, initial=initial)

    def deed(data: Mapping[str, Any]) -> str:
        actions.settle_act(found, by=request.teacher, at=timezone.now(), **data)
        return reverse("people:guidance")

    asked = {"heading": _("写后续"), "lead": found.matter, "back_url": reverse("people:guidance")}
    return ask(request, form, deed, done=_("已保存。"), context=asked)
