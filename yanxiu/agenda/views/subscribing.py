"""Calendars to subscribe to: the secret addresses, and what is read under them."""

from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanxiu.agenda.feeds import feed
from yanxiu.agenda.links import end_link, find_link, make_link, note_reading
from yanxiu.agenda.models import CalendarLink
from yanxiu.people.access import Row, TeacherRequest, allowed
from yanxiu.people.models import Organisation, Unit
from yanxiu.people.models.teacher import today
from yanxiu.people.permissions import may_see_organisation
from yanxiu.ui.pages import show


@login_required
def calendar_links(request: TeacherRequest) -> HttpResponse:
    """List the reader's addresses, and offer new ones."""
    return show(request, "agenda/links.html", _links(request))


def _links(request: TeacherRequest) -> dict[str, object]:
    teacher = request.teacher
    mine = CalendarLink.objects.filter(teacher=teacher.pk, ended_at=None)
    organisations = {post.organisation.pk: post.organisation for post in teacher.posts_today}
    return {
        "links": list(mine.select_related("unit", "organisation")[:50]),
        "units": list(Unit.objects.filter(pk__in=teacher.units)),
        "schools": list(organisations.values()),
        "may": bool(teacher.posts_today),
    }


@login_required
@require_POST
def new_link(request: TeacherRequest) -> HttpResponse:
    """Make an address and show it, this once."""
    scope = request.POST.get("scope", "")
    if scope not in CalendarLink.Scope.values:
        raise Http404
    unit = organisation = None
    if scope == CalendarLink.Scope.UNIT:
        unit = _one(Unit.objects.filter(pk__in=request.teacher.units), request)
    if scope == CalendarLink.Scope.SCHOOL:
        rows = allowed(may_see_organisation, request.teacher, Organisation.objects.all())
        organisation = _one(rows, request)
    link, token = make_link(
        request.teacher, scope, unit=unit, organisation=organisation, at=timezone.now()
    )
    url = f"{settings.PUBLIC_URL}{reverse('agenda:feed', args=[token])}"
    told = {"made": link, "url": url, "webcal": f"webcal://{url.split('://', 1)[1]}"}
    answer = show(request, "agenda/links.html", {**_links(request), **told})
    patch_cache_control(answer, no_store=True)
    return answer


def _one(rows: "QuerySet[Row]", request: TeacherRequest) -> Row:
    try:
        uid = UUID(request.POST.get("whose", ""))
    except ValueError:
        raise Http404 from None
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


@login_required
@require_POST
def end(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """End an address of the reader's."""
    link = CalendarLink.objects.filter(teacher=request.teacher.pk, uid=uid).first()
    if link is None:
        raise Http404
    end_link(link, by=request.teacher, at=timezone.now())
    messages.success(request, _("这个订阅地址已停用，谁再用它都得不到日程。"))
    return redirect("agenda:links")


@require_safe
def read(request: HttpRequest, token: str) -> HttpResponse:
    """Give the calendar of a secret address to whoever has it; 304 while nothing has changed."""
    link = find_link(token)
    if link is None:
        raise Http404
    day = today()
    body = feed(link, day)
    note_reading(link, day)
    tag = quote_etag(sha256(body).hexdigest()[:32])
    asked = parse_etags(request.headers.get("If-None-Match", ""))
    same = tag in {one.removeprefix("W/") for one in asked} or asked == ["*"]
    answer = (
        HttpResponseNotModified()
        if same
        else HttpResponse(body, content_type="text/calendar; charset=utf-8")
    )
    answer["ETag"] = tag
    answer["Referrer-Policy"] = "no-referrer"
    patch_cache_control(answer, private=True, max_age=0, must_revalidate=True)
    return answer
