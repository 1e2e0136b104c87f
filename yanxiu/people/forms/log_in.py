"""Phone or job number and password."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.account.models import Login
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yanxiu.people.backends import accounts_behind
from yanxiu.people.models import Organisation
from yanxiu.people.refusals.log_in import NotOnRoster, TooManyTries


class LogInForm(LoginForm):
    """Phone or job number and password, and the school where several know the job number.

    The password is not looked at before the school is chosen, so the question tells nothing
    about it.
    """

    school = forms.UUIDField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put one field for both kinds of name in the place of allauth's address field."""
        super().__init__(*args, **kwargs)
        missing = _("请填写手机号或工号。")
        self.fields["login"] = forms.CharField(max_length=40, error_messages={"required": missing})
        self.fields["password"].error_messages["required"] = _("请填写密码。")
        self.schools: list[Organisation] = []

    def user_credentials(self) -> dict[str, Any]:
        """Return what the backend compares."""
        return {
            "name": self.cleaned_data["login"],
            "password": self.cleaned_data["password"],
            "school": self.cleaned_data.get("school"),
        }

    def clean(self) -> dict[str, Any]:
        """Find the account and compare the password."""
        cleaned: dict[str, Any] = forms.Form.clean(self) or self.cleaned_data
        if self.errors:
            return cleaned
        self._ask_school(cleaned)
        teacher = self._authenticate()
        if teacher is None:
            raise ValidationError(
                _(
                    "手机号（工号）或密码不对，没有登录；请检查后再输一次密码，"
                    "第一次登录或忘了密码请用管理员给的登录码。"
                ),
                code="wrong",
            )
        if not teacher.is_active:
            raise ValidationError(str(NotOnRoster()), code=NotOnRoster.code)
        self.user = teacher
        self._login = Login(user=teacher)
        return cleaned

    def _ask_school(self, cleaned: dict[str, Any]) -> None:
        accounts = accounts_behind(cleaned["login"])
        if len(accounts) < 2:  # noqa: PLR2004  one account needs no question
            return
        self.schools = [school for _teacher, school in accounts if school]
        if cleaned.get("school") not in {school.uid for school in self.schools}:
            raise ValidationError(
                _("有 %(count)s 所学校用这个工号，请选择您的学校，再输一次密码。"),
                code="school",
                params={"count": len(self.schools)},
            )

    def _authenticate(self) -> Any:
        try:
            return get_adapter().authenticate(self.request, **self.user_credentials())
        except ValidationError as limit:
            raise ValidationError(str(TooManyTries()), code=TooManyTries.code) from limit
