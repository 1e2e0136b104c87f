"""Which scheme a school adopts, and what an officer writes about schemes."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from yanxiu.ledger.models.levels import in_order
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.people.models import Organisation
from yanxiu.people.models.teacher import today


class EndForm(forms.Form):
    """From which day a scheme is not used any more."""

    ends_on = forms.DateField(
        label=_("从哪天起停用"),
        help_text=_("这一天以前的记录照旧按它认定。"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class AdoptionForm(forms.Form):
    """A shipped scheme for a school from a day on."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("学校（组织）"), to_field_name="uid", empty_label=None
    )
    scheme = forms.ChoiceField(label=_("方案"))
    starts_on = forms.DateField(
        label=_("从哪天起"),
        help_text=_("这一天以前的记录不按它认定；通常填本学年的9月1日。"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self,
        *args: Any,
        schools: "QuerySet[Organisation]",
        schemes: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        """Offer `schools` and `schemes`."""
        super().__init__(*args, **kwargs)
        self.fields["scheme"].choices = schemes  # type: ignore[attr-defined]
        field = self.fields["organisation"]
        field.queryset = schools  # type: ignore[attr-defined]
        only = list(schools[:2])
        if len(only) == 1:
            field.initial, field.widget = str(only[0].uid), forms.HiddenInput()


MOST_TEXT: Final = 200_000
"""Characters of a scheme or of its cases; the longest shipped one has a tenth of it."""

NUMBERS: Final = {
    "minutes": _("时长（分钟）"),
    "absent_minutes": _("缺席（分钟）"),
    "lessons": _("节数"),
    "items": _("份数"),
    "characters": _("字数"),
    "days": _("天数（半天写 0.5）"),
    "stated": _("证书上写的学时"),
}
"""What of a record is a number."""

WHOLE: Final = ("minutes", "absent_minutes")
ASKED_BY: Final = {
    "lessons": {"lesson"},
    "items": {"item"},
    "characters": {"thousand_characters"},
    "days": {"day", "half_day"},
    "stated": {"stated"},
}
"""For which rates a number is needed; those that are not here are always asked for."""

CODED: Final = {
    "kind": _("类别"),
    "role": _("角色"),
    "organiser_level": _("级别"),
    "delivery_mode": _("方式"),
    "subject_kind": _("科目"),
    "theme": _("主题"),
    "prize": _("奖次"),
    "attendance": _("出席"),
    "grade": _("成绩"),
}
"""What of a record is a code that the scheme has a word for."""


class NewSchemeForm(forms.Form):
    """A draft: from a scheme that is there, from a file, or from nothing."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("学校（组织）"), to_field_name="uid", empty_label=None
    )
    start = forms.ChoiceField(
        label=_("从哪一份开始"),
        help_text=_("会复制一份给您改，原来的不变。"),
    )
    file = forms.FileField(
        label=_("或者上传写好的文件"),
        required=False,
        help_text=_("扩展名为 .yaml 的文本文件；选了文件就用文件的内容。"),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,text/yaml"}),
    )

    def __init__(
        self, *args: Any, schools: "QuerySet[Organisation]", starts: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        """Offer `schools`, and `starts` to copy from."""
        super().__init__(*args, **kwargs)
        self.fields["start"].choices = list(starts)  # type: ignore[attr-defined]
        field = self.fields["organisation"]
        field.queryset = schools  # type: ignore[attr-defined]
        only = list(schools[:2])
        if len(only) == 1:
            field.initial, field.widget = str(only[0].uid), forms.HiddenInput()

    def clean_file(self) -> str:
        """Return the text of the file, "" without one."""
        return text_of(self.cleaned_data.get("file"))


def text_of(file: Any) -> str:
    """Return the text of an uploaded file, "" without one.

    Raises:
        ValidationError: it is too large, or no text.
    """
    if not file:
        return ""
    if file.size > MOST_TEXT * 3:
        raise forms.ValidationError(said("这个文件太大，不像是一份方案。方案通常只有几十 KB。"))
    try:
        text = str(file.read().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise forms.ValidationError(
            said("这个文件不是 UTF-8 文本，读不出来。请在编辑器里另存为“UTF-8”再上传。")
        ) from None
    return text


class DraftForm(forms.Form):
    """The text of a scheme, in the edition that was opened."""

    # A browser says that it is empty beside the middle of a very long field, out of sight.
    use_required_attribute = False

    text = forms.CharField(
        label=_("方案的文字"),
        max_length=MOST_TEXT,
        strip=False,
        widget=forms.Textarea(
            attrs={"wrap": "off", "spellcheck": "false", "autocapitalize": "off",
                   "class": "code-text"}
        ),
    )  # fmt: skip
    edition = forms.IntegerField(widget=forms.HiddenInput(), min_value=1)


class CasesForm(forms.Form):
    """Cases beside a scheme, pasted or from a file."""

    cases = forms.CharField(
        label=_("算例"),
        max_length=MOST_TEXT,
        strip=False,
        required=False,
        help_text=_("一例写给什么、应得什么；编写说明里有例子。"),
        widget=forms.Textarea(
            attrs={"wrap": "off", "spellcheck": "false", "class": "code-text tall"}
        ),
    )
    file = forms.FileField(
        label=_("或者上传算例文件"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,text/yaml"}),
    )
    edition = forms.IntegerField(widget=forms.HiddenInput(), min_value=1)

    def clean(self) -> dict[str, Any]:
        """Take the file, else the text."""
        text = text_of(self.cleaned_data.get("file"))
        if text:
            self.cleaned_data["cases"] = text
        return self.cleaned_data


class WithdrawForm(forms.Form):
    """Why a published scheme is not offered any more."""

    because = forms.CharField(
        label=_("为什么撤回"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class CompareForm(forms.Form):
    """Against which scheme, and for which organisation."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("比较哪里的教师"),
        to_field_name="uid",
        empty_label=None,
        help_text=_("连同下级各校。"),
    )
    old = forms.ChoiceField(label=_("与哪一份比较"), help_text=_("通常选现在正在用的。"))

    def __init__(
        self, *args: Any, schools: "QuerySet[Organisation]", olds: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        """Offer `schools` and `olds`."""
        super().__init__(*args, **kwargs)
        self.fields["old"].choices = list(olds)  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = schools  # type: ignore[attr-defined]


class RecordForm(forms.Form):
    """A made-up record, in the words of a scheme."""

    on = forms.DateField(
        label=_("哪一天"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        """Ask for what `scheme` has words for."""
        kwargs.setdefault("initial", {"on": max(today(), scheme.effective_from)})
        super().__init__(*args, **kwargs)
        labels = {name: dict(words) for name, words in scheme.labels}
        for name, label in CODED.items():
            own = labels.get(name, {})
            words = in_order(own) if name == "organiser_level" else list(own.items())
            if words:
                empty = [] if name == "kind" else [("", said("不注明"))]
                self.fields[name] = forms.ChoiceField(
                    label=label, choices=[*empty, *words], required=name == "kind"
                )
        rates = {rule.per for rule in scheme.award_rules}
        for name, label in NUMBERS.items():
            if name in ASKED_BY and not ASKED_BY[name] & rates:
                continue
            self.fields[name] = forms.DecimalField(
                label=label, required=False, min_value=Decimal(0), max_value=Decimal(1_000_000),
                decimal_places=0 if name in WHOLE else 4,
            )  # fmt: skip
        evidence = list(labels.get("evidence", {}).items())
        if evidence:
            self.fields["evidence"] = forms.MultipleChoiceField(
                label=_("已有材料"), choices=evidence, required=False,
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip


class PersonForm(forms.Form):
    """A real teacher whose year is reckoned under a draft."""

    teacher = forms.CharField(
        label=_("教师"),
        max_length=40,
        help_text=_("姓名、工号或手机号；只找得到您能查看学时的人。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    on = forms.DateField(
        label=_("算到哪一天"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
