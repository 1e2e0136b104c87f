"""The shape of a rubric as people type it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanxiu.lessons.models import LessonKind
from yanxiu.observation.models import RubricVersion
from yanxiu.observation.rules import outline
from yanxiu.observation.rules.rubrics import Sheet

HOW = _(
    "一行一条。维度写成“【教学目标】10”，数字是权重，加起来是100；"
    "重点维度后面加“重点”。下面各行是指标；要写依据的在末尾加"
    "“（写依据）”；以“扣分：”或“加分：”开头的另外加减，"
    "可以带自己的等级，如“（没有0 有些3 明显6）”。"
)


class RubricForm(forms.Form):
    """A rubric: its words, its levels, and for which lessons it is proposed."""

    name = forms.CharField(label=_("名称"), max_length=60)
    purpose = forms.CharField(label=_("说明"), max_length=200, required=False)
    outline = forms.CharField(
        label=_("维度与指标"),
        widget=forms.Textarea(attrs={"rows": 18, "class": "tall"}),
        help_text=HOW,
        max_length=10_000,
    )
    levels = forms.CharField(
        label=_("等级和分数"), max_length=200, help_text=_("如 优5 良4 中3 待改进2")
    )
    bands = forms.CharField(
        label=_("总分的等第"), max_length=200, required=False,
        help_text=_("从多少分起叫什么，如 优90 良75 合格60 待改进0"),
    )  # fmt: skip
    test_weight = forms.IntegerField(
        label=_("课后小测占百分之几"), min_value=0, max_value=99, required=False,
        help_text=_("0 就是不计入。"),
    )  # fmt: skip
    lesson_kinds = forms.MultipleChoiceField(
        label=_("用于哪些类别的课"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("一个都不选就是都可用。"),
    )  # fmt: skip
    subjects = forms.CharField(
        label=_("用于哪些学科"), max_length=200, required=False,
        help_text=_("用顿号分开，空着就是都可用。"),
    )  # fmt: skip
    because = forms.CharField(label=_("为什么改"), max_length=200, required=False)

    def __init__(self, *args: Any, renames: bool = True, **options: Any) -> None:
        """Offer the shipped kinds of lessons; a rubric that exists keeps its name."""
        super().__init__(*args, **options)
        kinds = LessonKind.objects.filter(organisation=None, retired_on=None)
        choices = list(kinds.values_list("code", "name"))
        self.fields["lesson_kinds"].choices = choices  # type: ignore[attr-defined]
        if not renames:
            del self.fields["name"]
        else:
            del self.fields["because"]

    @staticmethod
    def from_version(version: RubricVersion) -> dict[str, Any]:
        """Return what a version looks like as typed."""
        sheet, rubric = version.sheet, version.rubric
        return {
            "name": rubric.name,
            "purpose": rubric.purpose,
            "outline": outline.text_of(sheet),
            "levels": outline.levels_text(outline.usual_levels(sheet)),
            "bands": outline.bands_text(sheet.bands),
            "test_weight": sheet.test_weight,
            "lesson_kinds": rubric.lesson_kinds,
            "subjects": "、".join(rubric.subjects),
            "before": sheet,
        }

    def clean_subjects(self) -> list[str]:
        """Return the subjects one by one."""
        text = self.cleaned_data["subjects"]
        for mark in "，, ":
            text = text.replace(mark, "、")
        return [each for each in text.split("、") if each]

    def clean(self) -> dict[str, Any]:
        """Read the outline; what makes no sense is said beside it."""
        data: dict[str, Any] = super().clean() or {}
        if not {"outline", "levels"} <= data.keys():
            return data
        before: Sheet | None = self.initial.get("before")
        try:
            data["content"] = outline.content_from(
                data["outline"],
                data["levels"],
                data.get("bands", ""),
                data.get("test_weight") or 0,
                before,
            )
        except ValueError as problem:
            self.add_error("outline", str(problem))
        return data
