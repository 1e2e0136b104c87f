"""What participants say: the discussion of an activity, their own notes, anonymous feedback."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from yanxiu.activities import actions
from yanxiu.activities.actions.voicing import was_there
from yanxiu.activities.models import (
    Activity,
    FeedbackAnswer,
    FeedbackGiven,
    ParticipantNote,
    Remark,
    Session,
)
from yanxiu.activities.permissions import may_see_activity
from yanxiu.activities.queries import counts_only_with_note
from yanxiu.activities.views.shown import seen_session
from yanxiu.people.access import TeacherRequest, get_allowed
from yanxiu.people.models import Teacher
from yanxiu.ui.asking import ask

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


def attended_session(teacher: Teacher, uid: UUID) -> Session:
    """Return the session `uid` if `teacher` was there, else 404."""
    found = seen_session(teacher, uid)
    if not was_there(found, teacher):
        raise Http404
    return found


def session_url(found: Session) -> str:
    """Return the address of the session's page."""
    return reverse("activities:session", args=[found.uid])


class NoteForm(forms.Form):
    """A note of one's own; how long it is, is nobody's business."""

    text = forms.CharField(
        label=gettext_lazy("我的心得"),
        widget=forms.Textarea,
        max_length=20000,
        help_text=gettext_lazy("听到什么、打算怎么用，几句话也可以；没有字数要求。"),
    )
    is_shared = forms.BooleanField(
        label=gettext_lazy("给一起参加的老师看（不勾只有自己看得到）"), required=False
    )


@login_required
@read_or_post
def note(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Write one's own note of a session."""
    found = attended_session(request.teacher, uid)
    standing = ParticipantNote.objects.filter(session=found, teacher=request.teacher).first()
    initial = {"text": standing.text, "is_shared": standing.is_shared} if standing else {}
    form = NoteForm(request.POST or None, initial=initial)

    def deed(typed: Any) -> str:
        actions.save_note(found, **typed, by=request.teacher, at=timezone.now())
        return session_url(found)

    context = {"session": found, "needed": counts_only_with_note(found)}
    return ask(
        request, form, deed, done=_("心得已保存。"), page="activities/note.html", context=context
    )


class FeedbackForm(forms.Form):
    """Two taps and, if one likes, a sentence."""

    usefulness = forms.TypedChoiceField(
        label=gettext_lazy("对我的教学"),
        coerce=int,
        choices=FeedbackAnswer.Usefulness.choices,
        widget=forms.RadioSelect,
    )
    will_use = forms.ChoiceField(
        label=gettext_lazy("学到的东西"),
        choices=FeedbackAnswer.WillUse.choices,
        widget=forms.RadioSelect,
    )
    word = forms.CharField(
        label=gettext_lazy("想说的一句话"),
        max_length=200,
        required=False,
        widget=forms.Textarea,
        help_text=gettext_lazy("会原样给主持人看，请不要写能认出自己的话。"),
    )


@login_required
@read_or_post
def feedback(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Say, without a name, how useful a session was."""
    found = attended_session(request.teacher, uid)
    if not found.closed_at:
        raise Http404
    form = FeedbackForm(request.POST or None)
    answered = FeedbackGiven.objects.filter(session=found, teacher=request.teacher).exists()

    def deed(typed: Any) -> str:
        actions.give_feedback(found, **typed, by=request.teacher)
        return session_url(found)

    return ask(
        request,
        form,
        deed,
        done=_("已收到，谢谢。系统没有记下这是谁评的。"),
        page="activities/feedback.html",
        context={"session": found, "answered": answered},
    )


@login_required
@require_POST
def say(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Contribute to the discussion of an activity."""
    found = get_allowed(may_see_activity, request.teacher, Activity.objects.all(), uid)
    answers = _answered(found, request.POST.get("answers", ""))
    actions.say(
        found,
        text=request.POST.get("text", ""),
        answers=answers,
        by=request.teacher,
        at=timezone.now(),
    )
    messages.success(request, _("已发出。"))
    return redirect(reverse("activities:activity", args=[found.uid]) + "#talk")


def _answered(found: Activity, uid: str) -> Remark | None:
    try:
        wanted = UUID(uid)
    except ValueError:
        return None
    return found.remarks.filter(uid=wanted).first()


@login_required
@require_POST
def take_back(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take one's own remark back."""
    remark = Remark.objects.filter(uid=uid, teacher=request.teacher).first()
    if remark is None:
        raise Http404
    actions.withdraw_remark(remark, by=request.teacher, at=timezone.now())
    messages.success(request, _("发言已撤回。"))
    return redirect(reverse("activities:activity", args=[remark.activity.uid]) + "#talk")
