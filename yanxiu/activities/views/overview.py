"""Looking at a term's activities as a whole: numbers, forms, gaps, and the attendance on paper."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yanxiu.activities import overview as read
from yanxiu.activities.documents import term_attendance
from yanxiu.activities.models import Session
from yanxiu.activities.permissions import may_see_roll
from yanxiu.kernel.spans import Span
from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.people.models import Organisation, Teacher
from yanxiu.people.models.teacher import today
from yanxiu.terms.models import Term
from yanxiu.terms.queries import terms_below, terms_of
from yanxiu.ui.downloads import download
from yanxiu.ui.pages import show

MOST = 100


@dataclass(frozen=True)
class Looked:
    """What the reader looks at: an organisation, a term, and the sessions of it within reach."""

    organisation: Organisation
    terms: list[Term]
    term: Term | None
    rows: "QuerySet[Session]"

    @property
    def span(self) -> Span:
        """The days of the term, or the last half year where there is none."""
        return self.term.span if self.term else Span(today() - timedelta(days=183), today())


def looked_at(request: TeacherRequest) -> Looked:
    """Return what the address asks for.

    Raises:
        Http404: the reader neither sees the sessions of a school nor leads a unit.
    """
    teacher = request.teacher
    if not (teacher.holds("see_sessions") or teacher.leads):
        raise Http404
    organisation = _organisation(teacher)
    terms = terms_of(organisation) if organisation.is_school else terms_below(organisation)
    wanted = request.GET.get("term", "")
    started = [term for term in terms if term.starts_on <= today()]
    term = next((each for each in terms if str(each.uid) == wanted), None)
    term = term or next(iter(started or terms), None)
    looked = Looked(organisation, terms, term, Session.objects.none())
    start, end = looked.span.moments()
    rows = Session.objects.filter(starts_at__gte=start, starts_at__lt=end)
    return Looked(organisation, terms, term, allowed(may_see_roll, teacher, rows))


def _organisation(teacher: Teacher) -> Organisation:
    for post in teacher.posts_today:
        if "see_sessions" in post.role.rights:
            return post.organisation  # type: ignore[no-any-return]
    if teacher.organisation is None:
        raise Http404
    return teacher.organisation  # type: ignore[no-any-return]


@login_required
@require_safe
def overview(request: TeacherRequest) -> HttpResponse:
    """Show a term's activities in numbers: by kind, form, effect, and who of the leaders came."""
    looked = looked_at(request)
    rows = looked.rows
    whole = request.teacher.holds("see_sessions")
    context = {
        "looked": looked,
        "counts": read.counts(rows),
        "kinds": read.by_kind(rows),
        "balance": read.balance(rows, looked.organisation),
        "forms": read.by_form(rows),
        "leaders": read.leaders(rows, looked.organisation, today()) if whole else [],
        "talk": read.talk(rows),
    }
    return show(request, "activities/overview.html", context)


@login_required
@require_safe
def gaps(request: TeacherRequest) -> HttpResponse:
    """Show what is lacking: weeks without a session, called off ones, minutes, things overdue."""
    looked = looked_at(request)
    rows, at = looked.rows, timezone.now()
    missed = read.missed_weeks(looked.organisation, looked.term, today()) if looked.term else []
    if not request.teacher.holds("see_sessions"):
        missed = [line for line in missed if line.unit.pk in request.teacher.leads]
    context = {
        "looked": looked,
        "missed": missed,
        "fell_out": list(read.fell_out(rows)[:MOST]),
        "never_closed": list(read.never_closed(rows, at)[:MOST]),
        "minutes": read.missing_minutes(rows, looked.organisation, today())[:MOST],
        "overdue": list(read.overdue(rows, today())[:MOST]),
    }
    return show(request, "activities/gaps.html", context)


@login_required
@require_safe
def term_sheet(request: TeacherRequest) -> HttpResponse:
    """Give a term's attendance as a workbook: every teacher against every session."""
    teacher = request.teacher
    organisation = _organisation(teacher)
    terms = terms_of(organisation) if organisation.is_school else terms_below(organisation)
    wanted = request.GET.get("term", "")
    started = [term for term in terms if term.starts_on <= today()]
    term = next((each for each in terms if str(each.uid) == wanted), None)
    term = term or next(iter(started or terms), None)
    if term is None:
        raise Http404
    content = term_attendance.workbook(term_attendance.sheet_of(organisation, term, teacher))
    return download(content, f"考勤 {organisation} {term}.xlsx")
