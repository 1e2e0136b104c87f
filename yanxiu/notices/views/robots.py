"""Robots of chat groups, and the outbox."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanxiu.notices import actions, queries
from yanxiu.notices.channels import mail
from yanxiu.notices.forms import RobotChangeForm, RobotForm
from yanxiu.notices.models import Message, Robot
from yanxiu.notices.permissions import may_manage_robot, may_see_message
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Organisation, Unit
from yanxiu.people.permissions import may_manage_organisation
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show

PER_PAGE = 50
CHANNEL_NAMES = {"in_app": "站内", "email": "邮箱", **dict(Robot.Channel.choices)}


def _require_some(request: TeacherRequest) -> None:
    if not (request.teacher.leads or request.teacher.holds("manage_people")):
        raise Http404


@login_required
def robots(request: TeacherRequest) -> HttpResponse:
    """List the robots that the reader looks after, with what became of their last message."""
    _require_some(request)
    rows = allowed(may_manage_robot, request.teacher, Robot.objects.all())
    page = Paginator(rows.select_related("organisation", "unit"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return show(request, "notices/robots.html", {"page": page, "last": _last_of(page)})


def _last_of(robots_shown: Any) -> dict[int, Message]:
    """Return the newest message of each robot; one statement."""
    found: dict[int, Message] = {}
    pks = [robot.pk for robot in robots_shown]
    for message in Message.objects.filter(robot__in=pks).order_by("-made_at", "-pk")[:500]:
        found.setdefault(message.robot_id, message)
    return found


@login_required
def new_robot(request: TeacherRequest) -> HttpResponse:
    """Add a robot to a group of the reader's."""
    _require_some(request)
    teacher = request.teacher
    organisations = allowed(may_manage_organisation, teacher, Organisation.objects.order_by("path"))
    units = Unit.objects.filter(ends_on=None)
    mine = units.filter(pk__in=teacher.leads) | units.filter(
        organisation__in=teacher.reach("manage_people")
    )
    form = RobotForm(request.POST or None, organisations=organisations, units=mine)

    def deed(data: Mapping[str, Any]) -> str:
        rest = {name: value for name, value in data.items() if name != "organisation"}
        unit = rest.pop("unit")
        robot = actions.add_robot(data["organisation"], unit, by=teacher, at=timezone.now(), **rest)
        return reverse("notices:robot", args=[robot.uid])

    return ask(
        request, form, deed, page="notices/robot_form.html", context={},
        done=_("机器人已添加。请试发一句，看群里收到没有。"),
    )  # fmt: skip


def _robot(request: TeacherRequest, uid: UUID) -> Robot:
    rows = Robot.objects.select_related("organisation", "unit")
    return get_allowed(may_manage_robot, request.teacher, rows, uid)


@login_required
def robot(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a robot with its last messages, and change it."""
    found = _robot(request, uid)
    initial = {"name": found.name, "digest_hour": found.digest_hour, "is_active": found.is_active}
    form = RobotChangeForm(request.POST or None, initial=initial)

    def deed(data: Mapping[str, Any]) -> str:
        actions.change_robot(found, by=request.teacher, at=timezone.now(), **data)
        return reverse("notices:robot", args=[uid])

    context = {"robot": found, "sent": Message.objects.filter(robot=found)[:10]}
    return ask(
        request, form, deed, page="notices/robot.html", done=_("机器人已保存。"), context=context
    )


@login_required
@require_POST
def try_robot(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Send one sentence to see whether the group hears it."""
    actions.try_robot(_robot(request, uid), by=request.teacher, at=timezone.now())
    messages.success(request, _("试发的一句已排上，半分钟内发出。刷新本页看结果。"))
    return redirect("notices:robot", uid)


@login_required
def remove_robot(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take a robot away, after asking."""
    found = _robot(request, uid)
    if request.method == "POST":
        actions.remove_robot(found, by=request.teacher, at=timezone.now())
        messages.success(request, _("机器人已去掉，密钥已删除。"))
        return redirect("notices:robots")
    back = reverse("notices:robot", args=[uid])
    return show(request, "notices/remove_robot.html", {"robot": found, "back_url": back})


@login_required
def outbox(request: TeacherRequest) -> HttpResponse:
    """Show what waits, what failed and why; to whom, but never what it says."""
    if not request.teacher.holds("manage_people"):
        raise Http404
    rows = allowed(may_see_message, request.teacher, Message.objects.all())
    state = request.GET.get("state", "")
    chosen = rows.filter(state=state) if state in Message.State.values else rows
    chosen = chosen.defer("text").select_related("teacher", "robot", "organisation")
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "state": state,
        "states": Message.State.choices,
        "queues": [(CHANNEL_NAMES[queue.channel], queue) for queue in queries.queues(rows)],
        "channels": CHANNEL_NAMES,
        "mail": mail.is_there(),
    }
    return show(request, "notices/outbox.html", context)


@login_required
@require_POST
def send_again(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Try a failed message once more."""
    message = get_allowed(may_see_message, request.teacher, Message.objects.all(), uid)
    actions.send_again(message, by=request.teacher, at=timezone.now())
    messages.success(request, _("已重新排上，半分钟内再试。"))
    return redirect("notices:outbox")
