"""Putting something worth reading before colleagues."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanxiu.attachments import actions as attachments
from yanxiu.attachments.models import Attachment
from yanxiu.books import actions
from yanxiu.books.forms import RecommendForm
from yanxiu.books.models import Recommendation
from yanxiu.books.permissions import may_see_recommendation, may_withdraw_recommendation
from yanxiu.books.queries.shelves import recommended
from yanxiu.books.views.reader import (
    LONGEST_WORD,
    PER_PAGE,
    groups_offered,
    own_school,
    pairs,
    read_or_post,
)
from yanxiu.kernel.sources import source_of
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show


@login_required
@require_safe
def recommendations(request: TeacherRequest) -> HttpResponse:
    """List what is recommended to the reader, newest first."""
    teacher, school = request.teacher, own_school(request)
    seen = allowed(may_see_recommendation, teacher, Recommendation.objects.all())
    rows = recommended(teacher, school, seen.filter(withdrawn_at=None))
    if words := request.GET.get("q", "").strip()[:LONGEST_WORD]:
        rows = rows.filter(Q(book__title__icontains=words) | Q(reason__icontains=words))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    uids = [row.uid for row in page]
    files: dict[Any, list[Attachment]] = {}
    for file in Attachment.objects.filter(
        source_kind=Recommendation.SOURCE_KIND, source_id__in=uids
    ):
        files.setdefault(file.source_id, []).append(file)
    mine = allowed(may_withdraw_recommendation, teacher, Recommendation.objects.all())
    own = set(mine.filter(uid__in=uids).values_list("pk", flat=True))
    context = {
        "page": page,
        "rows": [(row, files.get(row.uid, []), row.pk in own) for row in page],
        "words": words,
    }
    return show(request, "books/recommendations.html", context)


@login_required
@read_or_post
def new(request: TeacherRequest) -> HttpResponse:
    """Recommend something."""
    own_school(request)
    offered = groups_offered(request, to_all=True, led=False)
    form = RecommendForm(
        request.POST or None,
        request.FILES or None,
        whom=pairs(offered),
        initial={"title": request.GET.get("title", "")[:160]},
    )

    def deed(data: Any) -> str:
        _recommend(request, data, offered)
        return reverse("books:recommendations")

    context = {
        "heading": _("推荐读物"),
        "lead": _("书、文章、链接或文件都可以；一句话说为什么值得读"),
        "back": reverse("books:recommendations"),
        "multipart": True,
        "submit": _("推荐"),
        "keep": "recommend-new",
    }
    done = _("已推荐，老师在“读书”页看得到。")
    return ask(request, form, deed, done=done, page="books/form.html", context=context)


@transaction.atomic
def _recommend(request: TeacherRequest, data: Any, offered: Any) -> None:
    """Recommend, and keep the file with it; neither without the other."""
    place, unit = offered[data["whom"]]
    at = timezone.now()
    made = actions.recommend(
        place,
        unit=unit,
        by=request.teacher,
        at=at,
        **{name: data[name] for name in ("title", "author", "kind", "reason", "link")},
    )
    if data["file"]:
        attachments.keep(
            source_of(made),
            data["file"].read(),
            name=data["file"].name,
            organisation=place,
            by=request.teacher,
            at=at,
        )


@login_required
@require_POST
def withdraw(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take a recommendation back."""
    rows = Recommendation.objects.filter(withdrawn_at=None)
    found = get_allowed(may_withdraw_recommendation, request.teacher, rows, uid)
    actions.withdraw_recommendation(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("已撤回这条推荐。"))
    return redirect("books:recommendations")
