"""The pages of notices in the form of an official paper."""

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
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.agenda.models import Occasion
from yanxiu.kernel.sources import Source
from yanxiu.notices.actions import mark_read
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Organisation, Teacher
from yanxiu.people.models.teacher import below
from yanxiu.places.table import Link, all_places, links
from yanxiu.reports.actions import letters as actions
from yanxiu.reports.actions.letter_telling import Told, notices_of
from yanxiu.reports.documents.letter import begun_from, content_of, file_name, lacking, word_of
from yanxiu.reports.letter_forms import LetterForm, WithdrawLetterForm
from yanxiu.reports.models import Letter
from yanxiu.reports.permissions import LETTERS, may_manage_letter, may_see_letter
from yanxiu.ui.asking import kept_in
from yanxiu.ui.downloads import download
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

PER_PAGE = 50
OFFERED = 12
ASKED = "regulations.requirement"
"""The kind of source of what a superior asks; known by its name alone."""

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def _rows() -> Any:
    return Letter.objects.select_related("organisation")


def issuers(teacher: Teacher) -> list[Organisation]:
    """Return the organisations in whose name `teacher` may issue notices, the own ones first."""
    paths = teacher.reach_paths(LETTERS)
    if not paths:
        return []
    own = {post.organisation_id for post in teacher.posts_today}
    rows = Organisation.objects.filter(below(paths))
    return sorted(rows, key=lambda one: (one.pk not in own, one.lineage))


@login_required
@require_safe
def letters(request: TeacherRequest) -> HttpResponse:
    """Show the notices, the newest first."""
    rows = allowed(may_see_letter, request.teacher, _rows())
    text = request.GET.get("q", "").strip()[:40]
    if text:
        rows = rows.filter(title__icontains=text)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "text": text,
        "may_write": request.teacher.holds(LETTERS),
    }
    return show(request, "reports/letters.html", context)


# ---- writing ----
@login_required
@get_or_post
def letter_new(request: TeacherRequest) -> HttpResponse:
    """Begin a notice: empty, from something on the calendar, or from a requirement."""
    given = request.POST if request.method == "POST" else request.GET
    known = issuers(request.teacher)
    if not known:
        raise Http404
    organisation = {str(one.uid): one for one in known}.get(given.get("organisation", ""), known[0])
    beginning = begun_from(_source(given.get("about", "")), organisation, request.teacher)
    form = LetterForm(request.POST or None, initial=beginning.given)
    if request.method == "POST" and form.is_valid():
        with kept_in(form):
            letter = actions.draft_letter(
                organisation, form.written(), by=request.teacher, at=timezone.now(),
                about=beginning.about,
            )  # fmt: skip
            messages.success(request, _("已存为拟稿。核对无误后再印发。"))
            return redirect("reports:letter", letter.uid)
    context = {
        "form": form,
        "organisation": organisation,
        "organisations": known[:PER_PAGE],
        "beginning": beginning,
        "about": given.get("about", ""),
        "offered": [] if form.is_bound else _offered(organisation, request.teacher),
    }
    return show(request, "reports/letter_form.html", context, status=_status(form))


def _status(form: Any) -> int:
    return UNPROCESSABLE if form.is_bound and form.errors else 200


def _source(text: str) -> Source | None:
    """Return the source that an address names as kind:uid."""
    kind, _colon, uid = text.partition(":")
    try:
        return Source(kind, UUID(uid)) if kind else None
    except ValueError:
        return None


def _offered(organisation: Organisation, reader: Teacher) -> list[tuple[str, Link]]:
    """Return what a notice could be about: the next occasions, and the newest requirements."""
    coming = (
        Occasion.objects.announced()
        .filter(
            organisation=organisation, starts_at__gte=timezone.now(), state=Occasion.State.PLANNED
        )
        .order_by("starts_at")[:OFFERED]
    )
    sources = [Source(one.source_kind, one.source_id) for one in coming]
    asked = all_places().get(ASKED)
    if asked:
        rows = asked.rows().filter(asked.seen_by(reader), withdrawn_at=None)[:OFFERED]
        sources += [Source(ASKED, row.uid) for row in rows]
    found = links(sources, reader)
    return [(f"{one.kind}:{one.uid}", found[one]) for one in sources if one in found]


@login_required
@get_or_post
def letter_edit(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Change the words of a draft."""
    found: Letter = get_allowed(may_manage_letter, request.teacher, _rows(), uid)
    initial = {name: getattr(found, name) for name in (*actions.WRITTEN, "version")}
    initial["attachments"] = "\n".join(found.attachments)
    form = LetterForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with kept_in(form):
            actions.edit_letter(
                found, form.written(), version=form.cleaned_data["version"] or 0,
                by=request.teacher, at=timezone.now(),
            )  # fmt: skip
            messages.success(request, _("已保存。"))
            return redirect("reports:letter", uid)
    context = {"form": form, "letter": found, "organisation": found.organisation}
    return show(request, "reports/letter_form.html", context, status=_status(form))


# ---- reading ----
@login_required
@require_safe
def letter(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a notice as it stands on paper."""
    found: Letter = get_allowed(may_see_letter, request.teacher, _rows(), uid)
    about = found.about
    mark_read(notices_of(found), by=request.teacher, at=timezone.now())
    may_manage = allowed(may_manage_letter, request.teacher, Letter.objects.filter(pk=found.pk))
    context = {
        "letter": found,
        "content": content_of(found),
        "may_manage": may_manage.exists(),
        "lacking": lacking(found),
        "told": notices_of(found).aggregate(
            number=Count("teacher", distinct=True),
            read=Count("teacher", distinct=True, filter=Q(read_at__isnull=False)),
        ),
        "choices": Told.choices,
        "usual": Told.EVERYBODY if found.organisation.is_school else Told.LEADERS,
        "link": links([about], request.teacher).get(about) if about else None,
    }
    return show(request, "reports/letter.html", context)


@login_required
@require_safe
def letter_word(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Send the Word file as the notice stands; a withdrawn one says so."""
    found: Letter = get_allowed(may_see_letter, request.teacher, _rows(), uid)
    return download(word_of(found), file_name(found))


# ---- deciding ----
@login_required
@require_POST
def letter_issue(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Issue a draft under the next number."""
    found: Letter = get_allowed(may_manage_letter, request.teacher, _rows(), uid)
    told = request.POST.get("told", "")
    issued = actions.issue_letter(
        found,
        by=request.teacher,
        at=timezone.now(),
        told=Told(told) if told in Told.values else Told.NOBODY,
    )
    messages.success(request, _("已印发，文号 %(reference)s。") % {"reference": issued.reference})
    return redirect("reports:letter", uid)


@login_required
@get_or_post
def letter_withdraw(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Withdraw an issued notice with a reason."""
    found: Letter = get_allowed(may_manage_letter, request.teacher, _rows(), uid)
    form = WithdrawLetterForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        because = form.cleaned_data["because"]
        actions.withdraw_letter(found, because=because, by=request.teacher, at=timezone.now())
        messages.success(request, _("已撤回。文号保留，不再给别的通知。"))
        return redirect("reports:letter", uid)
    back = reverse("reports:letter", args=[uid])
    context = {"letter": found, "form": form, "back_url": back}
    return show(request, "reports/letter_withdraw.html", context, status=_status(form))
