"""The shape of what people type about lessons they hear; a form never saves."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanxiu.observation.models import Observation
from yanxiu.ui.days import DayField, time_field

Choices = Iterable[tuple[str, str]]
LONG = 20_000


class OnTheSpotForm(forms.Form):
    """The lesson somebody has walked into."""

    teacher = forms.ChoiceField(label=_("授课教师"))
    subject = forms.CharField(label=_("学科"), max_length=40, required=False)
    class_name = forms.CharField(
        label=_("班级"), max_length=40, required=False, help_text=_("如 五（2）班，不写学生姓名。")
    )
    title = forms.CharField(
        label=_("课题"), max_length=120, required=False, help_text=_("还不知道就空着，以后再补。")
    )
    day = DayField(label=_("日期"))
    starts = time_field(label=_("开始"))
    minutes = forms.IntegerField(label=_("多少分钟"), min_value=10, max_value=240, initial=40)
    kind = forms.ChoiceField(
        label=_("听课方式"), choices=Observation.Kind.choices, initial=Observation.Kind.PUSH_DOOR
    )

    def __init__(self, *args: Any, teachers: Choices, **options: Any) -> None:
        """Offer the teachers of the school."""
        super().__init__(*args, **options)
        self.fields["teacher"].choices = [("", "——"), *teachers]  # type: ignore[attr-defined]


class InstantTestForm(forms.Form):
    """What a small test after the lesson showed: counts, never names."""

    about = forms.CharField(
        label=_("测了什么"), max_length=120, required=False,
        help_text=_("如 3 道口算。只记人数和分数，不写学生姓名。"),
    )  # fmt: skip
    pupils = forms.IntegerField(label=_("参加人数"), min_value=1, max_value=500)
    full = forms.DecimalField(
        label=_("满分"), min_value=1, max_value=1000, decimal_places=1, max_digits=5, initial=100
    )
    mean = forms.DecimalField(
        label=_("平均分"), min_value=0, max_value=1000, decimal_places=1, max_digits=5
    )
    passed = forms.IntegerField(label=_("及格人数"), min_value=0, max_value=500)


class PhotoForm(forms.Form):
    """A photo of the board."""

    photo = forms.FileField(
        label=_("板书照片"), help_text=_("JPG 或 PNG。只拍板书，不拍学生的脸；不拍也可以。")
    )
    minute = forms.IntegerField(
        label=_("第几分钟"), min_value=0, max_value=360, required=False, initial=0
    )
    caption = forms.CharField(label=_("说明"), max_length=120, required=False)


class AppraisalForm(forms.Form):
    """Why an observation serves appraisal."""

    because = forms.CharField(
        label=_("用来评什么"), max_length=120,
        help_text=_("如 职称评审前的课堂考核。老师会马上收到，课上的评分教科室看得到。"),
    )  # fmt: skip


class FinishForm(forms.Form):
    """What came of an advice."""

    what_changed = forms.CharField(
        label=_("改了什么，看到了什么"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    lesson = forms.ChoiceField(label=_("在哪节课试的"), required=False)
    version = forms.ChoiceField(label=_("改在教案的哪一版"), required=False)
    part = forms.CharField(label=_("改在哪一段"), max_length=60, required=False)

    def __init__(
        self, *args: Any, lessons: Choices, versions: Choices = (), **options: Any
    ) -> None:
        """Offer the teacher's own lessons and plans."""
        super().__init__(*args, **options)
        self.fields["lesson"].choices = [("", "——"), *lessons]  # type: ignore[attr-defined]
        self.fields["version"].choices = [("", "——"), *versions]  # type: ignore[attr-defined]


class SettingForm(forms.Form):
    """What a school has agreed on for observing."""

    hand_in_days = forms.IntegerField(
        label=_("听课后几天内提交"), min_value=1, max_value=60, initial=3
    )
    check_days = forms.IntegerField(
        label=_("提交后几天内检查"), min_value=1, max_value=60, initial=7
    )
    empty_phrases = forms.CharField(
        label=_("放在哪节课都成立的话（一行一句）"), required=False, max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("写听课记录的人用到这些话时，悄悄提示加一个片段；别人看不到，也不影响提交。"),
    )  # fmt: skip


class RemarkForm(forms.Form):
    """Something said in the talk."""

    text = forms.CharField(
        label=_("想说的话"), max_length=LONG, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("从这节课的一个片段说起。"),
    )  # fmt: skip
    is_highlight = forms.BooleanField(
        label=_("这是值得推广的亮点或新点子，本校都看得到"), required=False
    )


class FactsForm(forms.Form):
    """How one listens, and with which form."""

    kind = forms.ChoiceField(label=_("听课方式"), choices=Observation.Kind.choices)
    rubric = forms.ChoiceField(
        label=_("评课量表"), required=False,
        help_text=_("换一份量表，评过的项在新量表里没有的会去掉。"),
    )  # fmt: skip
    pupils = forms.IntegerField(label=_("班级人数"), min_value=1, max_value=500, required=False)

    def __init__(self, *args: Any, rubrics: Choices, **options: Any) -> None:
        """Offer the rubrics at hand."""
        super().__init__(*args, **options)
        self.fields["rubric"].choices = [("", "——"), *rubrics]  # type: ignore[attr-defined]
