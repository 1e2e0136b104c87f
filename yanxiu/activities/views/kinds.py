"""Activity kinds, themes of study, and problems: what a school edits about its activities."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.activities import actions
from yanxiu.activities.models import (
    Activity,
    ActivityKind,
    ActivitySetting,
    Problem,
    Session,
    Theme,
)
from yanxiu.activities.permissions import (
    may_conclude_problem,
    may_manage_kind,
    may_manage_session,
    may_manage_theme,
    may_plan_for_unit,
    may_see_problem,
    may_see_theme,
)
from yanxiu.activities.queries import setting_of
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.people.models.teacher import today
from yanxiu.terms.queries import term_on
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
MOST = 100


def own_office(teacher: Teacher) -> Organisation:
    """Return the first organisation whose sessions `teacher` manages, else 404."""
    for post in teacher.posts_today:
        if "manage_sessions" in post.role.rights:
            return post.organisation  # type: ignore[no-any-return]
    raise Http404


# ---- kinds ----
class KindForm(forms.Form):
    """An activity kind: its name, its class, and what it asks for."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=40)
    activity_class = forms.ChoiceField(
        label=gettext_lazy("大类"),
        choices=ActivityKind.Class.choices,
        help_text=gettext_lazy("学时标准按这四大类分。"),
    )
    is_series = forms.BooleanField(
        label=gettext_lazy("由若干场组成（开放周、系列讲座、共读、工作坊）"), required=False
    )
    is_one_way = forms.BooleanField(label=gettext_lazy("以讲授为主"), required=False)
    needs_note = forms.BooleanField(label=gettext_lazy("到场的人要交心得才予认定"), required=False)
    asks_feedback = forms.BooleanField(
        label=gettext_lazy("结束后请到场的人匿名评一评"), required=False, initial=True
    )


class NewKindForm(KindForm):
    """A new kind, which also says as what the schemes count it."""

    counted_as = forms.ModelChoiceField(
        ActivityKind.objects.none(),
        label=gettext_lazy("学时按哪一类算"),
        empty_label=None,
        help_text=gettext_lazy("方案里的学时规则认得这一类；建好以后不能改。"),
    )
    field_order = ["name", "activity_class", "counted_as"]


class RulesForm(forms.Form):
    """What the school decides about its activities as a whole."""

    minutes_due_days = forms.IntegerField(
        label=gettext_lazy("活动记录几天内写好"), min_value=0, max_value=60
    )
    lecture_share_hint = forms.IntegerField(
        label=gettext_lazy("讲授为主的场次超过百分之几时提醒"), min_value=1, max_value=100
    )
    asks_photos = forms.BooleanField(label=gettext_lazy("每场要留一份照片或文件"), required=False)


def _as_typed(rules: ActivitySetting) -> dict[str, Any]:
    return {name: getattr(rules, name) for name in RulesForm.base_fields}


@login_required
@require_safe
def kinds(request: TeacherRequest) -> HttpResponse:
    """Show the kinds of the school and how often each was used."""
    organisation = own_office(request.teacher)
    rows = ActivityKind.objects.filter(Q(organisation=None) | Q(organisation=organisation))
    used = dict(
        Activity.objects.filter(organisation=organisation)
        .order_by()
        .values_list("kind")
        .annotate(count=Count("pk"))
    )
    rules = setting_of(organisation)
    context = {
        "organisation": organisation,
        "kinds": [(kind, used.get(kind.pk, 0)) for kind in rows],
        "rules": rules,
        "form": RulesForm(initial=_as_typed(rules)),
    }
    return show(request, "activities/kinds.html", context)


@login_required
@read_or_post
def rules(request: TeacherRequest) -> HttpResponse:
    """Set what the school decides about its activities as a whole."""
    organisation = own_office(request.teacher)
    standing = setting_of(organisation)
    form = RulesForm(request.POST or None, initial=_as_typed(standing))

    def deed(typed: Any) -> str:
        actions.set_rules(organisation, **typed, by=request.teacher, at=timezone.now())
        return reverse("activities:kinds")

    return ask(
        request, form, deed, done=_("设置已保存。"), page="activities/form.html",
        context={"heading": _("活动设置"), "back_url": reverse("activities:kinds")},
    )  # fmt: skip


@login_required
@read_or_post
def kind_new(request: TeacherRequest) -> HttpResponse:
    """Add a kind of the school."""
    organisation = own_office(request.teacher)
    form = NewKindForm(request.POST or None)
    form.fields["counted_as"].queryset = ActivityKind.objects.filter(  # type: ignore[attr-defined]
        organisation=None
    )

    def deed(typed: Any) -> str:
        given = {**typed, "record_kind": typed["counted_as"].record_kind}
        given.pop("counted_as")
        actions.add_kind(organisation, **given, by=request.teacher, at=timezone.now())
        return reverse("activities:kinds")

    return ask(
        request, form, deed, done=_("已加上，安排场次时就能选。"), page="activities/form.html",
        context={"heading": _("新的活动类别"), "back_url": reverse("activities:kinds")},
    )  # fmt: skip


def _own_kind(teacher: Teacher, pk: int) -> ActivityKind:
    rows = allowed(may_manage_kind, teacher, ActivityKind.objects.select_related("organisation"))
    return get_object_or_404(rows, pk=pk)


@login_required
@read_or_post
def kind(request: TeacherRequest, pk: int) -> HttpResponse:
    """Rename a kind of the school, or count it otherwise."""
    found = _own_kind(request.teacher, pk)
    names = list(KindForm.base_fields)
    form = KindForm(request.POST or None, initial={name: getattr(found, name) for name in names})

    def deed(typed: Any) -> str:
        actions.change_kind(found, **typed, by=request.teacher, at=timezone.now())
        return reverse("activities:kinds")

    return ask(
        request, form, deed, done=_("已保存。"), page="activities/form.html",
        context={"heading": found.name, "back_url": reverse("activities:kinds")},
    )  # fmt: skip


@login_required
@require_POST
def kind_retire(request: TeacherRequest, pk: int) -> HttpResponse:
    """Offer a kind no more, or again."""
    found = _own_kind(request.teacher, pk)
    on = None if found.retired_on else today()
    actions.retire_kind(found, on=on, by=request.teacher, at=timezone.now())
    messages.success(request, _("已停用，以前的活动不变。") if on else _("已恢复，可以选用。"))
    return redirect("activities:kinds")


# ---- themes ----
class ThemeForm(forms.Form):
    """A theme: whose, under which of the school's, in what words."""

    whose = forms.ChoiceField(label=gettext_lazy("谁的主题"))
    parent = forms.ModelChoiceField(
        Theme.objects.none(),
        label=gettext_lazy("从哪个全校主题来"),
        required=False,
        empty_label=gettext_lazy("不指定"),
        help_text=gettext_lazy("教研组的主题选一个上一级主题；全校的主题不用选。"),
    )
    text = forms.CharField(label=gettext_lazy("本学期研究什么"), max_length=120)


@login_required
@read_or_post
def themes(request: TeacherRequest) -> HttpResponse:
    """Show the themes of the term from the school down to the groups; set one more."""
    teacher = request.teacher
    organisation = teacher.organisation
    term = term_on(organisation, today()) if organisation else None
    rows = Theme.objects.filter(organisation=organisation, term=term, retired_at=None)
    shown = list(
        allowed(may_see_theme, teacher, rows)
        .select_related("unit", "parent")
        .annotate(
            sessions=Count("activities__sessions", distinct=True),
            held=Count(
                "activities__sessions",
                filter=~Q(activities__sessions__closed_at=None),
                distinct=True,
            ),
        )[:MOST]
    )
    mine = set(allowed(may_manage_theme, teacher, rows).values_list("pk", flat=True))
    offered = _whose(teacher, organisation)
    form = ThemeForm(request.POST or None)
    form.fields["whose"].choices = [(code, name) for code, name, _unit in offered]  # type: ignore[attr-defined]
    form.fields["parent"].queryset = rows.filter(unit=None)  # type: ignore[attr-defined]

    def deed(typed: Any) -> str:
        unit = next(unit for code, _name, unit in offered if code == typed["whose"])
        assert organisation is not None and term is not None  # noqa: S101, PT018 (offered says so)
        actions.set_theme(
            organisation,
            term,
            text=typed["text"],
            unit=unit,
            parent=typed["parent"],
            by=teacher,
            at=timezone.now(),
        )
        return reverse("activities:themes")

    if request.method == "POST" and not (offered and term):
        raise Http404
    whole = [theme for theme in shown if theme.unit_id is None]
    context = {
        "organisation": organisation,
        "term": term,
        "whole": [(theme, [one for one in shown if one.parent_id == theme.pk]) for theme in whole],
        "loose": [one for one in shown if one.unit_id and not one.parent_id],
        "mine": mine,
        "offered": offered if term else [],
    }
    return ask(
        request, form, deed, done=_("主题已定。"), page="activities/themes.html", context=context
    )


def _whose(
    teacher: Teacher, organisation: Organisation | None
) -> list[tuple[str, str, Unit | None]]:
    """Return for whom `teacher` may set a theme: code, name, unit."""
    if organisation is None:
        return []
    units = allowed(
        may_plan_for_unit, teacher, Unit.objects.filter(organisation=organisation, ends_on=None)
    )
    offered: list[tuple[str, str, Unit | None]] = [
        (f"unit-{row.pk}", row.name, row) for row in units
    ]
    manages = any(
        organisation.path.startswith(path) for path in teacher.reach_paths("manage_sessions")
    )
    return [("school", _("全校"), None), *offered] if manages else offered


@login_required
@require_POST
def theme_retire(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Offer a theme no more."""
    found = get_allowed(may_manage_theme, request.teacher, Theme.objects.all(), uid)
    actions.retire_theme(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("已收起；已经排的活动仍属于它。"))
    return redirect("activities:themes")


# ---- problems ----
class ProblemForm(forms.Form):
    """A problem of daily teaching."""

    whose = forms.ChoiceField(label=gettext_lazy("向谁提"))
    kind = forms.ChoiceField(label=gettext_lazy("类型"), choices=Problem.Kind.choices)
    text = forms.CharField(
        label=gettext_lazy("问题"),
        max_length=200,
        help_text=gettext_lazy("不写学生姓名；写清在哪个环节遇到了什么就好。"),
    )


@login_required
@read_or_post
def problems(request: TeacherRequest) -> HttpResponse:
    """Show the problems one may see, those without a conclusion first; raise one more."""
    teacher = request.teacher
    rows = allowed(may_see_problem, teacher, Problem.objects.filter(concluded_at=None))
    done = allowed(may_see_problem, teacher, Problem.objects.exclude(concluded_at=None))
    joined = ("unit", "organisation", "raised_by", "session")
    organisation = teacher.organisation
    units = Unit.objects.filter(pk__in=teacher.units, organisation=organisation)
    offered: list[tuple[str, str, Unit | None]] = [
        (f"unit-{row.pk}", row.name, row) for row in units
    ]
    offered.append(("school", _("全校"), None))
    form = ProblemForm(request.POST or None)
    form.fields["whose"].choices = [(code, name) for code, name, _unit in offered]  # type: ignore[attr-defined]

    def deed(typed: Any) -> str:
        unit = next(unit for code, _name, unit in offered if code == typed["whose"])
        assert organisation is not None  # noqa: S101 (refused above)
        actions.raise_problem(
            organisation,
            unit=unit,
            kind=typed["kind"],
            text=typed["text"],
            by=teacher,
            at=timezone.now(),
        )
        return reverse("activities:problems")

    if request.method == "POST" and organisation is None:
        raise Http404
    mine = allowed(may_conclude_problem, teacher, Problem.objects.all())
    context = {
        "open_problems": rows.select_related(*joined)[:MOST],
        "concluded": done.select_related(*joined)[:MOST],
        "mine": set(mine.values_list("pk", flat=True)),
        "may_raise": organisation is not None,
    }
    return ask(
        request, form, deed, done=_("已提上来。"), page="activities/problems.html", context=context
    )


class ConclusionForm(forms.Form):
    """What was concluded, or in which session it will be discussed."""

    session = forms.ModelChoiceField(
        Session.objects.none(),
        label=gettext_lazy("放进哪一场讨论"),
        required=False,
        empty_label=gettext_lazy("不改"),
    )
    conclusion = forms.CharField(
        label=gettext_lazy("结论"), required=False, widget=forms.Textarea, max_length=2000
    )


@login_required
@read_or_post
def problem(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Put a problem on the agenda of a session, or keep its conclusion."""
    rows = Problem.objects.select_related("unit", "organisation", "session", "raised_by")
    found = get_allowed(may_conclude_problem, request.teacher, rows, uid)
    form = ConclusionForm(request.POST or None, initial={"conclusion": found.conclusion})
    ahead = Session.objects.filter(
        organisation=found.organisation, closed_at=None, cancelled_at=None
    )
    if found.unit_id:
        ahead = ahead.filter(unit=found.unit_id)
    form.fields["session"].queryset = allowed(  # type: ignore[attr-defined]
        may_manage_session, request.teacher, ahead
    )

    @transaction.atomic
    def deed(typed: Any) -> str:
        at = timezone.now()
        if typed["session"]:
            actions.take_up(found, typed["session"], by=request.teacher, at=at)
        if typed["conclusion"].strip() or not typed["session"]:
            actions.conclude(found, conclusion=typed["conclusion"], by=request.teacher, at=at)
        return reverse("activities:problems")

    return ask(
        request, form, deed, done=_("已保存。"), page="activities/problem.html",
        context={"problem": found},
    )  # fmt: skip
