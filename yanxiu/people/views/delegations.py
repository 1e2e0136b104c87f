"""Deputies for the days somebody is away."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanxiu.people import queries
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.actions import delegation as actions
from yanxiu.people.forms.rights import DelegationForm
from yanxiu.people.models import Delegation, Post, Teacher
from yanxiu.people.models.teacher import today
from yanxiu.people.permissions import may_revoke_delegation, may_see_delegation
from yanxiu.people.rights import RIGHTS
from yanxiu.people.views.asking import ask
from yanxiu.ui.pages import show

PAGE = 50
CHOICES = 60


@login_required
def delegations(request: TeacherRequest) -> HttpResponse:
    """List who stands in for whom, as far as this reader may see it."""
    rows = allowed(may_see_delegation, request.teacher, Delegation.objects.all()).select_related(
        "post__teacher", "post__role", "post__organisation", "deputy"
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown = Delegation.objects.filter(pk__in=[row.pk for row in page])
    revocable = set(
        allowed(may_revoke_delegation, request.teacher, shown).values_list("pk", flat=True)
    )
    context = {
        "page": page,
        "lines": [
            (row, [RIGHTS[right] for right in row.rights if right in RIGHTS], _state(row),
             row.pk in revocable and not row.revoked_at and row.ends_on > today())
            for row in page
        ],
        "posts": [post for post in request.teacher.posts_today if post.role.rights],
    }  # fmt: skip
    return show(request, "people/delegations.html", context)


def _state(row: Delegation) -> tuple[str, str]:
    """Return how a delegation stands today, with the tone of the word."""
    if row.revoked_at:
        return _("已收回"), "grey"
    if row.ends_on <= today():
        return _("已到期"), "grey"
    if row.post.ends_on and row.post.ends_on <= today():
        return _("岗位已结束，不再有效"), "grey"
    return (_("还没开始"), "blue") if row.starts_on > today() else (_("代理中"), "green")


@login_required
def new_delegation(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give chosen rights of one's own post to a deputy."""
    post = next((one for one in request.teacher.posts_today if one.uid == uid), None)
    if post is None or not post.role.rights:
        raise Http404
    near = Post.objects.on(today()).filter(
        teacher=OuterRef("pk"), organisation__path__startswith=post.organisation.path
    )
    people = Teacher.objects.filter(Exists(near), is_active=True).exclude(pk=request.teacher.pk)
    text = request.GET.get("q", "")[:40]
    wanted = queries.teachers(people, queries.TeacherFilter(text=text))
    first = list(wanted.values_list("pk", flat=True)[:CHOICES])
    offered = people if request.method == "POST" else people.filter(pk__in=first)
    form = DelegationForm(
        request.POST or None,
        deputies=offered.order_by("pinyin", "pk"),
        rights=post.role.rights,
        initial={"starts_on": today()},
    )

    def deed(data: Mapping[str, Any]) -> str:
        actions.delegate(post, data.pop("deputy"), by=request.teacher, at=timezone.now(), **data)  # type: ignore[attr-defined]
        return reverse("people:delegations")

    asked = {
        "heading": _("请人代理"),
        "lead": _("%(school)s · %(role)s") % {
            "school": post.organisation.name, "role": post.title or post.role.name,
        },
        "back_url": reverse("people:delegations"),
        "sentence": _("只在这几天里、只有勾选的权限；您随时可以收回，代理人不能再转给别人。"),
        "search": True,
        "text": text,
    }  # fmt: skip
    return ask(request, form, deed, done=_("已请人代理。"), context=asked)


@login_required
@require_POST
def revoke_delegation(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take rights back at once."""
    found = get_allowed(may_revoke_delegation, request.teacher, Delegation.objects.all(), uid)
    actions.revoke_delegation(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("权限已收回。"))
    return redirect("people:delegations")
