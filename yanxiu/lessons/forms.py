"""The shape of what people type about lessons; a form never saves."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanxiu.activities.models import Activity, Session
from yanxiu.kernel.spans import SCHOOL_ZONE, moment_at
from yanxiu.lessons.models import Lesson, LessonKind, LessonSeries, LessonSetting
from yanxiu.lessons.refusals import AlreadyThatDay
from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.ui.days import DayField, time_field
from yanxiu.ui.wording import day_text, moment_text

Choices = Iterable[tuple[str, str]]
REASON = 200


def _offer(form: forms.Form, name: str, rows: Any, choices: Iterable[Any]) -> None:
    """Offer `rows` in a field, with choices that were read once for the whole page."""
    field: Any = form.fields[name]
    field.queryset = rows
    field.choices = list(choices)


class WhatForm(forms.Form):
    """What is taught, to which class and where; there is no place for the name of a pupil."""

    title = forms.CharField(
        label=_("课题"), max_length=120, required=False,
        help_text=_("推门课、随堂课可以先空着，听了再补。"),
    )  # fmt: skip
    subject = forms.CharField(label=_("学科"), max_length=40, required=False)
    class_name = forms.CharField(
        label=_("班级"), max_length=40, required=False,
        help_text=_("如“三（2）班”。只写班级，不写学生姓名。"),
    )  # fmt: skip
    room = forms.CharField(label=_("地点"), max_length=60, required=False)
    lesson_type = forms.ChoiceField(
        label=_("课型"), choices=[("", _("不指定")), *Lesson.Type.choices], required=False
    )
    textbook_unit = forms.CharField(label=_("教材单元"), max_length=120, required=False)
    period_of_unit = forms.IntegerField(
        label=_("第几课时"), min_value=1, max_value=99, required=False
    )
    class_size = forms.IntegerField(label=_("班级人数"), min_value=1, max_value=200, required=False)
    link = forms.URLField(
        label=_("线上或录像链接"), max_length=300, required=False, assume_scheme="https"
    )
    session = forms.ModelChoiceField(
        Session.objects.none(), label=_("在哪一场活动里议课"), to_field_name="uid", required=False,
        empty_label=_("还没有定"),
        help_text=_("选了以后，这节课和听课记录会列在那一场的页面上。"),
    )  # fmt: skip

    def __init__(self, *args: Any, sessions: Any = None, **options: Any) -> None:
        """Offer `sessions`; whoever does not manage the lesson is offered none."""
        super().__init__(*args, **options)
        if sessions is None:
            del self.fields["session"]
        else:
            lines = [
                (str(row.uid), f"{moment_text(row.starts_at)} {row.title}") for row in sessions
            ]
            _offer(self, "session", sessions, [("", _("还没有定")), *lines])

    @property
    def facts(self) -> dict[str, Any]:
        """What was sent, by the names of the model; a field that was not sent stays as it is."""
        sent = [name for name in WhatForm.base_fields if name in self.data]
        return {name: self.cleaned_data[name] for name in sent if name in self.cleaned_data}


class WhenForm(WhatForm):
    """A lesson as whoever manages it sets it up: when, for whom, at which level."""

    day = DayField(label=_("日期"))
    period_no = forms.TypedChoiceField(label=_("节次"), coerce=int)
    start = time_field(_("开始"), required=False)
    end = time_field(_("结束"), required=False)
    audience = forms.ChoiceField(
        label=_("谁可以来听"), required=False,
        choices=[("", _("按课的类别")), *Lesson.Audience.choices],
    )  # fmt: skip
    level = forms.ChoiceField(label=_("级别"), choices=Lesson.Level.choices)
    responsible = forms.ModelChoiceField(
        Teacher.objects.none(), label=_("负责人"), to_field_name="uid", required=False,
        empty_label=_("不指定"),
    )  # fmt: skip
    series = forms.ModelChoiceField(
        LessonSeries.objects.none(), label=_("属于哪个系列"), to_field_name="uid", required=False,
        empty_label=_("单独的一节课"),
    )  # fmt: skip
    even_so = forms.BooleanField(label=_("同一天还要听，已经和本人说好"), required=False)

    def __init__(
        self, *args: Any, setting: LessonSetting, teachers: Any, series: Any, **options: Any
    ) -> None:
        """Offer the lessons of the day by `setting`, `teachers` and `series`."""
        super().__init__(*args, **options)
        self.setting = setting
        lines = [
            (str(number), _("第%(number)d节 %(begins)s—%(ends)s") % {
                "number": number, "begins": begins, "ends": ends,
            })
            for number, (begins, ends) in enumerate(setting.periods, 1)
        ]  # fmt: skip
        self.fields["period_no"].choices = [*lines, ("0", _("不按节次，写时间"))]  # type: ignore[attr-defined]
        self.people = [(str(row.uid), row.name) for row in teachers]
        _offer(self, "responsible", teachers, [("", _("不指定")), *self.people])
        self.fields["series"].queryset = series  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for times where no lesson of the day was chosen."""
        data = super().clean() or {}
        if data.get("period_no") == 0 and not (data.get("start") and data.get("end")):
            self.add_error("period_no", _("请选一个节次，或写明开始和结束的时间。"))
        return data

    @property
    def says_twice(self) -> bool:
        """Whether the box for a second lesson on the day helps: that was what was refused."""
        refused = getattr(self, "refused", None)
        return bool(self.data.get("even_so")) or isinstance(refused, AlreadyThatDay)

    @property
    def times(self) -> tuple[datetime, datetime]:
        """When it begins and ends: by the lesson of the day, or as it was written."""
        day, number = self.cleaned_data["day"], self.cleaned_data["period_no"]
        clock = self.setting.clock(number) if number else None
        begins, ends = clock or (self.cleaned_data["start"], self.cleaned_data["end"])
        return moment_at(day, begins), moment_at(day, ends)

    @property
    def more(self) -> dict[str, Any]:
        """What is for those who manage it, by the names of the model."""
        names = ("level", "responsible", "announced")
        found = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        found["period_no"] = self.cleaned_data["period_no"] or None
        if self.cleaned_data["audience"]:
            found["audience"] = self.cleaned_data["audience"]
        return found


class NewLessonForm(WhenForm):
    """A new lesson: whose, and of which kind."""

    teacher = forms.ModelChoiceField(
        Teacher.objects.none(), label=_("上课教师"), to_field_name="uid", empty_label=None
    )
    kind = forms.ModelChoiceField(
        LessonKind.objects.none(), label=_("课的类别"), to_field_name="uid", empty_label=None
    )
    announced = forms.TypedChoiceField(
        label=_("事先告诉上课教师"), coerce=lambda value: value == "yes", empty_value=None,
        choices=[("", _("按课的类别")), ("yes", _("告诉")), ("no", _("不告诉，听了以后才通知"))],
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, teachers: Any, kinds: Any, **options: Any) -> None:
        """Offer `teachers` and `kinds`."""
        super().__init__(*args, teachers=teachers, **options)
        _offer(self, "teacher", teachers, self.people)
        _offer(self, "kind", kinds, [(str(row.uid), row.name) for row in kinds])

    @property
    def more(self) -> dict[str, Any]:
        """Leave out what is as the kind says."""
        found = super().more
        if found.get("announced") is None:
            found.pop("announced", None)
        return found


def shown(lesson: Lesson) -> dict[str, Any]:
    """Return what the forms show of a lesson."""
    start, end = (each.astimezone(SCHOOL_ZONE) for each in (lesson.starts_at, lesson.ends_at))
    names = (*WhatForm.base_fields, "audience", "level")
    return {
        **{name: getattr(lesson, name) for name in names},
        "responsible": lesson.responsible.uid if lesson.responsible else None,
        "series": lesson.series.uid if lesson.series else None,
        "session": lesson.session.uid if lesson.session else None,
        "period_no": lesson.period_no or 0,
        "day": start.date(),
        "start": start.time(),
        "end": end.time(),
    }


class ReasonForm(forms.Form):
    """One sentence that says why."""

    reason = forms.CharField(
        label=_("原因"), max_length=REASON,
        help_text=_("一句话即可，准备来听课的人看得到。"),
        error_messages={"required": _("没有写原因，没有保存。请用一句话说明。")},
    )  # fmt: skip


class InviteForm(forms.Form):
    """Whom to ask to a lesson."""

    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label=_("教研组、备课组"), to_field_name="uid", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    teachers = forms.ModelMultipleChoiceField(
        Teacher.objects.none(), label=_("老师"), to_field_name="uid", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=_("其他学校"), to_field_name="uid", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(
        self, *args: Any, teachers: Any, units: Any, organisations: Any, **options: Any
    ) -> None:
        """Offer `teachers`, `units` and `organisations`; a list without any is not shown."""
        super().__init__(*args, **options)
        for name, rows in (
            ("teachers", teachers),
            ("units", units),
            ("organisations", organisations),
        ):
            if rows is None:
                del self.fields[name]
            else:
                self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for somebody."""
        data = super().clean() or {}
        if not self.errors and not any(data.get(name) for name in self.fields):
            raise forms.ValidationError(_("还没有勾选任何人，没有邀请。请勾选后再试。"))
        return data


class SeriesForm(forms.Form):
    """A series of lessons."""

    kind = forms.ChoiceField(label=_("种类"), choices=LessonSeries.Kind.choices)
    title = forms.CharField(label=_("名称"), max_length=120)
    purpose = forms.CharField(
        label=_("想弄清什么"), max_length=300, required=False,
        help_text=_("一句话，例如“怎样让学生自己说出分数的意义”。"),
    )  # fmt: skip
    subject = forms.CharField(label=_("学科"), max_length=40, required=False)
    starts_on = DayField(label=_("从哪天起"))
    last_on = DayField(label=_("到哪天"), required=False)
    activity = forms.ModelChoiceField(
        Activity.objects.none(), label=_("属于哪个活动"), to_field_name="uid", required=False,
        empty_label=_("没有"), help_text=_("选了以后，那个活动各场的页面上都能打开这个系列。"),
    )  # fmt: skip
    audience = forms.ChoiceField(label=_("哪里的"))

    def __init__(
        self, *args: Any, audiences: Choices = (), activities: Any = None, **options: Any
    ) -> None:
        """Offer `audiences`, none is not asked for, and `activities`."""
        super().__init__(*args, **options)
        if activities:
            lines = [(str(row.uid), f"{row.theme}（{day_text(row.begins)}）") for row in activities]
            _offer(self, "activity", activities, [("", _("没有")), *lines])
        else:
            del self.fields["activity"]
        if audiences:
            self.fields["audience"].choices = list(audiences)  # type: ignore[attr-defined]
        else:
            del self.fields["audience"]


RECORD_KINDS = [
    ("", _("不写上课教师的研修记录")),
    ("open_lesson", _("公开课")),
    ("study_lesson", _("研究课")),
    ("demonstration_lesson", _("示范课")),
    ("report_lesson", _("汇报课")),
    ("same_topic_different_designs", _("同课异构")),
]
"""As what the schemes can count a lesson."""


class KindForm(forms.Form):
    """A lesson kind of the school."""

    name = forms.CharField(label=_("名称"), max_length=40)
    record_kind = forms.ChoiceField(
        label=_("算作哪一类研修记录"), choices=RECORD_KINDS, required=False
    )
    is_open = forms.BooleanField(label=_("对全校开放"), required=False)
    tells_before = forms.BooleanField(label=_("事先告诉上课教师"), required=False)
    rule = forms.CharField(
        label=_("本校的约定"), max_length=200, required=False,
        help_text=_("例如谁可以进、听完当天交换意见。写在安排这类课的页面上。"),
    )  # fmt: skip


class SettingForm(forms.Form):
    """When the lessons of a day begin and end, and when nobody is visited."""

    periods = forms.CharField(
        label=_("各节的时间"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("一行一节，例如“08:20-09:00”。"),
    )
    protected = forms.CharField(
        label=_("不安排听课的时段"), required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("一行一格，例如“周一 1”表示周一第1节；可以空着。"),
    )  # fmt: skip
    visits_often = forms.IntegerField(
        label=_("一学期听到几节算多"), min_value=1, max_value=99,
        help_text=_("听课安排时会提醒，不影响任何评价。"),
    )  # fmt: skip
