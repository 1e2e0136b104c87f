"""What is asked about duties, rules of membership, people from outside, and schools."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yanxiu.people.models import (
    GuidanceAct,
    MembershipRule,
    Organisation,
    Responsibility,
    Role,
    SupervisionNote,
    Teacher,
    UnitKind,
)
from yanxiu.ui.days import DayField

_BETWEEN = re.compile(r"[、,，;；/\s]+")


class DutyForm(forms.Form):
    """A duty of an organisation or a unit."""

    name = forms.CharField(
        label=_("名称"), max_length=40, help_text=_("如 组长、副组长、教研负责人、宣传员。")
    )
    text = forms.CharField(
        label=_("职责内容"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    seat = forms.ChoiceField(
        label=_("由谁担任"), choices=Responsibility.Seat.choices, required=False
    )
    function = forms.CharField(
        label=_("职能"), max_length=20, required=False, help_text=_("如 教研、宣传、电教；可不填。")
    )
    places = forms.IntegerField(
        label=_("应有几人"), min_value=0, max_value=200, initial=1, help_text=_("0 为不限。")
    )
    order = forms.IntegerField(label=_("排在第几"), min_value=0, max_value=200, initial=1)
    retired = forms.BooleanField(label=_("停用"), required=False)

    def __init__(self, *args: Any, in_unit: bool, fresh: bool, **kwargs: Any) -> None:
        """Ask about seats in a unit alone, and about retiring only what stands."""
        super().__init__(*args, **kwargs)
        if not in_unit:
            del self.fields["seat"]
        if fresh:
            del self.fields["retired"]


class AppointForm(forms.Form):
    """Who answers for a duty, and for how long."""

    teacher = forms.ModelChoiceField(
        Teacher.objects.none(), label=_("由谁担任"), to_field_name="uid", empty_label=None
    )
    starts_on = DayField(label=_("从哪天起"))
    ends_on = DayField(
        label=_("任期到哪天为止"), required=False, help_text=_("从这天起不再担任；没有任期不用填。")
    )

    def __init__(self, *args: Any, teachers: "QuerySet[Teacher]", **kwargs: Any) -> None:
        """Offer `teachers`."""
        super().__init__(*args, **kwargs)
        self.fields["teacher"].queryset = teachers  # type: ignore[attr-defined]


class RulesForm(forms.Form):
    """By which rules people belong to a unit."""

    rules = forms.MultipleChoiceField(
        label=_("哪些人自动是成员"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, kinds: "QuerySet[UnitKind]", roles: "QuerySet[Role]", **kwargs: Any
    ) -> None:
        """Offer the leaders and members of `kinds`, and the holders of `roles`."""
        super().__init__(*args, **kwargs)
        leaders, members, holders = MembershipRule.Who
        self._things: dict[str, tuple[str, UnitKind | Role]] = {}
        choices = []
        for kind in kinds:
            names = {"kind": kind.name, "leader": kind.leader_title}
            for who, label in (
                (leaders, _("所有现任%(kind)s%(leader)s")),
                (members, _("所有%(kind)s的全体成员")),
            ):
                self._things[f"{who.value}-{kind.pk}"] = (who.value, kind)
                choices.append((f"{who.value}-{kind.pk}", label % names))
        for role in roles:
            self._things[f"{holders.value}-{role.pk}"] = (holders.value, role)
            choices.append(
                (f"{holders.value}-{role.pk}", _("所有现任%(role)s") % {"role": role.name})
            )
        self.fields["rules"].choices = choices  # type: ignore[attr-defined]

    def clean_rules(self) -> list[tuple[str, UnitKind | Role]]:
        """Return who and of what."""
        return [self._things[name] for name in self.cleaned_data["rules"]]


class PhoneForm(forms.Form):
    """Somebody known by name and phone."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    phone = forms.CharField(label=_("手机号"), max_length=20)

    def clean_phone(self) -> str:
        """Return the digits alone."""
        return re.sub(r"[\s-]", "", self.cleaned_data["phone"])


class ColleagueForm(PhoneForm):
    """A teacher of another school."""

    starts_on = DayField(label=_("从哪天起"))


class GuestForm(PhoneForm):
    """Somebody from outside the schools."""

    workplace = forms.CharField(
        label=_("工作单位"), max_length=80, help_text=_("如 某师范大学、区教研室。")
    )
    starts_on = DayField(label=_("从哪天起"))
    ends_on = DayField(label=_("到哪天为止"), help_text=_("从这天起看不到本单位的任何内容。"))


class ProfileForm(forms.Form):
    """What a school says about itself."""

    motto = forms.CharField(label=_("校训"), max_length=80, required=False)
    philosophy = forms.CharField(
        label=_("办学理念"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    approach = forms.CharField(
        label=_("办学思路"), required=False, widget=forms.Textarea(attrs={"rows": 6})
    )


class GradesForm(forms.Form):
    """The grades that the reform has reached in a school year."""

    school_year = forms.IntegerField(
        label=_("学年"), min_value=1990, max_value=2100, help_text=_("写开始的那一年，如 2026。")
    )
    grades = forms.CharField(
        label=_("课改年级"), max_length=200, required=False,
        help_text=_("几个年级用顿号分开，如 一年级、六年级；留空为没有。"),
    )  # fmt: skip

    def clean_grades(self) -> list[str]:
        """Return the grades one by one."""
        grades = [part for part in _BETWEEN.split(self.cleaned_data["grades"]) if part]
        if any(len(grade) > 20 for grade in grades):  # noqa: PLR2004 (as long as the column)
            raise ValidationError(_("年级名称最多20个字，请分开写。"), code="long")
        return grades


class RemarkForm(forms.Form):
    """A comment or a question."""

    kind = forms.ChoiceField(
        label=_("性质"), choices=SupervisionNote.Kind.choices, widget=forms.RadioSelect,
        initial=SupervisionNote.Kind.COMMENT,
    )  # fmt: skip
    text = forms.CharField(
        label=_("内容"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )


class AnswerForm(forms.Form):
    """The answer to a remark."""

    text = forms.CharField(
        label=_("答复"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )


class ActForm(forms.Form):
    """One thing that a leader did."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("在哪里"), to_field_name="uid", empty_label=None
    )
    on = DayField(label=_("日期"))
    form = forms.CharField(
        label=_("形式"), max_length=20, help_text=_("如 走访、检查备课、座谈、过问。")
    )
    work = forms.ChoiceField(
        label=_("职能"), choices=GuidanceAct.Work.choices, initial=GuidanceAct.Work.GUIDE
    )
    minutes = forms.IntegerField(
        label=_("用时（分钟）"), min_value=1, max_value=1440, required=False
    )
    matter = forms.CharField(label=_("事项"), max_length=120)
    finding = forms.CharField(
        label=_("发现"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    follow_up = forms.CharField(
        label=_("后续"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, schools: "QuerySet[Organisation]", **kwargs: Any) -> None:
        """Offer `schools`."""
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = schools  # type: ignore[attr-defined]


class SettleForm(forms.Form):
    """What came of it."""

    follow_up = forms.CharField(label=_("后续"), widget=forms.Textarea(attrs={"rows": 3}))
    on = DayField(label=_("办结日期"))
