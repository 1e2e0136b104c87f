"""The pages of this app."""

from itertools import islice
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanxiu.jobs import actions as jobs
from yanxiu.kernel.sources import Source
from yanxiu.people.access import TeacherRequest, require_right
from yanxiu.people.models import Teacher
from yanxiu.places.table import links
from yanxiu.search import queries
from yanxiu.search.actions import read_changed
from yanxiu.search.forms import SearchForm, kinds
from yanxiu.terms.models import Term
from yanxiu.terms.queries import terms_of
from yanxiu.texts.numerals import whole_number
from yanxiu.ui.pages import show

BEFORE_A_SEARCH = 200
MOST_READINGS = 5


@login_required
@require_safe
def search(request: TeacherRequest) -> HttpResponse:
    """Show what the reader may see of what has the words."""
    teacher = request.teacher
    terms = terms_of(teacher.organisation) if teacher.organisation else []
    form = SearchForm(request.GET)
    form.offer([(str(term.uid), str(term)) for term in terms])
    form.is_valid()
    said = form.cleaned_data
    wanted = _wanted(request, said, terms)
    # What was noted and not read yet; a search of one's own words must find them.
    read_changed(BEFORE_A_SEARCH)
    asks = bool(wanted.text.strip() or wanted.people is not None or wanted.kind)
    found = queries.find(teacher, wanted) if asks else None
    meaning: dict[str, str] = {}
    if found is not None and not found.hits:
        found, meaning = _meant(teacher, wanted) or (found, meaning)
    narrowed = {**said, **meaning}
    kept = {name: narrowed[name] for name in ("q", "person", "kind", "term") if narrowed.get(name)}
    context = {
        "form": form,
        "said": said,
        "asks": asks,
        "found": found,
        "more": _more(found, kept, wanted.before),
        "meaning": meaning,
        "further": bool(wanted.before or wanted.page > 1),
        "first": urlencode(kept),
        "built": bool(found and found.hits) or queries.is_built(),
        "manages": teacher.holds("manage_people"),
    }
    return show(request, "search/search.html", context)


def _wanted(request: TeacherRequest, said: dict[str, str], terms: list[Term]) -> queries.Wanted:
    spans = {str(term.uid): term.span for term in terms}
    person = said.get("person", "")
    return queries.Wanted(
        text=said.get("q", ""),
        kind=said.get("kind", ""),
        people=queries.people_called(person) if person.strip() else None,
        span=spans.get(said.get("term", "")),
        before=max(whole_number(request.GET.get("before", "")) or 0, 0),
        page=max(whole_number(request.GET.get("page", "")) or 1, 1),
    )


def _meant(reader: Teacher, wanted: queries.Wanted) -> tuple[queries.Found, dict[str, str]] | None:
    """Return what is found if a word is meant for a person or a kind, and the fields that say so.

    Only where nothing has all the words; None if that finds nothing either.
    """
    if wanted.before or wanted.page > 1:
        return None
    names = dict(kinds())
    for other, person in islice(queries.readings(wanted, names), MOST_READINGS):
        found = queries.find(reader, other)
        if found.hits:
            kind = {"kind": other.kind, "of_kind": names[other.kind]} if other.kind else {}
            return found, {"q": other.text, "person": person, **kind}
    return None


def _more(found: queries.Found | None, kept: dict[str, str], before: int) -> str:
    """Return the query of the next page, or ""."""
    if found is None or not (found.next_page or found.next_before):
        return ""
    if found.next_page:
        on = {"before": str(before)} if before else {}
        return urlencode({**kept, **on, "page": str(found.next_page)})
    return urlencode({**kept, "before": str(found.next_before)})


@login_required
@require_safe
def open_hit(request: TeacherRequest, kind: str, uid: UUID) -> HttpResponse:
    """Go to the page of what was found, if it opens for the reader; 404 otherwise."""
    source = Source(kind, uid)
    link = links([source], request.teacher).get(source)
    if link is None:
        raise Http404
    return redirect(link.url)


@login_required
@require_POST
def rebuild(request: TeacherRequest) -> HttpResponse:
    """Have everything read into the index anew, in the background."""
    teacher = request.teacher
    if teacher.organisation is None:
        raise Http404
    require_right(teacher, "manage_people", teacher.organisation)
    jobs.start(
        "search.rebuild",
        title=_("重建检索"),
        detail={},
        by=teacher,
        organisation=teacher.organisation,
        at=timezone.now(),
    )
    messages.success(request, _("已排队，做好以前搜索照常能用。"))
    return redirect("jobs:jobs")
