"""What is asked about roles, kinds of unit and delegations."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yanxiu.people.models import Organisation, Teacher, UnitKind
from yanxiu.people.rights import RIGHTS
from yanxiu.ui.days import DayField


def _ticks(label: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=list(RIGHTS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )


class RoleForm(forms.Form):
    """A role of a school."""

    name = forms.CharField(label=_("岗位名称"), max_length=40)
    rights = _ticks(_("能做什么"), _("只能勾选您自己在这里有的权限；减少不受限制。"))
    text = forms.CharField(
        label=_("职责"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    leading = forms.BooleanField(
        label=_("干部岗位"), required=False, help_text=_("担任者参加的活动计入干部参与。")
    )

    def __init__(
        self, *args: Any, schools: "QuerySet[Organisation] | None" = None, **kwargs: Any
    ) -> None:
        """Ask for the organisation too when `schools` are offered, else whether it is retired."""
        super().__init__(*args, **kwargs)
        if schools is None:
            self.fields["retired"] = forms.BooleanField(
                label=_("停用"), required=False, help_text=_("不再给新人；现任的保留到任职结束。")
            )
        else:
            self.fields["organisation"] = _organisation(schools)
            self.order_fields(["organisation"])


def _organisation(schools: "QuerySet[Organisation]") -> "forms.ModelChoiceField[Organisation]":
    return forms.ModelChoiceField(
        schools, label=_("用在（含下级）"), to_field_name="uid", empty_label=None
    )


class KindForm(forms.Form):
    """A kind of unit."""

    name = forms.CharField(label=_("类别名称"), max_length=40)
    leader_title = forms.CharField(
        label=_("负责人叫"), max_length=20, help_text=_("如 组长、主任、召集人。")
    )
    leader_text = forms.CharField(
        label=_("负责人的职责"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    across = forms.BooleanField(label=_("可以有外校成员"), required=False)
    governs = forms.ChoiceField(
        label=_("是不是领导机构"), choices=UnitKind.Governs.choices, required=False
    )
    rights = _ticks(_("全体成员能做什么"), _("只有领导机构才带来权限，在本组织和下级有效。"))
    leader_rights = _ticks(_("负责人和副职另外能做什么"))

    def __init__(
        self, *args: Any, schools: "QuerySet[Organisation]", fresh: bool = True, **kwargs: Any
    ) -> None:
        """Ask for which of `schools`; a standing kind can be retired."""
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = _organisation(schools)
        if not fresh:
            self.fields["retired"] = forms.BooleanField(label=_("停用"), required=False)
        self.order_fields(["organisation"])


class DelegationForm(forms.Form):
    """Who stands in, with which rights, for how long and why."""

    deputy = forms.ModelChoiceField(
        Teacher.objects.none(), label=_("请谁代理"), to_field_name="uid", empty_label=None
    )
    rights = _ticks(_("代理哪些权限"))
    starts_on = DayField(label=_("从哪天起"))
    ends_on = DayField(label=_("哪天起收回"), help_text=_("这一天起代理人不再有这些权限。"))
    reason = forms.CharField(label=_("原因"), max_length=100, help_text=_("如 外出学习。"))

    def __init__(
        self,
        *args: Any,
        deputies: "QuerySet[Teacher]",
        rights: Iterable[str],
        **kwargs: Any,
    ) -> None:
        """Offer `deputies` and the `rights` that the post carries."""
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = deputies  # type: ignore[attr-defined]
        # A delegation without a right is refused, so nobody is told that it may be left out.
        self.fields["rights"].widget.attrs["data-needed"] = True
        self.fields["rights"].choices = [  # type: ignore[attr-defined]
            (right, RIGHTS[right]) for right in RIGHTS if right in set(rights)
        ]
