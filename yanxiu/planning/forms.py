"""The shape of what people type about plans; a form never saves."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.people.models import Tier, Unit
from yanxiu.planning.form_fields import day_field, name_field, row_field
from yanxiu.planning.models import Plan, PlanDemand, Rhythm
from yanxiu.planning.rhythms import MOST_TIMES
from yanxiu.planning.wording import TO_BE_AGREED
from yanxiu.terms.models import Term
from yanxiu.ui.days import DayField

Choices = Iterable[tuple[Any, Any]]
MOST_TEXT = 200_000
TITLE_LENGTH = 200
PASTED = "粘贴的文字.txt"
ACCEPTED = ".docx,.doc,.rtf,.pdf,.txt,.html,.htm"


def weekday_choices(empty: Any = TO_BE_AGREED) -> list[tuple[str, Any]]:
    """Return the days of the week, and the answer that none is agreed."""
    names = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
    days = [(str(number), name) for number, name in enumerate(names, 1)]
    return [("", empty), *days]


class OwnedForm(forms.Form):
    """A form that asks whose plan it is about, unless there is only one answer."""

    owner = forms.ChoiceField(label=gettext_lazy("谁的计划"))

    def __init__(self, *args: Any, owners: Choices, **options: Any) -> None:
        """Offer `owners`."""
        super().__init__(*args, **options)
        self.fields["owner"].choices = list(owners)  # type: ignore[attr-defined]


class ReadForm(OwnedForm):
    """A document to read: a file, or its text."""

    file = forms.FileField(
        label=gettext_lazy("计划文件或总结文件"),
        required=False,
        help_text=gettext_lazy(
            "Word（docx、doc）、PDF、文本（txt）或网页（html），最大 20 MB。"
            "计划、总结都可以，一个文件里有几份也可以。"
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    text = forms.CharField(
        label=gettext_lazy("或者粘贴文字"),
        required=False,
        max_length=MOST_TEXT,
        widget=forms.Textarea,
        help_text=gettext_lazy("连标题一起粘贴，例如“……工作计划”。"),
    )

    def clean(self) -> dict[str, Any]:
        """Take the file, else the text."""
        cleaned = self.cleaned_data
        file = cleaned.get("file")
        text = (cleaned.get("text") or "").strip()
        if self.errors:
            return cleaned
        if not file and not text:
            raise forms.ValidationError(_("还没有选文件，也没有粘贴文字。两样给一样就可以。"))
        if file and file.size > settings.UPLOAD_LIMIT:
            megabytes = settings.UPLOAD_LIMIT // 1024 // 1024
            raise forms.ValidationError(
                _("文件超过 %(limit)s MB，没有读取。请删去图片后再上传。") % {"limit": megabytes}
            )
        return cleaned

    @property
    def name(self) -> str:
        """The name of the document."""
        file = self.cleaned_data.get("file")
        return str(file.name) if file else PASTED

    def document(self) -> bytes:
        """Return the bytes of the document."""
        file = self.cleaned_data.get("file")
        return bytes(file.read()) if file else str(self.cleaned_data["text"]).encode()


class StartForm(OwnedForm):
    """An empty plan: whose, of which kind, for which period, under which title."""

    kind = forms.ChoiceField(
        label=gettext_lazy("类别"),
        choices=[each for each in Plan.Kind.choices if each[0] != Plan.Kind.SCHEME],
        initial=Plan.Kind.WORK,
        required=False,
        help_text=gettext_lazy("“上级要求”用来把上级文件的各条记下来，本校目标可以对应到它。"),
    )
    period = forms.ChoiceField(
        label=gettext_lazy("周期"),
        choices=Plan.Period.choices,
        initial=Plan.Period.TERM,
        required=False,
    )
    term = forms.ModelChoiceField(
        Term.objects.none(),
        label=gettext_lazy("学期"),
        empty_label=gettext_lazy("请选择"),
        help_text=gettext_lazy("比学期长的计划，选它开始的那个学期。"),
    )
    starts_on = day_field(gettext_lazy("从哪天"))
    last_on = day_field(gettext_lazy("到哪天"))
    title = forms.CharField(
        label=gettext_lazy("标题"),
        max_length=TITLE_LENGTH,
        required=False,
        help_text=gettext_lazy("不填就用学期和单位的名称。"),
    )
    project = forms.CharField(label=gettext_lazy("课题名称"), max_length=80, required=False)
    superior = forms.CharField(label=gettext_lazy("上级单位"), max_length=80, required=False)
    parent = row_field(gettext_lazy("依据的上级计划"), Plan, gettext_lazy("没有，或不在系统里"))

    def __init__(self, *args: Any, terms: Any, parents: Any, **options: Any) -> None:
        """Offer `terms`, and `parents` to follow."""
        super().__init__(*args, **options)
        self.fields["term"].queryset = terms  # type: ignore[attr-defined]
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]


class HeadForm(forms.Form):
    """The head of a plan: its title, who looks after it, what it follows, its credits."""

    title = forms.CharField(label=gettext_lazy("标题"), max_length=TITLE_LENGTH)
    owner = name_field(gettext_lazy("负责人"), gettext_lazy("专人负责；姓名或工号。"))
    superior = forms.CharField(label=gettext_lazy("上级单位"), max_length=80, required=False)
    parent = row_field(gettext_lazy("依据的上级计划"), Plan, gettext_lazy("没有，或不在系统里"))
    project = forms.CharField(label=gettext_lazy("课题名称"), max_length=80, required=False)

    def __init__(self, *args: Any, plan: Plan, parents: Any, **options: Any) -> None:
        """Offer `parents`; ask for credits only where a plan has years, and why if in force."""
        super().__init__(*args, **options)
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]
        if plan.kind != Plan.Kind.PROJECT:
            del self.fields["project"]
        if plan.period in {Plan.Period.THREE_YEARS, Plan.Period.FIVE_YEARS}:
            for name, label in CREDIT_FIELDS:
                self.fields[name] = forms.DecimalField(
                    label=label, max_digits=11, decimal_places=4, min_value=0, required=False
                )
        if plan.state == Plan.State.CONFIRMED:
            self.fields["because"] = forms.CharField(
                label=_("修订原因"),
                max_length=200,
                error_messages={"required": _("计划已经确认，请写一句修订的原因。")},
            )


CREDIT_FIELDS = (
    ("credits_total", gettext_lazy("总学分")),
    ("credits_least", gettext_lazy("每年最低学分")),
    ("hours_yearly", gettext_lazy("每年学时")),
    ("hours_per_credit", gettext_lazy("每学分折合学时")),
)


class DemandForm(forms.Form):
    """Which plans are asked for, of whom, by when."""

    title = forms.CharField(label=gettext_lazy("要交什么"), max_length=120)
    whom = forms.ChoiceField(label=gettext_lazy("谁来写"), choices=PlanDemand.Whom.choices)
    tier = row_field(gettext_lazy("哪一层级"), Tier, gettext_lazy("不限"))
    kind = forms.ChoiceField(
        label=gettext_lazy("类别"),
        choices=[
            each
            for each in Plan.Kind.choices
            if each[0] not in {Plan.Kind.SCHEME, Plan.Kind.GUIDELINE}
        ],
    )
    period = forms.ChoiceField(label=gettext_lazy("周期"), choices=Plan.Period.choices)
    term = forms.ModelChoiceField(
        Term.objects.none(), label=gettext_lazy("学期"), empty_label=gettext_lazy("请选择")
    )
    due_on = day_field(gettext_lazy("截止日期"), gettext_lazy("不填就是开学前一天。"))
    note = forms.CharField(
        label=gettext_lazy("要求"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, terms: Any, tiers: Any, **options: Any) -> None:
        """Offer `terms` and `tiers`."""
        super().__init__(*args, **options)
        self.fields["term"].queryset = terms  # type: ignore[attr-defined]
        self.fields["tier"].queryset = tiers  # type: ignore[attr-defined]


class MinutesForm(forms.Form):
    """How long an act takes here."""

    act = forms.ChoiceField(label=gettext_lazy("事项"))
    doing = forms.IntegerField(label=gettext_lazy("做一次（分钟）"), min_value=0, max_value=6000)
    writing = forms.IntegerField(
        label=gettext_lazy("填写一次（分钟）"), min_value=0, max_value=6000
    )
    starts_on = day_field(gettext_lazy("从哪天起"), required=True)
    source = forms.CharField(
        label=gettext_lazy("依据"), max_length=200,
        help_text=gettext_lazy("例如：本校 12 位教师试做的平均用时。"),
    )  # fmt: skip

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        """Offer the acts."""
        super().__init__(*args, **options)
        self.fields["act"].choices = list(choices)  # type: ignore[attr-defined]


class CopyForm(forms.Form):
    """A plan made from an earlier one."""

    term = forms.ModelChoiceField(
        Term.objects.none(), label=gettext_lazy("哪个学期"), empty_label=gettext_lazy("请选择")
    )
    title = forms.CharField(label=gettext_lazy("新计划的标题"), max_length=TITLE_LENGTH)

    def __init__(self, *args: Any, terms: Any, **options: Any) -> None:
        """Offer `terms`."""
        super().__init__(*args, **options)
        self.fields["term"].queryset = terms  # type: ignore[attr-defined]


class ReturnForm(forms.Form):
    """Why a plan goes back."""

    reason = forms.CharField(
        label=gettext_lazy("哪里要改"),
        max_length=200,
        error_messages={"required": gettext_lazy("请写明哪里要改，没有退回。")},
    )


class ReadOutForm(forms.Form):
    """When and where a plan was read out."""

    on = day_field(gettext_lazy("日期"), required=True)
    where = forms.CharField(label=gettext_lazy("在哪次会议上"), max_length=200)


class StepForm(forms.Form):
    """One step of an item."""

    step = forms.CharField(label=gettext_lazy("步骤"), max_length=200)
    step_owner = name_field(gettext_lazy("谁做"))
    step_due = day_field(gettext_lazy("截止日期"))


class RhythmForm(forms.Form):
    """When a unit meets, week by week."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("教研组"), empty_label=gettext_lazy("请选择")
    )
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("星期"), coerce=int, empty_value=None, required=False
    )
    half_day = forms.ChoiceField(
        label=gettext_lazy("时段"),
        required=False,
        choices=[("", gettext_lazy("没有定")), *Rhythm.HalfDay.choices],
        widget=forms.RadioSelect,
    )
    starts_at = forms.TimeField(
        label=gettext_lazy("开始时间"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("时长（分钟）"), initial=80, min_value=10, max_value=480
    )
    every_weeks = forms.IntegerField(
        label=gettext_lazy("每几周一次"), initial=1, min_value=1, max_value=10
    )
    from_week = forms.IntegerField(
        label=gettext_lazy("从第几周起"), required=False, initial=1, min_value=1, max_value=10,
        help_text=gettext_lazy("单周：每2周一次，从第1周起；双周：每2周一次，从第2周起。"),
    )  # fmt: skip
    times_a_month = forms.IntegerField(
        label=gettext_lazy("或者每月几次"),
        required=False,
        min_value=1,
        max_value=MOST_TIMES,
        help_text=gettext_lazy("填了就不看“每几周一次”：每月在这个星期几里均匀地排这么多次。"),
    )
    place = forms.CharField(label=gettext_lazy("地点"), max_length=60, required=False)

    def __init__(self, *args: Any, units: Any, **options: Any) -> None:
        """Offer `units`."""
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["weekday"].choices = weekday_choices()  # type: ignore[attr-defined]

    def clean_from_week(self) -> int:
        """From the first week on, if nothing is said."""
        return self.cleaned_data["from_week"] or 1


class OwnerForm(forms.Form):
    """Who looks after an item; nothing is nobody."""

    owner = forms.CharField(
        label=gettext_lazy("负责人"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("姓名或工号；清空就是没有负责人。"),
        widget=forms.TextInput(attrs={"list": "names"}),
    )


class DoneForm(forms.Form):
    """The day on which an item was done."""

    done_on = DayField(
        label=gettext_lazy("完成日期"),
        error_messages={"required": gettext_lazy("请填完成的那一天。")},
    )
    done_note = forms.CharField(label=gettext_lazy("说明"), required=False, max_length=200)


class DropForm(forms.Form):
    """Why an item is dropped."""

    reason = forms.CharField(
        label=gettext_lazy("取消的原因"),
        max_length=200,
        error_messages={"required": gettext_lazy("没有写原因，没有取消。请用一句话说明。")},
    )
