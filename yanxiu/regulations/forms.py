"""The shape of what people type about rules and requirements; a form never saves."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yanxiu.documents.reading import read
from yanxiu.kernel.refusals import Refusal
from yanxiu.people.models import Organisation
from yanxiu.regulations.models import Regulation, RegulationKind
from yanxiu.ui.days import DayField

MOST_TEXT = 200_000


class TextForm(forms.Form):
    """The text of a rule, pasted or from a file, with the day it begins."""

    file = forms.FileField(
        label=_("正文文件"),
        required=False,
        help_text=_("Word（docx）、文本（txt）或网页（html）。“第几条”会自动分开。"),
        widget=forms.FileInput(attrs={"accept": ".docx,.txt,.html,.htm"}),
    )
    text = forms.CharField(
        label=_("或者粘贴正文"),
        required=False,
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"class": "tall"}),
    )
    starts_on = DayField(label=_("施行日期"))

    def clean(self) -> dict[str, Any]:
        """Put the words of the file in the place of the pasted ones."""
        cleaned = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        if file:
            try:
                outline = read(file.read(), name=file.name)
            except Refusal as refusal:
                self.add_error("file", str(refusal))
            else:
                cleaned["text"] = "\n".join(line.text for line in outline.lines)
        return cleaned


class RegulationForm(TextForm):
    """A new rule, or a superior's document to be registered."""

    field_order = ("organisation", "kind", "title", "is_superior", "issuer")

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("组织"), to_field_name="uid", empty_label=None
    )
    kind = forms.ModelChoiceField(RegulationKind.objects.none(), label=_("类别"), empty_label=None)
    title = forms.CharField(label=_("名称"), max_length=120, help_text=_("不用写书名号。"))
    is_superior = forms.BooleanField(
        label=_("这是上级的文件，登记下来供本单位的制度引用"), required=False
    )
    issuer = forms.CharField(label=_("发文单位"), max_length=80, required=False)
    document_number = forms.CharField(label=_("文号"), max_length=60, required=False)
    issued_on = DayField(label=_("发文日期"), required=False)
    scope = forms.ChoiceField(label=_("适用范围"), choices=Regulation.Scope.choices)
    derived_from = forms.ModelChoiceField(
        Regulation.objects.none(),
        label=_("依据的上级制度"),
        required=False,
        to_field_name="uid",
        empty_label=_("没有，或还没有登记"),
        help_text=_("条号相同的条款会自动标出依据。"),
    )

    def __init__(
        self,
        *args: Any,
        organisations: "QuerySet[Organisation]",
        kinds: "QuerySet[RegulationKind]",
        superior: "QuerySet[Regulation]",
        **options: Any,
    ) -> None:
        """Offer what the writer may choose from."""
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["kind"].queryset = kinds  # type: ignore[attr-defined]
        self.fields["derived_from"].queryset = superior  # type: ignore[attr-defined]


class RevisionForm(TextForm):
    """A next version and why."""

    change_note = forms.CharField(
        label=_("改了什么、为什么"), max_length=200, help_text=_("教师会看到这一句。")
    )


class PublishForm(forms.Form):
    """Whether teachers are asked to read, and when the rule is looked at again."""

    acknowledge_by = DayField(
        label=_("请教师在哪天以前确认已阅"),
        required=False,
        help_text=_("不填就只公布，不要求谁确认。"),
    )
    review_on = DayField(label=_("下次复核的日期"), required=False)


class ReasonForm(forms.Form):
    """Why something is ended."""

    because = forms.CharField(label=_("原因"), max_length=200)


class KindForm(forms.Form):
    """A new kind of rule."""

    name = forms.CharField(label=_("新增类别"), max_length=40)


class RequirementForm(forms.Form):
    """What is asked of which schools, until when."""

    title = forms.CharField(label=_("要求"), max_length=120, help_text=_("一句话写清要做什么。"))
    text = forms.CharField(label=_("具体内容"), required=False, widget=forms.Textarea)
    due_on = DayField(label=_("期限"))
    regulation = forms.ModelChoiceField(
        Regulation.objects.none(),
        label=_("依据的制度"),
        required=False,
        to_field_name="uid",
        empty_label=_("没有"),
    )
    schools = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=_("发给哪些学校"),
        to_field_name="uid",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("没有选学校。请至少选一所。")},
    )

    def __init__(
        self,
        *args: Any,
        schools: "QuerySet[Organisation]",
        regulations: "QuerySet[Regulation]",
        **options: Any,
    ) -> None:
        """Offer the schools below, and the rules of the house."""
        super().__init__(*args, **options)
        self.fields["schools"].queryset = schools  # type: ignore[attr-defined]
        self.fields["regulation"].queryset = regulations  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """How the school has met what was asked."""

    text = forms.CharField(
        label=_("落实情况"),
        required=False,
        widget=forms.Textarea,
        help_text=_("一两句话就够；系统里已有的数字不用再抄。"),
    )
    file = forms.FileField(label=_("附件（可不交）"), required=False)


class JudgementForm(forms.Form):
    """What the superior finds."""

    words = forms.CharField(label=_("意见"), max_length=200, required=False)
