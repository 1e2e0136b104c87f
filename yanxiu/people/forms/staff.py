"""What is asked about a person's path and about the staff as a whole."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yanxiu.people.models import (
    Departure,
    Leave,
    Organisation,
    RequirementState,
    Skill,
    TeacherSkill,
    Tier,
    TierReview,
    WorkforceGoal,
    WorkforceSetting,
)
from yanxiu.people.models.tier import LEVELS
from yanxiu.people.staff import EDUCATIONS
from yanxiu.ui.days import DayField

_TALL = forms.Textarea(attrs={"rows": 4, "class": "tall"})


class LeaveForm(forms.Form):
    """A leave; the last day is asked as people say it, included."""

    kind = forms.ChoiceField(label=_("类别"), choices=Leave.Kind.choices)
    starts_on = DayField(label=_("从哪天起"))
    last_on = DayField(
        label=_("到哪天（含）"), required=False, help_text=_("还不知道就空着，回来时再结束。")
    )

    def clean(self) -> dict[str, Any]:
        """Give the day after the last one as `ends_on`."""
        data = super().clean() or self.cleaned_data
        last = data.get("last_on")
        data["ends_on"] = last + timedelta(days=1) if last else None
        return data


class MoveForm(forms.Form):
    """Where somebody goes."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("离开哪个学校"), to_field_name="uid", empty_label=None
    )
    kind = forms.ChoiceField(label=_("去向"), choices=Departure.Kind.choices)
    on = DayField(label=_("从哪天起不再在这里"))
    to = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("调往（系统里的学校）"),
        to_field_name="uid",
        required=False,
        empty_label=_("不在系统里，或不是调动"),
    )
    to_text = forms.CharField(label=_("去往（系统外的写名称）"), max_length=80, required=False)
    job_number = forms.CharField(label=_("新学校的工号"), max_length=20, required=False)

    def __init__(
        self,
        *args: Any,
        schools: "QuerySet[Organisation]",
        own: "QuerySet[Organisation]",
        **kwargs: Any,
    ) -> None:
        """Offer the schools to leave (`own`) and to go to."""
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = own  # type: ignore[attr-defined]
        self.fields["to"].queryset = schools  # type: ignore[attr-defined]


class SkillsForm(forms.Form):
    """How far somebody is with each skill."""

    def __init__(
        self, *args: Any, skills: "list[Skill]", levels: dict[int, int], **kwargs: Any
    ) -> None:
        """Ask about `skills`, with what is known so far."""
        super().__init__(*args, **kwargs)
        for skill in skills:
            label = f"{skill.group} · {skill.name}" if skill.group else skill.name
            self.fields[f"skill-{skill.pk}"] = forms.TypedChoiceField(
                label=label,
                choices=TeacherSkill.Level.choices,
                coerce=int,
                initial=levels.get(skill.pk, 0),
            )

    @property
    def levels(self) -> dict[int, int]:
        """The levels by skill."""
        return {int(name.removeprefix("skill-")): n for name, n in self.cleaned_data.items()}


class RequirementForm(forms.Form):
    """Where somebody stands with one requirement."""

    state = forms.ChoiceField(label=_("状态"), choices=RequirementState.State.choices)
    count = forms.IntegerField(
        label=_("次数"), min_value=0, max_value=9999, required=False, help_text=_("没有就空着。")
    )
    evidence = forms.CharField(label=_("依据"), max_length=300, required=False)

    def clean_count(self) -> int:
        """Return nothing as zero."""
        return self.cleaned_data["count"] or 0


class ReviewForm(forms.Form):
    """A nomination or yearly review with its decision."""

    kind = forms.ChoiceField(label=_("哪一种"), choices=TierReview.Kind.choices)
    round_name = forms.CharField(
        label=_("批次或年度"), max_length=60, help_text=_("如 2026年评选。")
    )
    statement = forms.CharField(
        label=_("对照条件的情况"), required=False, max_length=2000, widget=_TALL
    )
    decision = forms.ChoiceField(label=_("结论"), choices=TierReview.Decision.choices)
    reason = forms.CharField(label=_("理由"), max_length=200, required=False)


class ShapeTierForm(forms.Form):
    """A tier or honour: what it is called, where it stands, what is asked."""

    name = forms.CharField(label=_("名称"), max_length=40)
    ladder = forms.CharField(
        label=_("系列"),
        max_length=40,
        required=False,
        help_text=_("同一系列按级别排高低，如 骨干教师、教学能手；“某级及以上”按它来算。"),
    )
    level = forms.ChoiceField(
        label=_("级别"), required=False, choices=[(level, level or _("不分级")) for level in LEVELS]
    )
    is_honour = forms.BooleanField(label=_("是评选的称号（不是自然阶段）"), required=False)
    term_years = forms.IntegerField(
        label=_("任期（年）"), min_value=1, max_value=20, required=False
    )
    criteria = forms.CharField(label=_("条件"), required=False, max_length=4000, widget=_TALL)
    requirements = forms.CharField(
        label=_("成长要求"),
        required=False,
        max_length=4000,
        widget=_TALL,
        help_text=_("一行一条，逐人记达成情况。"),
    )
    duties = forms.CharField(
        label=_("职责"),
        required=False,
        max_length=4000,
        widget=_TALL,
        help_text=_("一行一条，如 示范课、指导青年教师；逐人记次数。"),
    )


class SettingForm(forms.Form):
    """Who counts as young and senior, and which share is low."""

    young_below = forms.IntegerField(
        label=WorkforceSetting._meta.get_field("young_below").verbose_name,
        min_value=25,
        max_value=60,
    )
    senior_from = forms.IntegerField(
        label=WorkforceSetting._meta.get_field("senior_from").verbose_name,
        min_value=30,
        max_value=65,
    )
    low_share = forms.IntegerField(
        label=WorkforceSetting._meta.get_field("low_share").verbose_name, min_value=1, max_value=50
    )


class NoteForm(forms.Form):
    """What people make of the structure."""

    text = forms.CharField(label=_("分析"), max_length=4000, widget=_TALL)


class GoalForm(forms.ModelForm):  # type: ignore[type-arg]
    """A goal for the staff; what is not yet known may stay open."""

    due_on = DayField(label=_("期限"), required=False)
    education = forms.ChoiceField(
        label=_("学历"), required=False, choices=[("", "—"), *((one, one) for one in EDUCATIONS)]
    )
    target_percent = forms.IntegerField(
        label=_("目标（%）"), min_value=1, max_value=100, required=False
    )

    class Meta:
        model = WorkforceGoal
        fields = (
            "text", "population", "population_tier", "population_subject", "indicator", "skill",
            "tier", "education", "target_percent", "due_on",
        )  # fmt: skip

    def __init__(
        self, *args: Any, tiers: "QuerySet[Tier]", skills: "QuerySet[Skill]", **kwargs: Any
    ) -> None:
        """Offer `tiers` and `skills`."""
        super().__init__(*args, **kwargs)
        self.fields["population_tier"].queryset = tiers  # type: ignore[attr-defined]
        self.fields["tier"].queryset = tiers  # type: ignore[attr-defined]
        self.fields["skill"].queryset = skills  # type: ignore[attr-defined]
        self.fields["population_tier"].label = _("对象是哪一层级")
        self.fields["tier"].label = _("达到哪一层级")
        self.fields["skill"].label = _("哪项能力")


class SkillForm(forms.Form):
    """One more skill to ask about."""

    name = forms.CharField(label=_("能力"), max_length=40, help_text=_("如 制作多媒体课件。"))
    group = forms.CharField(
        label=_("类别"), max_length=40, required=False, help_text=_("如 信息技术、沟通、教育研究。")
    )


class TeamForm(forms.Form):
    """What a mixed team is for."""

    name = forms.CharField(label=_("小组名称"), max_length=60)
    task = forms.CharField(label=_("做什么"), max_length=200, required=False)
    size = forms.IntegerField(label=_("几个人"), min_value=2, max_value=30, initial=6)


class ProgrammeForm(forms.Form):
    """What a school offers those of one tier."""

    name = forms.CharField(label=_("名称"), max_length=60, help_text=_("如 启航工程。"))
    tier = forms.ModelChoiceField(Tier.objects.none(), label=_("为哪一层级"), empty_label=None)
    aim = forms.CharField(label=_("目标"), required=False, max_length=2000, widget=_TALL)
    starts_on = DayField(label=_("开始"))
    ends_on = DayField(label=_("结束"), required=False)
    requirements = forms.CharField(
        label=_("要求"),
        required=False,
        max_length=4000,
        widget=_TALL,
        help_text=_("一行一条，逐人记达成情况。"),
    )

    def __init__(self, *args: Any, tiers: "QuerySet[Tier]", **kwargs: Any) -> None:
        """Offer `tiers`."""
        super().__init__(*args, **kwargs)
        self.fields["tier"].queryset = tiers  # type: ignore[attr-defined]
