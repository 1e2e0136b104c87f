"""The shape of what people type about content tags and experts; a form never saves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanxiu.activities.models import Classification, Expert, ExpertKind, ExpertVisit, Tag
from yanxiu.people.models import Teacher
from yanxiu.ui.days import DayField


class TagForm(forms.Form):
    """A tag of the school; a campaign is given its days."""

    classification = forms.ModelChoiceField(
        Classification.objects.none(), label=_("属于哪一类"), empty_label=None
    )
    parent = forms.ModelChoiceField(
        Tag.objects.none(), label=_("上一级"), required=False, empty_label=_("没有，自成一级")
    )
    name = forms.CharField(label=_("名称"), max_length=40)
    starts_on = DayField(label=_("启用日期"))
    ends_on = DayField(
        label=_("停用日期"), required=False,
        help_text=_("阶段性的主题写上停用日期；停用后不再提供选择，但仍能查到。"),
    )  # fmt: skip
    record_theme = forms.CharField(
        label=_("方案里的主题代码"), max_length=80, required=False,
        help_text=_("学时方案按主题计算时才写。"),
    )  # fmt: skip

    def __init__(self, *args: Any, classes: Any, parents: Any, **options: Any) -> None:
        """Offer `classes` and `parents`; with None the place of the tag stays as it is."""
        super().__init__(*args, **options)
        if classes is None:
            del self.fields["classification"], self.fields["parent"]
            return
        self.fields["classification"].queryset = classes  # type: ignore[attr-defined]
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]


class ClassificationForm(forms.Form):
    """A way of telling contents apart."""

    name = forms.CharField(label=_("名称"), max_length=40)


class ExpertForm(forms.Form):
    """An expert or trainer."""

    kind = forms.ModelChoiceField(ExpertKind.objects.none(), label=_("类别"), empty_label=None)
    name = forms.CharField(
        label=_("姓名"), max_length=40, required=False,
        help_text=_("本校老师不写这里，在下面选。"),
    )  # fmt: skip
    teacher = forms.ModelChoiceField(
        Teacher.objects.none(), label=_("本校老师"), required=False, empty_label=_("不是本校老师")
    )
    workplace = forms.CharField(label=_("单位"), max_length=80, required=False)
    topics = forms.CharField(
        label=_("擅长的专题"), max_length=200, required=False, help_text=_("用顿号分开。")
    )
    contact = forms.CharField(
        label=_("联系方式"), max_length=80, required=False, help_text=_("只有安排活动的人看得到。")
    )

    def __init__(self, *args: Any, kinds: Any, teachers: Any, **options: Any) -> None:
        """Offer `kinds` and `teachers`; with None the person stays who it is."""
        super().__init__(*args, **options)
        self.fields["kind"].queryset = kinds  # type: ignore[attr-defined]
        if teachers is None:
            del self.fields["teacher"]
        else:
            self.fields["teacher"].queryset = teachers  # type: ignore[attr-defined]


class VisitForm(forms.Form):
    """Whom to ask to a session, for what, how long, and at which cost."""

    expert = forms.ModelChoiceField(Expert.objects.none(), label=_("专家"), empty_label=None)
    role = forms.ChoiceField(label=_("担任"), choices=ExpertVisit.Role.choices)
    topic = forms.CharField(label=_("题目"), max_length=120, required=False)
    minutes = forms.IntegerField(
        label=_("时长（分钟）"), min_value=0, max_value=720, required=False,
        help_text=_("空着就按整场算。"),
    )  # fmt: skip
    fee = forms.DecimalField(
        label=_("费用（元）"), min_value=0, max_digits=9, decimal_places=2, required=False
    )

    def __init__(self, *args: Any, experts: Any, **options: Any) -> None:
        """Offer `experts`."""
        super().__init__(*args, **options)
        self.fields["expert"].queryset = experts  # type: ignore[attr-defined]
