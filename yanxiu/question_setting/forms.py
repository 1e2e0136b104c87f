"""The shape of what people type about papers and questions; a form never saves."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.refusals import BadInput
from yanxiu.question_setting.models import Nomination, PaperTask, QuestionDeed, SpecificationRow
from yanxiu.question_setting.rules.pasting import pasted
from yanxiu.question_setting.rules.specification import Question
from yanxiu.ui.days import DayField


class TaskForm(forms.Form):
    """Papers that one group sets."""

    unit = forms.ChoiceField(label=_("哪个组"))
    kind = forms.ChoiceField(label=_("种类"), choices=PaperTask.Kind.choices)
    titles = forms.CharField(
        label=_("试卷名称"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("一行一份，例如“第一单元 数与式”。一个学期的可以一次写完。"),
    )  # fmt: skip
    subject = forms.CharField(label=_("学科"), max_length=40, required=False)
    grade = forms.CharField(label=_("年级"), max_length=20, required=False)
    author = forms.CharField(label=_("谁命题"), max_length=40)
    reader = forms.CharField(
        label=_("谁审题"), max_length=40, required=False, help_text=_("和命题的不能是同一个人。")
    )
    due_on = DayField(label=_("交稿日期"))
    used_on = DayField(
        label=_("使用日期"), help_text=_("这一天过完以前，只有命题、审题和布置的人打得开。")
    )
    total = forms.DecimalField(
        label=_("满分"),
        min_value=Decimal(1),
        max_value=Decimal(1000),
        decimal_places=1,
        initial=100,
    )
    ordered_from = forms.CharField(
        label=_("受谁委托"),
        max_length=60,
        required=False,
        help_text=_("替上级命题时写，例如“区教研室”。"),
    )

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **options: Any) -> None:
        """Offer `units`."""
        super().__init__(*args, **options)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


class TaskChangeForm(TaskForm):
    """A paper that was ordered; what was handed in keeps its author."""

    field_order = ("title", "author", "reader", "due_on", "used_on")
    title = forms.CharField(label=_("试卷名称"), max_length=80)

    def __init__(self, *args: Any, has_version: bool, **options: Any) -> None:
        """Leave out what stays as it is."""
        super().__init__(*args, units=(), **options)
        for name in ("unit", "kind", "titles"):
            del self.fields[name]
        if has_version:
            self.fields["author"].disabled = True
            self.fields["author"].help_text = _("已经交过稿，命题的人不再换。")


class HandInForm(forms.Form):
    """A version of a paper."""

    file = forms.FileField(label=_("试卷文件"), help_text=_("Word（docx）或 PDF。"))
    note = forms.CharField(label=_("说明"), max_length=200, required=False)


class DeedForm(forms.Form):
    """Something done about questions."""

    kind = forms.ChoiceField(label=_("做了什么"), choices=QuestionDeed.Kind.choices)
    title = forms.CharField(label=_("内容"), max_length=80)
    happened_on = DayField(label=_("日期"))
    organiser = forms.CharField(label=_("哪里组织的"), max_length=60, required=False)
    grade = forms.CharField(label=_("年级"), max_length=20, required=False)
    rating = forms.CharField(label=_("评价"), max_length=40, required=False)
    secret_until = DayField(
        label=_("哪天以前保密"), required=False,
        help_text=_("受委托命题必须写；到那天以前只有您自己看得到。"),
    )  # fmt: skip


class NominationForm(forms.Form):
    """Somebody for a class."""

    teacher = forms.CharField(label=_("推荐谁"), max_length=40)
    course = forms.CharField(label=_("哪个命题班"), max_length=80)
    level = forms.ChoiceField(label=_("级别"), choices=Nomination.LEVELS)
    starts_on = DayField(label=_("开班日期"), required=False)
    reason = forms.CharField(label=_("推荐的理由"), max_length=200, required=False)


class SettingForm(forms.Form):
    """What the school expects of papers."""

    grades = forms.CharField(
        label=_("每单元自己命题的年级"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一行一个，例如“七年级”。缺的会列出来。"),
    )  # fmt: skip
    difficulty_from = forms.DecimalField(label=_("预计得分率从"), decimal_places=2)
    difficulty_to = forms.DecimalField(label=_("到"), decimal_places=2)


COLUMNS = ("number", "content", "ability", "form", "points", "difficulty")


def rows_typed(posted: Any) -> list[dict[str, str]]:
    """Return the rows of the table as they were typed, those without a word left out."""
    columns = [posted.getlist(name) for name in COLUMNS]
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in zip(*columns, strict=False)]
    return [row for row in rows if any(row[name].strip() for name in COLUMNS if name != "ability")]


def with_pasted(rows: Sequence[dict[str, str]], text: str) -> list[dict[str, str]]:
    """Return the rows typed and those that were pasted; a number that stands twice is replaced."""
    labels = {str(label): value for value, label in SpecificationRow.Ability.choices}
    fresh = [{**row, "ability": labels.get(row["ability"], "")} for row in pasted(text)]
    numbers = {row["number"].strip() for row in fresh}
    return [*(row for row in rows if row["number"].strip() not in numbers), *fresh]


def questions_in(rows: Sequence[Mapping[str, str]]) -> list[Question]:
    """Return the questions that `rows` mean.

    Raises:
        BadInput: an amount is none.
    """
    return [
        Question(
            number=row["number"].strip()[:10],
            content=row["content"].strip()[:80],
            ability=row["ability"]
            if row["ability"] in SpecificationRow.Ability.values
            else SpecificationRow.Ability.UNDERSTAND,
            form=row["form"].strip()[:20],
            points=_amount(row["points"], row["number"], "分值"),
            difficulty=_amount(row["difficulty"], row["number"], "难度")
            if row["difficulty"].strip()
            else None,
        )
        for row in rows
    ]


_MOST = Decimal(999)


def _amount(text: str, number: str, name: str) -> Decimal:
    sentence = f"第{number.strip() or '？'}题的{name}不是数，没有保存。请填数字。"
    try:
        amount = Decimal(text.strip() or "0")
    except InvalidOperation as nonsense:
        raise BadInput(sentence) from nonsense
    if not amount.is_finite() or abs(amount) > _MOST:
        raise BadInput(sentence)
    return amount.quantize(Decimal("0.01"))
