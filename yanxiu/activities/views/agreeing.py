"""The agenda of a session, what was agreed, the minutes' writer, and the minutes as a paper."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from yanxiu.activities import actions
from yanxiu.activities.actions.agreeing import MOST_POINTS
from yanxiu.activities.models import Resolution, Session
from yanxiu.activities.permissions import may_end_resolution, may_write_minutes
from yanxiu.activities.queries import expected_teachers
from yanxiu.activities.views.shown import JOINED, managed_session
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import TeacherRequest, get_allowed
from yanxiu.people.models import Teacher
from yanxiu.ui.asking import ask, kept_in
from yanxiu.ui.days import DayField
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
FEWEST_LINES = 4
LONGEST_MINUTES = 720


def written_session(teacher: Teacher, uid: UUID) -> Session:
    """Return the session `uid` if `teacher` may write its minutes, else 404."""
    return get_allowed(may_write_minutes, teacher, Session.objects.select_related(*JOINED), uid)


def people_choices(found: Session) -> list[tuple[str, str]]:
    """Return those expected at `found` as a form offers them."""
    rows = expected_teachers(found).values_list("uid", "name")
    return [(str(uid), name) for uid, name in rows]


class PointForm(forms.Form):
    """One line of the agenda."""

    text = forms.CharField(label=gettext_lazy("内容"), max_length=120, required=False)
    minutes = forms.IntegerField(
        label=gettext_lazy("分钟"), min_value=1, max_value=LONGEST_MINUTES, required=False
    )
    teacher = forms.ChoiceField(label=gettext_lazy("谁来谈"), required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **options: Any) -> None:
        """Offer `people`."""
        super().__init__(*args, **options)
        self.fields["teacher"].choices = [("", _("不指定")), *people]  # type: ignore[attr-defined]


PointForms = forms.formset_factory(PointForm, extra=0, max_num=MOST_POINTS, validate_max=True)


@login_required
@read_or_post
def points(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Set the agenda: one line each with minutes and person."""
    found = written_session(request.teacher, uid)
    people = people_choices(found)
    standing: list[dict[str, Any]] = [
        {
            "text": point.text,
            "minutes": point.minutes,
            "teacher": str(point.teacher.uid) if point.teacher else "",
        }
        for point in found.agenda_points.select_related("teacher")
    ]
    blank: dict[str, Any] = {}
    empty = max(FEWEST_LINES - len(standing), 2)
    initial = (standing + [blank] * empty)[:MOST_POINTS]
    lines = PointForms(
        request.POST or None, initial=initial, prefix="p", form_kwargs={"people": people}
    )
    form = forms.Form(request.POST or None)
    if request.method == "POST" and lines.is_valid() and form.is_valid():
        with kept_in(form):
            actions.set_agenda(found, _typed(lines), by=request.teacher, at=timezone.now())
            messages.success(request, _("议程已保存。"))
            return redirect("activities:session", uid=found.uid)
    status = UNPROCESSABLE if form.errors or (request.method == "POST") else 200
    context = {"session": found, "lines": lines, "form": form}
    return show(request, "activities/points.html", context, status=status)


def _typed(lines: Any) -> list[actions.Point]:
    """Return the lines that say something; what was left as it was offered says nothing."""
    typed = [line.cleaned_data for line in lines if line.cleaned_data.get("text")]
    wanted = {one.get("teacher", "") for one in typed} - {""}
    people = {str(row.uid): row for row in Teacher.objects.filter(uid__in=wanted)}
    return [
        actions.Point(one["text"], one.get("minutes"), people.get(one.get("teacher", "")))
        for one in typed
    ]


class AgreedForm(forms.Form):
    """What was agreed, who does it, and until when."""

    text = forms.CharField(label=gettext_lazy("议定的事"), max_length=200)
    owner = forms.ChoiceField(
        label=gettext_lazy("谁来做"),
        required=False,
        help_text=gettext_lazy("选了人，会出现在他的待办里；只是共识的不用选。"),
    )
    due_on = DayField(label=gettext_lazy("期限"), required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **options: Any) -> None:
        """Offer `people`."""
        super().__init__(*args, **options)
        self.fields["owner"].choices = [("", _("不指定")), *people]  # type: ignore[attr-defined]


@login_required
@read_or_post
def agree(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Keep one thing that was agreed."""
    found = written_session(request.teacher, uid)
    form = AgreedForm(
        request.POST or None,
        people=people_choices(found),
        initial={"due_on": day_of(found.starts_at) + timedelta(days=7)},
    )

    def deed(typed: Any) -> str:
        owner = Teacher.objects.filter(uid=typed["owner"]).first() if typed["owner"] else None
        actions.agree(
            found,
            text=typed["text"],
            owner=owner,
            due_on=typed["due_on"] if owner else None,
            by=request.teacher,
            at=timezone.now(),
        )
        return found_url(found)

    done = _("已记下；负责人会在待办里看到。")
    return ask(
        request, form, deed, done=done, page="activities/agree.html", context={"session": found}
    )


def found_url(found: Session) -> str:
    """Return the address of the session's page, at what was agreed."""
    return f"/sessions/{found.uid}/#agreed"


class OutcomeForm(forms.Form):
    """What came of something agreed."""

    state = forms.ChoiceField(
        label=gettext_lazy("现在"), choices=Resolution.State.choices, widget=forms.RadioSelect
    )
    word = forms.CharField(
        label=gettext_lazy("一句话说明"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("下一场开始时大家会看到；不再做的请写原因。"),
    )


@login_required
@read_or_post
def outcome(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Say what came of something agreed."""
    rows = Resolution.objects.select_related("session", "owner")
    agreed = get_allowed(may_end_resolution, request.teacher, rows, uid)
    form = OutcomeForm(request.POST or None, initial={"state": "done", "word": agreed.word})

    def deed(typed: Any) -> str:
        actions.end_resolution(
            agreed,
            state=typed["state"],
            word=typed["word"],
            by=request.teacher,
            at=timezone.now(),
        )
        return found_url(agreed.session)

    return ask(
        request, form, deed, done=_("已记下。"), page="activities/outcome.html",
        context={"agreed": agreed},
    )  # fmt: skip


@login_required
@require_POST
def delegate(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Ask somebody who is expected to write the minutes."""
    found = managed_session(request.teacher, uid)
    people = {str(one.uid): one for one in expected_teachers(found)}
    teacher = people.get(request.POST.get("teacher", ""))
    if teacher is None:
        messages.warning(request, _("请先选一位参加这一场的老师。"))
    else:
        actions.delegate_minutes(found, teacher, by=request.teacher, at=timezone.now())
        messages.success(request, _("已请%(name)s写活动记录。") % {"name": teacher.name})
    return redirect("activities:session", uid=found.uid)
