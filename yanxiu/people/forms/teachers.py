"""What is asked about one person."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from yanxiu.people.career import CAREER_DAYS, read_career_day
from yanxiu.people.models import Membership, Organisation, Role, Tier, Unit
from yanxiu.people.models.organisation import lineage_of
from yanxiu.ui.days import DayField

_BETWEEN = re.compile(r"[、,，;；/\s]+")
_DAY = re.compile(r"(19|20)\d{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


class FactsForm(forms.Form):
    """The facts of a person; only the name is needed."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    phone = forms.CharField(label=_("手机号"), max_length=20, required=False)
    subjects = forms.CharField(
        label=_("任教学科"), max_length=80, required=False, help_text=_("几个学科用顿号分开。")
    )
    grade = forms.CharField(label=_("年级"), max_length=20, required=False)
    title = forms.CharField(label=_("职称"), max_length=20, required=False)
    education = forms.CharField(label=_("学历"), max_length=20, required=False)
    born = forms.CharField(
        label=_("出生年月"), max_length=10, required=False, help_text=_("如 1989-07。")
    )
    started_work = forms.CharField(
        label=_("参加工作"), max_length=10, required=False, help_text=_("如 2011-08。")
    )

    cycle_from = forms.CharField(
        label=_("个人周期起算"),
        max_length=10,
        required=False,
        help_text=_("如 2023-06，多为首次注册的年月。方案从个人注册之日算周期的才用得到，不必填。"),
    )
    retires = forms.CharField(
        label=_("退休年月"),
        max_length=10,
        required=False,
        help_text=_(
            "如 2027-08，知道的才填。只有本人、管名册的和认定学时的看得到，"
            "用来判断本周期里退休的是否不作要求。"
        ),
    )

    def __init__(self, *args: Any, is_own: bool = False, **kwargs: Any) -> None:
        """Leave out what nobody sets for oneself, if the facts are the reader's own."""
        super().__init__(*args, **kwargs)
        for name in CAREER_DAYS if is_own else ():
            del self.fields[name]

    def clean_subjects(self) -> list[str]:
        """Return the subjects one by one."""
        return list(filter(None, _BETWEEN.split(self.cleaned_data["subjects"])))

    def clean_phone(self) -> str:
        """Return the digits alone."""
        return re.sub(r"[\s-]", "", self.cleaned_data["phone"])

    def clean_born(self) -> str:
        """Return the month of birth."""
        return self._day("born")

    def clean_started_work(self) -> str:
        """Return the month in which the person began."""
        return self._day("started_work")

    def clean_cycle_from(self) -> str:
        """Return the month or day from which the own cycle is counted."""
        return self._career_day("cycle_from")

    def clean_retires(self) -> str:
        """Return the month or day of retirement."""
        return self._career_day("retires")

    def _career_day(self, name: str) -> str:
        text: str = self.cleaned_data[name].strip()
        if text and read_career_day(text) is None:
            raise ValidationError(_("请写成 2027-08 或 2027-08-15。"), code="career-day")
        return text

    def _day(self, name: str) -> str:
        text: str = self.cleaned_data[name].strip()
        if text and not _DAY.fullmatch(text):
            raise ValidationError(_("请写成 1989、1989-07 或 1989-07-26。"), code="day")
        return text


class NewTeacherForm(FactsForm):
    """A person with the school and the group to start in."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("学校"), to_field_name="uid", empty_label=None
    )
    job_number = forms.CharField(label=_("工号"), max_length=20, required=False)
    post_title = forms.CharField(
        label=_("职务"), max_length=40, required=False, help_text=_("如 班主任；普通教师不用填。")
    )
    starts_on = DayField(label=_("从哪天起"))
    field_order = ("name", "phone", "organisation", "job_number", "post_title", "starts_on")

    def __init__(self, *args: Any, schools: "QuerySet[Organisation]", **kwargs: Any) -> None:
        """Offer `schools`."""
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = schools  # type: ignore[attr-defined]
        self.order_fields(self.field_order)


class PostForm(forms.Form):
    """A post to give."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("学校（组织）"), to_field_name="uid", empty_label=None
    )
    role = forms.ModelChoiceField(
        Role.objects.all(),
        label=_("岗位"),
        to_field_name="code",
        empty_label=None,
        help_text=_("岗位决定能做什么，见“岗位与权限”。"),
    )
    title = forms.CharField(
        label=_("职务名称"), max_length=40, required=False, help_text=_("如 副校长、教导主任。")
    )
    job_number = forms.CharField(label=_("工号"), max_length=20, required=False)
    starts_on = DayField(label=_("从哪天起"))

    def __init__(self, *args: Any, schools: "QuerySet[Organisation]", **kwargs: Any) -> None:
        """Offer `schools`, and the roles that these or those above them have."""
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = schools  # type: ignore[attr-defined]
        above = {pk for path in schools.values_list("path", flat=True) for pk in lineage_of(path)}
        self.fields["role"].queryset = Role.objects.filter(  # type: ignore[attr-defined]
            Q(organisation=None) | Q(organisation__in=above), retired=False
        )


class DayForm(forms.Form):
    """The day on which something ends."""

    on = DayField(label=_("从哪天起不再担任"))


class JoinForm(forms.Form):
    """A unit to join."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("单位"), to_field_name="uid", empty_label=None
    )
    duty = forms.ChoiceField(label=_("担任"), choices=Membership.Duty.choices)
    starts_on = DayField(label=_("从哪天起"))

    def __init__(self, *args: Any, units: "QuerySet[Unit]", **kwargs: Any) -> None:
        """Offer `units`."""
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class TierForm(forms.Form):
    """A tier to hold."""

    tier = forms.ModelChoiceField(Tier.objects.none(), label=_("层级（称号）"), empty_label=None)
    starts_on = DayField(label=_("从哪天起"))
    subject = forms.CharField(label=_("学科"), max_length=40, required=False)
    grade = forms.CharField(label=_("年级"), max_length=40, required=False)
    round = forms.CharField(
        label=_("评选批次"), max_length=60, required=False, help_text=_("如 2026年评选。")
    )
    grounds = forms.CharField(
        label=_("依据"), max_length=200, required=False, help_text=_("如 文号，或为什么选上。")
    )

    def __init__(self, *args: Any, tiers: "QuerySet[Tier]", **kwargs: Any) -> None:
        """Offer `tiers`."""
        super().__init__(*args, **kwargs)
        self.fields["tier"].queryset = tiers  # type: ignore[attr-defined]


class ArchiveForm(forms.Form):
    """Why a person is no longer there."""

    reason = forms.CharField(
        label=_("原因"), max_length=100, help_text=_("如 退休、调往外校；只记在操作记录里。")
    )


def school_day(day: date) -> dict[str, date]:
    """Return the initial value of a form that asks from when."""
    return {"starts_on": day, "on": day}
