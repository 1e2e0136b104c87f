"""How sign-ins are taken: the rule of a school, and what one session does otherwise."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from yanxiu.activities import actions
from yanxiu.activities.assurance import levels
from yanxiu.activities.models import ActivityKind, SignInRule
from yanxiu.activities.sign_in_rules import rule_of
from yanxiu.activities.views.shown import managed_session
from yanxiu.people.access import TeacherRequest
from yanxiu.people.models import Organisation, Teacher
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

FOLLOW = ("", gettext_lazy("按学校的办法"))


class RuleForm(forms.Form):
    """A rule: for which sessions, how, and what has to be confirmed."""

    kind = forms.ModelChoiceField(
        ActivityKind.objects.none(),
        label=gettext_lazy("用于"),
        required=False,
        empty_label=gettext_lazy("全部活动"),
    )
    way = forms.ChoiceField(
        label=gettext_lazy("怎样签到"), choices=SignInRule.Way.choices, widget=forms.RadioSelect
    )
    signs_out = forms.BooleanField(
        label=gettext_lazy("按在场分钟计学时（签到并签退）"), required=False
    )
    confirmed_levels = forms.MultipleChoiceField(
        label=gettext_lazy("哪些签到要主持人确认才算"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("不选也可以：存疑的签到照样算，关闭前请主持人看一眼。"),
    )

    def __init__(self, *args: Any, kinds: Any, **options: Any) -> None:
        """Offer `kinds`, and the levels a school may decide about."""
        super().__init__(*args, **options)
        self.fields["kind"].queryset = kinds  # type: ignore[attr-defined]
        self.fields["confirmed_levels"].choices = [  # type: ignore[attr-defined]
            (one.code, one.name) for one in levels().values() if one.code not in {"checked", "host"}
        ]


class DeskForm(forms.Form):
    """What one session does otherwise."""

    way = forms.ChoiceField(
        label=gettext_lazy("怎样签到"), required=False, widget=forms.RadioSelect,
        choices=[FOLLOW, *SignInRule.Way.choices],
    )  # fmt: skip
    signs_out = forms.ChoiceField(
        label=gettext_lazy("签退"), required=False, widget=forms.RadioSelect,
        choices=[
            FOLLOW, ("yes", gettext_lazy("要签退，按在场分钟计学时")),
            ("no", gettext_lazy("不用签退，按全程计")),
        ],
    )  # fmt: skip


SIGNS_OUT = {"yes": True, "no": False, "": None}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Let one session differ from the rule."""
    found = managed_session(request.teacher, uid)
    standing = rule_of(found).desk
    initial = {"way": "", "signs_out": ""}
    if standing:
        words = {value: word for word, value in SIGNS_OUT.items()}
        initial = {"way": standing.way, "signs_out": words[standing.signs_out]}
    form = DeskForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.set_desk(
            found,
            by=request.teacher,
            at=timezone.now(),
            way=form.cleaned_data["way"],
            signs_out=SIGNS_OUT[form.cleaned_data["signs_out"]],
        )
        messages.success(request, _("这一场的签到办法已改。"))
        return redirect("activities:session", uid=found.uid)
    status = UNPROCESSABLE if form.errors else 200
    context = {
        "session": found, "form": form, "manages_rules": request.teacher.holds("manage_sessions"),
    }  # fmt: skip
    return show(request, "activities/desk.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: TeacherRequest) -> HttpResponse:
    """Show the rules of one's school and set one."""
    school = _school(request.teacher)
    kinds = ActivityKind.objects.filter(Q(organisation=None) | Q(organisation=school))
    form = RuleForm(request.POST or None, kinds=kinds, initial={"way": SignInRule.Way.CODE})
    if request.method == "POST" and form.is_valid():
        actions.set_sign_in_rule(school, by=request.teacher, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("签到办法已保存，还没有关闭的场次都照此办。"))
        return redirect("activities:sign_in_rules")
    names = {code: one.name for code, one in levels().items()}
    standing = [
        (rule, _("、").join(names[code] for code in rule.confirmed_levels or [] if code in names))
        for rule in SignInRule.objects.filter(organisation=school).select_related("kind")
    ]
    context = {"school": school, "form": form, "rules": standing, "levels": levels().values()}
    status = UNPROCESSABLE if form.errors else 200
    return show(request, "activities/sign_in_rules.html", context, status=status)


@login_required
@require_POST
def drop_rule(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Let the sessions follow the next wider rule again."""
    rule = get_object_or_404(SignInRule, uid=uid, organisation=_school(request.teacher))
    actions.drop_sign_in_rule(rule, by=request.teacher, at=timezone.now())
    messages.success(request, _("这条签到办法已取消。"))
    return redirect("activities:sign_in_rules")


def _school(teacher: Teacher) -> Organisation:
    """Return the organisation whose sessions `teacher` manages."""
    for post in teacher.posts_today:
        if "manage_sessions" in post.role.rights:
            found: Organisation = post.organisation
            return found
    raise Http404
