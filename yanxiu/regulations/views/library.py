"""Reading rules: the library, one rule, an older version, and saying that one has read it."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanxiu.documents.sheets import SheetColumn, SheetContent
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Organisation
from yanxiu.people.models.teacher import today
from yanxiu.regulations import actions, queries
from yanxiu.regulations.models import Article, Regulation, RegulationKind, RegulationVersion
from yanxiu.regulations.permissions import RIGHT, may_manage_regulation, may_see_regulation
from yanxiu.texts.numerals import whole_number
from yanxiu.ui.downloads import workbook
from yanxiu.ui.pages import show

PER_PAGE = 50


@login_required
@require_safe
def regulations(request: TeacherRequest) -> HttpResponse:
    """List the rules that hold for the reader, and the mechanisms of those who keep them."""
    teacher, day = request.teacher, today()
    kind, search = request.GET.get("kind", ""), request.GET.get("q", "").strip()
    rows = allowed(may_see_regulation, teacher, Regulation.objects.all())
    if request.GET.get("retired") != "1":
        rows = rows.filter(retired_on=None)
    if (number := whole_number(kind)) is not None:
        rows = rows.filter(kind=number)
    if search:
        rows = rows.filter(Q(title__icontains=search) | Q(issuer__icontains=search))
    rows = rows.select_related("kind", "organisation")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    kept = _kept(request)
    context = {
        "page": page,
        "lines": queries.lines(page.object_list, teacher, day),
        "kinds": RegulationKind.objects.filter(
            regulation__in=allowed(may_see_regulation, teacher, Regulation.objects.all())
        ).distinct(),
        "kind": kind,
        "search": search,
        "may_write": teacher.holds(RIGHT),
        "kept": kept,
        "mechanisms": queries.mechanisms(kept, day) if kept else [],
    }
    return show(request, "regulations/regulations.html", context)


def _kept(request: TeacherRequest) -> Organisation | None:
    """Return the organisation whose rules the reader keeps: that of the first such post."""
    posts = [post for post in request.teacher.posts_today if RIGHT in post.role.rights]
    return posts[0].organisation if posts else None


def seen(request: TeacherRequest, uid: UUID) -> Regulation:
    """Return the rule `uid` if the reader may see it."""
    rows = Regulation.objects.select_related("kind", "organisation", "derived_from", "owner")
    return get_allowed(may_see_regulation, request.teacher, rows, uid)


@dataclass(frozen=True)
class ArticleLine:
    """One article, and the words of the version before where they differ."""

    article: Article
    before: str = ""
    is_new: bool = False


def compared(version: RegulationVersion, before: RegulationVersion | None) -> list[ArticleLine]:
    """Return the articles of `version`, changed ones with what stood there before."""
    articles = list(version.articles.select_related("source__version__regulation"))
    if before is None:
        return [ArticleLine(article) for article in articles]
    old = {article.label or article.order: article.text for article in before.articles.all()}
    found = []
    for article in articles:
        known = old.get(article.label or article.order)
        if known is None:
            found.append(ArticleLine(article, is_new=True))
        elif SequenceMatcher(None, known, article.text, autojunk=False).ratio() < 1:
            found.append(ArticleLine(article, before=known))
        else:
            found.append(ArticleLine(article))
    return found


@login_required
@require_safe
def regulation(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a rule: the text that holds, what changed, its versions, and who has read it."""
    found, day = seen(request, uid), today()
    versions = list(found.versions.all())
    may_manage = allowed(may_manage_regulation, request.teacher, Regulation.objects.all())
    managed = may_manage.filter(pk=found.pk).exists()
    holding = next((one for one in versions if one.in_force(day)), None)
    shown = holding or next(
        (one for one in reversed(versions) if managed or one.published_at), None
    )
    if shown is None:
        raise Http404
    before = next((one for one in reversed(versions) if one.number < shown.number), None)
    acknowledgement = shown.acknowledgements.filter(teacher=request.teacher).first()
    context = {
        "regulation": found,
        "version": shown,
        "holding": holding,
        "articles": compared(shown, before),
        "versions": [one for one in versions if one.published_at or managed],
        "draft": next((one for one in versions if managed and not one.published_at), None),
        "may_manage": managed,
        "acknowledgement": acknowledgement,
        "may_acknowledge": bool(shown.published_at)
        and acknowledgement is None
        and shown.asks_acknowledgement,
        "read_count": shown.acknowledgements.count(),
        "unread": list(queries.unread(shown, day)[:PER_PAGE])
        if managed and shown.asks_acknowledgement
        else [],
        "derived": allowed(
            may_see_regulation, request.teacher, found.derived.select_related("organisation")
        ),
    }
    return show(request, "regulations/regulation.html", context)


@login_required
@require_safe
def version(request: TeacherRequest, uid: UUID, number: int) -> HttpResponse:
    """Show one version as it was or will be, to be read or printed."""
    found = seen(request, uid)
    managed = allowed(may_manage_regulation, request.teacher, Regulation.objects.all())
    rows = found.versions.all()
    if not managed.filter(pk=found.pk).exists():
        rows = rows.filter(published_at__isnull=False)
    one = rows.filter(number=number).first()
    if one is None:
        raise Http404
    before = found.versions.filter(number__lt=number).last()
    context = {"regulation": found, "version": one, "articles": compared(one, before)}
    return show(request, "regulations/version.html", context)


@login_required
@require_POST
def acknowledge(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Note that the reader has read the text that holds."""
    found = seen(request, uid)
    one = queries.version_in_force(found, today()) or found.versions.last()
    if one is None:
        raise Http404
    actions.acknowledge(one, by=request.teacher, at=timezone.now())
    messages.success(request, _("已记下：您读过《%(title)s》。") % {"title": found.title})
    return redirect("regulations:regulation", uid)


@login_required
@require_safe
def unread_sheet(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the list of those who have not read it yet, as a workbook."""
    rows = Regulation.objects.select_related("organisation")
    found = get_allowed(may_manage_regulation, request.teacher, rows, uid)
    one = queries.version_in_force(found, today())
    people = queries.unread(one, today()) if one else []
    sheet = SheetContent(
        name="未确认",
        title=f"《{found.title}》未确认名单",
        columns=(SheetColumn("姓名"),),
        rows=[(teacher.name,) for teacher in people],
    )
    return workbook(f"未确认名单 {found.title}", sheet)
