"""What comes of a work: passages it shares with others, a new plan, a talk in a session."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from yanxiu.activities.models import Session
from yanxiu.activities.permissions import may_see_session
from yanxiu.kernel.sources import source_of
from yanxiu.originality import queries as originality
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show
from yanxiu.ui.wording import moment_text
from yanxiu.works import actions
from yanxiu.works.models import Work
from yanxiu.works.permissions import may_see_work
from yanxiu.works.views.reader import own_work, read_or_post, written_work

LATELY = timedelta(days=14)
MOST = 30


@login_required
@require_safe
def alike(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show an author, and nobody else, which passages stand elsewhere too; nothing is kept."""
    found = written_work(request, uid)
    text = "\n".join(row.text for row in found.texts.all())
    matches = originality.alike(
        text,
        organisation=found.organisation,
        besides=source_of(found),
        author=found.teacher,
        reach="area",
    )
    school = found.organisation_id
    shown = originality.side_by_side(text, matches, request.teacher, school=school)
    return show(request, "works/alike.html", {"work": found, "shown": shown})


@login_required
@require_POST
def redesign(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Put the redesign into the plan of the lesson, as a new version."""
    found = own_work(request, uid)
    version = actions.redesign_plan(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("教案已存成新的一稿，下次上课从这一稿开始。"))
    return redirect("preparation:plan", uid=version.plan.uid)


class _SessionForm(forms.Form):
    """To which session it is brought."""

    session = forms.ChoiceField(label=gettext_lazy("拿到哪一场上交流"), required=False)


@login_required
@read_or_post
def propose(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Bring a work to a session."""
    found = own_work(request, uid)
    rows = allowed(may_see_session, request.teacher, Session.objects.filter(cancelled_at=None))
    near = list(rows.filter(starts_at__gte=timezone.now() - LATELY).order_by("starts_at")[:MOST])
    by_uid = {str(one.uid): one for one in near}
    form = _SessionForm(request.POST or None)
    told = [(uid, f"{one.title}（{moment_text(one.starts_at)}）") for uid, one in by_uid.items()]
    form.fields["session"].choices = [("", _("不拿到活动上")), *told]  # type: ignore[attr-defined]

    def deed(data: Any) -> str:
        session = by_uid.get(data["session"])
        actions.propose_for_session(found, session, by=request.teacher, at=timezone.now())
        return reverse("works:work", args=[found.uid])

    context = {
        "heading": _("拿到活动上交流"),
        "lead": _("来参加的人事先可以读；只给自己看的栏目不在内"),
        "back": reverse("works:work", args=[found.uid]),
    }
    return ask(request, form, deed, done=_("已保存。"), page="works/form.html", context=context)


@login_required
@require_safe
def of_session(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """List the works that were brought to a session."""
    session = get_allowed(may_see_session, request.teacher, Session.objects.all(), uid)
    rows = Work.objects.filter(session=session, dropped_at=None).select_related("kind", "teacher")
    works = allowed(may_see_work, request.teacher, rows).order_by("pk")
    return show(request, "works/of_session.html", {"session": session, "works": works})
