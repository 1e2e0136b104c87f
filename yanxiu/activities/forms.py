"""The shape of what people type about sessions; a form never saves."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from unicodedata import normalize

from django import forms
from django.utils.translation import gettext_lazy as _

from yanxiu.activities.models import (
    INTERACTIONS,
    Activity,
    ActivityKind,
    Attendance,
    Minutes,
    Part,
    Session,
    Theme,
)
from yanxiu.kernel.spans import SCHOOL_ZONE, moment_at
from yanxiu.ui.days import DayField, time_field

TITLE_LENGTH = 120
PLACE_LENGTH = 60
REASON_LENGTH = 200
Choices = Iterable[tuple[str, str]]


class TimesForm(forms.Form):
    """A title, a day with two times, and a place."""

    title = forms.CharField(label=_("主题"), max_length=TITLE_LENGTH)
    day = DayField(label=_("日期"))
    start = time_field(_("开始"))
    end = time_field(_("结束"))
    place = forms.CharField(label=_("地点"), max_length=PLACE_LENGTH, required=False)

    @property
    def starts_at(self) -> datetime:
        """The beginning as a moment."""
        return moment_at(self.cleaned_data["day"], self.cleaned_data["start"])

    @property
    def ends_at(self) -> datetime:
        """The end as a moment."""
        return moment_at(self.cleaned_data["day"], self.cleaned_data["end"])


def link_field() -> forms.URLField:
    """Return a field for the address of an online meeting."""
    return forms.URLField(
        label=_("线上会议链接"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("线上或线上线下结合的，把会议链接贴在这里，参加的老师点开就能进。"),
    )


class MoveForm(TimesForm):
    """A new time, place or mode, and why."""

    mode = forms.ChoiceField(label=_("方式"), choices=Activity.Mode.choices, required=False)
    link = link_field()
    because = forms.CharField(
        label=_("为什么改"),
        max_length=REASON_LENGTH,
        required=False,
        help_text=_("会和新的时间一起通知参加的老师，也留在经过里。"),
    )


class SessionForm(TimesForm):
    """A session to plan: for whom, of which kind, and when."""

    audience = forms.ChoiceField(label=_("参加范围"))
    kind = forms.ModelChoiceField(
        ActivityKind.objects.none(), label=_("活动类别"), empty_label=None
    )
    mode = forms.ChoiceField(label=_("方式"), choices=Activity.Mode.choices)
    link = link_field()
    form = forms.ChoiceField(
        label=_("形式"), choices=[("", _("按参加范围")), *Activity.Form.choices], required=False
    )
    level = forms.ChoiceField(label=_("组织层级"), choices=Activity.Level.choices, required=False)
    research_theme = forms.ModelChoiceField(
        Theme.objects.none(), label=_("属于哪个研究主题"), required=False, empty_label=_("不指定")
    )
    needs_note = forms.BooleanField(label=_("到场的人要交心得才予认定"), required=False)
    field_order = ["audience", "title", "kind", "mode", "day", "start", "end", "place"]

    def __init__(
        self,
        *args: Any,
        audiences: Choices,
        kinds: Any,
        themes: Any = None,
        fixed: bool = False,
        **options: Any,
    ) -> None:
        """Offer `audiences`, `kinds` and `themes`; a `fixed` audience is not asked for."""
        super().__init__(*args, **options)
        self.fields["kind"].queryset = kinds  # type: ignore[attr-defined]
        if themes is not None:
            self.fields["research_theme"].queryset = themes  # type: ignore[attr-defined]
        if fixed:
            del self.fields["audience"]
        else:
            self.fields["audience"].choices = list(audiences)  # type: ignore[attr-defined]


def times_of(session: Session) -> dict[str, Any]:
    """Return what `TimesForm` shows of a session."""
    start, end = (each.astimezone(SCHOOL_ZONE) for each in (session.starts_at, session.ends_at))
    return {
        "title": session.title,
        "day": start.date(),
        "start": start.time(),
        "end": end.time(),
        "place": session.place,
        "mode": session.mode or session.activity.mode,
        "link": session.link,
    }


def reason_field() -> forms.CharField:
    """Return a field for one sentence that says why."""
    return forms.CharField(
        label=_("原因"),
        max_length=REASON_LENGTH,
        help_text=_("一句话即可，当事人和以后的查阅者都能看到。"),
        error_messages={"required": _("没有写原因，没有保存。请用一句话说明。")},
    )


class ReasonForm(forms.Form):
    """One sentence that says why."""

    reason = reason_field()


class MinutesForm(forms.Form):
    """The three boxes of the minutes; none has to be long, none alone has to be filled."""

    process = forms.CharField(label=_("活动过程与发言要点"), required=False, widget=forms.Textarea)
    conclusions = forms.CharField(label=_("达成的共识"), required=False, widget=forms.Textarea)
    next_steps = forms.CharField(label=_("遗留问题与下一步"), required=False, widget=forms.Textarea)
    interactions = forms.MultipleChoiceField(
        label=_("互动环节"),
        choices=list(INTERACTIONS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


def texts_of(minutes: Minutes | None, session: Session | None = None) -> dict[str, Any]:
    """Return what `MinutesForm` shows of the minutes that stand."""
    interactions = session.interactions if session else []
    if minutes is None:
        return {"version": 0, "interactions": interactions}
    return {
        "interactions": interactions,
        "process": minutes.process,
        "conclusions": minutes.conclusions,
        "next_steps": minutes.next_steps,
        "version": minutes.version,
    }


class MarkForm(forms.Form):
    """A state for one person, with the reason."""

    teacher = forms.ChoiceField(label=_("姓名"))
    state = forms.ChoiceField(label=_("记为"), widget=forms.RadioSelect)
    reason = reason_field()

    def __init__(self, *args: Any, people: Choices, states: Choices, **options: Any) -> None:
        """Offer `people` and `states`."""
        super().__init__(*args, **options)
        self.fields["teacher"].choices = [("", _("请选择")), *people]  # type: ignore[attr-defined]
        self.fields["state"].choices = list(states)  # type: ignore[attr-defined]


MADE_UP_STATES = (
    (Attendance.State.PRESENT.value, Attendance.State.PRESENT.label),
    (Attendance.State.LATE.value, Attendance.State.LATE.label),
)


class SearchForm(forms.Form):
    """Somebody of the school, by name, for a part."""

    role = forms.ChoiceField(label=_("担任"), choices=Part.Role.choices)
    q = forms.CharField(label=_("姓名"), max_length=40)


class CodeForm(forms.Form):
    """The six digits on the host's screen."""

    code = forms.CharField(
        label=_("六位签到码"),
        max_length=12,
        widget=forms.TextInput(
            attrs={
                "class": "code-entry",
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "autofocus": True,
                "maxlength": "7",
            }
        ),
    )

    def clean_code(self) -> str:
        """Return the digits alone: people type the gap, or the wide digits of their keyboard."""
        plain = normalize("NFKC", self.cleaned_data["code"])
        return "".join(each for each in plain if each in "0123456789")
