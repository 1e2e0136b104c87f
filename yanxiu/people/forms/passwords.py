"""Codes, new passwords and the first administrator."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.refusals import Refusal
from yanxiu.people.actions import codes
from yanxiu.people.models import LogInCode, Teacher

NEW = {"autocomplete": "new-password"}
CURRENT = {"autocomplete": "current-password"}


class CodeForm(forms.Form):
    """Who somebody is and the code from the slip."""

    login = forms.CharField(
        label=_("手机号或工号"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
        error_messages={"required": _("请填写手机号或工号。")},
    )
    code = forms.CharField(
        label=_("登录码"),
        max_length=40,
        help_text=_("登录条上的 8 位字母和数字，不分大小写。"),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": _("请填写登录条上的登录码。")},
    )
    found: LogInCode

    def clean(self) -> dict[str, Any]:
        """Find the code, without using it up."""
        cleaned = self.cleaned_data
        if not self.errors:
            try:
                self.found = codes.find(cleaned["login"], cleaned["code"], at=timezone.now())
            except Refusal as refusal:
                raise forms.ValidationError(str(refusal), code=refusal.code) from refusal
        return cleaned


class _OwnForm(forms.Form):
    def __init__(self, *args: Any, teacher: Teacher, **kwargs: Any) -> None:
        """Know whose password it is."""
        super().__init__(*args, **kwargs)
        self.teacher = teacher


class NewPasswordForm(_OwnForm):
    """A new password, typed once because it can be shown."""

    password = forms.CharField(
        label=_("新密码"),
        strip=False,
        widget=forms.PasswordInput(attrs=NEW),
        help_text=_("至少 8 个字符，不要用手机号或 12345678 一类。"),
        error_messages={"required": _("请填写新密码。")},
    )

    def clean_password(self) -> str:
        """Refuse a password that is easily guessed."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.teacher)
        return password


class CurrentPasswordForm(_OwnForm):
    """The password of today, to make sure who sits at the device."""

    current = forms.CharField(
        label=_("现在的密码"),
        strip=False,
        widget=forms.PasswordInput(attrs=CURRENT),
        error_messages={"required": _("请填写现在的密码。")},
    )

    def clean_current(self) -> str:
        """Compare it."""
        current: str = self.cleaned_data["current"]
        if not self.teacher.check_password(current):
            raise forms.ValidationError(_("现在的密码不对，没有改动，请再输一次。"), code="wrong")
        return current


class ChangePasswordForm(CurrentPasswordForm, NewPasswordForm):
    """The password of today and a new one."""

    field_order = ["current", "password"]


class SetUpForm(NewPasswordForm):
    """The first school and who looks after the system."""

    name = forms.CharField(
        label=_("学校全称"),
        max_length=80,
        error_messages={"required": _("请填写学校全称。")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    administrator_name = forms.CharField(
        label=_("您的姓名"),
        max_length=40,
        help_text=_("您将是第一位管理员，同时也是教师。"),
        error_messages={"required": _("请填写您的姓名。")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("手机号"),
        help_text=_("以后用它登录。"),
        error_messages={"required": _("请填写手机号。")},
        validators=[RegexValidator(r"^1\d{10}$", _("手机号应为 1 开头的 11 位数字，请核对。"))],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    field_order = ["name", "administrator_name", "phone", "password"]

    def clean_password(self) -> str:
        """Compare the password with the phone number given beside it."""
        self.teacher.phone = self.cleaned_data.get("phone")
        return super().clean_password()
