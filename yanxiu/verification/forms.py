"""The shape of what people type here; a form never saves."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from yanxiu.ledger.models import TransferLine
from yanxiu.people.models import Organisation, Teacher
from yanxiu.people.models.teacher import today
from yanxiu.ui.days import DayField, say_order
from yanxiu.verification.models import SampleCheck
from yanxiu.verification.queries.sampling import WORDS

Choices = Iterable[tuple[str, str]]
REASON = 200


def last_day(data: dict[str, Any]) -> dict[str, Any]:
    """Give the day after the last one, which people include, as `ends_on`."""
    last = data.get("last_on")
    data["ends_on"] = last + timedelta(days=1) if last else None
    return data


class BecauseForm(forms.Form):
    """Why something is undone."""

    because = forms.CharField(
        label=_("原因"), max_length=REASON, help_text=_("一句话，有关的老师看得到。")
    )


class ExemptionForm(forms.Form):
    """Who is excused, why, and for how long."""

    teacher = forms.ModelChoiceField(
        Teacher.objects.none(), label=_("教师"), to_field_name="uid", empty_label=_("请选择")
    )
    reason = forms.ChoiceField(label=_("原因"))
    starts_on = DayField(label=_("从哪天起"))
    last_on = DayField(
        label=_("到哪天（含）"), required=False, help_text=_("还不知道就空着，回来时再结束。")
    )
    document = forms.CharField(
        label=_("凭据"), max_length=120, required=False,
        help_text=_("文件名称和文号，如“教〔2026〕3号借调函”。"),
    )  # fmt: skip
    file = forms.FileField(label=_("凭据文件"), required=False)

    def __init__(
        self, *args: Any, people: "QuerySet[Teacher]", reasons: Choices, **options: Any
    ) -> None:
        """Offer `people` and `reasons`."""
        super().__init__(*args, **options)
        self.fields["teacher"].queryset = people  # type: ignore[attr-defined]
        self.fields["reason"].choices = [("", _("请选择")), *reasons]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Give the day after the last one."""
        super().clean()
        say_order(self)
        return last_day(self.cleaned_data)


class EndForm(forms.Form):
    """The last day of an exemption, or why it is taken back."""

    last_on = DayField(
        label=_("到哪天（含）"), required=False, help_text=_("整段登记错了的，不填这里，填下一行。")
    )
    because = forms.CharField(
        label=_("撤回的原因"), max_length=REASON, required=False,
        help_text=_("填了就撤回整段，本人看得到。"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data = super().clean() or self.cleaned_data
        if bool(data.get("last_on")) == bool(data.get("because", "").strip()):
            raise forms.ValidationError(_("请填结束的日期，或者填撤回的原因，只填一样。"))
        return last_day(data)


class TransferForm(forms.Form):
    """The paper that somebody brings."""

    teacher = forms.ModelChoiceField(
        Teacher.objects.none(), label=_("教师"), to_field_name="uid", empty_label=_("请选择")
    )
    issuer = forms.CharField(
        label=_("出具单位"), max_length=80, help_text=_("原来的学校、县或省的主管单位。")
    )
    document = forms.CharField(
        label=_("凭据"), max_length=120, help_text=_("学时证明或登记册的名称和编号。")
    )
    file = forms.FileField(label=_("凭据文件"), required=False)

    def __init__(self, *args: Any, people: "QuerySet[Teacher]", **options: Any) -> None:
        """Offer `people`; only one is not asked for."""
        super().__init__(*args, **options)
        field = self.fields["teacher"]
        field.queryset = people  # type: ignore[attr-defined]
        only = list(people[:2])
        if len(only) == 1:
            field.initial, field.widget = str(only[0].uid), forms.HiddenInput()


class DecideTransferForm(forms.Form):
    """Why a paper is given back, or what was taken over is taken back."""

    use_required_attribute = False

    because = forms.CharField(label=_("退回的原因（退回才填）"), max_length=200)

    def __init__(self, *args: Any, undoes: bool, **options: Any) -> None:
        """Ask why it is given back, or, where it `undoes` what was decided, why that was wrong."""
        super().__init__(*args, **options)
        if undoes:
            self.fields["because"].label = _("转错了？撤回的原因")

    def ask_why(self, missing: Any) -> None:
        """Want the reason, and say `missing` where it is empty; None does without."""
        self.fields["because"].required = missing is not None
        self.fields["because"].error_messages["required"] = missing


class TransferLineForm(forms.Form):
    """One amount of one category; an empty one is left out."""

    title = forms.CharField(label=_("内容"), max_length=80)
    delivery_mode = forms.ChoiceField(label=_("方式"))
    organiser_level = forms.ChoiceField(label=_("级别"))
    starts_on = DayField(label=_("从哪天"))
    last_on = DayField(label=_("到哪天"))
    amount = forms.DecimalField(
        label=_("数额"), min_value=Decimal("0.01"), max_value=1000, decimal_places=2
    )
    unit = forms.ChoiceField(label=_("单位"), choices=TransferLine.Unit.choices, initial="hour")

    def __init__(self, *args: Any, modes: Choices, levels: Choices, **options: Any) -> None:
        """Offer the words of the scheme."""
        super().__init__(*args, **options)
        for name, choices, usual in (
            ("delivery_mode", list(modes), "centralised"),
            ("organiser_level", list(levels), "county"),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            self.fields[name].initial = usual

    def has_changed(self) -> bool:
        """Tell whether it is a line: a list always sends something, so what is typed makes it."""
        return not {"title", "starts_on", "last_on", "amount"}.isdisjoint(self.changed_data)

    def clean(self) -> dict[str, Any]:
        """It ends after it began, and is over."""
        super().clean()
        say_order(self)
        last = self.cleaned_data.get("last_on")
        if last and last > today():
            self.add_error("last_on", said("还没有到这一天，只转入已经完成的。"))
        return self.cleaned_data


class CheckForm(forms.Form):
    """How a sample is drawn."""

    use_required_attribute = False

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("范围"), to_field_name="uid", empty_label=None
    )
    title = forms.CharField(label=_("名称"), max_length=80)
    starts_on = DayField(label=_("查哪些天的记录：从"))
    last_on = DayField(label=_("到"))
    due_on = DayField(label=_("完成期限"))
    method = forms.ChoiceField(label=_("抽取办法"), choices=SampleCheck.Method.choices)
    percent = forms.DecimalField(
        label=_("抽取比例（%）"), min_value=Decimal("0.5"), max_value=100, decimal_places=1,
        help_text=_("每一层按比例抽，向上取整，至少一人。"),
        error_messages={"required": _("随机抽取要填比例，如 10。")},
    )  # fmt: skip
    strata = forms.MultipleChoiceField(
        label=_("按什么分层"), choices=list(WORDS.items()), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    digit = forms.CharField(
        label=_("尾数"), max_length=1,
        help_text=_("一位数字，0 到 9。编号尾数是它的全部抽中，没有编号的不在内。"),
        error_messages={"required": _("按编号尾数抽取要填一个数字，0 到 9。")},
    )  # fmt: skip
    words = forms.CharField(
        label=_("公布的种子"), max_length=80,
        error_messages={"required": _("随机抽取要有公布的种子，否则别人没有办法复算。")},
        help_text=_("抽取前当众定下的一句话或一串数字。它和当天日期、学时账的链根一起决定抽到谁，谁都能复算。"),
    )  # fmt: skip
    spares = forms.BooleanField(label=_("以前抽到过的排在后面"), required=False)

    def __init__(self, *args: Any, schools: "QuerySet[Organisation]", **options: Any) -> None:
        """Offer `schools`; only one is not asked for."""
        super().__init__(*args, **options)
        field = self.fields["organisation"]
        field.queryset = schools  # type: ignore[attr-defined]
        only = list(schools[:2])
        if len(only) == 1:
            field.initial, field.widget = str(only[0].uid), forms.HiddenInput()
        if self.is_bound:
            # Each way of drawing needs its own fields; without script the others are there too.
            random = self.data.get("method") != SampleCheck.Method.TAIL_DIGIT
            for name, needed in (("percent", random), ("words", random), ("digit", not random)):
                self.fields[name].required = needed

    def clean(self) -> dict[str, Any]:
        """Leave the usual percentage where the other way of drawing asks for none."""
        super().clean()
        say_order(self)
        data = self.cleaned_data
        if data.get("due_on") and data["due_on"] < today():
            self.add_error("due_on", said("完成期限不能早于今天。"))
        if data.get("percent") is None:
            data["percent"] = Decimal(10)
        return data


class MarkForm(forms.Form):
    """What a checker found."""

    passed = forms.ChoiceField(
        label=_("检查结果"), choices=[("yes", _("通过")), ("no", _("需要整改"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    comment = forms.CharField(
        label=_("意见"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("需要整改的，写缺什么、怎样补。本人看得到。"),
    )  # fmt: skip


class GiveForm(forms.Form):
    """Who looks instead."""

    checker = forms.ChoiceField(label=_("检查人"), help_text=_("本人和同组的人不在内。"))

    def __init__(self, *args: Any, others: Choices, **options: Any) -> None:
        """Offer `others`."""
        super().__init__(*args, **options)
        self.fields["checker"].choices = [("", _("请选择")), *others]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What was put right."""

    text = forms.CharField(
        label=_("补了什么"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一两句即可，检查的人会再看一遍。"),
    )  # fmt: skip
