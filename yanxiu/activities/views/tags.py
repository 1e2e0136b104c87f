"""Content tags: the tree, a tag with what carries it, and the tags of a session."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yanxiu.activities.actions.tagging import (
    add_classification,
    add_tag,
    change_tag,
    tag_session,
)
from yanxiu.activities.models import Classification, Session, Tag, Tagging
from yanxiu.activities.permissions import (
    may_manage_session,
    may_manage_tag,
    may_see_session,
    may_see_tag,
)
from yanxiu.activities.teaching_forms import ClassificationForm, TagForm
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Organisation
from yanxiu.people.models.teacher import today
from yanxiu.ui.asking import ask, kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

PER_PAGE = 50
read_or_post = require_http_methods(["GET", "HEAD", "POST"])


def _manager_of(request: TeacherRequest) -> Organisation:
    """The school whose sessions this reader manages, else 404."""
    organisation: Organisation | None = request.teacher.organisation
    paths = request.teacher.reach_paths("manage_sessions")
    if organisation is None or not any(organisation.path.startswith(path) for path in paths):
        raise Http404
    return organisation


def _seen(request: TeacherRequest) -> "QuerySet[Tag]":
    rows: QuerySet[Tag] = Tag.objects.select_related("classification")
    return allowed(may_see_tag, request.teacher, rows)


@login_required
@read_or_post
def tags(request: TeacherRequest) -> HttpResponse:
    """Show the tree by classification; `old` shows what is used no more, `q` finds both."""
    text = request.GET.get("q", "").strip()[:40]
    old = request.GET.get("old") == "1"
    rows = _seen(request).annotate(times=Count("taggings"))
    in_use = Q(ends_on=None) | Q(ends_on__gt=today())
    if text:
        rows = rows.filter(name__icontains=text)
    else:
        rows = rows.exclude(in_use) if old else rows.filter(in_use)
    found = list(rows.order_by("classification__order", "order", "id"))
    own = [tag.pk for tag in found if tag.organisation_id]
    context = {
        "text": text,
        "old": old,
        "classes": _tree(found),
        "editable": set(
            allowed(may_manage_tag, request.teacher, Tag.objects.filter(pk__in=own)).values_list(
                "pk", flat=True
            )
        )
        if own
        else set(),
        "today": today(),
        "manages": request.teacher.holds("manage_sessions"),
        "form": ClassificationForm(request.POST or None),
    }
    if request.method == "POST":
        return _new_classification(request, context)
    return show(request, "activities/tags.html", context)


def _new_classification(request: TeacherRequest, context: dict[str, Any]) -> HttpResponse:
    school, form = _manager_of(request), context["form"]
    if form.is_valid():
        with kept_in(form):
            add_classification(
                school, form.cleaned_data["name"], by=request.teacher, at=timezone.now()
            )
            messages.success(request, _("已加上这一类，请给它加标签。"))
            return redirect("activities:tag_new")
    return show(request, "activities/tags.html", context, status=UNPROCESSABLE)


Branch = tuple[Tag, list[Tag]]


def _tree(rows: Sequence[Tag]) -> list[tuple[Classification, list[Branch]]]:
    """Put tags below those they belong to; one whose parent is not shown stands by itself."""
    shown = {tag.pk for tag in rows}
    below: dict[int, list[Tag]] = {}
    for tag in rows:
        if tag.parent_id in shown:
            below.setdefault(tag.parent_id, []).append(tag)
    classes: dict[int, tuple[Classification, list[Branch]]] = {}
    for tag in rows:
        if tag.parent_id not in shown:
            branch = (tag, below.get(tag.pk, []))
            classes.setdefault(tag.classification_id, (tag.classification, []))[1].append(branch)
    return list(classes.values())


@login_required
@read_or_post
def new(request: TeacherRequest) -> HttpResponse:
    """Add a tag of the school."""
    school = _manager_of(request)
    upwards = school.lineage
    form = TagForm(
        request.POST or None,
        classes=Classification.objects.filter(Q(organisation=None) | Q(organisation__in=upwards)),
        parents=_seen(request).filter(parent=None, ends_on=None),
        initial={"starts_on": today()},
    )

    def deed(data: Any) -> str:
        tag = add_tag(school, by=request.teacher, at=timezone.now(), **data)
        return reverse("activities:tag", args=[tag.uid])

    context = {"heading": _("加一个内容标签")}
    return ask(
        request, form, deed, done=_("标签已加上。"), page="activities/tag_form.html",
        context=context,
    )  # fmt: skip


@login_required
@read_or_post
def tag(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a tag with the sessions that carry it; who manages it may change it here."""
    found = get_allowed(may_see_tag, request.teacher, Tag.objects.select_related("parent"), uid)
    mine = allowed(may_manage_tag, request.teacher, Tag.objects.filter(pk=found.pk)).exists()
    if request.method == "POST" and not mine:
        raise Http404
    names = ("name", "starts_on", "ends_on", "record_theme")
    form = TagForm(
        request.POST or None,
        classes=None,
        parents=None,
        initial={name: getattr(found, name) for name in names},
    )
    if request.method == "POST" and form.is_valid():
        with kept_in(form):
            change_tag(found, by=request.teacher, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("标签已改好。"))
            return redirect("activities:tag", uid=found.uid)
    on = Tagging.objects.filter(
        Q(session=None) | Q(session=OuterRef("pk")),
        Q(tag=found) | Q(tag__parent=found),
        activity=OuterRef("activity"),
    )
    rows = allowed(may_see_session, request.teacher, Session.objects.filter(Exists(on)))
    context = {
        "tag": found,
        "form": form if mine else None,
        "page": Paginator(
            rows.select_related("unit", "organisation").order_by("-starts_at", "-id"), PER_PAGE
        ).get_page(request.GET.get("page")),
        "children": found.children.all(),
        "today": today(),
    }
    status = UNPROCESSABLE if form.errors else 200
    return show(request, "activities/tag.html", context, status=status)


@login_required
@read_or_post
def session_tags(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Choose the tags of a session, or of the whole series."""
    rows = Session.objects.select_related("activity")
    found = get_allowed(may_manage_session, request.teacher, rows, uid)
    in_use = Q(ends_on=None) | Q(ends_on__gt=today())
    offered = list(_seen(request).filter(in_use).order_by("classification__order", "order", "id"))
    standing = set(
        Tagging.objects.filter(activity=found.activity)
        .filter(Q(session=None) | Q(session=found))
        .values_list("tag_id", flat=True)
    )
    if request.method == "POST":
        wanted = set(request.POST.getlist("tag"))
        kept = [tag for tag in offered if str(tag.pk) in wanted]
        tag_session(
            found,
            kept,
            whole_series=request.POST.get("where") != "session",
            by=request.teacher,
            at=timezone.now(),
        )
        messages.success(request, _("内容标签已保存。"))
        return redirect("activities:session", uid=found.uid)
    context = {"session": found, "classes": _tree(offered), "standing": standing}
    return show(request, "activities/session_tags.html", context)
