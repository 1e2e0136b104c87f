"""Sessions about books: what is read there, and what was said."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import BooleanField, Count, ExpressionWrapper, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanxiu.activities.models import Part, Session
from yanxiu.activities.permissions import may_see_session
from yanxiu.books import actions
from yanxiu.books.forms import ShareForm, TieForm
from yanxiu.books.models import CommonRound, Meeting, ReadingClub
from yanxiu.books.permissions import (
    may_choose_share,
    may_see_club,
    may_see_meeting,
    may_see_round,
    may_tie_meeting,
)
from yanxiu.books.queries.doors import doors_of_sessions, doors_of_shares
from yanxiu.books.queries.meetings import reading_sessions
from yanxiu.books.views.reader import PER_PAGE, own_school, read_or_post
from yanxiu.books.views.rounds import chosen_note, own_notes
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.ui.asking import ask, kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

CAME = Q(attendances__state__in=("present", "late"))


@login_required
@require_safe
def meetings(request: TeacherRequest) -> HttpResponse:
    """List the sessions about reading that the reader may see, newest first."""
    own_school(request)
    rows = allowed(may_see_session, request.teacher, reading_sessions())
    rows = rows.select_related("unit", "organisation", "reading__book").annotate(
        came=Count("attendances", filter=CAME, distinct=True),
        said=Count("reading_shares", distinct=True),
    )
    page = Paginator(rows.order_by("-starts_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    return show(request, "books/meetings.html", {"page": page})


def _seen(request: TeacherRequest, uid: UUID) -> Any:
    """Return the session with what its page says of it, in one statement."""
    teacher = request.teacher
    rows = Session.objects.select_related(
        "organisation",
        "reading__book",
        "reading__reading_round__book",
        "reading__club",
    )
    rows = doors_of_sessions(rows, teacher).annotate(
        ties=ExpressionWrapper(may_tie_meeting(teacher), output_field=BooleanField()),
        came=Count("attendances", filter=CAME, distinct=True),
        said=Count("reading_shares", distinct=True),
    )
    return get_allowed(may_see_meeting, teacher, rows, uid)


def _page(request: TeacherRequest, found: Any, form: ShareForm) -> dict[str, Any]:
    shares = doors_of_shares(
        found.reading_shares.select_related("teacher", "work"), request.teacher
    ).annotate(
        choosable=ExpressionWrapper(may_choose_share(request.teacher), output_field=BooleanField())
    )
    paginator = Paginator(shares, PER_PAGE)
    paginator.count = found.said
    page = paginator.get_page(request.GET.get("page"))
    speakers = found.parts.filter(role__in=(Part.Role.HOST, Part.Role.MAIN_SPEAKER))
    return {
        "session": found,
        "meeting": getattr(found, "reading", None),
        "speakers": speakers.select_related("teacher"),
        "page": page,
        "form": form,
    }


@login_required
@require_safe
def one(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show what is read in a session, who speaks, how many came, and what was said."""
    found = _seen(request, uid)
    form = ShareForm(works=own_notes(request))
    return show(request, "books/meeting.html", _page(request, found, form))


@login_required
@require_POST
def share(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Tell the others something."""
    found = _seen(request, uid)
    form = ShareForm(request.POST, works=own_notes(request))
    if form.is_valid():
        with kept_in(form):
            data = form.cleaned_data
            actions.share(
                session=found,
                text=data["text"],
                about=data["about"],
                work=chosen_note(request, data.get("work", "")),
                by=request.teacher,
                at=timezone.now(),
            )
            messages.success(request, _("已分享。"))
            return redirect("books:meeting", uid=found.uid)
    return show(request, "books/meeting.html", _page(request, found, form), status=UNPROCESSABLE)


@login_required
@read_or_post
def tie(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Say what is read in the session."""
    rows = Session.objects.select_related("organisation")
    found = get_allowed(may_tie_meeting, request.teacher, rows, uid)
    rounds = {
        str(row.uid): row
        for row in allowed(may_see_round, request.teacher, CommonRound.objects.all())
        .filter(organisation=found.organisation)
        .select_related("book", "unit", "club", "organisation")[:PER_PAGE]
    }
    clubs = {
        str(row.uid): row
        for row in allowed(may_see_club, request.teacher, ReadingClub.objects.all()).filter(
            organisation=found.organisation, ended_on=None
        )[:PER_PAGE]
    }
    form = TieForm(
        request.POST or None,
        rounds=[(uid, f"{row.book.named}（{row.among}）") for uid, row in rounds.items()],
        clubs=[(uid, row.name) for uid, row in clubs.items()],
        initial=_tied(found),
    )

    def deed(data: Any) -> str:
        actions.tie_meeting(
            found,
            form=data["form"],
            title=data["title"],
            reading_round=rounds.get(data["reading_round"]),
            club=clubs.get(data["club"]),
            by=request.teacher,
            at=timezone.now(),
        )
        return reverse("books:meeting", args=[found.uid])

    back = reverse("books:meeting", args=[found.uid])
    context = {"heading": _("这场读的是"), "lead": found.title, "back": back}
    return ask(request, form, deed, done=_("已保存。"), page="books/form.html", context=context)


def _tied(session: Session) -> dict[str, Any]:
    row = Meeting.objects.select_related("book", "reading_round", "club").filter(session=session)
    meeting = row.first()
    if meeting is None:
        return {}
    return {
        "form": meeting.form,
        "title": meeting.book.title if meeting.book and not meeting.reading_round else "",
        "reading_round": str(meeting.reading_round.uid) if meeting.reading_round else "",
        "club": str(meeting.club.uid) if meeting.club else "",
    }
