"""The office: the panel, the drawing of lots, the results."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanxiu.documents.sheets import SheetColumn, SheetContent
from yanxiu.people.access import TeacherRequest
from yanxiu.people.models import Post, Teacher
from yanxiu.people.models.teacher import today
from yanxiu.texts.numerals import whole_number
from yanxiu.ui.asking import ask
from yanxiu.ui.downloads import workbook
from yanxiu.ui.pages import show
from yanxiu.works.calls import actions, queries
from yanxiu.works.calls.forms import PanelForm
from yanxiu.works.calls.views.calls import managed
from yanxiu.works.models import CallForPapers, Prize
from yanxiu.works.views.reader import read_or_post
from yanxiu.works.views.work import people_named


@login_required
@read_or_post
def panel(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Name the reviewers, and see what each has."""
    found = managed(request, uid)
    members = [row.teacher for row in found.panel.select_related("teacher")]
    form = PanelForm(request.POST or None, initial={"names": _lines_of(found, members)})
    root = f"{found.organisation.lineage[0]}."

    def deed(data: Any) -> str:
        people = people_named(data["names"], root, request.teacher)
        actions.name_panel(found, people, by=request.teacher, at=timezone.now())
        return reverse("works:calls:panel", args=[found.uid])

    context = {"call": found, "loads": queries.loads(found, members), "members": members}
    return ask(
        request, form, deed, done=_("已保存。"), page="works/calls/panel.html", context=context
    )


def _lines_of(call: CallForPapers, members: Sequence[Teacher]) -> str:
    """Return the panel as it is typed, with the school behind whoever is of another one."""
    schools: dict[int, str] = {}
    if not call.organisation.is_school:
        posts = Post.objects.on(today()).filter(teacher__in=members).order_by("pk")
        schools = dict(posts.values_list("teacher", "organisation__name"))
    return "\n".join(
        f"{one.name}（{schools[one.pk]}）" if one.pk in schools else one.name for one in members
    )


@login_required
@require_POST
def draw(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Divide the papers among the panel by lot."""
    found = managed(request, uid)
    try:
        due_on = parse_date(request.POST.get("due_on", ""))
    except ValueError:
        due_on = None
    made = actions.draw(found, due_on=due_on, by=request.teacher, at=timezone.now())
    if made:
        messages.success(request, _("已抽签分派，评委会收到通知。"))
    else:
        messages.success(request, _("每份都已有足够的评委，没有再分。"))
    return redirect("works:calls:panel", uid=found.uid)


@login_required
@read_or_post
def results(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Decide by number; the names come when the results are announced."""
    found = managed(request, uid)
    papers = queries.judged(found)
    if "correct" in request.POST:
        return _correct(request, found)
    if request.method == "POST":
        decisions, seen = _decisions(request, papers), request.POST.get("seen", "")
        actions.decide(found, decisions, by=request.teacher, at=timezone.now(), seen=seen)
        messages.success(request, _("已保存，还没有公布。"))
        return redirect("works:calls:results", uid=found.uid)
    context = {
        "call": found,
        "papers": papers,
        "prizes": Prize.choices,
        "reviewed": found.way == CallForPapers.Way.REVIEW,
        "deciding": found.state == CallForPapers.State.REVIEWING,
        "announced": found.state == CallForPapers.State.ANNOUNCED,
        "waiting": sum(one.waiting for one in papers),
        "seen": actions.mark_of(one.entry for one in papers),
    }
    return show(request, "works/calls/results.html", context)


def _correct(request: TeacherRequest, call: CallForPapers) -> HttpResponse:
    """Correct the prize of one paper that was announced."""
    actions.correct_result(
        call,
        whole_number(request.POST["correct"]) or 0,
        prize=request.POST.get("prize", ""),
        because=request.POST.get("because", ""),
        by=request.teacher,
        at=timezone.now(),
    )
    messages.success(request, _("已更正，登记和研修记录跟着改了，作者会收到通知。"))
    return redirect("works:calls:results", uid=call.uid)


def _decisions(
    request: TeacherRequest, papers: Iterable[queries.Judged]
) -> dict[int, actions.Decision]:
    """Return what was typed, for each paper that stood on the page."""
    return {
        one.entry.pk: actions.Decision(
            prize=request.POST[f"prize_{one.entry.pk}"],
            is_chosen=f"chosen_{one.entry.pk}" in request.POST,
            remark=request.POST.get(f"remark_{one.entry.pk}", ""),
        )
        for one in papers
        if f"prize_{one.entry.pk}" in request.POST
    }


@login_required
@require_POST
def announce(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Announce the results as they stand on the page, saved before or not."""
    found = managed(request, uid)
    decisions = _decisions(request, queries.judged(found))
    seen = request.POST.get("seen", "")
    actions.decide_and_announce(found, decisions, by=request.teacher, at=timezone.now(), seen=seen)
    messages.success(request, _("已公布，每位作者会收到自己那一份的结果。"))
    return redirect("works:calls:results", uid=found.uid)


@login_required
@require_safe
def sheet(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the list as a workbook: by number before the results are announced, named after."""
    found = managed(request, uid)
    announced = found.state == CallForPapers.State.ANNOUNCED
    heads = ["编号", "题目", "类别", "平均分", "等次", "选送"]
    if announced:
        heads += ["作者", "学校"]
    rows = []
    for one in queries.judged(found):
        entry = one.entry
        row: list[Any] = [
            f"{entry.number or 0:02d}",
            entry.title if announced else entry.blind_title,
            entry.work.kind.name,
            "" if one.mean is None else str(one.mean),
            str(entry.get_prize_display()),
            _("是") if entry.is_chosen else "",
        ]
        if announced:
            authors = "、".join(author.name for author in one.authors)
            row += [authors, entry.organisation.name]
        rows.append(tuple(row))
    content = SheetContent(
        name=_("结果"),
        title=found.title,
        columns=tuple(SheetColumn(head, "text") for head in heads),
        rows=tuple(rows),
        landscape=True,
    )
    return workbook(f"{found.title}结果", content)
