"""The shape of what people type about the parts of a plan; a form never saves."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.people.models import Role, Tier, Unit
from yanxiu.planning.actions.kept import months_of
from yanxiu.planning.burden import acts
from yanxiu.planning.form_fields import (
    TitledChoice,
    choose,
    day_field,
    figure_choices,
    month_choices,
    month_of,
    name_field,
    offer,
    row_field,
    tiers_of,
    upper_goals,
    upper_items,
)
from yanxiu.planning.forms import RhythmForm
from yanxiu.planning.models import Goal, Plan, PlanItem, Quota
from yanxiu.planning.sections import PERSONAL, SECTIONS

NOBODY = gettext_lazy("不限")
MOST_TAGS = 5
TAGS = ("学会学习", "学会反思", "学会创新", "师德", "课堂改革", "内涵发展")
"""Tags that are offered; any others can be typed."""


def ask_reason(form: forms.Form, plan: Plan) -> None:
    """Let `form` ask why, where `plan` is in force."""
    if plan.state == Plan.State.CONFIRMED:
        form.fields["because"] = forms.CharField(
            label=_("修订原因"),
            max_length=200,
            help_text=_("计划已确认，原来的版本会留着，并通知有关的人。"),
            error_messages={"required": _("计划已经确认，请写一句修订的原因。")},
        )


class PartForm(forms.Form):
    """A part of `plan`; of a plan in force the reason of the change is asked too."""

    def __init__(self, *args: Any, plan: Plan, **options: Any) -> None:
        """Offer what belongs to `plan`."""
        super().__init__(*args, **options)
        self.plan = plan
        self.offer(plan)
        ask_reason(self, plan)

    def offer(self, plan: Plan) -> None:
        """Fill the choices."""


class GoalForm(PartForm):
    """A goal, with what it is measured by and what it serves."""

    text = forms.CharField(
        label=gettext_lazy("目标"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    level = forms.ChoiceField(
        label=gettext_lazy("层次"),
        choices=Goal.Level.choices,
        initial=Goal.Level.SPECIFIC,
        required=False,
        help_text=gettext_lazy("重点领域一份计划最多两个。"),
    )
    name = forms.CharField(
        label=gettext_lazy("编号或简称"), max_length=60, required=False,
        help_text=gettext_lazy("如“一个中心”“目标一”，可不填。"),
    )  # fmt: skip
    figure = forms.ChoiceField(
        label=gettext_lazy("用哪个数据项衡量"),
        required=False,
        help_text=gettext_lazy("选了以后，当前值由系统统计，不用另报。"),
    )
    indicator = forms.CharField(
        label=gettext_lazy("指标"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("用什么数字看得出达到了，例如“每位教师公开课 1 节”。"),
    )
    target = forms.DecimalField(
        label=gettext_lazy("目标值"), max_digits=11, decimal_places=4, required=False
    )
    deadline = day_field(gettext_lazy("期限"))
    parent = row_field(gettext_lazy("属于哪个目标"), Goal, gettext_lazy("不属于别的目标"))
    tier = row_field(gettext_lazy("只对层级"), Tier, NOBODY)
    beneficiary = forms.ChoiceField(
        label=gettext_lazy("为了谁"),
        required=False,
        choices=[("", gettext_lazy("没有指定")), *Goal.Beneficiary.choices],
    )
    priority = forms.TypedChoiceField(
        label=gettext_lazy("轻重"), coerce=int, required=False, empty_value=None,
        choices=Goal.Priority.choices, initial=Goal.Priority.USUAL,
    )  # fmt: skip
    tags = forms.CharField(
        label=gettext_lazy("标签"), max_length=100, required=False,
        help_text=gettext_lazy("用顿号隔开，如：学会学习、学会反思、学会创新。"),
        widget=forms.TextInput(attrs={"list": "tags"}),
    )  # fmt: skip
    projects = forms.CharField(label=gettext_lazy("承载的课题"), max_length=200, required=False)
    upper = TitledChoice(
        Goal.objects.none(), label=gettext_lazy("落实上级的哪一条"), required=False,
        empty_label=gettext_lazy("没有对应的上级目标"),
    )  # fmt: skip

    def offer(self, plan: Plan) -> None:
        """Fill the choices."""
        offer(self, "figure", figure_choices())
        choose(self, "parent", Goal.objects.filter(plan=plan))
        choose(self, "tier", tiers_of(plan.organisation))
        choose(self, "upper", upper_goals(plan))

    def clean_tags(self) -> list[str]:
        """Return the tags, each once."""
        words = str(self.cleaned_data["tags"]).replace("，", "、").replace(",", "、").split("、")
        return list(dict.fromkeys(word.strip()[:20] for word in words if word.strip()))[:MOST_TAGS]

    def clean(self) -> dict[str, Any]:
        """Let a chosen figure name the indicator where none is written."""
        given = super().clean() or {}
        given["level"] = given.get("level") or Goal.Level.SPECIFIC
        given["priority"] = given.get("priority") or Goal.Priority.USUAL
        if given.get("figure") and not given.get("indicator"):
            names = dict(figure_choices())
            given["indicator"] = names[given["figure"]].split("（")[0][:60]
        return given


class QuotaForm(PartForm):
    """How many of something, for whom, and how often."""

    name = forms.CharField(label=gettext_lazy("事项"), max_length=60)
    amount = forms.DecimalField(
        label=gettext_lazy("数量"), max_digits=11, decimal_places=4, min_value=0, required=False
    )
    is_open = forms.BooleanField(label=gettext_lazy("数量自定（由本人或组里定）"), required=False)
    unit_of_measure = forms.CharField(
        label=gettext_lazy("单位"), max_length=10, help_text=gettext_lazy("本、篇、节、次……")
    )
    at_least = forms.BooleanField(
        label=gettext_lazy("至少（做得更多也算达到）"), required=False, initial=True
    )
    per = forms.ChoiceField(label=gettext_lazy("对象"), choices=Quota.Per.choices)
    period = forms.ChoiceField(
        label=gettext_lazy("周期"), choices=Quota.Period.choices, initial=Quota.Period.TERM
    )
    act = forms.ChoiceField(
        label=gettext_lazy("种类"), required=False,
        help_text=gettext_lazy("用来估算用时；不选就按事项的名称认。"),
    )  # fmt: skip
    figure = forms.ChoiceField(label=gettext_lazy("由哪个数据项统计"), required=False)
    tier = row_field(gettext_lazy("只对层级"), Tier, NOBODY)
    role = row_field(gettext_lazy("只对岗位"), Role, NOBODY)
    unit = row_field(gettext_lazy("只对单位"), Unit, NOBODY)

    def offer(self, plan: Plan) -> None:
        """Fill the choices."""
        offer(self, "act", [("", _("按名称认")), *((a.code, a.name) for a in acts().values())])
        offer(self, "figure", figure_choices())
        choose(self, "tier", tiers_of(plan.organisation))
        choose(self, "role", Role.objects.all())
        choose(self, "unit", Unit.objects.filter(organisation=plan.organisation, ends_on=None))

    def clean(self) -> dict[str, Any]:
        """Take no number only where it is left open."""
        given = super().clean() or {}
        if given.get("is_open"):
            given["amount"] = 0
        elif given.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", _("请填数量；没有定的，请勾“数量自定”。"))
        return given


class RhythmPartForm(RhythmForm):
    """When a unit meets, as a part of `plan`."""

    def __init__(self, *args: Any, plan: Plan, **options: Any) -> None:
        """Offer the units of the plan's organisation."""
        units = Unit.objects.filter(organisation=plan.organisation, ends_on=None)
        super().__init__(*args, units=units, **options)
        self.fields["unit"].initial = plan.unit_id
        ask_reason(self, plan)


class ItemForm(PartForm):
    """Something to do in a month, from one month to another, or on a day."""

    text = forms.CharField(label=gettext_lazy("事项"), max_length=200)
    month = forms.TypedChoiceField(
        label=gettext_lazy("月份"), coerce=month_of, empty_value=None, required=False
    )
    until = forms.TypedChoiceField(
        label=gettext_lazy("到"), coerce=month_of, empty_value=None, required=False
    )
    repeats = forms.BooleanField(label=gettext_lazy("这几个月每月各做一次"), required=False)
    on = day_field(gettext_lazy("或者定在哪一天"), gettext_lazy("填了日期，就不用选月份。"))
    owner = name_field(gettext_lazy("负责人"))
    form = forms.CharField(
        label=gettext_lazy("形式"), max_length=40, required=False,
        help_text=gettext_lazy("如：专题讲座、听课评课；可以不填，只写在计划的进度表里。"),
    )  # fmt: skip
    hours = forms.DecimalField(
        label=gettext_lazy("计划学时"), max_digits=7, decimal_places=2, min_value=0,
        required=False, help_text=gettext_lazy("可以不填；实际学时按活动记录认定。"),
    )  # fmt: skip
    audience = forms.ChoiceField(
        label=gettext_lazy("对象"), choices=PlanItem.Audience.choices, required=False
    )
    tier = row_field(gettext_lazy("哪一层级"), Tier, NOBODY)
    role = row_field(gettext_lazy("哪一岗位"), Role, NOBODY)
    goal = row_field(gettext_lazy("为了哪个目标"), Goal, gettext_lazy("没有对应的目标"))
    upper = TitledChoice(
        PlanItem.objects.none(), label=gettext_lazy("落实上级的哪一项"), required=False,
        empty_label=gettext_lazy("没有对应的上级事项"),
    )  # fmt: skip

    def offer(self, plan: Plan) -> None:
        """Fill the choices."""
        months = months_of(plan.span)
        offer(self, "month", month_choices(months, _("请选择")))
        offer(self, "until", month_choices(months, _("只在这个月")))
        choose(self, "tier", tiers_of(plan.organisation))
        choose(self, "role", Role.objects.all())
        choose(self, "goal", Goal.objects.filter(plan__in=[plan.pk, plan.parent_id or plan.pk]))
        choose(self, "upper", upper_items(plan).select_related("plan"))

    def clean(self) -> dict[str, Any]:
        """Ask for one of month and day, and for whom where it is not for all."""
        given = super().clean() or {}
        if not given.get("month") and not given.get("on") and "month" not in self.errors:
            self.add_error("month", _("请选月份，或填日期。"))
        given["audience"] = given.get("audience") or PlanItem.Audience.ALL
        for name in ("tier", "role"):
            if given["audience"] == name and not given.get(name):
                self.add_error(name, _("请选这一项是对谁的。"))
            if given["audience"] != name:
                given[name] = None
        return given


class NoteForm(PartForm):
    """A section of text."""

    kind = forms.ChoiceField(label=gettext_lazy("这一段是"))
    text = forms.CharField(
        label=gettext_lazy("内容"), widget=forms.Textarea(attrs={"rows": 6}), max_length=20_000
    )

    def offer(self, plan: Plan) -> None:
        """Fill the choices; a personal plan has sections of its own."""
        sections = PERSONAL if plan.teacher_id else {**SECTIONS}
        offer(self, "kind", sections.items())


class YearForm(PartForm):
    """One year of a plan over several years."""

    theme = forms.CharField(label=gettext_lazy("主题"), max_length=200)
    contents = forms.CharField(
        label=gettext_lazy("内容"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    credits = forms.DecimalField(
        label=gettext_lazy("学分"), max_digits=11, decimal_places=4, min_value=0, required=False
    )
