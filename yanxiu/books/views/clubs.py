"""Reading clubs."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanxiu.books import actions
from yanxiu.books.forms import ClubForm
from yanxiu.books.models import ReadingClub
from yanxiu.books.permissions import may_manage_club, may_see_club, may_see_round
from yanxiu.books.queries.doors import doors_of_meetings
from yanxiu.books.queries.rounds import PRESENT
from yanxiu.books.views.reader import PER_PAGE, own_school, read_or_post
from yanxiu.people.access import TeacherRequest, allowed, get_allowed, holds_at
from yanxiu.people.models import Teacher
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show


@login_required
@require_safe
def clubs(request: TeacherRequest) -> HttpResponse:
    """List the clubs of the school, those that go on first."""
    own_school(request)
    rows = allowed(may_see_club, request.teacher, ReadingClub.objects.all())
    rows = rows.select_related("leader", "organisation").annotate(
        size=Count("members", filter=Q(members__left_on=None))
    )
    page = Paginator(rows.order_by("ended_on", "name"), PER_PAGE).get_page(request.GET.get("page"))
    return show(request, "books/clubs.html", {"page": page})


@login_required
@read_or_post
def new(request: TeacherRequest) -> HttpResponse:
    """Found a club; any teacher may."""
    school, form = own_school(request), ClubForm(request.POST or None)

    def deed(data: Any) -> str:
        made = actions.found_club(school, by=request.teacher, at=timezone.now(), **data)
        return reverse("books:club", args=[made.uid])

    context = {
        "heading": _("建一个读书会"),
        "lead": _("谁都可以建，自愿加入；召集人看不到成员的札记，也不多看到别的"),
        "back": reverse("books:clubs"),
        "submit": _("建起来"),
        "keep": "club-new",
    }
    done = _("读书会已建，别的老师在“读书会”里点一下就能加入。")
    return ask(request, form, deed, done=done, page="books/form.html", context=context)


def _managed(request: TeacherRequest, uid: UUID) -> ReadingClub:
    return get_allowed(may_manage_club, request.teacher, ReadingClub.objects.all(), uid)


def _seen(request: TeacherRequest, uid: UUID) -> ReadingClub:
    rows = ReadingClub.objects.select_related("leader", "organisation")
    return get_allowed(may_see_club, request.teacher, rows, uid)


@login_required
@require_safe
def one(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a club: members, rounds and where it met."""
    teacher, found = request.teacher, _seen(request, uid)
    members = list(found.members.filter(left_on=None).select_related("teacher"))
    rounds = found.rounds.filter(may_see_round(teacher)).select_related("book")
    meetings = found.meetings.filter(session__cancelled_at=None).select_related("session", "book")
    meetings = doors_of_meetings(meetings, request.teacher)
    this = ReadingClub.objects.filter(pk=found.pk)
    context = {
        "club": found,
        "members": members,
        "joined": any(one.teacher_id == teacher.pk for one in members),
        "leads": found.leader_id == teacher.pk,
        "rounds": rounds[:PER_PAGE],
        "meetings": meetings.annotate(came=Count("session__attendances", filter=PRESENT)).order_by(
            "-session__starts_at"
        )[:PER_PAGE],
        "manages": allowed(may_manage_club, teacher, this).exists(),
        "plans": bool(teacher.leads) or holds_at(teacher, "manage_sessions", found.organisation),
    }
    return show(request, "books/club.html", context)


@login_required
@read_or_post
def edit(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Change what a club is called and what it is for."""
    found = _managed(request, uid)
    initial = {"name": found.name, "form": found.form, "purpose": found.purpose}
    form = ClubForm(request.POST or None, initial=initial)

    def deed(data: Any) -> str:
        actions.change_club(found, by=request.teacher, at=timezone.now(), **data)
        return reverse("books:club", args=[found.uid])

    back = reverse("books:club", args=[found.uid])
    context = {"heading": _("改读书会"), "lead": found.name, "back": back}
    return ask(request, form, deed, done=_("已保存。"), page="books/form.html", context=context)


@login_required
@require_POST
def do(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Join, leave, hand over, end, go on, ask for a meeting."""
    word, given = request.POST.get("do", ""), {"by": request.teacher, "at": timezone.now()}
    if word == "join":
        actions.join_club(_seen(request, uid), **given)  # type: ignore[arg-type]
        messages.success(request, _("已加入。"))
    elif word == "leave":
        actions.leave_club(_seen(request, uid), **given)  # type: ignore[arg-type]
        messages.success(request, _("已退出；读过的、说过的都还在。"))
    elif word == "end":
        found = actions.end_club(_managed(request, uid), **given)  # type: ignore[arg-type]
        messages.success(
            request, _("读书会已结束，记录都留着。") if found.ended_on else _("读书会又开了。")
        )
    elif word == "ask_meeting":
        asked = actions.ask_for_meeting(
            _managed(request, uid),
            wish=request.POST.get("wish", ""),
            **given,  # type: ignore[arg-type]
        )
        names = "、".join(one.name for one in asked)
        messages.success(request, _("已请%(names)s安排，排好以后会在日程里。") % {"names": names})
    elif word == "hand_over":
        found = _managed(request, uid)
        leader = _member(found, request.POST.get("leader", ""))
        actions.hand_over_club(found, leader, **given)  # type: ignore[arg-type]
        messages.success(request, _("召集人已换。"))
    else:
        raise Http404
    return redirect("books:club", uid=uid)


def _member(club: ReadingClub, uid: str) -> Teacher:
    members = club.members.filter(left_on=None).select_related("teacher")
    found = next((one.teacher for one in members if str(one.teacher.uid) == uid), None)
    if found is None:
        raise Http404
    return found
