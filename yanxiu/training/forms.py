"""The shape of what people type about training; a form never saves."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from yanxiu.activities.models import Activity, Session, Tag
from yanxiu.kernel.amounts import plain
from yanxiu.training.models import OutsideCourse, OutsideTraining, SeriesPart
from yanxiu.ui.days import DayField, say_order, time_field

Choices = Iterable[tuple[str, str]]
TEXT = 200


class FoldedTags(forms.CheckboxSelectMultiple):
    """Boxes to tick, folded by classification: on a phone they are many screens otherwise."""

    template_name = "training/widgets/folded.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add the folds; one in which something is ticked, or the only one, is open."""
        context = super().get_context(name, value, attrs)
        groups = context["widget"]["optgroups"]
        context["widget"]["folds"] = [
            (group, options, len(groups) == 1 or any(each["selected"] for each in options))
            for group, options, _index in groups
        ]
        return context


class _ByClassification(ModelChoiceIterator):  # type: ignore[type-arg]
    """Tags under the names of their classifications, in the order they come in."""

    def __iter__(self) -> Iterator[Any]:
        """Yield each name with the choices below it."""
        rows = self.queryset.all()
        for name, tags in groupby(rows, key=lambda row: row.classification.name):
            yield name, [self.choice(tag) for tag in tags]


class TagsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several tags, offered by classification."""

    iterator = _ByClassification


def tags_field() -> Any:
    """Return a field for several tags; its rows are given by `offer_tags`."""
    return TagsField(
        Tag.objects.none(),
        label=_("内容标签"),
        required=False,
        widget=FoldedTags,
    )


def offer_tags(form: forms.Form, rows: Any) -> None:
    """Offer `rows`, which a field of tags takes from."""
    form.fields["tags"].queryset = rows  # type: ignore[attr-defined]


class CourseForm(forms.Form):
    """A course given elsewhere."""

    title = forms.CharField(label=_("课程"), max_length=120)
    organiser = forms.CharField(label=_("主办单位"), max_length=80)
    level = forms.ChoiceField(
        label=_("级别"), choices=OutsideCourse.LEVELS, initial=OutsideCourse.Level.COUNTY
    )
    mode = forms.ChoiceField(label=_("方式"), choices=Activity.Mode.choices)
    starts_on = DayField(label=_("开始日期"))
    last_on = DayField(label=_("结束日期"))
    place = forms.CharField(label=_("地点"), max_length=60, required=False)
    hours = forms.DecimalField(
        label=_("课时"), min_value=0, max_value=500, decimal_places=2, required=False,
        help_text=_("按通知或证书填写，不知道就空着。"),
    )  # fmt: skip

    def clean_hours(self) -> Decimal:
        """An empty field is nothing known."""
        return self.cleaned_data["hours"] or Decimal(0)

    def clean(self) -> dict[str, Any]:
        """It ends when it has begun, and nobody must have gone before it is over."""
        found = super().clean() or {}
        last, due = found.get("last_on"), found.get("due_on")
        say_order(self)
        if last and due and due < last and found.get("audience"):
            self.add_error("due_on", _("完成期限不能早于课程结束的那天。"))
        return found


class PurposeForm(forms.Form):
    """Why somebody wants to go, and what it costs."""

    purpose = forms.CharField(
        label=_("想解决什么问题"), max_length=TEXT, help_text=_("一句话即可，审批的人看得到。")
    )
    cost = forms.DecimalField(
        label=_("预计费用（元）"), min_value=0, max_digits=9, decimal_places=2, required=False
    )
    budget_line = forms.CharField(
        label=_("经费列支"), max_length=60, required=False, help_text=_("不清楚就空着。")
    )


class NewCourseForm(CourseForm, PurposeForm):
    """An application for a course that nobody has entered yet."""

    field_order = [
        "title", "organiser", "starts_on", "last_on", "place", "level", "mode", "hours", "purpose",
        "cost", "budget_line",
    ]  # fmt: skip


class OfficeCourseForm(CourseForm):
    """A course as the research office enters it, compulsory for some if need be."""

    tags = tags_field()
    audience = forms.ChoiceField(label=_("必须参加的人"), required=False)
    demand = forms.CharField(label=_("要求的出处"), max_length=120, required=False)
    due_on = DayField(label=_("完成期限"), required=False)

    def __init__(self, *args: Any, audiences: Choices, tags: Any, **options: Any) -> None:
        """Offer `audiences` and `tags`."""
        super().__init__(*args, **options)
        self.fields["audience"].choices = [("", _("自愿，不作要求")), *audiences]  # type: ignore[attr-defined]
        offer_tags(self, tags)


class DemandForm(forms.Form):
    """What can be put right of a course: hours, tags, and who must go."""

    hours = forms.DecimalField(label=_("课时"), min_value=0, max_value=500, decimal_places=2)
    tags = tags_field()
    audience = forms.ChoiceField(label=_("必须参加的人"), required=False)
    demand = forms.CharField(label=_("要求的出处"), max_length=120, required=False)
    due_on = DayField(label=_("完成期限"), required=False)

    def __init__(self, *args: Any, audiences: Choices, tags: Any, **options: Any) -> None:
        """Offer `audiences` and `tags`."""
        super().__init__(*args, **options)
        self.fields["audience"].choices = [("", _("自愿，不作要求")), *audiences]  # type: ignore[attr-defined]
        offer_tags(self, tags)


class ReportForm(forms.Form):
    """What somebody brings home from a training."""

    hours = forms.DecimalField(
        label=_("课时"), min_value=Decimal("0.5"), max_value=500, decimal_places=2
    )
    report = forms.CharField(
        label=_("学到了什么，打算怎样用"),
        widget=forms.Textarea(attrs={"data-needed": ""}),
        required=False,
        help_text=_("几句话即可，不要求字数；做过分享的，选下面那一场就行，两样有一样就够。"),
    )
    shared_in = forms.ModelChoiceField(
        Session.objects.none(), label=_("在哪一场分享过"), required=False, empty_label=_("没有"),
        widget=forms.Select(attrs={"data-needed": ""}),
    )  # fmt: skip
    reference = forms.CharField(label=_("证书或文件编号"), max_length=60, required=False)
    proof = forms.FileField(
        label=_("证明文件"),
        required=False,
        help_text=_("有就附上：PDF、Word、Excel、扫描件或手机拍的照片。"),
    )

    def __init__(self, *args: Any, sessions: Any, **options: Any) -> None:
        """Offer `sessions` as those where it was passed on."""
        super().__init__(*args, **options)
        self.fields["shared_in"].queryset = sessions  # type: ignore[attr-defined]


class SettingForm(forms.Form):
    """The four switches, the days for the report and the limit of self-study."""

    self_report = forms.BooleanField(label=_("没有事先申请的，也可以由本人补报"), required=False)
    reference_required = forms.BooleanField(label=_("交汇报时要写证书或文件编号"), required=False)
    proof_required = forms.BooleanField(label=_("交汇报时要附证明文件"), required=False)
    automatic = forms.BooleanField(label=_("交了汇报就自动认定，不再逐份审核"), required=False)
    report_days = forms.IntegerField(label=_("培训结束后几天内交汇报"), min_value=1, max_value=365)
    self_study_hours = forms.DecimalField(
        label=_("自学每人每学期最多认定几课时"), min_value=0, max_value=500, decimal_places=2
    )


class DecideForm(forms.Form):
    """What is decided about an application or a report; what each button needs is asked of it."""

    hours = forms.CharField(label=_("认定课时"), max_length=12, required=False)
    budget_line = forms.CharField(label=_("经费列支"), max_length=60, required=False)
    reason = forms.CharField(label=_("原因"), max_length=200, required=False)

    def __init__(self, *args: Any, training: OutsideTraining, **options: Any) -> None:
        """Ask what the state of `training` leaves to decide."""
        super().__init__(*args, **options)
        state = OutsideTraining.State
        words = {
            state.APPLIED: _("退回的原因"),
            state.REPORTED: _("原因（少认定或退回时要写，本人看得到）"),
            state.RECOGNISED: _("认定有误时，写明原因撤回"),
        }
        self.fields["reason"].label = words.get(state(training.state), _("原因"))
        self.fields["reason"].widget.attrs["data-needed"] = ""
        claimed = plain(training.hours_claimed or Decimal(0))
        self.fields["hours"].label = _("认定课时（本人申报 %(hours)s）") % {"hours": claimed}
        self.fields["hours"].widget.attrs |= {"inputmode": "decimal", "data-needed": ""}
        self.initial = {"hours": claimed, "budget_line": training.budget_line}

    def refuse(self, name: str, sentence: str) -> None:
        """Say `sentence` at a field, which the page opens at."""
        self.add_error(name, sentence)
        self.fields[name].widget.attrs["autofocus"] = True


class MakeUpForm(forms.Form):
    """When and where those who missed a training are trained."""

    title = forms.CharField(label=_("主题"), max_length=120)
    day = DayField(label=_("日期"))
    start = time_field(_("开始"))
    end = time_field(_("结束"))
    place = forms.CharField(label=_("地点"), max_length=60, required=False)


class SeriesForm(forms.Form):
    """A series of trainings."""

    name = forms.CharField(label=_("名称"), max_length=80)
    audience = forms.ChoiceField(label=_("谁参加"))
    starts_on = DayField(label=_("从哪天起算"))
    last_on = DayField(label=_("到哪天为止"))
    organiser = forms.CharField(label=_("主办单位"), max_length=80, required=False)
    purpose = forms.CharField(label=_("要达到什么"), max_length=TEXT, required=False)

    def __init__(self, *args: Any, audiences: Choices, **options: Any) -> None:
        """Offer `audiences`."""
        super().__init__(*args, **options)
        self.fields["audience"].choices = list(audiences)  # type: ignore[attr-defined]


class PartForm(forms.Form):
    """A part of a series: what it is done in, or what is to be done."""

    target = forms.ChoiceField(
        label=_("在哪里完成"), required=False,
        help_text=_("自学或作业不选，直接在下面写做什么。"),
    )  # fmt: skip
    title = forms.CharField(label=_("内容"), max_length=120, required=False)
    due_on = DayField(label=_("期限"), required=False)

    def __init__(self, *args: Any, targets: Any, **options: Any) -> None:
        """Offer `targets`, in groups."""
        super().__init__(*args, **options)
        nothing = ("", str(SeriesPart.Kind.SELF_STUDY.label))
        self.fields["target"].choices = [nothing, *targets]  # type: ignore[attr-defined]


class StudyForm(forms.Form):
    """What somebody learned alone."""

    title = forms.CharField(
        label=_("学了什么"), max_length=120, help_text=_("书名、文章、录像或做的事。")
    )
    note = forms.CharField(
        label=_("要点与想法"), widget=forms.Textarea, help_text=_("长短不限，写给自己有用的。")
    )
    happened_on = DayField(label=_("日期"))
    minutes = forms.IntegerField(label=_("用时（分钟）"), min_value=1, max_value=6000)
    tags = tags_field()

    def __init__(self, *args: Any, tags: Any, **options: Any) -> None:
        """Offer `tags`."""
        super().__init__(*args, **options)
        offer_tags(self, tags)


class SkillForm(forms.Form):
    """A check of a skill."""

    name = forms.CharField(label=_("测查什么"), max_length=80)
    audience = forms.ChoiceField(label=_("测查谁"))
    held_on = DayField(label=_("日期"))
    levels = forms.CharField(
        label=_("等级，从低到高"), max_length=TEXT, initial="未掌握、会用、熟练",
        help_text=_("用顿号分开。"),
    )  # fmt: skip
    passing = forms.IntegerField(label=_("从第几级起算掌握"), min_value=1, max_value=20, initial=2)

    def __init__(self, *args: Any, audiences: Choices, **options: Any) -> None:
        """Offer `audiences`."""
        super().__init__(*args, **options)
        self.fields["audience"].choices = list(audiences)  # type: ignore[attr-defined]

    def clean_levels(self) -> list[str]:
        """Split what was typed at the usual marks."""
        text = self.cleaned_data["levels"]
        for mark in "，,；;/ ":
            text = text.replace(mark, "、")
        return [word.strip() for word in text.split("、") if word.strip()]
