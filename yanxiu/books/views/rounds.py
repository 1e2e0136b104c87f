"""Reading one book together: the page that tells the whole story of a round."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanxiu.books import actions
from yanxiu.books.documents.round_story import facts_of, paper_of
from yanxiu.books.forms import PartsForm, RoundForm, ShareForm, StoryForm
from yanxiu.books.models import CommonRound, ReadingClub
from yanxiu.books.permissions import may_manage_round, may_see_round
from yanxiu.books.queries.doors import doors_of_shares
from yanxiu.books.queries.rounds import JOINED, shares_of, story_of, told_rounds
from yanxiu.books.refusals import RoundWrittenMeanwhile
from yanxiu.books.views.reader import (
    PER_PAGE,
    Whom,
    groups_offered,
    own_school,
    pairs,
    read_or_post,
)
from yanxiu.people.access import TeacherRequest, allowed, get_allowed, holds_at
from yanxiu.people.models.teacher import today
from yanxiu.ui.asking import ask, kept_in
from yanxiu.ui.downloads import download
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE
from yanxiu.works.models import Work

STORY = ("purpose", "practice", "effect", "pupil_activity")
MOST_NOTES = 50


@login_required
@require_safe
def rounds(request: TeacherRequest) -> HttpResponse:
    """List the rounds that the reader may see, those going on first."""
    own_school(request)
    rows = allowed(may_see_round, request.teacher, CommonRound.objects.all())
    if request.GET.get("state") == "over":
        rows = rows.exclude(ended_at=None)
    else:
        rows = rows.filter(ended_at=None)
    rows = rows.select_related(*JOINED).annotate(reading=Count("readers", distinct=True))
    rows = rows.order_by("-starts_on", "-pk")
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "over": request.GET.get("state") == "over",
        "opens": bool(_offered(request)),
    }
    return show(request, "books/rounds.html", context)


def _offered(request: TeacherRequest) -> dict[str, tuple[Whom, ReadingClub | None]]:
    """Return among whom this reader may open a round: groups led, the school, own clubs."""
    school = own_school(request)
    groups = groups_offered(request, to_all=False, led=True)
    found: dict[str, tuple[Whom, ReadingClub | None]] = {
        uid: (whom, None) for uid, whom in groups.items()
    }
    clubs = ReadingClub.objects.filter(ended_on=None, organisation=school)
    if not holds_at(request.teacher, "manage_works", school):
        clubs = clubs.filter(leader=request.teacher)
    for club in clubs:
        found[str(club.uid)] = ((school, None), club)
    return found


@login_required
@read_or_post
def new(request: TeacherRequest) -> HttpResponse:
    """Open a round."""
    offered = _offered(request)
    if not offered:
        raise Http404
    whom = pairs({uid: where for uid, (where, club) in offered.items() if club is None})
    whom += [(uid, club.name) for uid, (_where, club) in offered.items() if club]
    given = {"title": request.GET.get("title", "")[:160], "whom": request.GET.get("club", "")}
    form = RoundForm(request.POST or None, whom=whom, initial={"starts_on": today(), **given})

    def deed(data: Any) -> str:
        (place, unit), club = offered[data["whom"]]
        made = actions.open_round(
            place,
            unit=unit,
            club=club,
            starts_on=data["starts_on"],
            ends_on=form.ends_on,
            parts=data["parts"],
            by=request.teacher,
            at=timezone.now(),
            **{name: data[name] for name in ("title", "author", "purpose")},
        )
        return reverse("books:round", args=[made.uid])

    context = {
        "heading": _("共读一本书"),
        "lead": _("组里、读书会里的人自动在内；全校的，愿意的老师点一下参加"),
        "back": reverse("books:rounds"),
        "submit": _("开始共读"),
        "keep": "round-new",
    }
    done = _("共读已开始，进度在参加的人的日程里。")
    return ask(request, form, deed, done=done, page="books/form.html", context=context)


def _seen(request: TeacherRequest, uid: UUID) -> Any:
    return get_allowed(may_see_round, request.teacher, told_rounds(request.teacher), uid)


def _managed(request: TeacherRequest, uid: UUID) -> CommonRound:
    rows = CommonRound.objects.select_related(*JOINED)
    return get_allowed(may_manage_round, request.teacher, rows, uid)


def own_notes(request: TeacherRequest) -> list[tuple[str, str]]:
    """Return the own notes about books, to tie one to a share."""
    rows = Work.objects.filter(
        teacher=request.teacher, dropped_at=None, kind__act="reading_note"
    ).order_by("-happened_on", "-pk")
    named = rows.exclude(title="").values_list("uid", "title")[:MOST_NOTES]
    return [(str(uid), title) for uid, title in named]


def chosen_note(request: TeacherRequest, uid: str) -> Work | None:
    """Return the own note that a form names, None without."""
    return Work.objects.filter(teacher=request.teacher, uid=uid).first() if uid else None


def _page(request: TeacherRequest, found: Any, given: Any = None) -> dict[str, Any]:
    """Return what the page of a round shows; the own notes on the book may stand with a share."""
    teacher = request.teacher
    story = story_of(found, teacher)
    shares = doors_of_shares(shares_of(found), request.teacher)
    paginator = Paginator(shares, PER_PAGE)
    paginator.count = found.said
    works = [
        (str(one.uid), one.title or one.kind.name)
        for one in story.notes
        if one.teacher_id == teacher.pk
    ]
    return {
        "round": found,
        "story": story,
        "page": paginator.get_page(request.GET.get("page")),
        "joined": any(one.teacher_id == teacher.pk for one in story.readers),
        "manages": found.manages,
        "form": ShareForm(given, works=works),
    }


@login_required
@require_safe
def one(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Tell the story of a round on one page."""
    return show(request, "books/round.html", _page(request, _seen(request, uid)))


@login_required
@require_POST
def share(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Tell the others something."""
    context = _page(request, _seen(request, uid), request.POST)
    found, form = context["round"], context["form"]
    if form.is_valid():
        with kept_in(form):
            data = form.cleaned_data
            actions.share(
                reading_round=found,
                text=data["text"],
                about=data["about"],
                work=chosen_note(request, data.get("work", "")),
                by=request.teacher,
                at=timezone.now(),
            )
            messages.success(request, _("已分享给一起读的老师。"))
            return redirect("books:round", uid=found.uid)
    return show(request, "books/round.html", context, status=UNPROCESSABLE)


@login_required
@require_POST
def do(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Read along, or no more; end the round, or open it again."""
    word, given = request.POST.get("do", ""), {"by": request.teacher, "at": timezone.now()}
    if word == "join":
        actions.join_round(_seen(request, uid), **given)  # type: ignore[arg-type]
        messages.success(request, _("已参加，进度在您的日程里。"))
    elif word == "leave":
        actions.leave_round(_seen(request, uid), **given)  # type: ignore[arg-type]
        messages.success(request, _("已退出这次共读；说过的、记过的都还在。"))
    elif word == "end":
        found = actions.end_round(_managed(request, uid), **given)  # type: ignore[arg-type]
        messages.success(request, _("共读已结束。") if found.ended_at else _("共读又打开了。"))
    else:
        raise Http404
    return redirect("books:round", uid=uid)


@login_required
@read_or_post
def parts(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Set the schedule."""
    found = _managed(request, uid)
    lines = [
        f"{row.due_on.isoformat()} {row.name} {row.leader_name}".strip()
        for row in found.parts.all()
    ]
    form = PartsForm(
        request.POST or None, since=found.starts_on, initial={"schedule": "\n".join(lines)}
    )

    def deed(data: Any) -> str:
        actions.set_parts(found, data["parts"], by=request.teacher, at=timezone.now())
        return reverse("books:round", args=[found.uid])

    back = reverse("books:round", args=[found.uid])
    context = {"heading": _("共读进度"), "lead": found.book.named, "back": back}
    done = _("进度已保存，参加的人的日程已更新。")
    return ask(request, form, deed, done=done, page="books/form.html", context=context)


@login_required
@read_or_post
def story(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Say what was tried and what it did for pupils."""
    found = _managed(request, uid)
    now = {name: getattr(found, name) for name in STORY}
    form = StoryForm(request.POST or None, initial={"edition": found.edition, **now})
    context: dict[str, Any] = {"form": form, "round": found}
    if request.method == "POST" and form.is_valid():
        with kept_in(form):
            try:
                data = form.cleaned_data
                actions.tell_story(
                    found,
                    edition=data["edition"],
                    texts={name: data[name] for name in STORY},
                    by=request.teacher,
                    at=timezone.now(),
                )
            except RoundWrittenMeanwhile as meanwhile:
                context |= _beside(form, meanwhile.reading_round)
                raise
            messages.success(request, _("已保存。"))
            return redirect("books:round", uid=found.uid)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return show(request, "books/story.html", context, status=status)


def _beside(form: StoryForm, now: CommonRound) -> dict[str, Any]:
    """Return what is there beside what was typed; the form goes on with the edition there."""
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["edition"] = str(now.edition)  # type: ignore[index]
    typed = {name: str(form[name].value() or "").replace("\r\n", "\n") for name in STORY}
    others = [
        (form[name].label, getattr(now, name))
        for name in STORY
        if typed[name] != getattr(now, name)
    ]
    return {"others": others}


@login_required
@require_safe
def paper(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the story of the round as a Word file."""
    found = _seen(request, uid)
    story = story_of(found, request.teacher)
    data = paper_of(facts_of(found, story, list(shares_of(found))))
    return download(data, f"共读{found.book.title}.docx")
