"""The shape of what people type about plans; a form never saves."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.people.models import Unit
from yanxiu.planning.models import Quota, Rhythm
from yanxiu.planning.wording import TO_BE_AGREED, WEEKDAYS
from yanxiu.terms.models import Term

Choices = Iterable[tuple[Any, Any]]
MOST_TEXT = 200_000
TITLE_LENGTH = 200
PASTED = "粘贴的文字.txt"
ACCEPTED = ".docx,.txt,.html,.htm"


def weekday_choices(empty: str = TO_BE_AGREED) -> list[tuple[str, str]]:
    """Return the days of the week, and the answer that none is agreed."""
    days = [(str(number), f"周{name}") for number, name in enumerate(WEEKDAYS, 1)]
    return [("", empty), *days]


def day_input() -> forms.DateInput:
    """Return the browser's own field for a day."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


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
        label=gettext_lazy("计划文件"),
        required=False,
        help_text=gettext_lazy(
            "Word（docx）、文本（txt）或网页（html），最大 20 MB。文件里有几份计划也可以。"
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
    """An empty plan: whose, for which term, under which title."""

    term = forms.ModelChoiceField(
        Term.objects.none(), label=gettext_lazy("学期"), empty_label=gettext_lazy("请选择")
    )
    title = forms.CharField(
        label=gettext_lazy("标题"),
        max_length=TITLE_LENGTH,
        required=False,
        help_text=gettext_lazy("不填就用学期和单位的名称。"),
    )

    def __init__(self, *args: Any, terms: Any, **options: Any) -> None:
        """Offer `terms`."""
        super().__init__(*args, **options)
        self.fields["term"].queryset = terms  # type: ignore[attr-defined]


class GoalForm(forms.Form):
    """A goal, with what it is measured by."""

    text = forms.CharField(
        label=gettext_lazy("目标"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    indicator = forms.CharField(
        label=gettext_lazy("指标"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("用什么数字看得出达到了，例如“每位教师公开课 1 节”。"),
    )


class QuotaForm(forms.Form):
    """How many of something, for whom, and how often."""

    name = forms.CharField(label=gettext_lazy("事项"), max_length=60)
    amount = forms.DecimalField(
        label=gettext_lazy("数量"), max_digits=11, decimal_places=4, min_value=0
    )
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
    place = forms.CharField(label=gettext_lazy("地点"), max_length=60, required=False)

    def __init__(self, *args: Any, units: Any, **options: Any) -> None:
        """Offer `units`."""
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["weekday"].choices = weekday_choices()  # type: ignore[attr-defined]


class ItemForm(forms.Form):
    """Something to do in a month."""

    text = forms.CharField(label=gettext_lazy("事项"), max_length=200)
    month = forms.TypedChoiceField(label=gettext_lazy("月份"), coerce=int)
    owner = forms.CharField(
        label=gettext_lazy("负责人"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("姓名或工号。"),
        widget=forms.TextInput(attrs={"list": "names"}),
    )

    def __init__(self, *args: Any, months: list[date], **options: Any) -> None:
        """Offer `months`."""
        super().__init__(*args, **options)
        self.fields["month"].choices = [  # type: ignore[attr-defined]
            (day.month, f"{day.year}年{day.month}月") for day in months
        ]


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

    done_on = forms.DateField(
        label=gettext_lazy("完成日期"),
        widget=day_input(),
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
