"""Roles as data, and who may do what and why."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yanxiu.people import grounds
from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.people.actions import roles as actions
from yanxiu.people.forms.rights import RoleForm
from yanxiu.people.models import Membership, Organisation, Role, Teacher, Unit
from yanxiu.people.models.organisation import held_on
from yanxiu.people.models.teacher import today
from yanxiu.people.permissions import may_manage_role, may_see_teacher
from yanxiu.people.rights import RIGHTS
from yanxiu.people.views.asking import ask
from yanxiu.ui.pages import show

MOST_SCHOOLS = 120


@login_required
def roles(request: TeacherRequest) -> HttpResponse:
    """Show every role with its rights, and on what ground the reader holds which right."""
    reader = request.teacher
    if not reader.holds("see_people"):
        raise Http404
    held = held_on(today(), "post__")
    here = {"post__organisation__in": reader.reach("see_people")}
    counted = {
        role.pk: role.number
        for role in Role.objects.filter(held, **here).annotate(
            number=Count("post__teacher", distinct=True)
        )
    }
    rows = list(_known(reader).select_related("organisation"))
    managed = set(allowed(may_manage_role, reader, Role.objects.all()).values_list("pk", flat=True))
    context = {
        "roles": [(role, counted.get(role.pk, 0), role.pk in managed) for role in rows],
        "table": [
            (sentence, [(role.name, right in role.rights) for role in rows])
            for right, sentence in RIGHTS.items()
        ],
        "mine": grounds.grounds_of(reader),
        "led": Unit.objects.filter(pk__in=reader.leads),
        "duties": dict(Membership.Duty.choices),
        "may_make": bool(reader.reach_paths("manage_people", own=True)),
    }
    return show(request, "people/roles.html", context)


def _known(reader: Teacher) -> Any:
    """The roles of the house, of the organisations above the reader, and of those below."""
    above = {pk for post in reader.posts_today for pk in post.organisation.lineage}
    return Role.objects.filter(
        Q(organisation=None)
        | Q(organisation__in=above)
        | Q(organisation__in=reader.reach("see_people"))
    )


def _schools(request: TeacherRequest) -> Any:
    rows = Organisation.objects.filter(pk__in=request.teacher.reach("manage_people", own=True))
    return rows.order_by("path")


@login_required
def new_role(request: TeacherRequest) -> HttpResponse:
    """Make a role for a school and all below it."""
    schools = _schools(request)
    if not schools.exists():
        raise Http404
    form = RoleForm(request.POST or None, schools=schools)

    def deed(data: Mapping[str, Any]) -> str:
        facts = {name: data[name] for name in ("text", "leading")}
        actions.make_role(
            data["organisation"], data["name"], data["rights"],
            by=request.teacher, at=timezone.now(), **facts,
        )  # fmt: skip
        return reverse("people:roles")

    asked = {"heading": _("另立岗位"), "back_url": reverse("people:roles"), "keep": "role-new"}
    return ask(request, form, deed, done=_("岗位已建立。到教师页给人添加任职即可。"), context=asked)


@login_required
def role(request: TeacherRequest, pk: int) -> HttpResponse:
    """Change a role that a school made."""
    rows = allowed(may_manage_role, request.teacher, Role.objects.select_related("organisation"))
    found = get_object_or_404(rows, pk=pk)
    names = ("name", "rights", "text", "leading", "retired")
    form = RoleForm(request.POST or None, initial={name: getattr(found, name) for name in names})

    def deed(data: Mapping[str, Any]) -> str:
        actions.change_role(found, by=request.teacher, at=timezone.now(), **data)
        return reverse("people:roles")

    asked = {
        "heading": _("修改岗位"),
        "lead": found.organisation.name if found.organisation else "",
        "back_url": reverse("people:roles"),
        "sentence": _("保存后，现任这个岗位的人马上按新的权限办事。"),
    }
    return ask(request, form, deed, done=_("岗位已修改。"), context=asked)


@login_required
def access(request: TeacherRequest) -> HttpResponse:
    """Show on what ground one person holds each right, or who holds one right in a school."""
    reader = request.teacher
    if not reader.holds("see_people"):
        raise Http404
    schools = list(
        Organisation.objects.filter(pk__in=reader.reach("see_people")).order_by("path")[
            :MOST_SCHOOLS
        ]
    )
    school = next((one for one in schools if str(one.uid) == request.GET.get("school")), schools[0])
    right = request.GET.get("right", "")
    text = request.GET.get("person", "").strip()[:40]
    person, people = _person(request, text)
    context = {
        "rights": list(RIGHTS.items()),
        "schools": schools,
        "school": school,
        "right": right if right in RIGHTS else "",
        "holders": grounds.holders_of(right, school) if right in RIGHTS else [],
        "seen": {},
        "text": person.name if person else text,
        "person": person,
        "people": people,
        "grounds": grounds.grounds_of(person) if person else [],
        "led": Unit.objects.filter(pk__in=person.leads) if person else [],
    }
    return show(request, "people/access.html", context)


def _person(request: TeacherRequest, text: str) -> tuple[Teacher | None, list[Teacher]]:
    """Return whom `text`, a uid or part of a name, means; and the candidates if it is not one."""
    if not text:
        return None, []
    rows = allowed(may_see_teacher, request.teacher, Teacher.objects.filter(is_active=True))
    try:
        found = list(rows.filter(uid=UUID(text)))
    except ValueError:
        found = list(rows.filter(name__contains=text)[:20])
    return (found[0], []) if len(found) == 1 else (None, found)
