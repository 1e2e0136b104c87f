"""Works as Word files: one, or a collection."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.people.models.teacher import today
from yanxiu.terms.queries import term_on
from yanxiu.ui.downloads import download
from yanxiu.ui.pages import show
from yanxiu.works.documents.collection import bound, one, pieces_of
from yanxiu.works.models import Work
from yanxiu.works.permissions import may_see_work
from yanxiu.works.queries.mine import kinds_for, works_of
from yanxiu.works.views.reader import chosen, own_school, seen_work

MOST = 100
"""So many works make a thick book; more are bound by term or kind."""
WHOSE = ("mine", "school")


@login_required
@require_safe
def paper(request: TeacherRequest, uid: object) -> HttpResponse:
    """Give one work as a Word file, as far as this reader may see it."""
    found = seen_work(request, uid)
    piece = pieces_of([found], request.teacher)[0]
    return download(one(piece), f"{piece.title}.docx")


def _chosen(request: TeacherRequest) -> "QuerySet[Work]":
    """Return the works to bind: one's own, or what colleagues share with the school."""
    teacher, school = request.teacher, own_school(request)
    if request.GET.get("whose") == "school":
        rows = allowed(may_see_work, teacher, Work.objects.filter(organisation=school))
        rows = rows.filter(shared_with=Work.Shared.SCHOOL)
    else:
        rows = works_of(teacher)
    rows = rows.filter(dropped_at=None).select_related("kind", "teacher")
    kinds = kinds_for(school, today())
    kind = next((one for one in kinds if str(one.uid) == request.GET.get("kind")), None)
    if kind:
        rows = rows.filter(kind=kind)
    term = term_on(school, today())
    if term and request.GET.get("when") != "all":
        rows = rows.filter(happened_on__gte=term.starts_on, happened_on__lt=term.ends_on)
    picked = request.GET.getlist("work")
    if picked:
        rows = rows.filter(uid__in=[uid for uid in picked if len(uid) == 36][:MOST])  # noqa: PLR2004 - a uid
    return rows.order_by("happened_on", "pk")


@login_required
@require_safe
def collection(request: TeacherRequest) -> HttpResponse:
    """Choose what to bind into a collection; `?bind=` gives the file."""
    school = own_school(request)
    rows = _chosen(request)
    whose = chosen(request.GET.get("whose", ""), WHOSE) or "mine"
    if "bind" in request.GET and (works := list(rows[:MOST])):
        title = request.GET.get("title", "").strip()[:60] or _("文集")
        name = request.teacher.name if whose == "mine" else school.name
        return download(
            bound(pieces_of(works, request.teacher), title, subtitle=name), f"{title}.docx"
        )
    context = {
        "works": list(rows[: MOST + 1]),
        "most": MOST,
        "kinds": kinds_for(school, today()),
        "whose": whose,
        "chosen": request.GET,
        "term": term_on(school, today()),
    }
    return show(request, "works/collection.html", context)
